"""Fills a ledger with printed articles: as a watch would, or many at once with the same rows (a test compares them)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from indexing.batches import in_batches
from ledger import tables
from ledger.articles import store_article
from ledger.developments import apply_decisions
from ledger.encoding import encode, kind_of
from ledger.evidence import last_report
from ledger.identity import title_key
from ledger.nearness import search_keys
from ledger.opening import Ledger
from ledger.versions import stored_article
from records.article import Article
from records.development import Development
from records.finding import Finding, Statement
from tests.bench.happenings import Reported

DETECTOR = "bench"
BATCH = 2_000
RUNS = 12
"""Hashes of a fingerprint that the ledger keeps for looking up."""


def fill(ledger: Ledger, reported: Iterable[Reported]) -> None:
    """Store each article and apply what was decided on it, in its own time, as a watch does."""
    for one in reported:
        with ledger.begin() as conn:
            store_article(conn, one.printed.article, "backfill", one.printed.at)
            stored = stored_article(conn, one.printed.article.id)
            assert stored is not None
            apply_decisions(
                conn,
                stored,
                one.examination,
                one.decisions,
                detector=DETECTOR,
                now=one.printed.at,
                recipients=lambda _development, _occasion: (),
            )


def fill_in_bulk(ledger: Ledger, reported: Iterable[Reported], *, settled_at: datetime | None = None) -> None:
    """Write the rows that ``fill`` leaves, many at a time; with ``settled_at`` as if the index had had them all."""
    if ledger.engine.dialect.name == "sqlite":
        with ledger.engine.connect() as conn:
            conn.exec_driver_sql("PRAGMA cache_size = -500000")  # rows come in the order of no index but one
    for batch in in_batches(reported, BATCH):
        with ledger.begin() as conn:
            _write(conn, batch, settled_at)


def _write(conn: Connection, batch: Sequence[Reported], settled_at: datetime | None) -> None:
    developments = {
        decision.development.id: (decision.development, one.printed.at)
        for one in batch
        for decision in one.decisions
        if decision.development
    }
    held = _held(conn, developments)
    born = [row for name, (one, _) in developments.items() if name not in held for row in [_development_row(one)]]
    _insert(conn, tables.articles, [_article_row(one) for one in batch])
    _insert(conn, tables.versions, [_version_row(one) for one in batch])
    _insert(conn, tables.runs, [{"run": run, "article": _id(one)} for one in batch for run in one.sketch[:RUNS]])
    _insert(conn, tables.addresses, [_address_row(one) for one in batch])
    _insert(conn, tables.examinations, [_examination_row(one) for one in batch])
    _insert(conn, tables.findings, [row for one in batch for row in _finding_rows(one)])
    _insert(conn, tables.developments, born)
    _change(conn, [_development_row(one) for name, (one, _) in developments.items() if name in held])
    _insert(conn, tables.sightings, [row for one in batch for row in _sighting_rows(one)])
    _note_evidence(conn, list(developments))
    _enter(conn, batch, held, settled_at)


def _note_evidence(conn: Connection, names: Sequence[str]) -> None:
    """Note up to where the evidence of each development goes."""
    mine = tables.sightings.c.development == tables.developments.c.id
    newest = select(func.max(tables.sightings.c.number)).where(mine).scalar_subquery()
    for some in in_batches(names, 500):
        changed = tables.developments.update().where(tables.developments.c.id.in_(some))
        conn.execute(changed.values(last_sighting=newest))


def _held(conn: Connection, names: Iterable[str]) -> set[str]:
    asked = list(names)
    found: set[str] = set()
    for some in in_batches(asked, 500):
        chosen = select(tables.developments.c.id).where(tables.developments.c.id.in_(some))
        found.update(conn.execute(chosen).scalars())
    return found


def _insert(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(table.insert(), rows)


def _change(conn: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = [name for name in rows[0] if name not in ("id", "kind", "first_seen", "known_event")]
        changed = tables.developments.update().where(tables.developments.c.id == bindparam("its_id"))
        conn.execute(
            changed.values({name: bindparam(name) for name in names}),
            [{name: row[name] for name in names} | {"its_id": row["id"]} for row in rows],
        )


def _enter(conn: Connection, batch: Sequence[Reported], held: set[str], settled_at: datetime | None) -> None:
    """The outbox: an article is due when it is stored and when it is decided on, a development at every report."""
    state: dict[str, Any] = {"state": "settled" if settled_at else "waiting", "settled_at": settled_at, "attempts": 0}
    rows: dict[str, dict[str, Any]] = {}
    for one in batch:
        at = {"due_at": one.printed.at, "entered_at": one.printed.at, "kind": "index", **state}
        rows[f"article:{_id(one)}"] = at | {"subject": f"article:{_id(one)}", "version": 2}
        for decision in one.decisions:
            if decision.development:
                subject = f"development:{decision.development.id}"
                rows[subject] = at | {"subject": subject, "version": len(decision.development.sightings)}
    old = [f"development:{name}" for name in held]
    _insert(conn, tables.outbox, [row for subject, row in rows.items() if subject not in old])
    if old:
        names = ("version", "due_at", "entered_at")
        changed = tables.outbox.update().where(tables.outbox.c.subject == bindparam("its_subject"))
        conn.execute(
            changed.where(tables.outbox.c.kind == "index").values({name: bindparam(name) for name in names}),
            [{name: rows[subject][name] for name in names} | {"its_subject": subject} for subject in old],
        )


def _id(one: Reported) -> str:
    return one.printed.article.id


def _article_row(one: Reported) -> dict[str, Any]:
    article = one.printed.article
    return {
        **_kept(article, tables.articles),
        "origin": "backfill",
        "first_seen": one.printed.at,
        "version": 1,
        "title_key": title_key(article.title),
        "copy_of": one.printed.original.id if one.printed.original else None,
        "examined_version": 1,
        "examined_by": DETECTOR,
    }


def _version_row(one: Reported) -> dict[str, Any]:
    article = one.printed.article
    kept = _kept(article, tables.versions)
    return kept | {"article": article.id, "version": 1, "at": one.printed.at, "fingerprint": list(one.sketch)}


def _kept(article: Article, table: Table) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__ if name in table.c}


def _address_row(one: Reported) -> dict[str, Any]:
    article = one.printed.article
    row = {"source": article.source, "url": article.url, "article": article.id}
    return row | {"outcome": "stored", "at": one.printed.at}


def _examination_row(one: Reported) -> dict[str, Any]:
    examined = one.examination
    return {
        "article": examined.id,
        "version": 1,
        "detector": DETECTOR,
        "at": one.printed.at,
        "language": examined.language,
        "on_topic": examined.relevance.on_topic,
        "score": examined.relevance.score,
        "because": list(examined.relevance.because),
        "refused": [asdict(refusal) for refusal in examined.refused],
    }


def _finding_rows(one: Reported) -> list[dict[str, Any]]:
    return [
        {
            "article": _id(one),
            "version": 1,
            "position": position,
            "kind": decision.kind,
            "finding": encode(finding),
            "sentence": _sentence(one.printed.article.text, finding),
            "verdict": decision.verdict,
            "reason": decision.reason,
            "development": decision.development.id if decision.development else None,
        }
        for position, decision in enumerate(one.decisions)
        for finding in decision.findings
    ]


def _sentence(text: str, finding: Finding) -> str:
    start, end = finding.spans[0] if isinstance(finding, Statement) else (finding.start, finding.end)
    return text[start:end]


def _development_row(development: Development) -> dict[str, Any]:
    names = ("id", "headline", "status", "first_seen", "event_date", "publishers", "independent", "not_told_because")
    return {
        **{name: getattr(development, name) for name in names},
        "kind": kind_of(development.finding),
        "finding": encode(development.finding),
        "known_event": False,
        "last_report": last_report(development),
        **search_keys(development.finding),
    }


def _sighting_rows(one: Reported) -> list[dict[str, Any]]:
    rows = []
    for decision in one.decisions:
        if decision.development:
            sighting = decision.development.sightings[-1]
            kept = {
                name: getattr(sighting, name) for name in sighting.__dataclass_fields__ if name in tables.sightings.c
            }
            mine = {"development": decision.development.id, "article": sighting.article_id}
            proof = {"finding": encode(sighting.finding), "fingerprint": list(sighting.fingerprint)}
            rows.append(kept | mine | proof)
    return rows
