"""A crawl on a real server: everything found is accounted for, and the site is asked no more than it must be."""

import hashlib
import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.unit.crawlers.newsstand import TOPIC, Newsstand, page, report, rss
from tests.unit.crawlers.serving import Answer, Site, pauses_kept, serving

DATE = "Fri, 27 Dec 2019 23:10:00 GMT"


def _feed(site: Site, *numbers: int, etag: str | None = '"1"') -> None:
    items = [{"title": f"Talks {n}", "link": f"{site.url}/a/{n}", "pubDate": DATE} for n in numbers]
    site.answers["/rss"] = Answer(rss(*items), content_type="application/rss+xml", etag=etag)
    for number in numbers:
        site.answers.setdefault(f"/a/{number}", Answer(report(number)))


def test_a_feed_leads_to_articles_in_the_ledger(site: Site, newsstand: Newsstand) -> None:
    """On topic is stored, off topic counted; an item without a link is kept if it names the topic, else dropped."""
    items = [
        {"title": "Talks go on", "link": f"{site.url}/a/1?utm_source=rss", "pubDate": DATE, "guid": "post-1"},
        {"title": "Football", "link": "/a/2", "pubDate": DATE},
        {"title": "No link"},
        {"title": f"Assembly adopts {TOPIC}", "description": "79 in favour, 60 against, 33 abstaining."},
        {"title": "Script", "link": "javascript:alert(1)"},
    ]
    site.answers = {
        "/rss": Answer(rss(*items)),
        "/a/1?utm_source=rss": Answer(report()),
        "/a/2": Answer(page("Football", "A match was played, and it ended without a goal on either side, alas.")),
    }
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    done = newsstand.crawl()["one"]
    assert (done["state"], done["found"], done["stored"], done["off_topic"]) == ("ok", 5, 2, 1)
    assert done["dropped"] == {"no_link": 1, "bad_link": 1}
    spoken, article = newsstand.articles()
    assert spoken["url"].startswith(f"{site.url}/rss#item-")
    assert (spoken["text"], spoken["text_scope"]) == ("79 in favour, 60 against, 33 abstaining.", "summary")
    assert article["url"] == f"{site.url}/a/1"
    assert article["title"] == "Delegates take up report 1 on cybercrime"
    assert article["text"].startswith("Delegates met on day 1")
    assert (article["published_at"], article["date_source"]) == ("2019-12-27T23:10:00.000000Z", "feed")
    assert (article["origin"], article["text_scope"], article["language"]) == ("live", "full", "en")


def test_the_second_pass_asks_one_conditional_question(site: Site, newsstand: Newsstand) -> None:
    """What is known and what is off topic is not fetched again; an unchanged feed costs a 304."""
    _feed(site, 1, 2)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl()
    site.asked.clear()
    assert newsstand.crawl("--all")["one"]["state"] == "unchanged"
    assert [(one.path, one.status) for one in site.asked if one.path != "/robots.txt"] == [("/rss", 304)]


def test_what_is_known_or_off_topic_is_not_fetched_again(site: Site, newsstand: Newsstand) -> None:
    """A feed that changed brings only its new entry."""
    _feed(site, 1, 2)
    site.answers["/a/2"] = Answer(page("Weather", "It will rain tomorrow in the north and stay dry in the south."))
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["off_topic"] == 1
    _feed(site, 3, 1, 2, etag='"2"')
    site.asked.clear()
    done = newsstand.crawl("--all")["one"]
    assert site.paths() == ["/rss", "/a/3"]
    assert (done["found"], done["known"], done["stored"]) == (3, 2, 1)


def test_an_edited_entry_is_fetched_again_and_becomes_a_version(site: Site, newsstand: Newsstand) -> None:
    """A new title in the feed makes the page be read again."""
    _feed(site, 1)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl()
    items = [{"title": "Talks 1 (corrected)", "link": f"{site.url}/a/1", "pubDate": DATE}]
    site.answers["/rss"] = Answer(rss(*items))
    site.answers["/a/1"] = Answer(report(1).replace(b"until the evening", b"until the next morning"))
    assert newsstand.crawl("--all")["one"]["stored"] == 1
    [article] = newsstand.articles()
    assert article["version"] == 2
    assert "until the next morning" in article["text"]


