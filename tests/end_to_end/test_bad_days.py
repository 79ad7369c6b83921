"""When something is broken the rest goes on, somebody is told, and nothing is lost."""

import re
import socket
from pathlib import Path

import pytest

from tests.end_to_end.conftest import OpenWatch
from tests.end_to_end.steps import EVERYTHING, TALLY, tally_of, texts_of
from tests.newsroom.accounting import is_accounted

THREE = ("neva-wire", "baikal-lenta", "harbour-portal")
STATES = {
    "service_unavailable": {"unreachable"},
    "connection_dropped": {"unreachable"},
    "login_page": {"blocked"},
    "cut_feed": {
        "parse_error",
        "undated",
    },  # undated: the cut goes through the first item, and what is whole of it is used
    "all_gone": {"gone"},
}


def closed_port() -> int:
    """Return a port of 127.0.0.1 at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("fault", STATES)
def test_a_broken_source_leaves_the_others_alone(open_watch: OpenWatch, fault: str) -> None:
    """The sources beside a broken one bring their articles; it has its own state, and what was missed comes later."""
    watch = open_watch("december_2019", tick="vote", only=THREE)
    watch.newsroom.break_site("neva-wire", fault)
    passes = {one["source"]: one for one in watch.ask("crawl")}
    assert passes["neva-wire"]["state"] in STATES[fault]
    assert passes["harbour-portal"]["state"] == "ok"
    assert all(is_accounted(one) for one in passes.values())
    watch.call("detect")
    assert len([one for one in watch.developments("vote") if tally_of(one) == TALLY]) == 1
    health = {one["id"]: one for one in watch.ask("sources", "health")}
    assert health["neva-wire"]["state"] in STATES[fault]
    assert health["neva-wire"]["error"]


def test_documents_wait_for_an_index_that_is_away(open_watch: OpenWatch) -> None:
    """With Elasticsearch unreachable the pass ends with 0, mails go out, and the documents follow when it is back."""
    watch = open_watch("december_2019", tick="vote", only=("neva-wire",), INDEX=f"http://127.0.0.1:{closed_port()}")
    watch.run()
    assert "79" in texts_of([mail for mail in watch.mails() if mail["To"] == "votes@example.org"])
    del watch.settings["INDEX"]
    watch.settings["AS_OF"] = "2019-12-28T12:00:00Z"
    watch.call("index")
    assert len(watch.ask("search", "Krutskikh")) == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SMPT", "maildir:mail", "SMTP"),
        ("AS_OF", "yesterday", "AS_OF"),
        ("INDEX", "elastic", "embedded"),
        ("LEDGER", "nonsense", "LEDGER"),
        ("ALLOW_NETWORKS", "127.0.0.0/99", "ALLOW_NETWORKS"),
        ("SOURCES", "/nowhere", "/nowhere"),
    ],
)
def test_a_wrong_setting_is_named_before_any_request(open_watch: OpenWatch, name: str, value: str, words: str) -> None:
    """Exit status 2, the setting named, nothing fetched, no state made."""
    watch = open_watch("december_2019", tick="vote", only=THREE, **{name: value})
    assert words in watch.call("run", status=2).stderr
    assert all(log.requests() == () for log in watch.newsroom.logs.values())


def test_a_wrong_source_file_is_named_before_any_request(open_watch: OpenWatch) -> None:
    """A mistyped key in a source file: exit status 2, with the file, the key and the nearest right word."""
    watch = open_watch("december_2019", tick="vote", only=THREE)
    path = watch.home / "sources" / "neva-wire.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("homepage:", "home_page:"), encoding="utf-8")
    words = watch.call("run", status=2).stderr
    for word in ("neva-wire.yml", "home_page", "homepage"):
        assert word in words
    assert all(log.requests() == () for log in watch.newsroom.logs.values())


def test_a_wrong_subscription_file_is_named_before_any_request(open_watch: OpenWatch, tmp_path: Path) -> None:
    """An unknown kind in a subscription: exit status 2, with the nearest right word."""
    asked = [{**EVERYTHING[0], "kinds": ["votes"]}]
    watch = open_watch("december_2019", tick="vote", only=THREE, subscriptions=asked)
    assert "'vote'" in watch.call("run", status=2).stderr
    assert all(log.requests() == () for log in watch.newsroom.logs.values())


def test_nothing_is_told_of_what_was_there_before_the_watch(open_watch: OpenWatch) -> None:
    """A watch that begins two weeks after the vote stores and finds it, and sends nothing."""
    watch = open_watch("december_2019", tick="vote", only=THREE, AS_OF="2020-01-12T09:00:00Z")
    watch.run()
    assert watch.mails() == []
    assert len(watch.ask("search", "Krutskikh")) == 2


def test_our_own_outage_is_told_to_the_operator_and_blames_no_source(open_watch: OpenWatch) -> None:
    """Every site out of reach at once: one mail says so, no source is at fault, and the next pass brings everything."""
    watch = open_watch("december_2019", tick="vote", only=THREE)
    honest = {path: path.read_text(encoding="utf-8") for path in (watch.home / "sources").glob("*.yml")}
    port = closed_port()
    for path, text in honest.items():
        path.write_text(re.sub(r"(http://127\.0\.0\.\d+):\d+", rf"\1:{port}", text), encoding="utf-8")
    watch.run()
    [mail] = watch.mails()
    assert mail["To"] == "operator@example.org"
    assert "No host can be reached" in mail["Subject"]
    assert {one["state"] for one in watch.ask("sources", "health")}.isdisjoint({"unreachable", "gone", "blocked"})
    for path, text in honest.items():
        path.write_text(text, encoding="utf-8")
    watch.settings["AS_OF"] = "2019-12-28T12:00:00Z"
    watch.run()
    assert len([one for one in watch.developments("vote") if tally_of(one) == TALLY]) == 1
