"""Listings: a page of links, of which a selector says which are articles."""

from datetime import UTC, datetime

import pytest

from crawlers.reading.announcements import Announcement
from crawlers.reading.listings import read_listing

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PAGE = """<!doctype html><html><head><meta charset="utf-8"></head><body><nav><a href="/about">About</a></nav><ul>
<li class="story"><a href="a/1"> One  <b>vote</b></a> <time datetime="2025-11-24T10:00:00Z">today</time></li>
<li class="story"><div><a href="/a/2">Two</a></div><span class="news-date">24 ноября 2025</span></li>
<li class="story"><a href="/2025/11/23/three">Three</a></li>
<li class="story"><a href="/a/2">Two again</a></li>
<li class="story">No link here</li>
<li class="story"><a href="mailto:press@ex.org">Write</a></li>
</ul></body></html>"""


def _read(body: str, links: str = "li.story") -> Announcement:
    return read_listing(body.encode(), "https://ex.org/news/", "text/html", links, now=NOW, limit=10)


@pytest.mark.parametrize("links", ["li.story", "li.story a"])
def test_links_titles_and_dates_are_read(links: str) -> None:
    """Whether the selector names the link or what holds it; one address is one entry."""
    entries = _read(PAGE, links).entries
    assert [(entry.url, entry.title) for entry in entries] == [
        ("https://ex.org/news/a/1", "One vote"),
        ("https://ex.org/a/2", "Two"),
        ("https://ex.org/2025/11/23/three", "Three"),
    ]
    assert [(entry.published_at, entry.date_source) for entry in entries] == [
        (datetime(2025, 11, 24, 10, tzinfo=UTC), "listing"),
        (datetime(2025, 11, 24, tzinfo=UTC), "listing"),
        (datetime(2025, 11, 23, tzinfo=UTC), "url"),
    ]


def test_what_is_no_article_is_counted() -> None:
    """An element without a link, and a link that is no address."""
    assert _read(PAGE).dropped == {"no_link": 1, "bad_link": 1}


def test_the_base_of_the_page_holds() -> None:
    """Relative links are joined to <base>, where there is one."""
    page = (
        "<html><head><base href='https://other.org/x/'></head><body><li class='story'><a href='1'>T</a></body></html>"
    )
    assert _read(page).entries[0].url == "https://other.org/x/1"


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("", "empty"),
        ("<html><body><p>Nothing</p></body></html>", "empty"),
        ("<html><head><title>Just a moment...</title></head></html>", "blocked"),
    ],
)
def test_a_listing_without_links_is_named(page: str, problem: str) -> None:
    """An answer without a body, a page where nothing matches (the site was rebuilt), a wall."""
    assert _read(page).problem == problem
