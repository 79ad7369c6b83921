"""Feeds of every kind and in every state: what they announce, and one bad item costs only itself."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.reading.announcements import Announcement
from crawlers.reading.feeds import read_feed
from crawlers.reading.identity import identity
from crawlers.reading.jobs import Job, do_job
from tests.unit.crawlers.newsstand import rss

NOW = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://example.org/feeds/all.xml"
RUSSIAN = "Генассамблея ООН приняла конвенцию"


def _read(body: bytes | str, content_type: str | None = "application/rss+xml", limit: int = 100) -> Announcement:
    return read_feed(body if isinstance(body, bytes) else body.encode(), URL, content_type, now=NOW, limit=limit)


def test_rss_is_read() -> None:
    """Title, link, date, text and guid, with markup gone and the link made absolute."""
    body = rss(
        {
            "title": "Vote &amp;amp; aftermath",
            "link": "/a/1",
            "pubDate": "Mon, 24 Nov 2025 13:00:00 +0300",
            "description": "&lt;p&gt;79 in favour&lt;/p&gt;&lt;p&gt;60 against&lt;/p&gt;",
            "guid": "post-17",
        }
    )
    [entry] = _read(body).entries
    assert (entry.title, entry.url, entry.guid) == ("Vote & aftermath", "https://example.org/a/1", "post-17")
    assert entry.summary == "79 in favour\n60 against"
    assert (entry.published_at, entry.date_source) == (datetime(2025, 11, 24, 10, tzinfo=UTC), "feed")


def test_atom_is_read() -> None:
    """The alternate link, published before updated, and xml:base."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/blog/"><title>B</title><entry>
      <title type="html">A &lt;b&gt;vote&lt;/b&gt;</title><id>tag:1</id><link rel="self" href="self.xml"/>
      <link rel="alternate" type="text/html" href="post/1"/><link rel="enclosure" href="https://cdn.example/a.mp3"/>
      <published>2025-11-24T10:00:00Z</published><updated>2025-11-25T10:00:00Z</updated>
      <content type="html">&lt;p&gt;Long text of the entry&lt;/p&gt;</content><summary>Short</summary></entry></feed>"""
    [entry] = _read(body).entries
    assert (entry.title, entry.url) == ("A vote", "https://atom.example/blog/post/1")
    assert entry.published_at == datetime(2025, 11, 24, 10, tzinfo=UTC)
    assert entry.updated_at == datetime(2025, 11, 25, 10, tzinfo=UTC)
    assert entry.summary == "Long text of the entry"


def test_json_feed_is_read() -> None:
    """Version 1.1, with HTML content and a relative address."""
    item = {
        "id": "1",
        "url": "/a/1",
        "title": RUSSIAN,
        "content_html": "<p>79</p>",
        "date_published": "2025-11-24T10:00:00Z",
    }
    document = {"version": "https://jsonfeed.org/version/1.1", "language": "ru", "items": [item, {"id": "x"}, 7]}
    announcement = _read(json.dumps(document))
    entry, without_link = announcement.entries
    assert (entry.title, entry.url, entry.language) == (RUSSIAN, "https://example.org/a/1", "ru")
    assert (without_link.guid, without_link.no_page) == ("x", "no_link")
    assert entry.published_at == datetime(2025, 11, 24, 10, tzinfo=UTC)
    assert announcement.dropped == {"bad_item": 1}


def test_an_item_that_leads_nowhere_is_kept_under_an_address_of_its_own() -> None:
    """Without a link, or with one that is no web address, it still says something; the same item the same address."""
    items = [{"title": "One"}, {"title": "Two"}, {"title": "Three", "link": "javascript:alert(1)"}]
    entries = _read(rss(*items)).entries
    assert [entry.no_page for entry in entries] == ["no_link", "no_link", "bad_link"]
    assert all(entry.url.startswith(f"{URL}#item-") for entry in entries)
    assert len({identity(entry.url) for entry in entries}) == 3
    assert _read(rss(*reversed(items))).entries[2] == entries[0]


def test_half_a_character_in_json_costs_only_its_item() -> None:
    """A lone surrogate in a link, a title or an id does not stop the answer of the worker."""
    items = [{"id": "a", "url": "/\ud800", "title": "One \ud800"}, {"id": "\udfff", "url": "/2", "title": "Two"}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    answer = json.loads(do_job(Job("feed", URL, None, NOW), body))
    assert [entry["no_page"] for entry in answer["entries"]] == ["bad_link", None]


def test_a_page_that_mentions_feeds_is_no_feed() -> None:
    """A web page with the name of a feed's element far down in its text or scripts is named as what it is."""
    page = "<!doctype html><html><body>" + "<p>word</p>" * 4000 + "<script>'<rss>'</script></body></html>"
    assert _read(page).problem == "parse_error"


