"""What can be asked of an index and what it answers: the same from Elasticsearch and from the built-in one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Order = Literal["relevance", "newest", "oldest"]
Facet = Literal["language", "source", "publisher", "kinds", "states", "speakers"]

FACET_VALUES = 20
"""How many values of a facet are told: the commonest."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search for articles. An empty ``query`` finds all; each filter narrows, and matches any of its values.

    ``query``: words are all required; ``"a phrase"``, ``+must``, ``-not``, ``a | b``, ``(…)``, ``begin*``. ``states``
    are ISO codes or English names; ``speakers`` any part of a name; ``since`` and ``until`` bound the publication
    (UTC, ``until`` exclusive): an undated article is outside any bound. ``collapse`` keeps one copy of each story.
    ``limit`` is at most 10 000; all of a larger answer is had by exporting it. ``facets`` are to be counted.
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
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. ``published_at`` is ISO 8601 in UTC, None when unknown.

    ``highlights`` are stretches of the text as HTML: escaped, the words found between ``<em>`` and ``</em>``.
    ``score`` orders one answer only; it cannot be compared across indexes.
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
    """The hits in order; ``total`` and ``facets`` (value and count, commonest first) count copies too."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[tuple[str, int], ...]] = field(default_factory=dict)
