"""Tokens of one unit: words with what they can be, marks, quotations as single tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import Token, Words

Span = tuple[int, int]

_MARKS = "\u0300-\u036f\u064b-\u0652\u0670\u0640"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]{{1,2}}\.){{2,}}|[^\W_][\w{_MARKS}]*(?:(?:[-’'.‑&/](?=[^\W_])|-(?=\s\w))[\w{_MARKS}]*)*"
    r"|\.{3}|…|[–—―]|\s-\s|[,;:!?.،؛؟()\[\]]|\S"
)
_CUT = re.compile(f"({_TOKEN.pattern})")
_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640]")
_MOST_KNOWN = 50_000
_KINDS = {",": ",", "،": ",", ";": ";", "؛": ";", ":": ":", "–": "-", "—": "-", "―": "-", ".": ".", "!": ".", "?": "."}
_KINDS |= {"؟": ".", "…": "x", "...": "x", "(": "(", "[": "(", ")": ")", "]": ")"}
_JOINED_NAME = re.compile(r"[ae][a-z]{1,2}-[A-ZÀ-Þ]")
_DASHED = re.compile(r"[,.!?…]\s[—–-]\s(\w+)")
_INVERTED = re.compile(r",\s(?:[\w’']{1,20}-(?:t-)?(?:ils?|elles?|on)\b(?:\s\w{1,20})?),\s")
_DASHED_END = re.compile(r"[,.]\s[—–-]\s")


@dataclass(slots=True)
class Unit:
    """The tokens of one unit, as parallel lists.

    ``kinds``: w word, q quotation, p aside in brackets, one of ``, ; : - .`` for marks, x anything else.
    ``words`` are lower-case; ``marks`` are the flags of statement_lexicon; ``inner`` are the offsets of the
    speaker inside a phrase. All offsets count characters of the text.
    """

    text: str
    start: int
    end: int
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    inner: dict[int, Span] = field(default_factory=dict)
    paragraph: int = 0

    def __len__(self) -> int:
        return len(self.kinds)

    def add(self, kind: str, start: int, end: int, word: str, marks: int) -> None:
        """Appends one token."""
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)
        self.marks.append(marks)

    def extend(
        self,
        kinds: Sequence[str],
        starts: Sequence[int],
        ends: Sequence[int],
        words: Sequence[str],
        marks: Sequence[int],
    ) -> None:
        """Appends a run of tokens."""
        self.kinds += kinds
        self.starts += starts
        self.ends += ends
        self.words += words
        self.marks += marks

    def join(self, first: int, last: int, marks: int) -> None:
        """Makes one word of the tokens from ``first`` to before ``last``."""
        self.kinds[first:last] = ["w"]
        self.starts[first:last] = [self.starts[first]]
        self.ends[first:last] = [self.ends[last - 1]]
        self.words[first:last] = [" ".join(self.words[first:last])]
        self.marks[first:last] = [marks]

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter, or with a small article joined to one: "al-Jaafari"."""
        if not (0 <= at < len(self.kinds) and self.kinds[at] == "w"):
            return False
        start = self.starts[at]
        first = self.text[start]
        if first.isupper():
            return True
        return first in "ae" and "-" in self.words[at] and _JOINED_NAME.match(self.text, start) is not None

    def kind(self, at: int) -> str:
        """The kind of a token; ``^`` before the first one, ``$`` after the last."""
        if at < 0:
            return "^"
        return self.kinds[at] if at < len(self.kinds) else "$"

    def mark(self, at: int) -> int:
        """The flags of a token; 0 outside the unit."""
        return self.marks[at] if 0 <= at < len(self.marks) else 0

    def slice(self, first: int, last: int) -> str:
        """The text from token ``first`` to before token ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


def add_quotation(unit: Unit, words: Words, start: int, end: int) -> None:
    """A quotation; where its own marks enclose an attribution (``, — said X. —``, ``, dit-il,``) it is two."""
    inside = _find_inside(unit.text, words, start, end)
    if inside is None:
        unit.add("q", start, end, "", 0)
        return
    first, last, resumed = inside
    unit.add("q", start, first, "", 0)
    tokenise(unit, words, first, last)
    if resumed < end:
        unit.add("q", resumed, end, "", 0)


def _find_inside(text: str, words: Words, start: int, end: int) -> tuple[int, int, int] | None:
    """Where an attribution inside marks begins and ends, and where speech is resumed; None when there is none."""
    if words.setting("dash_in_quotes") and (found := _DASHED.search(text, start, end)):
        if not words.flags.get(found[1].casefold(), 0) & lex.CUE:
            return None
        resumed = _DASHED_END.search(text, found.end(), end)
        return found.start() + 1, resumed.start() if resumed else end - 1, resumed.end() if resumed else end
    if words.setting("inversion") and (found := _INVERTED.search(text, start, end)):
        return found.start(), found.end() - 1, found.end()
    return None


def tokenise(unit: Unit, words: Words, start: int, end: int) -> None:
    """Appends the tokens of a stretch without quotations to a unit."""
    if start >= end:
        return
    # Cut by splitting, and entered in runs of whole words: several times faster than token by token.
    pieces = _CUT.split(unit.text[start:end])
    offsets = tuple(accumulate(map(len, pieces), initial=start))
    written, starts, ends = pieces[1::2], offsets[1:-1:2], offsets[2::2]
    if not written:
        return
    known = words.known
    kinds, forms, flags, special = zip(*[known.get(form) or _read_token(form, words) for form in written], strict=True)
    first = 0
    for at in [at for at, is_special in enumerate(special) if is_special] if True in special else ():
        unit.extend(kinds[first:at], starts[first:at], ends[first:at], forms[first:at], flags[first:at])
        _add_special(unit, words, written[at], starts[at], ends[at])
        first = at + 1
    unit.extend(kinds[first:], starts[first:], ends[first:], forms[first:], flags[first:])


def _read_token(form: str, words: Words) -> Token:
    """What a token is. Tokens come again: they are remembered."""
    if len(words.known) >= _MOST_KNOWN:
        words.known.clear()
    kind = _KINDS.get(form)
    if kind is not None:
        token = Token(kind, form, 0, special=kind == ".")
    elif not form[0].isalnum():
        blank = form[0].isspace()
        token = Token("-" if blank else "x", form.strip(), 0, special=blank)
    else:
        parts = _read_word(form, words)
        token = Token("w", parts[0][2], parts[0][3], special=len(parts) > 1 or parts[0][:2] != (0, len(form)))
    words.known[form] = token
    return token


def _add_special(unit: Unit, words: Words, form: str, start: int, end: int) -> None:
    """Appends a token that is several words, has blanks around it, or may belong to the word before it."""
    if form[0].isalnum():
        for part_start, part_end, word, marks in _read_word(form, words):
            unit.add("w", start + part_start, start + part_end, word, marks)
    elif form[0].isspace():
        unit.add("-", start + 1, end - 1, form.strip(), 0)
    elif _abbreviates(unit, start):
        unit.ends[-1] = end
    else:
        unit.add(".", start, end, form, 0)


def _read_word(form: str, words: Words) -> list[tuple[int, int, str, int]]:
    """The parts of a word as written: offsets in it, as compared, flags."""
    parts: list[tuple[int, int, str, int]] = []
    for start, end in _parts(form, 0, len(form), words):
        word = _VOWELS.sub("", form[start:end].casefold().replace("’", "'"))
        parts.append((start, end, word, words.flags.get(word, 0) or _ending_flags(word, words)))
    return parts


def _abbreviates(unit: Unit, at: int) -> bool:
    """Whether the stop at ``at`` belongs to the title or initial before it."""
    if not len(unit) or unit.ends[-1] != at or unit.kinds[-1] != "w" or _form_length(unit) > 5:
        return False
    if unit.text[at + 1 : at + 2] in (",", "،", "’s", "'s"):
        return True
    return bool(unit.marks[-1] & lex.TITLE) or (_form_length(unit) == 1 and unit.text[at - 1].isupper())


def _form_length(unit: Unit) -> int:
    """The number of characters of the last token."""
    return unit.ends[-1] - unit.starts[-1]


def _ending_flags(word: str, words: Words) -> int:
    return lex.ROLE if words.role_endings and word.endswith(words.role_endings) else 0


def _parts(form: str, start: int, end: int, words: Words) -> Iterator[Span]:
    """A word's parts: "l'Irlande" and "a-t-il" hold two words each, "Russia's" a word and an ending."""
    elisions, inversion = words.settings.get("elisions", ()), words.setting("inversion")
    cut = start
    for mark in ("'", "’"):
        at = form.find(mark)
        if at > 0 and form[:at].casefold() in elisions:
            cut = start + at + 1
            yield start, cut
            break
        if at > 0 and form[at + 1 :] in ("s", "S") and not elisions:
            yield start, start + at
            yield start + at, end
            return
    if inversion and (found := re.search(r"-(?:t-)?(?:ils?|elles?|on|je|nous)$", form)):
        middle = start + found.start()
        yield cut, middle
        yield end - len(found[0].rsplit("-", 1)[1]), end
    else:
        yield cut, end
