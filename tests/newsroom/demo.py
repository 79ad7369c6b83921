"""``make demo``: December 2019 on the newsroom, a pass of the real command, and what came of it.

Fails (exit status 1) when something that it is to show is not there.
"""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import typer

from tests.newsroom.newsroom import Newsroom
from tests.newsroom.plays import load_play
from tests.newsroom.watching import Watch, plain_text

HOME = Path(".demo")
SUBSCRIPTIONS = [
    {"name": "Votes", "to": "analyst@example.org", "kinds": ["vote"], "delivery": "immediate"},
    {
        "name": "The envoy",
        "to": "desk@example.org",
        "kinds": ["statement"],
        "delivery": "immediate",
        "speakers": ["Krutskikh"],
    },
]
TALLY = (79, 60, 33)


class NothingToShow(Exception):
    """The demonstration did not come out as it should have."""


def main() -> None:
    """Play, watch, show."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    newsroom = Newsroom(load_play("december_2019"))
    newsroom.advance("vote")
    with newsroom:
        watch = Watch.over(newsroom, HOME, SUBSCRIPTIONS)
        try:
            _show_first_pass(watch)
            _show_second_pass(watch)
        except NothingToShow as reason:
            sys.exit(f"The demonstration failed: {reason}")
    _show_where_to_look()


def _show_first_pass(watch: Watch) -> None:
    _head(f"{len(watch.newsroom.sites)} news sites in six languages, {watch.newsroom.tick.at:%d %B %Y}: one pass")
    _show_counts(watch.run())
    _head("The vote")
    _show_vote(_the_vote(watch))
    _head("Who said what")
    _show_statements(watch.developments("statement"))
    _head("The mails sent")
    _show_mails(watch.mails())
    _head("A search: convention-watch search 'Budapest Convention'")
    _show_hits(watch.ask("search", "Budapest Convention", "--limit", "3"))


def _show_second_pass(watch: Watch) -> None:
    before, mails = _the_vote(watch), len(watch.mails())
    tick = watch.newsroom.advance("second-outlet")
    _head(f"{tick.at:%d %B %Y}: another newspaper reports the same vote; a second pass")
    _show_counts(watch.run())
    after = _the_vote(watch)
    added = len(after["sightings"]) - len(before["sightings"])
    sent = len(watch.mails()) - mails
    _tell(f"{added} sighting added to the vote, {sent} mails sent; {after['publishers']} publishers report it,")
    _tell(f"{after['independent']} of them independently. Nobody is told twice.")
    if (added, sent) != (1, 0):
        raise NothingToShow("the second report should have added one sighting and sent nothing")


def _the_vote(watch: Watch) -> dict[str, Any]:
    votes = [one for one in watch.developments("vote") if _tally(one["vote"]) == TALLY]
    if len(votes) != 1:
        raise NothingToShow(f"there should be one development for the vote 79-60-33, but there are {len(votes)}")
    return votes[0]


def _tally(vote: dict[str, Any]) -> tuple[Any, Any, Any]:
    return vote["in_favour"], vote["against"], vote["abstain"]


def _show_counts(counts: dict[str, Any]) -> None:
    dropped = sum(counts["dropped"].values())
    _tell(
        f"{counts['found']} articles found = {counts['known']} known + {counts['off_topic']} off topic"
        f" + {counts['stored']} stored + {dropped} dropped"
    )


def _show_vote(vote: dict[str, Any]) -> None:
    favour, against, abstain = _tally(vote["vote"])
    _tell(f"{vote['headline']}")
    _tell(
        f"{favour} in favour, {against} against, {abstain} abstaining · {vote['vote']['body']} · {vote['event_date']}"
    )
    _tell(f"status: {vote['status']}, {vote['publishers']} publishers, {vote['independent']} independent")
    for sighting in vote["sightings"]:
        _quote(sighting["sentence"], f"{sighting['source']}: {sighting['url']}")


def _show_statements(statements: Sequence[dict[str, Any]]) -> None:
    if not any("Krutskikh" in str(one["statement"]["speaker_full"]) for one in statements):
        raise NothingToShow("no statement of Andrey Krutskikh was found")
    for one in statements:
        _tell(one["headline"])
        for sentence in dict.fromkeys(sighting["sentence"] for sighting in one["sightings"]):
            _quote(sentence)


def _show_mails(mails: Sequence[EmailMessage]) -> None:
    if not any("79" in plain_text(mail) for mail in mails):
        raise NothingToShow("no mail told the vote")
    for mail in mails:
        _tell(f"To: {mail['To']}   Subject: {mail['Subject']}")
    _tell("")
    first = next(mail for mail in mails if "79" in plain_text(mail))
    for line in plain_text(first).strip().splitlines():
        typer.echo(textwrap.indent(line, "  | "))


def _show_hits(hits: Sequence[dict[str, Any]]) -> None:
    if not hits:
        raise NothingToShow("the search found nothing")
    for hit in hits:
        _tell(f"{str(hit['published_at'])[:10]}  {hit['source']:<16} {hit['title']}")


def _show_where_to_look() -> None:
    _head("Where to look")
    python = Path(sys.executable).parent
    for line in (
        f"mails        {HOME / 'mail'} (a Maildir: one file a mail)",
        f"sources      {HOME / 'sources'}, a file each",
        f"ask more     CONVENTION_WATCH_HOME={HOME} {_near(python)}/convention-watch developments",
        f"             CONVENTION_WATCH_HOME={HOME} {_near(python)}/convention-watch search cyber*",
        "watch on     make run",
    ):
        _tell(line)


def _near(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _head(text: str) -> None:
    typer.secho(f"\n{text}", bold=True)


def _tell(text: str) -> None:
    for line in _wrap(text):
        typer.echo(f"  {line}")


def _quote(sentence: str, where: str = "") -> None:
    for line in _wrap(f"“{sentence}”"):
        typer.echo(f"    {line}")
    if where:
        typer.echo(f"      {where}")


def _wrap(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, 110) or [""]


if __name__ == "__main__":
    main()
