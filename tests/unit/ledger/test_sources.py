"""Sources: passes account for every item, health is never only the absence of errors, and what counts as live."""

from datetime import datetime, timedelta

import pytest

from ledger.opening import Ledger
from ledger.sources import (
    FeedState,
    SourcePass,
    State,
    last_good_pass,
    load_feed_states,
    origin_of,
    record_pass,
    source_health,
)
from tests.unit.ledger.writing import NOW

FEED = "https://tidings.example/rss"


def passed(
    at: datetime, state: State = "ok", *, stored: int = 0, known: int = 0, error: str | None = None
) -> SourcePass:
    """A pass over one source that found stored and known items."""
    return SourcePass("tidings", state, at, at + timedelta(minutes=1), stored + known, known, 0, stored, {}, error)


def test_a_pass_must_account_for_every_item() -> None:
    """found = known + off_topic + stored + dropped, or the record cannot be made."""
    SourcePass("tidings", "ok", NOW, NOW, 10, 4, 3, 2, {"too old": 1})
    with pytest.raises(ValueError, match="10 items found, but 9 accounted for"):
        SourcePass("tidings", "ok", NOW, NOW, 10, 4, 3, 2, {})


def test_feed_states_come_back_and_are_replaced(ledger: Ledger) -> None:
    """What a feed last answered is kept by address, one state each."""
    first = FeedState("tidings", FEED, etag='"1"', checked_at=NOW, last_good_at=NOW)
    second = FeedState("tidings", FEED, etag='"2"', checked_at=NOW + timedelta(hours=1), not_before=NOW)
    with ledger.begin() as conn:
        record_pass(conn, passed(NOW), [first])
        assert load_feed_states(conn, "tidings") == {FEED: first}
        record_pass(conn, passed(NOW), [second])
        assert load_feed_states(conn, "tidings") == {FEED: second}
        assert load_feed_states(conn, "herald") == {}


def test_only_passes_that_read_the_source_are_good(ledger: Ledger) -> None:
    """The last good pass is the last that had an answer to read, not the last that was made."""
    with ledger.begin() as conn:
        assert last_good_pass(conn, "tidings") is None
        record_pass(conn, passed(NOW, "unchanged"))
        record_pass(conn, passed(NOW + timedelta(hours=1), "blocked"))
        assert last_good_pass(conn, "tidings") == NOW


@pytest.mark.parametrize(
    ("published", "passed_before", "origin"),
    [
        (timedelta(hours=-3), None, "live"),
        (timedelta(days=-6, hours=-23), None, "live"),
        (timedelta(days=-8), None, "backfill"),
        (timedelta(days=-8), timedelta(days=-1), "backfill"),
        (timedelta(days=-20), timedelta(days=-21), "live"),
        (timedelta(days=-366), timedelta(days=-21), "backfill"),
        (None, None, "backfill"),
        (None, timedelta(days=-1), "live"),
    ],
)
def test_live_is_what_the_watch_could_not_have_seen_before(
    ledger: Ledger, published: timedelta | None, passed_before: timedelta | None, origin: str
) -> None:
    """Recent, or since the last good pass, or undated after the first pass; all else is backfill."""
    with ledger.begin() as conn:
        if passed_before is not None:
            record_pass(conn, passed(NOW + passed_before))
        at = None if published is None else NOW + published
        assert origin_of(conn, "tidings", at, now=NOW) == origin


def test_health_says_since_when(ledger: Ledger) -> None:
    """The state is that of the last pass, since the first of its run, with the last error and the last new article."""
    with ledger.begin() as conn:
        record_pass(conn, passed(NOW, stored=2))
        for hours in (1, 2, 3):
            record_pass(conn, passed(NOW + timedelta(hours=hours), "blocked", error=f"login page {hours}"))
        (health,) = source_health(conn, {"tidings": 20}, now=NOW + timedelta(hours=4))
    assert (health.id, health.state, health.since) == ("tidings", "blocked", NOW + timedelta(hours=1))
    assert (health.last_new, health.error) == (NOW, "login page 3")


def test_silence_is_an_alarm(ledger: Ledger) -> None:
    """A source that answers but brings nothing for three times its usual gap is silent, from that moment."""
    with ledger.begin() as conn:
        record_pass(conn, passed(NOW, stored=1))
        record_pass(conn, passed(NOW + timedelta(days=20), "unchanged", known=5))
        at = NOW + timedelta(days=20, hours=1)
        states = {per_week: source_health(conn, {"tidings": per_week}, now=at)[0] for per_week in (None, 20, 2, 0.5)}
    assert {per_week: health.state for per_week, health in states.items()} == {
        None: "unchanged",
        20: "silent",
        2: "silent",
        0.5: "unchanged",
    }
    assert states[20].since == NOW + timedelta(days=2)
    assert states[2].since == NOW + timedelta(days=10, hours=12)


def test_a_source_that_never_ran_is_not_well(ledger: Ledger) -> None:
    """No pass is no good news."""
    with ledger.begin() as conn:
        (health,) = source_health(conn, {"tidings": None}, now=NOW)
    assert (health.state, health.since, health.last_new) == ("empty", None, None)
