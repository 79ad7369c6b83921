"""Who voted, when the text lists states instead of giving a number."""

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_signs import separation
from detection.phrases import Mark
from detection.states import StateMention

_COMMA = 3.0
_SEMICOLON = 5.0
_LINK = 3
"""Most words between two names of one list ("the", "and", commas)."""

_TIE = 4
"""Most words before "together with"."""

_ONLY_REACH = 10
"""Most words between "the only members" and the label of their side."""

_REACH = 4
"""Most words between the end of a list and the label that follows it ("all", "had", "then")."""


def named_voters(clause: Clause, first: int, last: int, fences: list[tuple[int, int]]) -> tuple[str, ...]:
    """The states that stood on the side of a label, in English; empty when the list is open or there is none.

    ``fences`` are the words of the other labels and numbers: a list never reaches across one.
    """
    only = _the_only_ones(clause, first, last)
    if only:
        return only
    left = max((end for _, end in fences if end <= first), default=0)
    right = min((begin for begin, _ in fences if begin >= last), default=len(clause.words))
    subject = _subject_before_aside(clause, first)
    if subject:
        return tuple(dict.fromkeys(mention.name for mention in (*subject, *_following(clause, last, right))))
    before = _preceding(clause, left, first)
    after = _following(clause, last, right)
    if clause.vote_words.verb_first and before and after and clause.first_state_word(before[0]) - left <= 1:
        before = []  # the list of the label that leads it: "and the opposition of A and B and the abstention of C"
    near = _clause_start(clause, left, before[0]) if before else max(left, first - _REACH)
    if _is_open(clause, near, first) or _is_open(clause, last, _list_end(clause, after, last, right)):
        return ()
    return tuple(dict.fromkeys(mention.name for mention in (*before, *after)))


def _the_only_ones(clause: Clause, first: int, last: int) -> tuple[str, ...]:
    """The names of "X and Y were the only members to vote yes", or of "the only states against were X and Y"."""
    for mark in clause.of("along"):
        noun = next((unit for unit in clause.of("unit") if unit.first == mark.last), None)
        if noun is None or not 0 <= first - noun.last <= _ONLY_REACH:
            continue
        auxiliaries = clause.of("aux", "aux_far")
        copula = [aux for aux in auxiliaries if 0 <= mark.first - aux.last <= 2]
        if not copula and not any(0 <= aux.first - last <= _LINK for aux in auxiliaries):
            continue
        before = _preceding(clause, 0, copula[0].first) if copula else []
        return tuple(dict.fromkeys(mention.name for mention in before or _following(clause, last, len(clause.words))))
    return ()


def _subject_before_aside(clause: Clause, first: int) -> list[StateMention]:
    """The name that begins a sentence, parted from its label by an aside that tells of an earlier vote of its own."""
    written = clause.words.written
    for mention in clause.states[:1]:
        begin, end = clause.first_state_word(mention), _last_word(clause, mention)
        signs = [at for at in range(end, first) if separation(written[at]) >= _COMMA]
        if begin > _REACH or len(signs) != 2 or signs[0] != end or first - signs[1] > _REACH + 2:
            continue
        inside = [mark for mark in clause.of("abstain", "against", "for", "ballot") if signs[0] < mark.first < signs[1]]
        others = [other for other in clause.states if end <= clause.first_state_word(other) < first]
        if inside and not others and _is_voter(clause, mention):
            return [mention]
    return []


def _clause_start(clause: Clause, left: int, mention: StateMention) -> int:
    """The word after the last sign before a list: what stands before it says nothing of the list."""
    begin = clause.first_state_word(mention)
    only = next((mark.first for mark in clause.of("along") if 0 <= begin - mark.last <= 1), None)
    if only is not None and only >= left:
        return only
    signs = [at for at in range(left, begin) if separation(clause.words.written[at]) >= _COMMA]
    return signs[-1] + 1 if signs and not _is_open(clause, signs[-1], begin) else left


def _list_end(clause: Clause, after: list[StateMention], last: int, right: int) -> int:
    """Where a list that follows a label ends, an "and others" behind it included."""
    end = _last_word(clause, after[-1]) if after else last
    for _ in range(2):
        if end >= right or separation(clause.words.written[end]):
            break
        end += 1
    return end


def _is_open(clause: Clause, left: int, right: int) -> bool:
    """Whether the stretch says that its list is not whole ("including", "and others", "EU countries")."""
    return any(
        left <= mark.first < right and mark.kind in ("including", "other", "unit", "rest") for mark in clause.marks
    )


