"""Every panel's question, asked of a real Elasticsearch with data in it: it is understood, and its answer not empty.

Kibana cannot run here; what it would ask is made from the panel as its documentation says.
"""

from datetime import timedelta

import pytest

from indexing.cluster import ClusterIndex
from indexing.dashboards import MarkdownPanel, SessionPanel, load_dashboards
from indexing.describing import describe_article, describe_development
from indexing.describing_findings import COLLECTION_OF_KIND, describe_finding
from indexing.describing_operations import describe_pass, describe_pulse
from indexing.documents import make_document
from ledger.pulses import Pulse
from ledger.sources import KeptPass, SourcePass, State
from tests.pictures.asking import ask
from tests.unit.indexing.builders import (
    FETCHED,
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
        sighting = make_sighting(article, finding, sentence="Russia spoke, Viet Nam signed, 79 voted.")
        untold = "it was known before" if status == "reported" else None
        event = make_development(finding, sighting, id=f"d{number}", status=status, not_told_because=untold)
        documents.append(make_document("developments", describe_development(event), 1))
        documents.append(make_document(COLLECTION_OF_KIND[event.kind], describe_finding(event), 1))
    passes: list[tuple[State, dict[str, int], str | None]] = [
        ("ok", {}, None),
        ("blocked", {"undated": 1}, "a login page"),
    ]
    for number, (state, dropped, error) in enumerate(passes):
        one = SourcePass(
            "tass", state, FETCHED, FETCHED + timedelta(seconds=9), 3, 1, 1, 1 - len(dropped), dropped, error, 1.5
        )  # fmt: skip
        documents.append(make_document("passes", describe_pass(KeptPass(number, one)), 1))
    states = {"tass": "silent", "gazette": "blocked", "herald": "ok"}
    documents.append(make_document("pulses", describe_pulse(Pulse(1, FETCHED, 1, 60, 0, 1, 60, 0, 4, 0, states)), 1))
    assert {putting.state for putting in index.put(documents)} == {"indexed"}
    index.refresh()


def test_every_panel_has_an_answer(whole_cluster: ClusterIndex) -> None:
    """No chart, number, table or list of any dashboard is empty or refused when there is data for it."""
    fill(whole_cluster)
    empty: list[tuple[str, ...]] = []
    for key, dashboard in load_dashboards().items():
        for panel in dashboard.panels:
            if isinstance(panel, MarkdownPanel):
                continue
            answer = ask(whole_cluster.client, whole_cluster.prefix, dashboard, panel, "1d")
            without = [row for row in answer.rows if row.keys == () and None in row.numbers]
            if not answer.total or without or not (answer.rows or answer.documents):
                empty.append((key, panel.id))
            if isinstance(panel, SessionPanel):
                (tab,) = panel.config.tabs
                shown = {name.partition(".")[0] for document in answer.documents for name in document}
                empty += [(key, panel.id, name) for name in tab.column_order if name.partition(".")[0] not in shown]
    assert empty == []
