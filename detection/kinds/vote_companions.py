"""Voters that a number does not hold: the states named beside it, or those whom so many joined."""

from collections.abc import Sequence

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_counts import NOUNS
from detection.kinds.vote_signs import LABELS, separation
from detection.numbers import Number
from detection.states import StateMention

_VOTED = frozenset((*LABELS, "ballot"))
_COMMA = 3.0
_LINK = 3
"""Most words between two names of one list ("the", "and", commas)."""

_SUBJECT = 8
"""Most words of a subject after its number: "four of the five powers of the Council joined 34 others"."""


def companions(clause: Clause, number: Number, numbers: Sequence[Number]) -> int:
    """How many voters stand beside those that a number counts."""
    if number.value == 1 and number.spelled:
        return _beside_the_only(clause, number)
    return _named_beside(clause, number) or _joined_by(clause, number, numbers) or _joining(clause, number)


def _named_beside(clause: Clause, number: Number) -> int:
    """The states named before "and ten others", which the number does not hold."""
    others = [
        mark
        for mark in clause.marks
        if mark.kind == "other" and (mark.last == number.first or 0 <= mark.first - number.last <= 1)
    ]
    if not others:
        return 0
    at = _before_the_same(clause, min(number.first, others[0].first))
    listed = clause.states and clause.first_state_word(clause.states[0]) == 0 and clause.states[0].kind == "name"
    if at and separation(clause.words.written[at - 1]) >= _COMMA and not (listed and at == _behind_first(clause)):
        return 0  # "the nine were X and Y, another 35 abstained": a clause of its own
    names = 0
    for mention in reversed(clause.states):
        first = clause.first_state_word(mention)
        last = clause.last_state_word(mention)
        if last > at:
            continue
        if at - last > 2 or clause.bracketed(first) or any(last <= mark.first < at for mark in clause.of(*LABELS)):
            break
        names += 1
        at = first
    return names or sum(1 for mark in clause.of("own_country") if mark.last <= at)


def _behind_first(clause: Clause) -> int:
    """The word behind the name that begins a sentence and its comma: "India, ten other nations, abstained"."""
    return clause.last_state_word(clause.states[0]) + 1


def _before_the_same(clause: Clause, at: int) -> int:
    """Where the words of a side begin, when "as did" leads from there to a word: "X abstained, as did two others"."""
    led = next((mark for mark in clause.of("along") if mark.last == at), None)
    if led is None:
        return at
    begin = led.first
    while begin:
        label = next((m for m in clause.marks if m.last == begin and m.kind in _VOTED), None)
        if label is not None:
            begin = label.first
        elif separation(clause.words.written[begin - 1]):
            begin -= 1
        else:
            break
    return begin


def _joined_by(clause: Clause, number: Number, numbers: Sequence[Number]) -> int:
    """The first number of "four powers joined 34 other countries in voting against"."""
    for mark in clause.of("joined"):
        if 0 <= number.first - mark.last <= 1:
            return next((n.value for n in reversed(numbers) if 0 < mark.first - n.last <= _SUBJECT), 0)
    return 0


def _joining(clause: Clause, number: Number) -> int:
    """The names, or the number, of those whom so many joined: "four states joined Russia in voting for it"."""
    noun = next((mark for mark in clause.marks if mark.first == number.last and mark.kind in NOUNS), None)
    if noun is None:
        return 0
    if clause.vote_words.verb_first and any(mark.last == number.first for mark in clause.of("joined")):
        return len(_list_after(clause, noun.last, _LINK))
    for mark in clause.of("joined", "along", "by"):
        cast = any(other.kind == "ballot" and noun.last <= other.first < mark.first for other in clause.marks)
        if mark.kind != "joined" and not (cast and mark.kind != noun.kind):
            continue
        if 0 <= mark.first - noun.last <= 2:
            return len(_list_after(clause, mark.last))
    return 0


def _beside_the_only(clause: Clause, number: Number) -> int:
    """The states tied to the one that alone voted so: "the only country against, along with Israel, was Palau"."""
    noun = number.counted or any(
        mark.first == number.last and mark.kind in ("unit", "unit_one") for mark in clause.marks
    )
    labels = clause.of(*LABELS)
    ties = [
        mark
        for mark in clause.of("along", "joined")
        if not any(mark.last <= label.first and label.last <= number.first - 1 for label in labels)  # another side's
    ]
    tied = [mention for mark in ties for mention in _list_after(clause, mark.last)]
    named = [mention for mention in clause.states if mention.kind == "name" and mention not in tied]
    return len(tied) if noun and named else 0


def _list_after(clause: Clause, at: int, reach: int = 1) -> list[StateMention]:
    """The names that follow a word at once, one after another."""
    found: list[StateMention] = []
    for mention in clause.states:
        first = clause.first_state_word(mention)
        if first < at or mention.kind != "name":
            continue
        reach = _LINK if found else reach
        if first - at > reach or any(separation(word) > 3 for word in clause.words.written[at:first]):
            break
        found.append(mention)
        at = clause.last_state_word(mention)
    return found
