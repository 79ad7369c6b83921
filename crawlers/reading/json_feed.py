"""JSON Feed, versions 1 and 1.1."""

import json
from datetime import datetime
from typing import Any

from crawlers.reading.announcements import Announcement, announce
from crawlers.reading.cleaning import clean_line, strip_markup
from crawlers.reading.dates import read_instant
from crawlers.reading.identity import absolute_url, item_address
from records.article import Entry


def looks_like_json(text: str) -> bool:
    """Tell whether a document begins as JSON does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}


def read_json_feed(text: str, url: str, *, now: datetime, limit: int) -> Announcement:
    """Return what a JSON Feed announces; ``parse_error`` when it is other JSON, or none."""
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return Announcement(problem="parse_error", note="JSON that cannot be read")
    if not isinstance(document, dict) or "jsonfeed.org/version" not in str(document.get("version")):
        return Announcement(problem="parse_error", note="JSON, but not a JSON Feed")
    items = document.get("items")
    if not isinstance(items, list):
        return Announcement(problem="parse_error", note="a JSON Feed without items")
    language = document.get("language")
    return announce((_entry(item, url, language, now) for item in items), limit=limit)


def _entry(item: Any, base: str, language: Any, now: datetime) -> Entry | str:
    if not isinstance(item, dict):
        return "bad_item"
    identifier = _text(item, "id") or ""
    link = _text(item, "url") or _text(item, "external_url") or (identifier if identifier.startswith("http") else None)
    url = absolute_url(link, base) if link else None
    published = read_instant(_text(item, "date_published"), now=now)
    updated = read_instant(_text(item, "date_modified"), now=now)
    instant = published or updated
    contents = (strip_markup(_text(item, "content_html")), _text(item, "content_text"), _text(item, "summary"))
    return Entry(
        url=url or item_address(base, identifier, _text(item, "title"), *contents),
        no_page=None if url else "bad_link" if link else "no_link",
        title=clean_line(_text(item, "title")),
        summary=strip_markup(max((content or "" for content in contents), key=len)),
        published_at=instant.at if instant else None,
        date_source="feed" if instant else None,
        date_zone_known=instant.zone_known if instant else True,
        guid=clean_line(_text(item, "id"), limit=500),
        language=clean_line(_text(item, "language") or (language if isinstance(language, str) else None), limit=35),
        updated_at=updated.at if updated else None,
    )


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
