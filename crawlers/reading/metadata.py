"""What a page says about itself: JSON-LD, meta elements, and marked times, the most trusted first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree, html

from crawlers.reading.cleaning import clean_line
from crawlers.reading.dates import Instant, read_instant
from records.article import DateSource

_ARTICLE_TYPES = (
    "newsarticle",
    "reportagenewsarticle",
    "article",
    "blogposting",
    "report",
    "liveblogposting",
    "pressrelease",
)
_PAGE_TYPES = ("webpage", "creativework", "govermentservice", "event", "legislation")
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "publish_date", "pubdate",
    "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dcterms.date", "citation_publication_date", "mediator_published_time", "article.published", "date",
)  # fmt: skip
_PUBLISHED_AT: Any = etree.XPath("//*[@itemprop='datePublished']")
_MOST_JSON = 1_000_000  # characters of JSON-LD looked at


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own words about itself. ``dates`` in order of trust; ``closed``: it says it is not free to read."""

    title: str | None
    canonical: str | None
    language: str | None
    dates: tuple[tuple[DateSource, Instant], ...]
    closed: bool


def read_metadata(tree: html.HtmlElement, *, now: datetime) -> Metadata:
    """Return what a page says about itself."""
    described = next(_described(tree), {})
    metas = _metas(tree)
    return Metadata(
        title=_title(tree, described, metas),
        canonical=tree.xpath("string(//link[@rel='canonical']/@href)") or metas.get("og:url"),
        language=_language(tree, described, metas),
        dates=tuple(_dates(tree, described, metas, now)),
        closed=str(described.get("isAccessibleForFree", "")).lower() == "false",
    )


def _described(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that describe this page's article, then those that describe the page."""
    objects = list(_objects(tree))
    for types in (_ARTICLE_TYPES, _PAGE_TYPES):
        for described in objects:
            kinds = described.get("@type")
            names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
            if names & set(types):
                yield described


def _objects(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield top objects, and those one step below in ``@graph`` and ``mainEntity``: lists name other stories."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            content = json.loads((script.text or "")[:_MOST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for top in content if isinstance(content, list) else [content]:
            if isinstance(top, dict):
                yield top
                graph = top.get("@graph")
                inner = [*(graph if isinstance(graph, list) else []), top.get("mainEntity")]
                yield from (one for one in inner if isinstance(one, dict))


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if name and meta.get("content"):
            metas.setdefault(name.strip().lower(), meta.get("content"))
    return metas


def _title(tree: html.HtmlElement, described: dict[str, Any], metas: dict[str, str]) -> str | None:
    heads = [clean_line(head.text_content()) for head in tree.iter("h1")]
    shown = next((head for head in heads if head), None)
    headline = described.get("headline")
    given = clean_line(headline if isinstance(headline, str) else None) or clean_line(metas.get("og:title"))
    if given and shown and len(shown) >= 15 and (given.startswith(shown) or shown.startswith(given.rstrip("….")[:60])):
        return shown  # the heading is whole, and without the site's name after it
    return (
        given
        or (shown if len([head for head in heads if head]) == 1 else None)
        or clean_line(tree.xpath("string(//title)"))
    )


def _language(tree: html.HtmlElement, described: dict[str, Any], metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    said = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), described.get("inLanguage"),
            metas.get("og:locale"), metas.get("content-language"))  # fmt: skip
    for value in said:
        code = str(value or "").strip().lower().replace("_", "-").split("-")[0]
        if len(code) == 2 and code.isalpha():
            return code
    return None


def _dates(
    tree: html.HtmlElement, described: dict[str, Any], metas: dict[str, str], now: datetime
) -> Iterator[tuple[DateSource, Instant]]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        value = described.get(key)
        instant = read_instant(value if isinstance(value, str) else None, now=now)
        if instant:
            yield "json_ld", instant
    for name in _PUBLISHED:
        instant = read_instant(metas.get(name), now=now)
        if instant:
            yield "meta", instant
    marked = _PUBLISHED_AT(tree)
    for source, nodes in (("meta", marked[:3]), ("text", _times(tree))):
        for node in nodes:
            instant = read_instant(node.get("datetime") or node.get("content") or node.text_content(), now=now)
            if instant:
                yield ("meta" if source == "meta" else "text"), instant


def _times(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the first three marked times of the article: inside its element, or after the heading."""
    after_heading = False
    times: list[html.HtmlElement] = []
    for node in tree.iter("h1", "time"):
        if node.tag == "h1":
            after_heading = True
        elif after_heading or next(node.iterancestors("article", "main"), None) is not None:
            times.append(node)
    return times[:3]
