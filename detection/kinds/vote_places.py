"""Numbers of a vote that no label names, told by their place: "79-60-33", "79 votes to 60"."""

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_counts import Count, Side, dashed, is_covered, placed
from detection.kinds.vote_signs import QUOTES, is_dash, separation
from detection.numbers import Number
from detection.phrases import Mark

_LABEL_REACH = 2
_LED_REACH = 3


def counts_by_place(clause: Clause, numbers: list[Number]) -> tuple[list[Count], set[int], set[int]]:
    """Tallies told by position: "79-60-33", "79-60", "79 votes to 60". Returns the counts and the words used."""
    counts: list[Count] = []
    used: set[int] = set()
    spent: set[int] = set()
    at = 0
    while at < len(numbers) - 1:
        run = dashed(clause, numbers[at:])
        if run in (2, 3) and _voting_near(clause, numbers[at], numbers[at + run - 1]):
            sides = _order(clause, numbers[at + run - 1], run)
            group = numbers[at : at + run]
            counts.extend(placed(clause, side, number) for side, number in zip(sides, group, strict=True))
            used.update(number.first for number in group)
            at += run
            continue
        opposed = _opposed(clause, numbers[at], numbers[at + 1])
        if opposed is not None:
            labelled = any(mark.kind in ("for", "for_weak", "opposed_against") for mark in opposed)
            pair = (("for", numbers[at]), ("against", numbers[at + 1]))
            counts.extend(placed(clause, side, number, positional=not labelled) for side, number in pair)  # type: ignore[arg-type]
            used.update((numbers[at].first, numbers[at + 1].first))
            spent.update(mark.first for mark in opposed)
            spent.update(_label_after(clause, numbers[at + 1]))
            at += 2
            continue
        at += 1
    return counts, used, spent


def _voting_near(clause: Clause, first: Number, last: Number) -> bool:
    kinds = (
        "ballot",
        "adopt",
        "adopted",
        "reject",
        "rejected",
        "recorded",
        "abstain",
        "for",
        "against",
        "against_weak",
    )
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
    if _is_no_first(clause, left, right) or _abstained(clause, right):
        return None
    if opposed.kind not in ("opposed", "opposed_against", "against_weak") or any(
        mark.kind not in ("ballot", "unit", "unit_one", "for", "for_weak") for mark in rest
    ):
        return None
    words = [at for at in range(left.last, right.first) if not is_covered(at, outside) and not clause.bracketed(at)]
    loose = [at for at in words if clause.words.written[at] not in QUOTES and not is_dash(clause.words.written[at])]
    if any(separation(clause.words.written[at]) >= 3 for at in range(opposed.last, right.first)):
        return None
    commas = sum(1 for at in loose if separation(clause.words.written[at]) >= 3)
    aside = commas == 2 and bool(rest) and rest[0].first - left.last <= 1
    spare = sum(1 for at in range(opposed.last, right.first) if clause.words.written[at] not in QUOTES)
    if spare > (1 if opposed.kind != "against_weak" else 0) or len(loose) > (14 if aside else 3):
        return None
    if commas and not aside and opposed.kind == "against_weak":
        return None
    if opposed.kind == "opposed" and not rest and not _voting_near(clause, left, right):
        return None
    return between


def _is_no_first(clause: Clause, left: Number, right: Number) -> bool:
    """Whether both numbers have labels of their own, the no told first: "24 voted no, to 93 that backed it"."""
    led = any(0 <= _told_from(clause, mark.last, left.first) <= _LED_REACH for mark in clause.of("against"))
    return led and any(mark.kind == "for" and 0 <= mark.first - right.last <= _LABEL_REACH for mark in clause.marks)


def _told_from(clause: Clause, first: int, last: int) -> int:
    """The words from one place to another, those of the text and of its body left out; negative when turned round."""
    put = (*clause.of("object:"), *clause.of("body:"), *clause.of("in_body"))
    between = [mark for mark in put if first <= mark.first and mark.last <= last]
    return last - first - sum(mark.last - mark.first for mark in between)


def _abstained(clause: Clause, number: Number) -> bool:
    """Whether a number is told at once to be of those who abstained: "with 22 votes, at 14 abstentions"."""
    if clause.vote_words.verb_first:
        return False  # there the word begins the next count
    return any(mark.kind == "abstain" and mark.first == number.last for mark in clause.marks)


def _label_after(clause: Clause, number: Number) -> set[int]:
    """The label that a placed number carries on top ("to 6 against")."""
    for mark in clause.marks:
        if number.last <= mark.first <= number.last + 2 and mark.kind in ("against", "against_weak", "unit", "ballot"):
            if mark.kind in ("unit", "ballot"):
                continue
            return {mark.first}
    return set()
