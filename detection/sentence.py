"""One sentence as the kinds see it: words, states, dates and numbers, read once; and the marks of one kind in it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from detection.calendar import load_calendar
from detection.calendar_forms import DateMention
from detection.numbers import Number, load_numbers
from detection.phrases import Mark, family_of
from detection.states import StateMention
from detection.words import Words


class Sentence:
    """A sentence of a text, cut into words; ``number`` is its place in the reading, -1 that of a title. Never changed.

    ``start`` and ``end`` are its offsets; ``published`` is the day by which its dates are resolved, None when unknown.
    """

    def __init__(
        self,
        number: int,
        span: tuple[int, int],
        words: Words,
        states: tuple[StateMention, ...],
        language: str | None,
        published: date | None,
    ) -> None:
        self.number = number
        self.start, self.end = span
        self.words = words
        self.states = states
        self.language = language
        self.published = published
        # Read when first asked for, and kept.
        self._dates: tuple[DateMention, ...] | None = None
        self._numbers: tuple[Number, ...] | None = None
        self._state_words: Mapping[int, tuple[int, int]] | None = None

    @property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates that the sentence names; none in a language without a calendar."""
        if self._dates is None:
            calendar = load_calendar(self.language)
            self._dates = tuple(calendar.find(self.words, self.published)) if calendar else ()
        return self._dates

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the sentence holds, whatever they count; none in a language without number words."""
        if self._numbers is None:
            numbers = load_numbers(self.language)
            self._numbers = tuple(numbers.find(self.words)) if numbers else ()
        return self._numbers

    @property
    def state_words(self) -> Mapping[int, tuple[int, int]]:
        """Start of a mention of a state -> its words, the last exclusive."""
        if self._state_words is None:
            self._state_words = _places(self.words.starts, self.states)
        return self._state_words


class MarkedSentence:
    """A sentence with the marks of one kind's phrases, in order."""

    def __init__(self, sentence: Sentence, marks: tuple[Mark, ...]) -> None:
        self.sentence = sentence
        self.number = sentence.number
        self.start = sentence.start
        self.end = sentence.end
        self.words = sentence.words
        self.states = sentence.states
        self.marks = marks
        # Looked up by class far more often than read in order: each class, and each family ("body:"), by itself.
        self._by_kind: dict[str, list[Mark]] = {}
        for mark in marks:
            self._by_kind.setdefault(mark.kind, []).append(mark)
            if family := family_of(mark.kind):
                self._by_kind.setdefault(family, []).append(mark)
        self.kinds = self._by_kind.keys()

    @property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates that the sentence names."""
        return self.sentence.dates

    def of(self, *kinds: str) -> Sequence[Mark]:
        """The marks of some classes, in order; of a whole family when it is named with its colon ("body:")."""
        by_kind = self._by_kind
        if len(kinds) == 1:
            return by_kind.get(kinds[0], ())
        found = [kind for kind in kinds if kind in by_kind]
        if len(found) < 2:
            return by_kind[found[0]] if found else ()
        return [mark for mark in self.marks if mark.kind in found]

    def has(self, *kinds: str) -> bool:
        """Whether a mark of one of the classes is there."""
        return not self.kinds.isdisjoint(kinds)

    def first_state_word(self, mention: StateMention) -> int:
        """The place of the word at which a mention of a state begins."""
        return self.sentence.state_words[mention.start][0]

    def last_state_word(self, mention: StateMention) -> int:
        """The place of the word behind a mention of a state."""
        return self.sentence.state_words[mention.start][1]


def _places(starts: Sequence[int], states: Sequence[StateMention]) -> Mapping[int, tuple[int, int]]:
    places: dict[int, tuple[int, int]] = {}
    for mention in states:
        first = bisect_left(starts, mention.start)
        places[mention.start] = first, bisect_left(starts, mention.end, first)
    return places
