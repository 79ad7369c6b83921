"""Text as it is stored: NFC, without control characters, direction overrides or lone surrogates."""

import html
import re
import unicodedata

# Kept: tab, line feed, ZWNJ and ZWJ (Persian and emoji need them), LRM and RLM. Gone: other controls,
# soft hyphen, zero-width space, embedding and override of direction, byte order mark, surrogates.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
_TAG = re.compile(r"<[^<>]{0,5000}>")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Return paragraphs, one a line, in their order; empty lines and blanks at the ends are gone."""
    text = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)


def clean_line(text: str | None, *, limit: int = 1000) -> str | None:
    """Return a title or the like on one line of at most ``limit`` characters; None when nothing is left."""
    if not text:
        return None
    line = clean_text(text[: 20 * limit]).replace("\n", " ")
    return (line if len(line) <= limit else line[: limit - 1].rstrip() + "…") or None


def strip_markup(fragment: str | None, *, limit: int = 20_000) -> str | None:
    """Return the text of a fragment of HTML, block ends as line ends; None when nothing is left."""
    if not fragment:
        return None
    fragment = fragment[: 5 * limit]
    if "<" in fragment:
        fragment = re.sub(r"(?i)<(script|style)\b[^<>]{0,1000}>[^<]*</\1>", " ", fragment)
        fragment = re.sub(r"(?i)</?(p|div|br|li|ul|ol|h[1-6]|tr|blockquote)\b[^<>]{0,5000}>", "\n", fragment)
        fragment = _TAG.sub("", fragment)
    return clean_text(html.unescape(fragment))[:limit] or None


def local_name(tag: str) -> str:
    """Return an XML element's name in lower case without namespace, or without the prefix that nobody declared."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()
