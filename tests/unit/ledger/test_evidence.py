"""The evidence of an event is read once in a pass, and is then what a new reading would give."""

from collections.abc import Sequence

from ledger.evidence import Evidence
from ledger.nearness import known_developments
from ledger.opening import Ledger
from records.development import Sighting
from records.finding import Vote
from tests.unit.ledger.passing import Desk
from tests.unit.ledger.writing import article, examination, vote

TALLY = "The Assembly adopted the text by 79 votes to 60, with 33 abstentions."
NO_NEWS = "The Assembly adopted a plan for the rivers."


def reported(name: str, lead: str = TALLY) -> tuple[str, str]:
    """What an outlet writes, in words of its own, and where."""
    return f"{lead} Elsewhere: " + " ".join(f"{name}{number}" for number in range(60)), f"https://{name}.example/1"


def seen(ledger: Ledger, evidence: Evidence | None) -> Sequence[Sighting]:
    """The evidence of the one vote that is known, as the next report's decision sees it."""
    text, url = reported("asking")
    asking = article(text, url=url, source="asking")
    with ledger.begin() as conn:
        (known,) = known_developments(conn, examination(asking, vote(text, proof=TALLY)), asking, evidence)
    return known.development.sightings


def test_what_is_held_grows_and_is_replaced_with_the_ledger(ledger: Ledger) -> None:
    """After a report more, an edit, a report taken back and one more, the held evidence is what is stored."""
    desk, evidence = Desk(ledger), Evidence()

    def publish(name: str, lead: str = TALLY, *findings: Vote) -> None:
        text, url = reported(name, lead)
        desk.publish(article(text, url=url, source=name), *findings)
        desk.detect()

    for name in ("tidings", "herald", "courier"):
        publish(name, TALLY, vote(reported(name)[0], proof=TALLY))
        assert seen(ledger, evidence) == seen(ledger, None)
    edited = f"{TALLY} It is final."
    publish("courier", edited, vote(reported("courier", edited)[0], proof=TALLY))
    assert seen(ledger, evidence) == seen(ledger, None)
    publish("herald", NO_NEWS)
    publish("gazette", TALLY, vote(reported("gazette")[0], proof=TALLY))
    assert [one.source for one in seen(ledger, evidence)] == ["tidings", "courier", "gazette"]
    assert seen(ledger, evidence) == seen(ledger, None)
