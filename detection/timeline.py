"""The topic's known events, as data (detection/topics/<topic>.timeline.yml)."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from records.development import KnownEvent
from records.errors import ConfigurationError
from records.finding import Certainty, Method, Milestone, MilestoneType, Outcome, Vote

RULE = "timeline"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _VoteEntry(_Strict):
    body: str
    object: Literal["resolution", "convention", "decision", "amendment", "motion"]
    outcome: Outcome
    method: Method | None = None
    tally: tuple[int, int, int] | None = None
    symbol: str | None = None


class _MilestoneEntry(_Strict):
    type: MilestoneType
    subject: str | None = None
    certainty: Certainty
    count: int | None = None


class _Entry(_Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    headline: str
    begins: date = Field(alias="from")
    ends: date = Field(alias="to")
    certain: bool = True
    vote: _VoteEntry | None = None
    milestone: _MilestoneEntry | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, entry: Any) -> Any:
        if isinstance(entry, dict) and "date" in entry:
            entry = dict(entry)
            day = entry.pop("date")
            return {"from": day, "to": day} | entry
        return entry

    @model_validator(mode="after")
    def _one_kind(self) -> "_Entry":
        if (self.vote is None) == (self.milestone is None):
            raise ValueError("an event is either a vote or a milestone")
        if self.ends < self.begins:
            raise ValueError("`to` lies before `from`")
        return self


@cache
def load_known_events(topic: str = "cybercrime-convention") -> tuple[KnownEvent, ...]:
    """Every event of the topic's timeline, oldest first; ConfigurationError names the entry that is wrong."""
    name = f"{topic}.timeline.yml"
    raw = yaml.safe_load(files("detection").joinpath("topics", name).read_text(encoding="utf-8"))
    events = sorted((_event(name, entry) for entry in raw), key=lambda event: (event.begins, event.id))
    ids = [event.id for event in events]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise ConfigurationError(f"{name}: {', '.join(sorted(twice))} is there twice")
    return tuple(events)


@cache
def uncertain_events() -> Mapping[str, KnownEvent]:
    """The events that too few sources agree on, by their ids."""
    return {event.id: event for event in load_known_events() if not event.certain}


def _event(name: str, entry: Any) -> KnownEvent:
    try:
        read = _Entry.model_validate(entry)
    except ValidationError as error:
        which = entry.get("id", "an entry without id") if isinstance(entry, dict) else "an entry that is no mapping"
        raise ConfigurationError(f"{name}: {which}: {error.errors()[0]['msg']}") from error
    finding = _vote(read, read.vote) if read.vote else _milestone(read, read.milestone)
    return KnownEvent(read.id, read.headline, read.begins, read.ends, finding, read.certain)


def _vote(entry: _Entry, vote: _VoteEntry) -> Vote:
    in_favour, against, abstain = vote.tally or (None, None, None)
    return Vote(
        in_favour=in_favour,
        against=against,
        abstain=abstain,
        outcome=vote.outcome,
        method=vote.method,
        body=vote.body,
        object=vote.object,
        symbol=vote.symbol,
        event_date=entry.begins,
        standing="reported",
        start=0,
        end=0,
        rule=RULE,
    )


def _milestone(entry: _Entry, step: _MilestoneEntry | None) -> Milestone:
    if step is None:
        raise ValueError("an entry without a milestone")
    return Milestone(
        type=step.type,
        subject=step.subject,
        event_date=entry.begins,
        certainty=step.certainty,
        start=0,
        end=0,
        rule=RULE,
        count=step.count,
    )
