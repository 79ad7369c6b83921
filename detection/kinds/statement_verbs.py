"""Attribution by a verb of saying: who, what, and why not."""

from collections.abc import Sequence
from dataclasses import replace

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_breaks import announces, ends_relative, find_break, group_start, in_relative
from detection.kinds.statement_clauses import SPEAKING, Attribution, Clause, Refused, Span, cue_span
from detection.kinds.statement_contents import Contents, find_contents, find_link
from detection.kinds.statement_judgements import find_judgement, find_object
from detection.kinds.statement_order import author, defining, find_speaker
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention, mention_after

_DEFINED = 3
"""At most so many tokens stand before the verb that defines a speaker: "those who", "те, кто"."""


def read_verb(clause: Clause, at: int) -> Attribution | Refused | None:
    """What a verb of saying attributes to whom; why not, when it attributes nothing; None for what is no verb here."""
    frame = clause.words.settings.get("framed", {}).get(clause.unit.words[at])
    found = _read_verb(clause, at) if frame is None else _read_framed(clause, at, frame)
    if not isinstance(found, Attribution) or not in_relative(clause.unit, at):
        return found
    start, last = found.contents.ranges[-1]
    end = ends_relative(clause.unit, start, last, clause.grammar)
    if end == last:
        return found
    return replace(found, contents=Contents((*found.contents.ranges[:-1], (start, end)), end, found.contents.shape))


def _read_verb(clause: Clause, at: int) -> Attribution | Refused | None:
    unit = clause.unit
    mark = unit.mark(at)
    first = group_start(unit, at, clause.floor)
    if _is_no_verb(clause, first, at):
        return None
    if reason := _only_defines(clause, first) or _unsaid(unit, first, at):
        return Refused(cue_span(unit, at), reason)
    order, speaker = find_speaker(clause, first, at)
    speaker = author(clause, speaker, first) if speaker is not None and order == "before" else speaker
    if order == "none":
        return Refused(cue_span(unit, at), "nobody beside the verb who could speak")
    if speaker is not None and (reason := _silent(clause, at, speaker, order)):
        return Refused(cue_span(unit, at), reason)
    begin = min(first, group_start(unit, speaker.first, clause.floor)) if speaker else first
    after = max(at + 1, speaker.last) if speaker and order in ("after", "after-front") else at + 1
    before = _before(clause, begin, order)
    if mark & lex.JUDGE and (found := _judged(clause, at, before, after, order, speaker)):
        return Attribution(cue_span(unit, at), speaker, found, f"judgement-{order}")
    if mark & lex.OBJECT and (found := find_object(unit, before, after, mark, clause.grammar)):
        if reason := _courtesy_or_verdict(clause, at, speaker, found):
            return Refused(cue_span(unit, at), reason)
        return Attribution(cue_span(unit, at), speaker, _without_particle(clause, found), f"object-{order}")
    if mark & lex.MOOD:
        contents = _mood_contents(clause, at, after)
    else:
        contents = _said(clause, at, before, after, order, speaker)
    if contents is None:
        return Refused(cue_span(unit, at), "a verb of saying without anything said")
    return Attribution(cue_span(unit, at), speaker, contents, f"verb-{order}-{contents.shape}")


def _only_defines(clause: Clause, first: int) -> str | None:
    """Why a verb attributes nothing that only says who speaks: ``those who defend it``."""
    if not clause.unit.mark(first - 1) & lex.RELATIVE:
        return None
    defined = defining(clause)
    return "the verb only says who speaks" if defined is not None and first - defined <= _DEFINED else None


def _judged(clause: Clause, at: int, before: Span, after: int, order: str, speaker: Mention | None) -> Contents | None:
    """What a verb of judgement has for its content, alone in a relative clause, or with what is judged."""
    if order == "before" and (found := _inside_relative(clause.unit, speaker, after)):
        return found
    found = find_judgement(clause.unit, before, after, clause.grammar, plain=_judges_plainly(clause, at))
    return _without_particle(clause, found) if found else None


def _inside_relative(unit: Unit, speaker: Mention | None, after: int) -> Contents | None:
    """A judgement without the main clause behind it: ``the text, which X called B, was adopted``."""
    joint = speaker.first - 1 if speaker is not None else 0
    if not unit.mark(joint) & (lex.RELATIVE | lex.COMPLEMENT) or unit.kind(joint - 1) != ",":
        return None
    end = next((n for n in range(after, len(unit)) if unit.kind(n) in ",.;"), len(unit))
    return Contents(((after, end),), end, "judgement") if end > after else None


