"""Years after December 2019 made by a generator, the same ones every time: every sentence says that it is invented."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from indexing.describing import describe_article, describe_development
from indexing.describing_findings import COLLECTION_OF_KIND, describe_finding
from indexing.describing_operations import describe_pass, describe_pulse
from indexing.documents import Document, make_document
from ledger.pulses import Pulse
from ledger.sources import KeptPass, SourcePass, State
from records.development import Sighting, Status
from records.finding import Finding, Stance
from tests.unit.indexing.builders import (
    make_article,
    make_development,
    make_examination,
    make_indexable,
    make_milestone,
    make_sighting,
    make_statement,
    make_vote,
)

END = datetime(2026, 6, 30, 6, 0, tzinfo=UTC)
DAYS = 24
SOURCES = {
    "assembly-record": "en", "atelier-genevois": "fr", "baikal-lenta": "ru", "harbour-portal": "en",
    "hudson-dispatch": "en", "meridiano-sur": "es", "neva-wire": "en", "packet-rights": "en",
    "waha-press": "ar", "yangtze-daily": "zh",
}  # fmt: skip
SPEAKERS = {
    "Chile": "Ana Morel", "Ghana": "Ruth Okoye", "Japan": "Mei Tan", "Norway": "Per Aas", "Vietnam": "Li Fan",
    "Switzerland": "Dina Sorel", "Kenya": "Ivo Hart",
}  # fmt: skip
STANCES: tuple[Stance, ...] = ("support", "support", "oppose", "concern", "concern", "neutral")
BODIES = ("GA plenary", "Third Committee", "Ad Hoc Committee")
FAULTS: dict[str, tuple[State, str]] = {
    "waha-press": ("unreachable", "waha-press.example: no answer in 20 seconds"),
    "meridiano-sur": ("blocked", "a page that asks for consent, status 200"),
}


def later_documents() -> Iterator[Document]:
    """Yield votes, statements and milestones of six years with their articles, and passes of the last weeks."""
    chance = random.Random(2020)
    for number in range(90):
        at = END - timedelta(days=chance.randrange(1, 2350), hours=chance.randrange(24))
        yield from _event(chance, number, at)
    yield from _passes(chance)


def _event(chance: random.Random, number: int, at: datetime) -> Iterator[Document]:
    finding = _finding(chance, number, at)
    contradicted = number % 9 == 0
    sightings: list[Sighting] = []
    for nth, source in enumerate(chance.sample(list(SOURCES), chance.randrange(1, 6))):
        report = finding
        if contradicted and nth == 1:
            report = make_vote(in_favour=80 + number % 7, against=58, abstain=None, event_date=at.date())
        state = chance.choice(list(SPEAKERS))
        text = f"Invented for this picture: report {number} names {state} and tells of the convention."
        article = make_article(
            f"later-{number}-{nth}", title=f"Invented report {number}", text=text, source=source, publisher=source,
            language=SOURCES[source], published_at=at + timedelta(hours=nth), fetched_at=at + timedelta(hours=nth + 1),
            text_scope="summary" if chance.random() < 0.1 else "full",
        )  # fmt: skip
        sightings.append(make_sighting(article, report, language=SOURCES[source]))
        indexable = make_indexable(article, make_examination(article, report), at=at + timedelta(hours=nth, minutes=30))
        yield make_document("articles", describe_article(indexable), 1)
    status: Status = "reported" if len(sightings) < 2 else "corroborated"
    event = make_development(
        finding, *sightings, id=f"later-{number}", headline=f"Invented event {number}",
        status="contradicted" if contradicted and len(sightings) > 1 else status, first_seen=at + timedelta(minutes=30),
        event_date=at.date(), publishers=len(sightings), independent=max(1, len(sightings) - 1),
        not_told_because="it is only recalled" if number % 10 == 3 else None,
    )  # fmt: skip
    yield make_document("developments", describe_development(event), 1)
    yield make_document(COLLECTION_OF_KIND[event.kind], describe_finding(event), 1)


def _finding(chance: random.Random, number: int, at: datetime) -> Finding:
    if number % 3 == 0:
        numbers: dict[str, Any] = {"in_favour": 70 + chance.randrange(40), "against": 40 + chance.randrange(25)}
        numbers["abstain"] = 20 + chance.randrange(20)
        if number % 12 == 6:
            numbers = {"in_favour": None, "against": None, "abstain": None, "method": "without_vote"}
        symbol = f"A/C.3/{70 + number % 9}/L.{number}"
        return make_vote(**numbers, body=chance.choice(BODIES), symbol=symbol, event_date=at.date())
    state = chance.choice(list(SPEAKERS))
    if number % 3 == 1 or number % 5:
        said: dict[str, Any] = {"role": "delegate", "stance": chance.choice(STANCES), "spans": ((0, 25),)}
        return make_statement(speaker_full=SPEAKERS[state], affiliation=state, **said)
    return make_milestone(subject=state, event_date=at.date())


def _passes(chance: random.Random) -> Iterator[Document]:
    for day in range(DAYS):
        at = END - timedelta(days=DAYS - day)
        states: dict[str, str] = {}
        for nth, source in enumerate(SOURCES):
            faulty = source in FAULTS and day > 14 + nth // 2
            one = _faulty_pass(source, at) if faulty else _good_pass(chance, source, at)
            states[source] = "silent" if source == "packet-rights" and day > 10 else one.state
            yield make_document("passes", describe_pass(KeptPass(100_000 + day * 100 + nth, one)), 1)
        yield make_document("pulses", describe_pulse(_pulse(chance, day, at, states)), 1)


def _faulty_pass(source: str, at: datetime) -> SourcePass:
    state, error = FAULTS[source]
    return SourcePass(source, state, at, at + timedelta(seconds=20), 0, 0, 0, 0, {}, error, network_seconds=20.0)


def _good_pass(chance: random.Random, source: str, at: datetime) -> SourcePass:
    known, off_topic, stored = chance.randrange(20, 60), chance.randrange(5, 30), chance.randrange(3)
    dropped = _dropped(chance)
    found = known + off_topic + stored + sum(dropped.values())
    network = chance.randrange(5, 40) / 10
    ended_at = at + timedelta(seconds=4)
    return SourcePass(source, "ok", at, ended_at, found, known, off_topic, stored, dropped, network_seconds=network)


def _pulse(chance: random.Random, day: int, at: datetime, states: dict[str, str]) -> Pulse:
    waiting = [0, 0, 12, 31, 47, 0][max(0, min(day - 9, 5))]
    mails = chance.randrange(0, 5)
    return Pulse(
        number=100_000 + day, at=at, index_waiting=waiting, index_oldest_seconds=waiting * 1800,
        index_set_aside=int(day > 18), mails_waiting=mails // 4, mails_oldest_seconds=mails // 4 * 900,
        mails_set_aside=0, mails_accepted=mails, quarantined=int(day > 20), sources=states,
    )  # fmt: skip


def _dropped(chance: random.Random) -> dict[str, int]:
    reasons: Sequence[str] = ("undated", "too short", "page gone", "robots.txt")
    return {reason: chance.randrange(1, 4) for reason in reasons if chance.random() < 0.15}
