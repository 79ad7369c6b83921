"""Back-off: kept in the ledger, growing by class of failure, probed, ended by a success; our own outage blames none."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from crawlers.spiders.back_off import class_of, failed, recovered
from crawlers.spiders.outage import OUTAGE
from ledger.sources import FailureClass, FeedState
from tests.unit.crawlers.newsstand import Newsstand, report, rss
from tests.unit.crawlers.serving import Answer, Site

NOW = datetime(2019, 12, 28, 9, tzinfo=UTC)
BEFORE = FeedState("one", "http://one.example/rss")
HOURS = timedelta(hours=1)


def _fill(site: Site) -> None:
    items = [{"title": "Talks", "link": f"{site.url}/a/1", "pubDate": "Fri, 27 Dec 2019 23:10:00 GMT"}]
    site.answers = {"/rss": Answer(rss(*items)), "/a/1": Answer(report())}


def _kept(newsstand: Newsstand) -> list[tuple[str | None, int]]:
    engine = create_engine(f"sqlite:///{newsstand.ledger}")
    try:
        with engine.connect() as conn:
            rows = conn.execute(text("select failure, failures from feed_states order by source, url")).all()
            return [(row.failure, row.failures) for row in rows]
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        ("unreachable", "unreachable", "soft"),
        ("unreachable", "waiting", "soft"),
        ("unreachable", "no_address", "hard"),
        ("unreachable", "address_refused", "hard"),
        ("blocked", "robots", "hard"),
        ("parse_error", None, "hard"),
        ("gone", "gone", "gone"),
    ],
)
def test_failures_have_classes(state: str, reason: str | None, expected: FailureClass) -> None:
    """Time-outs and 5xx are soft; DNS, what cannot be parsed and what is closed are hard; 404 and 410 are gone."""
    assert class_of(state, reason) == expected


@pytest.mark.parametrize(
    ("failure", "pauses", "longest"),
    [("soft", [0.25, 0.5, 1, 2], 4), ("hard", [0.5, 1, 2, 4], 24), ("gone", [6, 12, 24, 48], 7 * 24)],
)
def test_pauses_grow_and_end(failure: FailureClass, pauses: list[float], longest: float) -> None:
    """Each failure of the same class doubles the pause, up to the longest; a source is never given up."""
    state = BEFORE
    for hours in pauses:
        state = failed(state, failure, NOW)
        assert state.retry_at == NOW + hours * HOURS
    for _ in range(100):
        state = failed(state, failure, NOW)
    assert state.retry_at == NOW + longest * HOURS
    assert recovered(state) == BEFORE


def test_another_class_begins_anew() -> None:
    """A host that was slow and is now gone has been gone once."""
    state = failed(failed(failed(BEFORE, "soft", NOW), "soft", NOW), "gone", NOW)
    assert (state.failures, state.retry_at) == (1, NOW + 6 * HOURS)


def test_a_source_that_fails_rests_is_probed_and_revived(site: Site, newsstand: Newsstand) -> None:
    """While it rests the schedule leaves it alone; a pass by hand does not; one good answer ends the back-off."""
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl("--as-of", "2019-12-28T09:00:00+00:00")  # 404
    assert newsstand.crawl("--as-of", "2019-12-28T14:00:00+00:00") == {}
    assert newsstand.crawl("--as-of", "2019-12-28T15:00:00+00:00")["one"]["state"] == "gone"
    assert _kept(newsstand) == [("gone", 2)]
    assert newsstand.crawl("--as-of", "2019-12-29T02:00:00+00:00") == {}
    _fill(site)
    assert newsstand.crawl("--all", "--as-of", "2019-12-29T02:30:00+00:00")["one"]["stored"] == 1
    assert _kept(newsstand) == [(None, 0)]
    assert newsstand.crawl("--as-of", "2019-12-29T02:45:00+00:00")["one"]["state"] == "unchanged"


def test_only_the_way_that_fails_rests(site: Site, newsstand: Newsstand) -> None:
    """A source with a good and a gone feed goes on with the good one."""
    _fill(site)
    newsstand.add("one", {"feed": f"{site.url}/rss"}, {"feed": f"{site.url}/old"})
    newsstand.crawl("--as-of", "2019-12-28T09:00:00+00:00")
    site.asked.clear()
    assert newsstand.crawl("--as-of", "2019-12-28T09:20:00+00:00")["one"]["state"] == "unchanged"
    assert site.paths() == ["/rss"]


def test_our_own_outage_blames_nobody(site: Site, newsstand: Newsstand) -> None:
    """When no host answers nothing is recorded and no back-off begins; when one does, the others are at fault."""
    newsstand.add("one", {"feed": "http://127.0.0.1:9/rss"})
    newsstand.add("two", {"feed": "http://127.0.0.2:9/rss"})
    done = newsstand.crawl()
    assert {one["error"] for one in done.values()} == {OUTAGE}
    assert _kept(newsstand) == []
    _fill(site)
    newsstand.add("three", {"feed": f"{site.url.replace('127.0.0.1', 'localhost')}/rss"})
    done = newsstand.crawl()
    assert done["three"]["state"] == "ok"
    assert OUTAGE not in {one["error"] for one in done.values()}
    assert sorted(_kept(newsstand), key=str) == [("soft", 1), ("soft", 1), (None, 0)]


def test_one_host_that_does_not_answer_is_at_fault_itself(newsstand: Newsstand) -> None:
    """A watch of a single host cannot tell, and says that the host is unreachable."""
    newsstand.add("one", {"feed": "http://127.0.0.1:9/rss"})
    assert OUTAGE not in newsstand.crawl()["one"]["error"]
    assert _kept(newsstand) == [("soft", 1)]
