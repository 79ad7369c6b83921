"""What was said: where the content of an attribution lies, before the verb, after it, or on both sides."""

from dataclasses import dataclass
from typing import Literal

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import find_break
from detection.kinds.statement_tokens import Unit
from detection.speakers_grammar import Grammar

Range = tuple[int, int]
LinkKind = Literal["that", "colon", "quote", "comma", "bare", "none", "end"]

_REACH = 16
_FEW = 5
_CLAUSE = lex.CUE | lex.COMPLEMENT | lex.AND | lex.RELATIVE | lex.SUBORDINATE
_ADJUNCT = lex.PREPOSITION | lex.TIME | lex.ADVERB | lex.OUTLET | lex.UTTERANCE
_NO_CONTENT_START = lex.CUE | lex.RELAY | lex.AND | lex.SUBORDINATE | lex.RELATIVE


@dataclass(slots=True)
class Link:
    """How the verb is joined to what follows it, and the token where that begins."""

    kind: LinkKind
    at: int


@dataclass(slots=True)
class Contents:
    """Token ranges of what was said, the first token after them, and the shape that was recognised."""

    ranges: tuple[Range, ...]
    end: int
    shape: str


def find_link(unit: Unit, at: int, mark: int, *, bare: bool) -> Link:
    """The link after the verb and, if it follows it, the speaker. ``bare``: no conjunction is needed."""
    n = _after_addressee(unit, at) if bare and mark & lex.TELL else at
    if n > at and unit.kind(n) == "w" and not unit.mark(n) & (_ADJUNCT | lex.COMPLEMENT | lex.AND | lex.SUBORDINATE):
        return Link("bare", n)
    adjunct = False
    while n < len(unit) and n - at <= _REACH:
        if (sure := _sure_link(unit, n)) is not None:
            # "say that is dangerous": a pronoun
            return Link("bare", n) if bare and sure.kind == "that" and unit.mark(n + 1) & lex.AUXILIARY else sure
        if n == at and unit.mark(n) & lex.PARTICIPLE and _sure_link(unit, n + 1) is not None:
            n += 1
            continue
        step = _next_link(unit, n, n > at + 1, adjunct=adjunct, bare=bare, tells=bool(mark & lex.TELL) and n - at < 8)
        if isinstance(step, Link):
            return step
        adjunct = adjunct or bool(unit.mark(n) & _ADJUNCT) or unit.kind(n) in "px"
        n = step
    return Link("end" if n >= len(unit) else "none", min(n, len(unit)))


def _marked_speech(unit: Unit, at: int, *, resumed: bool) -> Link | None:
    """Speech in marks behind a few plain words: "put it more bluntly: “…”"; ``resumed``: behind any addressee."""
    n = at
    while unit.kind(n) in "wp" and n - at < (_REACH if resumed else _FEW) and not unit.mark(n) & _CLAUSE:
        n += 1
    if n == at or unit.kind(n + 1) != "q" or unit.kind(n) != ("," if resumed else ":"):
        return None
    return Link("quote" if resumed else "colon", n + 1)


def _next_link(unit: Unit, n: int, far: bool, *, adjunct: bool, bare: bool, tells: bool) -> Link | int:
    """The link that the token ``n`` makes, or the token at which the search goes on."""
    kind = unit.kind(n)
    if kind == ",":
        after = _after_comma(unit, n, bare=bare)
        return Link("comma", n + 1) if after is None else after
    if kind in ".;-":
        return Link("end", n)
    if bare and unit.mark(n) & lex.QUANTITY and unit.words[n + 1][:1].isdigit():
        return Link("bare", n)  # "said about 30 countries would sign"
    if unit.mark(n) & lex.CUE and not unit.mark(n) & lex.ROLE:
        return Link("bare" if bare and not adjunct else "none", n)
    if unit.mark(n) & _ADJUNCT or kind in "px":
        closes = bare and unit.mark(n) & (lex.TIME | lex.UTTERANCE) and _starts_clause(unit, n + 1)
        return Link("bare", n + 1) if closes else n + 1
    if bare and not adjunct and not tells:
        return Link("bare", n)
    noun = unit.mark(n) & (lex.PRONOUN | lex.ARTICLE) and unit.capital(n - 1)
    return Link("bare", n) if bare and adjunct and far and noun else n + 1


