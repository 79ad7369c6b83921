"""Facets, exports of everything, and the files they are written to."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.cluster import ClusterIndex
from indexing.exporting import COLUMNS, write_csv, write_jsonl
from indexing.index import Index
from indexing.searching import SearchRequest
from tests.unit.indexing.builders import PUBLISHED, make_article_document


def put(index: Index, count: int) -> None:
    """Put articles, one an hour, every seventh undated."""
    list(
        index.put(
            make_article_document(
                f"n{number}",
                published_at=None if number % 7 == 0 else PUBLISHED + timedelta(hours=number),
                source=f"source-{number % 3}",
                language="en" if number % 2 else "ru",
            )
            for number in range(count)
        )
    )
    index.refresh()


def test_facets_count_what_matches(index: Index) -> None:
    """Each value with its count, commonest first, whatever the limit; only of what the filters leave."""
    put(index, 10)
    answer = index.search(SearchRequest(limit=1, languages=("ru",), facets=("source", "language", "speakers")))
    assert answer.facets == {
        "source": (("source-0", 2), ("source-2", 2), ("source-1", 1)),
        "language": (("ru", 5),),
        "speakers": (),
    }


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_an_export_has_everything_once_and_in_order(index: Index, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page after page, undated articles too, none twice and none left out."""
    monkeypatch.setattr("indexing.cluster.PAGE", 7)
    put(index, 40)
    exported = list(index.export(SearchRequest("convention", order=order, limit=1)))  # type: ignore[arg-type]
    assert len({document["id"] for document in exported}) == len(exported) == 40
    instants = [document.get("published_at", "") for document in exported]
    dated = [instant for instant in instants if instant]
    if order != "relevance":
        assert instants == [*sorted(dated, reverse=order == "newest"), *[""] * (40 - len(dated))]
    assert exported[0]["body"] == "The General Assembly adopted the convention without a vote."
    assert "by_language" not in exported[0]


def test_an_export_of_nothing(index: Index) -> None:
    """A query that finds nothing, or has no words, exports nothing."""
    put(index, 2)
    assert list(index.export(SearchRequest("nowhere"))) == list(index.export(SearchRequest("&"))) == []


@pytest.mark.elasticsearch
def test_an_export_shows_one_moment(cluster: ClusterIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written meanwhile neither shifts pages nor appears."""
    monkeypatch.setattr("indexing.cluster.PAGE", 5)
    put(cluster, 12)
    exporting: Iterator[object] = cluster.export(SearchRequest(order="newest"))
    first = [next(exporting) for _ in range(3)]
    list(cluster.put(make_article_document(f"late{n}", published_at=PUBLISHED + timedelta(days=9)) for n in range(9)))
    cluster.refresh()
    assert len(first) + len(list(exporting)) == 12


def test_a_table_has_a_heading_and_one_row_for_each_article() -> None:
    """Several values share a cell, unknown ones are empty."""
    file = io.StringIO(newline="")
    document = {"title": 'A "quoted", title', "kinds": ["statement", "vote"], "on_topic": True, "lag_seconds": -5}
    assert write_csv([document], file) == 1
    (row,) = csv.DictReader(io.StringIO(file.getvalue()))
    assert tuple(row) == COLUMNS
    assert row["title"] == 'A "quoted", title'
    assert (row["kinds"], row["on_topic"], row["lag_seconds"], row["id"]) == ("statement; vote", "true", "-5", "")


@given(st.text(max_size=30), st.sampled_from(["=", "+", "-", "@", "\t", "\r", "=cmd|' /C calc'!A0", "＝1"]))
def test_no_cell_is_a_formula(text: str, beginning: str) -> None:
    """Whatever a page calls itself, a spreadsheet shows it and does not run it; nothing is lost."""
    file = io.StringIO(newline="")
    write_csv([{"title": beginning + text}], file)
    (row,) = csv.DictReader(io.StringIO(file.getvalue(), newline=""))
    assert row["title"] == "'" + beginning + text


def test_documents_are_written_whole_a_line_each() -> None:
    """Line ends inside a text do not end the line."""
    file = io.StringIO()
    documents = [{"title": "one\ntwo", "body": "ООН"}, {"title": "three"}]
    assert write_jsonl(documents, file) == 2
    assert [json.loads(line) for line in file.getvalue().splitlines()] == documents
