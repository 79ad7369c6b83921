"""``doctor · replay · report-fault``: for whoever keeps the watch running."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from watch.commands.printing import as_plain, print_json
from watch.doctor import examine_parts
from watch.pipeline import opened_ledger
from watch.replaying import replay as replay_articles
from watch.reporting import tell_operator
from watch.settings import read_settings


def doctor(
    sources: Annotated[bool, typer.Option("--sources", help="Ask every source, too: some minutes.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")] = False,
) -> None:
    """Try files, ledger, index, mail, disk, clock and Airflow; exit 1 when a part cannot be used."""
    well = True
    for diagnosis in examine_parts(read_settings(os.environ), ask_sources=sources):
        well &= diagnosis.well
        if json:
            print_json(asdict(diagnosis))
        else:
            remedy = f" -> {diagnosis.remedy}" if diagnosis.remedy else ""
            typer.echo(f"{'ok  ' if diagnosis.well else 'FAIL'}  {diagnosis.part:<14} {diagnosis.said}{remedy}")
    raise typer.Exit(0 if well else 1)


def replay(
    apply: Annotated[bool, typer.Option("--apply", help="Write the differences into the ledger.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")] = False,
) -> None:
    """Show what today's rules read otherwise in the stored articles; nobody is told of what is found."""
    settings = read_settings(os.environ)
    count = 0
    with opened_ledger(settings) as ledger:
        for difference in replay_articles(ledger, now=settings.now(), apply=apply):
            count += 1
            if json:
                print_json(as_plain(difference))
            else:
                numbers = f"{len(difference.new)} new, {len(difference.gone)} gone, {len(difference.changed)} changed"
                typer.echo(f"{difference.title}\n  {difference.url}\n  {numbers}")
    if not json:
        typer.echo(f"{count} articles read otherwise{'; written into the ledger' if apply and count else ''}.")


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
    app.command()(replay)
    app.command("report-fault")(report_fault)
