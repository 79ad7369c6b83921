"""From a source to the ledger: what a source announces, and the article behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Origin = Literal["live", "backfill", "replay"]
"""Why we have an article now; only ``live`` ones are told to anybody."""

DateSource = Literal["json_ld", "meta", "feed", "sitemap", "listing", "url", "text"]
"""Where a publication date was read, most trusted first."""

TextScope = Literal["full", "summary"]
"""``summary``: only what the feed said, because the page was closed, blocked or empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item that a feed, sitemap or listing announces.

    ``url`` is absolute, as announced. ``published_at`` is in UTC, None when the item gives no
    instant that can be placed in time (a date without a zone counts as UTC, and says so in
    ``date_zone_known``). ``updated_at`` (UTC) is when the publisher says it was last edited. ``guid`` is a
    hint only: publishers change and reuse them. ``no_page`` is the word for why it leads to no page of its own
    (``no_link``, ``bad_link``), None when it does; ``url`` is then the way's, with a fragment that names the item.
    """

    url: str
    title: str | None = None
    summary: str | None = None
    published_at: datetime | None = None
    date_source: DateSource | None = None
    date_zone_known: bool = True
    guid: str | None = None
    language: str | None = None
    updated_at: datetime | None = None
    no_page: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one source, as extracted; the unit that is stored, examined and searched.

    ``url`` leads to the page, without tracking; ``id`` is the SHA-256 (hex) of its identity, in which scheme,
    www, mobile and AMP forms of an address are one (see crawlers.reading.identity).
    ``publisher`` is the family by which independent reports are counted. ``language`` is an
    ISO 639-1 code, None when it cannot be told. Instants are in UTC. ``published_at`` is None when
    no date could be read: never the time of fetching. ``content_hash`` is the SHA-256 (hex) of
    title, newline, text: it names the version, and every offset in evidence counts characters of
    this ``text``. ``truncated``: the page held more text than could be read.
    """

    id: str
    url: str
    source: str
    publisher: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    date_source: DateSource | None
    date_zone_known: bool
    fetched_at: datetime
    content_hash: str
    text_scope: TextScope = "full"
    truncated: bool = False
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article of the same source, as far as it tells what the site repeats."""

    title: str
    text: str
