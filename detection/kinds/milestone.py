"""Steps in the treaty's life that a text reports: signatures, ratifications, sessions, drafts, and the like."""

from datetime import date, datetime

from detection.calendar_forms import DateMention, likely_year
from detection.kinds.milestone_rules import steps_in
from detection.kinds.milestone_steps import Step
from detection.kinds.milestone_words import Line, load_milestone_words, read_line
from detection.phrases import Mark
from detection.relevance import concerns_topic, topic_mentions
from detection.sentences import Reading
from records.finding import Finding, Milestone, Refusal

_ENDED = ("deposited", "domestic")
"""What a step is called that has been taken; those that newspapers tell in the present tense may be to come."""

_OLD_MONTHS = 2
_RANGE_REACH = 2
"""Words between the two days of a range ("to", "al", "– ")."""


def find(reading: Reading) -> tuple[list[Finding], list[Refusal]]:
    """Every step that the text tells about the watched treaty, each once, and the candidates turned down."""
    words = load_milestone_words(reading.language)
    if words is None:
        return [], []
    gate = [piece for piece in words.gate if piece in reading.lowered]
    if not gate or not topic_mentions(reading):
        return [], []
    found: dict[tuple[str, str | None], Milestone] = {}
    refused: list[Refusal] = []
    for number in reading.sentences_with(gate):
        line = read_line(reading, number, words)
        for step in steps_in(line, words):
            reason = step.refused or _reason_against(reading, line, step)
            if reason is not None:
                refused.append(Refusal("milestone", line.start, line.end, reason))
                continue
            _enter(found, _milestone(line, step, reading.document.published_at))
    return list(found.values()), refused


def _reason_against(reading: Reading, line: Line, step: Step) -> str | None:
    mentions = topic_mentions(reading)
    named = any(start < line.end and end > line.start for start, end in mentions)
    if not named and line.of("other_treaty"):
        return "another treaty"
    if not named and not (line.of("treaty") or step.type in ("session", "election")):
        return "the treaty is not named"
    if not concerns_topic(reading, line.start, line.end):
        return "not about the watched treaty"
    published = reading.document.published_at
    mention = _nearest_date(line, step.at)
    if mention is not None and mention.precision != "day" and _is_old(mention, published.date() if published else None):
        return "recalled from an earlier time"
    return None


def _milestone(line: Line, step: Step, published_at: datetime | None) -> Milestone:
    mention = _nearest_date(line, step.at)
    day = mention.day if mention else None
    if mention is not None and day is not None and step.type in ("session", "protocol"):
        day = _first_day(line, mention, day)
    to_come = day is not None and published_at is not None and day > published_at.date()
    if to_come and step.certainty in _ENDED:
        day, to_come = None, False  # the day is another step's
    return Milestone(
        type=step.type,
        subject=step.subject,
        event_date=day,
        certainty="announced" if to_come else step.certainty,
        start=line.start,
        end=line.end,
        rule=step.rule,
        count=step.count,
    )


def _nearest_date(line: Line, mark: Mark) -> DateMention | None:
    return min(
        line.dates,
        key=lambda mention: abs(mention.first - mark.first) + (40 if mention.precision != "day" else 0),
        default=None,
    )


def _first_day(line: Line, mention: DateMention, day: date) -> date:
    """The first day of several: "26 January to 6 February", "18–29 January"."""
    for other in line.dates:
        if other.day is not None and other.day < day and 0 < mention.first - other.last <= _RANGE_REACH:
            return other.day
    for number in line.numbers:
        if number.last + 1 == mention.first and not number.spelled and 0 < number.value < day.day:
            return day.replace(day=number.value)
    return day


def _is_old(mention: DateMention, published: date | None) -> bool:
    if published is None:
        return False
    year = mention.year or (likely_year(mention.month, published) if mention.month else None)
    if year is None:
        return False
    if mention.month is None:
        return year < published.year
    return (published.year - year) * 12 + published.month - mention.month > _OLD_MONTHS


def _enter(found: dict[tuple[str, str | None], Milestone], milestone: Milestone) -> None:
    """Keeps one milestone for each step and subject: the first, unless a later one has the date or number it lacks."""
    key = (milestone.type, milestone.subject)
    known = found.get(key)
    if known is None or (
        known.event_date is None and milestone.event_date is not None and known.count in (None, milestone.count)
    ):
        found[key] = milestone
