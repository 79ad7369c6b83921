"""One sentence as the vote rules see it: words, marks of voting, and the numbers that may be votes."""

from detection.kinds.vote_numbers import numbers_of_votes
from detection.kinds.vote_signs import CASTING, DECIDING, LABELS
from detection.kinds.vote_symbols import committee_of_symbol
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number
from detection.phrases import Mark
from detection.sentence import MarkedSentence, Sentence
from detection.sentences import Reading
from detection.states import StateMention
from detection.words import Words, split_words

_IN_NAMES = frozenset({"unit", "unit_one", "unlike", "un"})
"""Classes of words that names of states hold too."""

_BEARING = frozenset((*CASTING, *DECIDING))
_OPEN, _CLOSE = frozenset("(（["), frozenset(")）]")
_LONG_DASHES = frozenset("–—")
_PARTING = frozenset((*_OPEN, *_LONG_DASHES, "/"))
_LONGEST_ASIDE = 25


class Clause(MarkedSentence):
    """A sentence with the words of voting in it."""

    def __init__(self, sentence: Sentence, marks: tuple[Mark, ...], vote_words: VoteWords) -> None:
        super().__init__(sentence, marks)
        self.vote_words = vote_words
        # Read when first asked for, and kept.
        self._numbers: tuple[Number, ...] | None = None
        self._is_rule: bool | None = None
        self._brackets: tuple[tuple[int, int], ...] | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that may count votes."""
        if self._numbers is None:
            self._numbers = self._counting()
        return self._numbers

    def _counting(self) -> tuple[Number, ...]:
        if self.kinds.isdisjoint(_BEARING) or not self.sentence.numbers:
            return ()
        return numbers_of_votes(self.vote_words, self.words, self.marks, self.dates, self.sentence.numbers)

    @property
    def is_rule(self) -> bool:
        """Whether the sentence tells how many votes are needed, how votes are taken at all, or a case made up."""
        if self._is_rule is None:
            self._is_rule = self.has("general") or self._supposes() or self._demands()
        return self._is_rule

    def _supposes(self) -> bool:
        supposed = self.of("example")
        return any(0 <= number.first - mark.last <= 1 for mark in supposed for number in self.sentence.numbers)

    def _demands(self) -> bool:
        return any(
            any(mark.last <= number.first <= mark.last + 2 for number in self.sentence.numbers)
            if mark.kind == "threshold"
            else any(mark.first - 3 <= number.last <= mark.first for number in self.sentence.numbers)
            for mark in self.of("threshold", "threshold_after")
        )

    @property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """The bracketed stretches of words, and the asides between dashes that tell of no side."""
        if self._brackets is None:
            spans = _bracket_spans(self.words)
            told = [mark.first for mark in self.of(*LABELS, "ballot")] if spans else []
            self._brackets = tuple(
                (first, last)
                for first, last in spans
                if self.words.written[first] not in _LONG_DASHES or not any(first < at < last for at in told)
            )
        return self._brackets

    def bracketed(self, at: int) -> bool:
        """Whether a word stands inside brackets."""
        return bool(self.brackets) and any(first <= at < last for first, last in self.brackets)


class Clauses:
    """The sentences of a text, each read when first asked for; ``voting`` are those that may tell of a vote."""

    def __init__(self, reading: Reading, vote_words: VoteWords) -> None:
        self._reading = reading
        self._vote_words = vote_words
        self._read: dict[int, Clause] = {}
        self._voting: list[Clause] | None = None

    def __len__(self) -> int:
        return len(self._reading.sentences)

    def __getitem__(self, number: int) -> Clause:
        clause = self._read.get(number)
        if clause is None:
            clause = self._read[number] = read_clause(self._reading, number, self._vote_words)
        return clause

    def between(self, first: int, last: int) -> list[Clause]:
        """The sentences from one to another, ``last`` exclusive; places outside the text are left out."""
        return [self[number] for number in range(max(0, first), min(last, len(self)))]

    def committee_named(self, clause: Clause) -> str | None:
        """The main committee that the symbol of a document in a sentence names."""
        return committee_of_symbol(self._reading.text, clause.start, clause.end) if clause.number >= 0 else None

    @property
    def voting(self) -> list[Clause]:
        """The sentences that hold a word of voting, with the one before and the two after each, in order."""
        if self._voting is None:
            self._voting = self._find_voting()
        return self._voting

    def _find_voting(self) -> list[Clause]:
        gate = [piece for piece in self._vote_words.gate if piece in self._reading.lowered]
        wanted: set[int] = set()
        for number in self._reading.sentences_with(gate):
            wanted.update(range(max(0, number - 1), min(number + 3, len(self))))
        return [self[number] for number in sorted(wanted)]


def read_clause(reading: Reading, number: int, vote_words: VoteWords) -> Clause:
    """Reads one sentence of a text for votes."""
    sentence = reading.sentence(number)
    words, states = sentence.words, sentence.states
    found = vote_words.phrases.find(words)
    if states:
        found = [mark for mark in found if mark.kind not in _IN_NAMES or not _in_name(mark, words, states)]
    return Clause(sentence, tuple(found), vote_words)


def _in_name(mark: Mark, words: Words, states: tuple[StateMention, ...]) -> bool:
    """Whether a word of counting is part of a name ("States" in "United States")."""
    start, end = words.starts[mark.first], words.ends[mark.last - 1]
    return any(mention.start <= start and end <= mention.end for mention in states)


def read_title(reading: Reading, vote_words: VoteWords) -> Clause | None:
    """Reads the title of a text the same way, its offsets those of the title; None without a title."""
    if not reading.title:
        return None
    words = split_words(reading.title, 0, len(reading.title))
    sentence = Sentence(-1, (0, 0), words, (), reading.language, reading.published)
    return Clause(sentence, tuple(vote_words.phrases.find(words)), vote_words)


def _is_slash(words: Words, at: int, *, opens: bool) -> bool:
    """Whether a slash stands for a bracket: apart from the word before it, or from the one behind."""
    if opens:
        return at > 0 and words.ends[at - 1] < words.starts[at]
    return at + 1 >= len(words) or words.ends[at] < words.starts[at + 1] or not words.written[at + 1][0].isalnum()


def _bracket_spans(words: Words) -> tuple[tuple[int, int], ...]:
    """Where brackets stand, and asides between two long dashes that hold no figure ("one – Russia – against")."""
    spans: list[tuple[int, int]] = []
    opened, dashed = -1, -1
    if _PARTING.isdisjoint(words.written):
        return ()
    for at, written in enumerate(words.written):
        if written in _OPEN and opened < 0:
            opened = at
        elif written in _CLOSE and opened >= 0:
            spans.append((opened, at + 1))
            opened = -1
        elif opened < 0 and (written in _LONG_DASHES or (written == "/" and _is_slash(words, at, opens=dashed < 0))):
            if dashed >= 0 and at - dashed <= _LONGEST_ASIDE:
                spans.append((dashed, at + 1))
                dashed = -1
            else:
                dashed = at
        elif written[0].isdigit():
            dashed = -1
    return tuple(spans)
