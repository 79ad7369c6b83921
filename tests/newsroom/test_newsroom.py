"""The newsroom keeps its own promises: honest conditions, whole data, faults only where asked for."""

import http.client
import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import lxml.html
import pytest
import yaml

from tests.newsroom import Newsroom, load_play
from tests.newsroom.faults import load_fault
from tests.newsroom.plays import ARTICLES, load_text, play_names
from tests.newsroom.sites import Site, load_sites

SITES = load_sites()
OF_ANY_SITE = ("all_gone", "connection_dropped", "cut_feed", "login_page", "service_unavailable")


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom at the tick of the vote."""
    room = Newsroom(load_play("december_2019"))
    room.advance("vote")
    with room:
        yield room


def fetch(room: Newsroom, site: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Fetch a path of a site; underscores in header names stand for hyphens."""
    connection = http.client.HTTPConnection(SITES[site].address, room.port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def path_of(room: Newsroom, article: str) -> str:
    """Return the path of an article."""
    return room.url(article).partition(f":{room.port}")[2]


def test_the_web_is_as_wide_as_issue_3_asks() -> None:
    """At least eight sites, the six UN languages, every kind of way in, an address each."""
    assert len(SITES) >= 8
    assert {site.language for site in SITES.values()} == {"en", "fr", "es", "ru", "ar", "zh"}
    kinds = {feed.kind for site in SITES.values() for feed in site.feeds}
    assert kinds == {"rss", "atom", "json_feed", "news_sitemap", "listing"}
    assert len({site.address for site in SITES.values()}) == len(SITES)


@pytest.mark.parametrize("name", play_names())
def test_every_play_can_be_played_to_its_end(name: str) -> None:
    """All texts, copies and corrections that a play names are there and fit."""
    room = Newsroom(load_play(name))
    while not room.finished:
        room.advance()


def test_no_article_lies_about_unplayed() -> None:
    """Every article file appears in a play, and was published before its tick."""
    played: dict[str, datetime] = {}
    for name in play_names():
        played |= {article: tick.at for tick in load_play(name).ticks for article in tick.publish}
    written = {f"{path.parent.name}/{path.stem}" for path in ARTICLES.glob("*/*.yml")}
    assert written == set(played)
    assert [article for article, at in played.items() if load_text(article).published > at] == []


def test_an_unchanged_feed_answers_304_to_its_etag_and_to_its_date(newsroom: Newsroom) -> None:
    """Either condition alone gets 304 without a body, and 200 again once something has appeared."""
    _, headers, body = fetch(newsroom, "hudson-dispatch", "/feeds/world.atom")
    by_tag = {"If_None_Match": headers["ETag"]}
    by_date = {"If_Modified_Since": headers["Last-Modified"]}
    for condition in (by_tag, by_date):
        assert fetch(newsroom, "hudson-dispatch", "/feeds/world.atom", **condition)[::2] == (304, b"")
    newsroom.advance("second-outlet")
    for condition in (by_tag, by_date):
        status, _, new_body = fetch(newsroom, "hudson-dispatch", "/feeds/world.atom", **condition)
        assert status == 200
        assert new_body != body


def test_an_etag_outweighs_a_date(newsroom: Newsroom) -> None:
    """With both conditions sent only the ETag counts (RFC 9110)."""
    _, headers, _ = fetch(newsroom, "neva-wire", "/rss/all.xml")
    conditions = {"If_None_Match": '"other"', "If_Modified_Since": headers["Last-Modified"]}
    assert fetch(newsroom, "neva-wire", "/rss/all.xml", **conditions)[0] == 200


@pytest.mark.parametrize("site", SITES.values(), ids=lambda site: site.id)
def test_every_feed_lists_what_stands_on_the_site(newsroom: Newsroom, site: Site) -> None:
    """Each way in names the URLs of all the site's articles, newest first where it is a feed."""
    expected = [newsroom.url(f"{edition.site}/{edition.slug}") for edition in newsroom.editions(site.id)]
    assert expected
    for feed in site.feeds:
        _, headers, body = fetch(newsroom, site.id, feed.path)
        if feed.kind in ("rss", "atom"):
            parsed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
            assert not parsed.bozo
            found = [entry.link.partition("?")[0] for entry in parsed.entries]
        elif feed.kind == "json_feed":
            found = [item["url"] for item in json.loads(body)["items"]]
        else:
            text = body.decode(site.charset)
            found = [url for url in expected if url.partition(f":{newsroom.port}")[2] in text]
        assert found == expected


@pytest.mark.parametrize("site", SITES.values(), ids=lambda site: site.id)
def test_pages_have_furniture_that_is_not_the_article(newsroom: Newsroom, site: Site) -> None:
    """Every page holds its article's last paragraph, and round it the headlines, footer and cookie banner."""
    edition = newsroom.editions(site.id)[0]
    _, headers, body = fetch(newsroom, site.id, path_of(newsroom, f"{site.id}/{edition.slug}"))
    assert headers["Content-Type"] == f"text/html; charset={site.charset}"
    tree = lxml.html.fromstring(body.decode(site.charset))
    text = " ".join("".join(str(piece) for piece in tree.itertext()).split())
    for words in (edition.paragraphs[-1], *site.furniture.headlines, site.furniture.footer[0], site.furniture.cookies):
        assert words in text


def test_a_correction_changes_page_feed_and_date() -> None:
    """After a correction the page says the new thing, and both page and feed have changed."""
    with Newsroom(load_play("correction")) as room:
        path = path_of(room, "hudson-dispatch/wrong-number-of-abstentions")
        before = fetch(room, "hudson-dispatch", path)
        feed_before = fetch(room, "hudson-dispatch", "/feeds/world.atom")
        room.advance("corrected")
        after = fetch(room, "hudson-dispatch", path)
        assert b"30 abstentions" in before[2]
        assert b"33 abstentions" in after[2]
        dates = [parsedate_to_datetime(headers["Last-Modified"]) for _, headers, _ in (before, after)]
        assert dates[0] < dates[1]
        assert fetch(room, "hudson-dispatch", "/feeds/world.atom")[2] != feed_before[2]


def test_the_log_tells_what_was_asked(newsroom: Newsroom) -> None:
    """Path, conditions, status and visitor of each request are in the site's log, and in no other's."""
    fetch(newsroom, "neva-wire", "/robots.txt", User_Agent="visitor", If_None_Match='"x"')
    fetch(newsroom, "neva-wire", "/nowhere")
    first, second = newsroom.logs["neva-wire"].requests()
    assert (first.path, first.status, first.user_agent, first.conditional) == ("/robots.txt", 200, "visitor", True)
    assert (second.status, second.conditional, second.in_flight) == (404, False, 1)
    assert newsroom.logs["neva-wire"].in_flight_max == 1
    assert newsroom.logs["hudson-dispatch"].requests() == ()


@pytest.mark.parametrize("name", OF_ANY_SITE)
def test_a_fault_breaks_one_site_until_it_is_mended(newsroom: Newsroom, name: str) -> None:
    """Each of these faults changes what its site's feed answers, leaves the others alone, and ends when mended."""
    assert callable(load_fault(name))
    whole = fetch(newsroom, "neva-wire", "/rss/all.xml")
    newsroom.break_site("neva-wire", name)
    try:
        assert fetch(newsroom, "neva-wire", "/rss/all.xml")[::2] != whole[::2]
    except (http.client.HTTPException, OSError):
        assert newsroom.logs["neva-wire"].requests()[-1].status is None
    assert fetch(newsroom, "baikal-lenta", "/export/rss.xml")[0] == 200
    newsroom.mend_site("neva-wire")
    assert fetch(newsroom, "neva-wire", "/rss/all.xml")[::2] == whole[::2]


def test_source_files_name_every_way_in(newsroom: Newsroom, tmp_path: Path) -> None:
    """A source file is written for each site, with the port in use and one line for each of its feeds."""
    folder = newsroom.write_sources(tmp_path / "sources")
    assert {path.stem for path in folder.iterdir()} == set(SITES)
    for path in folder.iterdir():
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        ways = [url for way in source["find"] for name, url in way.items() if name != "links"]
        root = f"http://{SITES[path.stem].address}:{newsroom.port}"
        assert ways == [root + feed.path for feed in SITES[path.stem].feeds]
