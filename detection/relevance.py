"""Whether a text is about the watched topic, and which of its passages are."""

from functools import lru_cache

from detection.pages import names_topic
from detection.sentences import Reading
from detection.survey import Survey, survey_topic
from detection.topic import weights
from records.finding import Relevance

__all__ = ["concerns_topic", "judge_relevance", "names_topic", "topic_mentions"]

Span = tuple[int, int]

_REASONS = 5

_REACH = 4
"""Sentences before a passage in which what it speaks of is looked for, before the whole text decides."""

_REPETITION = 0.04
"""What each further sentence that is about the topic adds to the score."""


@lru_cache(maxsize=8)
def judge_relevance(reading: Reading) -> Relevance:
    """Whether a text is about the topic, how surely, and why."""
    survey = survey_topic(reading)
    threshold = weights()["threshold"]
    total = max([survey.title_sum, *survey.sums], default=0.0)
    if "play" in survey.title.kinds:
        total *= weights()["play"]
    return Relevance(
        on_topic=total >= threshold,
        score=_score(total, sum(found >= threshold for found in (survey.title_sum, *survey.sums))),
        because=_reasons(reading.text, survey),
    )


def _reasons(text: str, survey: Survey) -> tuple[str, ...]:
    reasons = dict.fromkeys(f"title: {evidence.kind}" for evidence in survey.title.evidence)
    for gist in survey.gists:
        if len(reasons) >= _REASONS:
            break
        reasons |= dict.fromkeys(f"{found.kind}: {text[found.start : found.end]}" for found in gist.evidence)
    return tuple(reasons)[:_REASONS]


def topic_mentions(reading: Reading) -> tuple[Span, ...]:
    """Where the text speaks of the topic beyond doubt, as offset pairs in order."""
    return survey_topic(reading).mentions


def concerns_topic(reading: Reading, start: int, end: int) -> bool:
    """Whether the passage from ``start`` to ``end`` concerns the topic, seen in its sentence and what precedes it."""
    survey = survey_topic(reading)
    first = reading.sentence_number(start)
    last = reading.sentence_number(max(start, end - 1))
    for number in range(last, max(-1, first - 1 - _REACH), -1):
        if survey.sums[number] >= weights()["threshold"]:
            return True
        if survey.gists[number].elsewhere:
            return False
    return judge_relevance(reading).on_topic


def _score(total: float, sentences: int) -> float:
    """From 0 to 1, half at the threshold; the more sentences say it, the surer."""
    surer = _REPETITION * (sentences - 1) if sentences > 1 else 0.0
    return round(min(0.99, total / (2 * weights()["threshold"]) + surer), 3)