def test_a_guid_is_kept_as_it_stands() -> None:
    """It does not change with the address under which the feed was reached."""
    body = rss({"title": "T", "link": "https://example.org/1", "guid": "post-17"})
    guids = {
        read_feed(body, url, "text/xml", now=NOW, limit=9).entries[0].guid
        for url in ("http://example.org/f", "https://www.example.org/f")
    }
    assert guids == {"post-17"}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (rss(), "empty"),
        (b"<html><body>Not found</body></html>", "parse_error"),
        (b'{"status": "error"}', "parse_error"),
        (b"{", "parse_error"),
        (b"[" * 100_000, "parse_error"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "parse_error"),
        (b"<html><title>Just a moment...</title></html>", "blocked"),
        (b"<html><title>Sign in</title><input type='password'></html>", "blocked"),
        (b"<html><title>Before you continue: cookies</title></html>", "blocked"),
        (rss({"title": "T", "link": "/1"})[:70], "parse_error"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, problem: str) -> None:
    """Nothing, an error page, other JSON, binary, a wall, half a feed: none is "no news"."""
    announcement = _read(body)
    assert (announcement.problem, announcement.entries) == (problem, ())


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#x110000;", "&#99999999999;", "&#0;", "&#xFFFE;", "&#x1F600;", "&bogus;", "AT&T"]
)
def test_a_bad_reference_costs_one_character(reference: str) -> None:
    """References that XML forbids, and that crash parsers, leave the rest of the feed alone."""
    items = [{"title": f"Vote {reference} one", "link": "/1"}, {"title": RUSSIAN, "link": "/2"}]
    first, second = _read(rss(*items)).entries
    assert first.title is not None
    assert first.title.startswith("Vote")
    assert second.title == RUSSIAN


def test_one_bad_byte_costs_one_character_and_is_flagged() -> None:
    """A UTF-8 feed with one wrong byte stays UTF-8: the other titles are whole."""
    body = rss({"title": RUSSIAN, "link": "/1"}, {"title": "bad-byte", "link": "/2"})
    announcement = _read(body.replace(b"bad-byte", b"bad-\xff-byte"), "application/rss+xml; charset=utf-8")
    assert [entry.title for entry in announcement.entries] == [RUSSIAN, "bad-\ufffd-byte"]
    assert announcement.note is not None
    assert "uncertain" in announcement.note


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("header", [None, "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"])
def test_a_declared_encoding_is_kept_to_against_a_wrong_header(encoding: str, header: str | None) -> None:
    """What the document declares holds; what merely the server says does not spoil it."""
    text = (
        rss({"title": RUSSIAN, "link": "/1"}).decode().replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    )
    [entry] = _read(text.encode(encoding), header).entries
    assert entry.title == RUSSIAN


def test_an_undeclared_encoding_is_right_or_flagged() -> None:
    """Cyrillic in windows-1251 that says nothing of itself."""
    body = rss({"title": RUSSIAN * 3, "link": "/1"}).decode().encode("windows-1251")
    announcement = _read(body)
    [entry] = announcement.entries
    assert entry.title == RUSSIAN * 3
    assert "uncertain" in (announcement.note or "")


def test_beyond_the_cap_the_newest_are_kept_and_the_rest_counted() -> None:
    """A feed of a thousand entries brings its newest hundred."""
    days = [f"2025-{1 + n // 28 % 12:02}-{1 + n % 28:02}T10:00:00Z" for n in range(1000)]
    announcement = _read(rss(*[{"title": "T", "link": f"/{n}", "pubDate": day} for n, day in enumerate(days)]))
    assert len(announcement.entries) == 100
    assert announcement.dropped == {"entry_cap": 900}
    assert min(entry.published_at for entry in announcement.entries if entry.published_at) >= datetime(
        2025, 11, 1, tzinfo=UTC
    )


def test_bytes_that_look_like_a_path_or_an_address_are_only_bytes(tmp_path: Path) -> None:
    """feedparser opens what looks like one; it is never given the chance."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss({"title": "secret", "link": "https://example.org/secret"}))
    for body in (str(secret), f"file://{secret}", "http://127.0.0.1:9/"):
        announcement = _read(body)
        assert (announcement.entries, announcement.problem) == ((), "parse_error")


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    """A DOCTYPE can name a file; its content does not come in."""
    secret = tmp_path / "secret"
    secret.write_text("TOPSECRET", encoding="utf-8")
    body = rss({"title": "a &xxe; b", "link": "/1"}).decode()
    body = body.replace("<rss", f'<!DOCTYPE r [<!ENTITY xxe SYSTEM "file://{secret}">]><rss')
    assert "TOPSECRET" not in repr(_read(body))


def test_no_mutant_raises_and_every_item_is_accounted_for() -> None:
    """Feeds damaged at random are read as far as they go, without an exception."""
    tokens = [
        b"<",
        b">",
        b"&",
        b"&#xD800;",
        b"]]>",
        b"<!--",
        b"<![CDATA[",
        b"\x00",
        b"\xff",
        b'"',
        b"<georss:where>",
        b"</item>",
    ]
    seeds = [
        rss(
            *[
                {"title": f"T{n} {RUSSIAN}", "link": f"/{n}", "pubDate": "Mon, 24 Nov 2025 13:00:00 +0300"}
                for n in range(5)
            ]
        ),
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="/1"/>'
        b"<updated>2025-11-24</updated></entry></feed>",
    ]
    chance = random.Random(20191227)
    for _ in range(1500):
        body = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 6)):
            where = chance.randrange(len(body))
            body[where : where + chance.choice([0, 0, 1, 30])] = chance.choice(tokens)
        announcement = _read(bytes(body))
        assert announcement.problem or announcement.entries or announcement.dropped
