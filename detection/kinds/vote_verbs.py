"""Numbers of a vote whose side a verb tells: "adopted by 141 votes", "rejected by 60 states", "got ten votes"."""

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_counts import NOUNS, SIDES, Count, Side, is_covered, placed
from detection.kinds.vote_signs import LABELS, separation
from detection.numbers import Number
from detection.phrases import Mark

_DECIDED_REACH = 10
_CAST_REACH = 6
"""Words between the noun of a number and what its voters were for: "21 states voted in the Council to reject it"."""

_LOOSE = 2
"""Words beside the text between a verb and the number of its subject: "approved on this draft 36 states"."""

_AND = "و"
_PUT = ("object:", "body:", "weak:", "in_body")
_GOT_REACH = 4
_LEADS = ("by", "by_so_many", "got")
_VERBS = ("adopt", "adopted", "reject", "rejected")


def counts_by_verb(clause: Clause, numbers: list[Number]) -> list[Count]:
    """The yes of "adopted by 141 votes" or "141 states approved it", the no of "rejected by 60 states"."""
    found: dict[Side, Count] = {}
    for number in numbers:
        side = None if number.weak else _side_told(clause, number, numbers)
        if side is not None:
            found.setdefault(side, placed(clause, side, number, positional=False))
    return list(found.values())


def _side_told(clause: Clause, number: Number, numbers: list[Number]) -> Side | None:
    starts = {mark.first: mark for mark in clause.marks}
    unit = starts.get(number.last)
    if unit is not None and unit.kind in ("share", "along", "by"):  # "143 of the 193 members"
        unit = next((mark for mark in clause.of("unit", "ballot") if 0 < mark.first - unit.last <= 2), None)
    if unit is None:
        return None
    if unit.kind in _VERBS and clause.has(*SIDES) and not number.spelled:
        return "for" if unit.kind in ("adopt", "adopted") else "against"  # "79 approved and 60 opposed it"
    if unit.kind == "unit" and _is_voted_text(clause, number) and not _is_labelled(clause, numbers, unit):
        return "for"
    if unit.kind not in NOUNS or _is_labelled(clause, numbers, unit) or _follows_label(clause, number):
        return None
    return _side_decided(clause, number, unit)


def _is_voted_text(clause: Clause, number: Number) -> bool:
    """Whether a text is told to be voted by so many, as translations have it: "the document voted 125 states"."""
    texts = clause.of("object:")
    if not texts or any(label.first < number.first for label in clause.of(*LABELS)):
        return False  # "against the document voted 125 states"
    return any(
        mark.last == number.first and any(text.last == mark.first for text in texts) for mark in clause.of("ballot")
    )


def _side_decided(clause: Clause, number: Number, unit: Mark) -> Side | None:
    """Yes or no, by the verb of deciding that a number is led by, or is the subject of."""
    led = next(
        (mark for mark in clause.marks if mark.last in (number.first, number.first - 1) and mark.kind in _LEADS), None
    )
    if _is_got(clause, number, unit, led):
        return "for"
    if led is not None and led.kind == "got":
        return None
    # The verb stands behind the number too: of a majority, and of votes in a language that ends with it.
    back = _DECIDED_REACH if led is not None and (led.kind == "by_so_many" or unit.kind == "ballot") else 0
    for mark in clause.of(*_VERBS):
        side: Side = "for" if mark.kind in ("adopt", "adopted") else "against"
        said = _said_of(clause, unit, mark)
        if unit.kind != "ballot" and said and (unit.kind == "unit" or number.value > 1):
            return side
        if mark.kind == "reject" and unit.kind != "ballot" and _is_cast_for(clause, number, unit, mark):
            return side
        if mark.kind == "adopt" and unit.kind == "ballot" and (mark.last == number.first or mark.first == unit.last):
            return side  # the instrumental of Slavic languages
        if unit.kind != "ballot" and mark.kind in ("adopt", "reject") and _is_subject_behind(clause, mark, number):
            return side  # the subject after its verb, as Slavic and Romance languages and Arabic have it
        borne = any(other.kind == "while" and other.last == number.first for other in clause.marks)
        if borne and unit.kind == "ballot" and 0 < number.first - mark.last <= _DECIDED_REACH:
            return side  # "adopted with 23 votes"
        if led is not None and led.last == number.first and -back <= number.first - mark.last <= _DECIDED_REACH:
            return side
    alone = led is not None and led.last == number.first and unit.kind == "ballot"
    return "for" if alone and not clause.has(*_VERBS) else None


