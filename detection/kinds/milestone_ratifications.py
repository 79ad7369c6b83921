"""Ratifications, at home and with the depositary, as a sentence tells them."""

from collections.abc import Iterator

from detection.kinds.milestone_steps import FUTURE, Step, of_other
from detection.kinds.milestone_subjects import count_near, only_state, subjects_near
from detection.kinds.milestone_words import Line, MilestoneWords
from detection.phrases import Mark
from records.finding import Certainty


def ratifications(line: Line, words: MilestoneWords) -> Iterator[Step]:
    """The deposits that a sentence tells; where it tells none, the steps at home."""
    deposits = line.of("deposited", "party_rank")
    for mark in deposits:
        if line.near(mark, "call", *FUTURE, before=4) or (mark.kind == "deposited" and not line.of("instrument")):
            continue
        for subject in subjects_near(line, mark, words):
            yield Step("deposit", subject, "deposited", "milestone/deposit", mark)
    if not deposits:
        for mark in line.of("ratified", "ratify_step"):
            yield from _at_home(line, words, mark)


def _at_home(line: Line, words: MilestoneWords, mark: Mark) -> Iterator[Step]:
    if of_other(line, mark) or line.near(mark, "not", before=3):
        return
    reason = _reason_against(line, words, mark)
    if reason is not None:
        yield Step("ratification_step", None, "announced", "milestone/ratification", mark, refused=reason)
        return
    certainty: Certainty = "announced" if line.near(mark, *FUTURE, before=5) else "domestic"
    named = subjects_near(line, mark, words, adjectives=True) or only_state(line)
    for subject in named if mark.kind == "ratified" else named[-1:]:
        yield Step("ratification_step", subject, certainty, f"milestone/ratification-{mark.kind}", mark)


def _reason_against(line: Line, words: MilestoneWords, mark: Mark) -> str | None:
    """Why a ratification is no step of a state; None when it is one. What a state intends may depend on something."""
    intended = line.near(mark, *FUTURE, before=5) and subjects_near(line, mark, words)
    conditional = not intended and line.near(mark, "condition", before=10, after=10)
    if conditional or line.near(mark, "call", before=8):
        return "a call or a condition"
    return "a number of ratifications" if count_near(line, mark, words) is not None else None
