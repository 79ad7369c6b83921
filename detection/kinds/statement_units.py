"""Units: sentences that no quotation is cut by, as tokens that know what they can be."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import Words
from detection.quotes import Quote
from detection.sentences import Reading

Span = tuple[int, int]

_MARKS = "\u0300-\u036f\u064b-\u0652\u0670\u0640"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]{{1,2}}\.){{2,}}|[^\W_](?:[\w{_MARKS}]|[-’'.‑&/](?=[^\W_])|-(?=\s\w))*|\.{{3}}|…|[–—―]|\s-\s|[,;:!?.،؛؟()\[\]]|\S"
)
_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640]")
_KINDS = {",": ",", "،": ",", ";": ";", "؛": ";", ":": ":", "–": "-", "—": "-", "―": "-", ".": ".", "!": ".", "?": "."}
_KINDS |= {"؟": ".", "…": "x", "...": "x", "(": "(", "[": "(", ")": ")", "]": ")"}
_LONGEST_ASIDE = 20
_MOST_KNOWN = 50_000


@dataclass(slots=True)
class Unit:
    """The tokens of one unit, as parallel lists.

    ``kinds``: w word, q quotation, p aside in brackets, one of ``, ; : - .`` for marks, x anything else.
    ``words`` are lower-case; ``marks`` are the flags of statement_lexicon; ``inner`` are the offsets of the
    speaker inside a phrase. All offsets count characters of the text.
    """

    text: str
    start: int
    end: int
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    inner: dict[int, Span] = field(default_factory=dict)
    paragraph: int = 0

    def __len__(self) -> int:
        return len(self.kinds)

    def add(self, kind: str, start: int, end: int, word: str, marks: int) -> None:
        """Appends one token."""
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)
        self.marks.append(marks)

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter."""
        return 0 <= at < len(self.kinds) and self.kinds[at] == "w" and self.text[self.starts[at]].isupper()

    def kind(self, at: int) -> str:
        """The kind of a token; ``^`` before the first one, ``$`` after the last."""
        if at < 0:
            return "^"
        return self.kinds[at] if at < len(self.kinds) else "$"

    def mark(self, at: int) -> int:
        """The flags of a token; 0 outside the unit."""
        return self.marks[at] if 0 <= at < len(self.marks) else 0

    def slice(self, first: int, last: int) -> str:
        """The text from token ``first`` to before token ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


def cut_units(reading: Reading, quotes: Sequence[Quote]) -> list[tuple[int, int, int]]:
    """(start, end, paragraph) of each unit: sentences joined where a quotation or a dash goes on."""
    units: list[tuple[int, int, int]] = []
    starts = [quote.start for quote in quotes]
    paragraph = 0
    for start, end in reading.sentences:
        while paragraph + 1 < len(reading.paragraphs) and reading.paragraphs[paragraph + 1][0] <= start:
            paragraph += 1
        if units and units[-1][2] == paragraph and _goes_on(reading.text, units[-1][1], start, quotes, starts):
            units[-1] = (units[-1][0], end, paragraph)
        else:
            units.append((start, end, paragraph))
    return units


def _goes_on(text: str, end: int, start: int, quotes: Sequence[Quote], starts: list[int]) -> bool:
    quote = quotes[bisect_left(starts, start) - 1] if bisect_left(starts, start) else None
    if quote is not None and quote.start < end and quote.inner_end > start:
        return True
    return text[start].islower() or (text[start] in "–—―-,，" and text[end - 1] not in ".。")


def read_unit(reading: Reading, words: Words, bounds: tuple[int, int, int], quotes: Sequence[Quote], first: int) -> Unit:
    """The tokens of one unit. ``first`` is the place in ``quotes`` of the first one that ends in it."""
    text = reading.text
    unit = Unit(text, bounds[0], bounds[1], paragraph=bounds[2])
    at = bounds[0]
    number = first
    while number < len(quotes) and quotes[number].start < bounds[1]:
        quote = quotes[number]
        if quote.start >= at:
            _tokenise(unit, words, at, quote.start)
            _add_quote(unit, words, quote.start, min(quote.end, bounds[1]))
            at = quote.end
        number += 1
    _tokenise(unit, words, at, bounds[1])
    _fold_asides(unit)
    _join_phrases(unit, words)
    _mark_states(unit, reading)
    return unit


_DASHED = re.compile(r"[,.!?…]\s[—–-]\s(\w+)")
_DASHED_END = re.compile(r"[,.]\s[—–-]\s")


def _add_quote(unit: Unit, words: Words, start: int, end: int) -> None:
    """A quotation; where its own marks enclose ``, — said X. —`` it is two, with the attribution between."""
    inside = _DASHED.search(unit.text, start, end) if words.setting("dash_in_quotes") else None
    if inside is None or not words.flags.get(inside[1].casefold(), 0) & lex.CUE:
        unit.add("q", start, end, "", 0)
        return
    unit.add("q", start, inside.start() + 1, "", 0)
    resumed = _DASHED_END.search(unit.text, inside.end(), end)
    stop = resumed.start() if resumed else end - 1
    _tokenise(unit, words, inside.start() + 1, stop)
    if resumed:
        unit.add("q", resumed.end(), end, "", 0)


def _tokenise(unit: Unit, words: Words, start: int, end: int) -> None:
    add, known = unit.add, words.known
    for match in _TOKEN.finditer(unit.text, start, end):
        form = match[0]
        at = match.start()
        parts = known.get(form)
        if parts is not None:
            for part_start, part_end, word, marks in parts:
                add("w", at + part_start, at + part_end, word, marks)
            continue
        stop = match.end()
        kind = _KINDS.get(form)
        if kind is not None:
            if kind == "." and _abbreviates(unit, at):
                unit.ends[-1] = stop
            else:
                add(kind, at, stop, form, 0)
        elif not form[0].isalnum():
            add("-" if form[0].isspace() else "x", at + form[0].isspace(), stop - form[0].isspace(), form.strip(), 0)
        else:
            for part_start, part_end, word, marks in _read_word(form, words):
                add("w", at + part_start, at + part_end, word, marks)


def _read_word(form: str, words: Words) -> tuple[tuple[int, int, str, int], ...]:
    """The parts of a word as written: offsets in it, as compared, flags. Words come again: they are remembered."""
    if len(words.known) >= _MOST_KNOWN:
        words.known.clear()
    parts: list[tuple[int, int, str, int]] = []
    for start, end in _parts(form, 0, len(form), words):
        word = _VOWELS.sub("", form[start:end].casefold().replace("’", "'"))
        parts.append((start, end, word, words.flags.get(word, 0) or _ending_flags(word, words)))
    words.known[form] = tuple(parts)
    return words.known[form]


def _abbreviates(unit: Unit, at: int) -> bool:
    """Whether the stop at ``at`` belongs to the title or initial before it."""
    if not len(unit) or unit.ends[-1] != at or unit.kinds[-1] != "w" or form_length(unit) > 5:
        return False
    if unit.text[at + 1 : at + 2] in (",", "،", "’s", "'s"):
        return True
    return bool(unit.marks[-1] & lex.TITLE) or (form_length(unit) == 1 and unit.text[at - 1].isupper())


def form_length(unit: Unit) -> int:
    """The number of characters of the last token."""
    return unit.ends[-1] - unit.starts[-1]


def _ending_flags(word: str, words: Words) -> int:
    return lex.ROLE if words.role_endings and word.endswith(words.role_endings) else 0


def _parts(form: str, start: int, end: int, words: Words) -> Iterator[Span]:
    """A word's parts: "l'Irlande" and "a-t-il" hold two words each, "Russia's" a word and an ending."""
    elisions, inversion = words.settings.get("elisions", ()), words.setting("inversion")
    cut = start
    for mark in ("'", "’"):
        at = form.find(mark)
        if at > 0 and form[:at].casefold() in elisions:
            cut = start + at + 1
            yield start, cut
            break
        if at > 0 and form[at + 1 :] in ("s", "S") and not elisions:
            yield start, start + at
            yield start + at, end
            return
    if inversion and (found := re.search(r"-(?:t-)?(?:ils?|elles?|on|je|nous)$", form)):
        middle = start + found.start()
        yield cut, middle
        yield end - len(found[0].rsplit("-", 1)[1]), end
    else:
        yield cut, end


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


