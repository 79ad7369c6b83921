"""The watched topic's words, and where a text uses them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from detection.lexicon import languages, load_data, load_lexicon
from detection.phrases import Phrases
from detection.words import Words

TOPIC = "topics/cybercrime-convention.yml"

_FROM_PURPOSE = 9
"""Words that may stand between "technologies" and "for criminal purposes"."""

_ACRONYMS = frozenset({"nations", "technology", "committee", "other", "play"})
"""Classes whose words of four letters or fewer are acronyms: "UN", never the French article "un"."""


@dataclass(slots=True)
class Word:
    """A word or phrase of the topic: its class, its place among the words, its offsets in the text."""

    kind: str
    first: int
    last: int
    start: int
    end: int


def topic_words(words: Words, text: str) -> list[Word]:
    """The topic's words in order, the longest at each place; ``text`` is the one that ``words`` were cut from."""
    found: list[Word] = []
    written, starts, ends = words.written, words.starts, words.ends
    for mark in _phrases().find(words):
        kind, first, last = mark.kind, mark.first, mark.last
        if last - first == 1 and kind in _ACRONYMS and len(written[first]) <= 4 and _is_plain(written[first]):
            continue
        found.append(Word(kind, first, last, starts[first], ends[last - 1]))
    for symbol, kind in _symbols():
        if symbol in text:
            found += [Word(kind, -1, -1, start, start + len(symbol)) for start in _places(text, symbol)]
    return found


def with_old_names(marks: list[Word]) -> list[Word]:
    """The words of one sentence, technology beside a criminal purpose read as one: the process's old name."""
    technologies = [mark for mark in marks if mark.kind == "technology"]
    if not technologies:
        return marks
    found = list(marks)
    for mark in marks:
        if mark.kind not in ("criminal", "crime"):
            continue
        nearest = min(technologies, key=lambda technology: gap(technology, mark))
        if gap(nearest, mark) <= _FROM_PURPOSE:
            kind = "old_name" if mark.kind == "criminal" else "cybercrime"
            ordered = sorted((nearest, mark), key=lambda word: word.start)
            found.append(Word(kind, ordered[0].first, ordered[1].last, ordered[0].start, ordered[1].end))
    return found


def gap(one: Word, other: Word) -> int:
    """How many words stand between two words of the topic; 0 when they touch or overlap."""
    return max(0, one.first - other.last, other.first - one.last)


@cache
def weights() -> Mapping[str, float]:
    """How much each kind of evidence counts, and the threshold."""
    found: Mapping[str, float] = load_data(TOPIC)["weights"]
    return found


@cache
def _phrases() -> Phrases:
    table: dict[str, list[str]] = {}
    sections: list[Mapping[str, Any]] = [load_lexicon(code).get("relevance", {}) for code in languages()]
    for section in (*sections, *load_data(TOPIC)["elsewhere"].values()):
        for kind, phrases in section.items():
            table.setdefault(kind, []).extend(phrases)
    return Phrases(table)


@cache
def _symbols() -> tuple[tuple[str, str], ...]:
    return tuple((symbol, kind) for kind, symbols in load_data(TOPIC)["symbols"].items() for symbol in symbols)


def _places(text: str, symbol: str) -> Iterator[int]:
    """Where a text holds a symbol that is not part of a longer word or number."""
    start = text.find(symbol)
    while start >= 0:
        before, after = text[max(0, start - 1) : start], text[start + len(symbol) : start + len(symbol) + 1]
        joined = (before.isascii() and before.isalnum()) or before == "/" or after.isdigit()
        if not joined and not (after == "/" and symbol[0].isdigit()):
            yield start
        start = text.find(symbol, start + len(symbol))


def _is_plain(written: str) -> bool:
    return written.isalpha() and written[0].isascii() and not written[:2].isupper()
