"""Attributions: a cue, the speaker beside it, and the contents, found in one unit from left to right."""

from collections.abc import Iterator

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import find_break, group_start
from detection.kinds.statement_clauses import SPEAKING, Attribution, Clause, Refused, cue_span
from detection.kinds.statement_contents import Contents, find_contents, find_link
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_openings import read_opening
from detection.kinds.statement_order import antecedent
from detection.kinds.statement_tokens import Unit
from detection.kinds.statement_verbs import read_verb
from detection.speakers import Mention, mention_after
from detection.speakers_phrases import Grammar

_MOST_CUES = 40


def attribute(unit: Unit, words: Words, grammar: Grammar, *, spoken: bool) -> Iterator[Attribution | Refused]:
    """The attributions of a unit, in order. ``spoken``: somebody has spoken before, and may go on without a name."""
    floor = _behind_report(unit, words, grammar)
    silent = False
    tried = 0
    for at in [at for at, mark in enumerate(unit.marks) if mark & lex.ANY_CUE]:
        if tried >= _MOST_CUES:
            return
        if at < floor or unit.kind(at) != "w" or _is_noun(unit, at):
            continue
        tried += 1
        clause = Clause(unit, floor, words, grammar, spoken)
        result = read_opening(clause, at) or _read_cue(clause, at)
        if silent and isinstance(result, Attribution) and _hides_behind(result):
            result = Refused(result.cue, "the subject is the same document phrase")
        if isinstance(result, Refused) and "document" in result.reason:
            silent = True
            floor = max(floor, _after_document(unit, at, grammar))
        if isinstance(result, Attribution):
            floor = max(result.contents.end, at + 1)
            spoken = True
        if result is not None:
            yield result


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
        return _read_source(clause, at)
    if mark & lex.PHRASE:
        return _read_phrase(clause, at)
    if mark & lex.PASSIVE and (found := _read_passive(clause, at)):
        return found
    if mark & (lex.CUE & ~lex.PASSIVE):
        return read_verb(clause, at)
    return None


def _read_source(clause: Clause, at: int) -> Attribution | Refused | None:
    """``According to X, …`` · ``…, according to X`` · ``…, according to X, …``."""
    unit = clause.unit
    if clause.words.setting("opening_source_only") and at > clause.floor and unit.kind(at - 1) not in ",-q;":
        return None
    if unit.mark(at) & lex.PREPOSITION and at > clause.floor and unit.kind(at - 1) not in ",;-":
        return None
    if unit.mark(at + 1) & lex.RELATIVE:
        return _read_relative_source(clause, at)
    speaker = mention_after(unit, at + 1, clause.grammar, adjuncts=False)
    if speaker is None or (unit.words[at] in clause.words.inside and not _after_reported(clause, at, speaker)):
        return None
    speaker = _author(clause, _without_preposition(clause, speaker))
    if speaker.kind not in SPEAKING:
        return Refused(cue_span(unit, at), f"the source is no speaker but a {speaker.kind} phrase")
    if unit.mark(speaker.first) & lex.OUTLET:
        return Refused(cue_span(unit, at), "an outlet that carries the report")
    contents = _around(clause, at, _after_reported(clause, at, speaker) or _after_aside(unit, speaker.last))
    if contents and contents.shape == "after" and _is_bare_pointer(unit, contents):
        return Refused(cue_span(unit, at), "only a word that points back stands before the source")
    return Attribution(cue_span(unit, at), speaker, contents, f"source-{contents.shape}") if contents else None


def _read_relative_source(clause: Clause, at: int) -> Attribution | None:
    """``…, NAME, for whom B``: whoever stands before the comma thinks so."""
    order, speaker = antecedent(clause, at)
    if order == "none" or (speaker is not None and speaker.kind not in SPEAKING):
        return None
    end = find_break(clause.unit, at + 2, clause.grammar)
    contents = Contents(((at + 2, end),), end, "before") if end > at + 2 else None
    return Attribution(cue_span(clause.unit, at), speaker, contents, "source-relative") if contents else None


def _author(clause: Clause, source: Mention) -> Mention:
    """Who made an utterance that is named as the source: "according to a note of the ministry"."""
    if source.kind != "utterance":
        return source
    for n in range(source.first + 1, source.last + 1):
        if clause.unit.mark(n) & lex.NOUN_PREPOSITION:
            author = mention_after(clause.unit, n + 1, clause.grammar, adjuncts=False)
            return author if author is not None and author.kind in SPEAKING else source
    return source


def _after_reported(clause: Clause, at: int, speaker: Mention) -> int | None:
    """The token behind "it is stressed" after "in the statement of X"; None where no such verb follows."""
    if clause.unit.words[at] not in clause.words.inside:
        return None
    last = min(speaker.last + 2, len(clause.unit))
    return next((n + 1 for n in range(speaker.last, last) if clause.unit.words[n] in clause.words.reported), None)


def _is_bare_pointer(unit: Unit, contents: Contents) -> bool:
    """Whether the content is only a word or two that point back: "That is according to X"."""
    first, last = contents.ranges[0]
    return last - first <= 2 and all(unit.kind(n) == "w" for n in range(first, last))


def _after_aside(unit: Unit, at: int) -> int:
    """The comma behind one more aside ("interviewed by AFP,") that follows a source."""
    opening = unit.mark(at + 1) & ~(lex.NOUN_PREPOSITION | lex.PREPOSITION | lex.PARTICLE | lex.AS)
    if unit.mark(at + 1) & lex.PREPOSITION and not unit.mark(at + 1) & lex.NOUN_PREPOSITION:
        return at
    if unit.kind(at) != "," or opening or unit.capital(at + 1) or unit.kind(at + 1) != "w":
        return at
    for n in range(at + 2, min(at + 8, len(unit))):
        if unit.kind(n) == ",":
            return at if unit.mark(n + 1) & lex.COMPLEMENT else n
        if unit.kind(n) not in "wp" or unit.mark(n) & (lex.AUXILIARY | lex.FUTURE):
            return at
    return at


def _read_phrase(clause: Clause, at: int) -> Attribution | Refused | None:
    """``In his words, …``: the phrase holds the speaker."""
    unit = clause.unit
    inner = unit.inner.get(unit.starts[at])
    contents = _around(clause, at, at + 1)
    if contents is None:
        return None
    speaker = Mention(*inner, at, at + 1, "pronoun") if inner else None
    return Attribution(cue_span(unit, at), speaker, contents, f"phrase-{contents.shape}")


def _around(clause: Clause, first: int, last: int) -> Contents | None:
    unit = clause.unit
    before = (clause.floor, first)
    if all(unit.mark(n) & (lex.OPENER | lex.AND | lex.ADVERB) or unit.kind(n) in "-," for n in range(*before)):
        before = (first, first)
    if unit.kind(last) in ",-:":
        last += unit.kind(last) != ","
    mark = lex.SAY
    contents = find_contents(unit, before, last, mark, clause.grammar, bare=True, aside=True)
    if contents is None and before[1] > before[0] and unit.kind(last) in ".;$":
        return Contents((before,), last, "after")
    return contents


def _without_preposition(clause: Clause, speaker: Mention) -> Mention:
    """Arabic writes "to" on the word itself."""
    unit = clause.unit
    if not clause.grammar.caseless or unit.text[speaker.start] != "ل":
        return speaker
    return Mention(speaker.start + 1, speaker.end, speaker.first, speaker.last, speaker.kind, speaker.role)


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
