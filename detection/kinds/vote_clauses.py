"""One sentence as the vote rules see it: words, marks of voting, and the numbers that may be votes."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from detection.calendar import DateMention
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number
from detection.phrases import Mark, Words, split_words
from detection.sentences import Reading
from detection.states import StateMention

MOST_VOTES = 193
"""Members of the United Nations: no tally holds a greater number."""

_DASHES = frozenset("-–—‑−‐")
_OPEN, _CLOSE = frozenset("(（["), frozenset(")）]")
QUOTES = frozenset("\"'“”„«»‘’‹›「」『』`:：")
_SEPARATORS = {",": 3.0, "，": 3.0, "،": 3.0, "、": 3.0, ";": 5.0, "；": 5.0, "؛": 5.0, ":": 1.0, ".": 9.0, "。": 9.0}


_LABELS = ("for", "against", "abstain", "for_weak", "against_weak")
_DECIDING = ("adopt", "adopted", "reject", "rejected", "recorded")
_CASTING = (*_LABELS, "unit", "unit_one", "ballot")


@dataclass(frozen=True, eq=False)
class Clause:
    """A sentence, cut into words once; ``number`` is its place among the sentences of the reading."""

    number: int
    start: int
    end: int
    words: Words
    marks: tuple[Mark, ...]
    states: tuple[StateMention, ...]
    vote_words: VoteWords
    published: date | None

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates that the sentence names."""
        return tuple(self.vote_words.calendar.find(self.words, self.published))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that may count votes."""
        return _eligible(self.vote_words, self.words, self.marks, self.dates) if self.has(*_CASTING, *_DECIDING) else ()

    @cached_property
    def is_rule(self) -> bool:
        """Whether the sentence tells how many votes are needed."""
        marks = self.of("threshold", "threshold_after")
        if not marks:
            return False
        numbers = self.vote_words.numbers.find(self.words)
        return any(
            any(mark.last <= number.first <= mark.last + 2 for number in numbers)
            if mark.kind == "threshold"
            else any(mark.first - 3 <= number.last <= mark.first for number in numbers)
            for mark in marks
        )

    @cached_property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """The bracketed stretches of words."""
        return _bracket_spans(self.words)

    @cached_property
    def state_places(self) -> Mapping[int, int]:
        """Start of a mention of a state -> the word at which it begins."""
        return {mention.start: bisect_left(self.words.starts, mention.start) for mention in self.states}

    def of(self, *kinds: str) -> list[Mark]:
        """The marks of some classes, in order."""
        return [mark for mark in self.marks if mark.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether a mark of one of the classes is there."""
        return any(mark.kind in kinds for mark in self.marks)

    def under(self, prefix: str) -> list[Mark]:
        """The marks whose class begins with ``prefix:``."""
        return [mark for mark in self.marks if mark.kind.startswith(prefix)]

    def bracketed(self, at: int) -> bool:
        """Whether a word stands inside brackets."""
        return any(first <= at < last for first, last in self.brackets)

    def first_state_word(self, mention: StateMention) -> int:
        """The place of the word at which a mention of a state begins."""
        return self.state_places[mention.start]


class Clauses:
    """The sentences of a text, each read when first asked for; ``voting`` are those that may tell of a vote."""

    def __init__(self, reading: Reading, vote_words: VoteWords) -> None:
        self._reading = reading
        self._vote_words = vote_words
        self._read: dict[int, Clause] = {}

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

    @cached_property
    def voting(self) -> list[Clause]:
        """The sentences that hold a word of voting, with the one before and the two after each, in order."""
        text, gate = self._reading.text, self._vote_words.gate
        wanted: set[int] = set()
        for number, (start, end) in enumerate(self._reading.sentences):
            lowered = text[start:end].lower()
            if any(piece in lowered for piece in gate):
                wanted.update(range(max(0, number - 1), min(number + 3, len(self))))
        return [self[number] for number in sorted(wanted)]


def read_clause(reading: Reading, number: int, vote_words: VoteWords) -> Clause:
    """Reads one sentence of a text for votes."""
    start, end = reading.sentences[number]
    words = reading.words_between(start, end)
    states = reading.states_between(start, end)
    marks = tuple(mark for mark in vote_words.phrases.find(words) if not _in_name(mark, words, states))
    published = reading.document.published_at
    return Clause(number, start, end, words, marks, states, vote_words, published.date() if published else None)


def _in_name(mark: Mark, words: Words, states: tuple[StateMention, ...]) -> bool:
    """Whether a word of counting is part of a name ("States" in "United States")."""
    if mark.kind not in ("unit", "unit_one", "unlike", "un"):
        return False
    start, end = words.starts[mark.first], words.ends[mark.last - 1]
    return any(mention.start <= start and end <= mention.end for mention in states)


def read_title(title: str, vote_words: VoteWords, published: date | None) -> Clause:
    """Reads a title the same way; its offsets are those of the title."""
    words = split_words(title, 0, len(title))
    return Clause(-1, 0, 0, words, tuple(vote_words.phrases.find(words)), (), vote_words, published)


