"""Subjects in scripts without blanks: who stands before a verb of saying, title and name told apart."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from detection.alternation import alternation
from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import Words, load_words
from detection.sentences import Reading

Span = tuple[int, int]
SubjectKind = Literal["person", "role", "body", "state", "group", "pronoun", "document", "none"]
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ÿ.'’-]+(?: [A-Z][A-Za-zÀ-ÿ.'’-]+){0,4}")
_NOT_IN_NAMES = re.compile(r"[\s，、的了是和与在对为有将被把不《》（）\d]")
_DEMONSTRATIVE = re.compile(r"[这那该這该本某]|上述|有关|相关")


@dataclass(slots=True)
class Subject:
    """A subject: the shortest mention's offsets, its kind (``none``: dropped), its role, its whole phrase.

    ``about`` is what a "towards X" before the verb holds; ``denied``: a negation or a future stands there.
    """

    start: int
    end: int
    kind: SubjectKind
    phrase: Span
    role: Span | None = None
    nouns: int = 0
    about: Span | None = None
    denied: bool = False


@dataclass(frozen=True)
class _Grammar:
    adverbs: re.Pattern[str]
    before: re.Pattern[str]
    openers: re.Pattern[str]
    nouns: re.Pattern[str]
    flags: dict[str, int]
    denials: tuple[str, ...]
    surnames: frozenset[str]
    sounds: frozenset[str]


def read_subject(reading: Reading, words: Words, skeleton: str, start: int, end: int) -> Subject | None:
    """The subject between ``start`` and ``end``; None when the words there are no speaker."""
    grammar = _grammar(words.language)
    start, end, about, denied = _strip(skeleton, start, end, grammar)
    if start >= end:
        return Subject(start, end, "none", (start, end), about=about, denied=denied)
    subject = _classify(reading, words, skeleton[start:end], start, grammar)
    if subject is None:
        return None
    return Subject(
        subject.start, subject.end, subject.kind, (start, end), subject.role, subject.nouns, about=about, denied=denied
    )


def _strip(skeleton: str, start: int, end: int, grammar: _Grammar) -> tuple[int, int, Span | None, bool]:
    about: Span | None = None
    denied = False
    while start < end and (match := grammar.openers.match(skeleton, start, end)) and match.end() > start:
        start = match.end()
    while start < end:
        piece = skeleton[start:end]
        if any(match.end() == len(piece) for match in grammar.nouns.finditer(piece)):
            break
        if ending := next((word for word in grammar.denials if piece.endswith(word)), None):
            denied = True
            end -= len(ending)
        elif match := grammar.adverbs.search(piece):
            end = start + match.start()
        elif match := grammar.before.search(piece):
            if piece[match.start()] in "对對":
                about = (start + match.start() + 1, start + match.end())
            end = start + match.start()
        else:
            break
    return start, end, about, denied


def _classify(reading: Reading, words: Words, phrase: str, at: int, grammar: _Grammar) -> Subject | None:
    whole = (at, at + len(phrase))
    if phrase[0] in "已有共":
        return None
    if words.flags.get(phrase, 0) & lex.PRONOUN:
        return Subject(*whole, "pronoun", whole)
    nouns = [(match.start(), match.end(), grammar.flags[match[0]]) for match in grammar.nouns.finditer(phrase)]
    if latin := _LATIN.search(phrase):
        return _latin(phrase, latin, at, nouns)
    if nouns:
        return _with_noun(reading, phrase, at, nouns, grammar)
    states = reading.states_between(*whole)
    if states and states[0].start <= at + 1 and states[-1].end >= whole[1] - 1:
        return Subject(*whole, "state", whole)
    if states and states[0].start == at:
        at = states[0].end
        phrase = phrase[states[0].end - whole[0] :]
    return Subject(at, at + len(phrase), "person", whole) if is_name(phrase, grammar) else None


def _latin(phrase: str, latin: re.Match[str], at: int, nouns: list[tuple[int, int, int]]) -> Subject:
    role = None
    if any(flag & lex.ROLE for start, _, flag in nouns if start < latin.start()):
        role = (at, at + latin.start())
    return Subject(at + latin.start(), at + latin.end(), "person", (at, at + len(phrase)), role)


def _with_noun(
    reading: Reading, phrase: str, at: int, nouns: list[tuple[int, int, int]], grammar: _Grammar
) -> Subject | None:
    start, end, flag = nouns[-1]
    whole = (at, at + len(phrase))
    flags = flag & (lex.NATIONAL | lex.BODY)
    if phrase[end : end + 1] == "的":
        end += 1
    rest = phrase[end:]
    titled = flag & lex.ROLE and len(rest) >= 2 and (is_name(rest, grammar) or len(rest) <= 6)
    titled = titled and not _NOT_IN_NAMES.search(rest)
    if rest and (titled or (is_name(rest, grammar) and flag & lex.BODY)):
        return Subject(at + end, whole[1], "person", whole, (at, at + end), flags)
    if rest:
        return None
    name = phrase[:start]
    if flag & lex.ROLE and not _DEMONSTRATIVE.match(phrase) and not any(f & ~lex.ROLE for _, _, f in nouns[:-1]):
        if len(name) == 1 and name in grammar.surnames:
            return Subject(*whole, "person", whole, None, flags)
        if is_name(name, grammar) and not reading.states_between(at, at + start):
            return Subject(at, at + start, "person", whole, (at + start, whole[1]), flags)
    kind = _kind(flag if not (flag & lex.BODY and nouns[0][2] & lex.GROUP) else lex.GROUP)
    if nouns[0][2] & lex.GROUP:
        kind = "group"
    return Subject(*whole, kind, whole, None, flags)


def _kind(flag: int) -> SubjectKind:
    if flag & lex.DOCUMENT:
        return "document"
    if flag & lex.GROUP:
        return "group"
    return "role" if flag & lex.ROLE else "body"


def is_name(phrase: str, grammar: _Grammar) -> bool:
    """Whether a string reads as a person's name: a surname and one or two signs, or sounds of foreign names."""
    if not phrase or _NOT_IN_NAMES.search(phrase):
        return False
    if "·" in phrase or "•" in phrase:
        return len(phrase) <= 16
    if 2 <= len(phrase) <= 3 and phrase[0] in grammar.surnames:
        return True
    sounds = sum(sign in grammar.sounds for sign in phrase)
    return 2 <= len(phrase) <= 9 and sounds >= 0.75 * len(phrase)


