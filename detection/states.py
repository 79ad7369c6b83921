"""The states a text names, in any of our languages: names from Babel, and what the language files add."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any, Literal

from babel import Locale

from detection.lexicon import load_data, load_lexicon
from detection.words import TOKEN, Words, is_plain

_PLAIN = (("ё", "е"), ("Ё", "Е"), ("’", "'"), ("ʼ", "'"))
"""Spellings that are compared as one; each keeps its length, so that offsets stay."""

_BARE_CAPITALS = ("es", "fr", "pt")
"""Languages that often write capitals without accents."""

_LOCALES: Mapping[str, tuple[str, ...]] = {"zh": ("zh", "zh_Hant", "zh_Hant_HK")}
"""Languages whose names are written in several ways."""

NameKind = Literal["name", "adjective", "capital", "body"]

_OFFICE = 12
"""Characters before a name in which its office is looked for."""

_SECTIONS: Mapping[str, NameKind] = {"aliases": "name", "adjectives": "adjective", "capitals": "capital"}


@dataclass(slots=True)
class StateMention:
    """One place where a text names a state, or a body that speaks as one (the European Union).

    ``name`` is English; ``code`` is ISO 3166 alpha-2, None for a body. ``kind``: ``name`` the state's own;
    ``adjective`` "Russian"; ``capital`` a capital or seat of power that may stand for the state
    ("Moscow") or only be a place; ``body`` not a state.
    """

    start: int
    end: int
    name: str
    code: str | None
    kind: NameKind


@dataclass(frozen=True, slots=True)
class _Named:
    form: str
    name: str
    code: str | None
    kind: NameKind


def find_states(text: str, language: str | None, words: Words | None = None) -> tuple[StateMention, ...]:
    """The states that a text names, in order, longest name first where two begin alike; no overlaps.

    A language that we do not read is searched with the English names. ``words``: those of the text, where they are
    cut already.
    """
    index = _index(language or "en")
    plain = _plain(text)
    known = index.by_first_word
    found: list[StateMention] = []
    free_from = 0
    for start, word in _first_words(index, plain, words if plain == text.replace("’", "'") else None):
        if start < free_from:
            continue
        for named in known[word]:
            end = start + len(named.form)
            if plain.startswith(named.form, start) and index.ends_name(plain, start, end, named.form):
                free_from = end
                if named.name:
                    found.append(StateMention(start, end, named.name, named.code, named.kind))
                break
    return tuple(found)


def _first_words(index: "_Index", text: str, words: Words | None) -> list[tuple[int, str]]:
    """Where a word stands in a text with which names begin, and that word."""
    known = index.by_first_word
    if words is None or not index.spaced or not is_plain(text):
        # Split, not matched one by one: most words begin no name, and are then passed over three times as fast.
        pieces = index.tokens.split(text)
        offsets = list(accumulate(map(len, pieces), initial=0))
        return [(offsets[at], word) for at, word in enumerate(pieces) if word in known]
    beginnings, starts = index.beginnings, words.starts
    whole = [
        (starts[at], index.tokens.match(text, starts[at]))
        for at, word in enumerate(words.written)
        if word in beginnings
    ]
    return [
        (start, word[0])
        for start, word in whole
        if word and word[0] in known and not (start and (text[start - 1].isalnum() or text[start - 1] == "_"))
    ]


@cache
def english_names() -> Mapping[str, str]:
    """ISO 3166 alpha-2 code -> English name, of all states that are looked for."""
    data = load_data("states.yml")
    territories = Locale("en").territories
    return {code: data["english"].get(code) or territories[code].replace("’", "'") for code in data["codes"].split()}


@dataclass(frozen=True, slots=True)
class _Index:
    tokens: re.Pattern[str]
    by_first_word: Mapping[str, tuple[_Named, ...]]
    spaced: bool
    also_people: frozenset[str]
    offices: frozenset[str]
    """Words behind which such a name is a state's, whoever is named next: "đại sứ Nga NAME"."""
    beginnings: frozenset[str]
    """With what a first word begins, as words are cut: all of it, but for "G20"."""

    def ends_name(self, text: str, start: int, end: int, form: str) -> bool:
        """Whether a name ends where its form does, and is no part of a person's name."""
        if not self.spaced:
            return True
        if end < len(text) and (text[end].isalnum() or text[end] == "_"):
            return False
        if form not in self.also_people or not _beside_capitals(text, start, end):
            return True
        return not self.offices.isdisjoint(text[max(0, start - _OFFICE) : start].split(" ")[-2:-1])


