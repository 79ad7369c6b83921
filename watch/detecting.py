"""The detect stage: each article that is not examined yet is read, decided on, and its consequences written down."""

import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from detection.examine import DETECTOR, examine
from detection.novelty import decide
from detection.repetition import without_repeated
from ledger.alerts import Recipients
from ledger.articles import StoredArticle, articles_to_examine
from ledger.developments import apply_decisions, known_developments
from ledger.evidence import Evidence
from ledger.findings import is_examined, keep_failure
from ledger.leases import this_owner
from ledger.neighbours import Neighbours
from ledger.opening import Ledger
from records.article import Neighbour
from records.errors import ConventionWatchError
from records.finding import Document, Examination

log = structlog.get_logger(__name__)

Progress = Callable[[str], None]
_AT_ONCE = 20
"""Articles claimed at a time: few, so that several workers share the work, and a killed one holds little up."""


@dataclass(frozen=True, slots=True)
class DetectionCounts:
    """What one pass of the stage did; ``verdicts`` counts decisions by verdict, ``failed`` articles keep the reason."""

    examined: int = 0
    on_topic: int = 0
    failed: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)


def detect(
    ledger: Ledger,
    *,
    recipients: Recipients,
    now: datetime,
    on_progress: Progress = lambda _: None,
    read: Callable[[Document], Examination] = examine,
) -> DetectionCounts:
    """Examine every article that is due, by ``read``; a bad article never stops the pass, the ledger's failure does."""
    owner = this_owner()
    counted: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    evidence, neighbours = Evidence(), Neighbours()
    while True:
        with ledger.begin() as conn:
            due = articles_to_examine(conn, detector=DETECTOR, now=now, owner=owner, limit=_AT_ONCE)
        if not due:
            return DetectionCounts(counted["examined"], counted["on_topic"], counted["failed"], dict(verdicts))
        for stored in due:
            examination = _examine(ledger, stored, neighbours, read)
            if examination is None:
                counted["failed"] += 1
                continue
            verdicts += _decide(ledger, stored, examination, evidence, recipients=recipients, now=now)
            counted["examined"] += 1
            counted["on_topic"] += examination.relevance.on_topic
        on_progress(f"{counted['examined']} articles examined, {counted['on_topic']} on topic")


def examine_among(
    stored: StoredArticle, around: Sequence[Neighbour], read: Callable[[Document], Examination]
) -> Examination:
    """What a stored article says by ``read``, without the lines that its site repeats: ``because`` counts them."""
    document, repeated = without_repeated(document_of(stored), around)
    examination = read(document)
    if not repeated:
        return examination
    relevance = examination.relevance
    said = f"left out: {repeated} of its lines, which the site repeats in other articles"
    return replace(examination, relevance=replace(relevance, because=(*relevance.because, said)))


def document_of(stored: StoredArticle) -> Document:
    """A stored article as detection reads it: dated by its publication, or else by its fetching."""
    article = stored.article
    at = article.published_at or article.fetched_at
    return Document(article.id, article.text, article.title, article.language, at, article.url)


def _examine(
    ledger: Ledger, stored: StoredArticle, neighbours: Neighbours, read: Callable[[Document], Examination]
) -> Examination | None:
    try:
        with ledger.read() as conn:
            around = neighbours.around(conn, stored)
        return examine_among(stored, around, read)
    except ConventionWatchError:
        raise
    except Exception as error:
        reason = "".join(traceback.format_exception_only(error)).strip()
        log.exception("an article could not be examined", article=stored.article.id, url=stored.article.url)
        with ledger.begin() as conn:
            keep_failure(conn, stored, detector=DETECTOR, reason=reason)
        return None


def _decide(
    ledger: Ledger,
    stored: StoredArticle,
    examination: Examination,
    evidence: Evidence,
    *,
    recipients: Recipients,
    now: datetime,
) -> Counter[str]:
    """Decide and write in one transaction, so that nobody else decides on the same events meanwhile."""
    with ledger.begin() as conn:
        known = known_developments(conn, examination, stored.article, evidence)
        if is_examined(conn, stored, detector=DETECTOR):
            return Counter()
        decisions = decide(stored.article, examination, known, origin=stored.origin, now=now)
        apply_decisions(
            conn,
            stored,
            examination,
            decisions,
            detector=DETECTOR,
            now=now,
            recipients=recipients,
            known=known,
        )
    return Counter(decision.verdict for decision in decisions)
