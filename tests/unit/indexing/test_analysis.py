"""Words of a text, for the built-in index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.analysis import STEMMED_LANGUAGES, fold, stem, stems, tokenize

SAME_STEM = [
    ("en", "voted", "votes"),
    ("fr", "adoptée", "adoption"),
    ("es", "aprobaron", "aprobada"),
    ("ru", "киберпреступности", "киберпреступность"),
    ("ru", "конвенцией", "Конвенция"),
    ("ar", "والاتفاقية", "اتفاقيات"),
    ("ar", "الحقوق", "حقوق"),
    ("de", "Abstimmungen", "Abstimmung"),
    ("pt", "aprovadas", "aprovado"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME_STEM)
def test_inflected_forms_share_a_stem(language: str, one: str, other: str) -> None:
    """A word is found in another form of it."""
    assert stem(one, language) == stem(other, language)


FOLDED = {
    "Élysée": "elysee",
    "ЁЛКА": "елка",
    "صوّتت": "صوتت",
    "إلكترونية": "الكترونيه",
    "٧٩": "79",
    "Straße": "strasse",
}


@pytest.mark.parametrize(("written", "folded"), FOLDED.items())
def test_case_accents_and_marks_do_not_count(written: str, folded: str) -> None:
    """A reader types a word as it comes."""
    assert fold(written) == folded


def test_scripts_without_spaces_are_cut_in_pairs() -> None:
    """The pairs overlap, the last character stands alone at the end, and another script ends the stretch."""
    assert [token.folded for token in tokenize("UN公约草案")] == ["un", "公约", "约草", "草案", "案"]


def test_a_query_word_has_stems_in_the_languages_of_its_script() -> None:
    """A Latin word may be any of several languages; a choice narrows them."""
    assert {marked[:2] for marked in stems("vote")} == {"de", "en", "es", "fr", "it", "pt", "tr"}
    assert stems("vote", ("en", "ru")) == ("envote",)
    assert stems("голос", ()) == (stem("голос", "ru"),)
    assert stems("公约") == ()


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    """Offsets count characters of the text, and no word is empty."""
    for token in tokenize(text):
        assert token.written
        assert text[token.start : token.end] == token.written


@given(st.text(min_size=1, max_size=20), st.sampled_from(STEMMED_LANGUAGES))
def test_any_word_has_a_stem(word: str, language: str) -> None:
    """No word of any script breaks a stemmer."""
    assert stem(word, language).startswith(language)
