"""Strings that break mail programs, as titles, sources and speakers of articles that must be told."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import lxml.html
from sqlalchemy import select

from alerting.cleaning import clean_header
from alerting.transports import open_transport
from ledger.opening import Ledger
from ledger.tables import alerts, mails
from records.alert import Recipient
from records.development import Development, Occasion
from tests.reliability.newsdesk import Newsdesk, an_article, new_ledger
from tests.servers.smtp import Received, running_mail_server
from tests.unit.alerting.nasty import (
    BREAKS,
    BROKEN,
    CONTROLS,
    DIRECTIONS,
    ENCODED_WORDS,
    HEADERS,
    INVISIBLE,
    MARKUP,
    NASTY,
    SCRIPTS,
    TEMPLATES,
)
from tests.unit.ledger.writing import milestone, statement

COUNT = 515
CLASSES = (BREAKS, BROKEN, CONTROLS, DIRECTIONS, ENCODED_WORDS, HEADERS, INVISIBLE, MARKUP, SCRIPTS, TEMPLATES)
HEADERS_MEANT = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
    "x-convention-watch-development", "mime-version", "content-type",
}  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "body", "h1", "h2", "p", "strong", "blockquote", "footer", "ul", "li", "bdi", "a",
    "hr", "small", "table", "caption", "tr", "td", "th", "br", "tbody", "thead", "ol", "em", "span", "div", "style",
}  # fmt: skip
ANY_PARTS = {"multipart/alternative", "text/plain", "text/html"}


def generate(seed: int, count: int) -> list[str]:
    """So many strings: the collection in an order drawn from the seed, then compounds of two or three classes."""
    chance = random.Random(seed)
    strings = list(dict.fromkeys(NASTY))
    chance.shuffle(strings)
    while len(strings) < count:
        parts = [chance.choice(chance.choice(CLASSES)) for _ in range(chance.choice((2, 3)))]
        strings.append(chance.choice(("", " ", "word ")).join(parts))
    return strings[:count]


def told(seed: int, long: bool) -> dict[str, Any]:
    """Each string is the title and source of an article, the party of a signature, a speaker, and the name of the
    subscription that asked: all are told.
    """
    strings = generate(seed, COUNT if long else 40)
    with new_ledger() as ledger, running_mail_server() as server:
        desk = _Desk(ledger, strings)
        for number, string in enumerate(strings):
            _store(desk, number, string)
        examined = desk.detect()
        counts = desk.mail(open_transport(server.url), cap=10 * len(strings))
        with ledger.read() as conn:
            entered = set(conn.execute(select(mails.c.message_id)).scalars())
            developments = set(conn.execute(select(alerts.c.development)).scalars())
    got = Counter(mail.message_id for mail in server.received)
    faults = [fault for mail in server.received for fault in _faults(mail)]
    result = {
        "strings": len(strings),
        "examined": examined.examined,
        "not_examined": examined.failed,
        "signatures_told": sum("Milestone" in str(mail.message["Subject"]) for mail in server.received),
        "alerts": len(developments),
        "mails": len(server.received),
        "lost": len(entered - set(got)),
        "doubled": got.total() - len(got),
        "set_aside": counts.set_aside,
        "injections": faults,
    }
    whole = result["signatures_told"] == len(strings) and not result["lost"] and not result["doubled"]
    return result | {"held": whole and not counts.set_aside and not faults and not examined.failed}


class _Desk(Newsdesk):
    """A newsdesk whose reader has named the subscriptions so that no two are alike, and none is harmless."""

    def __init__(self, ledger: Ledger, names: Sequence[str]) -> None:
        super().__init__(ledger)
        self._names = cycle(names)

    def recipients(self, _development: Development, _occasion: Occasion) -> Sequence[Recipient]:
        """The one reader, by the next subscription."""
        return [Recipient(reader, "immediate", next(self._names)) for reader in self.readers]


def _store(desk: Newsdesk, number: int, string: str) -> None:
    """An article of its own event: a signature by a party so named, and a statement of a speaker so named."""
    proof = f"Party {number} signed the convention: {string[:3000]}"
    speaker = f"Speaker {number} {string[:300]}"
    text = f"{proof} {speaker} said that it was wise."
    desk.store(
        an_article(
            text,
            url=f"https://tidings.example/{number}",
            source=f"{string[:300]} {number}",
            title=f"{string} {number}",
        ),
        milestone(proof, subject=f"Party {number} {string[:100]}"),
        statement(text, "it was wise", speaker=speaker, affiliation=string[:100]),
    )


def _faults(mail: Received) -> list[str]:
    """What of a string acts in a mail: another header, recipient or part, a tag or a link that is not ours."""
    message = mail.message
    faults = [f"header {name}" for name in message if name.lower() not in HEADERS_MEANT]
    faults += [f"header {name} twice" for name, times in Counter(map(str.lower, message.keys())).items() if times > 1]
    faults += ["recipient"] if (mail.to, message["To"]) != (("reader@example.org",), "reader@example.org") else []
    parts = list(message.walk())
    faults += [f"part {one.get_content_type()}" for one in parts if one.get_content_type() not in ANY_PARTS]
    faults += ["parts"] if len(parts) != 3 else []
    subject = str(message["Subject"])
    faults += ["subject"] if clean_header(subject) != subject else []
    return faults + _faults_of_html(parts[-1].get_content())


def _faults_of_html(html: str) -> list[str]:
    faults: list[str] = []
    for element in lxml.html.document_fromstring(html).iter():
        if not isinstance(element.tag, str) or element.tag not in TAGS:
            faults.append(f"tag {element.tag!r}")
            continue
        faults += [f"attribute {name!r}" for name in element.attrib if str(name).lower().startswith("on")]
        links: Sequence[Any] = [element.get(name) for name in ("href", "src", "action") if element.get(name)]
        faults += [f"link {link!r}" for link in links if not str(link).startswith(("http://", "https://", "mailto:"))]
    return faults
