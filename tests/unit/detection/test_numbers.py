"""Numbers in running text, in every language that we read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.lexicon import languages, load_lexicon
from detection.numbers import Numbers
from detection.words import split_words


def values(language: str, text: str) -> list[int]:
    """The values of the numbers read in a text, in order."""
    numbers = Numbers(load_lexicon(language)["numbers"])
    return [number.value for number in numbers.find(split_words(text, 0, len(text)))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "seventy-nine votes to sixty, with a hundred and three", [79, 60, 103]),
        ("en", "five six", [5, 6]),
        ("ru", "сто сорок три голоса против пяти", [143, 5]),
        ("uk", "дев'яносто три держави", [93]),
        ("fr", "quatre-vingt-dix-neuf voix, soixante et onze et cent quarante", [99, 71, 140]),
        ("es", "ciento cuarenta y tres países y veintidós", [143, 22]),
        ("pt", "cento e vinte e um votos", [121]),
        ("de", "hunderteinunddreißig Stimmen und neunundneunzig Staaten", [131, 99]),
        ("ar", "مئة وثلاث وأربعون دولة", [143]),
        ("ar", "إحدى عشرة دولة", [11]),
        ("zh", "一百四十三国", [143]),
        ("zh", "二十票", [20]),
        ("vi", "một trăm bốn mươi ba nước", [143]),
        ("vi", "hai mươi mốt phiếu", [21]),
    ],
)
def test_number_words(language: str, text: str, expected: list[int]) -> None:
    """Number words are composed as the language composes them, and two numbers side by side stay two."""
    assert values(language, text) == expected


@pytest.mark.parametrize("digits", ["143", "١٤٣", "۱۴۳", "１４３"])
def test_digits_of_any_script(digits: str) -> None:
    """Digits are read in every script that has them."""
    assert values("ar", f"{digits} دولة") == [143]


@pytest.mark.parametrize("written", ["3.07", "2,849", "143.5"])
def test_fractions_and_grouped_figures_are_no_counts(written: str) -> None:
    """A figure with a stop or comma inside is no number of votes."""
    assert values("en", f"{written} countries") == []


def test_dual_holds_its_noun() -> None:
    """An Arabic dual is two of what it names."""
    numbers = Numbers(load_lexicon("ar")["numbers"])
    text = "عارضته دولتان"
    (number,) = numbers.find(split_words(text, 0, len(text)))
    assert (number.value, number.counted) == (2, True)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "none"), ("ru", "ни одного"), ("fr", "aucune"), ("zh", "没有"), ("de", "keine")]
)
def test_word_of_absence_is_zero(language: str, word: str) -> None:
    """A word that says there were none is read as 0, and marked."""
    numbers = Numbers(load_lexicon(language)["numbers"])
    (number,) = numbers.find(split_words(word, 0, len(word)))
    assert (number.value, number.none) == (0, True)


@given(st.text(max_size=200), st.sampled_from(languages()))
def test_any_text_is_read(text: str, language: str) -> None:
    """Whatever the text, numbers lie inside it, in order, and do not overlap."""
    words = split_words(text, 0, len(text))
    end = 0
    for number in Numbers(load_lexicon(language)["numbers"]).find(words):
        assert end <= number.first < number.last <= len(words)
        end = number.last


def test_the_longest_word_of_absence_is_read_whatever_the_order_of_the_data() -> None:
    """No number may hang on the order in which a set gives its phrases."""
    data = load_lexicon("vi")["numbers"]
    text = split_words("không có nước nào", 0, len("không có nước nào"))
    read = {Numbers({**data, "none": order}).find(text)[0].last for order in (data["none"], data["none"][::-1])}
    assert read == {2}