def _join_phrases(unit: Unit, words: Words) -> None:
    """Phrases of several words become one token with the phrase's flags."""
    if words.phrases.keys().isdisjoint(unit.words):
        return
    joined: list[tuple[str, int, int, str, int]] = []
    at = 0
    changed = False
    while at < len(unit.kinds):
        phrase = _phrase_at(unit, words, at) if unit.words[at] in words.phrases else None
        if phrase is None:
            joined.append((unit.kinds[at], unit.starts[at], unit.ends[at], unit.words[at], unit.marks[at]))
            at += 1
            continue
        changed = True
        last = at + len(phrase.rest)
        if phrase.speaker is not None:
            unit.inner[unit.starts[at]] = (unit.starts[at + phrase.speaker], unit.ends[at + phrase.speaker])
        joined.append(("w", unit.starts[at], unit.ends[last], " ".join(unit.words[at : last + 1]), phrase.flags))
        at = last + 1
    if changed:
        _replace(unit, joined)


def _phrase_at(unit: Unit, words: Words, at: int) -> lex.Phrase | None:
    following = unit.words[at + 1] if at + 1 < len(unit.words) else None
    for phrase in words.phrases[unit.words[at]]:
        rest = phrase.rest
        if rest[0] == following and tuple(unit.words[at + 1 : at + 1 + len(rest)]) == rest:
            return phrase
    return None


def _replace(unit: Unit, tokens: list[tuple[str, int, int, str, int]]) -> None:
    unit.kinds = [token[0] for token in tokens]
    unit.starts = [token[1] for token in tokens]
    unit.ends = [token[2] for token in tokens]
    unit.words = [token[3] for token in tokens]
    unit.marks = [token[4] for token in tokens]


def _mark_states(unit: Unit, reading: Reading) -> None:
    for mention in reading.states_between(unit.start, unit.end):
        first = bisect_left(unit.starts, mention.start)
        while first < len(unit.starts) and unit.starts[first] < mention.end:
            if unit.kinds[first] == "w":
                unit.marks[first] = unit.marks[first] & ~lex.ANY_CUE | lex.STATE
            first += 1