@cache
def _index(language: str) -> _Index:
    lexicon = load_lexicon(language)
    spaced = lexicon.get("script") not in ("Han", "Kana")
    table: dict[str, list[_Named]] = {}
    tokens = re.compile(r"(\w+)") if spaced else None
    for named in _all_names(language, lexicon.get("affiliations", {})):
        first = tokens.match(named.form)[0] if tokens else named.form[:1]  # type: ignore[index]
        table.setdefault(first, []).append(named)
    by_first = {word: tuple(sorted(all_, key=lambda n: -len(n.form))) for word, all_ in table.items()}
    if tokens is None:
        tokens = re.compile(f"([{''.join(map(re.escape, by_first))}])")
    return _Index(
        tokens,
        by_first,
        spaced,
        frozenset(lexicon.get("affiliations", {}).get("also_people", ())),
        frozenset(lexicon.get("affiliations", {}).get("offices", ())),
        frozenset(TOKEN.findall(word)[0] for word in by_first),
    )


def _beside_capitals(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 20) : start].split(" ")
    after = text[end : end + 2]
    return (len(before) > 1 and before[-2][:1].isupper() and before[-2][-1:].isalpha()) or after[1:].isupper()


def _all_names(language: str, own: Mapping[str, Any]) -> Iterator[_Named]:
    english = english_names()
    given: dict[str, _Named] = {}
    for code, english_name in english.items():
        names = [Locale.parse(locale).territories.get(code) for locale in _LOCALES.get(language, (language,))]
        for form in _spellings((form for name in names for form in _babel_forms(name)), language):
            _enter(given, form, _Named(form, english_name, code, "name"), own)
    for section, kind in _SECTIONS.items():
        for key, forms in own.get(section, {}).items():
            named = _Named("", english[key], key, kind) if key in english else _Named("", key, None, "body")
            for form in _spellings(forms, language):
                _enter(given, form, named, own)
    for form in own.get("not_names", ()):
        given[form] = _Named(form, "", None, "name")
    yield from given.values()


def _babel_forms(name: str | None) -> Iterable[str]:
    if name is None:
        return
    plain = re.sub(r"\s*[(（].*?[)）]", "", name)
    yield plain
    if " & " in plain:
        yield plain.replace(" & ", " and ")


def _spellings(forms: Iterable[str], language: str) -> Iterator[str]:
    """The forms, and those whose capital is written without its accent ("Egypte")."""
    for form in forms:
        yield form
        bare = unicodedata.normalize("NFD", form[0])[0]
        if language in _BARE_CAPITALS and form[0].isupper() and bare != form[0]:
            yield bare + form[1:]


def _plain(text: str) -> str:
    for spelling, plain in _PLAIN:  # several times faster than str.translate on long texts
        text = text.replace(spelling, plain)
    return text


def _enter(given: dict[str, _Named], form: str, named: _Named, own: Mapping[str, Any]) -> None:
    for variant in _inflected(_plain(form), named.kind, own):
        given.setdefault(variant, replace(named, form=variant))


def _inflected(form: str, kind: NameKind, own: Mapping[str, Any]) -> Iterator[str]:
    yield form
    for prefix in own.get("prefixes", ()):
        yield prefix + form
    if form[0].islower():
        yield form[0].upper() + form[1:]
    words = form.split(" ")
    endings = own.get("adjective_endings" if kind == "adjective" else "name_endings", ())
    if not endings or form.isupper():
        return
    for case in range(len(endings[0]) - 1):
        for inflected in _decline(words, endings, case):
            yield inflected
            if inflected[0].islower():
                yield inflected[0].upper() + inflected[1:]


def _decline(words: list[str], endings: list[list[str]], case: int) -> Iterator[str]:
    yield " ".join(_declined(word, endings, case) for word in words)
    if len(words) > 1:  # "Republic of X": only the first word changes
        yield " ".join([_declined(words[0], endings, case), *words[1:]])


def _declined(word: str, endings: list[list[str]], case: int) -> str:
    for ending, *cases in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1 and not word.isupper():
            return word[: len(word) - len(ending)] + cases[case]
    return word
