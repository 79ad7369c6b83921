"""Listings: a page of links, of which a CSS selector says which lead to articles."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml.cssselect import CSSSelector

from crawlers.reading.announcements import Announcement, announce
from crawlers.reading.charset import decode
from crawlers.reading.cleaning import clean_line
from crawlers.reading.dates import Instant, date_in_url, read_instant
from crawlers.reading.documents import parse_html
from crawlers.reading.identity import absolute_url
from crawlers.reading.walls import is_wall
from records.article import Entry


def read_listing(
    body: bytes, url: str, content_type: str | None, links: str, *, now: datetime, limit: int
) -> Announcement:
    """Return the entries a page lists. ``links`` selects links, or the elements that hold one each."""
    if not body.strip():
        return Announcement(problem="empty", note="an answer without a body")
    decoded = decode(body, content_type)
    if is_wall(decoded.text):
        return Announcement(problem="blocked", note="a challenge, consent or login page")
    tree = parse_html(decoded.text).tree
    if tree is None:
        return Announcement(problem="parse_error", note="no HTML")
    base = absolute_url(tree.xpath("string(//base/@href)") or None, url) or url
    note = None if decoded.certain else f"characters are uncertain, read as {decoded.encoding}"
    announcement = announce(_entries(tree, base, links, now), limit=limit, note=note)
    if announcement.problem:
        return Announcement(problem="empty", note=f"no link matches {links}")
    return announcement


def _entries(tree: Any, base: str, links: str, now: datetime) -> Iterator[Entry | str]:
    seen: set[str] = set()
    select: Any = CSSSelector(links)
    for found in select(tree):
        link = found if found.tag == "a" else next(iter(found.xpath(".//a[@href]")), None)
        url = absolute_url(link.get("href"), base) if link is not None else None
        if url is None:
            yield "no_link" if link is None else "bad_link"
        elif url not in seen:
            seen.add(url)
            yield _entry(url, found, link, now)


def _entry(url: str, found: Any, link: Any, now: datetime) -> Entry:
    holder = found if found.tag != "a" else _holder(found)
    instant = _instant(holder, now)
    by_url = None if instant else date_in_url(url, now=now)
    dated = instant or by_url
    return Entry(
        url=url,
        title=clean_line("".join(link.itertext())) or clean_line(link.get("title")),
        published_at=dated.at if dated else None,
        date_source="listing" if instant else "url" if by_url else None,
        date_zone_known=dated.zone_known if dated else True,
    )


def _holder(link: Any) -> Any:
    """Return the largest element around a link that holds no other link's text: the item of the list."""
    holder = link
    while (parent := holder.getparent()) is not None and len({a.get("href") for a in parent.iter("a")}) == 1:
        holder = parent
    return holder


def _instant(holder: Any, now: datetime) -> Instant | None:
    for mark in holder.iter("time"):
        instant = read_instant(mark.get("datetime") or "".join(mark.itertext()), now=now)
        if instant:
            return instant
    for node in holder.iter():
        if isinstance(node.tag, str) and "date" in (node.get("class") or "").lower():
            instant = read_instant("".join(node.itertext()).strip(), now=now)
            if instant:
                return instant
    return None
