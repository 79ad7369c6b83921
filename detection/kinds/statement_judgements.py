"""Verbs whose content is no clause: "called B C", "welcomed B", "urged B to do"."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import find_break
from detection.kinds.statement_contents import Contents
from detection.kinds.statement_tokens import Unit
from detection.speakers_grammar import Grammar
from detection.speakers_phrases import NOUNS

Range = tuple[int, int]
_NEAR = 6
_LONGEST_ASIDE = 16


def find_judgement(unit: Unit, before: Range, after: int, grammar: Grammar, *, plain: bool = False) -> Contents | None:
    """``X called B C``: B and C; ``C is what X called B``: both sides. None when it is no judgement.

    ``plain``: the verb needs no "as" before C.
    """
    if after >= len(unit) or unit.kind(after) in ".;":
        return None
    if unit.kind(after) == ":" or unit.mark(after) & lex.COMPLEMENT:
        return None
    start = after + (unit.kind(after) == ",")
    end = find_break(unit, start, grammar)
    end = next((n for n in range(start + 1, end) if unit.mark(n) & lex.AND and unit.kind(n - 1) == "q"), end)
    front = _fronted(unit, before)
    if front is not None and unit.kind(front[1] - 1) != "q":
        return Contents((front, (start, end)), end, "fronted")
    if front is not None:
        return None
    judged = _is_judged(unit, start, end, grammar) or (plain and _is_plainly_judged(unit, start, end))
    return Contents(((start, end),), end, "judgement") if judged else None


def _is_plainly_judged(unit: Unit, start: int, end: int) -> bool:
    """Whether an article, a noun and one more plain word stand there: "the treaty dangerous"."""
    n = start + 1
    return (
        bool(unit.mark(start) & lex.ARTICLE)
        and n + 1 < end
        and all(unit.kind(at) == "w" for at in (n, n + 1))
        and not unit.mark(n + 1) & (lex.PREPOSITION | lex.AND | lex.CUE | lex.AUXILIARY | lex.FUTURE | lex.TIME)
        and not unit.capital(n + 1)
    )


def _is_judged(unit: Unit, start: int, end: int, grammar: Grammar) -> bool:
    """Whether a predicate follows the object: "as", marks, a second article, or any word behind a pronoun."""
    if grammar.caseless and end - start > 1:
        return True
    if any(unit.mark(n) & lex.AS or unit.kind(n) == "q" for n in range(start, end)):
        return True
    if unit.mark(start) & lex.PRONOUN:
        return end - start > 1
    if grammar.judged and any(_is_predicate(unit, n, grammar) for n in range(start + 1, end)):
        return True
    return any(
        unit.mark(n) & lex.ARTICLE and not unit.mark(n - 1) & (lex.PREPOSITION | lex.AND) for n in range(start + 2, end)
    )


def _is_adjunct(unit: Unit, at: int) -> bool:
    """Whether what stands in front is no predicate but a circumstance: "asked by AFP, X called B C"."""
    return bool(unit.mark(at) & (lex.PREPOSITION | lex.SUBORDINATE)) and not unit.mark(at) & lex.AS


def _is_predicate(unit: Unit, at: int, grammar: Grammar) -> bool:
    """Whether a word's case alone makes it a predicate: Russian "назвал решение ошибкой"."""
    return (
        unit.kind(at) == "w"
        and not unit.capital(at)
        and unit.words[at].endswith(grammar.judged)
        and not unit.mark(at - 1) & lex.PREPOSITION
    )


def _fronted(unit: Unit, before: Range) -> Range | None:
    """The first piece of what precedes, up to its comma, when a comma or marks set it off from the verb."""
    first, last = before
    while first < last and (unit.kind(first) in ",-" or unit.mark(first) & lex.OPENER):
        first += 1
    if last - first < 2 or unit.kind(last - 1) not in ",-q" or _is_adjunct(unit, first):
        return None
    end = first
    while end < last and unit.kind(end) != ",":
        end += 1
    return first, end


def _is_time(unit: Unit, at: int, grammar: Grammar) -> bool:
    """Whether a word between the verb and its object only says when or how ("condenou ontem o ataque")."""
    if unit.kind(at) != "w" or unit.mark(at) & (lex.QUANTITY | lex.ARTICLE | lex.PREPOSITION | lex.STATE):
        return False
    if unit.mark(at) & lex.TIME:
        return True
    return bool(unit.mark(at) & lex.ADVERB and unit.mark(at + 1) & lex.ARTICLE) and not grammar.bare


def _clause_follows(unit: Unit, after: int) -> bool:
    """Whether a clause with its conjunction follows within a few words, but not at once."""
    for n in range(after, min(after + 8, len(unit))):
        if unit.mark(n) & lex.COMPLEMENT:
            return unit.kind(n - 1) == ","
        if unit.kind(n) in ";.q":
            return False
    return False


