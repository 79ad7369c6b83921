"""Empties the index's part of the outbox. Whatever happens, every row is indexed, waiting, or visibly set aside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from indexing.describing_findings import COLLECTION_OF_KIND
from indexing.documents import Document
from indexing.index import Index, Putting, worse
from indexing.rebuilding import fill, rebuild
from indexing.sourcing import UNCHANGING, read_documents
from ledger.opening import Ledger
from ledger.outbox import OutboxRow, claim, outbox_counts, postpone, set_aside, settle, settle_for_good
from records.errors import IndexUnreachable

log = structlog.get_logger(__name__)

BATCH = 200
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """What became of the rows that were due.

    ``older``: a newer version was there already; ``postponed``: still due, and tried again by a later pass;
    ``refused``: set aside, the index will never take them as they are; ``gone``: the ledger no longer holds the
    subject. ``filled`` counts documents put in because the index was new or of another shape. ``error`` says in plain
    words why documents had to wait, None when none had to.
    """

    indexed: int = 0
    older: int = 0
    refused: int = 0
    postponed: int = 0
    gone: int = 0
    filled: int = 0
    error: str | None = None


def deliver(ledger: Ledger, index: Index, *, now: datetime, owner: str) -> IndexCounts:
    """Bring the index up to date with the ledger. An index that cannot be used now is in the counts, not raised."""
    try:
        filled = _make_ready(ledger, index, now=now, owner=owner)
    except IndexUnreachable as error:
        return _all_wait(ledger, str(error))
    total = Counter[str]()
    counts = IndexCounts(filled=filled)
    while counts.error is None:
        done, problem = _deliver_batch(ledger, index, now=now, owner=owner)
        if not done:
            break
        total += done
        counts = replace(counts, error=problem)
    if total["indexed"]:
        _show(index)
    return replace(
        counts,
        indexed=total["indexed"],
        older=total["older"],
        refused=total["refused"],
        postponed=total["postponed"],
        gone=total["gone"],
    )


def _make_ready(ledger: Ledger, index: Index, *, now: datetime, owner: str) -> int:
    """Prepare the index, and fill it when it does not hold what was delivered before; return how many were put in."""
    readiness = index.prepare()
    with ledger.read() as conn:
        delivered = outbox_counts(conn).get(("index", "settled"), 0)
    if readiness == "ready" and _lacks(index, delivered):  # another index than last time, or one that lost documents
        readiness = "to_fill"
    if readiness == "ready" or not delivered:  # when nothing was delivered, everything is in the outbox
        return 0
    log.info("The index is filled from the ledger", index=index.name, because=readiness)
    refill = fill if readiness == "to_fill" else rebuild
    return refill(ledger, index, now=now, owner=owner).indexed


def _lacks(index: Index, delivered: int) -> bool:
    """Whether fewer articles and developments are there than rows were settled, or fewer findings than developments."""
    index.refresh()
    counts = {collection: index.count(collection) for collection in index.collections}
    findings = [counts[name] for name in COLLECTION_OF_KIND.values() if name in counts]
    few = counts["articles"] + counts["developments"] < delivered
    return few or (bool(findings) and sum(findings) < counts["developments"])


def _all_wait(ledger: Ledger, problem: str) -> IndexCounts:
    """The rows stay due as they are: nothing was tried with them, and the next pass that finds the index takes all."""
    with ledger.read() as conn:
        waiting = outbox_counts(conn).get(("index", "waiting"), 0)
    log.warning("The index cannot be used; its documents wait in the ledger", waiting=waiting, error=problem)
    return IndexCounts(postponed=waiting, error=problem)


def _deliver_batch(ledger: Ledger, index: Index, *, now: datetime, owner: str) -> tuple[Counter[str], str | None]:
    with ledger.begin() as conn:
        rows = claim(conn, "index", now=now, owner=owner, limit=BATCH)
    with ledger.read() as conn:
        documents = {row.id: read_documents(conn, row, index.collections) for row in rows}
    answers = _put(index, rows, documents)
    with ledger.begin() as conn:
        done = Counter(_settle(conn, row, answers, now=now) for row in rows)
    waiting = [answer.error for answer in answers.values() if answer and answer.state == "postponed"]
    return done, waiting[0] if waiting else None


def _put(
    index: Index, rows: Sequence[OutboxRow], documents: Mapping[int, Sequence[Document]]
) -> dict[int, Putting | None]:
    """What became of each row whose subject is there: the worst of its documents' fates, None when none is held."""
    held = index.collections
    sent = [(row, document) for row in rows for document in documents[row.id] if document.collection in held]
    try:
        answers = list(index.put(document for _, document in sent))
    except IndexUnreachable as error:
        answers = [Putting(document.collection, document.id, "postponed", str(error)) for _, document in sent]
    fates: dict[int, Putting | None] = {row.id: None for row in rows if documents[row.id]}
    for (row, _), answer in zip(sent, answers, strict=True):
        earlier = fates[row.id]
        fates[row.id] = answer if earlier is None else worse(earlier, answer)
    return fates


def _settle(conn: Connection, row: OutboxRow, answers: Mapping[int, Putting | None], *, now: datetime) -> str:
    if row.id not in answers:
        settle(conn, row, now=now, note="the ledger no longer holds it")
        return "gone"
    answer = answers[row.id]
    unchanging = row.subject.startswith(UNCHANGING)
    if answer is None or (unchanging and answer.state in ("indexed", "older")):
        settle_for_good(conn, row)
        return answer.state if answer else "not_held"
    if answer.state == "refused":
        set_aside(conn, row, now=now, error=answer.error or "refused")
        log.error("A document was refused and set aside", subject=row.subject, error=answer.error)
    elif answer.state == "postponed":
        wait = min(FIRST_WAIT * 2 ** min(row.attempts, 10), LONGEST_WAIT)
        postpone(conn, row, now=now, until=now + wait, error=answer.error or "postponed")
    else:
        settle(conn, row, now=now, note="a newer version was there" if answer.state == "older" else None)
    return answer.state


def _show(index: Index) -> None:
    """Make what was put visible now; when that fails it becomes visible a little later by itself."""
    try:
        index.refresh()
    except IndexUnreachable as error:
        log.warning("The index could not be refreshed", index=index.name, error=str(error))
