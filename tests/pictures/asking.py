"""What Kibana would ask Elasticsearch for a panel, made from it as its documentation says, and the answer read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from indexing.charts import Bucket, Count, DateHistogram, FieldMetric, Kql, Metric, MetricChart, Table, XyChart
from indexing.dashboards import ChartPanel, Dashboard, Session, SessionPanel
from indexing.opening import INDEX_PREFIX

AGGREGATIONS = {"unique_count": "cardinality", "average": "avg", "median": "percentiles"}
ROWS = 25


@dataclass(frozen=True)
class Row:
    """One line of an answer: the values of its buckets, outermost first, and its numbers (None: nothing there)."""

    keys: tuple[str, ...]
    numbers: tuple[float | str | None, ...]


@dataclass(frozen=True)
class Answer:
    """What a panel shows: how many documents match, the rows of a chart, or the documents of a list."""

    total: int
    rows: tuple[Row, ...]
    documents: tuple[dict[str, Any], ...]


def ask(
    client: Elasticsearch, prefix: str, dashboard: Dashboard, panel: ChartPanel | SessionPanel, step: str
) -> Answer:
    """Ask what a panel asks, without bounds of time; spans of time are a ``step`` (1d, 1M, 1y) long."""
    config = panel.config
    if isinstance(config, Session):
        (tab,) = config.tabs
        index = tab.data_source.ref_id.replace(INDEX_PREFIX, prefix)
        sort = [{one.name: {"order": one.direction, "missing": "_last"}} for one in tab.sort]
        query = question(dashboard.query, tab.query)
        answer = client.search(index=index, query=query, sort=sort, size=ROWS, track_total_hits=True)
        hits = answer["hits"]
        return Answer(hits["total"]["value"], (), tuple(hit["_source"] for hit in hits["hits"]))
    layer = config.layers[0] if isinstance(config, XyChart) else config
    index = layer.data_source.ref_id.replace(INDEX_PREFIX, prefix)
    buckets, metrics = parts(config)
    aggregations = nest(buckets, numbers(metrics), step)
    query = question(dashboard.query, config.query)
    answer = client.search(index=index, query=query, aggs=aggregations or None, size=0, track_total_hits=True)
    total = answer["hits"]["total"]["value"]
    found = {**answer.get("aggregations", {}), "doc_count": total}
    return Answer(total, tuple(read(found, len(fields_of(buckets)), metrics, ())), ())


def question(*queries: Kql | None) -> dict[str, Any]:
    """Queries of Kibana's in Elasticsearch's terms; those of our dashboards are few and simple."""
    asked = [query.expression for query in queries if query and query.expression]
    words = {" : ": ":", "not ": "NOT ", " and ": " AND ", " or ": " OR "}
    translated = []
    for expression in asked:
        for kibana, lucene in words.items():
            expression = expression.replace(kibana, lucene)
        translated.append({"query_string": {"query": expression.replace(" not ", " NOT ")}})
    return {"bool": {"filter": translated}}


def parts(chart: MetricChart | XyChart | Table) -> tuple[list[Bucket], tuple[Metric, ...]]:
    """The buckets of a chart, outermost first, and its numbers."""
    if isinstance(chart, MetricChart):
        return [], chart.metrics
    if isinstance(chart, XyChart):
        (layer,) = chart.layers
        return [layer.x, layer.breakdown_by] if layer.breakdown_by else [layer.x], layer.y
    return list(chart.rows), chart.metrics


def fields_of(buckets: Sequence[Bucket]) -> list[tuple[Bucket, str]]:
    """Each field that buckets are made of, outermost first."""
    return [
        (bucket, field)
        for bucket in buckets
        for field in ((bucket.field,) if isinstance(bucket, DateHistogram) else bucket.fields)
    ]


def nest(buckets: Sequence[Bucket], inner: dict[str, Any], step: str) -> dict[str, Any]:
    """The aggregations of buckets within buckets, with ``inner`` at the bottom."""
    for bucket, field in reversed(fields_of(buckets)):
        if isinstance(bucket, DateHistogram):
            kind = {"date_histogram": {"field": field, "calendar_interval": step, "min_doc_count": 1}}
        else:
            kind = {"terms": {"field": field, "size": bucket.limit}}
        inner = {"buckets": {**kind, "aggs": inner}}
    return inner


def numbers(metrics: Sequence[Metric]) -> dict[str, Any]:
    """The aggregations that make the numbers; a count needs none."""
    return {
        f"m{at}": {AGGREGATIONS.get(metric.operation, metric.operation): {"field": metric.field}}
        for at, metric in enumerate(metrics)
        if isinstance(metric, FieldMetric)
    }


def read(answer: dict[str, Any], depth: int, metrics: Sequence[Metric], keys: tuple[str, ...]) -> Iterator[Row]:
    """The rows of an answer with ``depth`` levels of buckets."""
    if not depth:
        yield Row(keys, tuple(number(answer, at, metric) for at, metric in enumerate(metrics)))
        return
    for bucket in answer["buckets"]["buckets"]:
        key = str(bucket.get("key_as_string", bucket["key"]))
        yield from read(bucket, depth - 1, metrics, (*keys, key))


def number(answer: dict[str, Any], at: int, metric: Metric) -> float | str | None:
    """One number of one bucket; of an instant its day."""
    if isinstance(metric, Count):
        return int(answer["doc_count"])
    told = answer[f"m{at}"]
    if "values" in told:
        median: float | None = told["values"]["50.0"]
        return median
    if metric.operation in ("min", "max") and "value_as_string" in told:
        return str(told["value_as_string"])[:10]
    value: float | None = told["value"]
    return value
