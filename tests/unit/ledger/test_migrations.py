"""Each later revision adds without changing what is there, and goes down without losing it."""

from datetime import timedelta

from sqlalchemy import inspect

from ledger.articles import article as stored
from ledger.articles import store_article
from ledger.migrating import downgrade, migrate
from ledger.opening import Ledger
from ledger.outbox import outbox_counts
from ledger.pulses import take_pulse
from ledger.robots import RobotsFile, keep_robots, load_robots
from ledger.sources import FeedState, SourcePass, last_good_pass, load_feed_states, record_pass
from tests.unit.ledger.writing import NOW, article

FEED = "https://tidings.example/rss"
ORIGIN = "https://tidings.example"


def test_the_second_revision_keeps_what_is_there(ledger: Ledger) -> None:
    """Down from 0002 to 0001 and up again: articles, passes and validators stay, what 0002 added begins anew."""
    state = FeedState("tidings", FEED, etag='"1"', checked_at=NOW, failure="soft", failures=2, retry_at=NOW)
    with ledger.begin() as conn:
        store_article(conn, article(), "live", NOW)
        record_pass(conn, SourcePass("tidings", "ok", NOW, NOW, 1, 0, 0, 1, {}, network_seconds=1.5), [state])
        keep_robots(conn, RobotsFile(ORIGIN, 200, "Allow: /", NOW))
    with ledger.begin() as conn:
        downgrade(conn, "0001")
    with ledger.read() as conn:
        there = inspect(conn)
        assert "robots" not in there.get_table_names()
        assert "retry_at" not in {column["name"] for column in there.get_columns("feed_states")}
    with ledger.begin() as conn:
        migrate(conn, now=NOW)
    with ledger.begin() as conn:
        assert stored(conn, article().id) == article()
        assert last_good_pass(conn, "tidings") == NOW
        assert load_feed_states(conn, "tidings") == {FEED: FeedState("tidings", FEED, etag='"1"', checked_at=NOW)}
        assert load_robots(conn, ORIGIN) is None
        keep_robots(conn, RobotsFile(ORIGIN, 404, "", NOW))
        record_pass(conn, SourcePass("tidings", "ok", NOW, NOW, 0, 0, 0, 0, {}), [state])
        assert load_feed_states(conn, "tidings") == {FEED: state}


def test_the_third_revision_adds_pulses(ledger: Ledger) -> None:
    """Down from 0003: the passes stay, what was due of them does not, because an older release would not know it."""
    with ledger.begin() as conn:
        store_article(conn, article(), "live", NOW)
        record_pass(conn, SourcePass("tidings", "ok", NOW, NOW, 1, 0, 0, 1, {}))
        take_pulse(conn, [], now=NOW)
    with ledger.begin() as conn:
        downgrade(conn, "0002")
    with ledger.read() as conn:
        assert "pulses" not in inspect(conn).get_table_names()
        assert outbox_counts(conn) == {("index", "waiting"): 1}
    with ledger.begin() as conn:
        migrate(conn, now=NOW)
        assert last_good_pass(conn, "tidings") == NOW
        take_pulse(conn, [], now=NOW)


def test_robots_are_kept_one_for_each_origin_and_forgotten_after_a_month(ledger: Ledger) -> None:
    """The last answer counts; what nobody confirms for a month goes."""
    with ledger.begin() as conn:
        keep_robots(conn, RobotsFile(ORIGIN, 200, "Allow: /", NOW, etag='"1"'))
        newer = RobotsFile(ORIGIN, 200, "Disallow: /\0", NOW + timedelta(hours=1))
        keep_robots(conn, newer)
        found = load_robots(conn, ORIGIN)
        assert found is not None
        assert (found.fetched_at, found.etag, found.body[:11]) == (newer.fetched_at, None, "Disallow: /")
        keep_robots(conn, RobotsFile("https://other.example", 200, "", NOW + timedelta(days=32)))
        assert load_robots(conn, ORIGIN) is None
