"""Where the phrase around a speaker begins and ends: edges, adjuncts, lists, appositions."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_tokens import Unit
from detection.speakers_arabic import comes_from_body, opens_object
from detection.speakers_grammar import Grammar
from detection.speakers_names import find_name, is_name_token

LONGEST = 30
_BESIDE_NAMES = lex.PARTICLE | lex.BODY | lex.STATE | lex.AND
_POSSESSIVES = ("'s", "’s")
_EDGES = frozenset(",:;-.qx^$")
_LEADING = lex.OPENER | lex.TIME | lex.ADVERB | lex.AND | lex.SUBORDINATE
NOUNS = lex.ROLE | lex.BODY | lex.GROUP | lex.DOCUMENT | lex.UTTERANCE | lex.STATE


def strip_leading(unit: Unit, first: int, at: int) -> int:
    """The first token of a phrase behind set phrases, times, conjunctions and an opening adjunct."""
    while first < at and (unit.mark(first) & _LEADING or unit.kind(first) in "px,"):
        first += 1
    if first < at and unit.mark(first) & lex.PREPOSITION and not unit.mark(first) & lex.ARTICLE:
        return strip_leading(unit, _after_adjunct(unit, first, at), at)
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


def skip_to_phrase(unit: Unit, at: int, adjuncts: bool) -> int:
    """The token at which a phrase behind a verb begins: adverbs, outlets and short adjuncts are passed over."""
    while True:
        mark = unit.mark(at)
        if (unit.kind(at) == "w" and mark & (lex.ADVERB | lex.TIME | lex.OUTLET) and not mark & lex.ROLE) or (
            unit.kind(at) == "q" and unit.ends[at] - unit.starts[at] <= 14 and unit.mark(at + 1) & NOUNS
        ):
            at += 1
        else:
            break
    if adjuncts and unit.mark(at) & lex.PREPOSITION and not unit.mark(at) & lex.ARTICLE:
        for n in range(at + 2, min(at + 5, len(unit))):
            if unit.mark(n) & (lex.ARTICLE | lex.ROLE | lex.TITLE) and not unit.mark(n - 1) & lex.PREPOSITION:
                return n
    return at


def back_to_edge(unit: Unit, at: int, floor: int) -> int:
    """The first token of the phrase that ends before ``at``, looking back no further than ``floor``."""
    first = at
    while first > floor and at - first <= LONGEST:
        mark = unit.mark(first - 1)
        if unit.kind(first - 1) in _EDGES or mark & (lex.COMPLEMENT | lex.RELATIVE | lex.SUBORDINATE):
            break
        if (
            mark & (lex.AND | lex.ANY_CUE)
            and not mark & (lex.ROLE | lex.DOCUMENT)
            and _clause_before(unit, first - 1, floor, mark)
        ):
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


def back_over_list(unit: Unit, first: int, at: int, floor: int) -> int:
    """The first of several speakers: ``X, Y and Z said``."""
    if not any(unit.mark(n) & lex.AND for n in range(first, at)):
        return first
    while first - 1 > floor and unit.kind(first - 1) == ",":
        start = back_to_edge(unit, first - 1, floor)
        if not 0 < first - 1 - start <= 4 or not unit.mark(start) & lex.STATE | unit.capital(start):
            break
        first = start
    return first


def forward_to_edge(unit: Unit, at: int, grammar: Grammar) -> int:
    """The first token behind the phrase that begins at ``at``."""
    named = False
    n = at
    while n < len(unit) and n - at < LONGEST:
        if unit.kind(n) != "p":
            if _ends_phrase(unit, at, n, grammar, named=named):
                break
            named = _names(unit, at, n, grammar, named=named)
        n += 1
    while n > at and unit.mark(n - 1) & (lex.PREPOSITION | lex.ARTICLE | lex.AND | lex.ADVERB) and not grammar.caseless:
        n -= 1
    return n


def _names(unit: Unit, at: int, n: int, grammar: Grammar, *, named: bool) -> bool:
    """Whether a person has been named up to and with token ``n``."""
    if unit.mark(n) & lex.PREPOSITION and not (n == at and unit.mark(n) & lex.ARTICLE):
        return named
    if is_name_token(unit, n, grammar.caseless, grammar.nouns_capital):
        return named or n == at or not unit.mark(n - 1) & (lex.PREPOSITION | lex.ARTICLE)
    return named and (grammar.caseless or bool(unit.mark(n) & _BESIDE_NAMES))


def _ends_phrase(unit: Unit, at: int, n: int, grammar: Grammar, *, named: bool) -> bool:
    """Whether the phrase that begins at ``at`` is over before token ``n``."""
    mark = unit.mark(n)
    if unit.kind(n) in _EDGES or mark & (lex.COMPLEMENT | lex.RELATIVE | lex.SUBORDINATE | lex.TIME):
        return True
    if mark & lex.AS and not mark & lex.PREPOSITION:
        return True
    if n > at and (is_verb(unit, n) or mark & (lex.OUTLET | lex.NEGATION)):
        return True
    if grammar.caseless and n > at and (opens_object(unit, at, n) or (named and comes_from_body(unit, n))):
        return not (named and comes_from_body(unit, n))
    if mark & lex.PREPOSITION and not (n == at and mark & lex.ARTICLE):
        return not _preposition_inside(unit, n, named, mark)
    if mark & lex.ARTICLE and named and not (unit.capital(n) and unit.capital(n + 1)):
        return True
    if n > at and _opens_clause(unit, at, n, grammar):
        return True
    if not named or grammar.caseless or mark & _BESIDE_NAMES:
        return False
    if is_name_token(unit, n, grammar.caseless, grammar.nouns_capital):
        return False
    return not (_is_noun_beside(unit, n) if grammar.head_last else _full_name_follows(unit, n))


def _is_noun_beside(unit: Unit, n: int) -> bool:
    """Whether a token behind a name belongs to its phrase: a noun of speakers, a possessive, a word before a role."""
    return bool(unit.mark(n) & (NOUNS & ~lex.STATE)) or unit.words[n] in _POSSESSIVES or _role_near(unit, n)


def _opens_clause(unit: Unit, at: int, n: int, grammar: Grammar) -> bool:
    """Whether a verb that no list holds, or a new phrase, begins behind the noun before ``n``."""
    if grammar.nouns_capital:
        return n > at + bool(unit.mark(at) & lex.ARTICLE) and _opens_german_clause(unit, n)
    return grammar.bare and grammar.head_last and _opens_english_clause(unit, n)


def _opens_english_clause(unit: Unit, n: int) -> bool:
    """Whether a plain word behind a noun of speakers is a verb that no list holds: "the delegate took issue"."""
    if unit.mark(n) or unit.capital(n) or unit.kind(n) != "w" or unit.kind(n - 1) != "w" or _role_near(unit, n):
        return False
    before = unit.mark(n - 1)
    return bool(before & (lex.ROLE | lex.STATE)) or bool(
        before & (lex.BODY | lex.GROUP) and unit.mark(n + 1) & (lex.ARTICLE | lex.PRONOUN)
    )


def _opens_german_clause(unit: Unit, n: int) -> bool:
    """Whether, where nouns have capitals, a new phrase or a verb begins behind the noun before ``n``."""
    if not unit.capital(n - 1) or unit.kind(n - 1) != "w":
        return False
    mark = unit.mark(n)
    if mark & lex.ARTICLE:
        return not mark & lex.NOUN_PREPOSITION
    return mark == 0 and not unit.capital(n) and unit.words[n] not in _POSSESSIVES


def _full_name_follows(unit: Unit, at: int) -> bool:
    """Whether the one capital before ``at`` only begins a body's name: a full name follows within some words."""
    if not unit.capital(at - 1) or unit.capital(at - 2) or not unit.mark(at - 2) & lex.ROLE:
        return False
    for n in range(at, min(at + 5, len(unit) - 1)):
        if unit.kind(n) != "w" or unit.mark(n) & lex.PREPOSITION:
            return False
        if unit.capital(n) and unit.capital(n + 1) and not (unit.mark(n) | unit.mark(n + 1)):
            return True
    return False