def _read_framed(clause: Clause, at: int, closing: Sequence[str]) -> Attribution | Refused:
    """What stands between the two halves of a verb: German ``X hätte sich B gewünscht``."""
    unit = clause.unit
    stop = next((n for n in range(at + 1, len(unit)) if unit.kind(n) not in "wpq" or unit.words[n] in closing), at)
    if unit.words[stop] not in closing:
        return Refused(cue_span(unit, at), "half a verb")
    order, speaker = find_speaker(clause, group_start(unit, at, clause.floor), at)
    if speaker is None or speaker.kind not in SPEAKING:
        return Refused(cue_span(unit, at), "nobody beside the verb who could speak")
    start = max(at + 1, speaker.last) if order == "after" else at + 1
    link = find_link(unit, stop + 1, 0, bare=False)
    if link.kind == "that":
        start, stop = link.at, find_break(unit, link.at, clause.grammar)
    if stop <= start:
        return Refused(cue_span(unit, at), "a verb of saying without anything said")
    return Attribution(cue_span(unit, at), speaker, Contents(((start, stop),), stop, "object"), f"object-{order}")


def _said(clause: Clause, at: int, before: Span, after: int, order: str, speaker: Mention | None) -> Contents | None:
    """What a verb of saying has for its content: a clause, words in marks, or what a phrase like it is about."""
    unit = clause.unit
    mark = unit.mark(at)
    bare = clause.bare and bool(mark & (lex.SAY | lex.TELL | lex.PARTICIPLE)) and order != "after"
    named = speaker is not None and speaker.kind != "pronoun"
    nominal = " " in unit.words[at] and not _has_clause(unit, after)
    contents = _about(clause, at, after) if nominal else None
    contents = contents or find_contents(
        unit, before, after, mark, clause.grammar, bare=bare, aside=_is_aside(speaker, order), named=named
    )
    return contents or _about(clause, at, after)


def _courtesy_or_verdict(clause: Clause, at: int, speaker: Mention | None, found: Contents) -> str | None:
    """Why a verb with an object says nothing: it thanks, greets, or it is what a court has decided."""
    first = found.ranges[0][0]
    if _is_thanks(clause, first) or _is_greeting(clause, at, first):
        return "thanks, greetings or condolences"
    return "the decision of a court" if _is_verdict(clause, speaker) else None


def _judges_plainly(clause: Clause, at: int) -> bool:
    """Whether a verb of judgement needs no "as": "considers the treaty dangerous"."""
    return clause.unit.words[at].startswith(tuple(clause.words.settings.get("judge_plainly", ("^",))))


def _is_no_verb(clause: Clause, first: int, at: int) -> bool:
    """Whether a mood stands without its copula, or a word that speaks only behind what was said stands before it."""
    unit = clause.unit
    if unit.mark(at) & lex.MOOD and not clause.words.setting("bare_moods"):
        return not any(unit.mark(n) & lex.AUXILIARY for n in range(first, at))
    return unit.words[at] in clause.words.settings.get("inverted_only", ()) and unit.kind(first - 1) not in ",-q"


def _mood_contents(clause: Clause, at: int, after: int) -> Contents | None:
    """What a mood is about, or the clause behind it; None where another verb of saying takes the whole sentence."""
    unit = clause.unit
    if _has_clause(unit, after):
        link = find_link(unit, after, 0, bare=False)
        end = find_break(unit, link.at, clause.grammar) if link.at < len(unit) else link.at
        return Contents(((link.at, end),), end, "before") if end > link.at else None
    taken = any(unit.kind(n - 1) in ",-" and unit.mark(n) & lex.SAY for n in range(after + 1, len(unit)))
    return None if taken else _about(clause, at, after)


def _has_clause(unit: Unit, after: int) -> bool:
    """Whether a conjunction, a colon or marks join a clause to a verb, within a few words."""
    return find_link(unit, after, 0, bare=False).kind in ("that", "colon", "quote")


