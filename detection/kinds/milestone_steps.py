"""One step in a treaty's life, as the rules hand it on, and what they all ask of a sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detection.kinds.milestone_words import Line, MilestoneWords
from detection.phrases import Mark
from records.finding import Certainty, MilestoneType

FUTURE = ("future", "session_will")
"""Classes of the words that tell of what is to come."""

_OTHER_REACH = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step found in a sentence; ``at`` is its decisive mark, ``refused`` the reason when it is none after all."""

    type: MilestoneType
    subject: str | None
    certainty: Certainty
    rule: str
    at: Mark
    count: int | None = None
    refused: str | None = None


Rule = Callable[[Line, MilestoneWords], Iterator[Step]]


def of_other(line: Line, mark: Mark) -> bool:
    """Whether a step is told of another treaty, which stands right behind it."""
    return line.near(mark, "other_treaty", after=_OTHER_REACH) is not None