def test_a_validator_is_kept_only_with_the_items_it_brought(site: Site, newsstand: Newsstand) -> None:
    """While an entry's page fails, the feed is asked unconditionally, and the entry is had as soon as it works."""
    _feed(site, 1, 2)
    site.answers["/a/2"] = Answer(b"oops", status=500)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["dropped"] == {"unreachable": 1}
    site.answers["/a/2"] = Answer(report(2))
    site.asked.clear()
    assert newsstand.crawl("--all")["one"]["stored"] == 1
    assert [one.headers.get("if-none-match") for one in site.asked if one.path == "/rss"] == [None]
    newsstand.crawl("--all")
    assert site.asked[-1].headers.get("if-none-match") == '"1"'


def test_a_host_sees_one_request_at_a_time_with_a_pause(site: Site, newsstand: Newsstand) -> None:
    """Two sources on one host share its patience: never two requests at once, and the delay between them."""
    _feed(site, *range(1, 9))
    site.answers["/other"] = Answer(rss(*[{"title": f"T{n}", "link": f"{site.url}/b/{n}"} for n in range(6)]))
    for answer in site.answers.values():
        answer.seconds = 0.05
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.add("two", {"feed": f"{site.url}/other"})
    newsstand.crawl(delay=0.2)
    assert site.most_at_once == 1
    assert pauses_kept(site.asked, 0.2)
    assert len(site.asked) == 1 + 2 + 8 + 6


def test_retry_after_is_kept_across_runs(site: Site, newsstand: Newsstand) -> None:
    """A host that says 429 is asked nothing more, neither in this pass nor in the next before its time."""
    _feed(site, 1, 2, 3)
    site.answers["/rss"] = Answer(b"slow down", status=429, headers={"Retry-After": "3600"})
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    done = newsstand.crawl("--as-of", "2019-12-28T09:00:00+00:00")["one"]
    assert done["state"] == "unreachable"
    assert site.paths() == ["/rss"]
    assert newsstand.crawl("--all", "--as-of", "2019-12-28T09:50:00+00:00") == {}
    assert site.paths() == ["/rss"]
    _feed(site, 1)
    assert newsstand.crawl("--as-of", "2019-12-28T10:01:00+00:00")["one"]["stored"] == 1


def test_retry_after_of_a_page_stops_the_rest_of_the_host(site: Site, newsstand: Newsstand) -> None:
    """A 503 on a page is not followed by requests for the others; they are had later."""
    _feed(site, 1, 2, 3, 4)
    for number in range(1, 5):
        site.answers[f"/a/{number}"] = Answer(b"busy", status=503, headers={"Retry-After": "600"})
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["dropped"] == {"waiting": 4}
    assert len(site.paths()) == 2
    for number in range(1, 5):
        site.answers[f"/a/{number}"] = Answer(report(number))
    assert newsstand.crawl("--as-of", "2019-12-28T09:20:00+00:00")["one"]["stored"] == 4


def test_a_source_that_is_not_due_is_left_out(site: Site, newsstand: Newsstand) -> None:
    """``every`` is kept, unless the source is asked for by name."""
    _feed(site, 1)
    newsstand.add("one", {"feed": f"{site.url}/rss"}, every="1h")
    newsstand.crawl("--as-of", "2019-12-28T09:00:00+00:00")
    assert newsstand.crawl("--as-of", "2019-12-28T09:30:00+00:00") == {}
    assert newsstand.crawl("--all", "--as-of", "2019-12-28T09:30:00+00:00").keys() == {"one"}
    assert newsstand.crawl("--as-of", "2019-12-28T10:30:00+00:00").keys() == {"one"}


