"""Searches in Elasticsearch: the same queries and filters as the built-in index, in its terms."""

from collections.abc import Mapping
from typing import Any

from indexing.analysis import languages_of
from indexing.filters import Filter, Label, Published
from indexing.highlighting import CLOSE, MOST_STRETCHES, OPEN, STRETCH, escape_marked
from indexing.queries import Either, Every, Phrase, Query, Without, Word, pair_choices, positive_leaves, query_words
from indexing.searching import FACET_VALUES, Hit, Order, SearchAnswer, SearchRequest, read_cursor, write_cursor

FOLDED = ("title^4", "body")
SHOWN = ["url", "title", "source", "language", "published_at"]
ORDERS: dict[str, list[Any]] = {
    "relevance": [{"_score": "desc"}, {"published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "newest": [{"published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "oldest": [{"published_at": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}


def search_body(query: Query | None, request: SearchRequest) -> dict[str, Any]:
    """Return the search for a findable query (None: everything) under the request's filters."""
    must = [] if query is None else [compile_query(query, request.languages)]
    body: dict[str, Any] = {
        "query": {"bool": {"must": must, "filter": [compile_filter(one) for one in request.filters]}},
        "sort": ORDERS[request.order],
        "size": request.limit,
        "source_includes": SHOWN,
        "track_total_hits": True,
    }
    if request.after:
        body["search_after"] = read_cursor(request.order, request.after, len(ORDERS[request.order]))
    if request.collapse:
        body["collapse"] = {"field": "story"}
    if request.facets:
        body["aggregations"] = {facet: {"terms": {"field": facet, "size": FACET_VALUES}} for facet in request.facets}
    if positive_leaves(query):
        body["highlight"] = _highlighting(query, request.languages)
    return body


def compile_query(query: Query, languages: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the query in Elasticsearch's terms."""
    if isinstance(query, Label | Published):
        return {"bool": {"filter": compile_filter(query)}}
    if isinstance(query, Without):
        return {"bool": {"must_not": [compile_query(query.part, languages)]}}
    if isinstance(query, Every):
        return {"bool": {"must": [compile_query(part, languages) for part in query.parts]}}
    if isinstance(query, Either):
        parts = [compile_query(part, languages) for part in query.parts]
        return {"bool": {"should": parts, "minimum_should_match": 1}}
    return _leaf(query, languages)


def compile_filter(chosen: Filter) -> dict[str, Any]:
    """Return a filter in Elasticsearch's terms."""
    if isinstance(chosen, Published):
        bounds = {"gte": chosen.since, "lt": chosen.until}
        return {"range": {"published_at": {sign: at.isoformat() for sign, at in bounds.items() if at}}}
    if chosen.field != "speakers":
        return {"terms": {chosen.field: list(chosen.values)}}
    named = [{"match_phrase": {"speakers.folded": speaker}} for speaker in chosen.values]
    return {"bool": {"should": named, "minimum_should_match": 1}}


def _leaf(leaf: Word | Phrase, languages: tuple[str, ...]) -> dict[str, Any]:
    words = query_words(leaf)
    folded = FOLDED[:1] if leaf.in_title else FOLDED
    if isinstance(leaf, Word) and leaf.begins:
        return _match(leaf.text, folded, "bool_prefix", operator="and")
    if isinstance(leaf, Phrase) or (len(words) == 1 and words[0].paired and len(words[0].written) == 1):
        return _match(leaf.text, folded, "phrase")
    if any(word.paired for word in words):
        choices = [[_match(word.written, folded, "phrase") for word in choice] for choice in pair_choices(words)]
        must = [{"bool": {"should": choice, "minimum_should_match": 1}} for choice in choices]
        return {"bool": {"must": must, "should": [_match(leaf.text, folded, "phrase", boost=len(words))]}}
    codes = languages_of(leaf.text, languages)
    fields = folded + tuple(field for code in codes for field in language_fields(code)[: len(folded)])
    if len(words) > 1:  # such as cyber-crime, or l'assemblée
        return _match(leaf.text, fields, "phrase", tie_breaker=0.3)
    return _match(leaf.text, fields, "best_fields", tie_breaker=0.3)


def language_fields(code: str) -> tuple[str, str]:
    """Return the fields analysed in one language, with their weights."""
    return f"by_language.{code}.title^3", f"by_language.{code}.body"


def _match(text: str, fields: tuple[str, ...], kind: str, **options: Any) -> dict[str, Any]:
    return {"multi_match": {"query": text, "fields": list(fields), "type": kind, **options}}


def _highlighting(query: Query | None, languages: tuple[str, ...]) -> dict[str, Any]:
    # Each language more means one more analysis of every text that is shown.
    codes = sorted({code for leaf in positive_leaves(query) for code in languages_of(leaf.text, languages)})
    fields = {
        field: {"matched_fields": [field, *(f"by_language.{code}.{field}" for code in codes)], **extent}
        for field, extent in (
            ("title", {"number_of_fragments": 0}),
            ("body", {"number_of_fragments": MOST_STRETCHES, "fragment_size": STRETCH}),
        )
    }
    return {"type": "unified", "pre_tags": [OPEN], "post_tags": [CLOSE], "order": "none", "fields": fields}


def export_body(query: Query | None, request: SearchRequest) -> dict[str, Any]:
    """Return the search of one page of an export."""
    must = [] if query is None else [compile_query(query, request.languages)]
    return {
        "query": {"bool": {"must": must, "filter": [compile_filter(one) for one in request.filters]}},
        "sort": ORDERS[request.order],
        "track_total_hits": False,
    }


def search_answer(answer: Mapping[str, Any], request: SearchRequest) -> SearchAnswer:
    """Return Elasticsearch's answer as ours."""
    aggregations = answer.get("aggregations")  # left out when there is no index yet
    facets = request.facets
    counted = {facet: aggregations[facet]["buckets"] if aggregations else () for facet in facets}
    hits = answer["hits"]["hits"]
    return SearchAnswer(
        total=int(answer["hits"]["total"]["value"]),
        hits=tuple(search_hit(hit, request.order) for hit in hits),
        facets={facet: tuple((str(one["key"]), int(one["doc_count"])) for one in counted[facet]) for facet in facets},
        next=write_cursor(request.order, hits[-1]["sort"]) if len(hits) == request.limit else None,
    )


def search_hit(hit: dict[str, Any], order: Order) -> Hit:
    """Return a hit of Elasticsearch's as ours; its score is the first thing that relevance goes by."""
    source = hit["_source"]
    marked = [stretch for field in ("title", "body") for stretch in hit.get("highlight", {}).get(field, ())]
    return Hit(
        url=source["url"],
        title=source.get("title", ""),
        source=source["source"],
        language=source.get("language"),
        published_at=source.get("published_at"),
        score=float(f"{hit['sort'][0]:.6g}") if order == "relevance" else 0.0,
        highlights=tuple(" ".join(escape_marked(stretch).split()) for stretch in marked),
    )
