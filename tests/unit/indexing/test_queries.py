"""The query language."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.embedded_words import match_expression
from indexing.equivalents import read_query
from indexing.filters import Label, Published
from indexing.queries import Either, Every, Phrase, Query, Without, Word, findable, parse_query, positive_leaves

READINGS: dict[str, Query | None] = {
    "": None,
    "   ": None,
    "vote": Word("vote"),
    "vote record": Every((Word("vote"), Word("record"))),
    "+vote": Word("vote"),
    '"general assembly"': Phrase("general assembly"),
    "«Генеральная Ассамблея»": Phrase("Генеральная Ассамблея"),
    "„Haus der Welt“": Phrase("Haus der Welt"),
    "“two words”": Phrase("two words"),
    '"never closed': Phrase("never closed"),
    "vote -russia": Every((Word("vote"), Without(Word("russia")))),
    '-"cold war"': Without(Phrase("cold war")),
    "a | b": Either((Word("a"), Word("b"))),
    "a b | c": Either((Every((Word("a"), Word("b"))), Word("c"))),
    "a (b | c)": Every((Word("a"), Either((Word("b"), Word("c"))))),
    "-(a | b)": Without(Either((Word("a"), Word("b")))),
    "cyber*": Word("cyber", begins=True),
    "cyber-crime": Word("cyber-crime"),
    "a - b": Every((Word("a"), Word("b"))),
    "a)": Word("a"),
    "((a": Word("a"),
    "* + - | ()": None,
    "lang:ru,UK": Label("language", ("ru", "uk")),
    "vote KIND:Vote": Every((Word("vote"), Label("kinds", ("vote",)))),
    "-state:Russia": Without(Label("states", ("RU",))),
    'speaker:"Smith, John"': Label("speakers", ("Smith, John",)),
    "speaker:«Крутских» | source:tass": Either((Label("speakers", ("Крутских",)), Label("source", ("tass",)))),
    "after:2026-11 before:2026-12-24": Every(
        (Published(since=datetime(2026, 11, 1, tzinfo=UTC)), Published(until=datetime(2026, 12, 24, tzinfo=UTC)))
    ),
    "before:noon": Word("before:noon"),
    "title:cyber* -title:«two words»": Every(
        (Word("cyber", begins=True, in_title=True), Without(Phrase("two words", in_title=True)))
    ),
    "title:*": None,
    "after:2026-13": Word("after:2026-13"),
    "kind:, source:": Every((Word("kind:,"), Word("source:"))),
    "https://example.org": Word("https://example.org"),
}


@pytest.mark.parametrize("text", READINGS)
def test_each_form_has_its_reading(text: str) -> None:
    """Words, phrases in any quotation marks, signs, choices, groups and beginnings are read as documented."""
    assert parse_query(text) == READINGS[text]


@given(st.text(alphabet='ab-+|()"«»“”* \\:&ю联合\ud7a3', max_size=60))
def test_whatever_is_typed_has_a_reading(text: str) -> None:
    """No text is a syntax error, neither for us nor for SQLite's expressions."""
    query = findable(parse_query(text))
    if query is not None:
        match_expression(query)


def test_parts_without_words_ask_for_nothing() -> None:
    """A lone "&" neither finds nor excludes anything."""
    assert findable(parse_query("a & -%")) == Word("a")
    assert findable(parse_query("&")) is None


def test_a_very_deep_group_is_read_without_a_crash() -> None:
    """Ten thousand parentheses are read on, not recursed into."""
    assert parse_query("(" * 10_000 + "a") == Word("a")


def test_what_is_excluded_is_not_highlighted() -> None:
    """Only what a match contains counts as a leaf."""
    assert positive_leaves(parse_query('a -b lang:ru ("c d" | -e)')) == (Word("a"), Phrase("c d"))


def test_a_query_is_widened_by_what_means_the_same() -> None:
    """Spellings, acronyms and names in other scripts, also where several words make a name; quotations stay."""
    assert read_query("Cybercrime") == read_query("cyber-crime") == read_query("cyber crime")
    assert read_query("cybercrime") == Either((Word("cybercrime"), Word("cyber crime")))
    assert read_query("UN vote") == read_query("united nations vote")
    assert read_query('"cyber crime"') == Phrase("cyber crime")
    assert read_query("title:cybercrime") == Either(
        (Word("cybercrime", in_title=True), Word("cyber crime", in_title=True))
    )
    assert read_query("cybercrime*") == Word("cybercrime", begins=True)
    assert read_query("-ООН") == Without(read_query("Объединённые нации"))  # type: ignore[arg-type]
