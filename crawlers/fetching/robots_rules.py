"""When a kept robots.txt may be used, when it is asked for again, and what an answer means (RFC 9309)."""

from dataclasses import replace
from datetime import datetime, timedelta

from scrapy.http import Response

from ledger.robots import RobotsFile

LIFE = timedelta(hours=24)  # RFC 9309, 2.4: no copy is used for longer
CONFIRM_AFTER = timedelta(hours=12)  # a copy that can be confirmed is, so that a short outage finds it alive
MOST_BYTES = 500 * 1024


def is_alive(file: RobotsFile, now: datetime) -> bool:
    """Tell whether a kept answer may still be used."""
    return timedelta() <= now - file.fetched_at < LIFE


def is_settled(file: RobotsFile, now: datetime) -> bool:
    """Tell whether a kept answer is used without asking for it again."""
    confirmable = file.etag or file.last_modified
    return is_alive(file, now) and (now - file.fetched_at < CONFIRM_AFTER or not confirmable)


def conditions(file: RobotsFile | None) -> dict[str, str]:
    """Return the headers that make asking again conditional; none without a copy or its validators."""
    if file is None:
        return {}
    headers = {"If-None-Match": file.etag, "If-Modified-Since": file.last_modified}
    return {name: value for name, value in headers.items() if value}


def read_answer(origin: str, response: Response, kept: RobotsFile | None, now: datetime) -> RobotsFile | None:
    """Return the robots.txt that an answer stands for; None when the answer is a fault of the server (429, 5xx)."""
    if response.status == 304:
        return None if kept is None else replace(kept, fetched_at=now)
    if response.status == 429 or response.status >= 500:
        return None
    if response.status >= 300:
        return RobotsFile(origin, response.status, "", now)
    body = response.body[:MOST_BYTES].decode("utf-8-sig", "ignore")
    return RobotsFile(origin, response.status, body, now, _header(response, "ETag"), _header(response, "Last-Modified"))


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None
