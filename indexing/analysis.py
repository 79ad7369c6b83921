"""Words of a text for the built-in index: found in any script, folded, and stemmed in the text's language.

Chinese, Japanese and Korean are cut into overlapping pairs of characters, so that a stretch is found without knowing
where its words end. A word is stemmed from its own spelling and folded after, because stemmers need the accents.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import snowballstemmer

ANALYSIS_VERSION = 1
"""Grows whenever the words of a text change; an index made with another version is rebuilt."""

KEPT_WORDS = 2**17
"""Words whose folded form, and whose stem, are remembered: more than one language's vocabulary in the news."""

STEMMED_LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "tr")
_SNOWBALL = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}
_LANGUAGES_OF_SCRIPT = {
    "latin": ("de", "en", "es", "fr", "it", "pt", "tr"),
    "cyrillic": ("ru",),
    "arabic": ("ar", "fa"),
}
_PAIRED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_MARKS += "\u0900-\u0dff\u0e31-\u0e4e"
_WORD = re.compile(rf"(?P<paired>[{_PAIRED}]+)|(?P<word>(?:(?![{_PAIRED}])[^\W_]|[{_MARKS}])+)")
_SPELLINGS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ё": "е",
        "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None,
    }
)  # fmt: skip


class Token(NamedTuple):
    """One word of a text: as written, folded, and where it stands."""

    written: str
    folded: str
    start: int
    end: int
    paired: bool = False


def tokenize(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; of a stretch in paired script its pairs, then its last character."""
    for found in _WORD.finditer(text):
        start, end = found.span()
        if found["word"]:
            yield Token(found["word"], fold(found["word"]), start, end)
            continue
        for at in range(start, end):
            pair = text[at : min(at + 2, end)]
            yield Token(pair, fold(pair), at, at + len(pair), paired=True)


def analyse(text: str, language: str | None) -> tuple[str, str]:
    """Return the folded words of a text, and their stems when its language has a stemmer, each with spaces between."""
    stemmed = language if language in STEMMED_LANGUAGES else None
    folded: list[str] = []
    stems_found: list[str] = []
    for paired, word in _WORD.findall(text):
        if paired:
            folded += (fold(paired[at : at + 2]) for at in range(len(paired)))
            continue
        folded.append(fold(word))
        if stemmed:
            stems_found.append(stem(word, stemmed))
    return " ".join(folded), " ".join(stems_found)


@lru_cache(maxsize=KEPT_WORDS)
def fold(word: str) -> str:
    """Return the word without case, accents, vowel marks and variants of letters and digits."""
    if word.isascii():
        return word.lower()
    folded = word.casefold().translate(_SPELLINGS)
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", folded) if unicodedata.category(mark) != "Mn")
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in plain)


@lru_cache(maxsize=KEPT_WORDS)
def stem(word: str, language: str) -> str:
    """Return the folded stem of a word as written, marked with its language so that stems of two never meet."""
    if language == "ar":
        return language + _stem_arabic(fold(word))
    spelling = unicodedata.normalize("NFC", word.lower())
    return language + fold(_stemmer(language).stemWord(spelling))


def stems(word: str, languages: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the stems of a word of a query in each language its script allows, of ``languages`` when given."""
    chosen = languages_of(word, languages)
    return tuple(stem(word, language) for language in chosen if language in STEMMED_LANGUAGES)


def languages_of(word: str, languages: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the languages with an analyzer of their own that a word's script allows, of ``languages`` when given.

    A number, and a word of a script that is cut into pairs, has none.
    """
    allowed = _LANGUAGES_OF_SCRIPT.get(_script(word), ())
    return tuple(language for language in allowed if not languages or language in languages)


_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def _stem_arabic(word: str) -> str:
    """Return a folded word without article, clitics and endings of number and gender, at least two letters of it.

    A light stemmer: on our queries it found more than Snowball's, which takes اتفاقية and اتفاقيات for two words.
    """
    beginning = next((part for part in _ARABIC_BEGINNINGS if word.startswith(part) and len(word) > len(part) + 1), "")
    if beginning != "و" or len(word) > 3:
        word = word.removeprefix(beginning)
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word.removesuffix(ending)
    return word


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(_SNOWBALL[language])


def _script(word: str) -> str:
    name = next((unicodedata.name(letter, "") for letter in word if letter.isalpha()), "")
    return name.split(" ", 1)[0].lower()
