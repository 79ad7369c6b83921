"""Source files for the sites, in the form of the contract (design, section 5)."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from tests.newsroom.addresses import site_root
from tests.newsroom.sites import Feed, Site

LINKS = "ol.stories a"
"""The selector of the links in every listing of the newsroom."""


def write_sources(sites: Iterable[Site], port: int, folder: Path) -> Path:
    """Write ``<id>.yml`` for each site into ``folder``, made if it is not there; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for site in sites:
        text = yaml.safe_dump(source_of(site, port), allow_unicode=True, sort_keys=False)
        (folder / f"{site.id}.yml").write_text(text, encoding="utf-8")
    return folder


def source_of(site: Site, port: int) -> dict[str, object]:
    """Return a site as the mapping that its source file holds."""
    root = site_root(site, port)
    return {
        "name": site.name,
        "homepage": f"{root}/",
        "publisher": site.publisher,
        "country": site.country,
        "languages": [site.language],
        "state_media": site.state_media,
        "find": [_way_in(feed, root) for feed in site.feeds if feed.in_source],
        "fetch": site.fetch,
        "every": "15m",
        "expects_per_week": 2,
    }


def _way_in(feed: Feed, root: str) -> dict[str, str]:
    url = root + feed.path
    match feed.kind:
        case "listing":
            return {"listing": url, "links": LINKS}
        case "news_sitemap":
            return {"news_sitemap": url}
        case "rss" | "atom" | "json_feed":
            return {"feed": url}