@cache
def _grammar(language: str) -> _Grammar:
    words = load_words(language)
    assert words is not None  # noqa: S101 - the caller holds the compiled words
    nouns = lex.ROLE | lex.BODY | lex.GROUP | lex.DOCUMENT
    flags = {word: flag for word, flag in words.flags.items() if flag & nouns}
    patterns = words.patterns
    openers = [re.escape(word) for word, flag in words.flags.items() if flag & lex.OPENER]
    return _Grammar(
        adverbs=re.compile(f"(?:{'|'.join(_raw(patterns['adverbs']))})$"),
        before=re.compile(f"(?:{'|'.join(_raw(patterns['before']))})$"),
        openers=re.compile("(?:" + "|".join(sorted(openers, key=len, reverse=True)) + r"|[，,\s])*"),
        nouns=re.compile(alternation(sorted(map(re.escape, flags), key=len, reverse=True))),
        flags=flags,
        denials=tuple(word for word, flag in words.flags.items() if flag & (lex.NEGATION | lex.FUTURE)),
        surnames=frozenset(patterns["surnames"]),
        sounds=frozenset(patterns["transliteration"]),
    )


def _raw(entries: str) -> list[str]:
    """Regular expressions, separated by a comma and a blank: their braces are repetitions."""
    return [entry.strip() for entry in entries.split(", ") if entry.strip()]