def test_a_broken_source_never_stops_the_others(site: Site, newsstand: Newsstand) -> None:
    """Each fault has its own state and word, and the good source is read."""
    _feed(site, 1)
    site.answers |= {
        "/html": Answer(b"<!doctype html><html><body><p>Welcome to our site.</p></body></html>"),
        "/json": Answer(b'{"error": "no"}', content_type="application/json"),
        "/none": Answer(b""),
        "/no-content": Answer(b"", status=204),
        "/bare": Answer(rss()),
        "/wall": Answer(b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"),
        "/login": Answer(b"<html><title>Log in</title><form><input type='password'></form></html>"),
        "/forbidden": Answer(b"no", status=403),
        "/gone": Answer(b"gone", status=410),
        "/busy": Answer(b"busy", status=500),
        "/undated": Answer(rss({"title": f"About {TOPIC}", "link": f"{site.url}/a/1"})),
        "/cut": Answer(rss({"title": "T", "link": "/x"})[:60]),
    }
    expected = {
        "html": "parse_error", "json": "parse_error", "none": "empty", "no-content": "empty", "bare": "empty",
        "wall": "blocked", "login": "blocked", "forbidden": "blocked", "gone": "gone", "busy": "unreachable",
        "undated": "undated", "cut": "parse_error",
    }  # fmt: skip
    for name in expected:
        newsstand.add(name, {"feed": f"{site.url}/{name}"})
    newsstand.add("nowhere", {"feed": "http://127.0.0.1:9/rss"})
    newsstand.add("good", {"feed": f"{site.url}/rss"})
    done = newsstand.crawl()
    assert {name: done[name]["state"] for name in expected} == expected
    assert done["nowhere"]["state"] == "unreachable"
    assert done["good"]["stored"] == 1
    assert all(done[name]["error"] for name in expected if name not in {"bare", "undated"})


def test_robots_txt_is_obeyed_and_unreadable_rules_forbid_all(site: Site, newsstand: Newsstand) -> None:
    """What is disallowed is not fetched; when the rules cannot be read nothing is."""
    _feed(site, 1, 2)
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a/2\n", content_type="text/plain")
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["dropped"] == {"robots": 1}
    assert "/a/2" not in site.paths()
    site.answers["/robots.txt"] = Answer(b"oops", status=503)
    site.asked.clear()
    assert newsstand.crawl("--all", "--as-of", "2019-12-29T09:00:00+00:00")["one"]["state"] == "unreachable"
    assert site.paths() == []


def test_a_crawl_delay_is_kept(site: Site, newsstand: Newsstand) -> None:
    """A site that asks for half a second between requests gets it."""
    _feed(site, 1, 2, 3)
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.5\n", content_type="text/plain")
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl(delay=0.001)
    _feed(site, 4, 5, 6, etag='"2"')
    newsstand.crawl("--all", delay=0.001)  # which knows the rules without asking
    pages = [asked for asked in site.asked if asked.path.startswith("/a/")]
    assert len(pages) == 6
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    assert pauses_kept(pages[:3], 0.5)
    assert pauses_kept(pages[3:], 0.5)


def test_a_page_cannot_pass_for_another_sites(site: Site, newsstand: Newsstand) -> None:
    """A false canonical address and a stolen guid keep nobody's report from being stored."""
    _feed(site, 1)
    with serving() as other:
        claim = f"<link rel='canonical' href='{site.url}/a/1'><meta property='og:url' content='{site.url}/a/1'>"
        body = page(
            "Another report of the talks", f"Observers say that {TOPIC} has many enemies and few friends.", head=claim
        )
        items = [{"title": "Other", "link": f"{other.url}/x", "guid": f"{site.url}/a/1", "pubDate": DATE}]
        other.answers = {"/rss": Answer(rss(*items)), "/x": Answer(body)}
        newsstand.add("hostile", {"feed": f"{other.url}/rss"})
        newsstand.crawl()
        newsstand.add("one", {"feed": f"{site.url}/rss"})
        assert newsstand.crawl()["one"]["stored"] == 1
        assert {article["url"] for article in newsstand.articles()} == {f"{site.url}/a/1", f"{other.url}/x"}


def test_a_long_robots_txt_counts_by_its_beginning(site: Site, newsstand: Newsstand) -> None:
    """Of a huge robots.txt the first 500 KiB are read and kept to."""
    _feed(site, 1)
    rules = b"User-agent: *\nDisallow: /rss\n" + b"# filler, filler, filler, filler\n" * 400_000
    site.answers["/robots.txt"] = Answer(rules, content_type="text/plain")
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["state"] == "blocked"
    assert site.paths() == []


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "http://2130706433:{port}/secret"]
)
def test_nothing_leads_to_an_address_that_is_not_public(site: Site, newsstand: Newsstand, target: str) -> None:
    """Without an allowed network the server hears nothing, whatever the spelling."""
    _feed(site, 1)
    newsstand.add("one", {"feed": target.format(port=site.url.rsplit(":", 1)[1])})
    done = newsstand.crawl("--closed")["one"]
    assert done["state"] == "unreachable"
    assert "not a public address" in done["error"]
    assert site.asked == []


