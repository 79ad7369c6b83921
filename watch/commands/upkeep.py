"""``doctor · report-fault``: for whoever keeps the watch running."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from ledger.mails import enter_notice
from watch.commands.printing import print_json
from watch.doctor import examine_parts
from watch.pipeline import opened_pipeline
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
    with opened_pipeline(read_settings(os.environ)) as pipeline:
        operator = pipeline.settings.operator
        if operator is None:
            typer.echo("CONVENTION_WATCH_OPERATOR is not set: nobody is told", err=True)
            return
        with pipeline.ledger.begin() as conn:
            enter_notice(conn, key, f"Convention Watch: {key}", text, to=operator, now=pipeline.settings.now())
        pipeline.alert()


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(doctor)
    app.command("report-fault")(report_fault)
