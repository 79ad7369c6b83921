"""Languages are files of data, read strictly."""

import pytest
import yaml

from detection import lexicon
from detection.lexicon import NO_LEXICON, SECTIONS, languages, load_lexicon
from detection.phrases import Phrases
from detection.words import split_words
from records.errors import ConfigurationError


def test_unknown_language_has_an_empty_lexicon() -> None:
    """A language without a file is not an error: nothing is known of it."""
    assert load_lexicon(None) is NO_LEXICON
    assert load_lexicon("xx") is NO_LEXICON


def test_unknown_section_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt section fails when the file is read, naming file and section."""
    monkeypatch.setattr(lexicon, "load_data", lambda name: {"name": "English", "vots": []})
    with pytest.raises(ConfigurationError, match=r"en\.yml: unknown sections vots"):
        load_lexicon.__wrapped__("en")


@pytest.mark.parametrize("word", ["no", "on", "yes", "off", "n", "y"])
def test_words_stay_words(word: str) -> None:
    """YAML's other spellings of true and false are read as the words they are."""
    assert yaml.load(f"[{word}]", Loader=lexicon._WordLoader) == [word]


@pytest.mark.parametrize("language", languages())
def test_sections_are_listed_in_order(language: str) -> None:
    """Every file lists its sections in the one order."""
    present = list(load_lexicon(language))
    assert present == [section for section in SECTIONS if section in present]


def test_longest_phrase_wins_and_none_overlap() -> None:
    """Of phrases that begin at one word the longest is taken, and its words begin no other."""
    phrases = Phrases({"short": ["general"], "long": ["general assembl*"], "other": ["assembly hall"]})
    words = split_words("The General Assembly hall", 0, 25)
    assert [(mark.kind, mark.first, mark.last) for mark in phrases.find(words)] == [("long", 1, 3)]
