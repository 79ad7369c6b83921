"""Units: sentences that no quotation is cut by, as tokens that know what they can be."""

from bisect import bisect_left
from collections.abc import Sequence

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_tokens import Unit, add_quotation, tokenise
from detection.quotes import Quote
from detection.sentences import Reading

Span = tuple[int, int]

_LONGEST_ASIDE = 20
_LONGEST_NAME = 4
_LONGEST_TOLD = 60
_CLOSING, _OPENING = '”"»“', '“"«„'
_NAMED_IN_MARKS = lex.BODY | lex.OUTLET


def cut_units(reading: Reading, quotes: Sequence[Quote], words: Words) -> list[tuple[int, int, int]]:
    """(start, end, paragraph) of each unit: sentences joined where a quotation or a dash goes on, or is attributed."""
    units: list[tuple[int, int, int]] = []
    starts = [quote.start for quote in quotes]
    paragraph = 0
    for start, end in reading.sentences:
        while paragraph + 1 < len(reading.paragraphs) and reading.paragraphs[paragraph + 1][0] <= start:
            paragraph += 1
        if (
            units
            and units[-1][2] == paragraph
            and (
                _goes_on(reading.text, units[-1][1], start, quotes, starts)
                or _asked(reading.text, units[-1], start, end, words)
            )
        ):
            units[-1] = (units[-1][0], end, paragraph)
        else:
            units.append((start, end, paragraph))
    return units


def _goes_on(text: str, end: int, start: int, quotes: Sequence[Quote], starts: list[int]) -> bool:
    quote = quotes[bisect_left(starts, start) - 1] if bisect_left(starts, start) else None
    if quote is not None and quote.start < end and quote.inner_end > start:
        return True
    return text[start].islower() or (text[start] in "–—―-,，" and text[end - 1] not in ".。")


def _asked(text: str, before: tuple[int, int, int], start: int, end: int, words: Words) -> bool:
    """Whether a sentence only says who asked what stands in marks before it: ``“Who reads it?” Ms Doe asked.``"""
    if text[before[1] - 1] not in _CLOSING or text[before[1] - 2] not in "?!" or text[before[0]] not in _OPENING:
        return False
    told = text[start : min(end, start + _LONGEST_TOLD)].split()
    for word, following in zip(told, [*told[1:], "."], strict=True):
        if words.flags.get(word.rstrip(".,").casefold(), 0) & lex.SAY:
            behind = words.flags.get(following.casefold(), 0)
            return word[-1] in ".," or following == "." or bool(behind & (lex.TIME | lex.PREPOSITION))
        if not word[0].isalnum() or (word[-1] in ",.;:" and word.casefold() not in words.flags):
            return False
    return False


def read_unit(
    reading: Reading, words: Words, bounds: tuple[int, int, int], quotes: Sequence[Quote], first: int
) -> Unit:
    """The tokens of one unit. ``first`` is the place in ``quotes`` of the first one that ends in it."""
    text = reading.text
    unit = Unit(text, bounds[0], bounds[1], paragraph=bounds[2])
    at = bounds[0]
    number = first
    while number < len(quotes) and quotes[number].start < bounds[1]:
        quote = quotes[number]
        if quote.start >= at:
            tokenise(unit, words, at, quote.start)
            add_quotation(unit, words, quote.start, min(quote.end, bounds[1]))
            at = quote.end
        number += 1
    tokenise(unit, words, at, bounds[1])
    _fold_asides(unit)
    _fold_names(unit, words)
    _join_phrases(unit, words)
    _mark_states(unit, reading)
    _settle_conjunctions(unit, words)
    _open_verb_groups(unit)
    return unit


def _fold_asides(unit: Unit) -> None:
    """Brackets and what is in them become one token; a bracket without its partner stays a mark."""
    if "(" not in unit.kinds:
        return
    at = 0
    keep: list[tuple[str, int, int, str, int]] = []
    tokens = list(zip(unit.kinds, unit.starts, unit.ends, unit.words, unit.marks, strict=True))
    while at < len(tokens):
        if tokens[at][0] == "(":
            limit = min(len(tokens), at + _LONGEST_ASIDE)
            close = next((n for n in range(at + 1, limit) if tokens[n][0] == ")"), None)
            if close is not None:
                keep.append(("p", tokens[at][1], tokens[close][2], "", 0))
                at = close + 1
                continue
        keep.append(tokens[at])
        at += 1
    _replace(unit, keep)


