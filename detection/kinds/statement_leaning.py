"""Subjects that verbs lean on: what a relative pronoun stands for, and whose participle or second verb it is."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import announces, opening_subject
from detection.kinds.statement_clauses import SPEAKING, Clause
from detection.speakers import Mention, describe, mention_after
from detection.speakers_names import find_name

_LONGEST_ABSOLUTE = 12
_SHORTEST_CLAUSE = 3


def antecedent(clause: Clause, edge: int, *, phrase: bool = False) -> tuple[str, Mention | None]:
    """The noun before ``, who``: the last name there, else the whole phrase; ``phrase``: only that with article."""
    unit = clause.unit
    while edge > clause.floor and unit.kind(edge - 1) in ",-":
        edge -= 1
    start = edge
    edge_marks = lex.RELAY | lex.CUE | (lex.PREPOSITION if clause.grammar.caseless else 0)
    while start > clause.floor and unit.kind(start - 1) in "wp" and not unit.mark(start - 1) & edge_marks:
        start -= 1
        if phrase and unit.mark(start) & lex.ARTICLE and not unit.mark(start - 1) & lex.PREPOSITION:
            break
    if start >= edge:
        return ("implicit" if clause.floor > 0 and clause.spoken else "none"), None
    name = find_name(unit, start, edge, clause.grammar.caseless, clause.grammar.nouns_capital)
    mention = describe(unit, [(start, edge)], clause.grammar)
    if name is None and not clause.grammar.caseless:
        tail = edge
        while tail > start and unit.capital(tail - 1) and unit.mark(tail - 1) == 0:
            tail -= 1
        if tail < edge:
            mention = Mention(unit.starts[tail], unit.ends[edge - 1], tail, edge, "person")
    return ("relative", mention) if mention else ("none", None)


def absolute_subject(clause: Clause, first: int) -> Mention | None:
    """The subject of its own that a participle has behind "with": "with the envoy saying …"."""
    joins = clause.words.settings.get("absolute", ())
    unit = clause.unit
    for n in range(first - 1, max(clause.floor, first - _LONGEST_ABSOLUTE) - 1, -1):
        if unit.kind(n) not in "wp":
            return None
        if unit.words[n] in joins:
            own = describe(unit, [(n + 1, first)], clause.grammar) if n + 1 < first else None
            return own if own is not None and own.kind in SPEAKING else None
    return None


def clause_subject(clause: Clause, first: int) -> Mention | None:
    """The subject of a coordinate clause at ``floor``, whose second verb speaks: ``, and Y thanked her and said``."""
    unit = clause.unit
    start = clause.floor
    while start < first - 1 and (unit.kind(start) in ",;-" or unit.mark(start) & (lex.AND | lex.SUBORDINATE)):
        start += 1
    if clause.grammar.caseless or start == clause.floor or start >= first - 1:
        return None
    own = opening_subject(unit, start, clause.grammar)
    return own if own is not None and own.kind in SPEAKING and own.last < first - 1 else None


def _closed_subject(clause: Clause, first: int) -> Mention | None:
    """The subject of the clause that an Arabic "saying" closes, if it begins where the content before ends."""
    unit = clause.unit
    start = clause.floor + (unit.kind(clause.floor) == ",")
    if not clause.grammar.caseless or not unit.mark(start) & lex.SUBORDINATE or first - start < _SHORTEST_CLAUSE:
        return None
    for n in range(start + 2, first):
        if unit.mark(n) & (lex.ROLE | lex.STATE | lex.BODY):
            own = describe(unit, [(n, first)], clause.grammar)
            return own if own is not None and own.kind in SPEAKING else None
    return None


def participle_subject(clause: Clause, first: int) -> tuple[str, Mention | None]:
    """``…, adding that``: whoever has spoken in this unit, else the subject with which it begins."""
    unit = clause.unit
    if clause.floor > 0:
        own = _closed_subject(clause, first)
        return ("relative", own) if own is not None else ("implicit", None)
    if (unit.kind(first - 1) not in ",-" and not clause.grammar.caseless) or not announces(unit, first):
        return "none", None
    start = 0
    while start < first and (unit.mark(start) & (lex.OPENER | lex.TIME | lex.AND) or unit.kind(start) in "-,"):
        start += 1
    mention = mention_after(unit, start, clause.grammar, adjuncts=False)
    return ("participle", mention) if mention and mention.kind in SPEAKING else ("none", None)


def joined_subject(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    """``X went there and said that``: the subject with which the unit begins."""
    unit = clause.unit
    after = mention_after(unit, at + 1, clause.grammar) if not clause.bare else None
    if unit.mark(at) & lex.OBJECT and unit.mark(at + 1) & lex.PREPOSITION and not unit.mark(at + 1) & lex.ARTICLE:
        after = None
    if after is not None and after.kind in SPEAKING and after.kind != "state":
        return "after", after
    subordinate = clause.grammar.nouns_capital and unit.kind(at + 1) == ","
    if not announces(unit, at) and not subordinate:
        return "none", None
    start = 0
    while start < first and (unit.mark(start) & (lex.OPENER | lex.TIME) or unit.kind(start) in "-,"):
        start += 1
    mention = opening_subject(unit, start, clause.grammar) if start < first - 1 else None
    whole = mention is not None and mention.kind in SPEAKING and mention.last < first - 1
    return ("participle", mention) if whole else ("none", None)
