"""The query language, the same for every index: words, phrases, ``field:value``, ``+ - |``, parentheses, ``begin*``.

Whatever is typed has a reading: a quote that is not closed runs to the end, a stray parenthesis is skipped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexing.analysis import Token, tokenize
from indexing.filters import FILTER_WORDS, Filter, Label, Published, read_filter

_OPENING = '"“«„「'
_DEPTH = 20
_CLOSING = '"”»“」'
_PARTS = re.compile(
    rf"(?P<field>title|{'|'.join(FILTER_WORDS)}):(?=[^\s|()])|(?P<quote>[{_OPENING}])|(?P<open>\()|(?P<close>\))|(?P<either>\|)|(?P<sign>[+-])(?=[^\s+\-|)])"
    rf"|(?P<word>[^\s|()\"“«„「]+)|(?P<space>\s+)",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"[^\s|(){_OPENING}]*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; ``begins``: any word that begins so; ``in_title``: nowhere else than in the title."""

    text: str
    begins: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand next to each other, in this order; ``in_title`` as of a word."""

    text: str
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """Whatever does not match this."""

    part: "Query"


Query = Word | Phrase | Filter | Every | Either | Without


def parse_query(text: str) -> Query | None:
    """Return what the query asks for; None when it asks for nothing in particular."""
    return _Reader(text).read_either(closing=False)


def query_words(leaf: Word | Phrase) -> tuple[Token, ...]:
    """Return the words of a leaf as they stand in a text, without the last lone character of a paired stretch."""
    tokens = tuple(tokenize(leaf.text))
    return tuple(token for token in tokens if not token.paired or len(token.written) > 1) or tokens


def pair_choices(words: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Return what a stretch in paired script asks for: for each of its characters, one of the pairs that hold it.

    So 联合国公约 finds 联合国通过公约 although 国公 stands nowhere: where words end, nobody says.
    """
    choices = [words[:1], *((left, right) for left, right in pairwise(words)), words[-1:]]
    return tuple(dict.fromkeys(tuple(choice) for choice in choices))


def findable(query: Query | None) -> Query | None:
    """Return the query without the parts that hold no word at all, such as a lone "&"; None when nothing is left."""
    if isinstance(query, Word | Phrase):
        return query if query_words(query) else None
    if isinstance(query, Label | Published):
        return query
    if isinstance(query, Without):
        part = findable(query.part)
        return Without(part) if part is not None else None
    if isinstance(query, Every | Either):
        parts = tuple(part for part in map(findable, query.parts) if part is not None)
        return type(query)(parts) if len(parts) > 1 else (parts[0] if parts else None)
    return None


def positive_leaves(query: Query | None) -> tuple[Word | Phrase, ...]:
    """The words and phrases that a match contains: what is to be highlighted."""
    if query is None or isinstance(query, Without | Label | Published):
        return ()
    if isinstance(query, Every | Either):
        return tuple(leaf for part in query.parts for leaf in positive_leaves(part))
    return (query,)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def read_either(self, *, closing: bool) -> Query | None:
        choices: list[Query | None] = [self._read_every(closing)]
        while self._take("|"):
            choices.append(self._read_every(closing))
        if closing:
            self._take(")")
        kept = tuple(choice for choice in choices if choice is not None)
        return Either(kept) if len(kept) > 1 else (kept[0] if kept else None)

    def _read_every(self, closing: bool) -> Query | None:
        parts: list[Query] = []
        while (found := _PARTS.match(self.text, self.at)) and not found["either"]:
            if found["close"] and closing:
                break
            self.at = found.end()
            part = self._read_part(found)
            if part is not None:
                parts.append(part)
        return Every(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)

    def _read_part(self, found: re.Match[str]) -> Query | None:
        if found["field"]:
            return self._read_filter(found["field"])
        if found["quote"]:
            return self._read_phrase(found["quote"])
        if found["open"]:
            return self._read_group()
        if found["sign"]:
            following = _PARTS.match(self.text, self.at)
            if following is None:
                return None
            self.at = following.end()
            part = self._read_part(following)
            return Without(part) if part is not None and found["sign"] == "-" else part
        if found["word"]:
            return self._read_word(found["word"])
        return None

    def _read_filter(self, word: str) -> Query | None:
        """A filter, or a word or phrase of the title; a value that means none (``before:noon``) leaves a word."""
        quoted = self.text[self.at] in _OPENING
        if quoted:
            self.at += 1
            phrase = self._read_phrase(self.text[self.at - 1])
            value = phrase.text if phrase else ""
        else:
            value = _VALUE.match(self.text, self.at)[0]  # type: ignore[index]
            self.at += len(value)
        if word.lower() == "title":
            return Phrase(value, in_title=True) if quoted else self._read_word(value, in_title=True)
        return read_filter(word.lower(), value, quoted=quoted) or Word(f"{word}:{value}")

    def _read_word(self, text: str, *, in_title: bool = False) -> Query | None:
        stem = text.rstrip("*")
        return Word(stem, begins=text != stem, in_title=in_title) if stem.strip("*+-") else None

    def _read_group(self) -> Query | None:
        if self.depth == _DEPTH:  # deeper than anybody means: read on as if there were no parenthesis
            return None
        self.depth += 1
        try:
            return self.read_either(closing=True)
        finally:
            self.depth -= 1

    def _read_phrase(self, quote: str) -> Phrase | None:
        ends = {'"', _CLOSING[_OPENING.index(quote)]}
        end = next((at for at in range(self.at, len(self.text)) if self.text[at] in ends), len(self.text))
        content = self.text[self.at : end].strip()
        self.at = end + 1
        return Phrase(content) if content else None

    def _take(self, character: str) -> bool:
        if self.text.startswith(character, self.at):
            self.at += 1
            return True
        return False