def _role_near(unit: Unit, at: int) -> bool:
    """Whether a role follows within a word or two: "Acme legal adviser Jane Roe"."""
    return any(unit.mark(n) & lex.ROLE and unit.kind(n) == "w" for n in (at + 1, at + 2)) and unit.kind(at + 1) == "w"


def _preposition_inside(unit: Unit, at: int, named: bool, mark: int) -> bool:
    following = at + 1
    while unit.mark(following) & lex.ARTICLE:
        following += 1
    if mark & lex.NOUN_PREPOSITION and not named:
        return True
    if named and not mark & lex.NOUN_PREPOSITION and not unit.mark(at - 1) & lex.ROLE:
        return False
    return bool(unit.mark(following) & (lex.BODY | lex.STATE)) or (
        bool(mark & lex.NOUN_PREPOSITION) and unit.capital(following)
    )


def is_verb(unit: Unit, at: int) -> bool:
    """Whether a token can only be a verb; behind an article, or with a capital, it is a noun or a name."""
    mark = unit.mark(at)
    if mark & (lex.PREPOSITION | lex.TIME | lex.PRONOUN | lex.ROLE | lex.BODY | lex.GROUP) or unit.capital(at):
        return False
    return bool(mark & (lex.AUXILIARY | lex.FUTURE))


def opens_unit(unit: Unit, first: int, floor: int) -> bool:
    """Whether nothing but set phrases stands before a token, up to the last quotation or semicolon."""
    while first > floor and (unit.kind(first - 1) == "," or unit.mark(first - 1) & (lex.OPENER | lex.TIME | lex.AND)):
        first -= 1
    return first <= floor or unit.kind(first - 1) in "^q;"


def is_nominal(unit: Unit, at: int) -> bool:
    """Whether a noun phrase can begin at a token."""
    mark = unit.mark(at)
    if mark & (NOUNS | lex.ARTICLE | lex.TITLE):
        return True
    return not mark & (lex.PREPOSITION | lex.ANY_CUE | lex.SUBORDINATE | lex.AND | lex.COMPLEMENT) and (
        unit.capital(at) or any(unit.mark(n) & lex.ROLE for n in range(at, min(at + 5, len(unit))))
    )


def find_apposition(unit: Unit, at: int, grammar: Grammar) -> int | None:
    """The end of an apposition that begins at ``at``, None when what follows the comma is something else."""
    if not is_nominal(unit, at):
        return None
    end = at
    while end < len(unit) and unit.kind(end) in "wp" and end - at < LONGEST:
        if (
            unit.mark(end) & (lex.CUE | lex.SUBORDINATE | lex.RELATIVE | lex.COMPLEMENT)
            and not unit.mark(end) & lex.ROLE
        ):
            return None
        end += 1
    if any(unit.mark(n) & lex.ROLE for n in range(at, min(at + 6, end))):
        return end
    whole = find_name(unit, at, end, grammar.caseless, grammar.nouns_capital)
    covers = whole is not None and whole[0] <= at + 1 and whole[1] == end
    return end if covers and unit.kind(end) in ".,$-q" else None
