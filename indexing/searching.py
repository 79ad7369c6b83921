"""What can be asked of an index and what it answers: the same from Elasticsearch and from the built-in one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from indexing.filters import Filter, LabelField, Published, make_label
from records.errors import ConfigurationError

Order = Literal["relevance", "newest", "oldest"]
Facet = LabelField
FACETS: tuple[Facet, ...] = ("language", "source", "publisher", "kinds", "states", "speakers")

FACET_VALUES = 20
"""How many values of a facet are told: the commonest."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search for articles. An empty ``query`` finds all; each filter narrows, and matches any of its values.

    ``query``: words are all required; ``"a phrase"``, ``+must``, ``-not``, ``a | b``, ``(…)``, ``begin*``,
    ``title:word``; and filters: ``lang:ru,uk kind:vote state:Russia speaker:"J Smith" after:2026-11 -source:tass``.
    ``states`` are ISO codes or English names; ``speakers`` any part of a name; ``since`` and ``until`` bound the
    publication (UTC, ``until`` exclusive): an undated article is outside any bound. ``collapse`` keeps one copy of each
    story.
    ``limit`` is at most 10 000; all of a larger answer is had by exporting it. ``after`` is the ``next`` of the answer
    before, to go on from there; not together with ``collapse``. ``facets`` are to be counted.
    """

    query: str = ""
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    order: Order = "relevance"
    collapse: bool = False
    limit: int = 20
    after: str | None = None
    facets: tuple[Facet, ...] = ()

    def __post_init__(self) -> None:
        if self.after and self.collapse:
            raise ConfigurationError("an answer without copies has no further pages: raise its limit, or export it")

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters given beside the query, in the form that those typed into it have."""
        given: dict[LabelField, tuple[str, ...]] = {
            "language": self.languages,
            "source": self.sources,
            "publisher": self.publishers,
            "kinds": self.kinds,
            "states": self.states,
            "speakers": self.speakers,
        }
        labels = tuple(make_label(field, values) for field, values in given.items() if values)
        return (*labels, Published(self.since, self.until)) if self.since or self.until else labels


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. ``published_at`` is ISO 8601 in UTC, None when unknown.

    ``highlights`` are stretches of the text as HTML: escaped, the words found between ``<em>`` and ``</em>``.
    ``score`` orders one answer only; it cannot be compared across indexes, and is 0 in an order of time.
    """

    url: str
    title: str
    source: str
    language: str | None
    published_at: str | None
    score: float
    highlights: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The hit as the contract's JSON object."""
        return {
            "url": self.url,
            "title": self.title,
            "source": self.source,
            "language": self.language,
            "published_at": self.published_at,
            "score": self.score,
            "highlights": list(self.highlights),
        }


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The hits in order; ``total`` and ``facets`` (value and count, commonest first) count copies too.

    ``next`` is where to go on, None when these were the last: hits that are there now come once, in the same order.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    next: str | None = None


def write_cursor(order: Order, values: Sequence[Any]) -> str:
    """Return the place of a hit in its order as a word that can be typed."""
    return urlsafe_b64encode(json.dumps([order, *values]).encode()).decode().rstrip("=")


def read_cursor(order: Order, cursor: str, length: int) -> list[Any]:
    """Return the place that a cursor names; raise ConfigurationError for one that is none, or of another order."""
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        values = None
    if not isinstance(values, list) or len(values) != length + 1 or values[0] != order:
        raise ConfigurationError("this is no place to go on from in an answer of this order")
    return values[1:]
