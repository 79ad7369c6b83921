"""Text from outside is made safe before it reaches a mail."""

import unicodedata

import pytest

from alerting.cleaning import clean_header, clean_line, web_link
from tests.unit.alerting.nasty import BAD_LINKS, DIRECTIONS, NASTY


def test_the_collection_is_large() -> None:
    """At least 515 different strings are tried on everything that writes mail."""
    assert len(set(NASTY)) >= 515


def test_a_clean_line_is_one_line_without_anything_invisible_in_it() -> None:
    """No control character, surrogate or direction mark survives, and the length holds."""
    for text in NASTY:
        line = clean_line(text, 150)
        assert len(line) <= 150
        assert line == " ".join(line.split())
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cs") or c in DIRECTIONS]
        line.encode("utf-8")


def test_a_header_holds_no_encoded_word() -> None:
    """What looks like an encoded word is taken apart, also one that cleaning puts together."""
    for text in NASTY:
        assert "=?" not in clean_header(text)


@pytest.mark.parametrize(
    "text", ["Генеральная Ассамблея приняла резолюцию", "الجمعية العامة تعتمد القرار", "👩\u200d👧"]
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    """Cleaning changes nothing in what people write in any script."""
    assert clean_header(text) == text


def test_a_cut_falls_between_letters() -> None:
    """A long line ends with an ellipsis and never between a letter and its accent."""
    assert clean_line("e\u0301" * 100, 20) == "e\u0301" * 9 + "…"
    assert clean_line("x" * 18 + "\U0001f469\u200d\U0001f469" + "x" * 9, 20) == "x" * 18 + "…"


@pytest.mark.parametrize("url", BAD_LINKS)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    """Only http and https with a host, and nothing that could end an attribute or a line."""
    assert web_link(url) is None


@pytest.mark.parametrize(
    "url", ["https://news.example/a?b=c&d=e#f", "http://пример.example/статья", "https://x.example:8080/'"]
)
def test_a_web_address_is_a_link(url: str) -> None:
    """Honest addresses pass unchanged, whatever their script."""
    assert web_link(url) == url
