"""``search · developments``: questions, which change nothing."""

import os
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from indexing.exporting import write_csv, write_jsonl
from indexing.links import development_links
from indexing.searching import FACETS, Hit, Order, SearchAnswer, SearchRequest
from ledger.developments import development, iter_developments, told, why_untold
from ledger.showing import as_json
from records.development import Development
from records.errors import ConfigurationError
from watch.commands.printing import print_json
from watch.pipeline import opened_index, opened_ledger
from watch.settings import read_settings

Json = Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")]
Several = list[str] | None
QUERY_HELP = (
    'Words, "a phrase", -not, a | b, (…), begin*, and filters: lang:ru,uk kind:vote state:Russia speaker:"J Smith" '
    "title:word source:… publisher:… after:2026-11 before:2026-12-24."
)
FACET_NAMES = {"kinds": "kind", "states": "state", "speakers": "speaker"}
"""How a facet is called in a query, where that differs."""

WRITERS = {"csv": write_csv, "jsonl": write_jsonl}


def search(
    query: Annotated[str, typer.Argument(help=QUERY_HELP)],
    language: Annotated[Several, typer.Option(help="ISO 639-1 code; may be repeated.")] = None,
    source: Annotated[Several, typer.Option(help="Source id; may be repeated.")] = None,
    publisher: Annotated[Several, typer.Option(help="Publisher family; may be repeated.")] = None,
    kind: Annotated[Several, typer.Option(help="vote, statement or milestone; may be repeated.")] = None,
    state: Annotated[Several, typer.Option(help="ISO code or English name; may be repeated.")] = None,
    speaker: Annotated[Several, typer.Option(help="Any part of a name; may be repeated.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Published at or after (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Published before (UTC).")] = None,
    order: Annotated[Order, typer.Option(help="relevance, newest or oldest.")] = "relevance",
    collapse: Annotated[bool, typer.Option("--collapse", help="Show one copy of each story.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many articles at most.")] = 20,
    after: Annotated[str | None, typer.Option(help="Go on after this place, told at the end of an answer.")] = None,
    facets: Annotated[bool, typer.Option("--facets", help="Count what can be filtered by.")] = False,
    export: Annotated[Literal["csv", "jsonl"] | None, typer.Option(help="Print all that match, whole.")] = None,
    json: Json = False,
) -> None:
    """Search the articles."""
    request = SearchRequest(
        query=query,
        languages=tuple(language or ()),
        sources=tuple(source or ()),
        publishers=tuple(publisher or ()),
        kinds=tuple(kind or ()),
        states=tuple(state or ()),
        speakers=tuple(speaker or ()),
        since=since.replace(tzinfo=UTC) if since else None,
        until=until.replace(tzinfo=UTC) if until else None,
        order=order,
        collapse=collapse,
        limit=limit,
        after=after,
        facets=FACETS if facets else (),
    )
    with opened_index(read_settings(os.environ)) as index:
        if export is not None:
            WRITERS[export](index.export(request), sys.stdout)
            return
        answer = index.search(request)
    if json:
        for hit in answer.hits:
            print_json(hit.as_json())
        if facets:
            print_json({"total": answer.total, "facets": _facets_as_json(answer), "next": answer.next})
    else:
        _print_answer(answer, collapsed=collapse)


def developments(
    id: Annotated[str | None, typer.Argument(help="One development, with all of its evidence.")] = None,  # noqa: A002 - the contract's word
    json: Json = False,
) -> None:
    """Show the developments, newest first, each with its evidence and who was told."""
    settings = read_settings(os.environ)
    with opened_ledger(settings) as ledger, ledger.read() as conn:
        if id is None:
            found = iter_developments(conn)
        else:
            one = development(conn, id)
            if one is None:
                raise ConfigurationError(f"no development has the id {id}")
            found = iter([one])
        if json:
            for one in found:
                reason = one.not_told_because or why_untold(conn, one.id)
                print_json(as_json(replace(one, not_told_because=reason), told(conn, one.id)))
        else:
            _print_developments(list(found), in_full=id is not None, kibana=settings.kibana_url)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (search, developments):
        app.command()(command)


def _facets_as_json(answer: SearchAnswer) -> dict[str, dict[str, int]]:
    return {FACET_NAMES.get(facet, facet): dict(counts) for facet, counts in answer.facets.items()}


def _print_answer(answer: SearchAnswer, *, collapsed: bool) -> None:
    typer.echo(f"{answer.total} articles")
    for name, counts in _facets_as_json(answer).items():
        if counts:
            typer.echo(f"  {name}: " + " · ".join(f"{value} {count}" for value, count in counts.items()))
    for hit in answer.hits:
        _print_hit(hit)
    if answer.next and not collapsed:
        typer.echo(f"\nmore: --after {answer.next}")


def _print_hit(hit: Hit) -> None:
    published = (hit.published_at or "undated")[:10]
    typer.echo(f"\n{published}  {hit.title}\n            {hit.source} ({hit.language or '?'}) {hit.url}")
    for stretch in hit.highlights:
        typer.echo(f"            … {_plain(stretch)} …")


def _plain(highlight: str) -> str:
    return unescape(re.sub("<em>(.*?)</em>", lambda found: typer.style(found[1], bold=True), highlight))


def _print_developments(found: list[Development], *, in_full: bool, kibana: str | None) -> None:
    table = Table("id", "kind", "date", "status", "publishers", "headline", show_edge=False, pad_edge=False)
    for one in found:
        counts = f"{one.publishers} ({one.independent} independent)"
        table.add_row(one.id, one.kind, str(one.event_date or "?"), one.status, counts, one.headline)
    Console().print(table)
    if in_full:
        for sighting in found[0].sightings:
            remark = " (recalled)" if sighting.recalled else ""
            typer.echo(f"\n{sighting.publisher}{remark}: {sighting.title}\n  {sighting.url}\n  “{sighting.sentence}”")
        for link in development_links(kibana, found[0]) if kibana else ():
            typer.echo(f"\n{link.label}: {link.url}")
