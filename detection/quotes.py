"""Quotation marks: which stretches of a text stand between marks, in any of the languages we read.

One pass, linear in the length of the text, whatever the marks do. Marks never match across
paragraphs, except that a speech of several paragraphs opens each one and closes only the last.
"""

import re
from dataclasses import dataclass

_CLOSERS = {
    "“": "”",
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "「": "」",
    "『": "』",
    "＂": "＂",
    '"': '"',
    "”": "”",
    "‟": "”",
}
_MARK = re.compile("[“”„«»‹›‘’「」『』＂\"‟\n]|''|``")
_NESTS = frozenset("“„«‹‘「『")
_EITHER = frozenset('"＂”»')


@dataclass(slots=True)
class Quote:
    """One outermost quotation: the marks are at ``start`` and ``end - 1`` (``end`` when it is not ``closed``).

    ``inner_start`` and ``inner_end`` leave out the marks. Not ``closed``: the paragraph ended first, and
    the next paragraph goes on with an opening mark.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Every outermost quotation of the text, in order; apostrophes and stray marks are none."""
    found: list[Quote] = []
    opened: list[int] = []
    pairs: list[Quote] = []
    for match in _MARK.finditer(text):
        at = match.start()
        if text[at] == "\n":
            if opened:
                _carry_over(text, opened, pairs, at)
                opened.clear()
            if pairs:
                found.extend(_outermost(pairs))
                pairs.clear()
        elif opened and _closes(text, opened, at):
            start = opened.pop()
            pairs.append(Quote(start, match.end(), start + _length(text, start), at))
        elif _opens(text, at, opened):
            opened.append(at)
    found.extend(_outermost(pairs))
    return tuple(found)


def _carry_over(text: str, opened: list[int], pairs: list[Quote], at: int) -> None:
    """A speech of several paragraphs: the first mark is open, and the next paragraph begins with the same."""
    following = text[at : at + 40].lstrip()
    if following and following[0] == text[opened[0]]:
        pairs.append(Quote(opened[0], at, opened[0] + 1, at, closed=False))


def _mark(text: str, at: int) -> str:
    """The mark at an offset; two apostrophes or grave accents stand for a straight mark."""
    return '"' if text[at] in "'`" else text[at]


def _length(text: str, at: int) -> int:
    return 2 if text[at] in "'`" else 1


def _closes(text: str, opened: list[int], at: int) -> bool:
    mark = _mark(text, at)
    if mark == "’" and at + 1 < len(text) and text[at + 1].isalnum():
        return False
    if mark not in _CLOSERS[_mark(text, opened[-1])]:
        # an inner mark that was never closed must not hide the outer one
        if len(opened) > 1 and mark in _CLOSERS[_mark(text, opened[-2])] and mark != '"':
            opened.pop()
            return True
        return False
    return not (mark == "“" and _looks_opening(text, at) and not _looks_closing(text, at))


def _opens(text: str, at: int, opened: list[int]) -> bool:
    mark = _mark(text, at)
    if mark in _NESTS:
        return not (mark == "‘" and at > 0 and text[at - 1].isalnum())
    if mark in _EITHER:
        return not opened and (_looks_opening(text, at) or (mark == '"' and not _looks_closing(text, at)))
    return mark == "‟"


def _looks_opening(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + _length(text, at) : at + _length(text, at) + 1] or " "
    spaced = before.isspace() or before in "([{—–-:：，。、/" or "\u2e80" < before < "\ufb00"
    return spaced and not after.isspace() and after not in ".,;:)!?"


def _looks_closing(text: str, at: int) -> bool:
    after = text[at + _length(text, at) : at + _length(text, at) + 1] or " "
    return after.isspace() or not after.isalnum()


def _outermost(pairs: list[Quote]) -> list[Quote]:
    """The pairs that lie in no other pair; a straight mark between letters alone is no quotation."""
    outer: list[Quote] = []
    for pair in sorted(pairs, key=lambda quote: (quote.start, -quote.end)):
        if pair.inner_end > pair.inner_start and (not outer or pair.start >= outer[-1].end):
            outer.append(pair)
    return outer
