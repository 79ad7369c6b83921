"""robots.txt is kept for a day: the next pass sends conditional requests only, and an outage finds the copy alive."""

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import Response

from crawlers.fetching.robots_rules import MOST_BYTES, conditions, is_alive, is_settled, read_answer
from ledger.robots import RobotsFile
from tests.unit.crawlers.newsstand import Newsstand, report, rss
from tests.unit.crawlers.serving import Answer, Site

NOW = datetime(2019, 12, 28, 9, tzinfo=UTC)
ORIGIN = "http://one.example"
FILE = RobotsFile(ORIGIN, 200, "User-agent: *\nDisallow: /a\n", NOW, etag='"r1"')
RULES = b"User-agent: *\nDisallow: /private\n"


def _fill(site: Site) -> None:
    items = [{"title": "Talks", "link": f"{site.url}/a/1", "pubDate": "Fri, 27 Dec 2019 23:10:00 GMT"}]
    site.answers = {
        "/robots.txt": Answer(RULES, content_type="text/plain", etag='"r1"'),
        "/rss": Answer(rss(*items), content_type="application/rss+xml", etag='"1"'),
        "/a/1": Answer(report()),
    }


def _asked(site: Site) -> list[tuple[str, int, bool]]:
    asked = [(one.path, one.status, "if-none-match" in one.headers) for one in site.asked]
    site.asked.clear()
    return asked


def test_the_second_pass_sends_conditional_requests_only(site: Site, newsstand: Newsstand) -> None:
    """As the server sees it: nothing unconditional, neither minutes later nor when robots.txt is confirmed."""
    _fill(site)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl()
    assert [path for path, _, _ in _asked(site)] == ["/robots.txt", "/rss", "/a/1"]
    newsstand.crawl("--as-of", "2019-12-28T09:20:00+00:00")
    assert _asked(site) == [("/rss", 304, True)]
    newsstand.crawl("--as-of", "2019-12-30T09:20:00+00:00")
    assert _asked(site) == [("/robots.txt", 304, True), ("/rss", 304, True)]


def test_the_kept_rules_bridge_an_outage_for_as_long_as_they_live(site: Site, newsstand: Newsstand) -> None:
    """5xx on robots.txt after 13 hours: the copy holds; after 24: nothing but robots.txt is asked for."""
    _fill(site)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl()
    site.answers["/robots.txt"] = Answer(b"oops", status=502)
    _asked(site)
    assert newsstand.crawl("--as-of", "2019-12-28T22:00:00+00:00")["one"]["state"] == "unchanged"
    _asked(site)
    assert newsstand.crawl("--as-of", "2019-12-29T09:00:00+00:00")["one"]["state"] == "unreachable"
    assert {path for path, _, _ in _asked(site)} == {"/robots.txt"}


def test_new_rules_hold_once_they_are_read(site: Site, newsstand: Newsstand) -> None:
    """A changed robots.txt replaces the kept one when it is asked for again."""
    _fill(site)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl()
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", content_type="text/plain", etag='"r2"')
    done = newsstand.crawl("--as-of", "2019-12-29T09:00:00+00:00")["one"]
    assert (done["state"], "robots.txt forbids" in done["error"]) == ("blocked", True)


@pytest.mark.parametrize(
    ("hours", "etag", "alive", "settled"),
    [
        (0, '"1"', True, True),
        (11, '"1"', True, True),
        (13, '"1"', True, False),
        (13, None, True, True),
        (24, None, False, False),
        (24, '"1"', False, False),
        (-1, '"1"', False, False),
    ],
)
def test_a_copy_lives_for_a_day_and_is_confirmed_before(
    hours: int, etag: str | None, alive: bool, settled: bool
) -> None:
    """24 hours, confirmed from the twelfth where it can be; a copy from the future is none."""
    file = RobotsFile(ORIGIN, 200, "", NOW, etag=etag)
    now = NOW + timedelta(hours=hours)
    assert (is_alive(file, now), is_settled(file, now)) == (alive, settled)


@pytest.mark.parametrize(
    ("status", "kept", "body"),
    [(200, None, "Allow: /"), (404, None, ""), (403, FILE, ""), (304, FILE, FILE.body)],
)
def test_an_answer_becomes_the_rules(status: int, kept: RobotsFile | None, body: str) -> None:
    """2xx are the rules, 3xx and 4xx mean there are none, 304 confirms the copy."""
    file = read_answer(ORIGIN, Response(ORIGIN, status=status, body=b"Allow: /"), kept, NOW + timedelta(hours=1))
    assert file is not None
    assert (file.body, file.fetched_at) == (body, NOW + timedelta(hours=1))


@pytest.mark.parametrize(("status", "kept"), [(500, FILE), (503, None), (429, FILE), (304, None)])
def test_a_fault_is_no_answer(status: int, kept: RobotsFile | None) -> None:
    """5xx, 429, and "not modified" of what we do not have, say nothing."""
    assert read_answer(ORIGIN, Response(ORIGIN, status=status), kept, NOW) is None


def test_the_kept_body_is_bounded_and_asked_for_by_its_validators() -> None:
    """500 KiB, any bytes; ETag and Last-Modified go back as they came."""
    headers = {"ETag": 'W/"x"', "Last-Modified": "Fri, 27 Dec 2019 12:00:00 GMT"}
    file = read_answer(ORIGIN, Response(ORIGIN, headers=headers, body=b"\xff\0a" * MOST_BYTES), None, NOW)
    assert file is not None
    assert len(file.body) <= MOST_BYTES
    assert conditions(file) == {"If-None-Match": 'W/"x"', "If-Modified-Since": "Fri, 27 Dec 2019 12:00:00 GMT"}
    assert conditions(None) == {}