def _after_conjunction(unit: Unit, after: int, *, bare_prepositions: bool = False) -> int:
    """Where the content begins when a conjunction belongs to the verb: "insisted that", "voiced the hope that"."""
    for n in range(after, min(after + 4, len(unit))):
        if unit.mark(n) & lex.COMPLEMENT or unit.kind(n) == ":":
            return n + 1
        if unit.kind(n) in ",;.-q" or unit.mark(n) & lex.PARTICIPLE:
            break
        if not bare_prepositions and (unit.mark(n) & lex.PREPOSITION and not unit.mark(n + 1) & lex.COMPLEMENT):
            break
    return after


def find_object(unit: Unit, before: Range, after: int, mark: int, grammar: Grammar) -> Contents | None:
    """``X welcomed B`` and ``X voiced the hope that C``: B, and C. None when the verb is used as one of saying."""
    if after >= len(unit) or unit.kind(after) in ".;-:":
        return None
    if grammar.caseless and unit.kind(after) == ",":
        after = _behind_aside(unit, after)
    if _has_no_object(unit, before, after, mark):
        return None
    addressed = " " in unit.words[after - 1] and unit.mark(after) & lex.ARTICLE and after > before[1]
    if addressed and unit.mark(after + 2) & lex.COMPLEMENT and not unit.mark(after + 1) & NOUNS:
        addressed = False  # "insisted on the fact that"
    valued = (
        unit.mark(after) & lex.ARTICLE and unit.words[after + 1] in grammar.valued if after + 1 < len(unit) else False
    )
    start = after if addressed or valued else _after_conjunction(unit, after)
    while unit.kind(start) in ":," or (unit.mark(start) & lex.AS and start == after) or _is_time(unit, start, grammar):
        start += 1
    if (
        grammar.caseless
        and unit.words[after] in ("على", "إلى", "عن", "من")
        and not unit.mark(after + 1) & lex.COMPLEMENT
    ):
        start = _after_conjunction(unit, after + 1, bare_prepositions=True)
        end = find_break(unit, start, grammar)
        return Contents(((start, end),), end, "object") if end > start else None
    if (
        mark & lex.SAY
        and start == after
        and unit.mark(after) & lex.PREPOSITION
        and not unit.mark(after) & (lex.FUTURE | lex.ARTICLE)
    ):
        return None
    end = find_break(unit, start, grammar)
    return Contents(_without_medium(unit, start, end), end, "object") if end > start else None


def _has_no_object(unit: Unit, before: Range, after: int, mark: int) -> bool:
    """Whether what stands around a verb makes it one of saying: a comma, marks before it, a clause behind it."""
    if unit.kind(after) == "," and (mark & lex.SAY or unit.kind(after + 1) != "q"):
        return True
    if before[1] > before[0] and unit.kind(before[1] - 1) == "q":
        return True
    if unit.mark(after) & (lex.SUBORDINATE | lex.AND) and not unit.mark(after) & lex.COMPLEMENT:
        return True
    return bool(mark & lex.SAY) and _clause_follows(unit, after)


def _behind_aside(unit: Unit, comma: int) -> int:
    """Where an Arabic object begins behind an aside that parts it from its verb (``، by the mouth of X, with …``)."""
    if unit.words[comma + 1 : comma + 2] == ["عن"]:
        return comma + 1
    for n in range(comma + 2, min(comma + _LONGEST_ASIDE, len(unit) - 1)):
        if unit.kind(n) == ",":
            resumed = unit.words[n + 1].startswith("ب") or unit.words[n + 1] in ("على", "إلى")
            return n + 1 if resumed else comma
        if unit.kind(n) != "w" or (unit.mark(n) & lex.CUE and not unit.mark(n) & (lex.ROLE | lex.ACCORDING)):
            break
    return comma


def _without_medium(unit: Unit, start: int, end: int) -> tuple[Range, ...]:
    """An object without the letter or statement in which it is asked for: "urged states (in a letter) not to sign"."""
    for n in range(start + 1, min(start + _NEAR, end - 1)):
        if not unit.mark(n) & lex.PREPOSITION or unit.mark(n) & lex.NOUN_PREPOSITION:
            continue
        last = next((m for m in range(n + 1, min(n + 5, end)) if unit.mark(m) & lex.UTTERANCE), None)
        if last is None or last + 1 >= end or unit.kind(last + 1) != "w":
            continue
        addressed = unit.mark(last + 2) & lex.OUTLET or unit.capital(last + 2)
        return ((start, n),) if addressed else ((start, n), (last + 1, end))
    return ((start, end),)
