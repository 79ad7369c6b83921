"""What the printed articles report: votes, statements and milestones, some new, most told before by others.

Nothing is detected here: each article is given its findings and the decisions on them, as detection would hand them on.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from records.development import Decision, Development, Sighting
from records.finding import Examination, Finding, Milestone, Relevance, Statement, Vote
from records.fingerprint import fingerprint
from tests.bench.press import Printed

FINDINGS = (0, 0, 1, 1, 2)
"""How many findings an article has, each as likely: two articles in five have none."""

KNOWN = 0.6
"""The share of findings that report an event already known: each event is told some two or three times."""

OPEN = 60
"""Events that are still being reported at any time."""

MANY = 0.002
"""The share of events that the whole world reports: up to 300 articles, others up to 12."""

STATES = (
    "Russia", "United States", "China", "France", "Egypt", "Brazil", "Japan", "Viet Nam", "South Africa", "India",
    "Mexico", "Germany", "Belarus", "Iran", "Canada", "Nigeria", "New Zealand", "Cambodia", "Costa Rica", "Norway",
)  # fmt: skip
GIVEN = ("Ana", "Ivan", "Ruth", "Li", "Per", "Dina", "Andrey", "Mei", "Omar", "Lucía", "Faouzia", "Deborah")
FAMILIES = ("Morel", "Vell", "Okoye", "Krutskikh", "Aas", "Sorel", "Mebarki", "McCarthy", "Hassan", "Tan", "García")
BODIES = ("GA plenary", "Third Committee", "Ad Hoc Committee")
BACKFILL = "published before the watch began"


@dataclass(frozen=True, slots=True)
class Reported:
    """A printed article with what it says and what was decided on that, in order."""

    printed: Printed
    sketch: tuple[int, ...]
    examination: Examination
    decisions: tuple[Decision, ...]


@dataclass(slots=True)
class _Event:
    development: Development
    reports_left: int


def report(printed: Iterable[Printed], *, seed: int = 1, exact: bool) -> Iterator[Reported]:
    """Yield every article with its findings; fingerprints are drawn, not computed, unless they are to be ``exact``.

    Drawn ones are of the same shape and cost a twentieth; a copy has its original's.
    """
    chance = random.Random(f"happenings {seed}")
    under_way: list[_Event] = []
    sketches: dict[str, tuple[int, ...]] = {}
    for one in printed:
        sketch = fingerprint(one.article.text) if exact else _draw_sketch(chance, one, sketches)
        decisions = tuple(_decide(chance, one, sketch, under_way) for _ in range(chance.choice(FINDINGS)))
        decisions = tuple(
            {decision.development.id: decision for decision in decisions if decision.development}.values()
        )
        yield Reported(one, sketch, _examined(one, decisions), decisions)


def _draw_sketch(chance: random.Random, one: Printed, sketches: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The 96 smallest of as many hashes as the text has runs lie evenly below about their share of all hashes."""
    if one.original is not None:
        return sketches[one.original.id]
    runs = max(96, len(one.article.text) // 7)
    sketch = tuple(sorted(chance.randrange(2**48 * 96 // runs) for _ in range(96)))
    sketches[one.article.id] = sketch
    if len(sketches) > 20_000:  # the rarest language's last forty texts are among the last some thousands
        del sketches[next(iter(sketches))]
    return sketch


def _examined(one: Printed, decisions: tuple[Decision, ...]) -> Examination:
    found = [finding for decision in decisions for finding in decision.findings]
    return Examination(
        one.article.id,
        one.article.language,
        Relevance(True, 0.93, ("the topic is named in the title", "and in the text")),
        votes=tuple(finding for finding in found if isinstance(finding, Vote)),
        statements=tuple(finding for finding in found if isinstance(finding, Statement)),
        milestones=tuple(finding for finding in found if isinstance(finding, Milestone)),
    )


def _decide(chance: random.Random, one: Printed, sketch: tuple[int, ...], under_way: list[_Event]) -> Decision:
    event = chance.choice(under_way) if under_way and chance.random() < KNOWN else None
    mine = None if event is None else _join(event, one, sketch)
    if event is None or mine is None:
        event = _happen(chance, one, sketch)
        under_way.append(event)
        del under_way[:-OPEN]
        return _decision("new", event.development)
    event.development = mine
    event.reports_left -= 1
    if event.reports_left <= 0:
        under_way.remove(event)
    return _decision("sighting", mine)


def _decision(verdict: Any, development: Development) -> Decision:
    finding = development.sightings[-1].finding
    return Decision(verdict, development.kind, (finding,), development, None, BACKFILL)


def _join(event: _Event, one: Printed, sketch: tuple[int, ...]) -> Development | None:
    """The event with one report more; None when this article has reported it already."""
    before = event.development
    if any(sighting.article_id == one.article.id for sighting in before.sightings):
        return None
    sightings = (*before.sightings, _sight(one, sketch, before.finding))
    publishers = len({sighting.publisher for sighting in sightings})
    status: Any = "corroborated" if publishers > 1 else "reported"
    return replace(before, sightings=sightings, publishers=publishers, independent=publishers, status=status)


def _happen(chance: random.Random, one: Printed, sketch: tuple[int, ...]) -> _Event:
    finding = _find(chance, one)
    kind: Any = type(finding).__name__.lower()
    development = Development(
        id=f"{kind}-{one.article.id[:16]}-{chance.getrandbits(32):08x}",
        kind=kind,
        headline=f"{kind.capitalize()}: {one.article.title}",
        status="reported",
        first_seen=one.at,
        event_date=None if isinstance(finding, Statement) else finding.event_date,
        publishers=1,
        independent=1,
        finding=finding,
        sightings=(_sight(one, sketch, finding),),
        not_told_because=BACKFILL,
    )
    return _Event(development, chance.randrange(20, 300) if chance.random() < MANY else chance.randrange(1, 12))


def _sight(one: Printed, sketch: tuple[int, ...], finding: Finding) -> Sighting:
    start = one.article.text.index(one.proof)
    end = start + len(one.proof)
    article = one.article
    return Sighting(
        article_id=article.id,
        url=article.url,
        source=article.source,
        publisher=article.publisher,
        published_at=article.published_at,
        title=article.title,
        sentence=one.proof,
        start=start,
        end=end,
        content_hash=article.content_hash,
        rule=finding.rule,
        recalled=False,
        finding=_place(finding, start, end),
        language=article.language,
        fingerprint=sketch,
    )


def _place(finding: Finding, start: int, end: int) -> Finding:
    if isinstance(finding, Statement):
        return replace(finding, spans=((start, end),))
    if isinstance(finding, Vote):
        return replace(finding, start=start, end=end)
    return replace(finding, start=start, end=end)


def _find(chance: random.Random, one: Printed) -> Finding:
    day = (one.article.published_at or one.at).date() - timedelta(days=chance.randrange(3))
    drawn = chance.random()
    if drawn < 0.65:
        speaker = f"{chance.choice(GIVEN)} {chance.choice(FAMILIES)}"
        state = chance.choice(STATES)
        stance: Any = chance.choice(("support", "oppose", "concern", "neutral", None))
        return Statement(
            speaker, 0, len(speaker), speaker, "delegate", state, "indirect", ((0, 1),), "said", stance, "said"
        )
    if drawn < 0.85:
        return Milestone("signature", chance.choice(STATES), day, "done", 0, 1, "signed")
    numbers = (chance.randrange(60, 150), chance.randrange(60), chance.randrange(40))
    body = chance.choice(BODIES)
    return Vote(*numbers, "adopted", "recorded", body, "resolution", None, day, "reported", 0, 1, "tally")
