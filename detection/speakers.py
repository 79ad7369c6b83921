"""Speaker mentions: which words beside a verb of saying name who speaks, and what they say about them.

A mention is a name, a role ("the minister"), a body, a state, a group or a pronoun. The rules know
nothing of any language: flags on the tokens (statement_lexicon) and a few grammar settings tell.
"""

from dataclasses import dataclass, replace
from typing import Literal

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_units import Unit
from detection.speakers_names import find_name, is_name_token

MentionKind = Literal["person", "role", "body", "state", "group", "pronoun", "document", "utterance", "other"]
Range = tuple[int, int]

_LONGEST = 30
_POSSESSIVES = ("'s", "’s")
_EDGES = frozenset(",:;-.qx^$")
_LEADING = lex.OPENER | lex.TIME | lex.ADVERB | lex.AND | lex.SUBORDINATE
_NOUNS = lex.ROLE | lex.BODY | lex.GROUP | lex.DOCUMENT | lex.UTTERANCE | lex.STATE


@dataclass(frozen=True, slots=True)
class Mention:
    """Who speaks, as the text says it: ``start`` and ``end`` are offsets of the shortest mention.

    ``first`` and ``last`` are the tokens of the whole phrase, titles and appositions included. ``role`` is
    an offset pair, None where no role is given beside a name. ``kind`` ``document`` is nobody who speaks.
    """

    start: int
    end: int
    first: int
    last: int
    kind: MentionKind
    role: Range | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """The traits of a language that mentions depend on."""

    caseless: bool
    head_last: bool
    nouns_capital: bool
    bare: bool = False


def mention_before(unit: Unit, at: int, floor: int, grammar: Grammar) -> Mention | None:
    """The mention whose phrase ends just before token ``at``; nothing before token ``floor`` is looked at."""
    if unit.kind(at - 1) == ",":
        return _before_comma(unit, at - 1, floor, grammar)
    if unit.mark(at - 1) & lex.PRONOUN and at - 1 >= floor:
        return Mention(unit.starts[at - 1], unit.ends[at - 1], at - 1, at, "pronoun")
    first = _back_to_edge(unit, at, floor)
    first = _back_over_list(unit, _strip_leading(unit, first, at), at, floor)
    if first >= at or at - first > _LONGEST or _has_verb(unit, first, at):
        return None
    return describe(unit, [(first, at)], grammar)


def _back_over_list(unit: Unit, first: int, at: int, floor: int) -> int:
    """The first of several speakers: ``X, Y and Z said``."""
    if not any(unit.mark(n) & lex.AND for n in range(first, at)):
        return first
    while first - 1 > floor and unit.kind(first - 1) == ",":
        start = _back_to_edge(unit, first - 1, floor)
        if not 0 < first - 1 - start <= 4 or not unit.mark(start) & lex.STATE | unit.capital(start):
            break
        first = start
    return first


def _opens_unit(unit: Unit, first: int, floor: int) -> bool:
    """Whether nothing but set phrases stands before a token, up to the last quotation or semicolon."""
    while first > floor and (unit.kind(first - 1) == "," or unit.mark(first - 1) & (lex.OPENER | lex.TIME | lex.AND)):
        first -= 1
    return first <= floor or unit.kind(first - 1) in "^q;"


def _has_verb(unit: Unit, first: int, last: int) -> bool:
    return any(_is_verb(unit, n) and not (n == first and unit.capital(n)) for n in range(first, last))


def _is_verb(unit: Unit, at: int) -> bool:
    """Whether a token can only be a verb; behind an article, or with a capital, it is a noun or a name."""
    mark = unit.mark(at)
    if mark & (lex.PREPOSITION | lex.TIME | lex.PRONOUN | lex.ROLE | lex.BODY | lex.GROUP) or unit.capital(at):
        return False
    return bool(mark & (lex.AUXILIARY | lex.FUTURE))


def _before_comma(unit: Unit, close: int, floor: int, grammar: Grammar) -> Mention | None:
    """``NAME, role, said``: the phrase ends with an apposition between commas."""
    opening = close - 1
    while opening > floor and unit.kind(opening) not in ",q:;.-" and close - opening < _LONGEST:
        opening -= 1
    if unit.kind(opening) != "," or opening <= floor:
        return None
    first = _strip_leading(unit, _back_to_edge(unit, opening, floor), opening)
    if first >= opening:
        return None
    segments = [(first, opening)]
    if not unit.mark(opening + 1) & lex.RELATIVE:
        segments.append((opening + 1, close))
    mention = describe(unit, segments, grammar)
    if mention is None or mention.kind == "other" or _has_verb(unit, first, opening):
        return None
    if len(segments) > 1 and not _is_nominal(unit, opening + 1):
        # any aside may stand between a subject that opens the unit and its verb
        if mention.kind in ("document", "utterance", "pronoun") or not _opens_unit(unit, first, floor):
            return None
    return replace(mention, last=close + 1)


