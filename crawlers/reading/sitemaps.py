"""News sitemaps: addresses with their title and date in the news namespace; and indexes of such sitemaps."""

import gzip
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from crawlers.reading.announcements import Announcement, announce
from crawlers.reading.charset import decode
from crawlers.reading.cleaning import clean_line, local_name
from crawlers.reading.dates import read_instant
from crawlers.reading.identity import absolute_url
from crawlers.reading.repairing import repair
from crawlers.reading.walls import is_wall
from records.article import Entry

MOST_CHILDREN = 3  # of an index, the newest: news sitemaps hold two days
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_MOST_DECODED = 10 * 1024 * 1024


def read_news_sitemap(body: bytes, url: str, content_type: str | None, *, now: datetime, limit: int) -> Announcement:
    """Return what a news sitemap announces, or the sitemaps that an index names (``more``)."""
    if not body.strip():
        return Announcement(problem="empty", note="an answer without a body")
    decoded = decode(_unpack(body), content_type)
    root, whole = _parse(decoded.text)
    kind = local_name(str(root.tag)) if root is not None else ""
    if root is None or kind not in {"urlset", "sitemapindex"}:
        wall = is_wall(decoded.text)
        problem_note = "a challenge, consent or login page, not a sitemap" if wall else "no sitemap"
        return Announcement(problem="blocked" if wall else "parse_error", note=problem_note)
    note = None if whole else "not well-formed"
    if kind == "sitemapindex":
        return announce((), limit=limit, note=note, more=_children(root, url, now))
    return announce((_entry(node, url, now) for node in root.iter("{*}url")), limit=limit, note=note)


def _unpack(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(BytesIO(body)) as unpacked:
            return unpacked.read(_MOST_DECODED)
    except (OSError, EOFError, zlib.error):
        return b""


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    body = repair(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1)).strip().encode("utf-8")
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None, False
    return root, len(parser.error_log) == 0


def _children(root: etree._Element, base: str, now: datetime) -> tuple[str, ...]:
    found: list[tuple[datetime, str]] = []
    for node in root.iter("{*}sitemap"):
        fields = dict(_fields(node))
        url = absolute_url(fields.get("loc"), base)
        changed = read_instant(fields.get("lastmod"), now=now)
        if url:
            found.append((changed.at if changed else datetime.min.replace(tzinfo=UTC), url))
    return tuple(url for _, url in sorted(found, key=lambda pair: pair[0], reverse=True)[:MOST_CHILDREN])


def _entry(node: etree._Element, base: str, now: datetime) -> Entry | str:
    fields = dict(_fields(node))
    if not fields.get("loc"):
        return "no_link"
    url = absolute_url(fields["loc"], base)
    if url is None:
        return "bad_link"
    updated = read_instant(fields.get("lastmod"), now=now)
    published = read_instant(fields.get("publication_date"), now=now)
    return Entry(
        url=url,
        title=clean_line(fields.get("title")),
        published_at=published.at if published else None,
        date_source="sitemap" if published else None,
        date_zone_known=published.zone_known if published else True,
        language=clean_line(fields.get("language"), limit=35),
        updated_at=updated.at if updated else None,
    )


def _fields(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield local name and text of every element below, except those of images and videos; the last of a name wins."""
    for child in node.iter():
        if not isinstance(child.tag, str) or child is node or not (child.text or "").strip():
            continue
        space = child.tag.rpartition("}")[0] + child.tag.partition(":")[0]
        if "image" not in space and "video" not in space:
            yield local_name(child.tag), (child.text or "").strip()
