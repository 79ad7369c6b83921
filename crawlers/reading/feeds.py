"""Feeds: RSS and Atom by feedparser, JSON Feed; one bad item costs only itself."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from crawlers.reading.announcements import Announcement, announce
from crawlers.reading.charset import Decoded, decode
from crawlers.reading.cleaning import clean_line, local_name, strip_markup
from crawlers.reading.dates import Instant, read_instant
from crawlers.reading.identity import absolute_url, item_address
from crawlers.reading.json_feed import looks_like_json, read_json_feed
from crawlers.reading.repairing import repair
from crawlers.reading.walls import is_wall
from records.article import Entry

_MOST_READ = 5000  # entries: feedparser needs 38 CPU seconds for 100,000, and feeds begin with the newest
_ENTRY = re.compile(r"<(?:item|entry)[\s>]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_AS_UTF8 = {"content-type": "application/xml; charset=utf-8"}
_PAGE_MARK = re.compile(r"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_FEED_MARK = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|channel)\b", re.IGNORECASE)


def read_feed(body: bytes, url: str, content_type: str | None, *, now: datetime, limit: int) -> Announcement:
    """Return what a feed announces. ``url`` is where it was found, ``limit`` the most entries kept."""
    if not body.strip():
        return Announcement(problem="empty", note="an answer without a body")
    decoded = decode(body, content_type)
    if looks_like_json(decoded.text):
        return read_json_feed(decoded.text, url, now=now, limit=limit)
    text = repair(_DECLARATION.sub("", decoded.text.lstrip("\ufeff"), count=1))
    if not _FEED_MARK.search(text[:20_000]) and (_PAGE_MARK.search(text[:5000]) or not _FEED_MARK.search(text)):
        return _not_a_feed(text)
    text, beyond = _shorten(text, max(_MOST_READ, limit))
    try:
        items, note = _parse(text)
    except Exception as error:  # noqa: BLE001 - feedparser raises a dozen kinds on hostile bytes, none documented
        items, note = list(_salvage(text)), f"feedparser: {type(error).__name__}; items read one by one"
    announcement = announce(
        (_entry_or_reason(item, url, now) for item in items), limit=limit, note=_note(decoded, note)
    )
    if beyond:
        dropped = Counter(announcement.dropped) + Counter(entry_cap=beyond)
        announcement = replace(announcement, dropped=dropped)
    return announcement if announcement.problem is None or _is_whole(text) else _cut_off(announcement)


def _shorten(text: str, most: int) -> tuple[str, int]:
    """Return a feed without the entries after the first ``most``, and how many those are."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    if len(starts) <= most:
        return text, 0
    end = max(text.rfind("</item>") + len("</item>"), text.rfind("</entry>") + len("</entry>"))
    return text[: starts[most]] + text[end:], len(starts) - most


def _not_a_feed(text: str) -> Announcement:
    if is_wall(text):
        return Announcement(problem="blocked", note="a challenge, consent or login page, not a feed")
    kind = "a web page" if _PAGE_MARK.search(text[:5000]) else "bytes of another kind"
    return Announcement(problem="parse_error", note=f"{kind}, not a feed")


def _is_whole(text: str) -> bool:
    return bool(re.search(r"</(?:\w+:)?(?:rss|feed|RDF|channel)\s*>|/>\s*$", text[-2000:], re.IGNORECASE))


def _cut_off(announcement: Announcement) -> Announcement:
    return Announcement(problem="parse_error", note=announcement.note or "a feed cut off before its first entry")


def _note(decoded: Decoded, note: str | None) -> str | None:
    doubt = None if decoded.certain else f"characters are uncertain, read as {decoded.encoding}"
    return "; ".join(part for part in (doubt, note) if part) or None


def _parse(text: str) -> tuple[list[Any], str | None]:
    # BytesIO, because parse() would open bytes or text that look like a path or an address. No base
    # address, because a guid would be joined to it and so change with the way the feed was reached.
    parsed = feedparser.parse(
        BytesIO(text.encode("utf-8")), response_headers=_AS_UTF8, sanitize_html=False, resolve_relative_uris=False
    )
    error = parsed.get("bozo_exception")
    note = f"not well-formed: {type(error).__name__}" if parsed.get("bozo") and error else None
    return list(parsed.entries), note


def _entry_or_reason(item: Any, base: str, now: datetime) -> Entry | str:
    try:
        return _entry(item, base, now)
    except Exception:  # noqa: BLE001 - whatever is wrong with one item, it must not cost the others
        return "bad_item"


def _entry(item: Any, base: str, now: datetime) -> Entry:
    """Return the entry of one item."""
    link = item.get("feedburner_origlink") or _alternate(item)
    url = absolute_url(str(link), base) if link else None
    published = _first_instant(item, ("published", "issued", "created", "updated", "date"), now)
    updated = _first_instant(item, ("updated",), now)
    return Entry(
        url=url or item_address(base, item.get("id"), item.get("title"), _longest_text(item)[:1000]),
        no_page=None if url else "bad_link" if link else "no_link",
        title=clean_line(strip_markup(item.get("title"), limit=2000)),
        summary=strip_markup(_longest_text(item)),
        published_at=published.at if published else None,
        date_source="feed" if published else None,
        date_zone_known=published.zone_known if published else True,
        guid=clean_line(item.get("id"), limit=500),
        language=clean_line(item.get("language"), limit=35),
        updated_at=updated.at if updated else None,
    )


def _alternate(item: Any) -> str | None:
    links = [link for link in item.get("links", ()) if link.get("href")]
    pages = [link for link in links if link.get("rel") == "alternate" and "html" in link.get("type", "text/html")]
    link: str | None = (pages[0]["href"] if pages else None) or item.get("link")
    guid = item.get("id") or ""
    return link or (guid if guid.startswith(("http://", "https://")) else None)


def _first_instant(item: Any, keys: tuple[str, ...], now: datetime) -> Instant | None:
    for key in keys:
        raw = item[key] if key in item else None  # noqa: SIM401 - get() maps updated to published, and warns
        instant = read_instant(raw, now=now) if isinstance(raw, str) else None
        if instant:
            return instant
    return None


def _longest_text(item: Any) -> str:
    contents = [content.get("value") or "" for content in item.get("content", ())]
    return max([item.get("summary") or "", *contents], key=len)


def _salvage(text: str) -> Iterator[dict[str, Any]]:
    """Yield the items of a feed that feedparser could not read, as far as a forgiving XML parser finds them."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return
    if root is None:
        return
    for node in root.iter("{*}item", "{*}entry"):
        fields: dict[str, Any] = {}
        for child in node:
            if isinstance(child.tag, str):
                fields.setdefault(local_name(child.tag), _value(child))
        yield _renamed(fields)


def _value(node: Any) -> str:
    if local_name(node.tag) == "link" and node.get("href"):
        return str(node.get("href")) if node.get("rel", "alternate") == "alternate" else ""
    return "".join(node.itertext())[:100_000]


def _renamed(fields: dict[str, Any]) -> dict[str, Any]:
    names = {"pubdate": "published", "guid": "id", "description": "summary", "encoded": "summary"}
    renamed: dict[str, Any] = {}
    for name, value in fields.items():
        key = names.get(name, name)
        if isinstance(value, str) and value.strip() and key not in {"content", "links"}:
            renamed.setdefault(key, value.strip())
    return renamed
