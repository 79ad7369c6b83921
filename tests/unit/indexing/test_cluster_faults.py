"""What a sick, foreign or unreachable Elasticsearch does to us: every document accounted for, every reason in words."""

import json
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from indexing.cluster import ClusterIndex
from indexing.cluster_client import connect, shown
from indexing.cluster_writing import BATCH
from indexing.opening import open_index
from indexing.searching import SearchRequest
from records.errors import ConfigurationError, IndexUnreachable
from tests.servers.faulty_elasticsearch import (
    Answer,
    Answering,
    FaultyElasticsearch,
    bulk_answer,
    faulty_elasticsearch,
    in_turn,
)
from tests.unit.indexing.builders import make_article_document


def connected(server: FaultyElasticsearch) -> AbstractContextManager[ClusterIndex]:
    """The index on the stand-in."""
    return closing(ClusterIndex.connect(server.url, api_key=None, ca=None, prefix="test"))


def put(answering: Answering, count: int) -> tuple[list[str], str, FaultyElasticsearch]:
    """Put ``count`` documents; return the state of each, all errors, and the stand-in."""
    with faulty_elasticsearch(answering) as server, connected(server) as index:
        done = list(index.put(make_article_document(f"n{number}") for number in range(count)))
    return [one.state for one in done], " ".join(one.error or "" for one in done), server


def test_items_that_were_rejected_for_now_are_sent_again(quick_retries: None) -> None:
    """Only they: those that were taken are not sent twice."""
    answers = [Answer(body=bulk_answer([201, 429, 201])), Answer(body=bulk_answer([201]))]
    states, _, server = put(in_turn("/_bulk", answers), 3)
    assert states == ["indexed"] * 3
    assert [request.body.count("\n") // 2 for request in server.bulks()] == [3, 1]


def test_each_item_has_its_own_fate(quick_retries: None) -> None:
    """Taken, older, refused for good, and waiting, in one answer."""
    states, errors, _ = put(in_turn("/_bulk", [Answer(body=bulk_answer([200, 409, 400, 403, 201]))]), 5)
    assert states == ["indexed", "older", "refused", "postponed", "indexed"]
    assert "mapper_parsing_exception: for the test: 400" in errors
    assert "cluster_block_exception" in errors


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502, 503, 504])
def test_a_server_that_refuses_the_whole_request_makes_it_wait(status: int, quick_retries: None) -> None:
    """No document is lost or set aside for a fault that is not its own; the rest is not even sent."""
    states, errors, server = put(in_turn("/_bulk", [Answer(status, {"error": "no"})]), BATCH + 5)
    assert states == ["postponed"] * (BATCH + 5)
    assert str(status) in errors
    assert len({request.body for request in server.bulks()}) == 1


def test_a_connection_lost_after_the_write_makes_everything_wait(quick_retries: None) -> None:
    """The documents may be there already: sending them again is harmless, so they wait."""
    states, errors, _ = put(in_turn("/_bulk", [Answer(hang_up=True)]), 3)
    assert states == ["postponed"] * 3
    assert "does not answer" in errors


def test_a_request_too_large_for_a_proxy_is_sent_in_parts(quick_retries: None) -> None:
    """Only the document that is too large by itself is refused."""

    def answering(asked: object) -> Answer | None:
        body = getattr(asked, "body", "")
        return Answer(413, {"error": "too large"}) if "n3" in body or body.count("\n") > 4 else None

    states, errors, _ = put(answering, 5)
    assert states == ["indexed", "indexed", "indexed", "refused", "indexed"]
    assert "413" in errors


def test_documents_are_sent_with_version_and_alias(quick_retries: None) -> None:
    """Whole documents under their ids, external versions, the write alias."""
    _, _, server = put(lambda asked: None, 1)
    action = json.loads(server.bulks()[0].body.split("\n")[0])["index"]
    assert action == {
        "_index": "test-articles-write",
        "_id": make_article_document("n0").id,
        "version": 1,
        "version_type": "external_gte",
    }


def test_something_else_that_answers_is_not_taken_for_elasticsearch(quick_retries: None) -> None:
    """A login page or a proxy that says 200 to everything is recognised by the missing header."""
    states, errors, _ = put(lambda asked: Answer(body={"welcome": True}, product=False), 2)
    assert states == ["postponed"] * 2
    assert "is not Elasticsearch" in errors


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Answer(body={"nodes": {"a": {"version": "8.19.0"}, "b": {"version": "9.5.3"}}}), "Elasticsearch 8.19.0"),
        (Answer(400, {"error": {"type": "media_type_header_exception"}}), "another major version"),
        (Answer(401, {"error": {"type": "security_exception"}}), "refuses our credentials"),
        (Answer(503, {"error": {"type": "cluster_block_exception"}}), "cannot do it now"),
    ],
)
def test_preparing_says_plainly_what_is_wrong(answer: Answer, word: str, quick_retries: None) -> None:
    """Another major version, wrong credentials and a sick cluster are told apart; all can pass."""
    with (
        faulty_elasticsearch(in_turn("/_nodes", [answer])) as server,
        connected(server) as index,
        pytest.raises(IndexUnreachable, match=word),
    ):
        index.prepare()


def test_a_server_that_is_not_there(quick_retries: None) -> None:
    """Every question says so in words, with the URL."""
    with closing(ClusterIndex.connect("http://127.0.0.1:1", api_key=None, ca=None, prefix="test")) as index:
        for ask in (index.prepare, index.refresh, lambda: index.search(SearchRequest("a"))):
            with pytest.raises(IndexUnreachable, match=r"http://127\.0\.0\.1:1 does not answer"):
                ask()


def test_credentials_in_the_url_are_sent_and_never_shown(tmp_path: Path) -> None:
    """They serve a local trial; neither the name of the index nor an error holds them."""
    index = open_index("http://elastic:hush@127.0.0.1:1", home=tmp_path)
    assert index.name == "http://127.0.0.1:1"
    with pytest.raises(IndexUnreachable) as caught:
        index.prepare()
    assert "hush" not in str(caught.value)
    index.close()


@pytest.mark.parametrize("url", ["https://", "ftp://host", "http://[::1"])
def test_a_url_that_is_none_is_refused_before_any_request(url: str) -> None:
    """It is a fault of the settings."""
    with pytest.raises(ConfigurationError):
        connect(url, api_key=None, ca=None)


def test_a_missing_certificate_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(ConfigurationError, match=r"ca\.pem"):
        connect("https://host", api_key=None, ca=tmp_path / "ca.pem")


def test_what_is_shown_of_a_url() -> None:
    """Scheme, host, port and path."""
    assert shown("https://user:pa@ss@host:9243/es?x=y") == "https://host:9243/es"


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits between attempts are shortened; how many there are is not."""
    monkeypatch.setattr("indexing.cluster_client.FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr("indexing.cluster_client.LONGEST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr("indexing.cluster_writing.FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr("indexing.cluster_writing.LONGEST_WAIT_SECONDS", 0.01)
