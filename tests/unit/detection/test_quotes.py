"""Quotation marks of all ten languages, matched with their offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.quotes import find_quotes

MARKED = [
    ("“We agree,” she said. “At last.”", ["We agree,", "At last."]),
    ("„Wir sind bereit“, so die Ministerin.", ["Wir sind bereit"]),
    ("»Ja«, sagt er. »Nein«, sagt sie.", ["Ja", "Nein"]),
    ("«Мы „за“ договор», — сказал он.", ["Мы „за“ договор"]),
    ("« C'est l'heure », dit-il.", [" C'est l'heure "]),
    ("他说：“我们支持。”「好」", ["我们支持。", "好"]),
    ('He said "yes" and "no".', ["yes", "no"]),
    ("''Fine,'' he said. ''Let's go.''", ["Fine,", "Let's go."]),
    ("‘Yes,’ he said of the states’ duty", ["Yes,"]),
    ('قال: "نعم"، ثم «لا»', ["نعم", "لا"]),
]


@pytest.mark.parametrize(("text", "inside"), MARKED)
def test_marks_are_matched(text: str, inside: list[str]) -> None:
    """What stands between marks is found, whatever the marks; inner marks belong to the outer quotation."""
    assert [text[quote.inner_start : quote.inner_end] for quote in find_quotes(text)] == inside


def test_apostrophes_are_no_marks() -> None:
    """An apostrophe opens and closes nothing."""
    assert find_quotes("It's the states' duty, isn’t it? The workers’ too.") == ()


def test_stray_mark_does_not_hide_a_quotation() -> None:
    """A mark that is never closed leaves the quotations after it as they are."""
    text = "A “stray one and “a good one” here"
    assert [text[quote.inner_start : quote.inner_end] for quote in find_quotes(text)] == ["a good one"]


def test_marks_do_not_match_across_paragraphs() -> None:
    """A quotation ends with its paragraph, unless the next paragraph opens with the same mark again."""
    assert find_quotes("“Open\n\nClosed” here") == ()
    speech = "“First part.\n\n“Second part.” he said"
    assert [quote.closed for quote in find_quotes(speech)] == [False, True]


@given(st.text(alphabet="“”„«»‘’「」『』\"'` \nab.", max_size=200))
def test_quotes_lie_in_order(text: str) -> None:
    """Quotations never overlap, and their inside lies within their marks."""
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        end = quote.end
