"""What commands print: JSON lines for programs, short tables and sentences for people."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

if TYPE_CHECKING:  # the pipeline imports every room; printing needs none of them
    from watch.pipeline import PassReport, Progress


def print_json(value: Any) -> None:
    """Print one JSON value on a line of its own, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def as_plain(record: Any) -> dict[str, Any]:
    """Return a record as JSON values: dates and instants in ISO 8601, unknown as None."""
    return {name: _plain(value) for name, value in asdict(record).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


@contextmanager
def show_progress(*, quiet: bool = False) -> "Iterator[Progress]":
    """Give a function that shows what is being done, on a terminal only and never among the results."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting") as status:
        yield status.update


def print_counts(title: str, counts: dict[str, Any]) -> None:
    """Print a stage's counts on one line, zeros left out."""
    shown = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in _flatten(counts) if value)
    typer.echo(f"{title:<9}{shown or 'nothing to do'}")


def print_pass(report: "PassReport") -> None:
    """Print what a pass did, a line for each stage."""
    counts = report.as_json()
    print_counts("crawled", {name: counts[name] for name in ("found", "known", "off_topic", "stored", "dropped")})
    print_counts("sources", counts["sources"])
    for stage in ("detected", "indexed", "told"):
        print_counts(stage, counts[stage])


def _flatten(counts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in counts.items():
        if isinstance(value, dict):
            yield from ((f"{name} ({reason})", count) for reason, count in value.items())
        else:
            yield name, value
