"""The phrases of a language's data, found among the words of a text in one pass."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from detection.words import TOKEN, Words, word_forms
from records.errors import ConfigurationError

_LONGEST_GAP = 15
_MOST_REMEMBERED = 50_000
_FULL_STOPS = frozenset(".!?。！？؟;；")


@dataclass(slots=True)
class Mark:
    """A phrase found: its class in the data, and the words it covers (``last`` is exclusive)."""

    kind: str
    first: int
    last: int


@cache
def family_of(kind: str) -> str:
    """What stands before the colon of a class, the colon with it; empty where a class has none."""
    family, colon, _ = kind.partition(":")
    return family + colon if colon else ""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase of the data. ``sure``: how many of its words agree wherever the table brings it up."""

    kind: str
    words: tuple[str, ...]
    sure: int


def _pattern(kind: str, words: tuple[str, ...]) -> _Pattern:
    if words[0][0] in "^…":
        return _Pattern(kind, words, 0)
    return _Pattern(kind, words, 2 if len(words) > 1 and _is_plain(words[1]) else 1)


def _is_plain(part: str) -> bool:
    """Whether a part of a phrase is the word itself, and no sign of the data."""
    return part[0] not in "^…" and (part[-1] != "*" or part == "*")


class _Starts:
    """The patterns that begin with one word, ready to be narrowed by the word that follows."""

    def __init__(self, patterns: Iterable[_Pattern]) -> None:
        self._by_second: dict[str, list[_Pattern]] = {}
        self._merged: dict[tuple[str, ...], list[_Pattern]] = {}
        others: list[_Pattern] = []
        for pattern in patterns:
            second = pattern.words[1] if len(pattern.words) > 1 else "…"
            (self._by_second.setdefault(second, []) if _is_plain(second) else others).append(pattern)
        self._others = tuple(sorted(others, key=_length, reverse=True))
        self._seconds = self._by_second.keys()
        self.empty = not self._others and not self._by_second

    def before(self, following: tuple[str, ...]) -> Iterable[_Pattern]:
        """Those that may match before a word of these forms, longest first."""
        if self._seconds.isdisjoint(following):
            return self._others
        merged = self._merged.get(following)
        if merged is None:
            narrowed = [pattern for form in following for pattern in self._by_second.get(form, ())]
            merged = self._merged[following] = sorted([*narrowed, *self._others], key=_length, reverse=True)
        return merged


def _length(pattern: _Pattern) -> int:
    return len(pattern.words)


class _Remembered(dict[str, "_Starts | None"]):
    """Word -> the patterns that may begin at it; most words of a text begin none, and come again."""

    def __init__(self, read: Callable[[str], "_Starts | None"]) -> None:
        self._read = read

    def __missing__(self, written: str) -> "_Starts | None":
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        starts = self[written] = self._read(written)
        return starts


class Phrases:
    """A table of phrases by class.

    In a phrase ``*`` ends a stem, ``^`` asks for a capital, ``…`` is a gap in the clause.
    """

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        self._stem_lengths: set[int] = set()
        self._starts = _Remembered(self._starts_of)
        known: dict[tuple[str, ...], str] = {}
        for kind, phrases in table.items():
            for phrase in phrases:
                words = _pattern_words(phrase)
                if known.setdefault(words, kind) != kind:
                    raise ConfigurationError(f"the phrase {phrase!r} stands under {known[words]} and under {kind}")
                self._add(_pattern(kind, words))
        for patterns in (*self._exact.values(), *self._stems.values()):
            patterns.sort(key=lambda pattern: len(pattern.words), reverse=True)
        self._lengths = tuple(sorted(self._stem_lengths, reverse=True))

    def _add(self, pattern: _Pattern) -> None:
        head = pattern.words[0].lstrip("^")
        if head.endswith("*"):
            self._stem_lengths.add(len(head) - 1)
            self._stems.setdefault(head[:-1], []).append(pattern)
        else:
            self._exact.setdefault(head, []).append(pattern)

    def find(self, words: Words) -> list[Mark]:
        """All phrases in the words, the longest at each place, none overlapping another."""
        found: list[Mark] = []
        forms = words.forms
        free_from, count = 0, len(forms)
        known = map(self._starts.__getitem__, words.written)
        for at, starts in [(at, starts) for at, starts in enumerate(known) if starts is not None]:
            if at < free_from:
                continue
            for pattern in starts.before(forms[at + 1] if at + 1 < count else ()):
                sure = pattern.sure
                last = at + sure if sure == len(pattern.words) else _match(pattern.words, words, at, sure)
                if last:
                    found.append(Mark(pattern.kind, at, last))
                    free_from = last
                    break
        return found

    def _starts_of(self, written: str) -> "_Starts | None":
        """The patterns that may begin at a word; None where none does."""
        starts = _Starts(pattern for form in word_forms(written) for pattern in self._starting(form))
        return None if starts.empty else starts

    def _starting(self, form: str) -> list[_Pattern]:
        exact = self._exact.get(form)
        stems = [found for length in self._lengths if len(form) >= length and (found := self._stems.get(form[:length]))]
        if not stems:
            return exact or []
        return [*(exact or ()), *(pattern for patterns in stems for pattern in patterns)]


def _pattern_words(phrase: str) -> tuple[str, ...]:
    """A phrase of the data, cut as a text is cut, its signs (``*``, ``^``, ``…``) kept."""
    parts: list[str] = []
    for part in phrase.split():
        if part == "…":
            parts.append(part)
            continue
        capital = "^" if part.startswith("^") else ""
        stem = "*" if part.endswith("*") else ""
        pieces = [word_forms(piece)[0] for piece in TOKEN.findall(part.strip("^*"))]
        pieces[0] = capital + pieces[0]
        pieces[-1] += stem
        parts.extend(pieces)
    return tuple(parts)


def _match(pattern: tuple[str, ...], words: Words, at: int, sure: int) -> int:
    """Where a pattern that begins at a word ends (exclusive), 0 if it does not match; a gap ends it for the reader.

    ``sure``: the words from the first on that are known to agree.
    """
    position, end = at + sure, 0
    index, count = sure, len(words.written)
    while index < len(pattern):
        part = pattern[index]
        if part == "…":
            end = end or position
            position = _skip_gap(pattern[index + 1], words, position)
            if position < 0:
                return 0
            index += 1
            part = pattern[index]
        if position >= count or not _agrees(part, words, position):
            return 0
        position += 1
        index += 1
    return end or position


def _skip_gap(wanted: str, words: Words, position: int) -> int:
    for here in range(position, min(position + _LONGEST_GAP, len(words))):
        if words.written[here] in _FULL_STOPS:
            return -1
        if _agrees(wanted, words, here):
            return here
    return -1


def _agrees(part: str, words: Words, at: int) -> bool:
    forms = words.forms[at]
    if part in forms:
        return True
    if part[0] == "^" and len(part) > 1:
        if not words.written[at][0].isupper():
            return False
        part = part[1:]
        if part in forms:
            return True
    if part[-1] != "*" or len(part) == 1:
        return False
    stem = part[:-1]
    return any(form.startswith(stem) for form in forms)
