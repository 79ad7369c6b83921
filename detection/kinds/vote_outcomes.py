"""How a vote ended, by which method, and which number is the yes when only places tell."""

from collections.abc import Sequence

from detection.kinds.vote_bodies import SECURITY, is_committee, members_of
from detection.kinds.vote_claims import Claim
from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_counts import SIDES, Count, Side
from detection.kinds.vote_gathering import Tally
from detection.kinds.vote_signs import separation
from records.finding import Method, Outcome

_DENIED = 4
_NINE = 9
"""Votes in favour that the Security Council needs."""

_FIFTEEN = 15
"""Members of the Security Council, each of whom votes."""

_NEARLY_ALL = 0.9
"""The part of a body's members that leaves hardly another to be named."""

_PERMANENT = frozenset(("CN", "FR", "GB", "RU", "US"))
_NAMED_REACH = 6
_APPOSING = frozenset("–—-:：,，")
"""Signs behind a count, before who was counted: "one against – Russia", "one vote against, of Russia"."""

_VETO_REACH = 12
"""Words between a veto and who cast it, the text vetoed between them."""

Sides = tuple[int | None, int | None, int | None]


def outcome_of(
    tally: Tally | None, claim: Claim | None, body: str, span: Sequence[Clause], around: Sequence[Clause]
) -> Outcome:
    """What came of the vote. A word of the text decides; without one, the numbers do."""
    positive: Outcome = "approved" if is_committee(body) else "adopted"
    own_yes = claim is not None and claim.polarity == "yes" and span[0].number <= claim.clause <= span[-1].number
    if own_yes and claim is not None and tally is not None and body == SECURITY:
        own_yes = not _is_undone(tally, claim, around)
    if claim is not None and claim.polarity == "no":
        return "rejected"
    if is_vetoed(around) and body == SECURITY and not own_yes:
        return "rejected"
    if tally is not None and any(clause.has("reject", "rejected") for clause in span) and not own_yes:
        return "rejected"
    lost = tally is not None and (_is_lost(tally, body) or (claim is None and _is_stopped(tally, body, around)))
    if lost and not own_yes:
        return "rejected"
    return positive


def _is_undone(tally: Tally, claim: Claim, around: Sequence[Clause]) -> bool:
    """Whether the sentences after a text "approved" by so many tell that a veto stopped it."""
    if "against" in tally.counts:
        return False
    later = [clause for clause in around if clause.number > claim.clause and clause.has("vetoed")]
    return is_vetoed([clause for clause in later if not (clause.dates or clause.has("background", "earlier"))])


def is_vetoed(clauses: Sequence[Clause]) -> bool:
    """Whether a veto is told; not that there was none."""
    for clause in clauses:
        for mark in clause.of("veto", "vetoed"):
            denied = any(0 <= mark.first - other.last <= _DENIED for other in clause.of("not"))
            none = any(number.none and 0 <= mark.first - number.last <= 1 for number in clause.sentence.numbers)
            if not denied and not none:
                return True
    return False


def _is_lost(tally: Tally, body: str) -> bool:
    favour, against = tally.number("for"), tally.number("against")
    if favour is not None and against is not None and against >= favour:
        return True
    if favour is None and against is not None and against > members_of(body) // 2:
        return True
    return body == SECURITY and favour is not None and favour < _NINE and len(tally.counts) >= 2


def _is_stopped(tally: Tally, body: str, span: Sequence[Clause]) -> bool:
    """Whether a permanent member of the Security Council is named among those against."""
    count = tally.counts.get("against")
    if body != SECURITY or count is None or any(clause.has("body:GA plenary", "procedural") for clause in span):
        return False  # no veto holds up the call for a session of the Assembly, or another step of procedure
    for clause in span:
        if clause.number == count.clause:
            permanent = [mention for mention in clause.states if mention.code in _PERMANENT and mention.kind == "name"]
            return any(mention.name in count.voters for mention in permanent) or any(
                _is_counted(clause, count, clause.first_state_word(mention)) for mention in permanent
            )
    return False


def _is_counted(clause: Clause, count: Count, at: int) -> bool:
    """Whether a state named at a word is one of those that a count holds: within it, named for it, or the only one."""
    if count.first <= at < count.last:
        return True
    if 0 <= at - count.last <= _NAMED_REACH:
        return _is_named_for(clause, count, at)
    return (
        count.value == 1
        and 0 < count.first - at <= _NAMED_REACH
        and not any(separation(word) for word in clause.words.written[at : count.first])
    )


