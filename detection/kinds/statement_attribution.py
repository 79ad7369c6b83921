"""Attributions: a cue, the speaker beside it, and the contents, found in one unit from left to right."""

from collections.abc import Iterator
from dataclasses import dataclass

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import announces, group_start
from detection.kinds.statement_contents import Contents, find_contents
from detection.kinds.statement_judgements import find_judgement, find_object
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_units import Unit
from detection.speakers import Grammar, Mention, describe, mention_after, mention_before
from detection.speakers_names import find_name

Span = tuple[int, int]
_MOST_CUES = 40
_SPEAKS = frozenset({"person", "role", "body", "state", "group", "pronoun"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying in a unit. ``speaker`` None: the clause has no subject of its own."""

    cue: Span
    speaker: Mention | None
    contents: Contents
    rule: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A cue that attributes nothing to anybody, and why."""

    cue: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A unit as one cue sees it: nothing before token ``floor`` is free any more."""

    unit: Unit
    floor: int
    words: Words
    grammar: Grammar
    spoken: bool

    @property
    def bare(self) -> bool:
        """Whether the language needs no conjunction between the verb and the content."""
        return self.words.setting("bare_content")


def attribute(unit: Unit, words: Words, grammar: Grammar, *, spoken: bool) -> Iterator[Attribution | Refused]:
    """The attributions of a unit, in order. ``spoken``: somebody has spoken before, and may go on without a name."""
    floor = 0
    silent = False
    tried = 0
    for at in range(len(unit)):
        if tried >= _MOST_CUES:
            return
        if at < floor or not unit.mark(at) & lex.ANY_CUE or unit.kind(at) != "w" or _is_noun(unit, at):
            continue
        tried += 1
        clause = Clause(unit, floor, words, grammar, spoken)
        result = _read_cue(clause, at)
        if silent and isinstance(result, Attribution) and _hides_behind(result):
            result = Refused(result.cue, "the subject is the same document phrase")
        silent = silent or (isinstance(result, Refused) and "document" in result.reason)
        if isinstance(result, Attribution):
            floor = max(result.contents.end, at + 1)
            spoken = True
        if result is not None:
            yield result


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
        return _read_verb(clause, at)
    return None


def _cue_span(unit: Unit, at: int) -> Span:
    return unit.starts[at], unit.ends[at]


def _read_source(clause: Clause, at: int) -> Attribution | Refused | None:
    """``According to X, …`` · ``…, according to X`` · ``…, according to X, …``."""
    unit = clause.unit
    if clause.words.setting("opening_source_only") and at > clause.floor and unit.kind(at - 1) not in ",-q;":
        return None
    speaker = mention_after(unit, at + 1, clause.grammar, adjuncts=False)
    if speaker is None:
        return None
    speaker = _without_preposition(clause, speaker)
    if speaker.kind not in _SPEAKS:
        return Refused(_cue_span(unit, at), f"the source is no speaker but a {speaker.kind} phrase")
    if unit.mark(speaker.first) & lex.OUTLET:
        return Refused(_cue_span(unit, at), "an outlet that carries the report")
    contents = _around(clause, at, _after_aside(unit, speaker.last))
    return Attribution(_cue_span(unit, at), speaker, contents, f"source-{contents.shape}") if contents else None


def _after_aside(unit: Unit, at: int) -> int:
    """The comma behind one more aside ("interviewed by AFP,") that follows a source."""
    if unit.kind(at) != "," or unit.mark(at + 1) or unit.capital(at + 1) or unit.kind(at + 1) != "w":
        return at
    for n in range(at + 2, min(at + 8, len(unit))):
        if unit.kind(n) == ",":
            return n
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
    return Attribution(_cue_span(unit, at), speaker, contents, f"phrase-{contents.shape}")


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
    if not clause.grammar.caseless or not unit.text[speaker.start] == "ل":
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
    if speaker is None or speaker.kind not in _SPEAKS:
        return None
    start = speaker.last + bool(unit.mark(speaker.last) & lex.AS)
    if start >= len(unit):
        return None
    contents = Contents(((clause.floor, first), (start, len(unit))), len(unit), "passive")
    return Attribution(_cue_span(unit, at), speaker, contents, "judgement-passive")


def _read_verb(clause: Clause, at: int) -> Attribution | Refused | None:
    unit = clause.unit
    mark = unit.mark(at)
    first = group_start(unit, at, clause.floor)
    if reason := _unsaid(unit, first, at):
        return Refused(_cue_span(unit, at), reason)
    if unit.words[at] in clause.words.settings.get("inverted_only", ()) and unit.kind(first - 1) not in ",-q":
        return None
    order, speaker = _find_speaker(clause, first, at)
    if order == "none":
        return Refused(_cue_span(unit, at), "nobody beside the verb who could speak")
    if speaker is not None and speaker.kind not in _SPEAKS and not _may_speak(clause, at, speaker, order):
        return Refused(_cue_span(unit, at), f"the subject is no speaker but a {speaker.kind} phrase")
    begin = min(first, group_start(unit, speaker.first, clause.floor)) if speaker else first
    after = max(at + 1, speaker.last) if speaker and order in ("after", "after-front") else at + 1
    before = _before(clause, begin, order)
    aside = _is_aside(clause, speaker, order)
    if mark & lex.JUDGE and (found := find_judgement(unit, before, after, clause.grammar)):
        return Attribution(_cue_span(unit, at), speaker, found, f"judgement-{order}")
    if mark & lex.OBJECT and (found := find_object(unit, before, after, mark, clause.grammar)):
        return Attribution(_cue_span(unit, at), speaker, found, f"object-{order}")
    bare = clause.bare and bool(mark & (lex.SAY | lex.TELL | lex.PARTICIPLE)) and order != "after"
    named = speaker is not None and speaker.kind != "pronoun"
    contents = find_contents(unit, before, after, mark, clause.grammar, bare=bare, aside=aside, named=named)
    if contents is None:
        return Refused(_cue_span(unit, at), "a verb of saying without anything said")
    return Attribution(_cue_span(unit, at), speaker, contents, f"verb-{order}-{contents.shape}")


def _unsaid(unit: Unit, first: int, at: int) -> str | None:
    for n in range(max(0, first - 2), at):
        if unit.mark(n) & lex.NEGATION and n >= first - 1:
            return "what was not said"
        if unit.mark(n) & lex.FUTURE and (n >= first - 1):
            return "what is still to be said"
    if unit.mark(at + 1) & lex.BY:
        return "what others did: a passive verb"
    if unit.mark(at + 1) & lex.NEGATION and (unit.kind(at + 2) in ".,$" or unit.mark(at + 2) & lex.FUTURE):
        return "what was not said"
    return None


def _find_speaker(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    """Where the speaker stands: before the verb, after it, in the clause before (relative), or nowhere (implicit)."""
    unit, grammar = clause.unit, clause.grammar
    mark = unit.mark(at)
    if mark & lex.RELATIVE_PARTICIPLE or unit.mark(first - 1) & lex.RELATIVE:
        edge = first - bool(unit.mark(first - 1) & lex.RELATIVE)
        return _antecedent(clause, edge)
    if mark & lex.PARTICIPLE and not mark & (lex.SAY | lex.OBJECT | lex.WEAK):
        return _participle_subject(clause, first)
    if clause.floor > 0 and unit.mark(first - 1) & lex.AND:
        return "implicit", None
    if unit.mark(first - 1) & lex.AND and first - 1 > 0:
        return _joined_subject(clause, first, at)
    if unit.kind(first - 1) in "^,-q;:.x" or first <= clause.floor:
        return _after_or_aside(clause, first, at)
    speaker = mention_before(unit, first, clause.floor, grammar)
    if speaker is not None and speaker.kind != "other":
        return "before", speaker
    if clause.words.setting("inversion_anywhere") and (after := mention_after(unit, at + 1, grammar)):
        if after.kind in _SPEAKS:
            return "after", after
    if clause.words.setting("implicit_subjects") and speaker is None and clause.spoken:
        return "implicit", None
    return ("before", speaker) if speaker else ("none", None)


def _after_or_aside(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    unit, grammar = clause.unit, clause.grammar
    after = mention_after(unit, at + 1, grammar, adjuncts=not clause.bare) if _may_invert(clause, first, at) else None
    closes = after is not None and (unit.kind(after.last) in ".,-;$:q" or (after.kind == "pronoun" and not clause.bare))
    if after is not None and after.kind == "pronoun" and not closes:
        after = None
    beside = mention_before(unit, first, clause.floor, grammar) if unit.kind(first - 1) == "," else None
    if beside is not None and beside.kind in _SPEAKS and (unit.mark(at) & lex.OBJECT and not clause.grammar.caseless):
        if after is None or after.kind not in ("person", "role", "pronoun"):
            return "before", beside
    if after is not None and after.kind in _SPEAKS and (closes or unit.kind(first - 1) in "q^"):
        return "after", after
    if beside is not None and beside.kind != "other":
        return "before", beside
    if after is not None and after.kind in _SPEAKS:
        return "after", after
    if clause.words.setting("implicit_subjects") and clause.spoken and not unit.mark(at) & lex.OBJECT:
        return "implicit", None
    if clause.words.setting("implicit_subjects") and clause.spoken and announces(unit, at):
        return "implicit", None
    return ("after", after) if after else ("none", None)


def _may_invert(clause: Clause, first: int, at: int) -> bool:
    unit = clause.unit
    if unit.words[at] in clause.words.settings.get("never_inverted", ()):
        return False
    if unit.kind(first - 1) in "^.:" or first <= clause.floor:
        return clause.words.setting("verb_first")
    return True


def _antecedent(clause: Clause, edge: int) -> tuple[str, Mention | None]:
    """The noun before ``, who``: the last name there, else the whole phrase."""
    unit = clause.unit
    while edge > clause.floor and unit.kind(edge - 1) in ",-":
        edge -= 1
    start = edge
    edge_marks = lex.RELAY | lex.CUE | (lex.PREPOSITION if clause.grammar.caseless else 0)
    while start > clause.floor and unit.kind(start - 1) in "wp" and not unit.mark(start - 1) & edge_marks:
        start -= 1
    if start >= edge:
        return "none", None
    name = find_name(unit, start, edge, clause.grammar.caseless, clause.grammar.nouns_capital)
    mention = describe(unit, [(start, edge)], clause.grammar)
    if name is None and not clause.grammar.caseless:
        tail = edge
        while tail > start and unit.capital(tail - 1) and unit.mark(tail - 1) == 0:
            tail -= 1
        if tail < edge:
            mention = Mention(unit.starts[tail], unit.ends[edge - 1], tail, edge, "person")
    return ("relative", mention) if mention else ("none", None)


def _participle_subject(clause: Clause, first: int) -> tuple[str, Mention | None]:
    """``…, adding that``: whoever has spoken in this unit, else the subject with which it begins."""
    unit = clause.unit
    if clause.floor > 0:
        return "implicit", None
    if unit.kind(first - 1) not in ",-" or not announces(unit, first):
        return "none", None
    start = 0
    while start < first and (unit.mark(start) & (lex.OPENER | lex.TIME | lex.AND) or unit.kind(start) in "-,"):
        start += 1
    mention = mention_after(unit, start, clause.grammar, adjuncts=False)
    return ("participle", mention) if mention and mention.kind in _SPEAKS else ("none", None)


def _joined_subject(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    """``X went there and said that``: the subject with which the unit begins."""
    unit = clause.unit
    after = mention_after(unit, at + 1, clause.grammar) if not clause.bare else None
    if after is not None and after.kind in _SPEAKS and after.kind != "state":
        return "after", after
    if not announces(unit, at):
        return "none", None
    start = 0
    while start < first and (unit.mark(start) & (lex.OPENER | lex.TIME) or unit.kind(start) in "-,"):
        start += 1
    mention = mention_after(unit, start, clause.grammar, adjuncts=False) if start < first - 1 else None
    return ("participle", mention) if mention and mention.kind in _SPEAKS else ("none", None)


def _may_speak(clause: Clause, at: int, speaker: Mention, order: str) -> bool:
    """An unknown noun speaks when the verb is strong and what follows can only be speech."""
    unit = clause.unit
    if speaker.kind == "utterance":
        return clause.spoken and bool(unit.mark(at) & lex.SAY)
    if speaker.kind != "other" or not unit.mark(at) & (lex.SAY | lex.TELL):
        return False
    if not clause.words.setting("unknown_nouns_speak"):
        return False
    if order == "after":
        return unit.kind(at - 1) == "q" and bool(unit.mark(speaker.first) & (lex.ARTICLE | lex.QUANTITY))
    if unit.mark(speaker.first - 1) & lex.CUE:
        return False
    return announces(unit, at) or unit.kind(speaker.first - 1) == "q"


def _before(clause: Clause, begin: int, order: str) -> Span:
    if order in ("relative", "participle") or (order == "implicit" and clause.unit.mark(begin - 1) & lex.AND):
        return begin, begin
    return clause.floor, begin


def _is_aside(clause: Clause, speaker: Mention | None, order: str) -> bool:
    """Whether the attribution is short enough to stand inside a content."""
    if speaker is None or speaker.kind == "pronoun":
        return True
    return speaker.last - speaker.first <= 4 and order in ("before", "after")
