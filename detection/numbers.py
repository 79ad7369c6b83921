"""Numbers in running text: digits of any script, and number words of the language, as far as votes are counted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from detection.lexicon import load_lexicon
from detection.words import Words, word_forms

_DIGITS = re.compile(r"\d+\Z")
_MOST_REMEMBERED = 50_000
_SHORTEST_GLUED = 6
_TEENS_AFTER = frozenset((60, 80))


@dataclass(slots=True)
class Number:
    """A whole number, its words (``last`` exclusive), and how it is written.

    ``spelled``: in words. ``counted``: the word holds the noun too (Arabic duals). ``weak``: a word that is an
    article as often as a number. ``none``: a word of absence, read as 0.
    """

    value: int
    first: int
    last: int
    spelled: bool = False
    counted: bool = False
    weak: bool = False
    none: bool = False


class Numbers:
    """Reads numbers by the ``numbers`` section of a language: atoms, multipliers, joiners, ones, none, counted."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._atoms: dict[tuple[str, ...], int] = {}
        self._longest = 1
        for phrase, value in data["atoms"].items():
            words = tuple(word_forms(word)[0] for word in _cut(str(phrase)))
            self._atoms[words] = int(value)
            self._longest = max(self._longest, len(words))
        self._heads = frozenset(words[0] for words in self._atoms)
        self._multipliers = frozenset(_keys(data.get("multipliers", ())))
        self._joiners = frozenset(_keys(data.get("joiners", ())))
        self._ones = frozenset(_keys(data.get("ones", ())))
        none = {tuple(_keys(_cut(str(phrase)))) for phrase in data.get("none", ())}
        self._counted = {
            tuple(word_forms(word)[0] for word in _cut(str(phrase))): int(value)
            for phrase, value in data.get("counted", {}).items()
        }
        self._marked = _by_head(self._counted, sorted(none, key=lambda phrase: (-len(phrase), phrase)))
        self._beginnings = frozenset((*self._heads, *self._ones, *self._marked))
        self._begins_none: set[str] = set()
        self._units_first = bool(data.get("units_first", False))
        self._glued = _glued_pattern(self._atoms, self._joiners) if data.get("glued") else None

    def find(self, words: Words) -> list[Number]:
        """Every number among the words, in order, none overlapping another."""
        found: list[Number] = []
        free_from = 0
        begins_none = self._begins_none
        for at in [at for at, written in enumerate(words.written) if written not in begins_none]:
            if at < free_from or not self._may_begin(words.written[at], words.forms[at]):
                continue
            number = self._number_at(words, at)
            if number is not None:
                found.append(number)
                free_from = number.last
        return found

    def _may_begin(self, written: str, forms: tuple[str, ...]) -> bool:
        """Whether a number may begin with a word; most words of a text begin none, and come again."""
        if written[0].isdigit() or not self._beginnings.isdisjoint(forms):
            return True
        if self._glued is not None and len(forms[0]) >= _SHORTEST_GLUED:
            return True
        if len(self._begins_none) >= _MOST_REMEMBERED:
            self._begins_none.clear()
        self._begins_none.add(written)
        return False

    def _number_at(self, words: Words, at: int) -> Number | None:
        written = words.written[at]
        if written[0].isdigit():
            return Number(int(written), at, at + 1) if _DIGITS.match(written) and len(written) < 10 else None
        if not self._marked.keys().isdisjoint(words.forms[at]):
            number = self._marked_at(words, at)
            if number is not None:
                return number
        number = self._compose(words, at)
        article = number is None and any(form in self._ones for form in words.forms[at])
        if article and self._atom(words, at + 1) is None:
            return Number(1, at, at + 1, spelled=True, weak=True)
        return number

    def _marked_at(self, words: Words, at: int) -> Number | None:
        """A number whose noun is in the word, or in the phrase ("a single state" in Arabic); else a word of absence."""
        phrases = [entry for form in words.forms[at] for entry in self._marked.get(form, ())]
        for _, phrase, value in sorted(phrases, key=lambda entry: entry[0]):
            if self._stands_at(words, at, phrase):
                if value is None:
                    return Number(0, at, at + len(phrase), spelled=True, none=True)
                return Number(value, at, at + len(phrase), spelled=True, counted=True)
        return None

    @staticmethod
    def _stands_at(words: Words, at: int, phrase: tuple[str, ...]) -> bool:
        if at + len(phrase) > len(words):
            return False
        return all(word in words.forms[at + step] for step, word in enumerate(phrase))

    def _compose(self, words: Words, at: int) -> Number | None:
        first = self._atom(words, at)
        if first is None:
            return self._unglue(words, at)
        value, end = first
        slot = self._room(value)
        while end < len(words):
            joined, start = self._after_joiner(words, end)
            following = self._atom(words, start)
            if following is None:
                break
            atom, stop = following
            combined = self._combine(value, slot, atom, joined or self._is_clitic(words, start), words, start)
            if combined is None:
                break
            value, slot = combined
            end = stop
        weak = end == at + 1 and any(form in self._ones for form in words.forms[at])
        return Number(value, at, end, spelled=True, weak=weak)

    def _combine(self, value: int, slot: int, atom: int, joined: bool, words: Words, at: int) -> tuple[int, int] | None:
        """The value and the room left below it when an atom follows; None when the atom begins a new number."""
        multiplies = atom >= 100 or any(form in self._multipliers for form in words.forms[at])
        if multiplies and not joined and 0 < value < atom:
            return value * atom, atom
        if multiplies and atom < 100 and value >= 100 and 0 < value % 100 < 10:
            return value - value % 100 + value % 100 * atom, atom
        if atom < slot:
            return value + atom, self._room(atom)
        unit = value % 100
        if self._units_first and joined and 0 < unit < 10 and 10 < atom < 100 and atom % 10 == 0:
            return value + atom, 0
        if atom < 20 and unit in _TEENS_AFTER and slot == 10:
            return value + atom, 0
        return None

    def _room(self, value: int) -> int:
        """Below which value a further atom still belongs to the number: 120 leaves room for units, 7 for none."""
        if value >= 100:
            return 100
        least = 10 if self._multipliers else 20  # where tens are multiplied, ten itself takes units: 十九
        return 10 if value >= least and value % 10 == 0 else 0

    def _atom(self, words: Words, at: int) -> tuple[int, int] | None:
        if at >= len(words) or not any(form in self._heads for form in words.forms[at]):
            return None
        for length in range(min(self._longest, len(words) - at), 0, -1):
            for form in words.forms[at]:
                key = (form, *(words.forms[at + step][0] for step in range(1, length)))
                if key in self._atoms:
                    return self._atoms[key], at + length
        return None

    def _after_joiner(self, words: Words, at: int) -> tuple[bool, int]:
        start = at
        while start < len(words) and start < at + 3 and words.forms[start][0] in self._joiners:
            start += 1
        return start > at, start

    def _is_clitic(self, words: Words, at: int) -> bool:
        return at < len(words) and words.forms[at][0].startswith("و")

    def _unglue(self, words: Words, at: int) -> Number | None:
        """A number whose words are written as one (German)."""
        if self._glued is None:
            return None
        form = words.forms[at][0]
        if len(form) < _SHORTEST_GLUED or not self._glued.fullmatch(form):
            return None
        pieces = re.findall(self._glued.pattern.removeprefix("(?:").removesuffix(")+"), form)
        inner = Words(tuple((piece,) for piece in pieces), tuple(pieces), (0,) * len(pieces), (0,) * len(pieces))
        number = self._compose(inner, 0)
        return Number(number.value, at, at + 1, spelled=True) if number and number.last == len(pieces) else None


