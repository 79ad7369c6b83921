"""Filters typed into a query, facets and pages: Elasticsearch and the built-in index give the same answers."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from indexing.cluster import ClusterIndex
from indexing.describing import describe_article
from indexing.documents import Document, make_document
from indexing.embedded import EmbeddedIndex
from indexing.index import Index
from indexing.searching import FACETS, Order, SearchRequest
from records.errors import ConfigurationError
from records.finding import Finding
from tests.unit.indexing.builders import (
    PUBLISHED,
    make_article,
    make_article_document,
    make_examination,
    make_indexable,
    make_milestone,
    make_statement,
    make_vote,
)

WORDS = (
    "vote", "treaty", "title:report", "title:vote", '-title:"report 3"', "title:rep*", '"general assembly"', "cyber*",
    "-treaty", "голосование",
)  # fmt: skip
FILTERS = (
    "lang:ru", "lang:en,fr", "-lang:en", "kind:vote", "kind:statement,milestone", "state:RU", "state:Russia",
    "-state:vn", "speaker:krutskikh", 'speaker:"Andrey Krutskikh"', "speaker:Andr", "source:tass", "publisher:OTHER",
    "after:2024-12-24", "before:2024-12-25", "-before:2024-12-25", "after:2024", "before:2024",
)  # fmt: skip


def documents() -> Iterator[Document]:
    """Twenty-four articles that differ in all that can be filtered; some undated, some of no known language."""
    findings: list[tuple[Finding, ...]] = [(make_vote(),), (make_statement(),), (make_milestone(),)]
    findings += [(make_vote(), make_statement()), ()]
    texts = [
        "The General Assembly takes a vote.",
        "A treaty on cybercrime.",
        "Голосование о договоре.",
        "A cyber vote.",
    ]
    for number in range(24):
        article = make_article(
            f"n{number}",
            title=f"Report {number}",
            text=texts[number % 4],
            language=(["en", "ru", "fr", None][number % 4]),
            source=["tass", "gazette", "herald"][number % 3],
            publisher=["other", "gazette-group"][number % 2],
            published_at=None if number % 6 == 5 else PUBLISHED + timedelta(hours=5 * number - 40),
        )
        examination = make_examination(article, *findings[number % 5]) if number % 7 else None
        yield make_document("articles", describe_article(make_indexable(article, examination)), 1)


@pytest.fixture
def filled(index: Index) -> Index:
    """Each index in turn, with the articles in it."""
    assert {putting.state for putting in index.put(documents())} == {"indexed"}
    index.refresh()
    return index


def names(index: Index, query: str, order: Order = "relevance") -> list[str]:
    """The last part of each URL found."""
    return [hit.url.rsplit("/", 1)[1] for hit in index.search(SearchRequest(query, order=order, limit=100)).hits]


@pytest.mark.elasticsearch
def test_both_indexes_find_the_same(cluster: ClusterIndex, tmp_path: Path) -> None:
    """Every filter alone, with words, and in a hundred mixtures with either, not and parentheses, by every order."""
    embedded = EmbeddedIndex(tmp_path / "index.sqlite")
    embedded.prepare()
    for index in (embedded, cluster):
        list(index.put(documents()))
        index.refresh()
    chance = random.Random(6)
    mixtures = [mix(chance, depth=2) for _ in range(100)]
    found = 0
    for query in (*FILTERS, *(f"{word} {chosen}" for word in WORDS for chosen in FILTERS[::3]), *mixtures):
        assert set(names(embedded, query)) == set(names(cluster, query)), query
        assert names(embedded, query, "newest") == names(cluster, query, "newest"), query
        found += bool(names(embedded, query))
    assert found > 100
    request = SearchRequest("vote | lang:ru", facets=FACETS)
    assert embedded.search(request).facets == cluster.search(request).facets
    embedded.close()


def mix(chance: random.Random, *, depth: int) -> str:
    """A query of words and filters put together at random."""
    if not depth:
        return chance.choice((*WORDS, *FILTERS, *FILTERS))
    first, second = mix(chance, depth=depth - 1), mix(chance, depth=depth - 1)
    return chance.choice((f"{first} {second}", f"{first} | {second}", f"({first}) -({second})"))


def test_a_filter_in_the_query_means_what_the_option_means(filled: Index) -> None:
    """Typed or given beside it, the same articles come."""
    for query, request in (
        ("vote lang:ru", SearchRequest("vote", languages=("ru",), limit=100)),
        ("state:Russia kind:statement", SearchRequest(states=("RU",), kinds=("statement",), limit=100)),
        ("after:2024-12-24", SearchRequest(since=PUBLISHED.replace(hour=0), limit=100)),
    ):
        assert sorted(names(filled, query)) == sorted(hit.url.rsplit("/", 1)[1] for hit in filled.search(request).hits)
    assert names(filled, "lang:xx") == []
    assert len(names(filled, "lang:en | -lang:en")) == 24
    assert names(filled, "title:vote") == []
    assert names(filled, 'title:"report 3"') == ["n3"]
    assert len(names(filled, "title:reports")) == 12  # the English and the French ones


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_pages_hold_every_hit_once_and_in_order(filled: Index, order: Order) -> None:
    """Going on from each answer's end gives what one long answer gives, undated ones too, whatever comes meanwhile."""
    query = "report"
    paged: list[str] = []
    after: str | None = None
    while True:
        answer = filled.search(SearchRequest(query, order=order, limit=7, after=after))
        paged += [hit.url.rsplit("/", 1)[1] for hit in answer.hits]
        after = answer.next
        if after is None:
            break
        if order == "newest":
            list(
                filled.put(
                    [make_article_document("later", title="Report", published_at=PUBLISHED + timedelta(days=99))]
                )
            )
            filled.refresh()
    assert paged == [name for name in names(filled, query, order) if name != "later"]
    assert len(set(paged)) == len(paged) == 24


def test_a_place_of_another_order_is_refused(filled: Index) -> None:
    """As is a word that is no place, and a page of an answer without copies."""
    place = filled.search(SearchRequest(order="newest", limit=2)).next
    for request in (SearchRequest(order="oldest", after=place), SearchRequest(after="nonsense")):
        with pytest.raises(ConfigurationError, match="no place"):
            filled.search(request)
    with pytest.raises(ConfigurationError, match="copies"):
        SearchRequest(after=place, collapse=True)
