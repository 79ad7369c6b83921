"""Articles and what is found in them, written for tests in few words."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from records.article import Article
from records.finding import Examination, Finding, Milestone, Relevance, Statement, Vote

NOW = datetime(2019, 12, 28, 12, 0, tzinfo=UTC)
FILLER = (
    "Delegates spent the afternoon on other items of the agenda, among them the budget for the coming year, "
    "the programme of a conference on rivers, and the election of members to two smaller commissions."
)


def article(
    text: str = FILLER,
    *,
    url: str = "https://tidings.example/1",
    source: str = "tidings",
    publisher: str | None = None,
    title: str = "Assembly votes",
    published_at: datetime | None = NOW - timedelta(hours=3),
    fetched_at: datetime = NOW,
    language: str | None = "en",
    guid: str | None = None,
) -> Article:
    """An article of a source, whose publisher is the source itself unless another is given."""
    return Article(
        id=sha256(url.encode()).hexdigest(),
        url=url,
        source=source,
        publisher=publisher or source,
        title=title,
        text=text,
        language=language,
        published_at=published_at,
        date_source="feed" if published_at else None,
        date_zone_known=True,
        fetched_at=fetched_at,
        content_hash=sha256(f"{title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest(),
        guid=guid,
    )


def examination(of: Article, *findings: Finding, on_topic: bool = True) -> Examination:
    """What is found in an article."""
    return Examination(
        of.id,
        of.language,
        Relevance(on_topic, 0.9 if on_topic else 0.1, ("test",)),
        votes=tuple(one for one in findings if isinstance(one, Vote)),
        statements=tuple(one for one in findings if isinstance(one, Statement)),
        milestones=tuple(one for one in findings if isinstance(one, Milestone)),
    )


def vote(text: str, numbers: Sequence[int | None] = (79, 60, 33), *, proof: str | None = None, **rest: object) -> Vote:
    """A vote told by the stretch ``proof`` of a text (None: the whole text)."""
    start = text.index(proof) if proof else 0
    given: dict[str, object] = {
        "in_favour": numbers[0],
        "against": numbers[1],
        "abstain": numbers[2],
        "outcome": "adopted",
        "method": "recorded",
        "body": "GA plenary",
        "object": "resolution",
        "symbol": None,
        "event_date": date(2019, 12, 27),
        "standing": "reported",
        "start": start,
        "end": start + len(proof or text),
        "rule": "test",
    }
    return Vote(**(given | rest))  # type: ignore[arg-type]


def statement(text: str, said: str, *, speaker: str = "Andrey Krutskikh", **rest: object) -> Statement:
    """A statement whose content is the stretch ``said`` of a text."""
    start = text.index(said)
    place = text.find(speaker)
    given: dict[str, object] = {
        "speaker": speaker,
        "speaker_start": place if place >= 0 else None,
        "speaker_end": place + len(speaker) if place >= 0 else None,
        "speaker_full": speaker,
        "role": None,
        "affiliation": "Russia",
        "mode": "indirect",
        "spans": ((start, start + len(said)),),
        "cue": "said",
        "stance": None,
        "rule": "test",
    }
    return Statement(**(given | rest))  # type: ignore[arg-type]


def milestone(text: str, kind: str = "signature", *, subject: str | None = "Canada", **rest: object) -> Milestone:
    """A milestone told by a whole text."""
    given: dict[str, object] = {
        "type": kind,
        "subject": subject,
        "event_date": None,
        "certainty": "done",
        "start": 0,
        "end": len(text),
        "rule": "test",
    }
    return Milestone(**(given | rest))  # type: ignore[arg-type]
