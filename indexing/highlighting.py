"""Shows where a text matches a query: short stretches as HTML, escaped, the words found between <em> and </em>."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexing.analysis import STEMMED_LANGUAGES, Token, stem, stems, tokenize
from indexing.queries import Phrase, Query, Word, positive_leaves, query_words

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks of private use around a found word, until the text is escaped."""

STRETCH = 180
MOST_STRETCHES = 3


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A row of words to be found next to each other; with ``begins`` the last may go on."""

    words: tuple[Token, ...]
    begins: bool


def escape_marked(text: str) -> str:
    """Return marked text as HTML."""
    return html.escape(text, quote=False).replace(OPEN, "<em>").replace(CLOSE, "</em>")


def highlight(query: Query | None, title: str, body: str, language: str | None) -> tuple[str, ...]:
    """Return the title when it matches, and up to three stretches of the body that match best, in the text's order."""
    patterns = [pattern for leaf in positive_leaves(query) for pattern in _patterns(leaf)]
    found: list[str] = []
    title_spans = [span for _, span in _find(patterns, title, language)]
    if title_spans:
        found.append(_mark(title, 0, len(title), title_spans))
    return tuple(escape_marked(stretch) for stretch in (*found, *_stretches(body, _find(patterns, body, language))))


def _patterns(leaf: Word | Phrase) -> list[_Pattern]:
    words = query_words(leaf)
    if isinstance(leaf, Word) and any(word.paired for word in words):
        return [_Pattern((word,), begins=False) for word in words]
    return [_Pattern(words, isinstance(leaf, Word) and leaf.begins)]


def _find(patterns: Sequence[_Pattern], text: str, language: str | None) -> list[tuple[int, tuple[int, int]]]:
    """Every found span, with the number of its pattern, by place."""
    tokens = list(tokenize(text))
    named = _by_name(tokens, patterns, language)
    found: set[tuple[int, tuple[int, int]]] = set()
    for number, pattern in enumerate(patterns):
        matches = _Matcher(language, pattern.begins)
        for at in _beginnings(pattern, named, tokens, language):
            row = tokens[at : at + len(pattern.words)]
            if len(row) == len(pattern.words) and all(map(matches, row, pattern.words)):
                found.add((number, (row[0].start, row[-1].end)))
    return sorted(found, key=lambda item: item[1])


def _by_name(tokens: Sequence[Token], patterns: Sequence[_Pattern], language: str | None) -> dict[str, list[int]]:
    """The places of each folded word, and of each stem that can matter: a widened query has dozens of patterns."""
    named: dict[str, list[int]] = {}
    firsts = {pattern.words[0].folded[:1] for pattern in patterns if pattern.words}
    for at, token in enumerate(tokens):
        named.setdefault(token.folded, []).append(at)
        # Stemmers take endings away, so that a stem begins as its word does; the Arabic one takes beginnings too.
        likely = language == "ar" or token.folded[:1] in firsts
        if language in STEMMED_LANGUAGES and likely and not token.paired:
            named.setdefault(stem(token.written, language), []).append(at)
    return named


def _beginnings(
    pattern: _Pattern, named: Mapping[str, Sequence[int]], tokens: Sequence[Token], language: str | None
) -> Iterable[int]:
    """Where a pattern's first word may stand."""
    if not pattern.words:
        return ()
    first = pattern.words[0]
    names = {first.folded, *stems(first.written, (language,) if language else ("",))}
    found = {at for name in names for at in named.get(name, ())}
    if pattern.begins or (first.paired and len(first.written) == 1):
        found.update(at for at, token in enumerate(tokens) if token.folded.startswith(first.folded))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class _Matcher:
    language: str | None
    begins: bool

    def __call__(self, token: Token, wanted: Token) -> bool:
        single = wanted.paired and len(wanted.written) == 1
        if token.folded == wanted.folded or ((self.begins or single) and token.folded.startswith(wanted.folded)):
            return True
        if self.language not in STEMMED_LANGUAGES or token.paired or wanted.paired:
            return False
        return stem(token.written, self.language) in stems(wanted.written, (self.language,))


def _stretches(text: str, found: Sequence[tuple[int, tuple[int, int]]]) -> list[str]:
    windows: list[tuple[int, int, int, list[tuple[int, int]]]] = []
    position = 0
    for at, (_, (start, _end)) in enumerate(found):
        if start < position:
            continue
        inside = [item for item in found[at:] if item[1][1] <= start + STRETCH]
        kinds = len({number for number, _ in inside})
        windows.append((kinds, len(inside), start, [span for _, span in inside]))
        position = start + STRETCH
    best = sorted(sorted(windows, key=lambda window: window[:2], reverse=True)[:MOST_STRETCHES], key=lambda w: w[2])
    return [_cut(text, spans) for _, _, _, spans in best if spans]


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    slack = max(0, STRETCH - (spans[-1][1] - spans[0][0])) // 2
    start, end = max(0, spans[0][0] - slack), min(len(text), spans[-1][1] + slack)
    if start > 0:
        space = text.find(" ", start, spans[0][0])
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", spans[-1][1], end)
        end = space if space >= 0 else end
    return _mark(text, start, end, spans)


def _mark(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = start
    for left, right in _merged(spans):
        pieces += [text[at:left], OPEN, text[left:right], CLOSE]
        at = right
    return " ".join("".join([*pieces, text[at:end]]).split())


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged
