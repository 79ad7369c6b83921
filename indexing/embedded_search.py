"""Searches in the built-in index: a query becomes an FTS5 expression, a filter a condition on labels."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexing.analysis import Token, stems
from indexing.embedded_tables import fold_label
from indexing.equivalents import read_query
from indexing.highlighting import highlight
from indexing.queries import Either, Every, Phrase, Query, Without, Word, pair_choices, query_words
from indexing.searching import FACET_VALUES, Facet, Hit, SearchAnswer, SearchRequest
from indexing.states import state_code

WEIGHTS = "4.0, 1.0, 3.0, 1.0, 0.0"
"""BM25 weights of title, body, title_stems, body_stems, every."""

ORDERS = {
    "relevance": "score DESC, published DESC, id",
    "newest": "published DESC NULLS LAST, id",
    "oldest": "published ASC NULLS LAST, id",
}


def search_articles(conn: sqlite3.Connection, request: SearchRequest) -> SearchAnswer:
    """Return the articles that match the request."""
    query = read_query(request.query)
    if query is None and request.query.strip():
        return SearchAnswer(0, ())
    matching, values = _matching(query, request)
    source = matching
    total = conn.execute(f"SELECT count(*) FROM ({source})", values).fetchone()[0]  # noqa: S608
    if request.collapse:
        source = f"""
            SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY story ORDER BY {ORDERS[request.order]}) AS nth
            FROM ({source})) WHERE nth = 1"""  # noqa: S608
    rows = conn.execute(
        f"SELECT fields, score FROM ({source}) ORDER BY {ORDERS[request.order]} LIMIT :limit",  # noqa: S608
        {**values, "limit": request.limit},
    )
    hits = tuple(_hit(json.loads(fields), score, query) for fields, score in rows)
    return SearchAnswer(total, hits, {facet: _count(conn, facet, matching, values) for facet in request.facets})


def export_articles(conn: sqlite3.Connection, request: SearchRequest) -> Iterator[dict[str, Any]]:
    """Yield the document of every article that matches, in order."""
    query = read_query(request.query)
    if query is None and request.query.strip():
        return
    source, values = _matching(query, request)
    for (fields,) in conn.execute(f"SELECT fields FROM ({source}) ORDER BY {ORDERS[request.order]}", values):  # noqa: S608
        yield json.loads(fields)


def _count(
    conn: sqlite3.Connection, facet: Facet, matching: str, values: Mapping[str, Any]
) -> tuple[tuple[str, int], ...]:
    counted = conn.execute(
        f"""SELECT min(shown), count(*) AS times FROM labels WHERE field = :facet
        AND document IN (SELECT number FROM ({matching})) GROUP BY value ORDER BY times DESC, value LIMIT :most""",  # noqa: S608
        {**values, "facet": facet, "most": FACET_VALUES},
    )
    return tuple((value, times) for value, times in counted)


def _matching(query: Query | None, request: SearchRequest) -> tuple[str, dict[str, Any]]:
    """The rows that match, as a query with columns number, id, published, story, fields, score; and its values."""
    conditions, values = _filters(request)
    conditions.append("collection = 'articles'")
    if query is None:
        source, score = "documents", "0.0"
    else:
        source, score = "words JOIN documents ON documents.number = words.rowid", f"-bm25(words, {WEIGHTS})"
        conditions.append("words MATCH :expression")
        values["expression"] = match_expression(query, request.languages)
    where = " AND ".join(conditions)
    return f"SELECT number, id, published, story, fields, {score} AS score FROM {source} WHERE {where}", values  # noqa: S608


def _filters(request: SearchRequest) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    states = [state_code(state) or state for state in request.states]
    for field, wanted in (
        ("language", request.languages),
        ("source", request.sources),
        ("publisher", request.publishers),
        ("kinds", request.kinds),
        ("states", states),
    ):
        if wanted:
            names = {f"{field}{nth}": fold_label(value) for nth, value in enumerate(wanted)}
            values |= names
            marks = ", ".join(f":{name}" for name in names)
            conditions.append(f"number IN (SELECT document FROM labels WHERE field = '{field}' AND value IN ({marks}))")  # noqa: S608
    if request.speakers:
        names = {f"speaker{nth}": fold_label(value) for nth, value in enumerate(request.speakers)}
        values |= names
        parts = " OR ".join(f"instr(' ' || value || ' ', ' ' || :{name} || ' ')" for name in names)
        conditions.append(f"number IN (SELECT document FROM labels WHERE field = 'speakers' AND ({parts}))")  # noqa: S608
    for name, instant, sign in (("since", request.since, ">="), ("until", request.until, "<")):
        if instant is not None:
            values[name] = instant.timestamp()
            conditions.append(f"published {sign} :{name}")
    return conditions, values


def match_expression(query: Query, languages: tuple[str, ...] = ()) -> str:
    """Return the FTS5 expression of a findable query."""
    if isinstance(query, Without):
        return f'({{every}} : "x" NOT {match_expression(query.part, languages)})'
    if isinstance(query, Every | Either):
        joint = " AND " if isinstance(query, Every) else " OR "
        return f"({joint.join(match_expression(part, languages) for part in query.parts)})"
    return f"({_leaf(query, languages)})"


def _leaf(leaf: Word | Phrase, languages: tuple[str, ...]) -> str:
    tokens = query_words(leaf)
    single_character = len(tokens) == 1 and tokens[0].paired and len(tokens[0].written) == 1
    if single_character or (isinstance(leaf, Word) and leaf.begins):
        return f"{{title body}} : {_row(token.folded for token in tokens)}*"
    if isinstance(leaf, Word) and any(token.paired for token in tokens):
        choices = (" OR ".join(_row([token.folded]) for token in choice) for choice in pair_choices(tokens))
        return "{title body} : (" + " AND ".join(f"({choice})" for choice in choices) + ")"
    written = f"{{title body}} : {_row(token.folded for token in tokens)}"
    stemmed = _stem_rows(tokens, languages) if isinstance(leaf, Word) else []
    return f"{written} OR {{title_stems body_stems}} : ({' OR '.join(stemmed)})" if stemmed else written


def _stem_rows(tokens: Sequence[Token], languages: tuple[str, ...]) -> list[str]:
    """The tokens' stems as a row, once for each language that has a stem of every one."""
    rows = zip(*(stems(token.written, languages) for token in tokens), strict=False)
    return sorted({_row(row) for row in rows})


def _row(words: Iterable[str]) -> str:
    return '"' + " ".join(words) + '"'


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
