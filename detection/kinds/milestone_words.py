"""The words of a treaty's life in one language, and one sentence as the milestone rules see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from detection.lexicon import load_lexicon
from detection.numbers import Number
from detection.phrases import Mark, Phrases
from detection.sentence import MarkedSentence
from detection.sentences import Reading
from detection.states import StateMention

_PARTING = frozenset(";；؛")


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """All that is needed to read milestones in a language.

    ``gate``: pieces of words, one of which each sentence on a milestone holds.
    """

    gate: tuple[str, ...]
    phrases: Phrases
    far: float
    verb_first: bool
    verb_last: bool

    @property
    def reach(self) -> int:
        """Words before a verb in which what governs it (will, should) may stand."""
        return 18 if self.verb_last else 5


class Line(MarkedSentence):
    """A sentence with the words of a treaty's life in it."""

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the sentence holds."""
        return self.sentence.numbers

    def near(self, mark: Mark, *kinds: str, before: int = -1, after: int = -1) -> Mark | None:
        """The nearest mark of some classes at most so many words before or after a mark."""
        if self.kinds.isdisjoint(kinds):
            return None
        best: tuple[int, Mark] | None = None
        for other in self.marks:
            if other.kind not in kinds or other is mark:
                continue
            gap = mark.first - other.last if other.first < mark.first else other.first - mark.last
            reach = before if other.first < mark.first else after
            if 0 <= gap <= reach and (best is None or gap < best[0]) and not self._is_parted(mark, other):
                best = (gap, other)
        return best[1] if best else None

    def _is_parted(self, one: Mark, other: Mark) -> bool:
        """Whether a semicolon stands between two marks: what governs one then says nothing of the other."""
        left, right = sorted((one, other), key=lambda mark: mark.first)
        return any(word in _PARTING for word in self.words.written[left.last : right.first])

    def state_words(self, mention: StateMention) -> tuple[int, int]:
        """The words of a mention of a state, ``last`` exclusive."""
        return self.sentence.state_words[mention.start]


@cache
def load_milestone_words(language: str | None) -> MilestoneWords | None:
    """The words of a language; None when it has no ``milestones`` section."""
    lexicon = load_lexicon(language)
    if "milestones" not in lexicon:
        return None
    section = lexicon["milestones"]
    table: dict[str, Iterable[str]] = dict(section["words"])
    table.update({f"body:{name}": phrases for name, phrases in section["bodies"].items()})
    table.update({f"parliament:{code}": phrases for code, phrases in section["parliaments"].items()})
    return MilestoneWords(
        gate=tuple(section["gate"]),
        phrases=Phrases(table),
        far=float(section.get("far", 1.0)),
        verb_first=bool(section.get("verb_first", False)),
        verb_last=bool(section.get("verb_last", False)),
    )


def read_line(reading: Reading, number: int, words: MilestoneWords) -> Line:
    """Reads one sentence of a text for milestones."""
    sentence = reading.sentence(number)
    return Line(sentence, tuple(words.phrases.find(sentence.words)))
