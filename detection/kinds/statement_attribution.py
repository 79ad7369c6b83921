"""Attributions: a cue, the speaker beside it, and the contents, found in one unit from left to right."""

from collections.abc import Iterator

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import find_break, group_start, in_relative
from detection.kinds.statement_clauses import SPEAKING, Attribution, Clause, Refused, cue_span
from detection.kinds.statement_contents import Contents, find_link
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_openings import read_opening
from detection.kinds.statement_sources import read_phrase, read_source
from detection.kinds.statement_tokens import Unit
from detection.kinds.statement_verbs import read_verb
from detection.speakers import mention_after
from detection.speakers_grammar import Grammar

_MOST_CUES = 40
_INNER = lex.OBJECT | lex.MOOD | lex.JUDGE


def attribute(unit: Unit, words: Words, grammar: Grammar, *, spoken: bool) -> Iterator[Attribution | Refused]:
    """The attributions of a unit, in order. ``spoken``: somebody has spoken before, and may go on without a name."""
    floor = _behind_report(unit, words, grammar)
    silent = resumed = False
    told = _told_between(unit)
    closing = told or _closing(unit, grammar)
    tried = 0
    for at in [at for at, mark in enumerate(unit.marks) if mark & lex.ANY_CUE]:
        if tried >= _MOST_CUES:
            return
        if at < floor or unit.kind(at) != "w" or _is_noun(unit, at):
            continue
        if at < closing and (told or _is_inner(unit, at)):
            continue
        tried += 1
        clause = Clause(unit, floor, words, grammar, spoken, resumed)
        result = read_opening(clause, at) or _read_cue(clause, at)
        if silent and isinstance(result, Attribution) and _hides_behind(result):
            result = Refused(result.cue, "the subject is the same document phrase")
        if isinstance(result, Refused) and "document" in result.reason:
            silent = True
            floor = max(floor, _after_document(unit, at, grammar))
        if isinstance(result, Attribution):
            floor = max(result.contents.end, at + 1)
            resumed = in_relative(unit, at)
            spoken = True
        if result is not None:
            yield result


def _is_inner(unit: Unit, at: int) -> bool:
    """Whether a cue belongs to what another one attributes: "Mexico welcomes the text, the ministry said"."""
    if not unit.mark(at) & _INNER or unit.mark(at + 1) & lex.COMPLEMENT:
        return False
    if unit.mark(at) & lex.JUDGE and unit.kind(at + 1) != ":":
        return True
    return not unit.mark(at) & lex.SAY or bool(unit.mark(group_start(unit, at) - 1) & lex.STATE)


def _closing(unit: Unit, grammar: Grammar) -> int:
    """The comma before ", said X" at the end of a unit: it attributes all of it; else 0."""
    comma = next((n for n in range(len(unit) - 2, 0, -1) if unit.kind(n) == ","), 0)
    cue = comma + 1
    if grammar.caseless or not comma or not unit.mark(cue) & (lex.SAY | lex.ACCORDING):
        return 0
    if "q" in unit.kinds and (":" in unit.kinds or "q" in unit.kinds[cue:] or unit.kind(0) == "q"):
        return 0
    speaker = mention_after(unit, cue + 1, grammar, adjuncts=False)
    if speaker is None or speaker.kind not in SPEAKING:
        return 0
    end = speaker.last
    while unit.mark(speaker.last) & lex.PREPOSITION and unit.kind(end) in "wp" and not unit.mark(end) & lex.CUE:
        end += 1
    return comma if unit.kind(end) in ".$" else 0


def _told_between(unit: Unit) -> int:
    """The comma before ", he said," where no marks and no other speech in the same words precede it; else 0."""
    if "q" in unit.kinds:
        return 0
    for n, kind in enumerate(unit.kinds[:-3]):
        if kind != "," or not n or not unit.marks[n + 1] & lex.PRONOUN:
            continue
        if unit.marks[n + 2] & lex.SAY and unit.kinds[n + 3] in ",.":
            joined = any(unit.mark(m) & lex.AND and unit.kind(m - 1) == "," for m in range(n))
            return 0 if joined else n
    return 0


def _behind_report(unit: Unit, words: Words, grammar: Grammar) -> int:
    """Where reading begins: behind what "in the preamble it is stressed that" says, else at the start."""
    at = next((n for n, word in enumerate(unit.words) if word in words.reported), None)
    if at is None:
        return 0
    nouns = 0
    for mark in unit.marks[:at]:
        nouns |= mark
    documented = nouns & lex.DOCUMENT and not nouns & (lex.UTTERANCE | lex.ROLE)
    return _after_document(unit, at, grammar) if documented else 0


def _after_document(unit: Unit, at: int, grammar: Grammar) -> int:
    """The token at which what a document says is over: nobody in it speaks to the reader."""
    link = find_link(unit, at + 1, lex.SAY, bare=False)
    return find_break(unit, link.at, grammar) if link.kind == "that" and link.at < len(unit) else at + 1


def _hides_behind(found: Attribution) -> bool:
    """Whether an attribution has no subject of its own, but leans on the one before it."""
    return found.speaker is None or found.speaker.kind == "other" or "participle" in found.rule


def _is_noun(unit: Unit, at: int) -> bool:
    """A word like "claims" behind an article or a preposition is a noun."""
    if not unit.mark(at) & lex.CUE or unit.mark(at) & (lex.ACCORDING | lex.PHRASE | lex.PARTICIPLE | lex.PASSIVE):
        return False
    before = unit.mark(at - 1)
    return bool(before & (lex.ARTICLE | lex.PREPOSITION | lex.QUANTITY)) and not before & (lex.ADVERB | lex.PRONOUN)


def _read_cue(clause: Clause, at: int) -> Attribution | Refused | None:
    mark = clause.unit.mark(at)
    if mark & lex.ACCORDING:
        return read_source(clause, at)
    if mark & lex.PHRASE:
        return read_phrase(clause, at)
    if mark & lex.PASSIVE and (found := _read_passive(clause, at)):
        return found
    if mark & (lex.CUE & ~lex.PASSIVE):
        return read_verb(clause, at)
    return None


def _read_passive(clause: Clause, at: int) -> Attribution | None:
    """``B was described by X as C``."""
    unit = clause.unit
    by = next((n for n in range(at + 1, min(at + 4, len(unit))) if unit.mark(n) & lex.BY), None)
    first = group_start(unit, at, clause.floor)
    if by is None or first == at or first <= clause.floor:
        return None
    speaker = mention_after(unit, by + 1, clause.grammar, adjuncts=False)
    if speaker is None or speaker.kind not in SPEAKING:
        return None
    front = (clause.floor, first)
    if not unit.mark(speaker.last) & lex.AS:
        ends = unit.kind(speaker.last) in ".,;$"
        contents = Contents((front,), speaker.last, "passive") if ends else None
        return Attribution(cue_span(unit, at), speaker, contents, "object-passive") if contents else None
    start = speaker.last + 1
    end = find_break(unit, start, clause.grammar) if start < len(unit) else start
    if end <= start:
        return None
    contents = Contents((front, (start, end)), end, "passive")
    return Attribution(cue_span(unit, at), speaker, contents, "judgement-passive")
