"""Many words as one regular expression match as the words do."""

import re

import pytest

from detection.alternation import alternation

WORDS = ["convention", "conv", "cat", "c", "(a)", "(", "treaty"]


@pytest.mark.parametrize("text", ["conventional", "cats (a) treaty", "c (b", "dog", "convent", "xconv"])
def test_finds_what_the_plain_alternatives_find(text: str) -> None:
    """Grouped by how they begin, the words are found at the same places, the first in order at each."""
    plain = re.compile("|".join(map(re.escape, WORDS)))
    grouped = re.compile(alternation(map(re.escape, WORDS)))
    assert [match.span() for match in grouped.finditer(text)] == [match.span() for match in plain.finditer(text)]
