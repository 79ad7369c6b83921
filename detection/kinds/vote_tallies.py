"""The numbers of a vote: each bound to its own label, before or after it, or told by its place."""

from detection.kinds.vote_binding import bind
from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_companions import companions
from detection.kinds.vote_counts import NOUNS, SIDES, Count, dashed, placed
from detection.kinds.vote_labels import LABELLING, Label, labels_in
from detection.kinds.vote_places import counts_by_place
from detection.kinds.vote_signs import separation
from detection.kinds.vote_verbs import counts_by_verb
from detection.kinds.vote_voters import named_voters
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number

_MOST_BOUND = 40
"""Labels and numbers of one sentence that are paired; no report has as many, and pairing takes their product."""

_ALONE = 3
"""Words of a bracket that holds a number and nothing else."""

_HEADED = 4
"""Words between a label and the number in brackets that it heads: "those that voted against the text were (15)"."""

_SHORT = 6
"""Words, brackets included, of an aside that holds one count: "(with 6 abstentions)"."""


def count_votes(clause: Clause, vote_words: VoteWords) -> list[Count]:
    """The counts that a sentence gives, in the order of the text."""
    if not clause.numbers and clause.kinds.isdisjoint(LABELLING):
        return []
    numbers = [number for number in clause.numbers if not clause.brackets or _counts_in_brackets(clause, number.first)]
    told, used, spent = counts_by_place(clause, numbers)
    carried = [] if told else counts_by_verb(clause, numbers)
    told = [*told, *carried]
    used |= {count.first for count in carried}
    labels = [
        label
        for label in labels_in(clause, numbers, label_before=vote_words.label_before)
        if label.first not in spent and not _idle(clause, label)
    ]
    if not labels:
        return sorted(told, key=lambda count: count.first)
    named = {label.first for label in labels}
    free = [number for number in numbers if number.first not in used and number.first not in named]
    bound = bind(clause, labels[:_MOST_BOUND], free[:_MOST_BOUND], vote_words)
    counts = [*told]
    fences = [(label.first, label.last) for label in labels] + [_with_unit(clause, number) for number in numbers]
    for label, number in bound:
        if label.side == "absent":
            continue
        if number is None and _is_nil(clause, label):
            counts.append(Count(label.side, 0, (), clause.number, label.first, label.last))
        elif number is None:
            voters = named_voters(clause, label.first, label.last, fences)
            if voters:
                counts.append(Count(label.side, None, voters, clause.number, label.first, label.last))
        else:
            first, last = min(label.first, number.first), max(label.last, number.last)
            value = number.value + companions(clause, number, numbers)
            counts.append(Count(label.side, value, (), clause.number, first, last))
    spare = [number for number in free if number not in [bound_to for _, bound_to in bound]]
    counts += _unlabelled(clause, counts, spare)
    return sorted(counts, key=lambda count: count.first)


def _unlabelled(clause: Clause, counts: list[Count], spare: list[Number]) -> list[Count]:
    """The number without a label beside sides that have theirs: "185 votes, with two states against".

    Votes need one other side beside them; states, of whom much may be told, need both.
    """
    others = [len(count.voters) if count.value is None else count.value for count in counts]
    sides = {count.side for count in counts}
    nouns = ("ballot", "unit") if sides == {"against", "abstain"} else ("ballot",)
    told = [number for number in spare if any(mark.first == number.last for mark in clause.of(*nouns))]
    if len(told) != 1 or not others or "for" in sides or told[0].value <= max(others):
        return []
    return [placed(clause, "for", told[0], positional=False)]


def _idle(clause: Clause, label: Label) -> bool:
    """A label in brackets that hold no number is an aside."""
    return clause.bracketed(label.first) and not _counts_in_brackets(clause, label.first)


def _counts_in_brackets(clause: Clause, at: int) -> bool:
    """Whether a word stands outside brackets, or in brackets that hold a tally of their own."""
    for first, last in clause.brackets:
        if first <= at < last:
            if last - first == _ALONE and _is_headed(clause, first, last):
                return True
            labels = sum(
                1 for mark in clause.marks if first <= mark.first < last and mark.kind.removesuffix("_weak") in SIDES
            )
            inside = [number for number in clause.numbers if first <= number.first < last]
            if len(inside) == 1 and labels == 1 and last - first <= _SHORT:
                return True
            return len(inside) >= 2 and (labels >= 1 or dashed(clause, inside) >= 2)
    return True


def _is_headed(clause: Clause, first: int, last: int) -> bool:
    """Whether a bracket stands beside a label: "In favour (124): …", "(6) against", "those against it were (15)"."""
    return any(
        mark.last == first
        or mark.first == last
        or (0 < first - mark.last <= _HEADED and _is_bare(clause, mark.last, first))
        for mark in clause.marks
        if mark.kind.removesuffix("_weak") in SIDES
    )


def _is_bare(clause: Clause, first: int, last: int) -> bool:
    """Whether a stretch holds neither a sign nor another label."""
    if any(separation(word) for word in clause.words.written[first:last]):
        return False
    return not any(first <= mark.first < last and mark.kind.removesuffix("_weak") in SIDES for mark in clause.marks)


def _is_nil(clause: Clause, label: Label) -> bool:
    """Whether a word that there were none follows a label, or leads it in a language that begins with the verb."""
    return any(
        mark.kind == "nil"
        and (0 <= mark.first - label.last <= 1 or (clause.vote_words.verb_first and 0 <= label.first - mark.last <= 1))
        for mark in clause.marks
    )


def _with_unit(clause: Clause, number: Number) -> tuple[int, int]:
    """The words of a number and of its noun."""
    ends = [mark.last for mark in clause.marks if mark.first == number.last and mark.kind in NOUNS]
    return number.first, ends[0] if ends else number.last