def test_a_redirect_beyond_the_allowed_network_is_refused(site: Site, newsstand: Newsstand) -> None:
    """A feed on an allowed address cannot lead to one that is not, nor to a file."""
    items = [{"title": f"T{n}", "link": f"{site.url}/to/{n}", "pubDate": DATE} for n in range(4)]
    targets = ["http://169.254.169.254/latest", "http://[::1]/x", "file:///etc/passwd", f"{site.url}/to/3"]
    site.answers["/rss"] = Answer(rss(*items))
    for number, target in enumerate(targets):
        site.answers[f"/to/{number}"] = Answer(b"", status=302, headers={"Location": target})
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["dropped"] == {"address_refused": 2, "redirects": 2}


def test_a_document_beyond_the_size_limit_is_dropped_with_the_reason(site: Site, newsstand: Newsstand) -> None:
    """An answer of more than 10 MiB is not read."""
    _feed(site, 1)
    site.answers["/a/1"] = Answer(b"x" * (11 * 1024 * 1024))
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["dropped"] == {"too_large": 1}


def test_a_closed_page_leaves_what_the_feed_said(site: Site, newsstand: Newsstand) -> None:
    """When a page is behind a wall and its entry names the topic, the summary is stored, and later the whole text."""
    said = {"title": "Treaty vote", "description": f"States voted on {TOPIC} in New York on Friday."}
    site.answers["/rss"] = Answer(rss(said | {"link": f"{site.url}/a/1", "pubDate": DATE}))
    site.answers["/a/1"] = Answer(b"<html><head><title>Just a moment...</title></head><body></body></html>")
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    assert newsstand.crawl()["one"]["stored"] == 1
    [article] = newsstand.articles()
    assert (article["text_scope"], article["title"]) == ("summary", "Treaty vote")
    site.answers["/a/1"] = Answer(report())
    newsstand.crawl("--all")
    [article] = newsstand.articles()
    assert (article["text_scope"], article["version"]) == ("full", 2)


def test_only_matching_entries_are_fetched_where_asked(site: Site, newsstand: Newsstand) -> None:
    """``fetch: matching`` reads the pages of those entries that name the topic."""
    items = [
        {"title": f"Talks on {TOPIC}", "link": f"{site.url}/a/1", "pubDate": DATE},
        {"title": "Football", "link": f"{site.url}/a/2", "pubDate": DATE},
    ]
    site.answers = {"/rss": Answer(rss(*items)), "/a/1": Answer(report())}
    newsstand.add("one", {"feed": f"{site.url}/rss"}, fetch="matching")
    done = newsstand.crawl()["one"]
    assert (done["stored"], done["off_topic"]) == (1, 1)
    assert site.paths() == ["/rss", "/a/1"]


