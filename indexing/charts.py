"""Charts of Kibana's dashboards: strict models of the part of the Dashboards API of Kibana 9.5 that we send."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """Any part of a dashboard: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Kql(Part):
    """A query in Kibana's own language."""

    expression: str
    language: Literal["kql"]


class DataViewReference(Part):
    """The data view a panel reads."""

    type: Literal["data_view_reference"]
    ref_id: str


class RankByMetric(Part):
    """The order of terms: by one of the panel's metrics."""

    type: Literal["metric"]
    metric_index: Annotated[int, Field(ge=0)]
    direction: Literal["asc", "desc"]


class RankByName(Part):
    """The order of terms: by their names."""

    type: Literal["alphabetical"]
    direction: Literal["asc", "desc"]


class Terms(Part):
    """The commonest values of a field."""

    operation: Literal["terms"]
    fields: Annotated[tuple[str, ...], Field(min_length=1, max_length=4)]
    limit: Annotated[int, Field(ge=1, le=1000)]
    label: str | None = None
    rank_by: Annotated[RankByMetric | RankByName, Field(discriminator="type")]


class DateHistogram(Part):
    """Spans of time."""

    operation: Literal["date_histogram"]
    field: str
    suggested_interval: Literal["auto", "1d", "1w", "1M", "1y"]
    label: str | None = None


Bucket = Annotated[Terms | DateHistogram, Field(discriminator="operation")]


class Count(Part):
    """How many documents."""

    operation: Literal["count"]
    label: str
    type: Literal["primary", "secondary"] | None = None


class FieldMetric(Part):
    """A number made of the values of a field."""

    operation: Literal["unique_count", "average", "sum", "min", "max", "median"]
    field: str
    label: str
    type: Literal["primary", "secondary"] | None = None


Metric = Annotated[Count | FieldMetric, Field(discriminator="operation")]


class Drilldown(Part):
    """Where a click leads: another dashboard, with the value clicked as a filter. ``trigger`` is required."""

    type: Literal["dashboard_drilldown"]
    dashboard_id: str
    label: str
    trigger: Literal["on_apply_filter"]
    use_filters: bool
    use_time_range: bool
    open_in_new_tab: bool


class Chart(Part):
    """What every chart has."""

    title: str
    description: str
    query: Kql | None = None
    drilldowns: tuple[Drilldown, ...] | None = None


class MetricChart(Chart):
    """One large number."""

    type: Literal["metric"]
    data_source: DataViewReference
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1, max_length=2)]


class Layer(Part):
    """One set of bars or lines."""

    type: Literal["bar", "bar_stacked", "bar_horizontal", "line", "area_stacked"]
    data_source: DataViewReference
    x: Bucket
    y: Annotated[tuple[Metric, ...], Field(min_length=1)]
    breakdown_by: Bucket | None = None


class XyChart(Chart):
    """Bars or lines over an axis."""

    type: Literal["xy"]
    axis: dict[Literal["x", "y", "y2"], dict[str, Any]]
    legend: dict[str, Any]
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]


class TableSort(Part):
    """The column a table is sorted by."""

    column_type: Literal["metric", "row"]
    index: Annotated[int, Field(ge=0)]
    direction: Literal["asc", "desc"]


class TableStyle(Part):
    """How a table is shown."""

    paging: Literal[10, 20, 30, 50, 100]
    sort_by: TableSort


class Table(Chart):
    """Numbers for each value of some fields."""

    type: Literal["data_table"]
    data_source: DataViewReference
    rows: Annotated[tuple[Bucket, ...], Field(min_length=1)]
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1)]
    styling: TableStyle
