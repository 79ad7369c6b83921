"""Dates as the web writes them, into instants. What cannot be placed in time is None, never a guess."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from crawlers.reading.months import fold, month_numbers, month_pattern
from crawlers.reading.zones import zone_offset

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=26)  # a zone mistaken for UTC puts an honest date up to 14 h ahead

_CLOCK = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?"
)
_OFFSET = r"(?:(?:UTC|GMT)?\s*(?P<sign>[+\-−])(?P<zone_hour>\d{1,2})(?::?(?P<zone_minute>\d{2}))?(?!\d))"
_ZONE = rf"(?:{_OFFSET}|(?P<zone>(?!(?:AM|PM)\b)[A-ZМСК]{{1,5}})\b)"
_TIME = rf"(?:(?<!\d){_CLOCK}(?:\s*[(,]?\s*{_ZONE})?)"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})(?P<gap>[-/.])(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})(?!\d)(?:[T\s,]*{_TIME})?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:T?(?P<hour>\d{{2}}):?(?P<minute>\d{{2}})(?::?(?P<second>\d{{2}})(?:\.\d{{1,9}})?)?(?:(?P<zone>Z)|{_OFFSET})?)?"
)
_CJK = re.compile(
    rf"(?P<year>\d{{4}})\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日号號일]?\D{{0,8}}{_TIME}?"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<first>\d{1,2})(?P<gap>[./-])(?P<second_part>\d{1,2})(?P=gap)(?P<year>\d{4})(?!\d)")
_IN_PATH = re.compile(r"/(?P<year>20\d{2}|199\d)(?P<gap>[-/_]?)(?P<month>\d{2})(?P=gap)(?P<day>\d{2})(?=[^\d]|$)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in UTC. ``zone_known`` is False when the text gave no zone, or one that several places use."""

    at: datetime
    zone_known: bool


def read_instant(raw: str | None, *, now: datetime) -> Instant | None:
    """Return the instant a date means; None when it is none, is before 1990, or lies ahead of ``now``."""
    if not raw:
        return None
    text = _plain(raw)
    for reader in (_read_epoch, _read_iso, _read_compact, _read_cjk, _read_named_month, _read_numeric):
        instant = reader(text)
        if instant is not None:
            return instant if EARLIEST <= instant.at <= now + AHEAD else None
    return None


def date_in_url(url: str, *, now: datetime) -> Instant | None:
    """Return the day that an address names (``/2019/12/28/``), at midnight UTC; None when it names none."""
    match = _IN_PATH.search(urlsplit(url).path[:300])
    instant = _build(match) if match else None
    return instant if instant and EARLIEST <= instant.at <= now + AHEAD else None


def _plain(raw: str) -> str:
    """Return the first 120 characters with every script's digits as ASCII ones."""
    text = unicodedata.normalize("NFKC", raw[:120]).strip()
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def _read_epoch(text: str) -> Instant | None:
    if not _EPOCH.fullmatch(text):
        return None
    return Instant(datetime.fromtimestamp(int(text[:10]), UTC), zone_known=True)


def _read_iso(text: str) -> Instant | None:
    match = _ISO.match(text)
    return _build(match) if match else None


def _read_compact(text: str) -> Instant | None:
    match = _COMPACT.fullmatch(text)
    return _build(match) if match else None


def _read_cjk(text: str) -> Instant | None:
    match = _CJK.search(text)
    return _build(match) if match else None


@cache
def _named_month() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<name>{month_pattern()})\.?(?:\s*/\s*(?:{month_pattern()}))?"
    joint = r"(?:\s|,|\.|-|/|de\b|del\b|of\b|năm\b|г\b)*"
    year = r"(?P<year>\d{4}|\d{2}(?=\s+\d{1,2}:))(?!\d|:)"
    day = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|-?го|-е)?"
    return (
        re.compile(rf"{day}{joint}{month}{joint}{year}"),
        re.compile(rf"{month}{joint}{day}(?!:){joint}{year}"),
        # The C library's own order: Mon Nov 24 10:00:00 2025, with the zone before the year when there is one.
        re.compile(rf"{month}{joint}{day}\s+(?=\d{{1,2}}:\d\d).{{5,20}}?\s(?P<year>\d{{4}})(?!\d)"),
    )


def _read_named_month(text: str) -> Instant | None:
    folded = unicodedata.normalize("NFC", text).casefold()
    if len(folded) != len(text):
        text = folded
    for pattern in _named_month():
        match = pattern.search(folded)
        if match:
            year = int(match["year"])
            if len(match["year"]) == 2:  # 0001 is what some programs write for no date
                year += 2000 if year < 70 else 1900
            month = month_numbers()[fold(match["name"])]
            return _with_time(year, month, int(match["day"]), text)
    return None


def _read_numeric(text: str) -> Instant | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second = int(match["first"]), int(match["second_part"])
    if match["gap"] == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        return None  # 03/04 is a day in March or in April
    return _with_time(int(match["year"]), month, day, text)


def _with_time(year: int, month: int, day: int, text: str) -> Instant | None:
    times = [
        match
        for match in re.finditer(_TIME, text, re.IGNORECASE)
        if int(match["hour"]) <= 24 and re.search("[:h]", match[0])
    ]
    return _place(year, month, day, times[0].groupdict() if times else {})


def _build(match: re.Match[str]) -> Instant | None:
    return _place(int(match["year"]), int(match["month"]), int(match["day"]), match.groupdict())


def _place(year: int, month: int, day: int, time: dict[str, str | None]) -> Instant | None:
    hour, minute, second = (int(time.get(part) or 0) for part in ("hour", "minute", "second"))
    half = (time.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    offset, zone_known = _offset(time)
    try:
        start = datetime(year, month, day, tzinfo=UTC)
        if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute):
            return None
        at = start + timedelta(hours=hour, minutes=minute, seconds=min(second, 59)) - offset
    except (ValueError, OverflowError):
        return None
    return Instant(at, zone_known)


def _offset(time: dict[str, str | None]) -> tuple[timedelta, bool]:
    if time.get("zone_hour"):
        offset = timedelta(hours=int(time["zone_hour"] or 0), minutes=int(time.get("zone_minute") or 0))
        if offset <= timedelta(hours=14):
            return (offset if time["sign"] == "+" else -offset), True
    named = zone_offset(time.get("zone") or "")
    return named or (timedelta(), False)
