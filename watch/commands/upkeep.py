"""``doctor · report-fault``: for whoever keeps the watch running."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from watch.commands.printing import print_json
from watch.doctor import examine_parts
from watch.reporting import tell_operator
from watch.settings import read_settings


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")] = False,
) -> None:
    """Try ledger, index, mail, disk and files; exit 1 when a part cannot be used."""
    well = True
    for diagnosis in examine_parts(read_settings(os.environ)):
        well &= diagnosis.well
        if json:
            print_json(asdict(diagnosis))
        else:
            typer.echo(f"{'ok  ' if diagnosis.well else 'FAIL'}  {diagnosis.part:<14}{diagnosis.said}")
    raise typer.Exit(0 if well else 1)


def report_fault(
    key: Annotated[str, typer.Argument(help="Names the fault; each is told once.")],
    text: Annotated[str, typer.Argument(help="What the operator should read.")],
) -> None:
    """Mail a fault to the operator, once for each key (the schedule calls this when a run fails)."""
    if not tell_operator(read_settings(os.environ), key, text):
        typer.echo("CONVENTION_WATCH_OPERATOR is not set: nobody is told", err=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(doctor)
    app.command("report-fault")(report_fault)
