"""The doctor: one line for each part, true, with what to do; the sources are asked when that is wanted."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.contract.test_commands import call
from tests.unit.crawlers.newsstand import Newsstand, rss
from tests.unit.crawlers.serving import Answer, Site, serving
from watch.diagnosis import REMEDIES, Diagnosis, ill
from watch.doctor import examine_parts
from watch.settings import Settings

ITEM = {"title": "T", "link": "https://example.org/a/1", "pubDate": "Fri, 27 Dec 2019 23:10:00 GMT"}


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed, a page in its place, and a challenge."""
    with serving() as running:
        running.answers = {
            "/rss": Answer(rss(ITEM, {**ITEM, "link": "https://example.org/a/2"})),
            "/page": Answer(b"<html><body><p>All our news</p></body></html>"),
        }
        yield running


def lines(home: Path, newsstand: Newsstand, **settings: str) -> tuple[int, dict[str, dict[str, object]]]:
    """What `doctor --sources` says of each part, and its exit status."""
    given = {"SOURCES": str(newsstand.folder), "ALLOW_NETWORKS": "127.0.0.0/8", **settings}
    done = call(home, "doctor", "--sources", "--json", **given)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {
        f"{one['part']} {at}" if one["part"] == "clock" else one["part"]: one for at, one in enumerate(said)
    }


def test_each_source_is_asked_and_nothing_is_kept(tmp_path: Path, site: Site) -> None:
    """One line each: what it answered, and what to do; no article's page is asked for; a clock that is off is told."""
    newsstand = Newsstand(tmp_path)
    newsstand.add("good", {"feed": f"{site.url}/rss"})
    for name, path in (("lost", "none"), ("wrong", "page")):
        newsstand.add(name, {"feed": f"{site.url}/{path}"})
    now = datetime.now(UTC)
    for path in (*site.answers, "/robots.txt", "/none"):
        answer = site.answers.setdefault(path, Answer(status=404))
        answer.headers["Date"] = format_datetime(now + timedelta(hours=1), usegmt=True)
    status, said = lines(tmp_path / "home", newsstand)
    assert status == 1
    assert said["source good"] == {"part": "source good", "well": True, "said": "ok, 2 entries", "remedy": None}
    assert [said[f"source {name}"]["remedy"] for name in ("lost", "wrong")] == [
        REMEDIES["gone"],
        REMEDIES["parse_error"],
    ]
    *_, clock = said.values()
    assert (clock["well"], clock["remedy"]) == (False, REMEDIES["clock"])
    assert "is 1:00:0" in str(clock["said"]) or "is 0:59:" in str(clock["said"])
    assert "behind" in str(clock["said"])
    assert sorted(site.paths()) == ["/none", "/page", "/rss"]
    health = call(tmp_path / "home", "sources", "health", "--json", SOURCES=str(newsstand.folder)).stdout
    assert {json.loads(line)["since"] for line in health.splitlines()} == {None}


def test_sources_that_are_well_are_no_failure(tmp_path: Path, site: Site) -> None:
    """Then all is well, and so is the clock."""
    newsstand = Newsstand(tmp_path)
    newsstand.add("good", {"feed": f"{site.url}/rss"})
    status, said = lines(tmp_path / "home", newsstand)
    assert status == 0, said
    assert [one["part"] for one in said.values() if not one["well"]] == []
    *_, clock = said.values()
    assert "agrees with the clocks of" in str(clock["said"])


def airflow(url: str, home: Path) -> Diagnosis:
    """What the doctor says of the Airflow at ``url``."""
    (said,) = [one for one in examine_parts(Settings(home=home, airflow_url=url)) if one.part == "airflow"]
    return said


def test_airflow_is_asked_how_its_parts_are(tmp_path: Path, site: Site) -> None:
    """Healthy, a part that is not, something else at the address, nobody: each its own word."""
    healthy = {part: {"status": "healthy"} for part in ("metadatabase", "scheduler", "dag_processor")}
    for state, well, word in (
        (healthy, True, "are healthy"),
        ({**healthy, "scheduler": {"status": "unhealthy"}}, False, "not healthy: scheduler"),
        ({"status": "up"}, False, "it is not Airflow"),
    ):
        site.answers["/api/v2/monitor/health"] = Answer(json.dumps(state).encode(), content_type="application/json")
        said = airflow(site.url, tmp_path)
        assert (said.well, said.remedy) == (well, None if well else REMEDIES["airflow"])
        assert word in said.said
    assert "refused" in airflow("http://127.0.0.1:9", tmp_path).said


def test_a_diagnosis_is_one_line(tmp_path: Path) -> None:
    """Of many mistakes the first is shown, and how many more there are; each part that can fail has a remedy."""
    assert ill("sources", "a.yml: x\nb.yml: y\nc.yml: z").said == "a.yml: x (and 2 more)"
    parts = {one.part for one in examine_parts(Settings(home=tmp_path))} - {"operator"}
    assert parts <= REMEDIES.keys()
