"""When two reports speak of one milestone: one type of step, of one subject, once or on one date."""

from collections.abc import Iterable
from datetime import date, timedelta

from detection.lexicon import load_data
from detection.timeline import uncertain_events
from detection.topic import TOPIC
from records.development import KnownDevelopment
from records.finding import Milestone

STALE = timedelta(days=7)
"""A step this long before the article that tells it is remembered, not reported."""

_ONCE = frozenset({"signature", "deposit", "entry_into_force", "refusal"})
"""Steps that a state takes once: any later report of one speaks of the same."""
_WINDOWS = {
    "session": timedelta(days=16),
    "ratification_step": timedelta(days=10),
    "protocol": timedelta(days=10),
}
_WINDOW = timedelta(days=7)
"""How far apart two reports of a step that can be taken again may date it."""

_ZONES = timedelta(days=1)
"""One evening is the next day in half of the world."""


def find_milestone(step: Milestone, today: date, known: Iterable[KnownDevelopment]) -> KnownDevelopment | None:
    """The known step that a report of ``today`` speaks of, the nearest in time; None when it is one of its own."""
    fitting = [one for one in known if _same(step, today, one)]
    when = step.event_date or today
    return min(fitting, key=lambda one: abs((one.development.event_date or when) - when), default=None)


def find_ceremony(
    step: Milestone, proof: str, today: date, known: Iterable[KnownDevelopment]
) -> KnownDevelopment | None:
    """The ceremony, no news any more, at which a state signed that a report names without a day; None for no such."""
    if step.type != "signature" or step.event_date is not None or step.subject is None or _is_promise(step):
        return None
    if not any(place in proof for place in load_data(TOPIC)["ceremony"]):
        return None
    return next((one for one in known if _is_past_ceremony(one, today)), None)


def within_one_article(one: Milestone, other: Milestone) -> bool:
    """Whether two findings of one article are one step."""
    same = one.type == other.type and one.subject == other.subject and _is_promise(one) == _is_promise(other)
    dates = (one.event_date, other.event_date)
    return same and (None in dates or one.event_date == other.event_date or one.type in _ONCE)


def unite(steps: list[Milestone]) -> Milestone:
    """The first that is dated, else the first; an article's later mentions add nothing."""
    return next((step for step in steps if step.event_date is not None), steps[0])


def _same(step: Milestone, today: date, known: KnownDevelopment) -> bool:
    other = known.development.finding
    if not isinstance(other, Milestone) or other.type != step.type or _is_promise(other) != _is_promise(step):
        return False
    if other.subject != step.subject and not (step.type == "session" and None in (other.subject, step.subject)):
        return False
    if _disputes(step, known):
        return False
    if step.type in _ONCE and (step.subject is not None or step.event_date is None):
        # A ceremony of many that no date tells apart is the one that is known.
        return True
    there = known.development.event_date or known.development.first_seen.date()
    return abs((step.event_date or today) - there) <= _WINDOWS.get(step.type, _WINDOW)


def _is_past_ceremony(known: KnownDevelopment, today: date) -> bool:
    step, day = known.development.finding, known.development.event_date
    if not isinstance(step, Milestone) or step.type != "signature" or step.subject is not None or _is_promise(step):
        return False
    return day is not None and today - day > STALE


def _disputes(step: Milestone, known: KnownDevelopment) -> bool:
    """Whether a dated report speaks of a day on which an event that is not certain cannot have been."""
    event = uncertain_events().get(known.development.id)
    if event is None or step.event_date is None:
        return False
    return not event.begins - _ZONES <= step.event_date <= event.ends + _ZONES


def _is_promise(step: Milestone) -> bool:
    """To say that one will sign is not to sign."""
    return step.certainty == "announced"
