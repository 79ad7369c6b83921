"""What the words of one sentence say about the topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detection.topic import Word, gap, with_old_names

_BOUND = 8
"""Words that may stand between a treaty and what it is against: "a convention to counter what it calls cybercrime"."""

_OWN = 3
"""A treaty this close to another's name is that other's: "the Budapest Convention"."""

_SUBJECT = 5
"""Words that may stand between a treaty or resolution and its subject when that is not ours."""

_INSTRUMENTS = ("treaty", "resolution")
_CRIMES = ("cybercrime", "old_name")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to believe that a sentence is about the topic: its kind (a key of the weights) and its place."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gist:
    """What matters of one sentence's words: evidence of its own, and what it may lend to its neighbours."""

    evidence: tuple[Evidence, ...]
    kinds: frozenset[str]
    foreign: bool
    """A treaty or resolution with another subject is named."""
    instrument: bool
    """A treaty or resolution is named that is not known to be another's."""


NOTHING = Gist((), frozenset(), foreign=False, instrument=False)


def read_gist(words: Sequence[Word]) -> Gist:
    """What the words of one sentence say; ``words`` are the topic's words found in it, in order."""
    marks = with_old_names(list(words))
    kinds = frozenset(mark.kind for mark in marks)
    instruments = [mark for mark in marks if mark.kind in _INSTRUMENTS]
    foreign = [mark for mark in instruments if _is_foreign(mark, marks)]
    own = [mark for mark in instruments if mark not in foreign]
    return Gist(
        evidence=tuple(_evidence(marks, own, kinds, foreign)),
        kinds=kinds,
        foreign=bool(foreign),
        instrument=bool(own),
    )


def _evidence(marks: list[Word], own: list[Word], kinds: frozenset[str], foreign: list[Word]) -> Iterable[Evidence]:
    crimes = [mark for mark in marks if mark.kind in _CRIMES]
    makers = kinds & {"nations", "hanoi", "committee"}
    for mark in marks:
        if mark.kind in ("symbol", "number"):
            yield Evidence(mark.kind, mark.start, mark.end)
        elif mark.kind == "old_name" and (makers or own):
            yield Evidence("old_name", mark.start, mark.end)
        elif mark.kind == "committee" and crimes:
            yield _between("committee", mark, _nearest(mark, crimes))
    for mark in own:
        yield from _of_instrument(mark, marks, crimes, makers)
    if crimes and "nations" in kinds and not foreign:
        kind = "decision" if "adoption" in kinds and "other" not in kinds else "theme"
        yield Evidence(kind, crimes[0].start, crimes[0].end)


def _of_instrument(mark: Word, marks: list[Word], crimes: list[Word], makers: frozenset[str]) -> Iterable[Evidence]:
    if mark.kind == "resolution":
        if crimes and "nations" in makers:
            yield _between("resolution", mark, _nearest(mark, crimes))
        return
    for place in marks:
        if place.kind == "hanoi":
            beside = gap(place, mark) <= _OWN
            kind = "hanoi_name" if beside else "hanoi" if "nations" in makers else "ceremony"
            yield _between(kind, place, mark)
    subject = _subject(mark, marks, crimes)
    if subject is None:
        return
    if makers:
        yield _between("named", mark, subject)
    elif any(other.kind == "global" and gap(other, mark) <= _OWN for other in marks):
        yield _between("worldwide", mark, subject)
    else:
        yield _between("unnamed", mark, subject)


def _subject(mark: Word, marks: list[Word], crimes: list[Word]) -> Word | None:
    """The crime that a treaty is against, if it is ours; "cyber treaty" counts when the two words touch."""
    if crimes and gap(nearest := _nearest(mark, crimes), mark) <= _BOUND:
        return nearest
    return next((other for other in marks if other.kind == "cyber" and gap(other, mark) == 0), None)


def _is_foreign(mark: Word, marks: list[Word]) -> bool:
    """Whether a treaty or resolution is another one: another's name touches it, or another subject is nearer."""
    ours = min((gap(mark, other) for other in marks if other.kind in _CRIMES), default=_BOUND + 1)
    theirs = min((gap(mark, other) for other in marks if other.kind == "subject"), default=_BOUND + 1)
    named = min((gap(mark, other) for other in marks if other.kind == "other"), default=_BOUND + 1)
    return named <= min(_OWN, ours) or (theirs <= _SUBJECT and theirs < ours)


def _nearest(mark: Word, others: list[Word]) -> Word:
    return min(others, key=lambda other: gap(mark, other))


def _between(kind: str, one: Word, other: Word) -> Evidence:
    return Evidence(kind, min(one.start, other.start), max(one.end, other.end))
