"""Dialogue with dashes instead of marks: ``— Words, — said X.``"""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import group_start
from detection.kinds.statement_clauses import Attribution
from detection.kinds.statement_contents import Contents
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention, mention_after
from detection.speakers_grammar import Grammar

_LONGEST_SIGNATURE = 24
_SHORTEST_SPEECH = 12
_NO_VERB = (
    lex.PREPOSITION
    | lex.ARTICLE
    | lex.COMPLEMENT
    | lex.AND
    | lex.NEGATION
    | lex.SUBORDINATE
    | lex.BY
    | lex.AS
    | lex.RELATIVE
)
_VERBS = lex.SAY | lex.WEAK | lex.OBJECT


def read_signature(unit: Unit, grammar: Grammar) -> Attribution | None:
    """A quotation with nothing behind it but a dash and a full name: ``“Words.” — NAME``."""
    if unit.kind(0) != "q" or unit.kind(1) != "-" or len(unit) > _LONGEST_SIGNATURE:
        return None
    name = mention_after(unit, 2, grammar, adjuncts=False)
    if name is None or name.kind != "person" or " " not in unit.text[name.start : name.end]:
        return None
    if name.first != 2 or unit.kind(name.last) not in ".$,":
        return None
    return Attribution((unit.starts[1], unit.ends[1]), name, Contents(((0, 1),), len(unit), "signature"), "signature")


def read_inversion(unit: Unit, grammar: Grammar) -> Attribution | None:
    """A quotation, up to three words that are no function words, and a speaker: ``"Words", rejoiced X``."""
    if unit.kind(0) != "q" or unit.ends[0] - unit.starts[0] < _SHORTEST_SPEECH:
        return None
    at = 1 + (unit.kind(1) in ",-") + (unit.kind(1) == "," and unit.kind(2) == "-")
    for first in range(at + 1, min(at + 4, len(unit))):
        if unit.kind(first - 1) != "w" or unit.capital(first - 1) or unit.mark(first - 1) & _NO_VERB:
            return None
        if not (unit.capital(first) or unit.mark(first) & (lex.ARTICLE | lex.ROLE | lex.TITLE | lex.PRONOUN)):
            continue
        speaker = mention_after(unit, first, grammar, adjuncts=False)
        if speaker is not None and speaker.kind in ("person", "role", "pronoun") and speaker.first == first:
            if unit.kind(speaker.last) not in ".,$" and not unit.mark(speaker.last) & (lex.PREPOSITION | lex.TIME):
                return None
            cue = (unit.starts[at], unit.ends[first - 1])
            return Attribution(cue, speaker, Contents(((0, 1),), len(unit), "after"), "inversion")
    return None


def _behind_unknown_verb(unit: Unit, at: int, grammar: Grammar) -> Mention | None:
    """Who speaks behind a second dash and one plain word that no list holds: ``— Words, — snapped X.``"""
    if unit.kind(at - 2) not in ",.x" or unit.kind(at) != "w" or unit.capital(at) or unit.mark(at) & _NO_VERB:
        return None
    speaker = mention_after(unit, at + 1, grammar, adjuncts=False)
    if speaker is None or speaker.kind not in ("person", "role", "pronoun") or speaker.first != at + 1:
        return None
    return speaker if unit.kind(speaker.last) in ".,$-" else None


def read_dialogue(unit: Unit, grammar: Grammar) -> Attribution | None:
    """The speech of a unit that opens with a dash and names its speaker behind a second one."""
    if unit.kind(0) != "-":
        return None
    for at in range(2, len(unit)):
        first = group_start(unit, at, 1)
        if unit.kind(first - 1) != "-":
            continue
        known = unit.mark(at) & _VERBS
        speaker = mention_after(unit, at + 1, grammar) if known else _behind_unknown_verb(unit, at, grammar)
        if not known and speaker is None:
            continue
        ranges = [(1, first - 1)]
        end = at + 1 if speaker is None else speaker.last
        if unit.kind(end) in ".,-" and unit.kind(end + 1) == "-":
            ranges.append((end + 2, len(unit)))
        cue = (unit.starts[at], unit.ends[at])
        return Attribution(cue, speaker, Contents(tuple(ranges), len(unit), "dialogue"), "dialogue")
    return None
