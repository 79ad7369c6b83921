"""``examine``: what articles say. Imports detection alone, so that it starts in a moment."""

import gc
import sys
from json import dumps
from pathlib import Path
from typing import Annotated

import structlog
import typer

from detection.examine import answer_line
from records.errors import ConfigurationError

log = structlog.get_logger(__name__)


def examine(
    file: Annotated[Path | None, typer.Argument(help="A file of JSON lines; none, or -: standard input.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also say which candidates were refused, and why.")
    ] = False,
) -> None:
    """Say what articles say: a JSON object a line in, a JSON object a line out. Touches nothing."""
    try:
        lines = sys.stdin.buffer if file is None or str(file) == "-" else file.open("rb")
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from error
    failed = 0
    # The collector of reference cycles took 5 % of the time; there are few cycles, and the rules live for good.
    gc.set_threshold(50_000)
    with lines:
        for number, line in enumerate(lines, start=1):
            try:
                answer = answer_line(line, explain=explain)
            except Exception as error:  # a fault in our rules costs one line, is shown, and ends with 1
                log.exception("A line could not be examined", line=number)
                answer, failed = dumps({"id": None, "error": f"detection failed: {error!r}"}), failed + 1
            sys.stdout.buffer.write(answer.encode() + b"\n")
            sys.stdout.buffer.flush()
    raise typer.Exit(1 if failed else 0)


def add_to(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command()(examine)
