"""What a sentence says was decided: adopted or rejected, by which method, and whether it says so as news."""

from dataclasses import dataclass
from typing import Literal

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_signs import separation
from detection.kinds.vote_words import VoteWords
from detection.phrases import Mark
from records.finding import Method

Polarity = Literal["yes", "no"]

_BEFORE = 4
_FAILED_REACH = 7
_OBJECT_REACH = 30
_PRONOUN_REACH = 3
_METHODS: dict[str, Method] = {
    "unanimous": "unanimous",
    "consensus": "consensus",
    "without_vote": "without_vote",
    "recorded": "recorded",
    "vetoed": "recorded",
    "veto": "recorded",
}
_POSITIVE, _NEGATIVE = ("adopt", "adopted"), ("reject", "rejected", "vetoed")
_DECISIVE = frozenset((*_POSITIVE, *_NEGATIVE))
_DECIDING = _DECISIVE | {"against"}


@dataclass(slots=True)
class Claim:
    """One decision a sentence tells.

    ``passing``: as a participle beside the news ("the text adopted by …") or as ``background``, in the
    pluperfect or under "after".
    """

    clause: int
    first: int
    last: int
    polarity: Polarity
    passing: bool
    background: bool
    active: bool
    object: str | None
    method: Method | None


def claims_in(clause: Clause, vote_words: VoteWords) -> list[Claim]:
    """The decisions a sentence tells, in order; not wishes, conditions and duties."""
    found: list[Claim] = []
    if clause.kinds.isdisjoint(_DECIDING):
        return found
    for index, mark in enumerate(clause.marks):
        opposing = mark.kind == "against" and _is_of_body(clause, index)
        if not (mark.kind in _DECISIVE or opposing) or _is_unreal(clause, index):
            continue
        polarity: Polarity = "yes" if mark.kind in _POSITIVE else "no"
        if polarity == "yes" and _negated(clause, index):
            polarity = "no"
        passive = mark.kind in ("adopted", "rejected")
        active = not passive or _has_subject(clause, index, vote_words)
        auxiliary = passive and _has_auxiliary(clause, index)
        thing = _object(clause, mark, active=active and not auxiliary)
        found.append(
            Claim(
                clause.number,
                mark.first,
                mark.last,
                polarity,
                passing=_is_background(clause, index) or (passive and not active and not auxiliary),
                background=_is_background(clause, index),
                active=active and not auxiliary,
                object=thing,
                method=_method(clause, mark),
            )
        )
    return found


def _is_of_body(clause: Clause, index: int) -> bool:
    """Whether a body, by so many votes, stood against a text: "the Assembly rejected it by 67 votes to 50"."""
    before, mark, behind = clause.marks[max(0, index - 1)], clause.marks[index], clause.marks[index + 1 : index + 2]
    led = before.last == mark.first and before.kind.startswith(("body:", "weak:"))
    return led and bool(behind) and behind[0].kind in ("by", "opposed") and behind[0].first == mark.last


def _is_unreal(clause: Clause, index: int) -> bool:
    """Whether a verb of deciding stands under "to", "will", "must", "if"."""
    mark = clause.marks[index]
    return any(
        other.kind in ("future", "unreal", "threshold") and 0 <= mark.first - other.last <= _BEFORE
        for other in clause.marks[max(0, index - 3) : index]
    )


def _is_background(clause: Clause, index: int) -> bool:
    """Whether a verb of deciding stands in the pluperfect or under "after", "since"."""
    mark = clause.marks[index]
    return any(
        other.kind == "background" and 0 <= mark.first - other.last <= _BEFORE
        for other in clause.marks[max(0, index - 3) : index]
    )


def _negated(clause: Clause, index: int) -> bool:
    mark = clause.marks[index]
    if _is_failure(clause, index):
        return True
    return any(
        other.kind == "not" and 0 <= mark.first - other.last <= 2 for other in clause.marks[max(0, index - 2) : index]
    )


def _is_failure(clause: Clause, index: int) -> bool:
    """Whether a noun of deciding tells what was failed in: Arabic "the Council failed in the adoption of …"."""
    mark = clause.marks[index]
    if not any(
        other.kind == "in_body" and other.last == mark.first for other in clause.marks[max(0, index - 2) : index]
    ):
        return False
    return any(
        other.kind == "reject"
        and 0 < mark.first - other.last <= _FAILED_REACH
        and not any(separation(word) >= 3 for word in clause.words.written[other.last : mark.first])
        for other in clause.marks[max(0, index - 6) : index]
    )


def _has_auxiliary(clause: Clause, index: int) -> bool:
    """Whether a participle is a finite passive: "was adopted", "wurde … angenommen", "a été adoptée"."""
    mark = clause.marks[index]
    near = (*clause.marks[max(0, index - 12) : index], *clause.marks[index + 1 : index + 2])
    for other in near:
        if other.kind not in ("aux", "aux_far"):
            continue
        reach = 4 if other.kind == "aux" else 30
        if 0 <= mark.first - other.last <= reach and not _parted(clause, other.last, mark.first, other.kind):
            return True
        if other.first == mark.last and other.kind == "aux_far":
            return True
    return False


def _parted(clause: Clause, first: int, last: int, kind: str) -> bool:
    return kind == "aux" and any(separation(word) >= 3 for word in clause.words.written[first:last])


def _has_subject(clause: Clause, index: int, vote_words: VoteWords) -> bool:
    """Whether a form that is past tense or participle (English) follows a body that acts: "the Assembly adopted"."""
    if not vote_words.participle_is_past:
        return False
    mark = clause.marks[index]
    for other in reversed(clause.marks[:index]):
        if other.kind.startswith(("body:", "weak:", "foreign")):
            between = clause.words.written[other.last : mark.first]
            commas = sum(1 for word in between if separation(word) >= 3)
            blocked = any(
                mid.kind.startswith("object:") or mid.kind in ("by", "aux")
                for mid in clause.marks
                if other.last <= mid.first < mark.first
            )
            led = any(
                lead.kind in ("by", "in_body") and lead.last in (other.first, other.first - 1) for lead in clause.marks
            )
            return not blocked and not (led and commas == 0) and commas in (0, 2) and len(between) <= 25
    begins = index == 0 and 0 < mark.first <= _PRONOUN_REACH
    return mark.first == 0 or (begins and clause.words.forms[0][0] in vote_words.pronouns)


def _object(clause: Clause, mark: Mark, *, active: bool) -> str | None:
    """What was decided upon: after an active verb, before a passive one, else on the other side."""
    after = [other for other in clause.of("object:") if 0 <= other.first - mark.last <= _OBJECT_REACH]
    before = [other for other in clause.of("object:") if 0 <= mark.first - other.last <= _OBJECT_REACH]
    # In a chain of nouns ("draft resolution on the convention") the first one is decided upon.
    nearest_before = before[-1:] if active else before[:1]
    ordered = [*after[:1], *nearest_before] if active or not before else [*nearest_before, *after[:1]]
    return ordered[0].kind.partition(":")[2] if ordered else None


def _method(clause: Clause, mark: Mark) -> Method | None:
    """The way of deciding told nearest to the verb; a stronger word nearby wins over a distant one."""
    best: tuple[int, Method] | None = None
    for other in clause.marks:
        method = _METHODS.get(other.kind)
        if method is None:
            continue
        distance = other.first - mark.last if other.first >= mark.last else mark.first - other.last
        if best is None or distance < best[0]:
            best = (distance, method)
    return best[1] if best else None
