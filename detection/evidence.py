"""What the words of one sentence say about the topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detection.topic import Word, gap, with_old_names

_BOUND = 8
"""Words that may stand between a treaty and what it is against: "a convention to counter what it calls cybercrime"."""

_OWN = 3
"""A treaty this close to another's name is that other's: "the Budapest Convention"."""

_NAMED_AFTER = 1
"""Words between a treaty and the place it is called after: "Convention de Hanoï", "Hanoi-Konvention"."""

_FAR = 99

_SUBJECT = 5
"""Words that may stand between a treaty or resolution and its subject when that is not ours."""

_INSTRUMENTS = ("treaty", "resolution")
_CRIMES = ("cybercrime", "old_name")

_TELLING = frozenset(("symbol", "number", "hanoi", "cyber", *_CRIMES))
"""Classes of words without one of which a sentence bears no evidence."""

_RIVALS = frozenset(("other", "subject"))
"""Classes of words without one of which no treaty is another's."""


@dataclass(slots=True)
class Evidence:
    """One reason to believe that a sentence is about the topic: its kind (a key of the weights) and its place."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Gist:
    """What matters of one sentence's words: evidence of its own, and what it may lend to its neighbours."""

    evidence: tuple[Evidence, ...]
    kinds: frozenset[str]
    foreign: bool
    """A treaty or resolution is named that is not ours."""
    elsewhere: bool
    """And its subject is another: not a rival on the same subject, with which ours is compared."""
    instrument: bool
    """A treaty or resolution is named that is not known to be another's."""


NOTHING = Gist((), frozenset(), foreign=False, elsewhere=False, instrument=False)


def read_gist(words: Sequence[Word]) -> Gist:
    """What the words of one sentence say; ``words`` are the topic's words found in it, in order."""
    marks = with_old_names(list(words))
    kinds = frozenset([mark.kind for mark in marks])
    instruments = [mark for mark in marks if mark.kind in _INSTRUMENTS]
    foreign = _foreign(instruments, marks) if instruments and not _RIVALS.isdisjoint(kinds) else []
    own = [mark for mark in instruments if mark not in foreign] if foreign else instruments
    return Gist(
        evidence=() if _TELLING.isdisjoint(kinds) else tuple(_evidence(marks, own, kinds, foreign)),
        kinds=kinds,
        foreign=bool(foreign),
        elsewhere=bool(foreign) and any(_has_other_subject(mark, marks) for mark in foreign),
        instrument=bool(own),
    )


def _evidence(marks: list[Word], own: list[Word], kinds: frozenset[str], foreign: list[Word]) -> Iterable[Evidence]:
    crimes = [mark for mark in marks if mark.kind in _CRIMES]
    makers = kinds & {"nations", "hanoi", "committee"}
    for mark in marks:
        if mark.kind in ("symbol", "number"):
            yield Evidence(mark.kind, mark.start, mark.end)
        elif mark.kind == "old_name":
            yield Evidence("old_name", mark.start, mark.end)
        elif mark.kind == "committee" and crimes:
            yield _between("committee", mark, _nearest(mark, crimes))
        elif mark.kind == "hanoi" and crimes and "nations" in kinds:
            yield Evidence("ceremony", mark.start, mark.end)
    for mark in own:
        yield from _of_instrument(mark, marks, crimes, makers)
    if crimes and "nations" in kinds and not foreign:
        kind = "decision" if "adoption" in kinds and "other" not in kinds else "theme"
        yield Evidence(kind, crimes[0].start, crimes[0].end)


def _of_instrument(mark: Word, marks: list[Word], crimes: list[Word], makers: frozenset[str]) -> Iterable[Evidence]:
    if mark.kind == "resolution":
        if crimes:
            kind = "resolution" if "nations" in makers else "bare_resolution"
            yield _between(kind, mark, _nearest(mark, crimes))
        return
    for place in marks:
        if place.kind == "hanoi":
            beside = gap(place, mark) <= _NAMED_AFTER
            kind = "hanoi_name" if beside else "hanoi" if "nations" in makers else "ceremony"
            yield _between(kind, place, mark)
    subject = _subject(mark, marks, crimes)
    if subject is None:
        return
    if makers:
        yield _between("named", mark, subject)
    else:
        yield _between("worldwide" if _is_global(mark, subject, marks) else "unnamed", mark, subject)


def _subject(mark: Word, marks: list[Word], crimes: list[Word]) -> Word | None:
    """The crime that a treaty is against, if it is ours; "cyber treaty" counts when the two words touch."""
    if crimes and gap(nearest := _nearest(mark, crimes), mark) <= _BOUND:
        return nearest
    return next((other for other in marks if other.kind == "cyber" and gap(other, mark) == 0), None)


def _is_global(mark: Word, subject: Word, marks: list[Word]) -> bool:
    return any(other.kind == "global" and min(gap(other, mark), gap(other, subject)) <= _OWN for other in marks)


def _foreign(instruments: list[Word], marks: list[Word]) -> list[Word]:
    """The treaties and resolutions that are others: another's name claims them, or another subject is nearer."""
    claimed = [_claimed(mark, instruments, marks) for mark in marks if mark.kind == "other"]
    return [mark for mark in instruments if mark in claimed or _has_other_subject(mark, marks)]


def _claimed(name: Word, instruments: list[Word], marks: list[Word]) -> Word | None:
    """The one treaty that another's name belongs to: the nearest; of two, the further from "United Nations"."""
    nations = [mark for mark in marks if mark.kind == "nations"]
    near = [mark for mark in instruments if gap(name, mark) <= _OWN]
    return min(near, key=lambda mark: (gap(name, mark), -_least(mark, nations)), default=None)


def _has_other_subject(mark: Word, marks: list[Word]) -> bool:
    ours = _least(mark, [other for other in marks if other.kind in _CRIMES])
    theirs = _least(mark, [other for other in marks if other.kind == "subject"])
    return theirs <= _SUBJECT and theirs < ours


def _least(mark: Word, others: list[Word]) -> int:
    return min((gap(mark, other) for other in others), default=_FAR)


def _nearest(mark: Word, others: list[Word]) -> Word:
    return min(others, key=lambda other: gap(mark, other))


def _between(kind: str, one: Word, other: Word) -> Evidence:
    return Evidence(kind, min(one.start, other.start), max(one.end, other.end))
