"""Replay: what newer rules would find in the stored articles, as a difference, before anything is changed.

Nobody is ever told of what a replay finds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from detection.examine import DETECTOR, examine
from detection.novelty import decide
from detection.novelty_evidence import bounds
from ledger.articles import IndexableArticle, iter_articles
from ledger.developments import apply_decisions, known_developments
from ledger.neighbours import Neighbours
from ledger.opening import Ledger
from records.finding import Document, Examination, Finding
from watch.detecting import examine_among


@dataclass(frozen=True, slots=True)
class Difference:
    """How newer rules read one article otherwise: findings that are new, gone, or changed (before, after)."""

    article_id: str
    url: str
    title: str
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]
    on_topic: tuple[bool, bool]


def replay(
    ledger: Ledger,
    *,
    now: datetime,
    apply: bool = False,
    read: Callable[[Document], Examination] = examine,
    detector: str = DETECTOR,
) -> Iterator[Difference]:
    """Read every examined article again, and yield those that read otherwise; with ``apply`` also write it down.

    A difference is written in a transaction of its own before it is yielded, so that a replay that is
    stopped has done whole articles only. What was never examined is left to the detect stage.
    """
    neighbours = Neighbours()
    with ledger.read() as conn:
        for article in iter_articles(conn):
            if article.examination is None:
                continue
            after = examine_among(article.stored, neighbours.around(conn, article.stored), read)
            difference = compare(article, article.examination, after)
            if difference is None:
                continue
            if apply:
                _apply(ledger, article, after, detector=detector, now=now)
            yield difference


def compare(article: IndexableArticle, before: Examination, after: Examination) -> Difference | None:
    """How two readings of one article differ; None when they say the same, whichever rules fired."""
    old, new = _findings(before), _findings(after)
    gone = [one for one in old if one not in new]
    fresh = [one for one in new if one not in old]
    changed = _pair_up(gone, fresh)
    topics = (before.relevance.on_topic, after.relevance.on_topic)
    if not gone and not fresh and topics[0] == topics[1]:
        return None
    paired_old, paired_new = [one for one, _ in changed], [one for _, one in changed]
    return Difference(
        article.stored.article.id,
        article.stored.article.url,
        article.stored.article.title,
        new=tuple(one for one in fresh if one not in paired_new),
        gone=tuple(one for one in gone if one not in paired_old),
        changed=tuple(changed),
        on_topic=topics,
    )


def _findings(examination: Examination) -> list[Finding]:
    votes = [replace(vote, rule="") for vote in examination.votes]
    said = [replace(statement, rule="") for statement in examination.statements]
    return [*votes, *said, *(replace(step, rule="") for step in examination.milestones)]


def _pair_up(gone: Sequence[Finding], fresh: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Findings of one kind on overlapping stretches of the text are one, changed."""
    pairs: list[tuple[Finding, Finding]] = []
    free = list(fresh)
    for one in gone:
        match = next((other for other in free if type(one) is type(other) and _overlap(one, other)), None)
        if match is not None:
            pairs.append((one, match))
            free.remove(match)
    return pairs


def _overlap(one: Finding, other: Finding) -> bool:
    (start, end), (other_start, other_end) = bounds(one), bounds(other)
    return start < other_end and other_start < end


def _apply(ledger: Ledger, article: IndexableArticle, after: Examination, *, detector: str, now: datetime) -> None:
    stored = article.stored
    with ledger.begin() as conn:
        known = known_developments(conn, after, stored.article)
        decisions = decide(stored.article, after, known, origin="replay", now=now)
        apply_decisions(
            conn, stored, after, decisions, detector=detector, now=now, recipients=lambda _development, _occasion: ()
        )