def _eligible(
    vote_words: VoteWords, words: Words, marks: tuple[Mark, ...], dates: tuple[DateMention, ...]
) -> tuple[Number, ...]:
    """The numbers that may count votes: not those of dates, symbols, sessions, money, thresholds and the like."""
    taken = {at for mark in marks if mark.kind != "not" for at in range(mark.first, mark.last)}
    taken |= {at for mention in dates if mention.day or mention.year or mention.month for at in range(mention.first, mention.last)}
    after = {mark.first: mark for mark in marks}
    before = {mark.last: mark for mark in marks}
    found: list[Number] = []
    for number in vote_words.numbers.find(words):
        if (number.first in taken and not number.counted) or number.value > MOST_VOTES:
            continue
        if number.value == MOST_VOTES and not _beside_label(number, after):
            continue
        if _is_other(number, words, after, before) or _is_share(number, words, found, after):
            continue
        if number.spelled and not number.counted and not _near_votes(number, words, after, before, vote_words):
            continue
        found.append(number)
    return tuple(found)


def _beside_label(number: Number, after: dict[int, Mark]) -> bool:
    """Whether a label or a word for votes follows at once: "193 members" is the membership, "193 votes" are votes."""
    follower = after.get(number.last)
    if follower is not None and follower.kind == "ballot":
        return True
    return any(at in after and after[at].kind in _LABELS for at in range(number.last, number.last + 3))


def _is_other(number: Number, words: Words, after: dict[int, Mark], before: dict[int, Mark]) -> bool:
    """Numbers of other things: "193-member", "81st", "L.24", "23 million", "at least nine", "article 5"."""
    first, last = number.first, number.last
    follower, leader = after.get(last), before.get(first)
    if follower is not None and follower.kind == "unlike":
        return True
    if leader is not None and leader.kind in ("unlike_before", "threshold"):
        return True
    if follower is not None and follower.kind.startswith("object:"):
        return True
    if leader is not None and leader.kind.startswith("object:") and (follower is None or follower.kind not in _CASTING):
        return True
    if last < len(words) and words.starts[last] == words.ends[last - 1]:
        sign = words.written[last]
        if sign in "/%‰°" or (sign[0].isalpha() and sign.isascii() and not number.spelled):
            return True
        if sign in _DASHES and last + 1 < len(words) and words.starts[last + 1] == words.ends[last]:
            tied = words.written[last + 1]
            return tied[0].isalpha() and not (after.get(last + 1) and after[last + 1].kind == "opposed")
    if first and words.ends[first - 1] == words.starts[first]:
        sign = words.written[first - 1]
        return sign in "/№$€£#" or (sign == "." and first > 1 and words.written[first - 2].isalnum())
    return False


_MEMBERSHIPS = frozenset((15, 47, 53, 54, 55, 93, 192, 193))


def _is_share(number: Number, words: Words, found: list[Number], after: dict[int, Mark]) -> bool:
    """The M of "N of M" and "N of the M": the membership of a body, or after a word that says so."""
    if not found or number.value < found[-1].value:
        return False
    last = found[-1].last
    between = after.get(last)
    if between is not None and between.kind == "share" and number.first - between.last <= 1:
        return True
    apart = [word for word in words.written[last : number.first] if word[0].isalpha()]
    joined = len(apart) == number.first - last and 1 <= len(apart) <= 2
    other = any(at in after and after[at].kind in (*_CASTING, "opposed", "while") for at in range(last, number.first))
    return joined and not other and number.value in _MEMBERSHIPS


def _near_votes(
    number: Number, words: Words, after: dict[int, Mark], before: dict[int, Mark], vote_words: VoteWords
) -> bool:
    """Whether a number word stands beside a noun or label of voting; a word alone is too common to count."""
    reach = 2 if not (number.weak or number.none) else 1
    close = _CASTING if number.weak else (*_CASTING, "opposed", "other", "share")
    at, steps = number.last, 0
    while at < len(words) and steps <= reach:
        if at in after and after[at].kind in close:
            return True
        if _SEPARATORS.get(words.written[at], 0.0) > 1.0:
            break
        steps += words.written[at] not in QUOTES and words.forms[at][0] not in vote_words.articles
        at += 1
    at, steps = number.first, 0
    reach = 2 if number.none else reach
    while at > 0 and steps <= reach:
        if at in before and before[at].kind in (*_LABELS, "opposed"):
            return True
        if steps == reach or _SEPARATORS.get(words.written[at - 1], 0.0) > 1.0:
            break
        steps += words.written[at - 1] not in QUOTES and words.written[at - 1] not in _DASHES
        at -= 1
    return False


def _bracket_spans(words: Words) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    opened = -1
    for at, written in enumerate(words.written):
        if written in _OPEN and opened < 0:
            opened = at
        elif written in _CLOSE and opened >= 0:
            spans.append((opened, at + 1))
            opened = -1
    return tuple(spans)


def is_dash(word: str) -> bool:
    """Whether a sign is a hyphen or a dash."""
    return word in _DASHES


def separation(word: str) -> float:
    """How strongly a sign parts what stands left and right of it."""
    return _SEPARATORS.get(word, 0.0)

