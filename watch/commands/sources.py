"""``sources check · health``: whether the source files are right, and how the sources do."""

import os
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from crawlers.source import load_sources
from ledger.sources import SourceHealth, source_health
from watch.commands.printing import print_json
from watch.pipeline import opened_ledger
from watch.settings import read_settings

app = typer.Typer(help="Check the sources and see how they do.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")]


@app.command()
def check(json: Json = False) -> None:
    """Read every source file; name each wrong file and key (exit status 2)."""
    sources = load_sources(read_settings(os.environ).sources)
    for source in sources if json else ():
        print_json(source.model_dump(mode="json"))
    if not json:
        ways = sum(len(source.find) for source in sources)
        languages = sorted({language for source in sources for language in source.languages})
        typer.echo(f"{len(sources)} sources, {ways} ways in, languages: {', '.join(languages)}. All files are right.")


@app.command()
def health(json: Json = False) -> None:
    """Show for each source its state, since when, its last new article and its last error."""
    settings = read_settings(os.environ)
    expects = {source.id: float(source.expects_per_week) for source in load_sources(settings.sources)}
    with opened_ledger(settings) as ledger, ledger.read() as conn:
        found = source_health(conn, expects, now=settings.now())
    if json:
        for one in found:
            print_json({key: _as_text(value) for key, value in asdict(one).items()})
    else:
        _print_table(found)


def _print_table(found: list[SourceHealth]) -> None:
    table = Table("source", "state", "since", "last new article", "error", show_edge=False, pad_edge=False)
    for one in found:
        table.add_row(one.id, one.state, _as_text(one.since) or "", _as_text(one.last_new) or "never", one.error or "")
    Console().print(table)


def _as_text(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