def mention_after(unit: Unit, at: int, grammar: Grammar, *, adjuncts: bool = True) -> Mention | None:
    """The mention whose phrase begins at token ``at`` (adverbs, and short adjuncts if allowed, are passed over)."""
    at = _skip_to_phrase(unit, at, adjuncts)
    if unit.kind(at) != "w" or unit.mark(at) & (lex.COMPLEMENT | lex.SUBORDINATE | lex.AND | lex.RELATIVE):
        return None
    if unit.mark(at) & lex.PRONOUN and not (unit.mark(at) & lex.TITLE and unit.capital(at + 1)):
        return Mention(unit.starts[at], unit.ends[at], at, at + 1, "pronoun")
    last = _forward_to_edge(unit, at, grammar)
    if last <= at or _has_verb(unit, at, last):
        return None
    segments = [(at, last)]
    if unit.kind(last) == "," and (end := _apposition(unit, last + 1, grammar)):
        segments.append((last + 1, end))
    return describe(unit, segments, grammar)


def describe(unit: Unit, segments: list[Range], grammar: Grammar) -> Mention | None:
    """The mention made by a noun phrase and, if there is a second segment, its apposition."""
    first, end = segments[0]
    last = segments[-1][1]
    if unit.mark(end - 1) & lex.PRONOUN and end - first <= 2:
        return Mention(unit.starts[end - 1], unit.ends[end - 1], first, last, "pronoun")
    head = _head_kind(unit, first, end, grammar)
    name = find_name(unit, first, end, grammar.caseless, grammar.nouns_capital)
    if name is not None and head != "document":
        role = _role_beside(unit, segments, name)
        return Mention(unit.starts[name[0]], unit.ends[name[1] - 1], first, last, "person", role)
    if len(segments) > 1 and head in ("role", "body", "state", "other"):
        second = segments[1]
        name = find_name(unit, *second, grammar.caseless, grammar.nouns_capital)
        if name is not None and head == "role":
            role = (unit.starts[first], unit.ends[end - 1])
            return Mention(unit.starts[name[0]], unit.ends[name[1] - 1], first, last, "person", role)
    start, stop = _without_title(unit, first, end)
    return Mention(unit.starts[start], unit.ends[stop - 1], first, last, head)


def _role_beside(unit: Unit, segments: list[Range], name: Range) -> Range | None:
    first, end = segments[0]
    if name[0] > first and (start := _after_possessor(unit, first, name[0])) < name[0]:
        stop = name[0]
        while stop > start and (unit.mark(stop - 1) & lex.TITLE and not unit.mark(stop - 1) & lex.ROLE):
            stop -= 1
        if stop > start and any(unit.mark(n) & (lex.ROLE | lex.BODY) for n in range(start, stop)):
            return unit.starts[start], unit.ends[stop - 1]
    if any(unit.mark(n) & lex.ROLE for n in range(name[1], end)):
        return unit.starts[name[1]], unit.ends[end - 1]
    if len(segments) > 1 and any(unit.mark(n) & (lex.ROLE | lex.TITLE) for n in range(*segments[1])):
        return unit.starts[segments[1][0]], unit.ends[segments[1][1] - 1]
    return None


def _after_possessor(unit: Unit, first: int, _: int) -> int:
    return first


def _without_title(unit: Unit, first: int, end: int) -> Range:
    while first < end - 1 and (
        (unit.mark(first) & lex.TITLE and not unit.mark(first) & lex.ROLE)
        or (unit.mark(first) & lex.PREPOSITION and not unit.mark(first) & (lex.ARTICLE | lex.ROLE | lex.BODY))
    ):
        first += 1
    while end > first + 1 and (unit.kind(end - 1) != "w" or unit.mark(end - 1) & (lex.TIME | lex.ADVERB)):
        end -= 1
    return first, end


