"""Text without blanks as attribution sees it: quotations blacked out, and the cues in what is left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from detection.alternation import alternation
from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import load_words
from detection.quotes import Quote

BLACK = "\ue000"
"""What stands for every character of a quotation."""


@dataclass(slots=True)
class Cue:
    """A verb of saying or a preposition of source in a unit; offsets in the text."""

    start: int
    end: int
    flags: int


def find_cues(skeleton: str, start: int, end: int, language: str) -> Iterator[Cue]:
    """The cues of a stretch, longest first where two begin alike; set phrases that say nothing are left out."""
    pattern, flags, silent = _cue_pattern(language)
    no_speech = {match.span() for match in silent.finditer(skeleton, max(0, start - 2), end)} if silent else set()
    for match in pattern.finditer(skeleton, start, end):
        if not any(a <= match.start() < b for a, b in no_speech):
            yield Cue(match.start(), match.end(), flags[match[0]])


@cache
def _cue_pattern(language: str) -> tuple[re.Pattern[str], dict[str, int], re.Pattern[str] | None]:
    words = load_words(language)
    assert words is not None  # noqa: S101 - the caller holds the compiled words
    flags = {word: flag for word, flag in words.flags.items() if flag & lex.ANY_CUE}
    longest = sorted(flags, key=len, reverse=True)
    silent = "|".join(words.patterns.get("no_speech", "").split(", "))
    return re.compile(alternation(map(re.escape, longest))), flags, re.compile(silent) if silent else None


@cache
def listed_outlets(language: str) -> tuple[str, ...]:
    """The outlets that a language file lists: they carry reports."""
    words = load_words(language)
    flags = words.flags if words else {}
    return tuple(word for word, flag in flags.items() if flag & lex.OUTLET)


def black_out(text: str, quotes: Sequence[Quote]) -> str:
    """The text with every quotation blacked out; offsets stay."""
    pieces: list[str] = []
    at = 0
    for quote in quotes:
        pieces.append(text[at : quote.start])
        pieces.append(BLACK * (quote.end - quote.start))
        at = quote.end
    pieces.append(text[at:])
    return "".join(pieces)
