"""Mail server and index are both away for a day, then back."""

import random
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from alerting.transports import open_transport
from indexing.delivering import deliver as deliver_documents
from indexing.opening import open_index
from indexing.rebuilding import verify
from ledger.developments import iter_developments, told
from ledger.leases import this_owner
from tests.reliability.newsdesk import NOW, STATES, Newsdesk, an_article, closed_port, new_ledger
from tests.servers.smtp import MailServer, running_mail_server
from tests.unit.ledger.writing import milestone

READERS = ("a@example.org", "b@example.org", "c@example.org")


def both_down_for_a_day(seed: int, long: bool) -> dict[str, Any]:
    """Signatures come in while nothing can be delivered; afterwards each reader is told of each, once."""
    states = list(STATES)
    random.Random(seed).shuffle(states)
    states = states if long else states[:24]
    with new_ledger() as ledger, running_mail_server() as server, tempfile.TemporaryDirectory() as folder:
        desk = Newsdesk(ledger, READERS)
        server.stop()
        _day_without(desk, server, states)
        server.start()
        digests = _days_after(desk, server, Path(folder))
        with ledger.read() as conn:
            developments = list(iter_developments(conn))
            told_to = Counter(one.to for each in developments for one in told(conn, each.id))
        index = open_index("embedded", home=Path(folder))
        agrees = verify(ledger, index).agrees
        index.close()
    sent = Counter((mail.to[0], one) for mail in server.received for one in _developments(mail.message))
    wanted = {reader: len(states) for reader in READERS}
    return {
        "developments": len(developments),
        "told": dict(told_to),
        "told_twice": sum(times - 1 for times in sent.values()),
        "most_digests_per_reader_and_pass": digests,
        "mails": len(server.received),
        "index_agrees": agrees,
        "held": told_to == wanted and sent.total() == len(sent) == len(states) * 3 and digests <= 1 and agrees,
    }


def _day_without(desk: Newsdesk, server: MailServer, states: list[str]) -> None:
    index = open_index(f"http://127.0.0.1:{closed_port()}", home=Path())
    passes = range(0, 25, 4)
    for number, hours in enumerate(passes):
        now = NOW + timedelta(hours=hours)
        for state in states[number :: len(passes)]:
            text = f"{state} has signed the convention against cybercrime, its ministry said."
            one = an_article(text, url=f"https://tidings.example/{state}", title=f"{state} signs", published_at=now)
            desk.store(one, milestone(text, subject=state), at=now)
        desk.detect(now=now)
        assert deliver_documents(desk.ledger, index, now=now, owner=this_owner()).error
        assert desk.mail(open_transport(server.url), now=now).outage
    index.close()


def _days_after(desk: Newsdesk, server: MailServer, home: Path) -> int:
    """Passes of three days; the largest number of digests that one reader got in one of them."""
    index = open_index("embedded", home=home)
    most = 0
    for hours in range(25, 25 + 72, 6):
        now = NOW + timedelta(hours=hours)
        before = len(server.received)
        deliver_documents(desk.ledger, index, now=now, owner=this_owner())
        desk.mail(open_transport(server.url), now=now)
        several = [mail.to[0] for mail in server.received[before:] if len(_developments(mail.message)) > 1]
        most = max([most, *Counter(several).values()])
    index.close()
    return most


def _developments(message: Any) -> list[str]:
    return [str(one) for one in message.get_all("X-Convention-Watch-Development") or []]