def _is_subject_behind(clause: Clause, decided: Mark, number: Number) -> bool:
    """Whether a number follows its verb: at once, or, where verbs come first, behind the text and where it was put."""
    if decided.last == number.first or not clause.vote_words.verb_first:
        return decided.last == number.first
    if not 0 < number.first - decided.last <= _CAST_REACH + 2:
        return False
    if any(separation(word) for word in clause.words.written[decided.last : number.first]):
        return False
    between = [mark for mark in clause.marks if decided.last <= mark.first and mark.last <= number.first]
    placed_in = {mark.last for mark in between if mark.kind == "in_body"}
    if any(mark.kind.startswith(("body:", "weak:")) and mark.first not in placed_in for mark in between):
        return False  # the body is the subject
    loose = sum(1 for at in range(decided.last, number.first) if not is_covered(at, between))
    texts = any(mark.kind.startswith("object:") for mark in between)
    return texts and loose <= _LOOSE and all(mark.kind.startswith(_PUT) for mark in between)


def _said_of(clause: Clause, unit: Mark, decided: Mark) -> bool:
    """Whether a verb of deciding is said of so many, nothing but their body between."""
    between = [mark for mark in clause.marks if unit.last <= mark.first and mark.last <= decided.first]
    named = any(mark.kind.startswith(("body:", "weak:")) for mark in between)
    loose = [at for at in range(unit.last, decided.first) if not is_covered(at, between)]
    if any(separation(word) for word in clause.words.written[unit.last : decided.first]):
        return False
    others = [
        mark for mark in between if not mark.kind.startswith(("body:", "weak:", "share", "along", "in_body", "by"))
    ]
    return 0 <= decided.first - unit.last <= 1 or (
        named and not others and len(loose) <= 1 and unit.last < decided.first
    )


def _is_got(clause: Clause, number: Number, unit: Mark, led: Mark | None) -> bool:
    """Whether a text is told to have got so many: "got the necessary ten votes", "got a majority of 145 states"."""
    if led is not None and led.kind == "by_so_many" and led.last == number.first and clause.has("got"):
        return True
    return unit.kind == "ballot" and any(
        0 <= number.first - mark.last <= _GOT_REACH
        and not any(separation(word) for word in clause.words.written[mark.last : number.first])
        for mark in clause.of("got")
    )


def _is_cast_for(clause: Clause, number: Number, unit: Mark, decided: Mark) -> bool:
    """Whether so many are told to have voted for what a verb of deciding says, with no other side between."""
    if not 0 <= decided.first - unit.last <= _CAST_REACH:
        return False
    between = [mark for mark in clause.marks if unit.last <= mark.first < decided.first]
    if any(mark.kind.removesuffix("_weak") in SIDES or mark.kind.startswith("object:") for mark in between):
        return False
    if any(separation(word) for word in clause.words.written[unit.last : decided.first]):
        return False
    return any(
        mark.kind == "ballot" and (mark.last == number.first or mark.last == decided.first) for mark in clause.marks
    )


def _follows_label(clause: Clause, number: Number) -> bool:
    """Whether a label stands right before a number, in a language that has them there: "abstaining 29 adopted"."""
    if not clause.vote_words.label_before:
        return False
    return any(mark.kind in SIDES and mark.last == number.first for mark in clause.marks)


def _is_labelled(clause: Clause, numbers: list[Number], unit: Mark) -> bool:
    """Whether a label of its own follows the noun of a number.

    Where verbs come first, one tied on by the "and" that is written as its first letter is the next side's.
    """
    tied = clause.vote_words.verb_first and clause.words.written[unit.last : unit.last + 1]
    if tied and tied[0].startswith(_AND):
        return False
    return any(
        mark.kind.removesuffix("_weak") in SIDES
        and 0 <= mark.first - unit.last <= 1
        and not any(separation(word) >= 3 for word in clause.words.written[unit.last : mark.first])
        and not any(unit.last <= other.first < mark.first for other in numbers)
        for mark in clause.marks
    )
