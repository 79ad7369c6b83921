"""Kibana's dashboards and data views as code: the JSON files under ``kibana/``, read through strict models.

The models are the part of the Dashboards API of Kibana 9.5 that we send; what they do not know is refused here, because
Kibana refuses it too.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from indexing.charts import DataViewReference, Kql, MetricChart, Part, Table, XyChart
from indexing.opening import INDEX_PREFIX

FOLDER = Path(__file__).parent / "kibana"
ENDING = ".dashboard.json"
GRID_WIDTH = 48


class Sort(Part):
    """The order of documents."""

    name: str
    direction: Literal["asc", "desc"]


class Tab(Part):
    """A list of documents."""

    data_source: DataViewReference
    query: Kql | None = None
    column_order: Annotated[tuple[str, ...], Field(min_length=1)]
    sort: Annotated[tuple[Sort, ...], Field(min_length=1)]
    rows_per_page: Literal[10, 25, 50, 100, 250, 500]
    row_height: Annotated[int, Field(ge=1, le=20)] | Literal["auto"]


class Session(Part):
    """The documents themselves, as Discover shows them."""

    title: str
    description: str
    tabs: Annotated[tuple[Tab, ...], Field(min_length=1, max_length=1)]


class Markdown(Part):
    """Words for the reader. ``settings`` is required, if empty."""

    title: str
    content: str
    settings: dict[Literal["open_links_in_new_tab"], bool]


class Place(Part):
    """Where a panel stands on a grid of 48 columns."""

    x: Annotated[int, Field(ge=0, lt=GRID_WIDTH)]
    y: Annotated[int, Field(ge=0)]
    w: Annotated[int, Field(ge=1, le=GRID_WIDTH)]
    h: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.x + self.w > GRID_WIDTH:
            raise ValueError(f"reaches beyond column {GRID_WIDTH}")
        return self


class ChartPanel(Part):
    """A panel with a chart."""

    id: str
    type: Literal["vis"]
    grid: Place
    config: Annotated[MetricChart | XyChart | Table, Field(discriminator="type")]


class SessionPanel(Part):
    """A panel with documents."""

    id: str
    type: Literal["discover_session"]
    grid: Place
    config: Session


class MarkdownPanel(Part):
    """A panel with words."""

    id: str
    type: Literal["markdown"]
    grid: Place
    config: Markdown


Panel = Annotated[ChartPanel | SessionPanel | MarkdownPanel, Field(discriminator="type")]


class ControlSort(Part):
    """The order of a control's choices."""

    by: Literal["_count", "_key"]
    direction: Literal["asc", "desc"]


class ControlConfig(Part):
    """What a control chooses among."""

    title: str
    data_view_id: str
    field_name: str
    selected_options: tuple[str, ...]
    single_select: bool
    sort: ControlSort


class Control(Part):
    """A choice on top of a dashboard."""

    id: str
    type: Literal["options_list_control"]
    width: Literal["small", "medium", "large"]
    grow: bool
    config: ControlConfig


class Dashboard(Part):
    """One dashboard as it is sent; its id is that of the file."""

    title: str
    description: str
    time_range: dict[Literal["from", "to"], str]
    refresh_interval: dict[Literal["pause", "value"], bool | int]
    query: Kql
    options: dict[str, bool]
    pinned_panels: tuple[Control, ...]
    panels: Annotated[tuple[Panel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        ids = [panel.id for panel in (*self.panels, *self.pinned_panels)]
        if len(set(ids)) < len(ids) or len(ids) >= 100:
            raise ValueError("has two panels of one id, or a hundred panels")
        taken: set[tuple[int, int]] = set()
        for panel in self.panels:
            place = panel.grid
            cells = {(x, y) for x in range(place.x, place.x + place.w) for y in range(place.y, place.y + place.h)}
            if cells & taken:
                raise ValueError(f"panel {panel.id} overlaps another")
            taken |= cells
        return self


class DataView(Part):
    """What Kibana calls an index: ``title`` is the alias it reads."""

    id: str
    title: str
    name: str
    timeFieldName: str  # noqa: N815 - Kibana's word
    fieldFormats: dict[str, dict[str, Any]]  # noqa: N815 - Kibana's word


def load_dashboards() -> dict[str, Dashboard]:
    """Return all dashboards by id."""
    files = {file.name.removesuffix(ENDING): file for file in sorted(FOLDER.glob(f"*{ENDING}"))}
    return {
        f"{INDEX_PREFIX}-{name}": Dashboard.model_validate_json(file.read_text(encoding="utf-8"))
        for name, file in files.items()
    }


def load_data_views() -> tuple[DataView, ...]:
    """Return all data views."""
    return tuple(DataView.model_validate(view) for view in json.loads((FOLDER / "data_views.json").read_text()))
