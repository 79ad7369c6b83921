"""Every dashboard: read by strict models, on fields that exist and can be counted, with ids of its own."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from indexing.dashboards import FOLDER, Dashboard, load_dashboards, load_data_views
from indexing.installing import dashboard_body
from indexing.opening import INDEX_PREFIX
from indexing.schemas import COLLECTIONS, load_schema

DASHBOARDS = load_dashboards()
COUNTABLE = {"keyword", "date", "boolean", "integer", "long", "float"}


def mapped(properties: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every field of a mapping with its type, subfields too."""
    for name, field in properties.items():
        if "properties" in field:
            yield from mapped(field["properties"], f"{path}{name}.")
        else:
            yield path + name, field["type"]
            yield from ((f"{path}{name}.{sub}", part["type"]) for sub, part in field.get("fields", {}).items())


FIELDS = {f"{INDEX_PREFIX}-{name}": dict(mapped(load_schema(name).properties)) for name in COLLECTIONS}


def uses(part: Any, view: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every use of a field in a panel: data view, field, and whether it must be countable."""
    if isinstance(part, list | tuple):
        for item in part:
            yield from uses(item, view)
    elif isinstance(part, dict):
        view = read_view(part) or view
        countable = [part[name] for name in ("field", "field_name") if name in part] + list(part.get("fields", ()))
        countable += [sort["name"] for sort in part.get("sort", ()) if "name" in sort]
        shown = list(part.get("column_order", ())) + asked(part.get("query", {}).get("expression", ""))
        yield from ((view, name, True) for name in countable)
        yield from ((view, name, False) for name in shown)
        for item in part.values():
            yield from uses(item, view)


def read_view(part: dict[str, Any]) -> str | None:
    """The data view a part reads, None when it says nothing of it."""
    source = part.get("data_source") or part.get("layers", [{}])[0].get("data_source", {})
    view: str | None = source.get("ref_id") or part.get("data_view_id")
    return view


def asked(expression: str) -> list[str]:
    """The fields of a query in Kibana's language."""
    return re.findall(r"([\w.]+)\s*:", expression)


@pytest.mark.parametrize("dashboard_id", DASHBOARDS)
def test_every_field_exists_and_can_be_counted(dashboard_id: str) -> None:
    """A chart, a control or a sort on a field that is text or missing would be an error in Kibana only."""
    body = dashboard_body(DASHBOARDS[dashboard_id])
    found = set(uses(body["panels"])) | set(uses(body["pinned_panels"]))
    assert found
    for view, field, countable in found:
        assert field in FIELDS[view], f"{field} is not in {view}"
        assert not countable or FIELDS[view][field] in COUNTABLE, f"{field} cannot be counted"
    views = {view for view, _, _ in found}
    for name in asked(body["query"]["expression"]):
        assert all(name in FIELDS[view] for view in views), f"{name} of the whole dashboard is not in every data view"


@pytest.mark.parametrize("dashboard_id", DASHBOARDS)
def test_panels_and_words_are_complete(dashboard_id: str) -> None:
    """Each chart says in a sentence what it shows, and each dashboard how it is to be read or what it lists."""
    dashboard = DASHBOARDS[dashboard_id]
    assert dashboard.description.endswith(".")
    for panel in dashboard.panels:
        assert panel.config.title
        if panel.type != "markdown":
            assert panel.config.description.endswith(".")
    assert {panel.type for panel in dashboard.panels} >= {"vis", "discover_session"}


def test_data_views_read_the_aliases_on_a_date() -> None:
    """Their ids are those the dashboards name; their time field is a date."""
    views = {view.id: view for view in load_data_views()}
    assert set(views) == set(FIELDS)
    for view in views.values():
        assert view.title == view.id
        assert FIELDS[view.id][view.timeFieldName] == "date"
        assert set(view.fieldFormats) <= set(FIELDS[view.id])


def test_what_kibana_would_refuse_is_refused_here() -> None:
    """An unknown key, an overlap, a panel beyond the grid, two panels of one id."""
    sound = json.loads(next(FOLDER.glob("*.dashboard.json")).read_text())
    first = sound["panels"][0]
    wrong = [
        {**sound, "colour": "red"},
        {**sound, "panels": [{**first, "uid": "old"}]},
        {**sound, "panels": [first, {**first, "id": "other"}]},
        {**sound, "panels": [{**first, "grid": {"x": 40, "y": 0, "w": 12, "h": 4}}]},
        {**sound, "panels": [first, {**first, "grid": {"x": 0, "y": 90, "w": 4, "h": 4}}]},
        {**sound, "panels": []},
    ]
    Dashboard.model_validate(sound)
    for body in wrong:
        with pytest.raises(ValidationError):
            Dashboard.model_validate(body)
