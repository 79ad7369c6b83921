"""The numbers of a vote: each number bound to its own label, before or after it, or by its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detection.kinds.vote_clauses import QUOTES, Clause, is_dash, separation
from detection.kinds.vote_voters import named_voters
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number
from detection.phrases import Mark

Side = Literal["for", "against", "abstain"]

_GAIN = 14.0
_WORD_COST = 0.45
_BARE_COST = 3.0
_MOST_BOUND = 40
"""Labels and numbers of one sentence that are paired; no report has as many, and pairing takes their product."""

_REACH = 24
_DECIDED_REACH = 10
_LEADS = ("by", "by_so_many", "got")


@dataclass(frozen=True, slots=True)
class Count:
    """How many were on a side, or who: ``voters`` (English names) when they are only listed. Word places in a clause."""

    side: Side
    value: int | None
    voters: tuple[str, ...]
    clause: int
    first: int
    last: int
    positional: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    side: Side
    first: int
    last: int


def count_votes(clause: Clause, vote_words: VoteWords) -> list[Count]:
    """The counts that a sentence gives, in the order of the text."""
    numbers = [number for number in clause.numbers if _counts_in_brackets(clause, number.first)]
    placed, used, spent = _by_place(clause, numbers)
    carried = [] if placed else _by_so_many(clause, numbers)
    placed = [*placed, *carried]
    used |= {count.first for count in carried}
    labels = [label for label in _labels(clause, numbers, label_before=vote_words.label_before) if label.first not in spent and not _idle(clause, label)]
    free = [number for number in numbers if number.first not in used]
    bound = _bind(clause, labels[:_MOST_BOUND], free[:_MOST_BOUND], vote_words)
    counts = [*placed]
    fences = [(label.first, label.last) for label in labels] + [_with_unit(clause, number) for number in numbers]
    for label, number in bound:
        if number is None and _is_nil(clause, label):
            counts.append(Count(label.side, 0, (), clause.number, label.first, label.last))
        elif number is None:
            voters = named_voters(clause, label.first, label.last, fences)
            if voters:
                counts.append(Count(label.side, None, voters, clause.number, label.first, label.last))
        else:
            first, last = min(label.first, number.first), max(label.last, number.last)
            value = number.value + _named_beside(clause, number)
            counts.append(Count(label.side, value, (), clause.number, first, last))
    return sorted(counts, key=lambda count: count.first)


def _idle(clause: Clause, label: _Label) -> bool:
    """A label in brackets that hold no number is an aside."""
    return clause.bracketed(label.first) and not _counts_in_brackets(clause, label.first)


def _counts_in_brackets(clause: Clause, at: int) -> bool:
    """Whether a word stands outside brackets, or in brackets that hold a tally of their own."""
    for first, last in clause.brackets:
        if first <= at < last:
            labels = sum(
                1 for mark in clause.marks if first <= mark.first < last and mark.kind.removesuffix("_weak") in _SIDES
            )
            inside = [number for number in clause.numbers if first <= number.first < last]
            return len(inside) >= 2 and (labels >= 1 or _dashed(clause, inside) >= 2)
    return True


_SIDES = ("for", "against", "abstain")


def _by_place(clause: Clause, numbers: list[Number]) -> tuple[list[Count], set[int], set[int]]:
    """Tallies told by position: "79-60-33", "79-60", "79 votes to 60". Returns the counts and the words used."""
    counts: list[Count] = []
    used: set[int] = set()
    spent: set[int] = set()
    at = 0
    while at < len(numbers) - 1:
        run = _dashed(clause, numbers[at:])
        if run in (2, 3) and _voting_near(clause, numbers[at], numbers[at + run - 1]):
            sides = _order(clause, numbers[at + run - 1], run)
            group = numbers[at : at + run]
            counts.extend(_placed(clause, side, number) for side, number in zip(sides, group, strict=True))
            used.update(number.first for number in group)
            at += run
            continue
        opposed = _opposed(clause, numbers[at], numbers[at + 1])
        if opposed is not None:
            labelled = any(mark.kind in ("for", "for_weak") for mark in opposed)
            pair = (("for", numbers[at]), ("against", numbers[at + 1]))
            counts.extend(_placed(clause, side, number, positional=not labelled) for side, number in pair)  # type: ignore[arg-type]
            used.update((numbers[at].first, numbers[at + 1].first))
            spent.update(mark.first for mark in opposed)
            spent.update(_label_after(clause, numbers[at + 1]))
            at += 2
            continue
        at += 1
    return counts, used, spent


def _by_so_many(clause: Clause, numbers: list[Number]) -> list[Count]:
    """The yes of "adopted by 141 votes" or "141 states approved it", the no of "rejected by 60": numbers without a label."""
    starts = {mark.first: mark for mark in clause.marks}
    for number in numbers:
        unit = starts.get(number.last)
        if number.weak or unit is None or unit.kind not in ("unit", "unit_one", "ballot"):
            continue
        side = _side_decided(clause, number, unit)
        if side is not None and not _is_labelled(clause, numbers, unit):
            return [_placed(clause, side, number, positional=False)]
    return []


def _side_decided(clause: Clause, number: Number, unit: Mark) -> Side | None:
    """Yes or no, by the verb of deciding that a number is led by, or is the subject of."""
    led = next((mark for mark in clause.marks if mark.last in (number.first, number.first - 1) and mark.kind in _LEADS), None)
    if led is not None and led.kind == "got":
        return "for" if unit.kind == "ballot" else None
    back = _DECIDED_REACH if led is not None and led.kind == "by_so_many" else 0
    for mark in clause.of("adopt", "adopted", "reject", "rejected"):
        side: Side = "for" if mark.kind in ("adopt", "adopted") else "against"
        if unit.kind == "unit" and 0 <= mark.first - unit.last <= 1:
            return side
        if led is not None and led.last == number.first and -back <= number.first - mark.last <= _DECIDED_REACH:
            return side
    return None


def _is_labelled(clause: Clause, numbers: list[Number], unit: Mark) -> bool:
    """Whether a label of its own follows the noun of a number."""
    return any(
        mark.kind.removesuffix("_weak") in _SIDES
        and 0 <= mark.first - unit.last <= 1
        and not any(unit.last <= other.first < mark.first for other in numbers)
        for mark in clause.marks
    )


def _placed(clause: Clause, side: Side, number: Number, *, positional: bool = True) -> Count:
    return Count(side, number.value, (), clause.number, number.first, number.last, positional=positional)


def _dashed(clause: Clause, numbers: Sequence[Number]) -> int:
    """How many of the numbers from the first on hang together by dashes (or a dashed "to")."""
    run = 1
    for left, right in zip(numbers, numbers[1:], strict=False):
        between = clause.words.written[left.last : right.first]
        joined = len(between) == 1 and is_dash(between[0])
        worded = len(between) == 3 and is_dash(between[0]) and is_dash(between[2])
        if not (joined or worded) or left.spelled != right.spelled:
            break
        run += 1
    return run


def _voting_near(clause: Clause, first: Number, last: Number) -> bool:
    kinds = ("ballot", "adopt", "adopted", "reject", "rejected", "recorded", "abstain", "for", "against", "against_weak")
    return any(
        mark.kind in kinds and mark.last >= first.first - 10 and mark.first <= last.last + 8 for mark in clause.marks
    )


def _order(clause: Clause, last: Number, run: int) -> tuple[Side, ...]:
    """For, against, abstaining, unless the pair is told from the other side ("voted 19-17 against")."""
    if run == 3:
        return ("for", "against", "abstain")
    after = [mark for mark in clause.marks if last.last <= mark.first <= last.last + 1]
    turned = any(mark.kind in ("against", "against_weak", "rejected") for mark in after)
    return ("against", "for") if turned else ("for", "against")


def _opposed(clause: Clause, left: Number, right: Number) -> list[Mark] | None:
    """The marks between two numbers of "79 votes to 60"; None when it is not such a pair."""
    between = [mark for mark in clause.marks if left.last <= mark.first and mark.last <= right.first]
    outside = [mark for mark in between if not clause.bracketed(mark.first)]
    if not outside or right.first - left.last > 40:
        return None
    *rest, opposed = outside
    if opposed.kind not in ("opposed", "against_weak") or any(
        mark.kind not in ("ballot", "unit", "unit_one", "for", "for_weak") for mark in rest
    ):
        return None
    words = [at for at in range(left.last, right.first) if not _covered(at, outside) and not clause.bracketed(at)]
    loose = [at for at in words if clause.words.written[at] not in QUOTES and not is_dash(clause.words.written[at])]
    if any(separation(clause.words.written[at]) >= 3 for at in range(opposed.last, right.first)):
        return None
    commas = sum(1 for at in loose if separation(clause.words.written[at]) >= 3)
    aside = commas == 2 and bool(rest) and rest[0].first - left.last <= 1
    spare = sum(1 for at in range(opposed.last, right.first) if clause.words.written[at] not in QUOTES)
    if spare > (1 if opposed.kind == "opposed" else 0) or len(loose) > (14 if aside else 3):
        return None
    if commas and not aside and opposed.kind == "against_weak":
        return None
    if opposed.kind == "opposed" and not rest and not _voting_near(clause, left, right):
        return None
    return between


def _covered(at: int, marks: list[Mark]) -> bool:
    return any(mark.first <= at < mark.last for mark in marks)


def _label_after(clause: Clause, number: Number) -> set[int]:
    """The label that a placed number carries on top ("to 6 against")."""
    for mark in clause.marks:
        if number.last <= mark.first <= number.last + 2 and mark.kind in ("against", "against_weak", "unit", "ballot"):
            if mark.kind in ("unit", "ballot"):
                continue
            return {mark.first}
    return set()


def _labels(clause: Clause, numbers: list[Number], *, label_before: bool) -> list[_Label]:
    """The labels of sides in a sentence; a weak one counts only beside a number or a word of voting."""
    found: list[_Label] = []
    for index, mark in enumerate(clause.marks):
        kind = mark.kind
        if kind in _SIDES:
            found.append(_Label(kind, mark.first, mark.last))  # type: ignore[arg-type]
        elif kind in ("for_weak", "against_weak"):
            span = _weak_span(clause, index, numbers, label_before=label_before)
            if span is not None:
                found.append(_Label(kind.removesuffix("_weak"), *span))  # type: ignore[arg-type]
    return found


def _weak_span(
    clause: Clause, index: int, numbers: list[Number], *, label_before: bool
) -> tuple[int, int] | None:
    """The words of a weak label together with the word of voting that makes it one."""
    mark = clause.marks[index]
    written = clause.words.written
    for other in (*clause.marks[max(0, index - 3) : index], *clause.marks[index + 1 : index + 8]):
        if other.kind != "ballot":
            continue
        first, last = min(mark.first, other.first), max(mark.last, other.last)
        gap = other.first - mark.last if other.first > mark.first else mark.first - other.last
        commas = sum(1 for at in range(first, last) if separation(written[at]) >= 3)
        follows = other.first > mark.first
        parted = commas not in ((0, 2) if follows else (0,))
        reach = 8 if follows else 6
        if gap <= reach and not parted:
            return (mark.first, last) if other.first > mark.first else (mark.first, mark.last)
    for number in numbers:
        ahead = [at for at in range(number.last, mark.first) if written[at] not in QUOTES and not is_dash(written[at])]
        units = [other for other in clause.marks if other.kind in ("unit", "unit_one", "ballot") and number.last <= other.first < mark.first]
        loose = [at for at in ahead if not _covered(at, units)]
        if number.last <= mark.first and len(loose) <= 0:
            return mark.first, mark.last
        behind = [at for at in range(mark.last, number.first) if written[at] not in QUOTES and not is_dash(written[at])]
        signed = len(behind) < number.first - mark.last
        free = label_before or signed
        if mark.last <= number.first and free and len(behind) <= 1 and number.first - mark.last <= 5:
            return mark.first, mark.last
    return None


def _bind(
    clause: Clause, labels: list[_Label], numbers: list[Number], vote_words: VoteWords
) -> list[tuple[_Label, Number | None]]:
    """The best pairing of labels and numbers that keeps their order, by dynamic programming."""
    best: list[tuple[float, list[int]]] = [(0.0, [])]  # best[n]: only the first n numbers are spent
    best += [(float("-inf"), [])] * len(numbers)
    for place, label in enumerate(labels):
        left = labels[place - 1].last if place else -1
        right = labels[place + 1].first if place + 1 < len(labels) else len(clause.words)
        following = [(score, [*chosen, -1]) for score, chosen in best]
        top, path = float("-inf"), list[int]()
        for index, number in enumerate(numbers):
            if best[index][0] > top:
                top, path = best[index]
            cost = _cost(clause, label, number, left, right, vote_words)
            if cost is None or top == float("-inf"):
                continue
            score = top + _GAIN - cost
            if score > following[index + 1][0]:
                following[index + 1] = (score, [*path, index])
        best = following
    chosen = max(best, key=lambda entry: entry[0])[1]
    return [(label, numbers[index] if index >= 0 else None) for label, index in zip(labels, chosen, strict=True)]


def _cost(
    clause: Clause, label: _Label, number: Number, left: int, right: int, vote_words: VoteWords
) -> float | None:
    """How unlikely a number belongs to a label; None when it cannot."""
    if number.first < left or number.last > right:
        return None
    first, last = (number.last, label.first) if number.last <= label.first else (label.last, number.first)
    if last < first:
        return 0.5
    span = last - first
    if span > _REACH * 3:
        return None
    states = [clause.first_state_word(mention) for mention in clause.states]
    cost = 0.0
    for at in range(first, last):
        if clause.bracketed(at):
            continue
        word = clause.words.written[at]
        weight = separation(word)
        if weight and any(abs(at - state) <= 4 for state in states):
            weight /= 4
        cost += weight or (0.0 if word in QUOTES or is_dash(word) else _WORD_COST * vote_words.far)
    for mark in clause.marks:
        if first <= mark.first < last and mark.kind == "while":
            cost += 3.0
    adjacent = span <= 2
    if not adjacent and not number.counted and not _has_unit(clause, number):
        cost += _BARE_COST
    if span > (6 if number.none else 3) and (number.weak or number.none):
        return None
    return cost if cost < _GAIN else None


def _is_nil(clause: Clause, label: _Label) -> bool:
    """Whether a label is followed by a word that there were none."""
    return any(mark.kind == "nil" and 0 <= mark.first - label.last <= 1 for mark in clause.marks)


def _with_unit(clause: Clause, number: Number) -> tuple[int, int]:
    """The words of a number and of its noun."""
    ends = [mark.last for mark in clause.marks if mark.first == number.last and mark.kind in ("unit", "unit_one", "ballot")]
    return number.first, ends[0] if ends else number.last


def _has_unit(clause: Clause, number: Number) -> bool:
    return any(
        mark.kind in ("unit", "unit_one", "ballot", "other") and 0 <= mark.first - number.last <= 1 for mark in clause.marks
    )


def _named_beside(clause: Clause, number: Number) -> int:
    """The states named before "and ten others", which the number does not hold."""
    others = [
        mark
        for mark in clause.marks
        if mark.kind == "other" and (mark.last == number.first or 0 <= mark.first - number.last <= 1)
    ]
    if not others:
        return 0
    at = min(number.first, others[0].first)
    names = 0
    for mention in reversed(clause.states):
        first = clause.first_state_word(mention)
        last = first
        while last < len(clause.words) and clause.words.starts[last] < mention.end:
            last += 1
        if last > at:
            continue
        if at - last > 2:
            break
        names += 1
        at = first
    return names