@cache
def load_numbers(language: str | None) -> Numbers | None:
    """The numbers of a language; None when it has no ``numbers`` section."""
    data = load_lexicon(language).get("numbers")
    return Numbers(data) if data else None


def _by_head(
    counted: Mapping[tuple[str, ...], int], none: Iterable[tuple[str, ...]]
) -> dict[str, list[tuple[int, tuple[str, ...], int | None]]]:
    """First word -> the phrases that begin with it: their rank, their words, their number (None: of absence)."""
    table: dict[str, list[tuple[int, tuple[str, ...], int | None]]] = {}
    entries: list[tuple[tuple[str, ...], int | None]] = [*counted.items(), *((phrase, None) for phrase in none)]
    for rank, (phrase, value) in enumerate(entries):
        table.setdefault(phrase[0], []).append((rank, phrase, value))
    return table


def _cut(phrase: str) -> Sequence[str]:
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]", phrase)


def _keys(words: Sequence[str]) -> list[str]:
    return [word_forms(str(word))[0] for word in words]


def _glued_pattern(atoms: Mapping[tuple[str, ...], int], joiners: frozenset[str]) -> re.Pattern[str]:
    pieces = sorted({words[0] for words in atoms if len(words) == 1} | joiners, key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(piece) for piece in pieces) + ")+")