def _head_kind(unit: Unit, first: int, end: int, grammar: Grammar) -> MentionKind:
    stop = first + 1
    while stop < end and not (unit.mark(stop) & lex.PREPOSITION) and unit.kind(stop) == "w":
        stop += 1
    if grammar.head_last:
        at = stop - 1
        while at > first and unit.words[at].isdigit():
            at -= 1
        if not unit.mark(at) & _NOUNS and unit.words[at] in ("'s", "’s") and at > first:
            at -= 1
        if not unit.mark(at) & _NOUNS and not unit.capital(at):
            return "other"
        flagged = [n for n in range(at, first - 1, -1) if unit.mark(n) & _NOUNS]
    else:
        flagged = [n for n in range(first, stop) if unit.mark(n) & (_NOUNS & ~lex.STATE)]
        flagged += [n for n in range(first, stop) if unit.mark(n) & lex.STATE]
    if flagged:
        return _kind_of(unit.mark(flagged[0]))
    named = not grammar.nouns_capital and any(unit.capital(n) for n in range(first + 1, stop))
    return "body" if named and unit.mark(first) & lex.ARTICLE else "other"


def _kind_of(mark: int) -> MentionKind:
    if mark & lex.ROLE:
        return "role"
    if mark & lex.GROUP:
        return "group"
    if mark & lex.BODY:
        return "body"
    if mark & lex.DOCUMENT:
        return "document"
    return "utterance" if mark & lex.UTTERANCE else "state"


def _back_to_edge(unit: Unit, at: int, floor: int) -> int:
    first = at
    while first > floor and at - first <= _LONGEST:
        mark = unit.mark(first - 1)
        if unit.kind(first - 1) in _EDGES or mark & (lex.COMPLEMENT | lex.RELATIVE | lex.SUBORDINATE):
            break
        if mark & (lex.AND | lex.ANY_CUE) and not mark & lex.ROLE and _clause_before(unit, first - 1, floor, mark):
            break
        first -= 1
    return first


def _clause_before(unit: Unit, at: int, floor: int, mark: int) -> bool:
    """Whether "and" at ``at`` joins clauses and not the parts of one speaker."""
    if mark & lex.CUE:
        return True
    back = at - 1
    while back >= floor and unit.kind(back) in "wp":
        if unit.mark(back) & (lex.CUE | lex.AUXILIARY) and not unit.mark(back) & lex.ROLE:
            return True
        back -= 1
    return False


def _strip_leading(unit: Unit, first: int, at: int) -> int:
    while first < at and (unit.mark(first) & _LEADING or unit.kind(first) in "px,"):
        first += 1
    if first < at and unit.mark(first) & lex.PREPOSITION and not unit.mark(first) & lex.ARTICLE:
        return _strip_leading(unit, _after_adjunct(unit, first, at), at)
    return first


def _after_adjunct(unit: Unit, first: int, at: int) -> int:
    """The token after an opening adjunct ("In a joint statement", "On Monday", "In Geneva")."""
    if unit.mark(first + 1) & lex.BODY and not any(unit.mark(n) & lex.ARTICLE for n in range(first + 1, at)):
        return first + 1
    n = first + 1
    while n < at and n - first <= 4:
        if unit.mark(n) & lex.UTTERANCE or unit.mark(n) & lex.TIME:
            return n + 1
        n += 1
    n = first + 1
    while n < at and unit.mark(n) & lex.ARTICLE:
        n += 1
    while n + 1 < at and not unit.mark(n) & (lex.ARTICLE | lex.ROLE | lex.TITLE | lex.QUANTITY):
        n += 1
    return n if n + 1 <= at and unit.mark(n) & (lex.ARTICLE | lex.ROLE | lex.TITLE | lex.QUANTITY) else at


def _skip_to_phrase(unit: Unit, at: int, adjuncts: bool) -> int:
    while True:
        mark = unit.mark(at)
        if unit.kind(at) == "w" and mark & (lex.ADVERB | lex.TIME | lex.OUTLET) and not mark & lex.ROLE:
            at += 1
        elif unit.kind(at) == "q" and unit.ends[at] - unit.starts[at] <= 14 and unit.mark(at + 1) & _NOUNS:
            at += 1
        else:
            break
    if adjuncts and unit.mark(at) & lex.PREPOSITION and not unit.mark(at) & lex.ARTICLE:
        for n in range(at + 2, min(at + 5, len(unit))):
            if unit.mark(n) & (lex.ARTICLE | lex.ROLE | lex.TITLE) and not unit.mark(n - 1) & lex.PREPOSITION:
                return n
    return at