def _is_voter(clause: Clause, mention: StateMention) -> bool:
    """Whether a name can be a voter: not in brackets, no adjective, not tied to a noun."""
    at = clause.first_state_word(mention)
    end = _last_word(clause, mention)
    delegation = any(mark.last == at or mark.first == end for mark in clause.of("unit_one"))
    if clause.bracketed(at) or not (mention.kind == "name" or delegation):
        return False
    tied = end < len(clause.words) and clause.words.starts[end] == mention.end
    return not (tied and clause.words.written[end] in "-'’")


def _last_word(clause: Clause, mention: StateMention) -> int:
    at = clause.first_state_word(mention)
    while at < len(clause.words) and clause.words.starts[at] < mention.end:
        at += 1
    return at


def _preceding(clause: Clause, left: int, first: int) -> list[StateMention]:
    """The list of names that ends shortly before a label."""
    found: list[StateMention] = []
    at, reach = first, _REACH
    for mention in reversed(clause.states):
        begin, end = clause.first_state_word(mention), _last_word(clause, mention)
        if begin < left or end > at:
            continue
        least = _SEMICOLON if _is_tied_aside(clause, left, begin) else 0.5
        parted = _is_parted(clause, end, at, least=least) if not found else _has_sign(clause, end, at, _SEMICOLON)
        parted = parted or (bool(found) and _is_closed(clause, left, mention, at))
        apart = at - end if found else _loose(clause, end, at)
        if apart > reach or parted or not _is_voter(clause, mention):
            break
        found.insert(0, mention)
        at, reach = begin, _LINK
    return found


def _is_closed(clause: Clause, left: int, mention: StateMention, at: int) -> bool:
    """Whether a comma and an "and" of its own before a name part it from the names after it: "A and B, while C"."""
    first, last = clause.first_state_word(mention), _last_word(clause, mention)
    if not _has_sign(clause, last, at, _COMMA) or _is_tied_aside(clause, left, at):
        return False
    before = [other for other in clause.states if _last_word(clause, other) <= first]
    if not before:
        return False
    end = _last_word(clause, before[-1])
    linked = any(end <= mark.first and mark.last <= first for mark in clause.of("while"))
    return linked and first - end <= _LINK and not _has_sign(clause, end, first, _COMMA)


def _is_tied_aside(clause: Clause, left: int, begin: int) -> bool:
    """Whether a name stands in an aside that ties it to a list before: "X and Y, joined by Z, supported it"."""
    return any(
        left < mark.first and mark.last <= begin and separation(clause.words.written[mark.first - 1]) >= _COMMA
        for mark in clause.of("along")
        if begin - mark.last <= _TIE
    )


def _is_parted(clause: Clause, first: int, last: int, *, least: float) -> bool:
    """Whether a sign or an "and" parts a label from a name, which is then another clause's."""
    if _has_sign(clause, first, last, least):
        return True
    return any(mark.kind == "while" and first <= mark.first < last for mark in clause.marks)


def _has_sign(clause: Clause, first: int, last: int, least: float) -> bool:
    return any(separation(word) >= least for word in clause.words.written[first:last])


def _loose(clause: Clause, first: int, last: int) -> int:
    """The words from one place to another that are neither of a text, nor of a body, nor signs."""
    named = {
        at
        for mark in clause.marks
        if mark.kind == "in_body" or mark.kind.startswith(("object:", "body:", "weak:"))
        for at in range(mark.first, mark.last)
    }
    return sum(1 for at in range(first, last) if at not in named and clause.words.written[at][0].isalnum())


def _is_tied(clause: Clause, at: int, first: int, ties: list[Mark]) -> bool:
    """Whether words such as "together with" lead from one place to a name, one after another."""
    for tie in ties:
        if tie.last <= first and _loose(clause, at, tie.first) <= _TIE:
            at = max(at, tie.last)
            if 0 <= first - at <= 2:
                return True
    return False


def _following(clause: Clause, last: int, right: int) -> list[StateMention]:
    """A list of names that follows a label at once, or after a word that ties it on ("along with")."""
    found: list[StateMention] = []
    at = last
    ties = [mark for mark in clause.marks if mark.kind in ("along", "aux") and last <= mark.first < right]
    for mention in clause.states:
        first = clause.first_state_word(mention)
        if not last <= first < right:
            continue
        tied = _is_tied(clause, at, first, ties)
        parted = not found and _is_parted(clause, at, first, least=_COMMA)
        if not (tied or (first - at <= (_LINK if found else 2) and not parted)):
            break
        if _is_voter(clause, mention):
            found.append(mention)
            at = _last_word(clause, mention)
    return found
