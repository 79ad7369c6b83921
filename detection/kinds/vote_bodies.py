"""Which body of the United Nations decided: the one a sentence names, or the one the text is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_numbers import MOST_VOTES
from detection.phrases import Mark

PLENARY, SECURITY, RIGHTS, SOCIAL = (
    "GA plenary",
    "Security Council",
    "Human Rights Council",
    "Economic and Social Council",
)
_NUMBERED = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Ad Hoc", "Credentials")
SOME_COMMITTEE = "General Assembly committee"
"""A committee of the Assembly that a sentence does not name; another sentence may."""

COMMITTEES = frozenset(f"{name} Committee" for name in _NUMBERED) | {SOME_COMMITTEE}

_MEMBERS = {
    SECURITY: 15,
    RIGHTS: 47,
    SOCIAL: 54,
    "IAEA Board of Governors": 35,
    "Commission on Crime Prevention and Criminal Justice": 40,
    "Commission on Narcotic Drugs": 53,
    "Commission on the Status of Women": 45,
}
_COUNCILS = (SECURITY, RIGHTS, SOCIAL)
_FEWEST = 40
"""Votes that a body of all members counts at least, when all sides are told."""

_RECALLING = ("background", "earlier")
_ACTING = frozenset(("foreign", "body:", "weak:"))
_LOOK_BACK = 4
_CONTEXT = 15
_LAST_LATIN = "\u024f"
_SUBJECT_REACH = 2
"""Words between a subject and its verb."""

_POSSESSED = 2
"""Signs and letters between a body and its committee: "the Assembly's First Committee"."""

_LEAST = 1.5
"""A body scored lower is not the one that acts, even when it is alone in its sentence."""

_NO_BODY = "no body of the United Nations is named"
_FOREIGN = "decided by a body that is not of the United Nations"


@dataclass(slots=True)
class Size:
    """How many votes are told, and on how many sides; it tells one body from another."""

    total: int
    sides: int

    def fits(self, body: str) -> bool:
        """Whether so many votes can have been cast in a body."""
        members = _MEMBERS.get(body)
        if members is not None:
            return self.total <= members and (self.sides < 3 or self.total > members / 2)
        return self.sides < 2 or self.total > (_FEWEST if self.sides == 3 else _MEMBERS[SECURITY])


def may_be_one(one: str | None, other: str | None) -> bool:
    """Whether two bodies, by their names, can be the same: equal, or a committee named once and once not."""
    return one == other or (SOME_COMMITTEE in (one, other) and {one, other} <= COMMITTEES)


@dataclass(slots=True)
class Body:
    """The body found, or None and the reason."""

    name: str | None
    reason: str = ""


def members_of(body: str) -> int:
    """How many members a body has: those of the United Nations where it has no number of its own."""
    return _MEMBERS.get(body, MOST_VOTES)


def is_committee(body: str | None) -> bool:
    """Whether a body approves texts that another one adopts."""
    return body in COMMITTEES


def body_marks(clause: Clause) -> Sequence[Mark]:
    """The bodies of the United Nations that a sentence names in full."""
    return clause.of("body:")


def body_near(
    clauses: Clauses,
    number: int,
    anchor: int,
    size: Size,
    claim: tuple[int, int] | None,
    *,
    titles: Sequence[Clause] = (),
    own_sentence: bool = False,
) -> Body:
    """The body that took the vote told at a word of ``clauses[number]``.

    ``claim``: sentence and word of what is told as decided.
    The sentence itself counts most, then the one with the claim, then those before it, then the next
    two, then the beginning and the title; ``own_sentence``: only the sentence itself.
    """
    order = [number + 1, number] if not own_sentence and _is_placed_next(clauses, number) else [number]
    if not own_sentence:
        order += [] if claim is None else [claim[0]]
        order += range(number - 1, max(-1, number - 1 - _LOOK_BACK), -1)
        order += [place for place in (number + 1, number + 2, 0, 1) if place < len(clauses)]
    places = list(dict.fromkeys(order))
    # What a text recalls ("earlier the Third Committee …") is another vote's: such sentences come last.
    recalled = clauses[number].has(*_RECALLING)
    own = {number} if claim is None else {number, claim[0]}
    aside = [place for place in places if place not in own and clauses[place].has(*_RECALLING)]
    aside = [] if recalled else aside
    for place in [*(place for place in places if place not in aside), *aside]:
        at = anchor if place == number else len(clauses[place].words) + _SUBJECT_REACH + 1
        at = claim[1] if claim is not None and claim[0] == place != number else at
        kind = _chosen(clauses[place], at, size, clauses)
        if kind == "foreign":
            return Body(None, _FOREIGN)
        if kind is not None:
            return Body(kind)
    if not own_sentence:
        for title in titles:
            kind = _chosen(title, len(title.words), size, clauses)
            if kind is not None and kind != "foreign":
                return Body(kind)
    return Body(None, _NO_BODY)


def _is_placed_next(clauses: Clauses, number: int) -> bool:
    """Whether a sentence names no body, and the next says where its vote was taken: "the vote was held in …"."""
    if number < 0 or number + 1 >= len(clauses) or body_marks(clauses[number]):
        return False
    after = clauses[number + 1]
    if after.numbers or not any(mark.first <= _SUBJECT_REACH for mark in after.of("ballot")):
        return False
    return any(_lead(after, mark.first) == "in_body" for mark in body_marks(after))


def _chosen(clause: Clause, anchor: int, size: Size, clauses: Clauses) -> str | None:
    """The name of the body of a sentence that most likely acts at a word; ``foreign`` when it is not ours."""
    if clause.has("mock"):
        return "foreign"
    if clause.kinds.isdisjoint(_ACTING):
        return None
    candidates = [mark for mark in clause.marks if mark.kind == "foreign" or mark.kind.startswith(("body:", "weak:"))]
    scored = sorted(
        ((_score(clause, mark, anchor, place), -place, mark) for place, mark in enumerate(candidates)),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    for score, _, mark in scored:
        if score < _LEAST:
            break
        if mark.kind == "foreign" or (mark.kind == f"body:{PLENARY}" and _is_local(clause, mark, clauses)):
            return "foreign"
        family, _, name = mark.kind.partition(":")
        body = name if family == "body" else clauses.committee_named(clause) if name == "committee" else None
        body = body or _settle(name, _context(clauses, clause), size)
        if body is not None and size.fits(body):
            return body
    return None


def _is_local(clause: Clause, mark: Mark, clauses: Clauses) -> bool:
    """Whether a "general assembly" is a state's or a union's.

    It is named after a state, or written in small letters where no state is spoken of.
    """
    if any(mention.end + 1 == clause.words.starts[mark.first] for mention in clause.states if mention.kind == "name"):
        return True
    written = clause.words.written[mark.first]
    if not written[0].islower() or written[0] > _LAST_LATIN:
        return False
    return not any(other.states or other.has("unit") or _is_united([other]) for other in _context(clauses, clause))


def _score(clause: Clause, mark: Mark, anchor: int, place: int) -> float:
    led = _lead(clause, mark.first)
    score = 5.0 - place * 0.75
    score -= 1.5 if mark.kind.startswith("weak:") else 0.0
    score -= 2.0 if mark.kind == "weak:organisation" and body_marks(clause) else 0.0
    score += {"by": 3.0, "in_body": 2.0, "to_body": -6.0}.get(led or "", 0.0)
    score += 1.0 if mark.first <= 3 else 0.0
    score -= 4.0 if any(0 <= mark.first - made.last <= 6 for made in clause.of("made")) else 0.0
    score -= 4.0 if _is_set_up(clause, mark) or _has_committee(clause, mark) else 0.0
    score -= 2.0 if clause.bracketed(mark.first) else 0.0
    score -= 5.0 if _is_yet_to_act(clause, mark) else 0.0
    score += 1.0 if mark.last <= anchor else 0.0
    if led is None and (
        0 <= anchor - mark.last <= _SUBJECT_REACH or (clause.vote_words.verb_first and mark.first == anchor + 1)
    ):
        score += 4.0
    return score


def _is_yet_to_act(clause: Clause, mark: Mark) -> bool:
    """Whether a body is one that others would have act: "by the text the Assembly would urge …"."""
    return any(mark.first == wish.last or wish.first == mark.last for wish in clause.of("future"))


def _is_set_up(clause: Clause, mark: Mark) -> bool:
    """Whether a body is one that another set up: "the committee that the Assembly established"."""
    others = [*clause.of("body:"), *clause.of("weak:assembly")] if clause.has("made") else []
    return any(
        0 < made.first - mark.last <= 6 and any(mark.last < o.first < made.first for o in others)
        for made in clause.of("made")
    )


def _has_committee(clause: Clause, mark: Mark) -> bool:
    """Whether a body is named for a committee of its own: "a committee of the General Assembly"."""
    return mark.kind.endswith(PLENARY) and any(
        (other.kind == "weak:committee" or other.kind.endswith(" Committee"))
        and (0 <= mark.first - other.last <= 3 or 0 <= other.first - mark.last <= _POSSESSED)
        for other in clause.marks
    )


def _lead(clause: Clause, at: int) -> str | None:
    """The class of the preposition before a word, an article between or not."""
    for mark in clause.of("by", "in_body", "to_body"):
        if mark.last in (at, at - 1):
            return mark.kind
    return None


def _context(clauses: Clauses, clause: Clause) -> list[Clause]:
    """The sentences that settle a weak name, the nearest before it first, then the ones after it."""
    before = clauses.between(clause.number - _CONTEXT, clause.number + 1)
    return [
        *reversed(before),
        *clauses.between(clause.number + 1, clause.number + 4),
        *([] if clause.number >= 0 else [clause]),
    ]


def _settle(name: str, clauses: Sequence[Clause], size: Size) -> str | None:
    """The body that a weak name ("the Council") stands for, by what the text says elsewhere, or by size."""
    named = [
        found for other in clauses for mark in body_marks(other) if _fits(name, found := mark.kind.partition(":")[2])
    ]
    if name == "assembly":
        return PLENARY if named or _is_united(clauses) else None
    if named:
        return named[0]
    if name in ("council", "organisation") and size.sides >= 2 and _is_united(clauses):
        sized = next((body for body in _COUNCILS if _MEMBERS[body] - 3 <= size.total <= _MEMBERS[body]), None)
        return sized or (PLENARY if size.total > _FEWEST and size.sides == 3 and name == "organisation" else None)
    return PLENARY if name == "organisation" and size.total > _FEWEST and size.sides != 2 else None


def _is_united(clauses: Sequence[Clause]) -> bool:
    """Whether the text bears a sign of the United Nations: its name, a draft resolution, states in brackets."""
    for clause in clauses:
        if clause.has("un", "weak:organisation"):
            return True
        if any(mark.last - mark.first >= 2 for mark in clause.marks if mark.kind == "object:resolution"):
            return True
        if any(clause.bracketed(clause.first_state_word(mention)) for mention in clause.states):
            return True
    return False


def _fits(weak: str, body: str) -> bool:
    if weak == "assembly":
        return body == PLENARY
    return {"council": body.endswith("Council"), "committee": body.endswith("Committee")}.get(
        weak, weak == "commission" and body.startswith("Commission")
    )
