"""What was found in each article's current version, and what was decided about it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from ledger.encoding import decode, encode, kind_of
from ledger.tables import articles, examinations, findings, sightings
from ledger.versions import StoredArticle
from records.development import Decision
from records.finding import Examination, Finding, Refusal, Relevance, Statement


def keep_examination(
    conn: Connection,
    stored: StoredArticle,
    examination: Examination,
    decisions: Sequence[Decision],
    *,
    detector: str,
    now: datetime,
) -> None:
    """Keep what an article says, with the verdict on each finding, in place of what it said before."""
    article = stored.article
    conn.execute(findings.delete().where(findings.c.article == article.id))
    conn.execute(examinations.delete().where(examinations.c.article == article.id))
    row = {
        "article": article.id,
        "version": stored.version,
        "detector": detector,
        "at": now,
        "language": examination.language,
        "on_topic": examination.relevance.on_topic,
        "score": examination.relevance.score,
        "because": list(examination.relevance.because),
        "refused": [asdict(refusal) for refusal in examination.refused],
    }
    conn.execute(examinations.insert(), [row])
    rows = _finding_rows(stored, decisions)
    if rows:
        conn.execute(findings.insert(), rows)
    done = {"examined_version": stored.version, "examined_by": detector, "examining_failed": None}
    conn.execute(articles.update().where(articles.c.id == article.id).values(**done, **_FREE))


def is_examined(conn: Connection, stored: StoredArticle, *, detector: str) -> bool:
    """Whether somebody else has examined this version, or a later one, by this detector meanwhile."""
    row = conn.execute(select(articles).where(articles.c.id == stored.article.id)).one()
    newer = row.examined_version > stored.version or row.version > stored.version
    same = row.examined_version == stored.version and row.examined_by == detector and row.examining_failed is None
    return newer or same


def keep_failure(conn: Connection, stored: StoredArticle, *, detector: str, reason: str) -> None:
    """Keep why an article could not be examined: it is tried again by another detector, not by this one."""
    done = {"examined_version": stored.version, "examined_by": detector, "examining_failed": reason}
    conn.execute(articles.update().where(articles.c.id == stored.article.id).values(**done, **_FREE))


def examination_of(conn: Connection, article_id: str) -> Examination | None:
    """What an article says, as last examined; None when it has not been examined."""
    return examinations_of(conn, [article_id]).get(article_id)


def examinations_of(conn: Connection, article_ids: Iterable[str]) -> dict[str, Examination]:
    """What each of these articles says, as last examined."""
    ids = list(article_ids)
    found: dict[str, list[Finding]] = {}
    chosen = select(findings).where(findings.c.article.in_(ids)).order_by(findings.c.article, findings.c.position)
    for row in conn.execute(chosen):
        found.setdefault(row.article, []).append(decode(row.kind, row.finding))
    rows = conn.execute(select(examinations).where(examinations.c.article.in_(ids)))
    return {row.article: _examination(row, found.get(row.article, [])) for row in rows}


def developments_of(conn: Connection, article_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ids of the developments that each of these articles reports or recalls."""
    chosen = (
        select(sightings.c.article, sightings.c.development)
        .where(sightings.c.article.in_(list(article_ids)))
        .order_by(sightings.c.number)
    )
    grouped: dict[str, dict[str, None]] = {}
    for row in conn.execute(chosen):
        grouped.setdefault(row.article, {})[row.development] = None
    return {article: tuple(ids) for article, ids in grouped.items()}


_FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}


def _finding_rows(stored: StoredArticle, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    pairs = [(finding, decision) for decision in decisions for finding in decision.findings]
    return [
        {
            "article": stored.article.id,
            "version": stored.version,
            "position": position,
            "kind": kind_of(finding),
            "finding": encode(finding),
            "sentence": _sentence(stored.article.text, finding),
            "verdict": decision.verdict,
            "reason": decision.reason,
            "development": decision.development.id if decision.development else None,
        }
        for position, (finding, decision) in enumerate(pairs)
    ]


def _sentence(text: str, finding: Finding) -> str:
    if isinstance(finding, Statement):
        return " […] ".join(text[start:end] for start, end in finding.spans)
    return text[finding.start : finding.end]


def _examination(row: Any, found: Sequence[Finding]) -> Examination:
    by_kind: dict[str, list[Any]] = {"vote": [], "statement": [], "milestone": []}
    for finding in found:
        by_kind[kind_of(finding)].append(finding)
    return Examination(
        row.article,
        row.language,
        Relevance(row.on_topic, row.score, tuple(row.because)),
        votes=tuple(by_kind["vote"]),
        statements=tuple(by_kind["statement"]),
        milestones=tuple(by_kind["milestone"]),
        refused=tuple(Refusal(**refusal) for refusal in row.refused),
    )
