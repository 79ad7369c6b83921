"""The words of a treaty's life in one language, and one sentence as the milestone rules see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from detection.calendar import Calendar
from detection.calendar_forms import DateMention
from detection.lexicon import load_lexicon
from detection.numbers import Number, Numbers
from detection.phrases import Mark, Phrases
from detection.sentences import Reading
from detection.states import StateMention
from detection.words import Words


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """All that is needed to read milestones in a language.

    ``gate``: pieces of words, one of which each sentence on a milestone holds.
    """

    gate: tuple[str, ...]
    phrases: Phrases
    numbers: Numbers
    calendar: Calendar
    far: float
    verb_first: bool
    verb_last: bool

    @property
    def reach(self) -> int:
        """Words before a verb in which what governs it (will, should) may stand."""
        return 18 if self.verb_last else 5


@dataclass(eq=False)
class Line:
    """A sentence, cut into words once. Never changed."""

    number: int
    start: int
    end: int
    words: Words
    marks: tuple[Mark, ...]
    states: tuple[StateMention, ...]
    milestone_words: MilestoneWords
    published: date | None

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the sentence holds."""
        return tuple(self.milestone_words.numbers.find(self.words))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates that the sentence names."""
        return tuple(self.milestone_words.calendar.find(self.words, self.published))

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset([mark.kind for mark in self.marks])

    def of(self, *kinds: str) -> list[Mark]:
        """The marks of some classes, in order."""
        return [] if self._kinds.isdisjoint(kinds) else [mark for mark in self.marks if mark.kind in kinds]

    def near(self, mark: Mark, *kinds: str, before: int = -1, after: int = -1) -> Mark | None:
        """The nearest mark of some classes at most so many words before or after a mark."""
        if self._kinds.isdisjoint(kinds):
            return None
        best: tuple[int, Mark] | None = None
        for other in self.marks:
            if other.kind not in kinds or other is mark:
                continue
            gap = mark.first - other.last if other.first < mark.first else other.first - mark.last
            reach = before if other.first < mark.first else after
            if 0 <= gap <= reach and (best is None or gap < best[0]):
                best = (gap, other)
        return best[1] if best else None

    def state_words(self, mention: StateMention) -> tuple[int, int]:
        """The words of a mention of a state, ``last`` exclusive."""
        starts = self.words.starts
        first = next((at for at, start in enumerate(starts) if start >= mention.start), len(starts))
        last = next((at for at, start in enumerate(starts) if start >= mention.end), len(starts))
        return first, last


@cache
def load_milestone_words(language: str | None) -> MilestoneWords | None:
    """The words of a language; None when it has no ``milestones`` section."""
    lexicon = load_lexicon(language)
    if "milestones" not in lexicon:
        return None
    section = lexicon["milestones"]
    table: dict[str, Iterable[str]] = dict(section["words"])
    table.update({f"body:{name}": phrases for name, phrases in section["bodies"].items()})
    return MilestoneWords(
        gate=tuple(section["gate"]),
        phrases=Phrases(table),
        numbers=Numbers(lexicon["numbers"]),
        calendar=Calendar(lexicon["calendar"]),
        far=float(section.get("far", 1.0)),
        verb_first=bool(section.get("verb_first", False)),
        verb_last=bool(section.get("verb_last", False)),
    )


def read_line(reading: Reading, number: int, words: MilestoneWords) -> Line:
    """Reads one sentence of a text for milestones."""
    start, end = reading.sentences[number]
    cut = reading.words_between(start, end)
    published = reading.document.published_at
    return Line(
        number,
        start,
        end,
        cut,
        tuple(words.phrases.find(cut)),
        reading.states_between(start, end),
        words,
        published.date() if published else None,
    )
