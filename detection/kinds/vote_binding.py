"""Which number belongs to which label: the best pairing that keeps the order of both."""

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_labels import Label
from detection.kinds.vote_signs import QUOTES, is_dash, separation
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number

_GAIN = 14.0
_WORD_COST = 0.45
_BARE_COST = 3.0
_PARTED_COST = 3.0
_BESIDE = 2
_LIST_REACH = 4
_REACH = 24
_COMMA = 3.0


def bind(
    clause: Clause, labels: list[Label], numbers: list[Number], vote_words: VoteWords
) -> list[tuple[Label, Number | None]]:
    """The best pairing of labels and numbers that keeps their order, by dynamic programming."""
    if not numbers:
        return [(label, None) for label in labels]
    owners = _owners(clause, labels, numbers)
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
            if top == float("-inf") or owners.get(index, place) != place:
                continue
            cost = _cost(clause, label, number, left, right, vote_words)
            if cost is None:
                continue
            score = top + _GAIN - cost
            if score > following[index + 1][0]:
                following[index + 1] = (score, [*path, index])
        best = following
    chosen = max(best, key=lambda entry: entry[0])[1]
    return [(label, numbers[index] if index >= 0 else None) for label, index in zip(labels, chosen, strict=True)]


def _owners(clause: Clause, labels: list[Label], numbers: list[Number]) -> dict[int, int]:
    """Number -> the label that follows it at once and ends their part of the sentence ("…, 5 states against, …")."""
    at = {label.first: place for place, label in enumerate(labels)}
    nouns = {mark.first: mark.last for mark in clause.of("unit", "unit_one", "ballot")}
    found: dict[int, int] = {}
    for index, number in enumerate(numbers):
        place = at.get(number.last, at.get(nouns.get(number.last, -1)))
        if place is not None and _ends(clause, labels[place].last):
            found[index] = place
    return found


def _ends(clause: Clause, at: int) -> bool:
    return at >= len(clause.words) or separation(clause.words.written[at]) >= _COMMA


def _cost(clause: Clause, label: Label, number: Number, left: int, right: int, vote_words: VoteWords) -> float | None:
    """How unlikely a number belongs to a label; None when it cannot."""
    if number.first < left or number.last > right:
        return None
    first, last = (number.last, label.first) if number.last <= label.first else (label.last, number.first)
    if last < first:
        return 0.5
    span = last - first
    if span > _REACH * 3 or (number.last <= label.first and _is_of_names(clause, first, last)):
        return None
    aside = sum(1 for at in range(first, last) if clause.bracketed(at))
    if span - aside > (6 if number.none else 3) and (number.weak or number.none):
        return None
    cost = _way(clause, first, last, vote_words.far)
    if span > _BESIDE and not number.counted and not _has_unit(clause, number):
        cost += _BARE_COST
    return cost if cost < _GAIN else None


def _is_of_names(clause: Clause, first: int, last: int) -> bool:
    """Whether a label is told of states named right before it, in a clause of their own: "…, with X and Y against"."""
    if not any(clause.last_state_word(mention) == last for mention in clause.states):
        return False
    places = [clause.first_state_word(mention) for mention in clause.states]
    return any(
        first < mark.first < last
        and separation(clause.words.written[mark.first - 1]) >= _COMMA
        and any(0 <= place - mark.last <= 1 for place in places)
        for mark in clause.of("while")
    )


def _way(clause: Clause, first: int, last: int, far: float) -> float:
    """What the words and signs from one place to another cost; commas of a list of states cost little."""
    states = [clause.first_state_word(mention) for mention in clause.states]
    asides = [*_asides(clause, first, last), *_named(clause, first, last)]
    cost = _PARTED_COST * sum(
        1
        for mark in clause.of("while")
        if first <= mark.first < last and not any(begin <= mark.first < end for begin, end in asides)
    )
    for at in range(first, last):
        if clause.bracketed(at) or any(begin <= at < end for begin, end in asides):
            continue
        word = clause.words.written[at]
        weight = separation(word)
        if weight and any(abs(at - state) <= _LIST_REACH for state in states):
            weight /= 4
        cost += weight or (0.0 if word in QUOTES or is_dash(word) else _WORD_COST * far)
    return cost


def _named(clause: Clause, first: int, last: int) -> list[tuple[int, int]]:
    """The words of a body's name but its first, signs in it ("the U.N. Assembly") included: a name counts as a word."""
    bodies = (*clause.of("body:"), *clause.of("weak:"))
    return [(mark.first + 1, mark.last) for mark in bodies if first <= mark.first and mark.last <= last]


def _has_unit(clause: Clause, number: Number) -> bool:
    return any(
        mark.kind in ("unit", "unit_one", "ballot", "other") and 0 <= mark.first - number.last <= 1
        for mark in clause.marks
    )


def _asides(clause: Clause, first: int, last: int) -> list[tuple[int, int]]:
    """The examples between two commas: "49 states, among them Germany and France, abstained"."""
    found: list[tuple[int, int]] = []
    written = clause.words.written
    for mark in clause.of("including"):
        if first < mark.first < last and separation(written[mark.first - 1]) >= 3 and last - 1 > mark.last:
            ends = [at for at in range(mark.last, last) if separation(written[at]) >= 3]
            if ends:
                found.append((mark.first - 1, ends[-1] + 1))
    return found
