"""The words that name a side of a vote, where they do: a weak one only beside a number or a word of voting."""

from dataclasses import dataclass

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_counts import NOUNS, SIDES, Side, is_covered
from detection.kinds.vote_signs import QUOTES, is_dash, separation
from detection.numbers import Number
from detection.phrases import Mark

_COMMA = 3.0
_OPENING, _CLOSING = frozenset('«„“"《「'), frozenset('»“”"》」')


LABELLING = frozenset((*SIDES, "absent", "opposed_against", "for_weak", "against_weak"))
"""Classes of the words that may name a side."""


@dataclass(slots=True, unsafe_hash=True)
class Label:
    """The words of a clause that name a side."""

    side: Side
    first: int
    last: int


def labels_in(clause: Clause, numbers: list[Number], *, label_before: bool) -> list[Label]:
    """The labels of sides in a sentence; a weak one counts only beside a number or a word of voting."""
    found: list[Label] = []
    labelling = () if clause.kinds.isdisjoint(LABELLING) else enumerate(clause.marks)
    for index, mark in labelling:
        kind = mark.kind
        if kind in SIDES or kind == "absent":
            found.append(Label(kind, mark.first, mark.last))  # type: ignore[arg-type]
        elif kind == "opposed_against":
            found.append(Label("against", mark.first, mark.last))
        elif kind in ("for_weak", "against_weak"):
            span = _weak_span(clause, index, numbers, label_before=label_before) or _marked_span(clause, mark)
            if span is not None:
                found.append(Label(kind.removesuffix("_weak"), *span))  # type: ignore[arg-type]
    short = [Label("against", at, at + 1) for number in numbers if (at := _short_no(clause, number)) is not None]
    short += [Label("against", at, at + 1) for at in _headed_no(clause, numbers)]
    return sorted({*found, *short}, key=lambda label: label.first) if short else found


def _headed_no(clause: Clause, numbers: list[Number]) -> list[int]:
    """The words "no" that head a number: "Yes: 94, No: 14", and behind a sign "yes 94, no 14"."""
    words, denials = clause.words, clause.vote_words.short_no
    found: list[int] = []
    for number in numbers if denials else ():
        signed = number.first >= 1 and words.written[number.first - 1] in ":："
        at = number.first - 2 if signed else number.first - 1
        if at < 0 or words.forms[at][0] not in denials:
            continue
        if signed or (at > 0 and separation(words.written[at - 1]) >= _COMMA and clause.has("for")):
            found.append(at)
    return found


def _short_no(clause: Clause, number: Number) -> int | None:
    """The word "no" right behind a number and before a sign, where a yes is told too; None when there is none."""
    words = clause.words
    at = number.last
    while at < len(words) and words.written[at] in QUOTES:
        at += 1
    if at >= len(words) or words.forms[at][0] not in clause.vote_words.short_no or not clause.has("for"):
        return None
    ends = at + 1 == len(words) or not words.written[at + 1][0].isalnum()
    return at if ends or any(mark.first == at + 1 for mark in clause.of("while")) else None


def _marked_span(clause: Clause, mark: Mark) -> tuple[int, int] | None:
    """The words of a weak label in quotation marks, with the dash behind it: "against" – Russia."""
    written = clause.words.written
    first, last = mark.first - 1, mark.last + 1
    if first < 0 or last >= len(written) or written[first] not in _OPENING or written[last - 1] not in _CLOSING:
        return None
    return (first, last + 1) if is_dash(written[last]) else None


def _weak_span(clause: Clause, index: int, numbers: list[Number], *, label_before: bool) -> tuple[int, int] | None:
    """The words of a weak label together with the word of voting that makes it one."""
    mark = clause.marks[index]
    written = clause.words.written
    for other in (*clause.marks[max(0, index - 6) : index], *clause.marks[index + 1 : index + 8]):
        if other.kind != "ballot":
            continue
        first, last = min(mark.first, other.first), max(mark.last, other.last)
        gap = other.first - mark.last if other.first > mark.first else mark.first - other.last
        title = _quoted(written, first, last)
        gap -= len(title) + _told_between(clause, first, last, numbers)
        commas = sum(1 for at in range(first, last) if separation(written[at]) >= 3 and at not in title)
        follows = other.first > mark.first
        parted = commas not in ((0, 2) if follows else (0,))
        reach = 8 if follows else 6
        crossed = follows and any(mark.last <= label.first < other.first for label in clause.of(*SIDES))
        if gap <= reach and not parted and not crossed:
            return (mark.first, last) if other.first > mark.first else (mark.first, mark.last)
    for number in numbers:
        ahead = [at for at in range(number.last, mark.first) if not _is_mute(written[at])]
        units = [other for other in clause.of(*NOUNS, "share") if number.last <= other.first < mark.first]
        loose = [at for at in ahead if not (is_covered(at, units) or written[at].isdecimal())]
        if number.last <= mark.first and len(loose) <= 0:
            return mark.first, mark.last
        behind = [at for at in range(mark.last, number.first) if not _is_mute(written[at])]
        signed = len(behind) < number.first - mark.last
        linked = any(other.first == mark.last and other.last == number.first for other in clause.of("aux", "aux_far"))
        apart = _is_between_signs(written, mark.first, number.last)
        free = label_before or signed or linked or apart  # "against were 60", "; against, 60;"
        if mark.last <= number.first and free and len(behind) <= 1 and number.first - mark.last <= 5:
            return mark.first, mark.last
    return None


def _is_between_signs(written: tuple[str, ...], first: int, last: int) -> bool:
    """Whether a stretch is set off by a sign on either side: "79 voted for it, against 60, 33 abstained"."""
    led = first > 0 and separation(written[first - 1]) >= _COMMA
    return led and (last == len(written) or separation(written[last]) >= _COMMA)


def _is_mute(sign: str) -> bool:
    """Whether a sign parts nothing: a quotation mark, a dash, a bracket."""
    return sign in QUOTES or sign in "()（）" or is_dash(sign)


def _told_between(clause: Clause, first: int, last: int, numbers: list[Number]) -> int:
    """The words of bodies, numbers and their nouns in a stretch, which part a label from its verb but little."""
    marks = [mark for mark in clause.of("unit", "in_body") if first < mark.first and mark.last < last]
    marks += [mark for mark in clause.of("body:") if first < mark.first and mark.last < last]
    return sum(mark.last - mark.first for mark in marks) + sum(1 for n in numbers if first < n.first and n.last < last)


def _quoted(written: tuple[str, ...], first: int, last: int) -> frozenset[int]:
    """The words of a title in quotation marks, between a label and its word of voting."""
    opened = [at for at in range(first, last) if written[at] in _OPENING]
    closed = [at for at in range(first, last) if written[at] in _CLOSING]
    if not opened or not closed or closed[-1] <= opened[0]:
        return frozenset()
    return frozenset(range(opened[0], closed[-1] + 1))
