"""``stack certificates · keys · snapshots``: the steps that set up a team's servers, each as often as one likes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from elasticsearch import Elasticsearch

from indexing.administering import KIBANA_USER, administering, give_kibana_password
from indexing.keys import ROLES, Role, put_role
from indexing.snapshots import keep_snapshots
from records.errors import ConfigurationError
from watch.settings import Settings, read_settings
from watch.stack.certificates import certify
from watch.stack.key_files import keep_keys

app = typer.Typer(help="Set up the servers of a team's stack; a second run changes nothing.", no_args_is_help=True)


@app.command()
def certificates(
    folder: Annotated[Path, typer.Argument(help="Where the server's files are put.")],
    hosts: Annotated[list[str], typer.Argument(help="Names and addresses of the server; its files bear the first.")],
    authority: Annotated[Path, typer.Option(help="Folder of the authority's own key, which no server needs.")],
) -> None:
    """Make a certificate for a server, and the authority that signs it; renew one that ends soon."""
    for one in certify(folder, authority, hosts, now=datetime.now(UTC)):
        typer.echo(f"{one.outcome:<10}{one.path}, good until {one.until:%Y-%m-%d}")


@app.command()
def keys(
    folder: Annotated[Path, typer.Argument(help="Where each key is put, as <role>-api-key, for its owner alone.")],
    role: Annotated[list[str] | None, typer.Option(help="Of one role; may be repeated. Default: of all.")] = None,
    rotate: Annotated[bool, typer.Option("--rotate", help="Make every key anew, and drop the old ones.")] = False,
) -> None:
    """Set up roles, API keys and Kibana's own user in Elasticsearch; renew keys that end soon."""
    settings = read_settings(os.environ)
    with _administered(settings) as client:
        for one in ROLES:
            typer.echo(f"{'put':<10}role {put_role(client, one)}")
        if settings.kibana_password is not None:
            changed = give_kibana_password(client, settings.kibana_password.get_secret_value())
            typer.echo(f"{'changed' if changed else 'kept':<10}password of {KIBANA_USER}")
        for key in keep_keys(client, folder, _roles(role), rotate=rotate, now=datetime.now(UTC)):
            typer.echo(f"{key.outcome:<10}key {key.path}")


@app.command()
def snapshots(
    location: Annotated[str, typer.Argument(help="A folder of the server's that its path.repo allows.")],
) -> None:
    """Register the folder of snapshots and the nightly policy that fills it and removes what is old."""
    with _administered(read_settings(os.environ)) as client:
        for one in keep_snapshots(client, location):
            typer.echo(f"{one.outcome:<10}{one.kind} {one.name}")


def _roles(named: list[str] | None) -> tuple[Role, ...]:
    unknown = set(named or ()) - set(ROLES)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: known are {', '.join(ROLES)}", param_hint="--role")
    return tuple(role for role in ROLES if not named or role in named)


@contextmanager
def _administered(settings: Settings) -> Iterator[Elasticsearch]:
    if settings.index == "embedded":
        raise ConfigurationError("CONVENTION_WATCH_INDEX is not set to the URL of an Elasticsearch")
    password = settings.elastic_password.get_secret_value() if settings.elastic_password else None
    with administering(settings.index, password=password, ca=settings.index_ca) as client:
        yield client


def add_to(parent: typer.Typer) -> None:
    """Add the group of commands of this module to ``parent``."""
    parent.add_typer(app, name="stack")
