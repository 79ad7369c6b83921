"""Every panel's question, asked of a real Elasticsearch with data in it: it is understood, and its answer not empty.

Kibana cannot run here; what it would ask is made from the panel as its documentation says.
"""

from typing import Any

import pytest

from indexing.charts import Count, DateHistogram, FieldMetric, Kql, MetricChart, Table, Terms, XyChart
from indexing.cluster import ClusterIndex
from indexing.dashboards import SessionPanel, load_dashboards
from indexing.describing import describe_article, describe_development
from indexing.documents import make_document
from tests.unit.indexing.builders import (
    make_article,
    make_development,
    make_examination,
    make_indexable,
    make_milestone,
    make_sighting,
    make_statement,
    make_vote,
)

pytestmark = pytest.mark.elasticsearch


def fill(index: ClusterIndex) -> None:
    """Put something of each kind, with every field that a panel shows."""
    article = make_article("one", language="ru")
    summary = make_article("two", text_scope="summary")
    findings = (make_vote(), make_statement(), make_milestone())
    examination = make_examination(article, *findings)
    documents = [
        make_document("articles", describe_article(make_indexable(article, examination)), 1),
        make_document("articles", describe_article(make_indexable(summary, make_examination(summary, make_vote()))), 1),
    ]
    for number, (finding, status) in enumerate(
        [(one, status) for one in findings for status in ("reported", "corroborated", "contradicted")]
    ):
        sighting = make_sighting(article, finding)
        development = make_development(finding, sighting, id=f"d{number}", status=status)
        documents.append(make_document("developments", describe_development(development), 1))
    assert {putting.state for putting in index.put(documents)} == {"indexed"}
    index.refresh()


def question(*queries: Kql | None) -> dict[str, Any]:
    """Queries of Kibana's in Elasticsearch's terms; those of our dashboards are few and simple."""
    asked = [query.expression for query in queries if query]
    words = {" : ": ":", "not ": "NOT ", " and ": " AND ", " or ": " OR "}
    translated = []
    for expression in asked:
        for kibana, lucene in words.items():
            expression = expression.replace(kibana, lucene)
        translated.append({"query_string": {"query": expression.replace(" not ", " NOT ")}})
    return {"bool": {"filter": translated}}


def bucket(part: Terms | DateHistogram, inner: dict[str, Any]) -> dict[str, Any]:
    """The aggregation that makes the buckets."""
    if isinstance(part, DateHistogram):
        made = {"date_histogram": {"field": part.field, "calendar_interval": "1d", "min_doc_count": 1}}
        return {"buckets": {**made, "aggs": inner}}
    for field in reversed(part.fields):
        inner = {"buckets": {"terms": {"field": field, "size": part.limit}, "aggs": inner}}
    return inner


def numbers(metrics: tuple[Count | FieldMetric, ...]) -> dict[str, Any]:
    """The aggregations that make the numbers; a count needs none."""
    names = {"unique_count": "cardinality", "average": "avg", "median": "percentiles"}
    return {
        f"m{at}": {names.get(metric.operation, metric.operation): {"field": metric.field}}
        for at, metric in enumerate(metrics)
        if isinstance(metric, FieldMetric)
    }


def aggregations(chart: MetricChart | XyChart | Table) -> dict[str, Any]:
    """What a chart counts."""
    if isinstance(chart, MetricChart):
        return numbers(chart.metrics)
    if isinstance(chart, XyChart):
        (layer,) = chart.layers
        inner = numbers(layer.y)
        return bucket(layer.x, bucket(layer.breakdown_by, inner) if layer.breakdown_by else inner)
    inner = numbers(chart.metrics)
    for row in reversed(chart.rows):
        inner = bucket(row, inner)
    return inner


def empty_parts(answer: dict[str, Any]) -> list[str]:
    """The numbers and buckets of an answer that hold nothing."""
    found = []
    for name, part in answer.items():
        if not isinstance(part, dict):
            continue
        if "buckets" in part:
            found += (
                [name]
                if not part["buckets"]
                else [inner for one in part["buckets"] for inner in empty_parts(one) if inner == "buckets"]
            )
        elif "value" in part and part["value"] is None:
            found.append(name)
    return found


def test_every_panel_has_an_answer(whole_cluster: ClusterIndex) -> None:
    """No chart, number, table or list of any dashboard is empty or refused when there is data for it."""
    cluster = whole_cluster
    fill(cluster)
    empty = []
    for key, dashboard in load_dashboards().items():
        for panel in dashboard.panels:
            if panel.type == "markdown":
                continue
            if isinstance(panel, SessionPanel):
                (tab,) = panel.config.tabs
                view, query, counted = tab.data_source.ref_id, tab.query, None
            else:
                chart = panel.config
                view = (chart.layers[0] if isinstance(chart, XyChart) else chart).data_source.ref_id
                query, counted = chart.query, aggregations(chart)
            index = view.replace("convention-watch", cluster.prefix)
            answer = cluster.client.search(index=index, query=question(dashboard.query, query), aggs=counted or None)
            if not answer["hits"]["total"]["value"] or empty_parts(answer.get("aggregations", {})):
                empty.append((key, panel.id))
    assert empty == []
