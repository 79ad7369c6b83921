"""Where the speaker of a verb stands: before it, behind it, in the clause before, or nowhere."""

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import announces
from detection.kinds.statement_clauses import SPEAKING, Clause
from detection.kinds.statement_leaning import (
    absolute_subject,
    antecedent,
    clause_subject,
    joined_subject,
    participle_subject,
)
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention, describe, mention_after, mention_before

_WITH = "ب"
_SHORTEST_DEFINITION = 3
_GOVERNED = (" عن", " على", " إلى")
"""Prepositions with which Arabic verbs end as cues; no subject follows them."""
_OBJECTS = ("ها", "هم", "ه")


def find_speaker(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    """Where the speaker stands: before the verb, after it, in the clause before (relative), or nowhere (implicit)."""
    unit = clause.unit
    mark = unit.mark(at)
    joint = unit.mark(first - 1) & lex.RELATIVE
    if joint and _bears_object(clause, at):
        return _after_or_aside(clause, first, at)
    if mark & lex.RELATIVE_PARTICIPLE or joint:
        return antecedent(clause, first - bool(joint))
    if _is_related(clause, first):
        return antecedent(clause, first - 1, phrase=True)
    if mark & lex.PARTICIPLE and (own := absolute_subject(clause, first)):
        return "relative", own
    if mark & lex.PARTICIPLE and (not mark & (lex.SAY | lex.OBJECT | lex.WEAK) or unit.kind(first - 1) in ",-"):
        return participle_subject(clause, first)
    if clause.floor > 0 and unit.mark(first - 1) & lex.AND:
        own = clause_subject(clause, first)
        return ("participle", own) if own is not None else ("implicit", None)
    if 0 < clause.floor == first - 1 and unit.kind(first - 1) == "," and clause.resumed:
        return "implicit", None
    if unit.mark(first - 1) & lex.AND and first - 1 > 0:
        return joined_subject(clause, first, at)
    if unit.kind(first - 1) in "^,-q;:.x" or first <= clause.floor:
        return _after_or_aside(clause, first, at)
    return _beside(clause, first, at)


def _bears_object(clause: Clause, at: int) -> bool:
    """Whether an Arabic verb has its object for an ending: "(which) he-called-it"; its subject follows it."""
    word = clause.unit.words[at]
    ending = next((e for e in _OBJECTS if word.endswith(e)), "")
    if not clause.grammar.caseless or not ending:
        return False
    return bool(clause.words.flags.get(word[: -len(ending)], 0) & lex.CUE)


def _is_related(clause: Clause, first: int) -> bool:
    """Whether the conjunction before a verb stands for the noun before it: "una moción que insta"."""
    unit = clause.unit
    that = clause.words.settings.get("relative_that")
    if that is None or first < 2 or unit.words[first - 1] != that:
        return False
    before = unit.mark(first - 2)
    return unit.kind(first - 2) in "wq," and not before & (lex.CUE | lex.TIME | lex.ADVERB | lex.PREPOSITION | lex.AND)


def _beside(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    """The speaker of a verb that words precede: before it as a rule, else behind it, else nobody new."""
    unit, grammar = clause.unit, clause.grammar
    if (place := _place(clause, first, at) or _defined(clause, first)) is not None:
        return "before", place
    speaker = mention_before(unit, first, clause.floor, grammar)
    if speaker is None or speaker.kind not in SPEAKING or _ends_aside(unit, speaker):
        speaker = _behind_long_aside(clause, at) or speaker
    if speaker is not None and speaker.kind != "other":
        return "before", speaker
    after = mention_after(unit, at + 1, grammar) if clause.words.setting("inversion_anywhere") else None
    if after is not None and after.kind in SPEAKING:
        return "after", after
    if clause.words.setting("implicit_subjects") and speaker is None and clause.spoken:
        return "implicit", None
    return ("before", speaker) if speaker else ("none", None)


def _place(clause: Clause, first: int, at: int) -> Mention | None:
    """A capital or a body that speaks from its place: ``From CAPITAL they warn that``; None when somebody is named."""
    unit = clause.unit
    start = clause.floor
    leading = lex.OPENER | lex.TIME | lex.AND | lex.ADVERB
    while start < first and (unit.mark(start) & leading or unit.kind(start) in "-,"):
        start += 1
    if unit.words[start] not in clause.words.settings.get("places_speak", ()) or start + 1 >= first:
        return None
    after = mention_after(unit, at + 1, clause.grammar)
    if after is not None and after.kind in SPEAKING:
        return None
    end = first
    while end > start + 1 and (unit.kind(end - 1) == "," or unit.mark(end - 1) & leading):
        end -= 1
    aside = lex.PREPOSITION & ~lex.NOUN_PREPOSITION
    end = next(
        (n for n in range(start + 2, end) if unit.mark(n) & aside and not unit.mark(n) & lex.NOUN_PREPOSITION), end
    )
    place = describe(unit, [(start + 1, end)], clause.grammar) if end > start + 1 else None
    if place is None or place.kind not in ("state", "body", "person") or place.role is not None:
        return None
    plural = clause.words.settings.get("plural_endings", ())
    return place if place.kind != "person" or unit.words[at].endswith(tuple(plural)) else None


def _defined(clause: Clause, first: int) -> Mention | None:
    """Those whom a relative clause defines: ``those who back the treaty say``."""
    start = defining(clause)
    unit = clause.unit
    if start is None or first - start < _SHORTEST_DEFINITION or any(k not in "wp," for k in unit.kinds[start:first]):
        return None
    return Mention(unit.starts[start], unit.ends[first - 1], start, first, "group")


def defining(clause: Clause) -> int | None:
    """The demonstrative before a relative clause that says who the clause is about; None where it opens otherwise."""
    unit = clause.unit
    start = clause.floor
    while unit.mark(start) & (lex.OPENER | lex.TIME | lex.AND | lex.ADVERB):
        start += 1
    if unit.words[start : start + 1] and unit.words[start] in clause.words.settings.get("demonstratives", ()):
        related = unit.mark(start + 1) | (unit.mark(start + 2) if unit.kind(start + 1) == "," else 0)
        return start if related & lex.RELATIVE or unit.mark(start) & lex.RELATIVE else None
    return None


def _ends_aside(unit: Unit, speaker: Mention) -> bool:
    """Whether a mention is only the end of an aside: ", speaking on behalf of the group"."""
    before = speaker.first - 1
    return bool(unit.mark(before) & lex.PREPOSITION) and unit.kind(before) == "w"


def _behind_long_aside(clause: Clause, at: int) -> Mention | None:
    """The person with whom the clause begins, when an aside that no comma closes stands before the verb."""
    unit = clause.unit
    if not (unit.kind(at + 1) in ":q" or unit.mark(at + 1) & lex.COMPLEMENT):
        return None
    start = clause.floor
    while start < at and (unit.mark(start) & (lex.OPENER | lex.TIME) or unit.kind(start) in "-,"):
        start += 1
    speaker = mention_after(unit, start, clause.grammar, adjuncts=False)
    if speaker is None or speaker.kind != "person" or unit.kind(speaker.last) != ",":
        return None
    inner = range(speaker.last, at)
    return None if any(unit.kind(n) in "q;:" or unit.mark(n) & lex.COMPLEMENT for n in inner) else speaker


def _after_or_aside(clause: Clause, first: int, at: int) -> tuple[str, Mention | None]:
    """The speaker of a verb that a mark precedes: behind it, or before it with an aside between commas."""
    unit, grammar = clause.unit, clause.grammar
    after = _inverted(clause, first, at)
    beside = mention_before(unit, first, clause.floor, grammar) if unit.kind(first - 1) == "," else None
    if _prefers_beside(clause, at, beside, after):
        return "before", beside
    if beside is not None and beside.kind in SPEAKING and after is not None and after.kind == "other":
        return "before", beside
    named = after is not None and after.kind in ("person", "role", "pronoun")
    if unit.mark(at) & lex.OBJECT and not named and (document := _document_before(clause, first, beside)):
        return "before", document
    closes = after is not None and unit.kind(after.last) in ".,-;$:q"
    closes = closes or (after is not None and after.kind == "pronoun")
    if after is not None and (closes or unit.kind(first - 1) in "q^"):
        return "after", after
    if beside is not None and beside.kind != "other":
        return "before", beside
    if after is not None:
        return "after", after
    quoted = unit.kind(first - 1) == "q" or (unit.kind(first - 1) == "," and unit.kind(at + 1) in ",.$")
    silent = clause.words.setting("implicit_subjects") and (clause.spoken or quoted)
    if silent and (not unit.mark(at) & lex.OBJECT or announces(unit, at) or (quoted and unit.mark(at) & lex.SAY)):
        return "implicit", None
    return "none", None


def _document_before(clause: Clause, first: int, beside: Mention | None) -> Mention | None:
    """The document that the clause is about, when an aside between commas parts it from its verb."""
    if beside is not None:
        return beside if beside.kind == "document" else None
    if clause.unit.kind(first - 1) != ",":
        return None
    opening = mention_after(clause.unit, clause.floor, clause.grammar, adjuncts=False)
    parted = opening is not None and opening.kind == "document" and clause.unit.kind(opening.last) == ","
    return opening if parted else None


def _inverted(clause: Clause, first: int, at: int) -> Mention | None:
    """A speaker behind the verb. Where no conjunction is needed, a pronoun there may begin the content."""
    joined = clause.grammar.caseless and clause.unit.words[at].endswith(_GOVERNED)
    where = (
        clause.bare
        and clause.unit.mark(at + 1) & (lex.PREPOSITION | lex.ARTICLE | lex.ROLE | lex.BODY) == lex.PREPOSITION
    )
    if joined or where or not _may_invert(clause, first, at) or clause.unit.mark(at + 1) & lex.OBJECT_OPENER:
        return None
    after = mention_after(clause.unit, at + 1, clause.grammar, adjuncts=not clause.bare)
    after = author(clause, after, len(clause.unit)) if after is not None else None
    if after is not None and clause.grammar.caseless and clause.spoken and _is_urged(clause, at, after):
        return None
    if after is None or (after.kind not in SPEAKING and not clause.words.setting("unknown_nouns_speak")):
        return None
    if after.kind == "pronoun" and clause.bare and clause.unit.kind(after.last) not in ".,-;$:q":
        return None
    return after


def _is_urged(clause: Clause, at: int, after: Mention) -> bool:
    """Whether a plural noun behind a masculine Arabic verb is whom it urges: verbs agree with what speaks."""
    mark = clause.unit.mark(at)
    following = clause.unit.words[at + 1 : at + 8]
    joined = [number for number, word in enumerate(following) if word.startswith(_WITH)]
    if mark & lex.OBJECT and joined == [0] and not clause.unit.mark(at + 1):
        return True  # "demanded (with) definitions": the only object there is
    return bool(mark & lex.OBJECT) and not mark & lex.SAY and after.kind == "group" and clause.unit.words[at][-1] != "ت"


def _prefers_beside(clause: Clause, at: int, beside: Mention | None, after: Mention | None) -> bool:
    """Whether what follows the verb is rather its object than its speaker."""
    if beside is None or beside.kind not in SPEAKING or clause.grammar.caseless:
        return False
    return bool(clause.unit.mark(at) & lex.OBJECT) and (
        after is None or after.kind not in ("person", "role", "pronoun")
    )


def _may_invert(clause: Clause, first: int, at: int) -> bool:
    unit = clause.unit
    if unit.words[at] in clause.words.settings.get("never_inverted", ()):
        return False
    if unit.kind(first - 1) in "^.:" or first <= clause.floor:
        return clause.words.setting("verb_first")
    return True


def author(clause: Clause, source: Mention, stop: int) -> Mention:
    """Who made an utterance that is named as the source, before token ``stop``: "a note of the ministry"."""
    unit = clause.unit
    if source.kind != "utterance":
        return source
    for n in range(source.first + 1, min(source.last + 1, stop)):
        if unit.mark(n) & (lex.NOUN_PREPOSITION | lex.PREPOSITION):
            made = mention_after(unit, n + 1, clause.grammar, adjuncts=False)
            if made is not None and made.last > stop:
                made = describe(unit, [(n + 1, stop)], clause.grammar) if n + 1 < stop else None
            return made if made is not None and made.kind in SPEAKING else source
    return source
