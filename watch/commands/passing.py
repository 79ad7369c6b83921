"""``run`` and its stages: each can be run by hand, at any time, and twice at once."""

import os
from dataclasses import asdict
from typing import Annotated, Any

import typer

from indexing.rebuilding import rebuild, verify
from ledger.sources import SourcePass
from watch.commands.printing import print_counts, print_json, print_pass, show_progress
from watch.pipeline import opened_index, opened_ledger, opened_pipeline
from watch.settings import read_settings

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]
Due = Annotated[bool, typer.Option("--due", help="Leave out sources asked more recently than their `every`.")]


def run(due: Due = False, json: Json = False) -> None:
    """Make one whole pass: crawl, detect, index, alert."""
    with opened_pipeline(read_settings(os.environ)) as pipeline, show_progress(quiet=json) as progress:
        report = pipeline.run(progress, only_due=due)
    if json:
        print_json(report.as_json())
    else:
        print_pass(report)


def crawl(
    source: Annotated[list[str] | None, typer.Argument(help="Ids of sources; none: all.")] = None,
    due: Due = False,
    json: Json = False,
) -> None:
    """Bring what is new in the sources into the ledger."""
    with opened_pipeline(read_settings(os.environ)) as pipeline, show_progress(quiet=json) as progress:
        passes = pipeline.crawl(source or (), progress, only_due=due)
    for one in passes:
        if json:
            print_json(_pass_as_json(one))
        else:
            print_counts(
                f"{one.source} ({one.state}) ",
                {key: value for key, value in _pass_as_json(one).items() if key not in ("source", "state", "error")},
            )


def detect(json: Json = False) -> None:
    """Examine the articles that are new in the ledger, and decide what is new in them."""
    with opened_pipeline(read_settings(os.environ)) as pipeline, show_progress(quiet=json) as progress:
        counts = pipeline.detect(progress)
    _print_stage("detected", asdict(counts), json=json)


def index(
    rebuild_all: Annotated[bool, typer.Option("--rebuild", help="Make the index anew from the ledger.")] = False,
    verify_only: Annotated[
        bool, typer.Option("--verify", help="Compare index and ledger; exit 1 when they differ.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring the index up to date with the ledger."""
    settings = read_settings(os.environ)
    with opened_ledger(settings) as ledger, opened_index(settings) as search_index:
        if verify_only:
            report = verify(ledger, search_index)
            _print_stage("verified", asdict(report)["collections"], json=json)
            raise typer.Exit(0 if report.agrees else 1)
        if rebuild_all:
            with show_progress(quiet=json) as progress:
                _print_stage(
                    "rebuilt",
                    asdict(rebuild(ledger, search_index, now=settings.now(), on_progress=progress)),
                    json=json,
                )
            return
    with opened_pipeline(settings) as pipeline:
        _print_stage("indexed", asdict(pipeline.deliver_index()), json=json)


def alert(json: Json = False) -> None:
    """Send every mail that is due."""
    with opened_pipeline(read_settings(os.environ)) as pipeline:
        _print_stage("told", asdict(pipeline.alert()), json=json)


def digest(json: Json = False) -> None:
    """Send the daily digests that are due."""
    with opened_pipeline(read_settings(os.environ)) as pipeline:
        _print_stage("told", asdict(pipeline.digest()), json=json)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (run, crawl, detect, index, alert, digest):
        app.command()(command)


def _pass_as_json(one: SourcePass) -> dict[str, Any]:
    counts = {name: getattr(one, name) for name in ("source", "state", "found", "known", "off_topic", "stored")}
    return {**counts, "dropped": dict(one.dropped), "error": one.error, "network_seconds": one.network_seconds}


def _print_stage(title: str, counts: dict[str, Any], *, json: bool) -> None:
    if json:
        print_json(counts)
    else:
        print_counts(title, counts)
