"""From editions to bytes: pages, feeds, sitemaps and listings, as the site's kind and layout have it."""

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.newsroom.addresses import article_path, site_root
from tests.newsroom.editions import Edition
from tests.newsroom.sites import Feed, Site

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json_feed": "application/feed+json; charset=utf-8",
    "news_sitemap": "application/xml",
}


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["rfc822"] = lambda instant: format_datetime(instant, usegmt=False)
    environment.filters["iso"] = lambda instant: instant.isoformat()
    return environment


def render_article(site: Site, edition: Edition, port: int) -> bytes:
    """Return the page of an article, with all the furniture of its site."""
    url = site_root(site, port) + article_path(site, edition)
    html = (
        _templates()
        .get_template(f"{site.layout}.html.jinja")
        .render(
            site=site,
            article=edition,
            url=url,
            root=site_root(site, port),
            linked_data=_linked_data(site, edition, url),
            rtl=site.language == "ar",
        )
    )
    return html.encode(site.charset, errors="xmlcharrefreplace")


def _linked_data(site: Site, edition: Edition, url: str) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": edition.title,
        "datePublished": edition.published.isoformat(),
        "dateModified": (edition.changed if edition.corrected else edition.published).isoformat(),
        "author": {"@type": "Person", "name": edition.author or site.name},
        "publisher": {"@type": "Organization", "name": site.name},
        "mainEntityOfPage": url,
        "inLanguage": site.language,
    }


def render_feed(site: Site, feed: Feed, editions: Sequence[Edition], port: int, changed: datetime) -> tuple[bytes, str]:
    """Return a feed's bytes and content type; ``editions`` are the newest first."""
    root = site_root(site, port)
    items = [(root + article_path(site, edition), edition) for edition in editions[: feed.items]]
    if feed.kind == "json_feed":
        return _json_feed(site, feed, items, root), CONTENT_TYPES[feed.kind]
    name = "listing.html.jinja" if feed.kind == "listing" else f"{feed.kind}.xml.jinja"
    text = (
        _templates()
        .get_template(name)
        .render(site=site, feed=feed, items=items, root=root, changed=changed, rtl=site.language == "ar")
    )
    if feed.kind == "listing":
        return text.encode(site.charset, errors="xmlcharrefreplace"), f"text/html; charset={site.charset}"
    return text.encode(), CONTENT_TYPES[feed.kind]


def _json_feed(site: Site, feed: Feed, items: Sequence[tuple[str, Edition]], root: str) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "home_page_url": f"{root}/",
        "feed_url": root + feed.path,
        "language": site.language,
        "items": [
            {
                "id": f"{site.id}-{edition.number}",
                "url": url,
                "title": edition.title,
                "summary": edition.summary,
                "date_published": edition.published.isoformat(),
                **({"date_modified": edition.changed.isoformat()} if edition.corrected else {}),
            }
            for url, edition in items
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
