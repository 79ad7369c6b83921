"""Names of months in every language with dates we have met, from CLDR, in all their forms."""

import re
import unicodedata
from functools import cache

from babel import Locale
from babel.dates import get_month_names

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "pt", "de", "it", "vi", "fa", "uk", "tr", "id", "nl", "pl", "hi")
_LEVANTINE = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
_MAGHREB = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
_SHORT = {
    "sept": 9,
    "set": 9,
    "ene": 1,
    "dic": 12,
    "fev": 2,
    "fév": 2,
    "juil": 7,
    "июн": 6,
    "июл": 7,
    "мая": 5,
    "май": 5,
    "ноя": 11,
    "сен": 9,
    "фев": 2,
}


@cache
def month_numbers() -> dict[str, int]:
    """Return month name, case-folded and without a final dot → 1 to 12. A name two months share is left out."""
    names: dict[str, set[int]] = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    names.setdefault(fold(name), set()).add(number)
    for table in (_LEVANTINE, _MAGHREB):
        for number, name in enumerate(table, start=1):
            names.setdefault(fold(name), set()).add(number)
    for name, number in _SHORT.items():
        names.setdefault(name, set()).add(number)
    return {name: min(numbers) for name, numbers in names.items() if len(numbers) == 1 and not name[:1].isdigit()}


@cache
def month_pattern() -> str:
    """Return a regular expression that matches any name of a month, the longer first."""
    return "|".join(re.escape(name) for name in sorted(month_numbers(), key=len, reverse=True))


def fold(text: str) -> str:
    """Return a text case-folded, in NFC, without dots, for comparison with names of months."""
    return unicodedata.normalize("NFC", text).casefold().replace(".", "").strip()
