"""The stretches of text that were said: edges trimmed, marks told from words."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from detection.quotes import Quote
from records.finding import Mode

Span = tuple[int, int]
_EDGE = " \t\n\r\u00a0\u202f\u200b\u200e\u200f\ufeff"
_MARKS = "“”„«»‹›‘’「」『』＂\"‟'"
_AFTER = ",;:.،؛。，；：、–—―-…" + _MARKS + _EDGE
_BEFORE = ",;:.،؛。，；：、–—―-" + _MARKS + _EDGE


_LONG_QUOTATION = 70
_SHARE = 0.81


def clean_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without blanks, marks and stops at their edges; spans without letters or digits fall away."""
    cleaned: list[Span] = []
    for start, end in spans:
        while start < end and text[start] in _BEFORE:
            start += 1
        while end > start and text[end - 1] in _AFTER:
            end -= 1
        if any(character.isalnum() for character in text[start:end]):
            cleaned.append((start, end))
    return tuple(cleaned)


def _inner_end(quote: Quote) -> int:
    return quote.inner_end


def narrow_to_quotation(text: str, spans: tuple[Span, ...], quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """A long quotation that only a few of the reporter's words lead up to stands for itself."""
    if len(spans) != 1:
        return spans
    start, end = spans[0]
    number = bisect_right(quotes, start, key=_inner_end)
    if number >= len(quotes):
        return spans
    quote = quotes[number]
    if not start < quote.inner_start < end or quote.inner_end < end - 1:
        return spans
    inner = (quote.inner_start, min(end, quote.inner_end))
    letters = _letters(text, *inner)
    if not text[inner[0]].islower() or letters < _LONG_QUOTATION or letters < _SHARE * _letters(text, start, end):
        return spans
    return clean_spans(text, [inner])


def read_mode(text: str, spans: Iterable[Span], quotes: Sequence[Quote], *, names: bool = False) -> Mode:
    """``direct`` when every letter stands between marks, ``indirect`` when none does, else ``mixed``.

    ``names``: names and titles in marks, told by their capitals, do not make unmarked speech mixed.
    """
    spans = tuple(spans)
    mode = _mode(text, spans, quotes)
    if mode == "mixed" and names:
        return _mode(text, spans, [quote for quote in quotes if not _is_name(text, quote)])
    return mode


def _is_name(text: str, quote: Quote) -> bool:
    words = text[quote.inner_start : quote.inner_end].split()
    if not 1 < len(words) <= 6 or not words[0][0].isupper():
        return False
    return all(word[0].isupper() or len(word) < 4 for word in words) and sum(w[0].isupper() for w in words) > 1


def _mode(text: str, spans: Iterable[Span], quotes: Sequence[Quote]) -> Mode:
    inside = outside = 0
    for start, end in spans:
        at = start
        number = bisect_right(quotes, start, key=_inner_end)
        while at < end:
            quote = quotes[number] if number < len(quotes) and quotes[number].inner_start < end else None
            edge = max(at, quote.inner_start) if quote else end
            outside += _letters(text, at, edge)
            if quote is None:
                break
            stop = min(end, quote.inner_end)
            inside += _letters(text, edge, stop)
            at = max(stop, edge, quote.end)
            number += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])
