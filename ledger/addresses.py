"""Addresses that a source has brought, and what became of them: none is fetched twice without a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from ledger.tables import addresses
from ledger.upserting import upsert, upsert_with

_AT_ONCE = 500
"""Addresses asked for in one statement; SQLite takes some thousands."""


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """One address of one source that has been dealt with.

    ``entry_hash`` is what the crawler made of the announcing entry (title, summary, date…): when it
    differs at the next pass the article may have been edited. ``outcome`` dropped means for good.
    """

    url: str
    outcome: Literal["stored", "off_topic", "dropped"]
    entry_hash: str | None
    at: datetime


def known_urls(conn: Connection, source: str, urls: Iterable[str]) -> set[str]:
    """Those of ``urls`` (canonical) that this source has already brought: stored, off topic or dropped for good."""
    return set(seen_addresses(conn, source, urls))


def seen_addresses(conn: Connection, source: str, urls: Iterable[str]) -> dict[str, SeenAddress]:
    """What is known of each of ``urls`` that this source has already brought."""
    asked = list(dict.fromkeys(urls))
    seen: dict[str, SeenAddress] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = addresses.c.url.in_(asked[start : start + _AT_ONCE])
        for row in conn.execute(select(addresses).where(addresses.c.source == source, some)):
            seen[row.url] = SeenAddress(row.url, row.outcome, row.entry_hash, row.at)
    return seen


def remember(
    conn: Connection,
    url: str,
    source: str,
    outcome: Literal["off_topic", "dropped"],
    reason: str | None,
    at: datetime,
    *,
    entry_hash: str | None = None,
) -> None:
    """Note that an address was dealt with and need not be fetched again unless its entry changes.

    An address whose article is stored stays so: a page that later fails does not undo it.
    """
    row = {"source": source, "url": url, "outcome": outcome, "reason": reason, "entry_hash": entry_hash, "at": at}
    if not upsert_with(conn, addresses, row, keys=("source", "url"), again={}):
        here = (addresses.c.source == source) & (addresses.c.url == url)
        conn.execute(addresses.update().where(here).values(entry_hash=entry_hash, at=at))
        conn.execute(
            addresses.update().where(here, addresses.c.outcome != "stored").values(outcome=outcome, reason=reason)
        )


def note_stored(conn: Connection, source: str, url: str, article: str, entry_hash: str | None, at: datetime) -> None:
    """Note the article to which an address of a source leads."""
    row = {
        "source": source,
        "url": url,
        "outcome": "stored",
        "reason": None,
        "article": article,
        "entry_hash": entry_hash,
        "at": at,
    }
    upsert(conn, addresses, row, keys=("source", "url"))
