"""Speaker mentions: which words beside a verb of saying name who speaks, and what they say about them.

A mention is a name, a role ("the minister"), a body, a state, a group or a pronoun. The rules know
nothing of any language: flags on the tokens (statement_lexicon) and a few grammar settings tell.
"""

from dataclasses import dataclass, replace
from typing import Literal

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_tokens import Unit
from detection.speakers_grammar import Grammar
from detection.speakers_names import find_name
from detection.speakers_phrases import (
    LONGEST,
    NOUNS,
    back_over_list,
    back_to_edge,
    find_apposition,
    forward_to_edge,
    is_nominal,
    is_verb,
    opens_unit,
    skip_to_phrase,
    strip_leading,
)

MentionKind = Literal["person", "role", "body", "state", "group", "pronoun", "document", "utterance", "other"]
Range = tuple[int, int]


@dataclass(slots=True)
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


def mention_before(unit: Unit, at: int, floor: int, grammar: Grammar) -> Mention | None:
    """The mention whose phrase ends just before token ``at``; nothing before token ``floor`` is looked at."""
    if unit.kind(at - 1) == ",":
        return _before_comma(unit, at - 1, floor, grammar)
    if unit.mark(at - 1) & lex.PRONOUN and at - 1 >= floor:
        return Mention(unit.starts[at - 1], unit.ends[at - 1], at - 1, at, "pronoun")
    if grammar.caseless:
        floor = _after_auxiliary(unit, at, floor)
    first = back_to_edge(unit, at, floor)
    first = back_over_list(unit, strip_leading(unit, first, at), at, floor)
    if first >= at or at - first > LONGEST or _has_verb(unit, first, at):
        return None
    return describe(unit, [(first, at)], grammar)


def _bears_aside(unit: Unit, mention: Mention, first: int, floor: int) -> bool:
    """Whether any aside may follow: a subject that opens the unit is still waiting for its verb."""
    return mention.kind not in ("document", "utterance", "pronoun") and opens_unit(unit, first, floor)


def _has_verb(unit: Unit, first: int, last: int) -> bool:
    return any(is_verb(unit, n) and not (n == first and unit.capital(n)) for n in range(first, last))


def _after_auxiliary(unit: Unit, at: int, floor: int) -> int:
    """Behind an auxiliary that opens the clause: "had Russia declared" is how Arabic says it."""
    if floor < at - 1 and unit.mark(floor) & lex.AUXILIARY:
        return floor + 1
    return floor


def _before_comma(unit: Unit, close: int, floor: int, grammar: Grammar) -> Mention | None:
    """``NAME, role, said``: the phrase ends with an apposition between commas."""
    opening = close - 1
    while opening > floor and unit.kind(opening) not in ",q:;.-" and close - opening < LONGEST:
        opening -= 1
    if unit.kind(opening) != "," or opening <= floor:
        return None
    if _is_connector(unit, opening + 1, close):
        subject = mention_before(unit, opening, floor, grammar)
        return replace(subject, last=close + 1) if subject is not None else None
    first = strip_leading(unit, back_to_edge(unit, opening, floor), opening)
    if first >= opening:
        return None
    segments = [(first, opening)]
    if not unit.mark(opening + 1) & lex.RELATIVE:
        segments.append((opening + 1, close))
    mention = describe(unit, segments, grammar)
    if mention is None or mention.kind == "other" or _has_verb(unit, first, opening):
        return None
    if len(segments) > 1 and not is_nominal(unit, opening + 1) and not _bears_aside(unit, mention, first, floor):
        return None
    return replace(mention, last=close + 1)


def _is_connector(unit: Unit, first: int, last: int) -> bool:
    """Whether what stands between commas only joins clauses: ``X, on the other hand, said``."""
    joins = lex.OPENER | lex.ADVERB | lex.TIME
    return first < last and all(unit.kind(n) == "w" and unit.mark(n) & joins for n in range(first, last))


def mention_after(unit: Unit, at: int, grammar: Grammar, *, adjuncts: bool = True) -> Mention | None:
    """The mention whose phrase begins at token ``at`` (adverbs, and short adjuncts if allowed, are passed over)."""
    at = skip_to_phrase(unit, at, adjuncts)
    if unit.kind(at) != "w" or unit.mark(at) & (lex.COMPLEMENT | lex.SUBORDINATE | lex.AND | lex.RELATIVE):
        return None
    if unit.mark(at) & lex.PRONOUN and not (unit.mark(at) & lex.TITLE and unit.capital(at + 1)):
        return Mention(unit.starts[at], unit.ends[at], at, at + 1, "pronoun")
    last = forward_to_edge(unit, at, grammar)
    if last <= at or _has_verb(unit, at, last):
        return None
    segments = [(at, last)]
    if unit.kind(last) == "," and (end := find_apposition(unit, last + 1, grammar)):
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
    if name[0] > first:
        start = first
        stop = name[0]
        while stop > start and (unit.mark(stop - 1) & lex.TITLE and not unit.mark(stop - 1) & lex.ROLE):
            stop -= 1
        marks = [unit.mark(n) for n in range(start, stop)]
        named_body = (
            bool(marks)
            and marks[-1] & lex.BODY
            and not marks[-1] & lex.NATIONAL
            and not any(mark & lex.ROLE for mark in marks)
        )
        if not named_body and any(mark & (lex.ROLE | lex.BODY) for mark in marks):
            return unit.starts[start], unit.ends[stop - 1]
    if any(unit.mark(n) & lex.ROLE for n in range(name[1], end)):
        return unit.starts[name[1]], unit.ends[end - 1]
    if len(segments) > 1 and any(unit.mark(n) & (lex.ROLE | lex.TITLE) for n in range(*segments[1])):
        return unit.starts[segments[1][0]], unit.ends[segments[1][1] - 1]
    return None


def _without_title(unit: Unit, first: int, end: int) -> Range:
    while first < end - 1 and (
        (unit.mark(first) & lex.TITLE and not unit.mark(first) & lex.ROLE)
        or (unit.mark(first) & lex.PREPOSITION and not unit.mark(first) & (lex.ARTICLE | lex.ROLE | lex.BODY))
    ):
        first += 1
    for n in range(first + 1, end):
        if " " in unit.words[n] and unit.mark(n) & lex.PREPOSITION and not unit.mark(n) & lex.NOUN_PREPOSITION:
            end = n
            break
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
        if not unit.mark(at) & NOUNS and unit.words[at] in ("'s", "’s") and at > first:
            at -= 1
        if not unit.mark(at) & NOUNS and not unit.capital(at):
            return "other"
        flagged = [n for n in range(at, first - 1, -1) if unit.mark(n) & NOUNS]
    else:
        flagged = [n for n in range(first, stop) if unit.mark(n) & (NOUNS & ~lex.STATE)]
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
