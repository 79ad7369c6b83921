"""The pictures of the dashboards: one for each, small, shown in the documentation, drawn of whatever is answered."""

from pathlib import Path

import lxml.etree
import pytest

from indexing.dashboards import MarkdownPanel, load_dashboards
from indexing.opening import INDEX_PREFIX
from tests.pictures.asking import Answer, Row, fields_of, parts
from tests.pictures.drawing import draw
from tests.pictures.later_years import later_documents
from tests.pictures.shapes import fit, wrap

DOCS = Path(__file__).parents[2] / "docs"
MOST_BYTES = 60_000
DASHBOARDS = load_dashboards()


@pytest.mark.parametrize("key", DASHBOARDS)
def test_every_dashboard_is_shown(key: str) -> None:
    """Its picture is there, small enough for a page, and the page shows it with every panel in it."""
    name = key.removeprefix(f"{INDEX_PREFIX}-")
    picture = (DOCS / "pictures" / f"{name}.svg").read_bytes()
    assert len(picture) < MOST_BYTES
    assert f"(pictures/{name}.svg)" in (DOCS / "kibana.md").read_text(encoding="utf-8")
    said = " ".join(map(str, lxml.etree.fromstring(picture).itertext()))
    assert [panel.id for panel in DASHBOARDS[key].panels if panel.config.title[:15] not in said] == []


@pytest.mark.parametrize("key", DASHBOARDS)
def test_whatever_is_answered_can_be_drawn(key: str) -> None:
    """Nothing, one row, many rows, markup in a name: the picture is well-formed XML."""
    dashboard = DASHBOARDS[key]
    for rows in (0, 1, 60):
        answers = {}
        for panel in dashboard.panels:
            if isinstance(panel, MarkdownPanel) or panel.type == "discover_session":
                continue
            buckets, metrics = parts(panel.config)
            keys = [tuple(f"2020-01-01T<{at}>&" for _ in fields_of(buckets)) for at in range(rows)]
            answers[panel.id] = Answer(rows, tuple(Row(one, (None, *[7.5] * (len(metrics) - 1))) for one in keys), ())
        lxml.etree.fromstring(draw(dashboard, answers, "1d").encode())


def test_the_generated_years_are_the_same_every_time() -> None:
    """Two runs give the same documents, of every collection, each once."""
    first, second = list(later_documents()), list(later_documents())
    assert first == second
    assert len({(one.collection, one.id) for one in first}) == len(first)
    assert len({one.collection for one in first}) == 7


def test_text_is_cut_to_its_room() -> None:
    """What fits stays; what does not ends with a mark; no word is lost in wrapping."""
    assert fit("short", 100) == "short"
    assert fit("a very long heading", 50).endswith("…")
    assert len(fit("联合国大会通过公约", 50)) < len(fit("a very long heading", 50))
    assert " ".join(wrap("one two three four five", 60)) == "one two three four five"
