"""What was stored can be searched, in the contract's shape, by the built-in index and by Elasticsearch alike."""

import urllib.request
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import OpenWatch
from tests.end_to_end.steps import TALLY, make_pass
from tests.newsroom.watching import Watch
from tests.servers.elasticsearch import ElasticsearchServer

SHAPE = {"url", "title", "source", "language", "published_at", "score", "highlights"}


@pytest.fixture
def cluster(elasticsearch_server: ElasticsearchServer) -> Iterator[str]:
    """The URL of a real Elasticsearch without any index of ours."""
    _drop_indices(elasticsearch_server.url)
    yield elasticsearch_server.url
    _drop_indices(elasticsearch_server.url)


def test_a_search_answers_in_the_shape_of_the_contract(december_watch: Watch) -> None:
    """Every hit has the keys of the contract, and its highlights hold the words that were asked for."""
    hits = december_watch.ask("search", "Krutskikh Budapest")
    published = {hit["source"]: hit["published_at"] for hit in hits}
    assert published == {"neva-wire": "2019-12-27T23:40:00Z", "harbour-portal": "2019-12-28T06:30:00Z"}
    for hit in hits:
        assert set(hit) == SHAPE
        assert "<em>" in " ".join(hit["highlights"])


def test_filters_and_facets_on_the_command_line(december_watch: Watch) -> None:
    """What is typed into the query narrows; ``--facets`` counts in one more line, under the names used in queries."""
    *hits, counted = december_watch.ask("search", "lang:ru,en kind:vote after:2019-12-27", "--facets", "--limit", "3")
    assert {hit["language"] for hit in hits} <= {"ru", "en"}
    assert set(counted) == {"total", "facets", "next"}
    assert counted["total"] > len(hits) == 3
    assert counted["facets"]["kind"]["vote"] == counted["total"] == sum(counted["facets"]["language"].values())
    (further, *_) = december_watch.ask("search", "lang:ru,en kind:vote after:2019-12-27", "--after", counted["next"])
    assert further["url"] not in {hit["url"] for hit in hits}
    assert "lang" not in december_watch.call("search", "lang:xx").stdout
    december_watch.call("search", "vote", "--after", "nonsense", status=2)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("киберпреступность", "baikal-lenta"),
        ("cybercriminalité", "atelier-genevois"),
        ("ciberdelincuencia", "meridiano-sur"),
        ("اتفاقية", "waha-press"),
        ("网络犯罪", "yangtze-daily"),
    ],
)
def test_articles_are_found_in_their_own_language(december_watch: Watch, words: str, source: str) -> None:
    """A word in the article's language finds it."""
    assert source in {hit["source"] for hit in december_watch.ask("search", words)}


def test_off_topic_articles_and_furniture_cannot_be_found(december_watch: Watch) -> None:
    """Neither an article on other things nor the words of sidebars and footers are in the index."""
    for words in ("blueberries", "embargo Cuba", "subway", "cookies partners", "ferry captain"):
        assert december_watch.ask("search", words) == []


def test_the_index_agrees_with_the_ledger(december_watch: Watch) -> None:
    """``index --verify`` finds no difference after the whole story."""
    december_watch.call("index", "--verify")


@pytest.mark.elasticsearch
def test_the_story_with_a_real_elasticsearch(open_watch: OpenWatch, cluster: str) -> None:
    """The vote is found and told, its articles are found by search, and index and ledger agree."""
    watch = open_watch("december_2019", tick="vote", INDEX=cluster)
    step = make_pass(watch)
    assert len(step.votes(TALLY)) == 1
    assert len(step.mails_to("votes")) == 1
    hits = watch.ask("search", "Krutskikh Budapest")
    assert {hit["source"] for hit in hits} == {"neva-wire", "harbour-portal"}
    assert all(set(hit) == SHAPE for hit in hits)
    watch.call("index", "--verify")


@pytest.mark.elasticsearch
def test_an_elasticsearch_that_lost_everything_is_rebuilt(open_watch: OpenWatch, cluster: str) -> None:
    """The index is dropped behind our back: --verify says so, --rebuild makes it anew from the ledger."""
    watch = open_watch("december_2019", tick="vote", only=("neva-wire",), INDEX=cluster)
    make_pass(watch)
    _drop_indices(cluster)
    watch.call("index", "--verify", status=1)
    watch.call("index", "--rebuild")
    watch.call("index", "--verify")
    assert len(watch.ask("search", "Krutskikh")) == 1


def _drop_indices(url: str) -> None:
    with urllib.request.urlopen(f"{url}/_cat/indices/convention-watch-*?h=index") as answer:
        names = answer.read().decode().split()
    for name in names:
        urllib.request.urlopen(urllib.request.Request(f"{url}/{name}", method="DELETE")).close()
