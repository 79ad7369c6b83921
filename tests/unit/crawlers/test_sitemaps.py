"""News sitemaps and their indexes."""

import gzip
from datetime import UTC, datetime

import pytest

from crawlers.reading.announcements import Announcement
from crawlers.reading.sitemaps import read_news_sitemap

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NEWS = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/'
    'sitemap-image/1.1"><url><loc> https://ex.org/a/1 </loc><lastmod>2025-11-25T08:00:00Z</lastmod><news:news>'
    "<news:publication><news:name>Ex</news:name><news:language>fr</news:language></news:publication>"
    "<news:publication_date>2025-11-24T11:00:00+01:00</news:publication_date><news:title>Un vote à l’ONU</news:title>"
    "</news:news><image:image><image:loc>https://cdn.ex.org/1.jpg</image:loc><image:title>Photo</image:title>"
    "</image:image></url><url><loc>javascript:alert(1)</loc></url><url><lastmod>2025-11-25</lastmod></url></urlset>"
)


def _read(body: bytes | str, limit: int = 10) -> Announcement:
    raw = body if isinstance(body, bytes) else body.encode()
    return read_news_sitemap(raw, "https://ex.org/news.xml", "application/xml", now=NOW, limit=limit)


def test_address_title_and_date_come_from_the_news_namespace() -> None:
    """What belongs to an image is not taken for the story's."""
    announcement = _read(NEWS)
    [entry] = announcement.entries
    assert (entry.url, entry.title, entry.language) == ("https://ex.org/a/1", "Un vote à l’ONU", "fr")
    assert (entry.published_at, entry.date_source) == (datetime(2025, 11, 24, 10, tzinfo=UTC), "sitemap")
    assert entry.updated_at == datetime(2025, 11, 25, 8, tzinfo=UTC)
    assert announcement.dropped == {"bad_link": 1, "no_link": 1}


def test_a_packed_sitemap_is_read() -> None:
    """gzip inside the file, as sites keep it."""
    assert len(_read(gzip.compress(NEWS.encode())).entries) == 1


def test_a_packed_bomb_is_cut() -> None:
    """What unpacks to more than 10 MiB is read no further, and is no sitemap then."""
    assert _read(gzip.compress(b"<urlset>" + b" " * 50_000_000)).entries == ()


def test_an_index_names_its_newest_sitemaps() -> None:
    """Three at most, the last changed first."""
    items = "".join(f"<sitemap><loc>/s{n}.xml</loc><lastmod>2025-11-{n:02}</lastmod></sitemap>" for n in range(1, 9))
    announcement = _read(f"<sitemapindex>{items}</sitemapindex>")
    assert announcement.more == tuple(f"https://ex.org/s{n}.xml" for n in (8, 7, 6))
    assert announcement.problem is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "empty"),
        ("<urlset></urlset>", "empty"),
        ("<html><body>404</body></html>", "parse_error"),
        ("<rss><channel/></rss>", "parse_error"),
        ("not xml", "parse_error"),
        (b"\x1f\x8bnot really gzip", "parse_error"),
        ("<html><head><title>Just a moment...</title></head></html>", "blocked"),
    ],
)
def test_what_is_no_sitemap_is_named(body: str | bytes, problem: str) -> None:
    """Nothing, no entry, another document, a wall."""
    assert _read(body).problem == problem


def test_a_cut_sitemap_gives_what_it_holds() -> None:
    """The entries before the cut are kept."""
    assert [entry.url for entry in _read(NEWS.encode()[: NEWS.encode().index(b"<image:title>")]).entries] == [
        "https://ex.org/a/1"
    ]


def test_entities_are_neither_expanded_nor_fetched() -> None:
    """A sitemap cannot blow up or read a file."""
    bomb = (
        '<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    )
    announcement = _read(f"{bomb}<urlset><url><loc>https://ex.org/&b;&c;</loc></url></urlset>")
    assert all(len(entry.url) < 40 for entry in announcement.entries)
