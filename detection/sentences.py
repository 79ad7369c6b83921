"""A text, read once: its paragraphs and sentences as offsets, for all kinds of findings to share.

Everything here takes time linear in the length of the text, whatever the text is.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from detection.language import read_language
from detection.lexicon import Lexicon, load_lexicon
from detection.sentence import Sentence
from detection.states import StateMention, find_states
from detection.words import Words, split_words
from records.finding import Document

Span = tuple[int, int]

LONGEST_TEXT = 1_000_000
"""Characters of a text that are read; what lies beyond is left unread, and the examination says so."""

LONGEST_SENTENCE = 3_000
"""Characters; a longer stretch without an end is cut at a blank, so that no rule ever meets a huge sentence."""

_OPENING = "\"'“‘«‹„‚「『《〈（(["
_CLOSING = "\"'”’»›“‘」』》〉）)\\]"
# Begins with one set of signs, so that a search passes over the other characters at once.
_END = re.compile(
    rf"[.!?…؟۔。！？｡](?:(?<=[.!?…؟۔])[.!?…؟۔]{{0,19}}[{_CLOSING}]{{0,4}}(?=\s|$)|(?<=[。！？｡])[。！？｡]{{0,19}}[{_CLOSING}]{{0,4}})"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_ORDINALS = "5."  # stands among a language's abbreviations when its ordinals are written so
_BEFORE_WORDS = '(["“«'
_LONGEST_WORD = 30
_NEXT = re.compile(rf"\s*[{re.escape(_OPENING)}—–\-\s]*(.)", re.DOTALL)


class Reading:
    """One text, ready for the kinds: every offset counts characters of ``text``, which is the document's.

    Never changed. ``language`` is the one it is read in, None when it is none of ours (``lexicon`` is then empty).
    ``sentences`` and ``paragraphs`` are offset pairs in order, blanks at the edges cut off; a sentence
    keeps its closing marks and never crosses a paragraph. ``published`` is the day by which dates are resolved.
    """

    def __init__(
        self,
        document: Document,
        text: str,
        language: str | None,
        paragraphs: tuple[Span, ...],
        sentences: tuple[Span, ...],
    ) -> None:
        self.document = document
        self.text = text
        self.title = document.title
        self.language = language
        self.lexicon: Lexicon = load_lexicon(language)
        self.paragraphs = paragraphs
        self.sentences = sentences
        self.published = document.published_at.date() if document.published_at else None
        self._sentence_starts = [start for start, _ in sentences]
        self._paragraph_starts = [start for start, _ in paragraphs]
        # Read when first asked for, and kept.
        self._words: Words | None = None
        self._lowered: str | None = None
        self._lowered_sentences: list[str] | None = None
        self._states: tuple[StateMention, ...] | None = None
        self._state_starts: list[int] = []
        self._read: dict[int, Sentence] = {}

    @property
    def words(self) -> Words:
        """The words and signs of the whole text, cut once."""
        if self._words is None:
            self._words = split_words(self.text, 0, len(self.text))
        return self._words

    def words_between(self, start: int, end: int) -> Words:
        """The words and signs that begin inside an offset pair, out of those of the whole text."""
        first = bisect_left(self.words.starts, start)
        last = bisect_left(self.words.starts, end, first)
        return self.words.between(first, last)

    @property
    def lowered(self) -> str:
        """The text in lower case; its offsets are not always those of the text."""
        if self._lowered is None:
            self._lowered = self.text.lower()
        return self._lowered

    @property
    def lowered_sentences(self) -> list[str]:
        """Each sentence in lower case."""
        if self._lowered_sentences is None:
            lowered = self.lowered
            if len(lowered) == len(self.text):
                self._lowered_sentences = [lowered[start:end] for start, end in self.sentences]
            else:
                self._lowered_sentences = [self.text[start:end].lower() for start, end in self.sentences]
        return self._lowered_sentences

    def sentences_with(self, pieces: Sequence[str]) -> list[int]:
        """The places of the sentences that hold one of some pieces of words, which are in lower case."""
        if not pieces:
            return []
        if len(pieces) == 1:
            piece = pieces[0]
            return [number for number, lowered in enumerate(self.lowered_sentences) if piece in lowered]
        return [
            number for number, lowered in enumerate(self.lowered_sentences) if any(piece in lowered for piece in pieces)
        ]

    def sentence(self, number: int) -> Sentence:
        """The sentence at a place in ``sentences``, read once for all who ask."""
        known = self._read.get(number)
        if known is None:
            span = self.sentences[number]
            words, states = self.words_between(*span), self.states_between(*span)
            known = Sentence(number, span, words, states, self.language, self.published)
            self._read[number] = known
        return known

    @property
    def states(self) -> tuple[StateMention, ...]:
        """The states, and the bodies that speak as one, that the text names, in order."""
        if self._states is None:
            self._states = find_states(self.text, self.language, self.words)
            self._state_starts = [mention.start for mention in self._states]
        return self._states

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds ``offset``, or the last one that begins before it."""
        return self.sentences[self.sentence_number(offset)]

    def sentence_number(self, offset: int) -> int:
        """The place in ``sentences`` of the sentence that holds ``offset``."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph_at(self, offset: int) -> Span:
        """The paragraph that holds ``offset``, or the last one that begins before it."""
        return self.paragraphs[max(0, bisect_right(self._paragraph_starts, offset) - 1)]

    def states_between(self, start: int, end: int) -> tuple[StateMention, ...]:
        """The mentions of states that lie wholly inside an offset pair."""
        states = self.states
        first = bisect_left(self._state_starts, start)
        last = bisect_left(self._state_starts, end, first)
        while last > first and states[last - 1].end > end:
            last -= 1
        return states[first:last]


def read(document: Document) -> Reading:
    """Reads a document: tells its language, and cuts it into paragraphs and sentences."""
    text = document.text[:LONGEST_TEXT]
    language = read_language(text, document.title, document.language)
    paragraphs = tuple(split_paragraphs(text))
    sentences = tuple(sentence for span in paragraphs for sentence in split_sentences(text, span, language))
    return Reading(document, text, language, paragraphs, sentences)


def split_paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a text: its lines, blanks at the edges cut off, hard-wrapped lines joined."""
    open_start, open_end = -1, -1
    for line in _LINE.finditer(text):
        start, end = _trim(text, line.start(), line.end())
        if start >= end:
            continue
        if open_start >= 0 and _continues(text, open_end, start):
            open_end = end
            continue
        if open_start >= 0:
            yield open_start, open_end
        open_start, open_end = start, end
    if open_start >= 0:
        yield open_start, open_end


