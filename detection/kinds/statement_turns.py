"""Attribution without a verb: ``NAME: …``, ``NAME - …``, ``From NAME: "…"``, and the turns of a transcript."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_clauses import SPEAKING, Attribution
from detection.kinds.statement_contents import Contents
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention, describe, mention_after, mention_before
from detection.speakers_grammar import Grammar

_LONGEST_NAME = 24
_LONGEST_LEAD = 20
_LONGEST_TITLE = 3
_LONGEST_ROLE = 6


def read_turn(unit: Unit, grammar: Grammar, known: frozenset[str], first_person: frozenset[str]) -> Attribution | None:
    """The turn that a unit opens. ``known``: names that the text uses elsewhere, lower-case."""
    mark_at = _turn_mark(unit)
    if mark_at is None:
        return None
    first = 0
    while first < mark_at and unit.mark(first) & (lex.PREPOSITION | lex.OPENER | lex.AND):
        first += 1
    cut = next((n for n in range(first, mark_at) if unit.kind(n) == ","), mark_at)
    segments = [(first, cut)] + ([(cut + 1, mark_at)] if cut < mark_at - 1 else [])
    if first >= cut:
        return None
    mention = describe(unit, segments, grammar)
    speech = not first_person.isdisjoint(unit.words[mark_at + 1 :])
    if speech and mention is not None:
        said = unit.text[mention.start : mention.end].casefold()
        known = known | {said, *said.split()}
    if mention is None or not _can_open(unit, mention, known, mark_at, speech=speech):
        return None
    ranges = ((mark_at + 1, len(unit)),)
    cue = (unit.starts[0], unit.ends[0]) if first else (unit.starts[mark_at], unit.ends[mark_at])
    quoted = any(unit.kind(n) == "q" for n in range(mark_at + 1, len(unit)))
    rule = "turn-speech" if (unit.kind(mark_at) == "-" or speech) and not quoted else "turn"
    return Attribution(cue, mention, Contents(ranges, len(unit), "turn"), rule)


def _turn_mark(unit: Unit) -> int | None:
    """The colon or dash after the opening name, if nothing but a name can stand before it."""
    opening = unit.kinds[1 : min(_LONGEST_NAME, len(unit) - 1)]
    if ":" not in opening and "-" not in opening:
        return None
    for at, kind in enumerate(opening, start=1):
        if kind == ":":
            return at
        if kind == "-" and unit.kind(at + 1) == "w" and unit.capital(at + 1):
            return at
        if kind in "q.;" or unit.mark(at) & (lex.CUE | lex.COMPLEMENT | lex.RELATIVE | lex.AUXILIARY):
            return None
    return None


def _can_open(unit: Unit, mention: Mention, known: frozenset[str], mark_at: int, *, speech: bool) -> bool:
    if mention.first > 1 or mention.kind in ("document", "utterance", "other", "pronoun", "group"):
        return False
    quoted = unit.kind(mark_at + 1) == "q"
    if mention.kind == "person":
        name = unit.text[mention.start : mention.end]
        opening = unit.text[unit.starts[mark_at + 1]]
        if mention.role is None and not quoted and not opening.islower() and known.isdisjoint(name.casefold().split()):
            return False
        if mention.role is None and " " not in name and name.casefold() not in known:
            return False
        return unit.kind(mark_at) == ":" or mention.role is not None
    return unit.kind(mark_at) == ":" and (quoted or speech)


def read_pointing(unit: Unit, pointers: tuple[str, ...], grammar: Grammar) -> tuple[tuple[int, int], Mention] | None:
    """The cue and the speaker of a sentence that points back: "This was said by X", "That view X holds"."""
    opening = " ".join(unit.words[:4])
    if not opening.startswith(pointers):
        return None
    for at in range(1, min(len(unit), _LONGEST_NAME)):
        if unit.mark(at) & lex.CUE and unit.kind(at) == "w":
            speaker = mention_after(unit, at + 1, grammar) or mention_before(unit, at, 1, grammar)
            if speaker is not None and speaker.kind in SPEAKING:
                return (unit.starts[at], unit.ends[at]), speaker
    return None


def says_more(unit: Unit, cue_end: int) -> bool:
    """Whether a clause of its own follows a verb: "Of this he said that …" points nowhere."""
    for n in range(len(unit)):
        if unit.starts[n] < cue_end:
            continue
        if unit.kind(n) == ":" or unit.mark(n) & lex.COMPLEMENT:
            return True
        if unit.kind(n) in ",.;" and not unit.mark(n + 1) & lex.COMPLEMENT:
            return False
    return False


def read_colon(unit: Unit, grammar: Grammar) -> Attribution | None:
    """``X was cautious: "…"``: a subject, anything without a verb of saying, and a quotation to the end."""
    quote = next((n for n in range(2, min(len(unit), _LONGEST_LEAD)) if unit.kinds[n] == "q"), None)
    if quote is None or unit.kind(quote - 1) != ":" or any(unit.kind(n) not in ".q" for n in range(quote, len(unit))):
        return None
    start = 0
    while start < quote and (unit.mark(start) & (lex.OPENER | lex.TIME | lex.AND) or unit.kind(start) == ","):
        start += 1
    speaker = _subject(unit, start, quote, grammar)
    if speaker is None:
        return None
    cue = (unit.starts[quote - 1], unit.ends[quote - 1])
    return Attribution(cue, speaker, Contents(((quote, len(unit)),), len(unit), "before"), "colon")


def _first_role(unit: Unit, first: int, quote: int, grammar: Grammar) -> Mention | None:
    """The phrase up to the first role, where a verb that no list holds hides its end."""
    for n in range(first, min(first + _LONGEST_ROLE, quote - 1)):
        if unit.mark(n) & lex.ROLE:
            return describe(unit, [(first, n + 1)], grammar)
        if unit.kind(n) != "w" or unit.mark(n) & (lex.PREPOSITION | lex.CUE):
            return None
    return None


def _may_lead(unit: Unit, speaker: Mention, quote: int) -> bool:
    """Whether a subject can speak behind a colon: a person; a role only whole sentences, for others may bear titles."""
    if speaker.kind in ("person", "pronoun"):
        return True
    words = unit.text[unit.starts[quote] + 1 : unit.ends[quote] - 1].split()
    plain = sum(word[:1].islower() for word in words)
    return speaker.kind == "role" and len(words) > _LONGEST_TITLE and 2 * plain > len(words)


def _subject(unit: Unit, start: int, quote: int, grammar: Grammar) -> Mention | None:
    """The person with whom the clause begins, at its head or behind an opening participle and its comma."""
    comma = next((n for n in range(start, quote) if unit.kind(n) == ","), quote)
    for first in (start, comma + 1):
        speaker = mention_after(unit, first, grammar, adjuncts=False) if first < quote - 1 else None
        if speaker is None or speaker.kind == "other":
            speaker = _first_role(unit, first, quote, grammar)
        if speaker is None or speaker.last >= quote - 1 or not _may_lead(unit, speaker, quote):
            continue
        if not unit.mark(speaker.last) & (lex.BY | lex.PREPOSITION):
            return speaker
    return None
