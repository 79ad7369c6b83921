"""Text from outside made safe to mail: what may stand in a header, in a body, and as a link."""

import unicodedata
from urllib.parse import urlsplit

HEADER_LENGTH = 150
"""Characters of a subject; longer ones are cut by clients anyway, and refused by some servers."""

_DROPPED = {"Cc", "Cs", "Co", "Cn"}
"""Control characters, lone surrogates, private use and unassigned code points."""

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder what stands around them, so that a reader sees another text than was written."""

_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def clean_line(text: str, length: int) -> str:
    """Return ``text`` on one line of at most ``length`` characters, white space folded, nothing invisible in it."""
    spaced = "".join(" " if character in _BREAKS else character for character in text[: 4 * length])
    kept = "".join(
        character
        for character in spaced
        if unicodedata.category(character) not in _DROPPED and character not in _DIRECTION and character != "\ufeff"
    )
    return _cut(" ".join(kept.split()), length)


def clean_header(text: str, length: int = HEADER_LENGTH) -> str:
    """Return ``text`` as a header may hold it: one clean line that no reader takes for an encoded word.

    Python's parser decodes ``=?utf-8?q?=0d=0aBcc:…?=`` on assignment, after which the Bcc is real.
    """
    return _cut(clean_line(text, length).replace("=?", "= ?").replace("?=", "? ="), length)


def web_link(url: str) -> str | None:
    """Return ``url`` when it is a web address that can stand in a mail; None for any other scheme or a broken one."""
    if not url.isprintable() or any(character in '<>"\\^`{|} ' for character in url) or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = length - 1
    while cut > 0 and (unicodedata.combining(text[cut]) or text[cut] == "\u200d" or text[cut - 1] == "\u200d"):
        cut -= 1
    return text[: cut or length - 1].rstrip() + "…"