def split_sentences(text: str, paragraph: Span, language: str | None) -> Iterator[Span]:
    """The sentences of one paragraph, in order, covering all of it but blanks."""
    abbreviations = _abbreviations(language)
    start, end = paragraph
    for match in _END.finditer(text, start, end):
        if not _ends_sentence(text, match, end, abbreviations):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, end)


@cache
def _abbreviations(language: str | None) -> frozenset[str]:
    section = load_lexicon(language).get("sentences", {})
    ordinals = [_ORDINALS] if section.get("ordinals_end_in_stop") else []
    return frozenset([word.casefold() for word in section.get("abbreviations", ())] + ordinals)


def _ends_sentence(text: str, match: re.Match[str], limit: int, abbreviations: frozenset[str]) -> bool:
    mark = text[match.start()]
    if mark in "。！？｡؟۔":
        return True
    following = _NEXT.match(text, match.end(), limit)
    if following is None:
        return True
    if following[1].islower():
        return False
    if mark != "." or match.end() - match.start() > 1:
        return True
    word = _last_word(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
    return not word or not _is_abbreviation(word, following[1], abbreviations)


def _last_word(text: str) -> str:
    """The word a stretch ends with; empty when it ends with none."""
    text = text.removesuffix("\n")
    if not text or text[-1].isspace():
        return ""
    word = text.split()[-1]
    for sign in _BEFORE_WORDS:
        word = word.rpartition(sign)[2]
    return word


def _is_abbreviation(word: str, following: str, abbreviations: frozenset[str]) -> bool:
    if word.casefold() in abbreviations:
        return True
    if word.isdecimal():
        return len(word) <= 2 and _ORDINALS in abbreviations
    # An initial ("A. Krutskikh", "Дж. Байден" is listed) or letters with inner stops ("U.S", "н.э").
    if len(word) == 1:
        return word.isalpha() and word.isupper() and following.isupper()
    return "." in word and len(word.rsplit(".", 1)[-1]) == 1 and word[-1].isalpha() and not following.isupper()


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = _trim(text, start, end)
    while end - start > LONGEST_SENTENCE:
        blank = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        middle = blank if blank > 0 else start + LONGEST_SENTENCE
        yield _trim(text, start, middle)
        start, end = _trim(text, middle, end)
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(text: str, end: int, start: int) -> bool:
    """Whether a line that begins at ``start`` goes on with the one that ended at ``end``: a hard wrap."""
    between = text[end:start]
    return len(between) < 8 and between.count("\n") == 1 and text[start].islower() and text[end - 1] not in ".!?:;"