def _after_addressee(unit: Unit, at: int) -> int:
    """The token after whoever was told: a pronoun, an outlet, a name, an article with a noun or two."""
    if unit.kind(at) != "w" or unit.mark(at) & (lex.COMPLEMENT | lex.TIME | lex.ADVERB | lex.PREPOSITION):
        return at
    n = at + 1
    article = bool(unit.mark(at) & lex.ARTICLE)
    if unit.mark(at) & lex.PRONOUN and not article:
        return n
    while (
        unit.kind(n) == "w"
        and n - at < 6
        and not unit.mark(n) & (_ADJUNCT | lex.COMPLEMENT | lex.ARTICLE | lex.PRONOUN)
    ):
        if not unit.capital(n) and not (article and n == at + 1):
            break
        n += 1
    return n


def _sure_link(unit: Unit, at: int) -> Link | None:
    if unit.kind(at) == ":":
        return Link("colon", at + 1)
    if unit.kind(at) == "q":
        return Link("quote", at)
    if unit.mark(at) & lex.COMPLEMENT:
        n = at + 1
        while unit.kind(n) == ":":
            n += 1
        return Link("that", n)
    return None


def _starts_clause(unit: Unit, at: int) -> bool:
    return (
        unit.kind(at) == "w"
        and not unit.words[at].isdigit()
        and not unit.mark(at)
        & (_ADJUNCT | lex.COMPLEMENT | lex.AND | lex.SUBORDINATE | lex.RELATIVE | lex.BODY | lex.STATE)
    )


def _after_comma(unit: Unit, comma: int, *, bare: bool) -> int | None:
    """Where to go on after a comma: at the link itself, or behind an aside between commas; None: it is the link."""
    following = comma + 1
    if unit.mark(following) & lex.COMPLEMENT or unit.kind(following) == "q":
        return following
    sure = unit.mark(following) & (_ADJUNCT | lex.RELATIVE | lex.OPENER | lex.AS | lex.ARTICLE | lex.ROLE)
    for n in range(following + 1, min(following + 12, len(unit))):
        sure = sure or unit.mark(n) & lex.PREPOSITION
        parted = unit.mark(n + 1) & lex.PREPOSITION and unit.mark(n + 2) & lex.COMPLEMENT
        if unit.kind(n) == "," and parted:
            return n + 2
        if unit.kind(n) == "," and (unit.mark(n + 1) & lex.COMPLEMENT or (sure and unit.kind(n + 1) == "q")):
            return n + 1
        if unit.kind(n) == ":" and sure and not bare:
            return n
        if unit.kind(n) in ",.;:q-" or unit.mark(n) & lex.CUE:
            return None
    return None


def find_contents(
    unit: Unit, before: Range, after: int, mark: int, grammar: Grammar, *, bare: bool, aside: bool, named: bool = False
) -> Contents | None:
    """The content around an attribution.

    ``before`` is what stands in front of it (to be content it must be set off), ``after`` the first token
    behind it. ``aside``: a short speaker, so that words on both sides can be one content.
    """
    front = _front(unit, before)
    quoted = front is not None and unit.kind(front[1] - 1) == "q"
    link = _marked_speech(unit, after, resumed=quoted) or find_link(unit, after, mark, bare=bare)
    if link.kind in ("that", "colon"):
        if quoted and front and link.kind == "that" and unit.kind(after) == ",":
            return Contents((front,), after, "after")
        following = _following(unit, link.at, grammar, "before")
        if following and front and aside and link.kind == "that" and unit.kind(after) == "," and link.at - after <= 2:
            return Contents((front, *following.ranges), following.end, "around")
        return following
    if link.kind == "quote":
        return _with_quote(unit, front, quoted, link, grammar, aside=aside and unit.kind(after) == ",")
    if link.kind == "comma":
        quoted = quoted and front is not None and (named or unit.kind(front[0]) == "q")
        return _with_comma(unit, front, quoted, link, grammar, aside=aside, named=named)
    if link.kind == "bare" and not quoted:
        return _following(unit, link.at, grammar, "before")
    if front is not None:
        return Contents((front,), _end_of_adjunct(unit, after), "after")
    return None


