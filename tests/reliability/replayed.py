"""A feed that shows its whole archive again: nothing old is told."""

import random
from datetime import timedelta
from typing import Any

from alerting.transports import open_transport
from ledger.sources import SourcePass, origin_of, record_pass
from tests.reliability.newsdesk import NOW, STATES, Newsdesk, an_article, new_ledger
from tests.servers.smtp import running_mail_server
from tests.unit.ledger.writing import milestone


def an_old_feed(seed: int, long: bool) -> dict[str, Any]:
    """Items a year old appear in a feed that was read yesterday; half of them had been told, under other addresses."""
    items = 500 if long else 60
    chance = random.Random(seed)
    with new_ledger() as ledger, running_mail_server() as server:
        desk = Newsdesk(ledger)
        ago = NOW - timedelta(days=365)
        with ledger.begin() as conn:
            record_pass(conn, SourcePass("tidings", "ok", ago, ago, 0, 0, 0, 0, {}))
        _publish(desk, range(0, items, 2), chance, days=365, address="first")
        desk.detect(now=ago)
        desk.mail(open_transport(server.url), now=ago, cap=items)
        told = len(server.received)
        with ledger.begin() as conn:
            yesterday = NOW - timedelta(days=1)
            record_pass(conn, SourcePass("tidings", "ok", yesterday, yesterday, 0, 0, 0, 0, {}))
        _publish(desk, range(items), chance, days=0, address="again")
        examined = desk.detect().examined
        desk.mail(open_transport(server.url))
        sent = len(server.received) - told
    return {"items": items, "told_a_year_ago": told, "examined": examined, "mails": sent, "held": told > 0 and not sent}


def _publish(desk: Newsdesk, numbers: range, chance: random.Random, *, days: int, address: str) -> None:
    """Let the source bring items, all a year old, at NOW less ``days``; each under an address of this time."""
    at = NOW - timedelta(days=days)
    for number in numbers:
        state = STATES[number % len(STATES)]
        text = f"Report {number} of the desk: {state} has signed the convention against cybercrime. " + _own(number)
        published = NOW - timedelta(days=365, minutes=number)
        url = f"https://tidings.example/{address}/{number}?{chance.random()}"
        one = an_article(text, url=url, title=f"{state} signs, {number}", published_at=published)
        with desk.ledger.read() as conn:
            origin = origin_of(conn, "tidings", published, now=at)
        desk.store(one, milestone(text, subject=state), origin=origin, at=at)


def _own(number: int) -> str:
    """Words that no other report has, enough for a fingerprint."""
    return " ".join(f"word{number}x{place}" for place in range(40))
