"""Makes the index anew from the ledger, and compares the two."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from indexing.batches import in_batches
from indexing.documents import Document
from indexing.index import Index, Putting
from indexing.schemas import Collection
from indexing.sourcing import read_all_documents
from ledger.leases import lease, release, this_owner
from ledger.opening import Ledger
from records.errors import IndexUnreachable

log = structlog.get_logger(__name__)

Progress = Callable[[str], None]
LEASE = "index-rebuild"
LEASE_SECONDS = 6 * 3600
BATCH = 200
SHOWN = 10
STEP = 1000


@dataclass(frozen=True, slots=True)
class RebuildCounts:
    """What became of the ledger's documents; ``refused`` ones are in the log, and in the outbox once they are due."""

    indexed: int
    older: int
    refused: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One collection in ledger and index. ``differing`` have another checksum; ``examples`` are ids, at most ten."""

    ledger: int
    index: int
    missing: int
    differing: int
    surplus: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether index and ledger hold the same documents with the same checksums, for each collection of the index."""

    collections: Mapping[Collection, Comparison]

    @property
    def agrees(self) -> bool:
        """True when nothing is missing, different or left over."""
        return not any(one.missing or one.differing or one.surplus for one in self.collections.values())


def rebuild(
    ledger: Ledger, index: Index, *, now: datetime, owner: str | None = None, on_progress: Progress | None = None
) -> RebuildCounts:
    """Build a new version of the index from the ledger and switch to it; one rebuild at a time.

    Raises IndexUnreachable when the index fails on the way or another rebuild is under way: readers then go on with
    the old version, and a new attempt starts clean.
    """
    return _alone(ledger, index.rebuild, index.collections, now=now, owner=owner, on_progress=on_progress)


def fill(
    ledger: Ledger, index: Index, *, now: datetime, owner: str | None = None, on_progress: Progress | None = None
) -> RebuildCounts:
    """Put every document of the ledger into the index as it is; one filling or rebuild at a time."""
    return _alone(ledger, index.put, index.collections, now=now, owner=owner, on_progress=on_progress)


def _alone(
    ledger: Ledger,
    put: Callable[[Iterable[Document]], Iterable[Putting]],
    collections: tuple[Collection, ...],
    *,
    now: datetime,
    owner: str | None,
    on_progress: Progress | None,
) -> RebuildCounts:
    owner = owner or this_owner()
    with ledger.begin() as conn:
        if not lease(conn, LEASE, owner=owner, now=now, seconds=LEASE_SECONDS):
            raise IndexUnreachable("another process is rebuilding the index")
    try:
        with ledger.read() as conn:
            return _account(put(read_all_documents(conn, collections)), on_progress)
    finally:
        with ledger.begin() as conn:
            release(conn, LEASE, owner=owner)


def _account(puttings: Iterable[Putting], on_progress: Progress | None) -> RebuildCounts:
    states = Counter[str]()
    for putting in puttings:
        if putting.state == "postponed":
            raise IndexUnreachable(putting.error or "the index cannot be used now")
        if putting.state == "refused":
            log.error("A document was refused", collection=putting.collection, id=putting.id, error=putting.error)
        states[putting.state] += 1
        if on_progress and states.total() % STEP == 0:
            on_progress(f"{states.total()} documents")
    if on_progress:
        on_progress(f"{states.total()} documents")
    return RebuildCounts(states["indexed"], states["older"], states["refused"])


def verify(ledger: Ledger, index: Index) -> Verification:
    """Compare every document of the ledger with the index, by checksum, in constant memory; change nothing."""
    index.refresh()
    return Verification({collection: _compare(ledger, index, collection) for collection in index.collections})


def _compare(ledger: Ledger, index: Index, collection: Collection) -> Comparison:
    held = found = missing = differing = 0
    examples: list[str] = []
    with ledger.read() as conn:
        for batch in in_batches(read_all_documents(conn, [collection]), BATCH):
            there = index.checksums(collection, [document.id for document in batch])
            absent = [document.id for document in batch if document.id not in there]
            changed = [one.id for one in batch if one.id in there and there[one.id] != one.checksum]
            held, found = held + len(batch), found + len(there)
            missing, differing = missing + len(absent), differing + len(changed)
            examples += [*absent, *changed][: SHOWN - len(examples)]
    count = index.count(collection)
    return Comparison(held, count, missing, differing, max(0, count - found), tuple(examples))
