"""The command ``convention-watch``. Exit status: 0 done · 1 failed · 2 wrong use or configuration."""

import sys
from typing import Annotated

import typer

from records.errors import ConfigurationError, ConventionWatchError
from watch.commands import asking, kibana, passing, sources, subscriptions, upkeep
from watch.logs import configure_logs

app = typer.Typer(
    name="convention-watch",
    help="Watch the world's news for votes and statements on the UN convention against cybercrime.",
    epilog="Settings are environment variables CONVENTION_WATCH_…; `convention-watch doctor` shows and tries them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def set_up(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every step to standard error.")] = False,
) -> None:
    """Set up what all commands share."""
    configure_logs(verbose=verbose)


for module in (passing, asking, upkeep):
    module.add_to(app)
app.add_typer(sources.app, name="sources")
app.add_typer(kibana.app, name="kibana")
app.add_typer(subscriptions.app, name="subscriptions")


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        app()
    except ConfigurationError as error:
        _fail(error, status=2)
    except ConventionWatchError as error:
        _fail(error, status=1)


def _fail(error: ConventionWatchError, *, status: int) -> None:
    typer.echo(f"convention-watch: {error}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
