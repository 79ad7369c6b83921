"""``kibana install``: data views and dashboards into Kibana."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from indexing.installing import install
from records.errors import ConfigurationError
from watch.commands.printing import print_json
from watch.settings import read_settings

app = typer.Typer(help="Kibana's data views and dashboards, as this release brings them.", no_args_is_help=True)


@app.callback()
def kibana() -> None:
    """Keep ``install`` a command of its own, however many there are."""


@app.command("install")
def install_all(
    json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")] = False,
) -> None:
    """Put data views and dashboards into Kibana; what is there already in this edition is left alone."""
    settings = read_settings(os.environ)
    if settings.kibana_url is None:
        raise ConfigurationError("CONVENTION_WATCH_KIBANA_URL is not set")
    key = settings.kibana_api_key.get_secret_value() if settings.kibana_api_key else None
    for installed in install(settings.kibana_url, api_key=key, ca=settings.index_ca):
        if json:
            print_json(asdict(installed))
        else:
            typer.echo(f"{installed.outcome:<10}{installed.kind:<10} {installed.id}")


def add_to(parent: typer.Typer) -> None:
    """Add the group of commands of this module to ``parent``."""
    parent.add_typer(app, name="kibana")
