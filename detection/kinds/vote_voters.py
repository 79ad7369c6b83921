"""Who voted, when the text lists states instead of giving a number."""

from detection.kinds.vote_clauses import Clause
from detection.states import StateMention

_LINK = 3
"""Most words between two names of one list ("the", "and", commas)."""


def named_voters(clause: Clause, first: int, last: int, labels: list[tuple[int, int]]) -> tuple[str, ...]:
    """The states that stood on the side of a label, in English; empty when the list is open or there is none."""
    left = max((end for _, end in labels if end <= first), default=0)
    right = min((begin for begin, _ in labels if begin >= last), default=len(clause.words))
    if _is_open(clause, left, right):
        return ()
    before = _chain(clause, [mention for mention in clause.states if left <= clause.first_state_word(mention) < first])
    after = _following(clause, last, right)
    return tuple(dict.fromkeys(mention.name for mention in (*before, *after)))


def _is_open(clause: Clause, left: int, right: int) -> bool:
    """Whether the stretch says that its list is not whole ("including", "and others", "EU countries")."""
    return any(
        left <= mark.first < right and mark.kind in ("including", "other", "unit", "rest") for mark in clause.marks
    )


def _chain(clause: Clause, mentions: list[StateMention]) -> list[StateMention]:
    """The names that can be voters: not those in brackets, and not adjectives tied to a noun."""
    return [mention for mention in mentions if _is_voter(clause, mention)]


def _is_voter(clause: Clause, mention: StateMention) -> bool:
    at = clause.first_state_word(mention)
    if mention.kind != "name" or clause.bracketed(at):
        return False
    end = _last_word(clause, mention)
    tied = end < len(clause.words) and clause.words.starts[end] == mention.end
    return not (tied and clause.words.written[end] in "-'’")


def _last_word(clause: Clause, mention: StateMention) -> int:
    at = clause.first_state_word(mention)
    while at < len(clause.words) and clause.words.starts[at] < mention.end:
        at += 1
    return at


def _following(clause: Clause, last: int, right: int) -> list[StateMention]:
    """A list of names that follows a label at once, or after a word that ties it on ("along with")."""
    found: list[StateMention] = []
    at = last
    ties = [mark for mark in clause.marks if mark.kind in ("along", "aux") and last <= mark.first < right]
    for mention in clause.states:
        first = clause.first_state_word(mention)
        if not last <= first < right:
            continue
        near = first - at <= (_LINK if found else 2) or any(0 <= first - tie.last <= 2 for tie in ties)
        if not near:
            continue
        if _is_voter(clause, mention):
            found.append(mention)
            at = _last_word(clause, mention)
    return found
