"""One pass of the real command, and everything about it that a test may ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from tests.newsroom.exchanges import Request
from tests.newsroom.watching import Watch, plain_text

_ADDRESS = re.compile(r"https?://\S+")

EVERYTHING: list[dict[str, Any]] = [
    {"name": "Votes", "to": "votes@example.org", "kinds": ["vote"]},
    {"name": "Statements", "to": "statements@example.org", "kinds": ["statement"]},
    {"name": "Milestones", "to": "milestones@example.org", "kinds": ["milestone"]},
]
TALLY = (79, 60, 33)


@dataclass(frozen=True)
class Step:
    """A pass: its counts, the state after it, its new mails, the requests by site."""

    counts: dict[str, Any]
    developments: list[dict[str, Any]]
    mails: list[EmailMessage]
    requests: Mapping[str, tuple[Request, ...]]
    in_flight_max: Mapping[str, int]

    def votes(self, tally: tuple[int, int, int] | None = None) -> list[dict[str, Any]]:
        """Return the votes after this pass, those of one tally if it is given."""
        return [one for one in self.of_kind("vote") if tally in (None, tally_of(one))]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """Return the developments of a kind after this pass."""
        return [one for one in self.developments if one["kind"] == kind]

    def mails_to(self, name: str) -> list[EmailMessage]:
        """Return the new mails to ``<name>@example.org``."""
        return [mail for mail in self.mails if mail["To"] == f"{name}@example.org"]


def make_pass(watch: Watch, *, later: timedelta = timedelta()) -> Step:
    """Make a pass at the newsroom's tick (or ``later``) and return what came of it."""
    watch.newsroom.clear_logs()
    before = len(watch.mails())
    watch.settings["AS_OF"] = (watch.newsroom.tick.at + later).isoformat()
    counts = watch.run()
    logs = watch.newsroom.logs
    return Step(
        counts=counts,
        developments=watch.developments(),
        mails=watch.mails()[before:],
        requests={site: log.requests() for site, log in logs.items()},
        in_flight_max={site: log.in_flight_max for site, log in logs.items()},
    )


def tally_of(vote: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    """Return (in favour, against, abstaining) of a development that is a vote."""
    return vote["vote"]["in_favour"], vote["vote"]["against"], vote["vote"]["abstain"]


def sources_of(development: Mapping[str, Any], *, recalled: bool = False) -> set[str]:
    """Return the sources that report a development as news, or those that only recall it."""
    return {one["source"] for one in development["sightings"] if one["recalled"] is recalled}


def texts_of(mails: list[EmailMessage]) -> str:
    """Return the text parts of mails, one after another, each run of white space as one space.

    Addresses are left out: the ports in them may be any number, also that of a vote which must not be told.
    """
    return "\n".join(" ".join(_ADDRESS.sub("", plain_text(mail)).split()) for mail in mails)
