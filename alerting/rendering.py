"""A mail as bytes: text and HTML, headers that nobody from outside can add to, checked by reading it again."""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from alerting.cleaning import clean_header, clean_line
from alerting.describing import Description, describe, tally_of
from records.alert import Alert, Link
from records.development import Development, Occasion
from records.finding import Statement, Vote

TEXT_LINE_LENGTH = 2000
"""Characters kept of one line of a notice."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every mail of a pass carries: sender, date (UTC), and a web address to unsubscribe, if there is one.

    ``links_of`` gives the links to more on a development, None when there is no Kibana.
    """

    sender: str
    now: datetime
    unsubscribe_url: str | None = None
    links_of: Callable[[Development], Sequence[Link]] | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, ready to hand to a transport: exactly one recipient, and the whole message as bytes with CRLF."""

    sender: str
    to: str
    message_id: str
    content: bytes


def render_alert(alert: Alert, occasions: Sequence[Occasion], letterhead: Letterhead) -> Letter:
    """Return the mail on one development, or the digest of several; ``occasions`` says for each why it is told."""
    pairs = zip(alert.developments, occasions or [alert.occasion] * len(alert.developments), strict=True)
    links_of = letterhead.links_of or (lambda _: ())
    descriptions = [describe(development, occasion, links_of(development)) for development, occasion in pairs]
    digest = alert.occasion == "digest" or len(descriptions) != 1
    subject = _digest_subject(descriptions, letterhead.now) if digest else _subject(alert, descriptions[0])
    values = {
        "subject": subject,
        "developments": descriptions,
        "counts": _counts(descriptions),
        "note": clean_line(alert.note or "", TEXT_LINE_LENGTH),
        "subscription": clean_line(alert.subscription or "", 200),
    }
    template = "digest" if digest else "alert"
    extra = [("X-Convention-Watch-Development", description.id) for description in descriptions]
    if alert.in_reply_to:
        extra += [("In-Reply-To", alert.in_reply_to), ("References", alert.in_reply_to)]
    return _letter(alert.to, subject, alert.message_id, template, values, extra, letterhead)


def render_notices(to: str, message_id: str, notices: Sequence[tuple[str, str]], letterhead: Letterhead) -> Letter:
    """Return one mail to the operator with several notices, each a subject and a text."""
    subject = notices[0][0] if len(notices) == 1 else f"{len(notices)} notices: {notices[0][0]}, …"
    values = {
        "subject": clean_header(f"Convention Watch: {subject.removeprefix('Convention Watch: ')}"),
        "notices": [
            (clean_line(title, 300), [clean_line(line, TEXT_LINE_LENGTH) for line in text.splitlines()])
            for title, text in notices
        ],
    }
    return _letter(to, str(values["subject"]), message_id, "notice", values, [], letterhead)


def _subject(alert: Alert, description: Description) -> str:
    finding = alert.developments[0].finding
    prefix = description.label
    if isinstance(finding, Vote) and (tally := tally_of(finding)) and tally not in description.headline:
        prefix += f" {tally}"
    elif isinstance(finding, Statement):
        name = finding.speaker_full or finding.speaker
        prefix += f" by {name}" if name and name not in description.headline else ""
    return clean_header(f"{prefix}: {description.headline}")


def _digest_subject(descriptions: Sequence[Description], now: datetime) -> str:
    counts = ", ".join(f"{count} {title}" for title, count in _counts(descriptions))
    return clean_header(f"Digest of {now.day} {now:%B %Y}: {counts or 'nothing'}")


def _counts(descriptions: Sequence[Description]) -> list[tuple[str, int]]:
    counter = Counter(description.label for description in descriptions)
    return [(label.lower() if count == 1 else f"{label.lower()}s", count) for label, count in counter.most_common()]


def _letter(
    to: str,
    subject: str,
    message_id: str,
    template: str,
    values: Mapping[str, object],
    extra: Sequence[tuple[str, str]],
    letterhead: Letterhead,
) -> Letter:
    headers = [
        ("From", letterhead.sender),
        ("To", to),
        ("Subject", subject),
        ("Date", format_datetime(letterhead.now)),
        ("Message-ID", message_id),
        ("Auto-Submitted", "auto-generated"),
        ("List-Unsubscribe", _unsubscribe(to, letterhead)),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        *extra,
    ]
    text = _environment().get_template(f"{template}.txt.jinja").render(values)
    html = _environment().get_template(f"{template}.html.jinja").render(values)
    content = _serialise(headers, text, html)
    if not _says(content, headers):
        raise ValueError(f"the mail {message_id} does not read back as it was written")
    return Letter(letterhead.sender, to, message_id, content)


class _Policy(policy.EmailPolicy):
    """SMTP's policy, with two habits of Python's header folding (3.11) left out.

    It loses or adds spaces where encoded words meet ASCII (in 7 of 100 random subjects), so a subject that is
    not ASCII becomes encoded words from its first letter to its last. And it begins a new line before a long
    word, which readers of Message-ID take for a part of it, so what is ASCII stays on its line.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if value.isascii() and len(value) < _LINE_LENGTH:
            return f"{name}: {value}\r\n".encode("ascii")
        if name == "Subject":
            return f"{name}: {_encoded_words(value)}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")
_LINE_LENGTH = 900
"""Characters of a header that stay on one line; 998 are allowed (RFC 5322, 2.1.1)."""
_WORD_BYTES = 39
"""Bytes in one encoded word, so that the first line, name included, stays within 76 characters (RFC 2047)."""


def _encoded_words(text: str) -> str:
    chunks = [b""]
    for character in text:
        encoded = character.encode("utf-8")
        if len(chunks[-1]) + len(encoded) > _WORD_BYTES:
            chunks.append(b"")
        chunks[-1] += encoded
    return "\r\n ".join(f"=?utf-8?b?{b64encode(chunk).decode('ascii')}?=" for chunk in chunks)


def _serialise(headers: Sequence[tuple[str, str]], text: str, html: str) -> bytes:
    message = EmailMessage(policy=_POLICY)
    for name, value in headers:
        message[name] = value
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message.as_bytes()


def _says(content: bytes, headers: Sequence[tuple[str, str]]) -> bool:
    """Read the message again: it must hold the headers meant, in that order, and no others but those of MIME."""
    message = message_from_bytes(content, policy=policy.SMTP)
    mime = {"content-type", "mime-version"}
    found = [(name, " ".join(str(value).split())) for name, value in message.items() if name.lower() not in mime]
    meant = [(name, " ".join(value.split())) for name, value in headers]
    parts = [part.get_content_type() for part in message.walk()]
    return found == meant and parts == ["multipart/alternative", "text/plain", "text/html"]


def _unsubscribe(to: str, letterhead: Letterhead) -> str:
    mailto = f"<mailto:{letterhead.sender}?subject={quote(f'unsubscribe {to}')}>"
    if letterhead.unsubscribe_url is None:
        return mailto
    return f"<{letterhead.unsubscribe_url}>, {mailto}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("alerting", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default_for_string=True),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
