"""Stance: whether what was said is for the convention, against it, worried about it, or neither.

Words decide, as the language file groups them: ``oppose`` outweighs ``concern``, which outweighs
``support``; a demand not to sign opposes. A word of support behind a negation counts as concern.
"""

import re
from collections.abc import Sequence
from functools import cache

from detection.kinds.statement_lexicon import Words, load_words, split_entries
from detection.relevance import concerns_topic
from detection.sentences import Reading
from records.finding import Stance

Span = tuple[int, int]
_REACH = 600
_BEGINNING = 6_000


def concerns(reading: Reading, spans: Sequence[Span]) -> bool:
    """Whether the content of a statement concerns the watched convention."""
    return concerns_topic(reading, spans[0][0], min(spans[-1][1], spans[0][0] + _REACH))


def names_instrument(text: str, words: Words) -> bool:
    """Whether a text speaks of a treaty, a draft, a signing or a negotiation at all (only its beginning is read)."""
    pattern = _patterns(words.language)["instruments"]
    return pattern is not None and pattern.search(text[:_BEGINNING].casefold()) is not None


def read_stance(text: str, spans: Sequence[Span], cue: str, words: Words) -> Stance:
    """The stance of a content that concerns the convention; ``neutral`` when no word tells."""
    patterns = _patterns(words.language)
    said = " ".join(text[start : min(end, start + _REACH)] for start, end in spans).casefold().replace("’", "'")
    if patterns["not_only"]:
        said = patterns["not_only"].sub(" ", said)
    verb = cue.casefold()
    oppose = _count(patterns["oppose"], said) + _count(patterns["oppose_cue"], verb)
    concern = _count(patterns["concern"], said) + _count(patterns["concern_cue"], verb)
    if _count(patterns["procedural"], said) and not oppose and not concern:
        return "neutral"
    support = _count(patterns["support"], said) + _count(patterns["support_cue"], verb)
    denied = _count(patterns["denied_support"], said)
    assured = min(concern, _count(patterns["assured"], said))
    support, concern = support - denied + assured, concern + denied - assured
    if oppose and 2 * oppose >= support:
        return "oppose"
    if concern and concern > (support if support > 1 else support - 1):
        return "concern"
    if support > 0:
        return "support"
    return "support" if _takes_it_on(said, patterns) else "neutral"


def _takes_it_on(said: str, patterns: dict[str, re.Pattern[str] | None]) -> bool:
    """Whether somebody speaks of the convention itself, without a number or a denial: that is to stand by it."""
    instruments = patterns["instruments"]
    denied = (
        _count(patterns["negations"], said)
        or _count(patterns["procedural"], said)
        or any(character.isdigit() for character in said)
    )
    return instruments is not None and instruments.search(said) is not None and not denied


def _count(pattern: re.Pattern[str] | None, text: str) -> int:
    return len(pattern.findall(text)) if pattern else 0


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str] | None]:
    words = load_words(language)
    stance = words.stance if words else {}
    spaced = words is not None and not words.setting("unspaced")
    compiled: dict[str, re.Pattern[str] | None] = {}
    for key in (
        "support",
        "oppose",
        "concern",
        "support_cue",
        "oppose_cue",
        "concern_cue",
        "instruments",
        "negations",
        "procedural",
        "not_only",
        "assured",
    ):
        compiled[key] = _compile(stance.get(key, ""), spaced=spaced)
    compiled["denied_support"] = _denied(stance.get("negations", ""), stance.get("support", ""), spaced=spaced)
    return compiled


def _compile(entries: str, *, spaced: bool) -> re.Pattern[str] | None:
    forms = sorted(set(split_entries(entries)), key=len, reverse=True)
    if not forms:
        return None
    body = "|".join(re.escape(form.casefold().rstrip("!")) + (r"\b" if form.endswith("!") else "") for form in forms)
    if not spaced:
        return re.compile(body)
    arabic = "\u0600" <= forms[0][0] <= "\u06ff"
    return re.compile(rf"\b(?:[وفبلك]?(?:ال)?)(?:{body})" if arabic else rf"\b(?:{body})")


def _denied(negations: str, support: str, *, spaced: bool) -> re.Pattern[str] | None:
    no = "|".join(re.escape(form.casefold()) for form in split_entries(negations))
    yes = "|".join(re.escape(form.casefold()) for form in split_entries(support))
    if not no or not yes:
        return None
    gap = r"\W+(?:\w+\W+){0,3}?" if spaced else ".{0,4}?"
    edge = r"\b" if spaced else ""
    return re.compile(rf"{edge}(?:{no}){gap}(?:{yes})")
