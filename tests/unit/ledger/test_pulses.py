"""What waits and how the sources do, read once in each pass."""

from datetime import timedelta

from ledger.opening import Ledger
from ledger.outbox import claim, enter, set_aside
from ledger.pulses import Pulse, iter_pulses, pulse, take_pulse
from ledger.sources import SourceHealth, SourcePass, iter_passes, kept_pass, record_pass
from tests.unit.ledger.writing import NOW

HOUR = timedelta(hours=1)


def read(ledger: Ledger) -> list[Pulse]:
    """All readings."""
    with ledger.read() as conn:
        return list(iter_pulses(conn, page=1))


def test_what_earlier_passes_left_waits_and_what_this_one_entered_does_not(ledger: Ledger) -> None:
    """The first reading compares with nothing; later ones tell how many rows wait, and the oldest for how long."""
    with ledger.begin() as conn:
        enter(conn, "index", "article:old", now=NOW)
        enter(conn, "mail", "mail:old", now=NOW)
        take_pulse(conn, [], now=NOW)
    with ledger.begin() as conn:
        enter(conn, "index", "article:new", now=NOW + HOUR)
        take_pulse(conn, [], now=NOW + HOUR)
    first, second = read(ledger)
    assert (first.index_waiting, first.index_oldest_seconds, first.mails_waiting) == (0, 0, 0)
    assert second.index_waiting == 2  # the article, and the first reading itself
    assert (second.index_oldest_seconds, second.mails_waiting, second.mails_oldest_seconds) == (3600, 1, 3600)
    with ledger.read() as conn:
        assert pulse(conn, second.number) == second
        assert pulse(conn, 99) is None


def test_what_is_set_aside_is_counted_until_somebody_looks(ledger: Ledger) -> None:
    """Whenever it was entered."""
    with ledger.begin() as conn:
        enter(conn, "index", "article:bad", now=NOW)
        (row,) = claim(conn, "index", now=NOW, owner="one", limit=1)
        set_aside(conn, row, now=NOW, error="refused")
        take_pulse(conn, [], now=NOW)
    assert [one.index_set_aside for one in read(ledger)] == [1]


def test_sources_are_told_with_their_state(ledger: Ledger) -> None:
    """One that was never passed has none."""
    health = [
        SourceHealth("tidings", "silent", NOW, NOW, None),
        SourceHealth("gazette", "blocked", NOW, None, "login page"),
        SourceHealth("never", "empty", None, None, None),
    ]
    with ledger.begin() as conn:
        take_pulse(conn, health, now=NOW)
    assert [one.sources for one in read(ledger)] == [{"tidings": "silent", "gazette": "blocked"}]


def test_passes_are_read_back_page_by_page(ledger: Ledger) -> None:
    """Every pass under its number, as it was recorded."""
    recorded = [SourcePass("tidings", "ok", NOW, NOW + at * HOUR, 2, 1, 0, 0, {"undated": 1}) for at in range(3)]
    with ledger.begin() as conn:
        for one in recorded:
            record_pass(conn, one)
    with ledger.read() as conn:
        kept = list(iter_passes(conn, page=2))
        assert [one.source_pass for one in kept] == recorded
        assert kept_pass(conn, kept[1].number) == kept[1]
        assert kept_pass(conn, 99) is None
