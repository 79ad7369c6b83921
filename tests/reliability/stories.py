"""One story under changing addresses, guids and titles; and strangers who claim it."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from alerting.transports import open_transport
from crawlers.reading.assembling import assemble_article
from crawlers.reading.page_reading import PageReading
from crawlers.source import Source
from ledger.articles import iter_articles
from records.article import Article, Entry
from tests.reliability.newsdesk import NOW, STATES, Newsdesk, new_ledger
from tests.servers.smtp import running_mail_server
from watch.detecting import DetectionCounts, detect

PLAIN = "https://www.{site}.example/world/2025/10/{slug}-30517"
TITLE = "{state} signs the cybercrime convention"


@dataclass(frozen=True, slots=True)
class Showing:
    """How a site shows a story: where, under which guid and title, and what the page says of its own address."""

    url: str = PLAIN
    guid: str | None = "guid-1"
    title: str = TITLE
    canonical: str | None = None
    more: str = ""


AGAIN = {
    "nothing": Showing(),
    "http": Showing("http://www.{site}.example/world/2025/10/{slug}-30517"),
    "without www": Showing("https://{site}.example/world/2025/10/{slug}-30517"),
    "www2": Showing("https://www2.{site}.example/world/2025/10/{slug}-30517"),
    "m.": Showing("https://m.{site}.example/world/2025/10/{slug}-30517"),
    "mobile.": Showing("https://mobile.{site}.example/world/2025/10/{slug}-30517"),
    "amp.": Showing("https://amp.{site}.example/world/2025/10/{slug}-30517"),
    "/amp at the end": Showing(PLAIN + "/amp"),
    "/amp in front": Showing("https://www.{site}.example/amp/world/2025/10/{slug}-30517"),
    "?amp=1": Showing(PLAIN + "?amp=1"),
    "?outputType=amp": Showing(PLAIN + "?outputType=amp"),
    "slash": Showing(PLAIN + "/"),
    "fragment": Showing(PLAIN + "#comments"),
    "port": Showing("https://www.{site}.example:443/world/2025/10/{slug}-30517"),
    "host in capitals": Showing("https://WWW.{site}.EXAMPLE/world/2025/10/{slug}-30517"),
    "utm": Showing(PLAIN + "?utm_source=rss&utm_medium=feed&utm_campaign=x"),
    "fbclid": Showing(PLAIN + "?fbclid=IwAR0abcdef"),
    "gclid": Showing(PLAIN + "?gclid=EAIaIQ"),
    "ref": Showing(PLAIN + "?ref=rss"),
    "canonical of a mobile page": Showing("https://m.{site}.example/a/30517", canonical=PLAIN),
    "another path": Showing("https://www.{site}.example/archive/{slug}"),
    "another number": Showing("https://www.{site}.example/world/2025/10/{slug}-99999"),
    "another guid": Showing(guid="guid-2"),
    "no guid": Showing(guid=None),
    "another guid and address": Showing("https://www.{site}.example/n/1", guid="guid-2"),
    "another title": Showing(title="In Hanoi, {state} puts its name to a treaty"),
    "title in capitals": Showing(title="{state} SIGNS THE CYBERCRIME CONVENTION"),
    "another title and address": Showing("https://www.{site}.example/n/2", title="A treaty and {state}"),
    "all three": Showing("https://www.{site}.example/n/3", "guid-3", "What {state} did in Hanoi"),
    "a paragraph more": Showing(more="The ministry gave no date for the vote in parliament."),
}
OWNED = PLAIN.replace("{site}", "owner")
CLAIMS = {
    "guid": Showing("https://www.rival.example/2"),
    "address": Showing(OWNED, guid="other"),
    "canonical": Showing("https://www.rival.example/1", guid="other", canonical=OWNED),
    "title": Showing("https://www.rival.example/3", guid="other", title=TITLE.replace("{state}", "A state")),
}
"""How a hostile source may claim the owner's story: each came first, and must not keep it from being told."""


def cases(seed: int, _long: bool) -> dict[str, Any]:
    """Each case on a site of its own, told of a state of its own: one article, one mail; then strangers' claims."""
    states = list(STATES[: len(AGAIN)])
    random.Random(seed).shuffle(states)
    with new_ledger() as ledger, running_mail_server() as server:
        desk = _Desk(ledger)
        for number, (state, again) in enumerate(zip(states, AGAIN.values(), strict=True)):
            for showing in (Showing(), again):
                desk.store(_article(f"site{number}", f"site{number}", showing, state))
                desk.detect()
        desk.mail(open_transport(server.url), cap=100)
        mails = [str(mail.message["Subject"]) for mail in server.received]
        with ledger.read() as conn:
            sites = [one.stored.article.source for one in iter_articles(conn)]
    several = [name for number, name in enumerate(AGAIN) if sites.count(f"site{number}") != 1]
    told = {state: sum(state in subject for subject in mails) for state in states}
    wrong = {state: times for state, times in told.items() if times != 1}
    suppressed = _strangers(states[0], states[1])
    return {
        "cases": len(AGAIN),
        "mails": len(mails),
        "not_one_article": several,
        "not_one_mail": wrong,
        "strangers": len(CLAIMS),
        "suppressed_by_strangers": suppressed,
        "held": len(AGAIN) == 30 and not several and not wrong and not suppressed,
    }


class _Desk(Newsdesk):
    """A newsdesk that reads with the real detector."""

    def detect(self, *, now: datetime = NOW) -> DetectionCounts:
        return detect(self.ledger, recipients=self.recipients, now=now)


def _strangers(mine: str, theirs: str) -> list[str]:
    """Those claims by which a hostile source kept the owner's story, stored after its own, from being told."""
    suppressed = []
    for name, claim in CLAIMS.items():
        with new_ledger() as ledger, running_mail_server() as server:
            desk = _Desk(ledger)
            desk.store(_article("rival", "rival", claim, theirs))
            desk.store(_article("owner", "owner", Showing(), mine))
            desk.detect()
            desk.mail(open_transport(server.url))
            if not any(mine in str(mail.message["Subject"]) for mail in server.received):
                suppressed.append(name)
    return suppressed


def _article(source: str, site: str, showing: Showing, state: str) -> Article:
    """What the crawler makes of a page, as it is shown."""
    names = {"site": site, "slug": f"{state.lower()}-signs", "state": state}
    url, title = showing.url.format(**names), showing.title.format(**names)
    entry = Entry(url=url, title=title, published_at=NOW - timedelta(hours=2), date_source="feed", guid=showing.guid)
    canonical = showing.canonical.format(**names) if showing.canonical else None
    text = (
        f"{state} signed the United Nations Convention against Cybercrime in Hanoi on Saturday. "
        f"The minister of {state} held the pen at noon, in a hall by the lake, before guests from many capitals "
        "and a choir of schoolchildren, while rain fell on the tents outside and the traffic stood still. "
        f"{showing.more}"
    )
    page = PageReading(text=text, title=title, canonical=canonical, language="en", dates=())
    made = assemble_article(_source(source), entry, page, url=url, now=NOW)
    assert made is not None
    return replace(made, text=made.text.strip())


def _source(name: str) -> Source:
    return Source.model_validate(
        {
            "id": name,
            "name": name,
            "homepage": f"https://www.{name}.example/",
            "publisher": name,
            "country": "INT",
            "languages": ["en"],
            "state_media": False,
            "find": [{"feed": f"https://www.{name}.example/rss"}],
            "fetch": "all",
            "every": "15m",
            "expects_per_week": 2,
        }
    )