def test_every_cap_is_counted(site: Site, newsstand: Newsstand) -> None:
    """Entries beyond a feed's cap and pages beyond a source's are dropped with the reason, not silently."""
    _feed(site, *range(1, 11))
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    done = newsstand.crawl(most_entries=8, most_pages_per_source=3)["one"]
    assert (done["found"], done["stored"], done["dropped"]) == (10, 3, {"entry_cap": 2, "page_cap": 5})


def test_old_articles_of_a_first_pass_are_backfill(site: Site, newsstand: Newsstand) -> None:
    """What is older than a week, and what has no date at a first pass, is stored and not live."""
    items = [
        {"title": "Old", "link": f"{site.url}/a/1", "pubDate": "Fri, 01 Nov 2019 10:00:00 GMT"},
        {"title": "Undated", "link": f"{site.url}/a/2"},
        {"title": "New", "link": f"{site.url}/a/3", "pubDate": DATE},
    ]
    site.answers = {"/rss": Answer(rss(*items))} | {f"/a/{n}": Answer(report(n)) for n in (1, 2, 3)}
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl()
    origins = {one["url"].rsplit("/", 1)[1]: one["origin"] for one in newsstand.articles()}
    assert origins == {"1": "backfill", "2": "backfill", "3": "live"}


def test_sitemaps_and_listings_lead_to_articles_too(site: Site, newsstand: Newsstand) -> None:
    """A news sitemap behind an index, and a listing, each bring their article."""
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    site.answers = {
        "/index.xml": Answer(
            f"<sitemapindex><sitemap><loc>{site.url}/news.xml</loc></sitemap></sitemapindex>".encode()
        ),
        "/news.xml": Answer(
            f"<urlset {news}><url><loc>{site.url}/a/1</loc><news:news><news:publication_date>"
            f"2019-12-28T01:00:00Z</news:publication_date><news:title>T</news:title></news:news></url></urlset>".encode()
        ),
        "/list": Answer(
            b"<ul><li class='s'><a href='/a/2'>Two</a> <time datetime='2019-12-27'>27 Dec</time></li></ul>"
        ),
        "/a/1": Answer(report(1)),
        "/a/2": Answer(report(2)),
    }
    newsstand.add("map", {"news_sitemap": f"{site.url}/index.xml"})
    newsstand.add("list", {"listing": f"{site.url}/list", "links": "li.s a"})
    newsstand.crawl()
    assert {(one["source"], one["date_source"]) for one in newsstand.articles()} == {
        ("map", "sitemap"),
        ("list", "listing"),
    }


def test_a_crawl_that_is_told_to_stop_ends_within_seconds(site: Site, newsstand: Newsstand) -> None:
    """After SIGTERM what is stored stays, the rest is counted as stopped, and the next pass has it."""
    _feed(site, *range(1, 30))
    site.answers["/a/5"] = Answer(report(5), seconds=20)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    process = newsstand.start(delay=0.01, timeout=30.0)
    until = time.monotonic() + 60
    while not any(one.path == "/a/5" for one in site.asked) and time.monotonic() < until:
        time.sleep(0.05)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    done = newsstand.finish(process)["one"]
    assert time.monotonic() - began < 15  # the promise is 5 s; a busy machine gets more
    assert done["dropped"]["stopped"] >= 1
    assert done["stored"] == len(newsstand.articles())
    site.answers["/a/5"] = Answer(report(5))
    newsstand.crawl()
    assert len(newsstand.articles()) == 29


