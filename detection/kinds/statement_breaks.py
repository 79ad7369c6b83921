"""Where a content ends before its sentence does: at the next attribution that does not belong to it."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention, describe, mention_after, mention_before
from detection.speakers_grammar import Grammar
from detection.speakers_phrases import NOUNS

_FINITE = lex.SAY | lex.WEAK | lex.OBJECT | lex.JUDGE | lex.TELL
_LONGEST_CLAUSE = 14
_GROUP = lex.AUXILIARY | lex.ADVERB


def group_start(unit: Unit, at: int, floor: int = 0) -> int:
    """The first token of the verb group that ends with the cue at ``at`` (auxiliaries, adverbs)."""
    while at > floor and unit.mark(at - 1) & _GROUP and unit.kind(at - 1) == "w":
        at -= 1
    return at


def find_break(unit: Unit, start: int, grammar: Grammar) -> int:
    """The token at which a content that begins at ``start`` ends: the next attribution, or the end of the unit."""
    for at in range(start + 1, len(unit)):
        mark = unit.mark(at)
        if not mark & lex.ANY_CUE or unit.kind(at) != "w":
            continue
        if (end := _break_at(unit, start, at, mark, grammar)) is not None:
            return end
    return len(unit)


def _break_at(unit: Unit, start: int, at: int, mark: int, grammar: Grammar) -> int | None:
    first = group_start(unit, at, start)
    before = first - 1
    if before < start:
        return None
    if mark & (lex.ACCORDING | lex.PHRASE):
        return _break_at_source(unit, start, at)
    if mark & lex.PARTICIPLE and (end := _break_at_participle(unit, start, at, first, grammar)) is not None:
        return end if end >= 0 else None
    if not mark & _FINITE:
        return None
    if unit.mark(before) & lex.AND and (own := _break_at_second_verb(unit, start, at, first, grammar)) is not None:
        return own
    subordinate = grammar.nouns_capital and mark & lex.SAY and unit.kind(at + 1) == ","
    if unit.mark(before) & lex.AND and (
        announces(unit, at) or subordinate or (grammar.bare and _says_clause(unit, at))
    ):
        return _before_mark(unit, before)
    if (
        grammar.caseless
        and mark & (lex.SAY | lex.OBJECT)
        and unit.mark(before) & lex.SUBORDINATE
        and unit.kind(before - 1) in ",;"
    ):
        return _before_mark(unit, before)
    if grammar.caseless and unit.kind(before) == "," and unit.words[at].startswith("و") and announces(unit, at):
        return before
    if (joint := _break_at_subject(unit, start, at, first, grammar)) is not None:
        return joint
    marks = ";-" if grammar.bare else ";-,"
    return before if unit.kind(before) in marks and announces(unit, at) and not mark & lex.OBJECT else None


def _break_at_participle(unit: Unit, start: int, at: int, first: int, grammar: Grammar) -> int | None:
    """Where a participle ends the content before it; -1 where it ends none, None where it is read as a verb."""
    before = first - 1
    joined = unit.kind(before) in ",-" or bool(unit.mark(before) & lex.AND)
    if _closes_with_comma(unit, before) or (unit.words[at].startswith("al ") and announces(unit, at)):
        return first
    if not joined and grammar.absolute and (own := _absolute_clause(unit, start, first, grammar)) is not None:
        return own
    if not joined and not grammar.caseless:
        return None
    if not announces(unit, at):
        return -1
    if grammar.caseless and (own := _own_clause(unit, start, at)) is not None:
        return own
    return _before_mark(unit, before) if joined else at


def _absolute_clause(unit: Unit, start: int, first: int, grammar: Grammar) -> int | None:
    """The comma before a clause whose participle has a subject of its own: ``…, with X saying that …``."""
    for n in range(first - 2, max(start, first - _LONGEST_CLAUSE), -1):
        if unit.kind(n) not in "wp":
            return None
        if unit.words[n] in grammar.absolute and unit.kind(n - 1) == ",":
            return n - 1
    return None


def _says_clause(unit: Unit, at: int) -> bool:
    """Whether a clause follows a verb of saying without a conjunction ("and said it …"), or one inside the verb."""
    if not unit.mark(at) & lex.SAY:
        return False
    return " " in unit.words[at] or bool(unit.mark(at + 1) & (lex.PRONOUN | lex.ARTICLE | lex.STATE))


def _own_clause(unit: Unit, start: int, at: int) -> int | None:
    """Where the clause of its own begins that "saying" closes in Arabic: ``، while X defended it saying``."""
    for n in range(at - 1, max(start, at - _LONGEST_CLAUSE), -1):
        if unit.kind(n) in ",;":
            return n if unit.mark(n + 1) & lex.SUBORDINATE and at - n > 2 else None
    return None


def in_relative(unit: Unit, at: int) -> bool:
    """Whether a relative pronoun opens the verb group at ``at``."""
    return bool(unit.mark(group_start(unit, at) - 1) & lex.RELATIVE)


def ends_relative(unit: Unit, start: int, end: int, grammar: Grammar) -> int:
    """Where a relative clause ends: at the comma before the verb of the main clause, ``X, who is for it, said``."""
    for n in range(start + 1, end):
        if unit.kind(n) != ",":
            continue
        at = n + 1
        while unit.mark(at) & _GROUP and not unit.mark(at) & _FINITE and unit.kind(at) == "w":
            at += 1
        if unit.mark(at) & _FINITE and (announces(unit, at) or (grammar.bare and _says_clause(unit, at))):
            return n
    return end


def _closes_with_comma(unit: Unit, at: int) -> bool:
    """Whether a quotation carries the comma behind it inside its marks, as American papers print it."""
    return unit.kind(at) == "q" and unit.text[unit.ends[at] - 2 : unit.ends[at] - 1] == ","


def announces(unit: Unit, at: int) -> bool:
    """Whether a verb is followed at once by what verbs of saying are followed by."""
    if unit.mark(at) & (lex.OBJECT | lex.JUDGE):
        return unit.kind(at + 1) in "wq"
    if unit.mark(at) & lex.PARTICIPLE and unit.kind(at + 1) == "w":
        return True
    for n in range(at + 1, min(at + 4, len(unit))):
        if unit.mark(n) & lex.COMPLEMENT or unit.kind(n) in "q:":
            return True
        if unit.kind(n) in ".;-":
            return False
    return False


def _before_mark(unit: Unit, at: int) -> int:
    while at > 0 and unit.kind(at - 1) in ",;-":
        at -= 1
    return at


def _break_at_source(unit: Unit, start: int, at: int) -> int | None:
    """``…, according to X``: at the end of the unit it closes the content; inside, it opens another clause."""
    if unit.kind(at - 1) not in ",-q":
        return None
    n = at + 1
    while n < len(unit) and unit.kind(n) in "wpq":
        n += 1
    if unit.kind(n) in ".$":
        return None if unit.mark(at) & lex.PREPOSITION else at - (unit.kind(at - 1) != "q")
    clause = at - 2
    while clause > start and unit.kind(clause) != ",":
        clause -= 1
    if clause > start and unit.mark(clause + 1) & (lex.RELATIVE | lex.AND | lex.SUBORDINATE):
        return clause
    return None


def _says_something(unit: Unit, at: int, bare: bool) -> bool:
    if not bare:
        return unit.kind(at) == "," and unit.kind(at + 1) == "w"
    return unit.kind(at) == "w" and not unit.mark(at) & (lex.PREPOSITION | lex.AND | lex.SUBORDINATE)


def opening_subject(unit: Unit, start: int, grammar: Grammar) -> Mention | None:
    """The subject with which a clause opens, without the plain verb that follows a name or a state."""
    found = mention_after(unit, start, grammar, adjuncts=False)
    for n in range(found.first + 1, found.last) if found is not None else ():
        named = unit.capital(n - 1) or unit.mark(n - 1) & lex.STATE
        verb = not unit.mark(n) or (unit.mark(n) & lex.CUE and not unit.mark(n) & NOUNS)
        if named and unit.kind(n) == "w" and verb and not unit.capital(n):
            return describe(unit, [(found.first, n)], grammar) if found is not None else None
    return found


def _break_at_second_verb(unit: Unit, start: int, at: int, first: int, grammar: Grammar) -> int | None:
    """``…, and Y thanked them and said that``: the comma before the clause whose second verb speaks."""
    if grammar.caseless or not announces(unit, at) or unit.kind(first - 2) != "w":
        return None
    for n in range(first - 2, max(start, first - _LONGEST_CLAUSE), -1):
        if unit.kind(n) not in "wp,":
            return None
        if unit.kind(n) == "," and unit.mark(n + 1) & (lex.AND | lex.SUBORDINATE):
            own = opening_subject(unit, n + 2, grammar)
            speaks = own is not None and own.kind in ("person", "role", "body") and own.last < first - 1
            return _before_mark(unit, n + 1) if speaks else None
    return None


def _break_at_subject(unit: Unit, start: int, at: int, first: int, grammar: Grammar) -> int | None:
    """``…, while Y said that …``: a new clause with a speaker of its own."""
    goes_on = unit.mark(at) & lex.SAY and _says_something(unit, at + 1, grammar.bare)
    if not announces(unit, at) and not goes_on:
        return None
    joint = first - 1
    while joint > start and not (unit.mark(joint) & (lex.AND | lex.SUBORDINATE) or unit.kind(joint) in ";q"):
        joint -= 1
        if first - joint > 25:
            return None
    if joint <= start or unit.kind(joint) == "q" or not (unit.kind(joint) == ";" or unit.kind(joint - 1) in ",;-"):
        return None
    mention = mention_before(unit, first, joint + 1, grammar)
    if mention is None or mention.kind in ("other", "document"):
        return None
    return _before_mark(unit, joint)