def _about(clause: Clause, at: int, after: int) -> Contents | None:
    """What a mood, or a phrase like "voiced concern", is about: "… by the text", "… over the text"."""
    unit = clause.unit
    mood = bool(unit.mark(at) & lex.MOOD)
    if not mood and not (" " in unit.words[at] and unit.mark(at) & lex.SAY):
        return None
    bare = mood and clause.words.setting("bare_moods")
    start = after + bool(unit.mark(after) & lex.PREPOSITION)
    if start >= len(unit) or unit.kind(start) not in "wq" or not (bare or start > after):
        return None
    if unit.mark(start) & (lex.TIME | lex.PRONOUN | lex.UTTERANCE | lex.AND) or unit.mark(start + 1) & lex.UTTERANCE:
        return None
    end = find_break(unit, start, clause.grammar)
    return Contents(((start, end),), end, "object") if end > start else None


def _without_particle(clause: Clause, found: Contents) -> Contents:
    """The content without the verb's own particle at its end: "wies die Vorwürfe zurück"."""
    particles = clause.words.settings.get("separable", ())
    first, last = found.ranges[-1]
    stop = last
    while stop > first + 1 and clause.unit.kind(stop - 1) == ".":
        stop -= 1
    if stop - 1 <= first or clause.unit.words[stop - 1] not in particles:
        return found
    return Contents((*found.ranges[:-1], (first, stop - 1)), found.end, found.shape)


def _is_verdict(clause: Clause, speaker: Mention | None) -> bool:
    """Whether a court is the subject: what it condemns or asks for is a decision."""
    if speaker is None:
        return False
    return not clause.words.listed("courts").isdisjoint(clause.unit.words[speaker.first : speaker.last])


def _silent(clause: Clause, at: int, speaker: Mention, order: str) -> str | None:
    """Why the subject of a verb says nothing: it cannot speak, or it is an assembly, which decides."""
    if speaker.kind not in SPEAKING and not _may_speak(clause, at, speaker, order):
        return f"the subject is no speaker but a {speaker.kind} phrase"
    return "the decision of an assembly" if _is_assembly(clause, speaker) else None


def _is_assembly(clause: Clause, speaker: Mention) -> bool:
    """Whether the General Assembly is the subject: it decides, and says nothing."""
    words, assemblies = set(clause.unit.words[speaker.first : speaker.last]), clause.words.listed("assemblies")
    return not assemblies.isdisjoint(words) and words <= assemblies | clause.words.listed("assemblies_of")


def _is_thanks(clause: Clause, at: int) -> bool:
    """Whether the object is thanks: courtesy is no statement."""
    return not clause.words.listed("thanks").isdisjoint(clause.unit.words[at : at + 3])


def _is_greeting(clause: Clause, cue: int, at: int) -> bool:
    """Whether a verb of welcome has people for its object: to receive guests is no statement."""
    if clause.unit.words[cue] not in clause.words.listed("greetings"):
        return False
    if clause.unit.mark(at) & lex.PREPOSITION and not clause.unit.mark(at) & lex.ARTICLE:
        at += 1
    guest = mention_after(clause.unit, at, clause.grammar, adjuncts=False)
    if guest is None or guest.kind not in ("person", "role", "group"):
        return False
    return clause.unit.kind(guest.last) in ".,;$" or bool(
        clause.unit.mark(guest.last) & (lex.PREPOSITION | lex.TIME | lex.AND | lex.RELATIVE)
    )


def _unsaid(unit: Unit, first: int, at: int) -> str | None:
    for n in range(max(0, first - 2), at):
        if unit.mark(n) & lex.NEGATION and n >= first - 1:
            return "what was not said"
        if unit.mark(n) & lex.FUTURE and (n >= first - 1):
            return "what is still to be said"
    if unit.mark(at + 1) & lex.BY and not unit.mark(at) & lex.MOOD:
        return "what others did: a passive verb"
    if unit.mark(at + 1) & lex.NEGATION and (unit.kind(at + 2) in ".,$" or unit.mark(at + 2) & lex.FUTURE):
        return "what was not said"
    return None


def _may_speak(clause: Clause, at: int, speaker: Mention, order: str) -> bool:
    """An unknown noun speaks when the verb is strong and what follows can only be speech."""
    unit = clause.unit
    if speaker.kind == "utterance":
        return (clause.spoken or announces(unit, at)) and bool(unit.mark(at) & lex.SAY)
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


def _is_aside(speaker: Mention | None, order: str) -> bool:
    """Whether the attribution is short enough to stand inside a content."""
    if speaker is None or speaker.kind == "pronoun":
        return True
    return speaker.last - speaker.first <= 4 and order in ("before", "after")
