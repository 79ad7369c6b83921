"""Attribution to a source: ``according to X``, ``in X's words``, ``for whom``."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import find_break
from detection.kinds.statement_clauses import SPEAKING, Attribution, Clause, Refused, cue_span
from detection.kinds.statement_contents import Contents, find_contents
from detection.kinds.statement_leaning import antecedent
from detection.kinds.statement_order import author
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention, describe, mention_after

Range = tuple[int, int]
_MOST_ADJECTIVES = 3


def read_source(clause: Clause, at: int) -> Attribution | Refused | None:
    """``According to X, …`` · ``…, according to X`` · ``…, according to X, …``."""
    unit = clause.unit
    if unit.words[at] in clause.words.settings.get("postpositions", ()):
        return _read_source_before(clause, at)
    if clause.words.setting("opening_source_only") and at > clause.floor and unit.kind(at - 1) not in ",-q;":
        return None
    inside = clause.words.setting("sources_inside") and at > clause.floor + 1 and unit.kind(at - 1) == "w"
    if unit.mark(at) & lex.PREPOSITION and at > clause.floor and unit.kind(at - 1) not in ",;-" and not inside:
        return None
    if unit.mark(at + 1) & lex.RELATIVE:
        return _read_relative_source(clause, at)
    speaker = mention_after(unit, at + 1, clause.grammar, adjuncts=False)
    if speaker is None or (unit.words[at] in clause.words.inside and not _after_reported(clause, at, speaker)):
        return None
    speaker = author(clause, _without_preposition(clause, speaker), len(unit))
    if speaker.kind not in SPEAKING:
        return Refused(cue_span(unit, at), f"the source is no speaker but a {speaker.kind} phrase")
    if unit.mark(speaker.first) & lex.OUTLET:
        return Refused(cue_span(unit, at), "an outlet that carries the report")
    if inside:
        return _inside(clause, (at, at), speaker, speaker.last)
    contents = _around(clause, at, _after_reported(clause, at, speaker) or _after_aside(unit, speaker.last))
    if contents and contents.shape == "after" and _is_bare_pointer(unit, contents):
        return Refused(cue_span(unit, at), "only a word that points back stands before the source")
    return Attribution(cue_span(unit, at), speaker, contents, f"source-{contents.shape}") if contents else None


def _read_source_before(clause: Clause, at: int) -> Attribution | Refused | None:
    """``X zufolge …``: the source stands before its word, at the head of the clause or inside it."""
    unit = clause.unit
    first = _phrase_start(clause, at)
    speaker = describe(unit, [(first, at)], clause.grammar) if clause.floor <= first < at else None
    if speaker is None or speaker.kind not in SPEAKING:
        return Refused(cue_span(unit, at), "the source is no speaker")
    if first > clause.floor and unit.kind(first - 1) == "w":
        return _inside(clause, (first, at), speaker, at + 1)
    contents = _around(clause, first, at + 1)
    return Attribution(cue_span(unit, at), speaker, contents, f"source-{contents.shape}") if contents else None


def _phrase_start(clause: Clause, at: int) -> int:
    """The first token of the noun phrase before ``at``: capitals, and an article with its adjectives before them."""
    unit = clause.unit
    first = at
    while first > clause.floor and unit.kind(first - 1) == "w" and unit.capital(first - 1):
        first -= 1
    n = first
    while n > clause.floor and unit.kind(n - 1) == "w" and first - n < _MOST_ADJECTIVES:
        n -= 1
        if unit.mark(n) & (lex.ARTICLE | lex.QUANTITY | lex.PREPOSITION):
            return n
        if unit.capital(n):
            break
    return first


def _inside(clause: Clause, source: Range, speaker: Mention, after: int) -> Attribution | None:
    """A source in the middle of a clause, without commas: what stands before it and behind it is said."""
    unit = clause.unit
    before = (clause.floor, source[0])
    while before[0] < before[1] and unit.kind(before[0]) in ",;-":
        before = (before[0] + 1, before[1])
    end = find_break(unit, after, clause.grammar) if unit.kind(after) not in ".;$," else after
    if before[1] - before[0] < 1 or any(unit.kind(n) == "q" for n in range(*before)):
        return None
    ranges = (before, (after, end)) if end > after else (before,)
    return Attribution(cue_span(unit, source[1]), speaker, Contents(ranges, end, "around"), "source-around")


def _read_relative_source(clause: Clause, at: int) -> Attribution | None:
    """``…, NAME, for whom B``: whoever stands before the comma thinks so."""
    order, speaker = antecedent(clause, at)
    if order == "none" or (speaker is not None and speaker.kind not in SPEAKING):
        return None
    end = find_break(clause.unit, at + 2, clause.grammar)
    contents = Contents(((at + 2, end),), end, "before") if end > at + 2 else None
    return Attribution(cue_span(clause.unit, at), speaker, contents, "source-relative") if contents else None


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


def read_phrase(clause: Clause, at: int) -> Attribution | Refused | None:
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
