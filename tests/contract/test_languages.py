"""A language is one file: what a complete one holds, and what a file still lacks."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from detection.language import _LETTERS, read_language
from detection.lexicon import SECTIONS, languages, load_data, load_lexicon
from detection.topic import TOPIC

REFERENCE = "en"

# Entries that a language has only if its grammar asks for them; all others every language needs.
BY_GRAMMAR = {
    "common_words",  # of languages in Latin script, which letters alone do not tell
    "affiliations.not_names",
    "calendar.day_words",
    "calendar.month_first",
    "numbers.joiners",
    "statements.participles",
    "statements.particles",
    "statements.passive",
    "statements.phrases",
    "statements.relative_participles",
    "statements.tell",
    "votes.label_before",
    "votes.participle_is_past",
    "votes.pronouns",
    "votes.short_no",
}

# Classes of words that tell a step in a treaty's life; sentences without a piece of the gate are never read for one.
STEPS = (
    *("signed", "will_sign", "refused", "ratified", "ratify_step", "deposited", "party_rank", "force"),
    *("open_signature", "authorised", "implemented", "will_meet", "elected", "protocol", "draft"),
)

# Kinds that a language may leave out as a whole, and is then not read for.
KINDS = ("milestones", "statements")

# A language written without spaces is read by patterns of whole clauses, not by classes of words.
BY_PATTERNS = "statements.patterns"


def entries(language: str) -> Iterator[str]:
    """The entries of a language's file: its sections, and what each lists, as ``section.entry``."""
    for section, data in load_lexicon(language).items():
        yield section
        if isinstance(data, Mapping):
            yield from (f"{section}.{entry}" for entry in data)


def lacking(language: str) -> list[str]:
    """The entries of the reference that a language has not, though every language needs them."""
    present = set(entries(language))
    unread = [kind for kind in KINDS if kind not in present]
    needed = {entry for entry in entries(REFERENCE) if entry.split(".")[0] not in unread} - BY_GRAMMAR
    if BY_PATTERNS in present:
        needed = {entry for entry in needed if not entry.startswith("statements.")}
    return sorted(needed - present)


@pytest.mark.parametrize("language", languages())
def test_language_lacks_no_entry(language: str) -> None:
    """Every entry that each language needs is there; what is missing is named; whole kinds may be left out."""
    assert lacking(language) == []
    assert set(SECTIONS) - set(load_lexicon(language)) <= BY_GRAMMAR | set(KINDS)


@pytest.mark.parametrize("language", languages())
def test_no_entry_was_forgotten(language: str) -> None:
    """No entry is left without a value; what a language has not is an empty list, said on purpose."""
    assert [name for name, value in _values(load_lexicon(language)) if value in ("", None)] == []


@pytest.mark.parametrize("language", languages())
def test_classes_of_the_topic_are_known(language: str) -> None:
    """The classes of words for relevance are the same in all files, those of languages we do not read included."""
    classes = set(load_lexicon(REFERENCE)["relevance"])
    assert set(load_lexicon(language)["relevance"]) == classes
    assert {word for section in load_data(TOPIC)["elsewhere"].values() for word in section} <= classes


@pytest.mark.parametrize("language", languages())
def test_language_is_told_by_its_own_words(language: str) -> None:
    """A text made of a language's own words of the topic is read in that language."""
    words = load_lexicon(language)["relevance"]
    text = " ".join(word.strip("*") for kind in ("treaty", "resolution", "global", "subject") for word in words[kind])
    assert read_language(text, None, language) == language


def test_rules_of_telling_name_only_languages_that_are_read() -> None:
    """Letters tell languages that have a file."""
    assert set(_LETTERS) <= set(languages())


def _values(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _values(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


@pytest.mark.parametrize("language", [code for code in languages() if "milestones" in load_lexicon(code)])
def test_every_phrase_of_a_step_passes_the_gate(language: str) -> None:
    """A phrase that holds no piece of the gate would never be looked for."""
    section = load_lexicon(language)["milestones"]
    gate = [piece.lower() for piece in section["gate"]]
    phrases = [phrase.lower().replace("*", "").replace("^", "") for step in STEPS for phrase in section["words"][step]]
    assert [phrase for phrase in phrases if not any(piece in phrase for piece in gate)] == []
