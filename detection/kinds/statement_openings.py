"""Sentences that open with speech whose speaker follows: "Stressing that …, the minister urged …"."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import group_start
from detection.kinds.statement_clauses import SPEAKING, Attribution, Clause, cue_span
from detection.kinds.statement_contents import Contents
from detection.speakers import Mention, mention_before

_LEADING = lex.OPENER | lex.TIME | lex.AND | lex.SUBORDINATE | lex.PREPOSITION
_LONGEST_SUBJECT = 16


def read_opening(clause: Clause, at: int) -> Attribution | None:
    """What an opening participle says: up to the comma behind which the subject of the sentence stands; else None."""
    start = _content_start(clause, at)
    if start is None:
        return None
    unit = clause.unit
    for comma in range(start + 1, len(unit) - 2):
        if unit.kind(comma) in ".;:":
            return None
        if unit.kind(comma) == "," and (speaker := _subject(clause, comma + 1)) is not None:
            return Attribution(cue_span(unit, at), speaker, Contents(((start, comma),), comma, "before"), "opening")
    return None


def _content_start(clause: Clause, at: int) -> int | None:
    """Where the content of an opening participle begins; None when the cue opens no sentence so."""
    unit = clause.unit
    mark = unit.mark(at)
    opens = lex.SAY | lex.OBJECT if clause.words.setting("no_inversion") else lex.PARTICIPLE
    if clause.floor or not mark & opens:
        return None
    if any(unit.kind(n) == "w" and not unit.mark(n) & _LEADING for n in range(at)):
        return None
    start = at + 1 + (unit.kind(at + 1) == "," and bool(unit.mark(at + 2) & lex.COMPLEMENT))
    if unit.mark(start) & lex.COMPLEMENT:
        return start + 1
    bare = (mark & lex.OBJECT or clause.bare) and not unit.mark(start) & lex.PREPOSITION
    return start if bare else None


def _subject(clause: Clause, first: int) -> Mention | None:
    """The subject that begins at a token, if a verb of saying follows it."""
    unit = clause.unit
    for at in range(first + 1, min(first + _LONGEST_SUBJECT, len(unit))):
        if unit.kind(at) not in "wp":
            return None
        if unit.mark(at) & lex.CUE and unit.kind(at) == "w":
            speaker = mention_before(unit, group_start(unit, at, first), first, clause.grammar)
            return speaker if speaker is not None and speaker.kind in SPEAKING else None
    return None
