"""Names of persons inside a noun phrase: capitals tell in most scripts, the shape of the words in Arabic."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_tokens import Unit

Range = tuple[int, int]

_NO_NAME = (
    lex.ROLE | lex.BODY | lex.GROUP | lex.DOCUMENT | lex.UTTERANCE | lex.STATE | lex.ARTICLE | lex.PREPOSITION
    | lex.PRONOUN | lex.TITLE | lex.TIME | lex.OPENER | lex.QUANTITY | lex.AND | lex.SUBORDINATE | lex.COMPLEMENT
    | lex.RELATIVE | lex.OUTLET | lex.ADVERB | lex.NEGATION | lex.AUXILIARY | lex.OBJECT_OPENER
)  # fmt: skip
_FUNCTION = (
    lex.AUXILIARY | lex.ADVERB | lex.NEGATION | lex.SUBORDINATE | lex.RELATIVE | lex.COMPLEMENT | lex.AND | lex.OPENER
    | lex.PREPOSITION | lex.PARTICLE
)  # fmt: skip
_FROM = "من"
_CONNECTORS = frozenset(("عبد", "أبو", "بن", "ابن", "آل", "بنت", "أبي"))


def is_name_token(unit: Unit, at: int, caseless: bool, nouns_capital: bool) -> bool:
    """Whether a token may be part of a person's name."""
    mark = unit.mark(at)
    if at > 0 and unit.kind(at - 1) == "w" and not caseless and unit.capital(at):
        mark &= ~_FUNCTION  # inside a sentence, a small word with a capital is a name
        if mark & lex.ARTICLE and unit.capital(at - 1) and unit.capital(at + 1):
            mark &= ~lex.ARTICLE  # "Le Querrec" behind a first name
    if unit.kind(at) != "w" or mark & _NO_NAME:
        return False
    if caseless:
        return _is_arabic_name(unit.words[at])
    if not unit.capital(at):
        return False
    return not (nouns_capital and unit.mark(at - 1) & lex.ARTICLE)


def find_name(unit: Unit, first: int, last: int, caseless: bool, nouns_capital: bool) -> Range | None:
    """The tokens of the person's name in a phrase; None when it has none."""
    if caseless:
        return _find_caseless(unit, first, last)
    runs = _runs(unit, first, last, nouns_capital)
    runs = [run for run in runs if not _counts_nouns(unit, run, last)]
    runs = [run for run in runs if not _is_acronym(unit, run, first)]
    good = [run for run in runs if run[0] == first or not unit.mark(run[0] - 1) & (lex.PREPOSITION | lex.ARTICLE)]
    if not good:
        return None
    after_role = [run for run in good if run[0] > first and unit.mark(run[0] - 1) & (lex.ROLE | lex.TITLE)]
    if after_role:
        return _fuller(after_role[-1], good)
    return good[0] if good[0][0] == first else good[-1]


def _fuller(run: Range, runs: list[Range]) -> Range:
    """A run of one word behind a role may begin a body's name: a full name later in the phrase is the person's."""
    later = [other for other in runs if other[0] > run[0] and other[1] - other[0] > 1]
    return later[-1] if run[1] - run[0] == 1 and later else run


def _is_acronym(unit: Unit, run: Range, first: int) -> bool:
    """Whether a run is one word in capitals behind a noun: "coalition of NGOs" in languages without "of"."""
    word = unit.slice(*run)
    behind_noun = run[0] > first and unit.mark(run[0] - 1) & (lex.BODY | lex.GROUP)
    return bool(behind_noun) and run[1] - run[0] == 1 and len(word) > 1 and word.isupper()


def _counts_nouns(unit: Unit, run: Range, last: int) -> bool:
    """Whether a capital at the head of a sentence is no name but belongs to the noun behind it: "Thirty groups"."""
    first, end = run
    if end - first > 1 or (first > 0 and unit.kind(first - 1) == "w") or end >= last:
        return False
    return bool(unit.mark(end) & (lex.GROUP | lex.BODY | lex.ROLE | lex.DOCUMENT))


def _runs(unit: Unit, first: int, last: int, nouns_capital: bool) -> list[Range]:
    runs: list[Range] = []
    at = first
    while at < last:
        if not is_name_token(unit, at, False, nouns_capital):
            at += 1
            continue
        end = at + 1
        while end < last:
            if is_name_token(unit, end, False, nouns_capital):
                end += 1
            elif _joins(unit, end) and end + 1 < last and is_name_token(unit, end + 1, False, False):
                end += 2
            else:
                break
        runs.append((at, end))
        at = end
    return runs


def _joins(unit: Unit, at: int) -> bool:
    return bool(unit.mark(at) & lex.PARTICLE)


def _is_arabic_name(word: str) -> bool:
    return not (word.startswith(("ال", "لل", "بال", "وال")) and len(word) > 4) or word in _CONNECTORS


def _find_caseless(unit: Unit, first: int, last: int) -> Range | None:
    """The last words of the phrase that are no known noun, all of them unknown; articles only in full names."""
    if between := _between_roles(unit, first, last):
        return between
    last = next((n for n in range(first + 1, last) if unit.words[n] == _FROM and unit.mark(n + 1) & lex.BODY), last)
    start = last
    while start > first and unit.kind(start - 1) == "w" and not unit.mark(start - 1) & _NO_NAME:
        start -= 1
    while start < last:
        words = unit.words[start:last]
        definite = [word for word in words if not _is_arabic_name(word)]
        if not definite:
            return (start, last) if last - start <= 5 and not _is_adjective(unit, first, start, last) else None
        if _is_arabic_name(words[0]) and any(word in _CONNECTORS for word in words):
            return start, last
        if start == first and len(words) == 2 and _is_arabic_name(words[0]) and unit.mark(start) == 0:
            return start, last
        start += 1
    return None


def _between_roles(unit: Unit, first: int, last: int) -> Range | None:
    """A name of two words or more between two roles: "the ambassador NAME NAME the deputy director of …"."""
    start = first
    while start < last and unit.mark(start) & (lex.ROLE | lex.TITLE):
        start += 1
    end = start
    while end < last and unit.kind(end) == "w" and not unit.mark(end) & _NO_NAME and _is_arabic_name(unit.words[end]):
        end += 1
    found = start > first and end - start > 1 and end < last and unit.mark(end) & lex.ROLE
    return (start, end) if found else None


def _is_adjective(unit: Unit, first: int, start: int, last: int) -> bool:
    """Whether the one word left is the adjective of an indefinite noun: "a European diplomat"."""
    if last - start != 1 or start == first:
        return False
    return unit.words[start].endswith(("ي", "ية")) and _is_arabic_name(unit.words[start - 1])
