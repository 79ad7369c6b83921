"""``subscriptions check · preview``: whether the file is right, and what it would have sent."""

import os
from typing import Annotated

import typer

from alerting.matching import recipients
from alerting.subscriptions import load_subscriptions
from ledger.alerts import UNASKED
from ledger.developments import iter_developments
from records.alert import Subscription
from records.errors import ConfigurationError
from watch.commands.printing import print_json
from watch.pipeline import opened_ledger
from watch.settings import Settings, read_settings

app = typer.Typer(help="Check the subscriptions and see what they would send.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print a JSON object a line, for a program to read.")]


@app.command()
def check() -> None:
    """Read the subscription file; name each wrong entry and key (exit status 2)."""
    subscriptions = _load(read_settings(os.environ))
    for one in subscriptions:
        typer.echo(f"{one.name}: {', '.join(one.kinds)} to {one.to}, {one.delivery}")


@app.command()
def preview(
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 30,
    json: Json = False,
) -> None:
    """Show what the subscriptions, as they are now, would have sent of the last days' news. Sends nothing."""
    settings = read_settings(os.environ)
    subscriptions = _load(settings)
    with opened_ledger(settings) as ledger, ledger.read() as conn:
        for development in iter_developments(conn):
            age = settings.now() - development.first_seen
            if age.days >= days or development.not_told_because not in (None, UNASKED):
                continue
            for recipient in recipients(subscriptions, development, "new"):
                row = {"to": recipient.to, "delivery": recipient.delivery, "subscription": recipient.subscription}
                if json:
                    print_json({**row, "development": development.id, "headline": development.headline})
                else:
                    seen = f"{development.first_seen:%Y-%m-%d}"
                    typer.echo(f"{seen}  {recipient.to} ({recipient.delivery}): {development.headline}")


def _load(settings: Settings) -> tuple[Subscription, ...]:
    if settings.subscription_file is None:
        default = settings.home / "subscriptions.yml"
        raise ConfigurationError(
            f"there is no subscription file: set CONVENTION_WATCH_SUBSCRIPTIONS, or write {default}"
        )
    return load_subscriptions(settings.subscription_file)


def add_to(parent: typer.Typer) -> None:
    """Add the group of commands of this module to ``parent``."""
    parent.add_typer(app, name="subscriptions")
