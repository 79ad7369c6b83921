"""What a unit looks like, and what an attribution in it covers."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_cast import Phrase
from detection.kinds.statement_contents import Contents
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention

Span = tuple[int, int]
_HEADLINE_REACH = 5_000
_SHORTEST_ACRONYM = 2
_LONGEST_ORIGIN = 10


def offsets(unit: Unit, contents: Contents) -> list[Span]:
    """The offsets of the stretches that were said."""
    return [(unit.starts[a], unit.ends[b - 1]) for a, b in contents.ranges if b > a]


def phrase_of(unit: Unit, mention: Mention) -> Phrase:
    """The whole phrase around a mention, and what its nouns are."""
    nouns = 0
    last = _behind_origin(unit, mention)
    for mark in unit.marks[mention.first : last]:
        nouns |= lex.NATIONAL if mark & lex.NATIONAL else mark & lex.BODY
    return Phrase(unit.starts[mention.first], unit.ends[last - 1], nouns, _own_name(unit, mention))


def _behind_origin(unit: Unit, mention: Mention) -> int:
    """The token after whom a person belongs to, where a comma parts the name from it: "Ana Lima, of the UNODC"."""
    at = mention.last + 1
    if mention.kind != "person" or unit.kind(mention.last) != "," or not unit.mark(at) & lex.NOUN_PREPOSITION:
        return mention.last
    n = at + 1
    while unit.mark(n) & lex.ARTICLE and not unit.mark(n) & (lex.BODY | lex.STATE):
        n += 1
    if not (unit.mark(n) & (lex.BODY | lex.STATE) or unit.capital(n)):
        return mention.last
    while n < min(len(unit), at + _LONGEST_ORIGIN) and unit.kind(n) in "wp":
        n += 1
    return n if unit.kind(n) in ",.;$" else mention.last


def _own_name(unit: Unit, mention: Mention) -> str | None:
    """The name of a body that speaks, or to which a person's phrase says they belong, in Latin letters."""
    if mention.kind not in ("person", "body", "role"):
        return None
    inner = [n for n in range(mention.first, mention.last) if mention.start <= unit.starts[n] < mention.end]
    if not inner or mention.kind != "body":
        return _named_beside(unit, mention, inner)
    name = unit.text[mention.start : mention.end]
    words = [n for n in inner if not unit.mark(n) & lex.ARTICLE]
    capital = len(words) > 1 and all(unit.capital(n) or unit.mark(n) & (lex.PREPOSITION | lex.AND) for n in words)
    national = any(unit.mark(n) & (lex.NATIONAL | lex.STATE) for n in words)
    return unit.slice(words[0], words[-1] + 1) if capital and not national and name.isascii() else None


def _named_beside(unit: Unit, mention: Mention, inner: list[int]) -> str | None:
    """The body's name in a person's phrase: the speaker's own behind its noun, or one beside theirs."""
    if mention.kind == "person" and mention.role is None and inner:
        before = unit.mark(inner[0] - 1) if unit.kind(inner[0] - 1) == "w" else 0
        name = unit.text[mention.start : mention.end]
        if before & (lex.BODY | lex.GROUP) and not before & (lex.NATIONAL | lex.ROLE) and name.isascii():
            return name
    n = mention.first
    while n < mention.last:
        last = n
        while last < mention.last and unit.capital(last) and not mention.start <= unit.starts[last] < mention.end:
            last += 1
        if last > n and _is_body_name(unit, n, last):
            return unit.slice(n, last)
        n = max(last, n + 1)
    return None


def _is_body_name(unit: Unit, first: int, last: int) -> bool:
    """Whether capitals name a body: a noun of a body among them, an acronym, or capitals inside a word."""
    words = unit.text[unit.starts[first] : unit.ends[last - 1]]
    marks = [unit.mark(n) for n in range(first, last)]
    if any(mark & (lex.STATE | lex.NATIONAL | lex.ROLE | lex.TITLE | lex.TIME | lex.OUTLET) for mark in marks):
        return False
    if not words.replace("-", "").replace(" ", "").isascii():
        return False
    if last - first > 1:
        return any(mark & lex.BODY for mark in marks)
    return len(words) > _SHORTEST_ACRONYM and not marks[0] and any(letter.isupper() for letter in words[1:])


def is_list(unit: Unit, contents: Contents) -> bool:
    """Quotations with nothing but commas between them are terms or titles, not speech."""
    tokens = [n for first, last in contents.ranges for n in range(first, last)]
    marks = [unit.kind(n) for n in tokens]
    return marks.count("q") > 2 and all(kind in "q,;." or unit.mark(n) for n, kind in zip(tokens, marks, strict=True))


def is_quotation(unit: Unit) -> bool:
    """Whether a unit is nothing but a quotation."""
    quoted = sum(unit.ends[n] - unit.starts[n] for n in range(len(unit)) if unit.kind(n) == "q")
    return unit.kind(0) == "q" and quoted >= 0.9 * (unit.end - unit.start)


def named_again(unit: Unit) -> frozenset[str]:
    """The unit's first word, if the text uses it again later: what a headline names, the report repeats."""
    word = unit.text[unit.starts[0] : unit.ends[0]]
    return (
        frozenset({word.casefold()})
        if len(word) > 2 and unit.text.find(word, unit.end, unit.end + _HEADLINE_REACH) >= 0
        else frozenset()
    )
