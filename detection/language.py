"""Which language a text is written in, among those that we read."""

import re
from functools import cache

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

from detection.lexicon import languages, load_data, load_lexicon

_SAMPLE = 250
"""Characters of the text that are looked at; measured: no more mistakes than with all of it."""

_LONG_SAMPLE = 1_000
"""Characters whose common words are counted where those of the sample do not tell: still cheaper than asking lingua."""

_SHORT = 80
"""Characters below which a declared language is believed if only its script fits."""

# Neighbours that we do not read, so that their texts are not taken for ours. The commonest words of those in Latin
# script are in neighbours.yml.
_NEIGHBOURS = {
    "Latin": ("nl", "ro", "id", "ca"),
    "Cyrillic": ("bg", "be", "sr", "mk", "kk"),
    "Arabic": ("ur",),
}

# Letters that only one of our languages has in its script; they tell short texts better than models do.
_LETTERS = {
    "vi": re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"),
    "uk": re.compile("[іїєґ]"),
    "ru": re.compile("[ыэё]"),
}
_PERSIAN_LETTERS = re.compile("[پچژگکیےٹڈ]")
_FOREIGN_LETTERS = re.compile("[ўѓќјљњћђџәғқңүұһөłřěůşğıåøőű]")
_TELLING = 2
_SHARE_OF_VIETNAMESE = 16
"""One character in so many has marks of its own in Vietnamese; names of Vietnamese people in other texts have fewer."""

_PLAIN = 6
"""Common words from which on they tell a language, when no other has half as many, or nearly so many fewer."""

_WORD = re.compile(r"[^\W\d_]+")

_SCRIPTS = (
    ("Kana", re.compile(r"[\u3041-\u30ff]")),
    ("Han", re.compile(r"[\u4e00-\u9fff]")),
    ("Arabic", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)


def read_language(text: str, title: str | None, declared: str | None) -> str | None:
    """The ISO 639-1 code of the language to read the text in; None when it is none of ours.

    ``declared`` is believed when the text is too short to tell, and settles nothing else.
    """
    sample = f"{title or ''} {text[:_SAMPLE]}".strip()
    script = script_of(sample)
    ours = _written_in(script)
    claim = (declared or "").lower().replace("_", "-").split("-")[0]
    if not ours:
        return None
    if told := _told_by_letters(sample.lower(), ours):
        return told
    if claim in ours and len(sample) < _SHORT:
        return claim
    if script in ("Han", "Kana"):
        return ours[0]
    if len(_FOREIGN_LETTERS.findall(sample)) > _TELLING:
        return None
    told = (
        _told_by_words(sample.lower()) or _told_by_words(text[:_LONG_SAMPLE].lower())
        if script == "Latin"
        else _told_by_persian_letters(sample)
        if script == "Arabic"
        else None
    )
    if told is not None:
        return told if told in ours else None
    # Half a surrogate pair cannot be handed to lingua, whose strings are UTF-8.
    found = _detector(script or "").detect_language_of(sample.encode("utf-8", "replace").decode("utf-8"))
    code = found.iso_code_639_1.name.lower() if found else claim
    return code if code in ours else None


def script_of(sample: str) -> str | None:
    """The script most letters of a sample belong to; None when it holds no letter that we know."""
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    if counts["Kana"] * 8 > counts["Han"] and counts["Kana"] > 3:
        return "Kana"
    counts["Han"] *= 3  # one Han character says as much as a short word
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def _told_by_letters(sample: str, ours: tuple[str, ...]) -> str | None:
    counts = {code: len(pattern.findall(sample)) for code, pattern in _LETTERS.items() if code in ours}
    telling = [code for code, count in counts.items() if count >= _TELLING]
    if len(telling) != 1 or sum(counts.values()) != counts[telling[0]] or _FOREIGN_LETTERS.search(sample):
        return None
    if telling[0] == "vi" and counts["vi"] * _SHARE_OF_VIETNAMESE < len(sample):
        return None
    return telling[0]


def _told_by_persian_letters(sample: str) -> str:
    return "fa" if len(_PERSIAN_LETTERS.findall(sample)) > _TELLING else "ar"


def _told_by_words(sample: str) -> str | None:
    """The language whose commonest words a sample holds, if it is plain; thirty times faster than asking lingua."""
    words = _WORD.findall(sample)
    counts = sorted(
        ((sum(map(common.__contains__, words)), code) for code, common in _common_words().items()), reverse=True
    )
    (best, code), (second, _) = counts[:2]
    return code if best >= _PLAIN and best - second >= min(second, _PLAIN - 1) else None


@cache
def _common_words() -> dict[str, frozenset[str]]:
    ours = {code: load_lexicon(code).get("common_words", ()) for code in _written_in("Latin")}
    words = load_data("neighbours.yml") | ours
    return {code: frozenset(common) for code, common in words.items() if common}


@cache
def _written_in(script: str | None) -> tuple[str, ...]:
    return tuple(code for code in languages() if load_lexicon(code)["script"] == script)


@cache
def _detector(script: str) -> LanguageDetector:
    ours = [code for code in _written_in(script) if code != "vi"]  # its letters tell it, and each language costs time
    neighbours = [code for code in _NEIGHBOURS.get(script, ()) if code not in ours]
    codes = [getattr(IsoCode639_1, code.upper()) for code in (*ours, *neighbours)]
    # The small models: 0.2 ms a text, and no more mistakes on our samples than the large ones.
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
