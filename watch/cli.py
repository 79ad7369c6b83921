"""The command ``convention-watch``. Exit status: 0 done · 1 failed · 2 wrong use or configuration."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from records.errors import ConfigurationError, ConventionWatchError
from watch.logs import configure_logs

MODULES = {
    "passing": ("run", "crawl", "detect", "index", "alert", "digest"),
    "examining": ("examine",),
    "asking": ("search", "developments"),
    "sources": ("sources",),
    "subscriptions": ("subscriptions",),
    "kibana": ("kibana",),
    "stack": ("stack",),
    "upkeep": ("doctor", "replay", "report-fault"),
}
"""The modules of watch.commands, in the order of the help, and the commands that each adds."""


def build_app(command: str | None = None) -> typer.Typer:
    """Return the command line with one of its commands, or with all of them when it has none of that name.

    All rooms together take 1.8 s of processor time to import; ``examine`` alone takes 0.5 s.
    """
    app = typer.Typer(
        name="convention-watch",
        help="Watch the world's news for votes and statements on the UN convention against cybercrime.",
        epilog="Settings are environment variables CONVENTION_WATCH_…; `convention-watch doctor` shows and tries them.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_set_up)
    for module in [name for name, commands in MODULES.items() if command in commands] or MODULES:
        import_module(f"watch.commands.{module}").add_to(app)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (None: that of this process) and exit with its status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    command = next((word for word in arguments if not word.startswith("-")), None)
    try:
        build_app(command)(arguments)
    except ConfigurationError as error:
        _fail(error, status=2)
    except ConventionWatchError as error:
        _fail(error, status=1)


def _set_up(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every step to standard error.")] = False,
) -> None:
    configure_logs(verbose=verbose)


def _fail(error: ConventionWatchError, *, status: int) -> None:
    typer.echo(f"convention-watch: {error}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
