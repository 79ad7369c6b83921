"""One person under many spellings: names in other letters, with or without the first name."""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

_SPELLING = 82
"""Likeness (0 to 100) from which two Latin spellings of a family name are one: Krutskikh, Krutskich."""
_SHORTEST_SOUND = 3
"""Consonants below which two names in different letters agree by chance."""

_SEPARATORS = re.compile(r"[\s·•・‧∙.\-–—]+")
# Sounds that one alphabet writes with two letters; then what remains, by the place where it is spoken.
_PAIRS = ("sh s", "gh g", "kh k", "th t", "ch t", "zh t", "ts t", "ph f", "ng n")
_PLACES = {
    **dict.fromkeys("kgqjhx", "k"),
    **dict.fromkeys("lr", "l"),
    **dict.fromkeys("tdszc", "t"),
    **dict.fromkeys("bpfv", "p"),
    **dict.fromkeys("mn", "n"),
}


@lru_cache(maxsize=2**14)  # one speaker's name meets the same few names for every report of a day
def names_agree(one: str, other: str) -> bool:
    """Whether two mentions can name the same person: one holds the other, or the family names sound alike."""
    ours, theirs = _parts(one), _parts(other)
    if not ours or not theirs:
        return False
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    if _script(one) == _script(other):
        return _same_spelling(ours, theirs)
    return _same_sound(ours, theirs)


def _same_spelling(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if ratio(ours[-1], theirs[-1]) < _SPELLING:
        return False
    first, second = ours[0], theirs[0]
    alone = len(ours) == 1 or len(theirs) == 1
    return alone or first[0] == second[0] or ratio(first, second) >= _SPELLING


def _same_sound(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    mine, yours = _sound(ours[-1]), _sound(theirs[-1])
    if min(len(mine), len(yours)) < _SHORTEST_SOUND:
        return _sound("".join(ours)) == _sound("".join(theirs))
    return mine == yours


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name in plain Latin letters, in lower case."""
    plain = (re.sub(r"[^a-z]", "", anyascii(part).casefold()) for part in _SEPARATORS.split(name))
    return tuple(part for part in plain if part)


def _sound(part: str) -> str:
    for pair in _PAIRS:
        two, one = pair.split()
        part = part.replace(two, one)
    places = [_PLACES[letter] for letter in part if letter in _PLACES]
    return "".join(place for at, place in enumerate(places) if at == 0 or places[at - 1] != place)


def _script(name: str) -> str:
    """The letters a name is written in, as far as they decide how it can be compared."""
    for letter in name:
        if "\u0600" <= letter <= "\u06ff":
            return "arabic"
        if "\u3400" <= letter <= "\u9fff":
            return "chinese"
        if "\u0400" <= letter <= "\u04ff":
            return "cyrillic"
    return "latin"