def _forward_to_edge(unit: Unit, at: int, grammar: Grammar) -> int:
    named = False
    n = at
    while n < len(unit) and n - at < _LONGEST:
        mark = unit.mark(n)
        if unit.kind(n) == "p":
            n += 1
            continue
        if unit.kind(n) in _EDGES or mark & (lex.COMPLEMENT | lex.RELATIVE | lex.SUBORDINATE | lex.TIME):
            break
        if (mark & lex.AS and not mark & lex.PREPOSITION) or (n > at and _is_verb(unit, n)):
            break
        if n > at and (mark & lex.OUTLET or (grammar.caseless and _opens_object(unit, at, n))):
            break
        if mark & lex.ARTICLE and named and not mark & lex.PREPOSITION:
            break
        if mark & lex.PREPOSITION and not (n == at and mark & lex.ARTICLE):
            if not _preposition_inside(unit, n, named, mark):
                break
        elif is_name_token(unit, n, grammar.caseless, grammar.nouns_capital):
            named = named or not unit.mark(n - 1) & (lex.PREPOSITION | lex.ARTICLE) or n == at
        elif named and not grammar.caseless and not mark & (lex.PARTICLE | lex.BODY | lex.STATE | lex.AND):
            if not grammar.head_last or not (mark & (_NOUNS & ~lex.STATE) or unit.words[n] in _POSSESSIVES or _role_near(unit, n)):
                break
            named = False
        n += 1
    while n > at and unit.mark(n - 1) & (lex.PREPOSITION | lex.ARTICLE | lex.AND | lex.ADVERB) and not grammar.caseless:
        n -= 1
    return n


def _opens_object(unit: Unit, at: int, n: int) -> bool:
    """Whether, in a language that puts the verb first, the object begins at ``n`` and the subject is over."""
    word, mark = unit.words[n], unit.mark(n)
    if mark & lex.PARTICIPLE or (word.startswith("بال") and not mark & _NOUNS):
        return True
    definite_before = unit.words[n - 1].startswith("ال") or " ال" in unit.words[n - 1] or unit.mark(n - 1) & lex.STATE
    if mark & (lex.GROUP | lex.DOCUMENT) and word.startswith("ال") and definite_before:
        return True
    return n == at + 1 and bool(unit.mark(at) & lex.STATE) and not mark & (lex.PREPOSITION | lex.STATE | lex.AND)


def _role_near(unit: Unit, at: int) -> bool:
    """Whether a role follows within a word or two: "Acme legal adviser Jane Roe"."""
    return any(unit.mark(n) & lex.ROLE and unit.kind(n) == "w" for n in (at + 1, at + 2)) and unit.kind(at + 1) == "w"


def _preposition_inside(unit: Unit, at: int, named: bool, mark: int) -> bool:
    following = at + 1
    while unit.mark(following) & lex.ARTICLE:
        following += 1
    if mark & lex.NOUN_PREPOSITION and not named:
        return True
    return bool(unit.mark(following) & (lex.BODY | lex.STATE)) or (
        bool(mark & lex.NOUN_PREPOSITION) and unit.capital(following)
    )


def _is_nominal(unit: Unit, at: int) -> bool:
    mark = unit.mark(at)
    if mark & (_NOUNS | lex.ARTICLE | lex.TITLE):
        return True
    return not mark & (lex.PREPOSITION | lex.ANY_CUE | lex.SUBORDINATE | lex.AND | lex.COMPLEMENT) and (
        unit.capital(at) or any(unit.mark(n) & lex.ROLE for n in range(at, min(at + 5, len(unit))))
    )


def _apposition(unit: Unit, at: int, grammar: Grammar) -> int | None:
    """The end of an apposition that begins at ``at``, None when what follows the comma is something else."""
    if not _is_nominal(unit, at):
        return None
    end = at
    while end < len(unit) and unit.kind(end) in "wp" and end - at < _LONGEST:
        if unit.mark(end) & (lex.CUE | lex.SUBORDINATE | lex.RELATIVE | lex.COMPLEMENT) and not unit.mark(end) & lex.ROLE:
            return None
        end += 1
    if any(unit.mark(n) & lex.ROLE for n in range(at, min(at + 6, end))):
        return end
    whole = find_name(unit, at, end, grammar.caseless, grammar.nouns_capital)
    covers = whole is not None and whole[0] <= at + 1 and whole[1] == end
    return end if covers and unit.kind(end) in ".,$-q" else None
