"""Where the subject ends in a language that puts its verb first and writes no capitals: Arabic."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_tokens import Unit

_POSSESSIVE_ENDINGS = ("ها", "هم", "هما", "ه")
_SHORTEST_POSSESSED = 5


def opens_object(unit: Unit, at: int, n: int) -> bool:
    """Whether, in a language that puts the verb first, the object begins at ``n`` and the subject is over."""
    word, mark = unit.words[n], unit.mark(n)
    if unit.kind(n - 1) == "w" and (mark & lex.OBJECT_OPENER or _is_possessed(unit, n)):
        return True
    if mark & lex.PARTICIPLE or (word.startswith("بال") and not mark & lex.BODY):
        return True
    definite_before = unit.words[n - 1].startswith("ال") or " ال" in unit.words[n - 1] or unit.mark(n - 1) & lex.STATE
    counted = bool(unit.mark(n - 2) & lex.QUANTITY)
    if not mark and unit.mark(n - 1) & lex.BODY and definite_before and word.startswith("ال") and word.endswith("ات"):
        return True
    if mark & (lex.GROUP | lex.DOCUMENT) and word.startswith("ال"):
        return bool(definite_before or counted or not unit.mark(n - 1))
    return n == at + 1 and bool(unit.mark(at) & lex.STATE) and not mark & (lex.PREPOSITION | lex.STATE | lex.AND)


def _is_possessed(unit: Unit, n: int) -> bool:
    """Whether a noun ends in a possessive behind a whole noun: "the minister his trust", not "minister of its"."""
    word, before = unit.words[n], unit.words[n - 1]
    if len(word) < _SHORTEST_POSSESSED or not word.endswith(_POSSESSIVE_ENDINGS) or unit.mark(n):
        return False
    return before.startswith("ال") or bool(unit.mark(n - 1) & lex.STATE)


def comes_from_body(unit: Unit, n: int) -> bool:
    """Whether "from" joins a person and their organisation: ``NAME من BODY``."""
    return unit.words[n] == "من" and bool(unit.mark(n + 1) & lex.BODY)
