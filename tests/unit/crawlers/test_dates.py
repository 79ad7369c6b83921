"""Dates as the web writes them: the right instant, or None; never a wrong one, never now."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.dates import EARLIEST, date_in_url, read_instant

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TEN = datetime(2025, 11, 24, 10, tzinfo=UTC)
DAY = datetime(2025, 11, 24, tzinfo=UTC)

PLACED = {
    "2025-11-24T10:00:00Z": TEN,
    "2025-11-24T10:00:00.123456Z": TEN,
    "2025-11-24T13:00:00+03:00": TEN,
    "2025-11-24T05:00:00-0500": TEN,
    "20251124T100000Z": TEN,
    "20251124T11:00:00.45+01:00": TEN,
    "2025-11-24T11:00:0+01:00": TEN,
    "1763978400": TEN,
    "1763978400000": TEN,
    "Mon, 24 Nov 2025 10:00:00 GMT": TEN,
    "Mon, 24 Nov 2025 13:00:00 +0300": TEN,
    "Mon, 24 Nov 2025 11:00:00 CET": TEN,
    "Mon, 24 Nov 2025 05:00:00 EST": TEN,
    "24 Nov 25 13:00 MSK": TEN,
    "Nov. 24, 2025 5:00 AM EST": TEN,
    "Пн, 24 ноя 2025 13:00:00 +0300": TEN,
    "Thứ hai, 24/11/2025, 17:00 (GMT+7)": TEN,
    "Sun, 23 Nov 2025 24:00:00 GMT": DAY,
    "Mon Nov 24 10:00:00 UTC 2025": TEN,
}
WITHOUT_ZONE = {
    "2025-11-24T10:00:00": TEN,
    "2025-11-24 10:00": TEN,
    "2025-11-24": DAY,
    "2025/11/24": DAY,
    "24 ноября 2025 г., 10:00": TEN,
    "24 de noviembre de 2025": DAY,
    "24 novembre 2025 à 10h00": TEN,
    "1er décembre 2024": datetime(2024, 12, 1, tzinfo=UTC),
    "24 نوفمبر 2025": DAY,
    "٢٤ نوفمبر/تشرين الثاني ٢٠٢٥": DAY,
    "2025年11月24日": DAY,
    "2025年11月24日 10:00": TEN,
    "24 tháng 11 năm 2025": DAY,
    "November 24, 2025 at 10:00 a.m.": TEN,
    "Monday, November 24th, 2025": DAY,
    "24.11.2025 10:00": TEN,
    "11/24/2025": DAY,
    "24/11/2025": DAY,
    "Mon, 24 Nov 2025 10:00:00 XYZ": TEN,
    "Mon Nov 24 10:00:00 2025": TEN,
    "24 Kasım 2025": DAY,
}
SEVERAL_PLACES = {
    "Mon, 24 Nov 2025 15:30:00 IST": TEN,
    "Wed, 24 Sep 2025 11:00:00 BST": datetime(2025, 9, 24, 10, tzinfo=UTC),
}
NONE = (
    "", "yesterday", "0000-00-00", "2025-13-45", "2099-01-01", "1970-01-01", "0", "03/04/2025", "28 DEC, 13:45",
    "2025-11-24T25:00:00Z", "31 Feb 2025", "Mon, 01 Jan 0001 00:00:00 +0000",
    "1404/09/03", "²⁰²⁵", "1", "99999999999999",
)  # fmt: skip


@pytest.mark.parametrize("text", PLACED)
def test_a_date_with_a_zone_is_placed_in_time(text: str) -> None:
    """Offsets, zone names, epochs, in the languages of the press."""
    instant = read_instant(text, now=NOW)
    assert instant is not None
    assert (instant.at, instant.zone_known) == (PLACED[text], True)


@pytest.mark.parametrize("text", WITHOUT_ZONE | SEVERAL_PLACES)
def test_a_date_whose_zone_is_unknown_says_so(text: str) -> None:
    """Without a zone UTC is taken; with one that several places use, the commonest; both are marked."""
    instant = read_instant(text, now=NOW)
    assert instant is not None
    assert (instant.at, instant.zone_known) == ((WITHOUT_ZONE | SEVERAL_PLACES)[text], False)


@pytest.mark.parametrize("text", NONE)
def test_what_cannot_be_placed_is_none(text: str) -> None:
    """Nonsense, the future, the epoch, other calendars, and a day that could be two."""
    assert read_instant(text, now=NOW) is None


@given(
    st.integers(0, int((NOW - EARLIEST).total_seconds()) - 3 * 86400),
    st.integers(-12 * 4, 14 * 4),
)
def test_what_is_written_with_an_offset_is_read_back(seconds: int, quarters: int) -> None:
    """ISO 8601 and RFC 5322 with any offset give the instant that was written."""
    zone = timezone(timedelta(minutes=15 * quarters))
    at = (EARLIEST + timedelta(days=2, seconds=seconds)).astimezone(zone)
    for text in (at.isoformat(), format_datetime(at)):
        instant = read_instant(text, now=NOW)
        assert instant is not None
        assert (instant.at, instant.zone_known) == (at, True)


@given(st.text(max_size=200))
def test_no_text_raises_or_gives_an_impossible_date(text: str) -> None:
    """Whatever stands there, the answer is None or an instant between 1990 and now."""
    instant = read_instant(text, now=NOW)
    assert instant is None or EARLIEST <= instant.at <= NOW + timedelta(hours=26)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://ex.org/2019/12/28/vote", datetime(2019, 12, 28, tzinfo=UTC)),
        ("https://ex.org/20251025/kiber-205.html", datetime(2025, 10, 25, tzinfo=UTC)),
        ("https://ex.org/news/2024-08-08-treaty", datetime(2024, 8, 8, tzinfo=UTC)),
        ("https://ex.org/2019/13/45/vote", None),
        ("https://ex.org/201912288/vote", None),
        ("https://ex.org/2031/01/01/vote", None),
        ("https://ex.org/world/1104207", None),
    ],
)
def test_a_day_in_an_address_is_read(url: str, day: datetime | None) -> None:
    """Years, months and days in a path name a day; numbers that merely look so do not."""
    instant = date_in_url(url, now=NOW)
    assert (instant.at if instant else None) == day
