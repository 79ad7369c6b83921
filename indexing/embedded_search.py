"""Searches in the built-in index: words are scored by FTS5, filters are conditions on labels."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from indexing.embedded_filters import Conditions, count_labels, split
from indexing.embedded_words import match_expression
from indexing.equivalents import read_query
from indexing.highlighting import highlight
from indexing.queries import Query
from indexing.searching import FACET_VALUES, Hit, SearchAnswer, SearchRequest, read_cursor, write_cursor

WEIGHTS = "4.0, 1.0, 3.0, 1.0, 0.0"
"""BM25 weights of title, body, title_stems, body_stems, every."""

ORDERS = {
    "relevance": "score DESC, published DESC, id",
    "newest": "published DESC NULLS LAST, id",
    "oldest": "published ASC NULLS LAST, id",
}
FEW = 20_000
"""Rows found of which the labels are looked up one by one; with more, all labels are gone through."""

UNDATED = {"relevance": -1e18, "newest": -1e18, "oldest": 1e18}


def search_articles(conn: sqlite3.Connection, request: SearchRequest) -> SearchAnswer:
    """Return the articles that match the request."""
    query = read_query(request.query)
    if query is None and request.query.strip():
        return SearchAnswer(0, ())
    matching, conditions = _matching(query, request)
    if query is not None or request.facets:
        matching = _keep(conn, matching, conditions)
    total = conn.execute(f"SELECT count(*) FROM ({matching})", conditions.values).fetchone()[0]  # noqa: S608
    facets = {facet: count_labels(conn, facet, FACET_VALUES, few=total < FEW) for facet in request.facets}
    source = _folded(matching, request) if request.collapse else matching
    further = "1"
    if request.after:
        length = 3 if request.order == "relevance" else 2
        further = conditions.after(request.order, read_cursor(request.order, request.after, length))
    rows = conn.execute(
        f"SELECT number, id, published, score FROM ({source}) WHERE {further} "  # noqa: S608
        f"ORDER BY {ORDERS[request.order]} LIMIT :limit",
        {**conditions.values, "limit": request.limit},
    ).fetchall()
    hits = tuple(_hit(_fields(conn, number), score, query) for number, _, _, score in rows)
    return SearchAnswer(total, hits, facets, _next(rows, request))


def export_articles(conn: sqlite3.Connection, request: SearchRequest) -> Iterator[dict[str, Any]]:
    """Yield the document of every article that matches, in order."""
    query = read_query(request.query)
    if query is None and request.query.strip():
        return
    source, conditions = _matching(query, request)
    fields = "(SELECT fields FROM documents WHERE number = found.number)"
    wanted = f"SELECT {fields} FROM ({source}) AS found ORDER BY {ORDERS[request.order]}"  # noqa: S608
    for (document,) in conn.execute(wanted, conditions.values):
        yield json.loads(document)


def _matching(query: Query | None, request: SearchRequest) -> tuple[str, Conditions]:
    """The rows that match, as a query with columns number, id, published, story, score; and its values."""
    conditions = Conditions(request.languages)
    words, rest = split(query)
    told = ["collection = 'articles'", *map(conditions.of_filter, request.filters), *map(conditions.of_query, rest)]
    if words is None:
        source, score = "documents", "0.0"
    else:
        # CROSS: words first. Else SQLite may go through all articles and search the words anew for each of them.
        source = "words CROSS JOIN documents ON documents.number = words.rowid"
        score = f"-bm25(words, {WEIGHTS})" if request.order == "relevance" else "0.0"
        told.append(f"words MATCH {conditions.name(match_expression(words, request.languages))}")
    chosen = f"SELECT number, id, published, story, {score} AS score FROM {source}"  # noqa: S608
    return f"{chosen} WHERE {' AND '.join(told)}", conditions


def _keep(conn: sqlite3.Connection, matching: str, conditions: Conditions) -> str:
    """Find the rows once, for the count, each facet and the hits; they are kept until the next search."""
    conn.execute("DROP TABLE IF EXISTS temp.found")
    conn.execute(f"CREATE TEMP TABLE found AS {matching}", conditions.values)
    return "SELECT * FROM temp.found"


def _fields(conn: sqlite3.Connection, number: int) -> dict[str, Any]:
    """The document of a row; asked for at the end, so that no text is carried through the sorting."""
    row = conn.execute("SELECT fields FROM documents WHERE number = ?", (number,)).fetchone()
    fields: dict[str, Any] = json.loads(row[0])
    return fields


def _folded(matching: str, request: SearchRequest) -> str:
    """The best row of each story, in the order of the request."""
    return f"""
        SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY story ORDER BY {ORDERS[request.order]}) AS nth
        FROM ({matching})) WHERE nth = 1"""  # noqa: S608


def _next(rows: list[tuple[Any, ...]], request: SearchRequest) -> str | None:
    if len(rows) < request.limit:
        return None
    _, last_id, published, score = rows[-1]
    place = [UNDATED[request.order] if published is None else published, last_id]
    return write_cursor(request.order, [score, *place] if request.order == "relevance" else place)


def _hit(fields: dict[str, Any], score: float, query: Query | None) -> Hit:
    language = fields.get("language")
    return Hit(
        url=fields["url"],
        title=fields.get("title", ""),
        source=fields["source"],
        language=language,
        published_at=fields.get("published_at"),
        score=float(f"{score:.6g}"),
        highlights=highlight(query, fields.get("title", ""), fields.get("body", ""), language),
    )
