"""Which characters the bytes are: UTF-8 when they are UTF-8, else what was declared, else a flagged guess."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

_XML_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEVEN_BIT = ("iso2022_jp", "hz", "iso2022_kr")
_ASSUMED_BY_SERVERS = {"cp1252", "iso8859-1", "latin-1"}
_NO_CHARSETS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape"}  # "utf-7" hides markup
_SAMPLE = 50_000  # bytes are enough for a guess; the guesser's time grows with their number


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and whether that is certain; if not, some characters may be wrong."""

    text: str
    encoding: str
    certain: bool


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of a feed or page; what cannot be decoded becomes U+FFFD and makes it uncertain."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(encoding, errors="replace")
            return Decoded(text, encoding, "�" not in text)
    declared = list(_declared(body, content_type))
    if body.isascii():
        return _decode_ascii(body, declared)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", certain=True)
    except UnicodeDecodeError:
        return _decode_other(body, declared)


def _decode_ascii(body: bytes, declared: list[str]) -> Decoded:
    seven_bit = next((name for name in declared if name in _SEVEN_BIT), None)
    if seven_bit and b"\x1b" in body:
        text = body.decode(seven_bit, errors="replace")
        return Decoded(text, seven_bit, "�" not in text)
    return Decoded(body.decode("ascii"), "utf-8", certain=True)


def _declared(body: bytes, content_type: str | None) -> Iterable[str]:
    """Yield known declared charsets, the more trustworthy first; UTF-7 is never among them."""
    head = body[:4096]
    in_xml = _XML_DECLARATION.match(head)
    found = [
        http_content_type_encoding((content_type or "")[:500]),
        resolve_encoding(in_xml[1].decode("ascii")) if in_xml else html_body_declared_encoding(head),
    ]
    names = [name for name in found if name and _is_charset(name)]
    # A server that says Latin-1 has mostly been left at its default: what the document says goes first.
    return sorted(dict.fromkeys(names), key=lambda name: name in _ASSUMED_BY_SERVERS)


def _is_charset(name: str) -> bool:
    """Tell whether a codec of Python's turns bytes into text as documents are written; some do something else."""
    try:
        b"a".decode(name, errors="replace")
    except (LookupError, UnicodeError):  # "uu", "hex", "zlib"; "undefined"
        return False
    return codecs.lookup(name).name not in _NO_CHARSETS


def _decode_other(body: bytes, declared: list[str]) -> Decoded:
    """Decode bytes that are not wholly UTF-8."""
    as_utf8 = body.decode("utf-8", errors="replace")
    bad = as_utf8.count("�")
    good = sum(1 for character in as_utf8 if character > "\x7f") - bad
    if good > 5 * bad:
        return Decoded(as_utf8, "utf-8", certain=False)
    for name in declared:
        if name.lower().replace("_", "-").startswith("utf-8"):
            continue
        text = body.decode(name, errors="replace")
        if text.count("�") * 100 <= len(text) and not (name in _ASSUMED_BY_SERVERS and _is_mojibake(text)):
            return Decoded(text, name, "�" not in text)
    return _guess(body, as_utf8)


def _is_mojibake(text: str) -> bool:
    """Tell whether most letters are accented Latin ones, as when Cyrillic, Arabic or Greek is read as Latin-1."""
    letters = [character for character in text[:_SAMPLE] if character.isalpha() and character > "\x7f"]
    plain = sum(1 for character in text[:_SAMPLE] if character.isascii() and character.isalpha())
    in_tags = sum(len(tag) for tag in re.findall(r"<[^<>]{0,500}>", text[:_SAMPLE]))
    return len(letters) > 20 and len(letters) > max(0, plain - in_tags)


def _guess(body: bytes, as_utf8: str) -> Decoded:
    best = from_bytes(_without_tags(body)[:_SAMPLE]).best()
    if best is None:
        return Decoded(as_utf8, "utf-8", certain=False)
    return Decoded(body.decode(best.encoding, errors="replace"), best.encoding, certain=False)


def _without_tags(body: bytes) -> bytes:
    return re.sub(rb"<[^<>]{0,2000}>", b" ", body)
