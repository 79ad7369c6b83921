"""``sources check · health · export · import``: the source files, and how the sources do."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from crawlers.exchanging import Format, export_sources, import_sources
from crawlers.source import load_sources
from ledger.sources import SourceHealth, source_health
from records.errors import ConfigurationError
from watch.commands.printing import as_plain, print_json
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
            print_json(as_plain(one))
    else:
        _print_table(found)


@app.command("export")
def export_(
    form: Annotated[Format, typer.Option("--form", help="opml (feeds only) or csv (everything).")] = "csv",
) -> None:
    """Print the sources for another program."""
    typer.echo(export_sources(load_sources(read_settings(os.environ).sources), form), nl=False)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="An OPML or CSV file.")],
    folder: Annotated[Path, typer.Argument(help="Where the source files are written; files that are there stay.")],
) -> None:
    """Write a source file for each source that another program's list describes."""
    form: Format = "opml" if file.suffix.lower() in {".opml", ".xml"} else "csv"
    try:
        contents = import_sources(file.read_text(encoding="utf-8-sig"), form)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: cannot be read: {error}") from error
    folder.mkdir(parents=True, exist_ok=True)
    for identifier, content in contents.items():
        path = folder / f"{identifier}.yml"
        if path.exists():
            typer.echo(f"{path}: is there already, and stays as it is")
            continue
        path.write_text(content, encoding="utf-8")
        typer.echo(f"{path}: written")


def _print_table(found: list[SourceHealth]) -> None:
    table = Table("source", "state", "since", "last new article", "error", show_edge=False, pad_edge=False)
    for one in found:
        table.add_row(one.id, one.state, _as_text(one.since) or "", _as_text(one.last_new) or "never", one.error or "")
    Console().print(table)


def _as_text(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


def add_to(parent: typer.Typer) -> None:
    """Add the group of commands of this module to ``parent``."""
    parent.add_typer(app, name="sources")