def _is_named_for(clause: Clause, count: Count, at: int) -> bool:
    """Whether a state is told to be one of those counted: in brackets, or behind "those of", "among them"."""
    written = clause.words.written[count.last : at]
    if clause.bracketed(at) or (
        written and written[0] in _APPOSING and not any(separation(w) >= 3 for w in written[1:])
    ):
        return True
    return any(count.last <= mark.first < at and at - mark.last <= 2 for mark in clause.of("including", "those_of"))


def counted_sides(tally: Tally, outcome: Outcome, body: str, span: Sequence[Clause], around: Sequence[Clause]) -> Sides:
    """Yes, no and abstaining.

    Told by place alone, the greater number of a defeat is the no ("rejected by 102 votes to 23").
    """
    favour, against, abstain = (_told(tally, side, body, span) for side in SIDES)
    defeated = outcome == "rejected" and tally.positional and favour is not None and against is not None
    excused = body == SECURITY or any(clause.has("veto", "vetoed", "two_thirds") for clause in span)
    if defeated and not excused and favour is not None and against is not None and favour > against:
        favour, against = against, favour
    if favour is not None and against is None and body == SECURITY and is_vetoed(around) and outcome == "rejected":
        against = _vetoing(tally, favour, len(_who_vetoed(around)))
    listed = tally.counts.get("against")
    if listed is not None and listed.value is None and body == SECURITY and outcome == "rejected":
        against = len({*listed.voters, *_who_vetoed(around, leading=True)})  # "X and Y vetoed it; Z also voted no"
    if favour == _FIFTEEN - 1 and against is None and not abstain and body == SECURITY and outcome == "rejected":
        against = 1  # only a veto can have stopped it
    return favour, against, abstain


def _told(tally: Tally, side: Side, body: str, span: Sequence[Clause]) -> int | None:
    """How many were on a side.

    None where one state of many is named, neither as the only one nor where the other sides leave hardly another.
    """
    count = tally.counts.get(side)
    if count is None or len(count.voters) != 1 or count.value is not None or body == SECURITY:
        return tally.number(side)
    if len(tally.counts) == len(SIDES) and tally.first == tally.last:
        return 1  # all sides told in one breath
    others = [tally.number(other) for other in SIDES if other != side]
    if None not in others and tally.total >= _NEARLY_ALL * members_of(body):
        return 1
    return 1 if any(clause.number == count.clause and _is_only(clause, count.voters[0]) for clause in span) else None


def _is_only(clause: Clause, state: str) -> bool:
    """Whether a word such as "only" stands before a state."""
    places = [clause.first_state_word(mention) for mention in clause.states if mention.name == state]
    return any(0 <= at - mark.last <= 1 for at in places for mark in clause.of("along"))


def _who_vetoed(clauses: Sequence[Clause], *, leading: bool = False) -> set[str]:
    """The permanent members named beside the veto they cast; ``leading``: only those before the verb."""
    return {
        mention.name
        for clause in clauses
        for mark in clause.of("vetoed")
        for mention in clause.states
        if mention.code in _PERMANENT
        and mention.kind == "name"
        and not clause.bracketed(clause.first_state_word(mention))
        if abs(clause.first_state_word(mention) - mark.first) <= _VETO_REACH
        and not (leading and clause.first_state_word(mention) > mark.first)
    }


def _vetoing(tally: Tally, favour: int, named: int) -> int | None:
    """How many stood against, of a council of fifteen, when a veto is told but not counted."""
    told = tally.counts.get("abstain")
    left = _FIFTEEN - favour - (tally.number("abstain") or 0)
    if told is None:
        return 1 if left == 1 else named if 0 < named <= left else None
    return left if told.value is not None and favour >= _NINE and left >= 1 else 1


def method_of(tally: Tally | None, claim: Claim | None, near: Sequence[Clause]) -> Method | None:
    """How it was decided; any sign that votes were cast makes it a recorded vote."""
    told = claim.method if claim else None
    if tally is not None:
        opposed = (tally.number("against") or 0) + (tally.number("abstain") or 0)
        return "unanimous" if told == "unanimous" and not opposed else "recorded"
    if told is not None:
        return told
    if claim is not None and claim.polarity == "no":
        return "recorded"
    cast = any(clause.has("recorded", "veto", "vetoed") or _is_divided(clause) for clause in near)
    cast = cast or any(clause.has("ballot") for clause in near[:1])  # "voted to adopt it"
    return "recorded" if cast else None


def _is_divided(clause: Clause) -> bool:
    """Whether a sentence tells that somebody voted against or abstained."""
    if clause.has("against", "abstain"):
        return True
    return any(
        mark.kind in ("against_weak", "for_weak")
        and any(other.kind == "ballot" and abs(other.first - mark.first) <= 4 for other in clause.marks)
        for mark in clause.marks
    )
