"""The newsroom as a program: ``python -m tests.newsroom --port 8765 --sources DIR`` serves until it is interrupted."""

import argparse
import sys
import time
from pathlib import Path

from tests.newsroom.newsroom import Newsroom
from tests.newsroom.plays import load_play, play_names
from tests.newsroom.sites import load_sites


def main() -> None:
    """Serve a play; go on to its next tick every so many seconds, or at each line of standard input."""
    options = _read_options()
    newsroom = Newsroom(load_play(*options.play), sites=options.site, port=options.port, log_file=options.log)
    if options.tick and newsroom.tick.name != options.tick:
        newsroom.advance(options.tick)
    for site, fault in (pair.split("=") for pair in options.fault):
        newsroom.break_site(site, fault)
    with newsroom:
        if options.sources:
            newsroom.write_sources(options.sources)
        _tell(newsroom)
        try:
            _play(newsroom, options.advance_every)
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")


def _play(newsroom: Newsroom, seconds: float | None) -> None:
    while not newsroom.finished:
        if seconds is None:
            if not sys.stdin.readline():
                break
        else:
            time.sleep(seconds)
        newsroom.advance()
        _tell(newsroom)
    while True:
        time.sleep(3600)


def _tell(newsroom: Newsroom) -> None:
    sys.stdout.write(f"tick {newsroom.tick.name} port {newsroom.port} AS_OF={newsroom.as_of}\n")
    sys.stdout.flush()


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=main.__doc__)
    parser.add_argument("--port", type=int, default=0, help="one port on every address (default: one that is free)")
    parser.add_argument("--sources", type=Path, help="folder to write a source file for each site into")
    parser.add_argument("--play", nargs="+", default=["december_2019"], choices=play_names(), help="plays, in order")
    parser.add_argument("--site", action="append", choices=sorted(load_sites()), help="only this site (repeatable)")
    parser.add_argument("--tick", help="the tick to start at (default: the first)")
    parser.add_argument("--advance-every", type=float, metavar="SECONDS", help="(default: at a line of standard input)")
    parser.add_argument("--fault", action="append", default=[], metavar="SITE=FAULT", help="break a site (repeatable)")
    parser.add_argument("--log", type=Path, help="file to append each answered request to, as JSON lines")
    return parser.parse_args()


if __name__ == "__main__":
    main()