def test_a_killed_crawl_leaves_no_worker(site: Site, newsstand: Newsstand) -> None:
    """Reading workers die with the crawl, even when it is killed without a word."""
    _feed(site, *range(1, 30))
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    process = newsstand.start(delay=0.2)
    workers: set[str] = set()
    until = time.monotonic() + 60
    while not workers and time.monotonic() < until:
        time.sleep(0.1)
        children = [task.read_text().split() for task in Path(f"/proc/{process.pid}/task").glob("*/children")]
        workers = {child for some in children for child in some}
    assert workers
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_a_page_no_worker_can_read_is_kept_with_the_reason(site: Site, newsstand: Newsstand, tmp_path: Path) -> None:
    """The bytes stay for a person to look at, its host is asked no more in this pass, and others go on."""
    _feed(site, 1, 2)
    with serving() as other:
        hostile = f"<html><body>{TOPIC}".encode() + b"<p>" * 1_000_000
        other.answers["/rss"] = Answer(
            rss(
                *[
                    {"title": "H", "link": f"{other.url.replace('127.0.0.1', 'localhost')}/{n}", "pubDate": DATE}
                    for n in (1, 2)
                ]
            )
        )
        other.answers |= {"/1": Answer(hostile), "/2": Answer(hostile)}
        newsstand.add("good", {"feed": f"{site.url}/rss"})
        newsstand.add("hostile", {"feed": f"{other.url.replace('127.0.0.1', 'localhost')}/rss"})
        done = newsstand.crawl(
            worker_limits={"cpu_seconds": 1, "seconds": 20.0, "memory_bytes": 2**28}, unreadable=str(tmp_path / "kept")
        )
    assert done["good"]["stored"] == 2
    assert done["hostile"]["stored"] == 0
    assert sum(done["hostile"]["dropped"].values()) == 2
    assert done["hostile"]["dropped"]["reading_too_long"] >= 1
    [about] = [json.loads(path.read_text()) for path in (tmp_path / "kept").glob("*.json")]
    assert about["reason"] == "reading_too_long"
    assert (tmp_path / "kept").joinpath(f"{hashlib.sha256(hostile).hexdigest()[:32]}.bin").read_bytes() == hostile


def test_two_crawls_at_once_do_not_pass_over_one_source_twice(site: Site, newsstand: Newsstand) -> None:
    """The second leaves a source alone that the first has taken."""
    _feed(site, *range(1, 6))
    site.answers["/rss"].seconds = 3
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    first = newsstand.start()
    until = time.monotonic() + 60
    while "/rss" not in site.paths() and time.monotonic() < until:
        time.sleep(0.05)
    assert newsstand.crawl("--all") == {}
    assert newsstand.finish(first)["one"]["stored"] == 5


def _listening(pid: int) -> set[str]:
    """The local addresses on which a process and its children listen, as the kernel lists them."""
    family = [str(pid), *(" ".join(f.read_text() for f in Path(f"/proc/{pid}/task").glob("*/children"))).split()]
    held: set[str] = set()
    for one in family:
        for descriptor in Path(f"/proc/{one}/fd").glob("*"):
            with suppress(OSError):  # closed meanwhile
                held.add(descriptor.readlink().name)
    tables = (Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6"))
    rows = (line.split() for table in tables for line in table)
    return {row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in held}


def test_a_crawl_listens_on_nothing(site: Site, newsstand: Newsstand) -> None:
    """While a page is under way neither the crawl nor its readers hold a listening socket; the test's server does."""
    _feed(site, 1, 2)
    site.answers["/a/2"].seconds = 5
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    process = newsstand.start(timeout=30.0)
    until = time.monotonic() + 60
    while "/a/2" not in site.paths() and time.monotonic() < until:
        time.sleep(0.05)
    assert _listening(process.pid) == set()
    assert _listening(os.getpid()) != set()
    assert newsstand.finish(process)["one"]["stored"] == 2


def test_a_server_error_is_followed_by_one_more_try_after_the_pause(site: Site, newsstand: Newsstand) -> None:
    """Two requests in a pass at most, and none at once after the first."""
    _feed(site, 1)
    site.answers["/rss"] = Answer(b"oops", status=500)
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    newsstand.crawl(delay=0.5)
    assert site.paths() == ["/rss", "/rss"]
    assert pauses_kept(site.asked, 0.5)
