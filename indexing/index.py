"""What the rest of the project may ask of an index, whichever it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from indexing.documents import Document
from indexing.schemas import Collection
from indexing.searching import SearchAnswer, SearchRequest

Readiness = Literal["ready", "to_fill", "to_rebuild"]
"""As it should be; just made and still empty; made for another shape of documents than today's."""

PutState = Literal["indexed", "older", "refused", "postponed"]
"""Stored; a newer version is there already; never acceptable as it is; not now."""


@dataclass(frozen=True, slots=True)
class Putting:
    """What became of one document that was sent; ``error`` says why, for the last two states."""

    collection: Collection
    id: str
    state: PutState
    error: str | None = None


_GRAVITY: dict[PutState, int] = {"older": 0, "indexed": 1, "refused": 2, "postponed": 3}


def worse(one: Putting, other: Putting) -> Putting:
    """Return the one of two fates that more is to be done about."""
    return other if _GRAVITY[other.state] > _GRAVITY[one.state] else one


class Index(Protocol):
    """An index of what the ledger holds; every method raises IndexUnreachable when it cannot be used now."""

    name: str
    """How people know it: ``embedded``, or its URL without credentials."""

    collections: tuple[Collection, ...]
    """What it holds; it is given no other documents."""

    def prepare(self) -> Readiness:
        """Make what is missing, and tell whether the index must be filled or rebuilt from the ledger."""

    def put(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Store documents whole, each replacing an older or equal version of itself; answer for each, in order."""

    def rebuild(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Fill a new version from ``documents``; readers see it, at once and whole, when the last one is in."""

    def checksums(self, collection: Collection, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the checksums of those of ``ids`` that are in the index."""

    def count(self, collection: Collection) -> int:
        """Return how many documents there are."""

    def refresh(self) -> None:
        """Make all that was put visible to searches."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Return the articles that match."""

    def export(self, request: SearchRequest) -> Iterator[Mapping[str, Any]]:
        """Yield the whole document of every article that matches, in order, as the index is at this moment.

        ``limit``, ``collapse`` and ``facets`` of the request do not count here.
        """

    def close(self) -> None:
        """Give back connections."""