def _fold_names(unit: Unit, words: Words) -> None:
    """A name in marks behind the noun of a body ("the group “Name”") is a word of its phrase, not a quotation."""
    for at in range(1, len(unit)):
        if unit.kinds[at] != "q" or unit.kinds[at - 1] != "w":
            continue
        of_role = unit.marks[at - 1] & lex.ROLE
        if not of_role and not unit.marks[at - 1] & _NAMED_IN_MARKS:
            continue
        start, end = unit.starts[at] + 1, unit.ends[at] - 1
        name = unit.text[start:end]
        if not _is_name(name, unit.words[at - 1], words):
            continue
        unit.kinds[at], unit.starts[at], unit.ends[at] = "w", start, end
        unit.words[at] = name.casefold()
        known = words.flags.get(unit.words[at], 0) & lex.BODY
        unit.marks[at] = known | (lex.BODY if of_role else unit.marks[at - 1] & lex.OUTLET)


def _is_name(quoted: str, noun: str, words: Words) -> bool:
    parts = quoted.split()
    if not 1 <= len(parts) <= _LONGEST_NAME or not parts[0][0].isalnum() or quoted[-1] in ".,!?؟،":
        return False
    if words.setting("caseless"):
        return not noun.startswith(("ال", "وال")) and not any(part in words.flags for part in parts[:1])
    return quoted[0].isupper()


def _join_phrases(unit: Unit, words: Words) -> None:
    """Phrases of several words become one token with the phrase's flags."""
    if words.phrases.keys().isdisjoint(unit.words):
        return
    found: list[tuple[int, int, lex.Phrase]] = []
    free_from = 0
    for at in [at for at, word in enumerate(unit.words) if word in words.phrases]:
        if at < free_from:
            continue
        phrase = _phrase_at(unit, words, at)
        parted = phrase is None and bool(unit.mark(at + 1) & lex.ADVERB)
        phrase = _parted_phrase(unit, words, at) if parted else phrase
        if phrase is not None:
            free_from = at + len(phrase.rest) + 1 + parted
            found.append((at, free_from, phrase))
    for at, last, phrase in reversed(found):  # the last one first, so that the places of the others stay
        if phrase.speaker is not None:
            unit.inner[unit.starts[at]] = (unit.starts[at + phrase.speaker], unit.ends[at + phrase.speaker])
        unit.join(at, last, phrase.flags)


def _phrase_at(unit: Unit, words: Words, at: int) -> lex.Phrase | None:
    following = unit.words[at + 1] if at + 1 < len(unit.words) else ""
    for phrase in words.phrases[unit.words[at]].get(following, ()):
        if len(phrase.rest) == 1 or tuple(unit.words[at + 1 : at + 1 + len(phrase.rest)]) == phrase.rest:
            return phrase
    return None


def _parted_phrase(unit: Unit, words: Words, at: int) -> lex.Phrase | None:
    """A verb and its preposition with an adverb between them: "warned again of", "warnte hingegen vor"."""
    following = unit.words[at + 2] if at + 2 < len(unit) else ""
    parted = (phrase for phrase in words.phrases[unit.words[at]].get(following, ()) if len(phrase.rest) == 1)
    return next((phrase for phrase in parted if phrase.flags & lex.CUE and phrase.speaker is None), None)


def _replace(unit: Unit, tokens: list[tuple[str, int, int, str, int]]) -> None:
    unit.kinds = [token[0] for token in tokens]
    unit.starts = [token[1] for token in tokens]
    unit.ends = [token[2] for token in tokens]
    unit.words = [token[3] for token in tokens]
    unit.marks = [token[4] for token in tokens]


def _open_verb_groups(unit: Unit) -> None:
    """Commas around an adverb between an auxiliary and its verb ("a, de son côté, souligné") are none."""
    for at in range(1, len(unit) - 3):
        if unit.kinds[at] != "," or unit.kinds[at + 2] != "," or not unit.marks[at - 1] & lex.AUXILIARY:
            continue
        if unit.marks[at + 1] & (lex.ADVERB | lex.OPENER) and unit.marks[at + 3] & lex.CUE:
            for comma in (at, at + 2):
                unit.kinds[comma], unit.marks[comma] = "w", lex.ADVERB
            unit.marks[at + 1] |= lex.ADVERB


def _settle_conjunctions(unit: Unit, words: Words) -> None:
    """Words that are conjunctions only behind a comma ("как") are none elsewhere."""
    for word in words.settings.get("conjunctions_after_comma", ()):
        for at, form in enumerate(unit.words):
            if form == word and unit.kind(at - 1) not in ",-" and unit.mark(at) & lex.COMPLEMENT:
                unit.marks[at] = unit.marks[at] & ~lex.COMPLEMENT | lex.AS


def _mark_states(unit: Unit, reading: Reading) -> None:
    for mention in reading.states_between(unit.start, unit.end):
        first = bisect_left(unit.starts, mention.start)
        behind = first + 1
        if mention.kind == "capital" and unit.capital(behind) and not unit.mark(behind) and unit.kind(behind) == "w":
            continue  # a first name: "Riyad Mansour"
        while first < len(unit.starts) and unit.starts[first] < mention.end:
            if unit.kinds[first] == "w":
                unit.marks[first] = unit.marks[first] & ~lex.ANY_CUE | lex.STATE
            first += 1
