"""Which characters bytes are: right, or marked as uncertain; never silently wrong."""

from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.charset import decode

RUSSIAN = "Генеральная Ассамблея приняла конвенцию против киберпреступности, сообщает корреспондент. " * 3
ARABIC = "اعتمدت الجمعية العامة للأمم المتحدة اتفاقية لمكافحة الجريمة السيبرانية يوم الجمعة. " * 3
CHINESE = "联合国大会通过打击网络犯罪公约，七十九国赞成，六十国反对，三十三国弃权。" * 3
JAPANESE = "国連総会はサイバー犯罪条約を採択した。賛成七十九、反対六十、棄権三十三。" * 3
FRENCH = "L’Assemblée générale a adopté la convention ; les représentants se sont félicités du résultat. " * 3
VIETNAMESE = "Đại hội đồng Liên hợp quốc đã thông qua Công ước về chống tội phạm mạng. " * 3

ENCODED = [
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "utf-8"),
    (RUSSIAN, "utf-16"),
    (ARABIC, "windows-1256"),
    (CHINESE, "gb18030"),
    (CHINESE, "big5"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso-2022-jp"),
    (FRENCH, "windows-1252"),
    (VIETNAMESE, "utf-8"),
]


def _page(text: str, encoding: str | None) -> str:
    meta = f'<meta charset="{encoding}">' if encoding else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
@pytest.mark.parametrize("header", [None, "text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
def test_what_a_page_declares_holds_against_a_wrong_header(text: str, encoding: str, header: str | None) -> None:
    """A server's default charset does not spoil a page that says what it is."""
    if encoding == "big5":
        text = "聯合國大會通過打擊網路犯罪公約" * 5
    decoded = decode(_page(text, encoding).encode(encoding), header)
    assert text in decoded.text


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_what_the_header_says_holds_for_a_page_that_says_nothing(text: str, encoding: str) -> None:
    """The header is enough."""
    if encoding == "big5":
        text = "聯合國大會通過打擊網路犯罪公約" * 5
    assert text in decode(_page(text, None).encode(encoding), f"text/html; charset={encoding}").text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "windows-1251"), (RUSSIAN, "koi8-r"), (ARABIC, "windows-1256"), (CHINESE, "gb18030")],
)
@pytest.mark.parametrize("header", [None, "text/html; charset=iso-8859-1"])
def test_what_nobody_declares_is_right_or_marked(text: str, encoding: str, header: str | None) -> None:
    """A guess may be wrong, and is never certain."""
    decoded = decode(_page(text, None).encode(encoding), header)
    assert not decoded.certain


def test_utf_8_is_utf_8_whatever_is_declared() -> None:
    """Text that is valid UTF-8 with other than ASCII characters is nothing else."""
    decoded = decode(_page(RUSSIAN, "windows-1251").encode(), "text/html; charset=koi8-r")
    assert RUSSIAN in decoded.text
    assert decoded.certain


def test_one_bad_byte_costs_one_character() -> None:
    """A page with one wrong byte stays what it is, and is marked."""
    decoded = decode(_page(RUSSIAN, "utf-8").encode().replace(b"<p>", b"<p>\xff", 1), None)
    assert RUSSIAN in decoded.text
    assert decoded.text.count("\ufffd") == 1
    assert not decoded.certain


@pytest.mark.parametrize("written", ['<meta charset="{}">', '<?xml version="1.0" encoding="{}"?>', "header"])
def test_no_name_of_a_charset_raises(written: str) -> None:
    """A document may name any codec that Python has, also one that reads no text: a page must not end the crawl."""
    for name in sorted({*aliases, *aliases.values(), "idna", "punycode", "undefined", "unicode_escape", "utf_7", "x"}):
        body = written.format(name).encode() + b"<p>caf\xe9 \x80\xff \\u0041 +ADw-</p>"
        decoded = decode(body, f"text/html; charset={name}" if written == "header" else None)
        assert "A +" not in decoded.text  # an escape that was read


def test_utf_7_is_never_read() -> None:
    """The charset that smuggles tags is not believed."""
    body = b"<html><head><meta charset='utf-7'></head><body>+ADw-script+AD4-alert(1)</body></html>"
    assert "<script>" not in decode(body, "text/html; charset=utf-7").text


@given(
    st.binary(max_size=2000), st.sampled_from([None, "text/html; charset=x-none", "text/html; charset=utf-16", ";;"])
)
def test_no_bytes_raise(body: bytes, header: str | None) -> None:
    """Whatever comes, there is a text."""
    assert isinstance(decode(body, header).text, str)


@given(st.text(min_size=1, max_size=500))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    """Any text in UTF-8 is read as it was written."""
    encoded = text.encode("utf-8", errors="ignore")
    if not encoded.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        assert decode(encoded, "text/html; charset=utf-8").text == encoded.decode()
