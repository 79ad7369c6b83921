"""Network time is bounded for each way in and each source, counted, and what it leaves undone is had later."""

import pytest

from crawlers.fetching.budget import Budget, OutOfTime
from tests.unit.crawlers.newsstand import Newsstand, report, rss
from tests.unit.crawlers.serving import Answer, Site


def test_a_budget_bounds_each_request_by_what_is_left() -> None:
    """The last request may take what is left; after that none is begun."""
    budget = Budget(30)
    assert budget.bound(20) == 20
    budget.spend(20)
    assert budget.bound(20) == 10
    budget.spend(10)
    with pytest.raises(OutOfTime, match="30 seconds"):
        budget.bound(20)


def test_a_slow_source_is_cut_off_counted_and_had_later(site: Site, newsstand: Newsstand) -> None:
    """Slow rules and a slow feed share one budget; pages that no time is left for are dropped with a word, for now."""
    items = [
        {"title": f"T{n}", "link": f"{site.url}/a/{n}", "pubDate": "Fri, 27 Dec 2019 23:10:00 GMT"} for n in (1, 2, 3)
    ]
    site.answers = {
        "/robots.txt": Answer(b"", seconds=1.2, content_type="text/plain"),
        "/rss": Answer(rss(*items), seconds=9),
    } | {f"/a/{n}": Answer(report(n), seconds=9) for n in (1, 2, 3)}
    newsstand.add("one", {"feed": f"{site.url}/rss"})
    done = newsstand.crawl(ways_seconds=2.0)["one"]
    assert (done["state"], 1.9 < done["network_seconds"] < 5) == ("unreachable", True)
    for answer in site.answers.values():
        answer.seconds = 0 if answer is site.answers["/rss"] else 9
    done = newsstand.crawl("--all", source_seconds=2.0)["one"]
    assert done["dropped"] == {"unreachable": 1, "no_time": 2}
    for answer in site.answers.values():
        answer.seconds = 0
    assert newsstand.crawl("--all")["one"]["stored"] == 3


def test_a_way_that_hangs_keeps_no_other_from_being_asked(site: Site, newsstand: Newsstand) -> None:
    """It takes the time of the source's ways; the other is not blamed for that, and goes first in the next pass."""
    site.answers = {
        "/slow": Answer(rss(), seconds=9),
        "/rss": Answer(rss({"title": "T", "link": f"{site.url}/a/1"})),
        "/a/1": Answer(report(1)),
    }
    newsstand.add("one", {"feed": f"{site.url}/slow"}, {"feed": f"{site.url}/rss"})
    done = newsstand.crawl(ways_seconds=1.0)["one"]
    assert (done["state"], site.paths()) == ("unreachable", ["/slow"])
    site.asked.clear()
    assert newsstand.crawl("--all", ways_seconds=2.0)["one"]["stored"] == 1
    assert site.paths()[:2] == ["/rss", "/slow"]


def test_a_budget_within_another_takes_from_both() -> None:
    """What ways in may take is bounded by itself and by what the source has left."""
    in_all = Budget(30)
    ways = Budget(20, in_all)
    in_all.spend(15)
    assert ways.bound(30) == 15
    ways.spend(15)
    assert in_all.spent == 30
    with pytest.raises(OutOfTime):
        ways.bound(30)