def _with_quote(
    unit: Unit, front: Range | None, quoted: bool, link: Link, grammar: Grammar, *, aside: bool
) -> Contents | None:
    following = _following(unit, link.at, grammar, "before")
    if following is None or front is None:
        return following
    if quoted:
        return Contents((front, *following.ranges), following.end, "split")
    speech = unit.text[unit.starts[link.at] + 1 : unit.ends[link.at]].lstrip()
    parted = aside and speech[:1].islower() and _begins_clause(unit, front)
    return Contents((front, *following.ranges), following.end, "around") if parted else following


def _begins_clause(unit: Unit, front: Range) -> bool:
    """Whether what stands in front can be the subject of what is said: not a remark of time or place, no verb."""
    first, last = front
    opening = lex.OPENER | lex.ADVERB | lex.SUBORDINATE | lex.RELATIVE | lex.MOOD | lex.TIME
    if first > 0 or unit.mark(first) & opening:
        return False
    if unit.mark(first) & lex.PREPOSITION and not unit.mark(first) & lex.ARTICLE:
        return False
    verb = lex.CUE | lex.AUXILIARY | lex.TIME
    return not any(
        unit.kind(n) not in "wp" or (unit.mark(n) & verb and not unit.mark(n) & lex.DOCUMENT)
        for n in range(first, last)
    )


def _with_comma(
    unit: Unit, front: Range | None, quoted: bool, link: Link, grammar: Grammar, *, aside: bool, named: bool
) -> Contents | None:
    if front is None or (
        named
        and unit.mark(front[0]) & (lex.CUE | lex.PREPOSITION)
        and not unit.mark(front[0]) & lex.ARTICLE
        and not quoted
    ):
        return _following(unit, link.at, grammar, "before")
    relative = grammar.nouns_capital and _opens_german_relative(unit, link.at)
    if quoted or not aside or relative or _opens_other_clause(unit, link.at, named=named):
        return Contents((front,), link.at - 1, "after")
    following = _following(unit, link.at, grammar, "around")
    if following is None:
        return Contents((front,), link.at - 1, "after")
    return Contents((front, *following.ranges), following.end, "around")


def _opens_german_relative(unit: Unit, at: int) -> bool:
    """Whether "die nicht genannt werden will" follows a comma: an article without a noun is a relative pronoun."""
    return bool(unit.mark(at) & lex.ARTICLE) and not (unit.capital(at + 1) or unit.capital(at + 2))


def _opens_other_clause(unit: Unit, at: int, *, named: bool) -> bool:
    mark = unit.mark(at)
    if named and mark & lex.PREPOSITION and _end_of_adjunct(unit, at) >= len(unit) - 1:
        return True
    if mark & lex.OBJECT and not mark & (lex.SAY | lex.PARTICIPLE):
        return False
    return bool(mark & _NO_CONTENT_START)


def _following(unit: Unit, start: int, grammar: Grammar, shape: str) -> Contents | None:
    if start >= len(unit):
        return None
    end = find_break(unit, start, grammar)
    return Contents(((start, end),), end, shape) if end > start else None


def _front(unit: Unit, before: Range) -> Range | None:
    """What stands before an attribution, when a comma, a dash or closing marks set it off."""
    first, last = before
    if last <= first or not (unit.kind(last - 1) in ",-q" or (unit.kind(last - 1) == "x" and last - first > 1)):
        return None
    while last > first and unit.kind(last - 1) in ",-x":
        last -= 1
    if unit.kind(last - 1) == "q" and unit.mark(last - 2) & lex.DOCUMENT and unit.mark(first) & lex.PREPOSITION:
        return None  # "in the booklet “Name” X explains"
    while first < last and unit.kind(first) in ",-;:.x":
        first += 1
    while first < last and unit.mark(first) & (lex.AND | lex.OPENER) and unit.kind(last - 1) != "q":
        first += 1
    return (first, last) if first < last else None


def _end_of_adjunct(unit: Unit, at: int) -> int:
    while at < len(unit) and unit.kind(at) in "wp":
        at += 1
    return at
