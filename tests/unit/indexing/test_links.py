"""Links into Kibana."""

import html
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from indexing.dashboards import load_dashboards
from indexing.links import dashboard_link, development_link, development_links, discover_link, kql_phrase
from tests.unit.indexing.builders import make_development, make_milestone, make_statement, make_vote

SINCE, UNTIL = datetime(2024, 12, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)


def parameters(link: str) -> dict[str, object]:
    """What Kibana reads out of a link."""
    (told,) = parse_qs(urlsplit(link).query)["p"]
    read: dict[str, object] = json.loads(told)
    return read


@settings(max_examples=200)
@given(st.text())
def test_any_value_survives_the_way_through_link_and_mail(value: str) -> None:
    """Quotes, ampersands, line ends and other scripts come out as they went in; nothing needs escaping in HTML.

    To Discover, to a dashboard, and to one development.
    """
    base, phrase = "https://kibana.example", f"id : {kql_phrase(value)}"
    for link, kql in (
        (discover_link(base, "articles", kql=value, since=SINCE, until=UNTIL), value),
        (dashboard_link(base, "votes", kql=value, since=SINCE, until=UNTIL), value),
        (development_link(base, value, since=SINCE, until=UNTIL), phrase),
    ):
        assert parameters(link)["query"] == {"query": kql, "language": "kuery"}
        assert parameters(html.unescape(html.escape(link))) == parameters(link)
        assert not set(link) & set("'\"()<> \r\n")
        assert link.isascii()


@settings(max_examples=200)
@given(st.text())
def test_a_phrase_has_no_operators(value: str) -> None:
    """Every quotation mark and backslash of the value is escaped, so the phrase ends where it should."""
    phrase = kql_phrase(value)
    inner = phrase[1:-1]
    assert phrase.startswith('"')
    assert phrase.endswith('"')
    bare = inner.replace("\\\\", "").replace('\\"', "")
    assert '"' not in bare
    assert not bare.endswith("\\")
    assert not set("\r\n\t") & set(inner)


def test_the_window_is_absolute() -> None:
    """A link in a mail of last year still shows last year."""
    link = dashboard_link("https://kibana.example/s/un/", "votes", since=SINCE, until=UNTIL)
    assert link.startswith("https://kibana.example/s/un/app/r?l=DASHBOARD_APP_LOCATOR&v=")
    assert parameters(link)["timeRange"] == {"from": "2024-12-01T00:00:00Z", "to": "2025-01-01T00:00:00Z"}
    assert parameters(link)["dashboardId"] == "convention-watch-votes"


def test_a_development_is_found_by_its_id() -> None:
    """The link shows one development, with its proof."""
    read = parameters(development_link("https://kibana.example", "vote-1", since=SINCE, until=UNTIL))
    assert read["query"] == {"query": 'id : "vote-1"', "language": "kuery"}
    assert "evidence.sentence" in read["columns"]  # type: ignore[operator]


def test_a_development_leads_to_itself_and_to_what_was_around_it() -> None:
    """To the vote's own month, whenever we heard of it; the dashboard of its kind is one that is installed."""
    vote = make_development(make_vote())
    itself, around = development_links("https://kibana.example", vote)
    assert parameters(itself.url)["timeRange"] == {"from": "2024-12-23T15:30:00Z", "to": "2024-12-25T15:30:00Z"}
    assert parameters(around.url)["timeRange"] == {"from": "2019-12-12T00:00:00Z", "to": "2020-01-11T00:00:00Z"}
    for finding in (make_vote(), make_statement(), make_milestone()):
        _, board = development_links("https://kibana.example", make_development(finding))
        assert parameters(board.url)["dashboardId"] in load_dashboards()
