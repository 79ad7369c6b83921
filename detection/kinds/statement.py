"""Statements: who said what, in which words, and whether it is for or against the convention.

The way of one text: its quotations (detection.quotes), units of sentences (statement_units), the
attributions in each (statement_attribution, statement_turns; statement_unspaced for scripts without
blanks), their speakers (statement_cast), and the stance of what was said (statement_stance).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from detection.kinds.statement_attribution import attribute
from detection.kinds.statement_cast import Voice
from detection.kinds.statement_clauses import Attribution, Refused
from detection.kinds.statement_contents import Contents
from detection.kinds.statement_dialogue import read_dialogue, read_inversion, read_signature
from detection.kinds.statement_lexicon import Words, load_words
from detection.kinds.statement_notes import Notes
from detection.kinds.statement_shapes import is_list, is_quotation, named_again, offsets, phrase_of
from detection.kinds.statement_spans import clean_spans, narrow_to_quotation, read_mode
from detection.kinds.statement_tokens import Unit
from detection.kinds.statement_turns import read_colon, read_pointing, read_turn, says_more
from detection.kinds.statement_units import cut_units, read_unit
from detection.kinds.statement_unspaced import find_unspaced
from detection.quotes import Quote, find_quotes
from detection.sentences import Reading
from detection.speakers import Mention
from detection.speakers_grammar import grammar_of
from records.finding import Mode, Refusal, Statement

Span = tuple[int, int]
_BLANKS = 3
_JOINING = "’'-,،."


def find(reading: Reading) -> tuple[list[Statement], list[Refusal]]:
    """Every attributed statement of a text in order, and the cues that attribute nothing, with the reason."""
    words = load_words(reading.language)
    if words is None:
        return [], []
    quotes = find_quotes(reading.text)
    if words.setting("unspaced"):
        return find_unspaced(reading, words, quotes)
    scribe = Scribe(reading, words, quotes)
    for bounds in cut_units(reading, quotes, words):
        scribe.read(bounds)
    return scribe.notes.finish()


def _with_blanks(text: str) -> str:
    """The text with blanks for the signs that join or end words; offsets stay."""
    for sign in _JOINING:
        text = text.replace(sign, " ")
    return text


class Scribe:
    """Reads the units of one text in order and writes its statements down."""

    def __init__(self, reading: Reading, words: Words, quotes: Sequence[Quote]) -> None:
        self.notes = Notes(reading, words, quotes)
        self._reading = reading
        self._words = words
        self._quotes = quotes
        self._quote_ends = [quote.end for quote in quotes]
        self._names = not (words.setting("caseless") or words.setting("nouns_capital"))
        self._grammar = grammar_of(words)
        self._open = -1
        self._heard = -1
        self._silent: Span | None = None
        self._split_at_blanks = _with_blanks(reading.text)

    def read(self, bounds: tuple[int, int, int]) -> None:
        """Reads one unit: its attributions, or the continuation of the speech before it."""
        count = len(self.notes.statements)
        self._read_unit(bounds)
        self._silent = None if len(self.notes.statements) > count else bounds[:2]

    def _read_unit(self, bounds: tuple[int, int, int]) -> None:
        first = bisect_right(self._quote_ends, bounds[0])
        if not self._may_attribute(bounds, first):
            return
        unit = read_unit(self._reading, self._words, bounds, self._quotes, first)
        if not len(unit):
            return
        if (turn := read_dialogue(unit, self._grammar)) is not None:
            self._write(unit, turn, direct=True)
            self._heard = unit.end
            return
        before = len(self.notes.statements)
        results = list(self._attributions(unit))
        for result in results:
            if isinstance(result, Attribution):
                self._write(unit, result)
            else:
                self.notes.refuse(result.cue, result.reason)
        if len(self.notes.statements) == before:
            self._read_rest(unit)
        else:
            self._heard = unit.end

    def _attributions(self, unit: Unit) -> Iterator[Attribution | Refused]:
        """The attributions of a unit; a sentence that points back comes first, what it adds behind it."""
        turn = read_turn(unit, self._grammar, frozenset(), self._words.listed("first_person"))
        if turn is not None and turn.rule == "turn-speech":
            yield turn
            return
        pointing = read_pointing(unit, self._words.pointers, self._grammar)
        if pointing is None or self._silent is None or says_more(unit, pointing[0][1]):
            yield from attribute(unit, self._words, self._grammar, spoken=self.notes.cast.last is not None)
            return
        self._write_pointing(unit, *pointing)
        for found in attribute(unit, self._words, self._grammar, spoken=True):
            if found.cue[0] > pointing[0][0]:
                yield found

    def _may_attribute(self, bounds: tuple[int, int, int], first: int) -> bool:
        """A cheap look: only units with a cue, a quotation, a colon or a dash are worth reading."""
        text = self._reading.text
        if first < len(self._quotes) and self._quotes[first].start < bounds[1]:
            return True
        piece = text[bounds[0] : bounds[1]]
        if ":" in piece[:200] or " - " in piece[:200] or "—" in piece or "–" in piece:
            return True
        if self._heard == bounds[0] - 1 and self._words.listed("subjunctive"):
            return True
        return not self._words.cue_words.isdisjoint(self._split_at_blanks[bounds[0] : bounds[1]].casefold().split())

    def _read_rest(self, unit: Unit) -> None:
        """A unit without a cue: a turn, or a quotation that goes on with the statement before it."""
        known = frozenset(self.notes.cast.persons)
        if (signed := read_signature(unit, self._grammar) or read_inversion(unit, self._grammar)) is not None:
            self._write(unit, signed)
            return
        if (pointing := read_pointing(unit, self._words.pointers, self._grammar)) is not None:
            self._write_pointing(unit, *pointing)
            return
        turn = read_turn(
            unit, self._grammar, known | named_again(unit), self._words.listed("first_person")
        ) or read_colon(unit, self._grammar)
        if turn is not None:
            self._write(unit, turn)
        elif (
            self.notes.statements
            and is_quotation(unit)
            and (self._goes_on(unit) or self._open == len(self.notes.statements) - 1)
        ):
            self._extend(unit)
        elif self.notes.statements and self._goes_on_with_dash(unit):
            self.notes.extend(clean_spans(self._reading.text, [(unit.start, unit.end)]), keeps_mode=True)
            self._heard = unit.end
        elif self.notes.statements and self._heard == unit.start - 1 and self._is_subjunctive(unit):
            self._extend(unit)
            self._heard = unit.end

    def _write_pointing(self, unit: Unit, cue: Span, speaker: Mention) -> None:
        """What "this was reported by X" points at: the sentence before, when nobody else said it."""
        if self._silent is None or self._silent[1] + _BLANKS < unit.start:
            return
        spans = clean_spans(self._reading.text, [self._silent])
        if spans:
            voice = self.notes.cast.hear(phrase_of(unit, speaker), speaker, spans[0][0])
            found = Attribution(cue, speaker, Contents((), len(unit), "before"), "pointing")
            mode = read_mode(self._reading.text, spans, self._quotes)
            self.notes.write(voice, spans, mode, found.cue, found.rule)

    def _goes_on(self, unit: Unit) -> bool:
        """Whether a quotation without a verb stands in the line of the statement that ends right before it."""
        last = self.notes.statements[-1].spans[-1][1]
        return self._heard >= last and self._reading.text[self._heard : unit.start] == " "

    def _goes_on_with_dash(self, unit: Unit) -> bool:
        """Whether a sentence behind a dash goes on with dialogue in the same line."""
        dialogue = self.notes.statements[-1].rule.endswith("dialogue") and unit.kind(0) == "-"
        return dialogue and self._heard >= 0 and self._reading.text[self._heard : unit.start] == " "

    def _is_subjunctive(self, unit: Unit) -> bool:
        """Whether a sentence stands in the mood of reported speech, where a language has one."""
        return not self._words.listed("subjunctive").isdisjoint(
            word for n, word in enumerate(unit.words) if not unit.capital(n) and unit.kind(n) == "w"
        )

    def _write(self, unit: Unit, found: Attribution, *, direct: bool = False) -> None:
        spans = clean_spans(self._reading.text, offsets(unit, found.contents))
        if spans and is_list(unit, found.contents):
            self.notes.refuse(found.cue, "a list of terms or titles")
            return
        if not spans:
            self.notes.refuse(found.cue, "nothing left of what was said")
            return
        if found.contents.shape == "after":
            spans = narrow_to_quotation(self._reading.text, spans, self._quotes)
        voice = self._voice(unit, found, spans)
        mode: Mode = "direct"
        if not direct and found.rule != "turn-speech":
            mode = read_mode(self._reading.text, spans, self._quotes, names=self._names)
        self.notes.write(voice, spans, mode, found.cue, found.rule)
        self._open = len(self.notes.statements) - 1 if mode != "indirect" else -1

    def _voice(self, unit: Unit, found: Attribution, spans: tuple[Span, ...]) -> Voice | None:
        """Who speaks: the mention, whoever spoke before, or None where the report itself names nobody."""
        if found.speaker is not None:
            bare = found.speaker.kind == "person" and found.speaker.role is None
            praise = bare and self.notes.judged and self.notes.praises(spans)
            return self.notes.cast.hear(phrase_of(unit, found.speaker), found.speaker, spans[0][0] if praise else None)
        return None if found.rule.startswith("phrase") else self.notes.cast.go_on()

    def _extend(self, unit: Unit) -> None:
        if spans := clean_spans(self._reading.text, [(unit.start, unit.end)]):
            self.notes.extend(spans)
