"""Novelty over years: what is recalled is not told, what happens is told once."""

from tests.end_to_end.steps import TALLY, Step, sources_of, texts_of
from tests.newsroom.accounting import is_accounted


def _without_a_vote(step: Step) -> list[dict[str, object]]:
    return [one for one in step.votes() if one["vote"]["method"] in ("without_vote", "consensus")]


def test_the_vote_of_2019_is_known_and_never_told(later_years: dict[str, Step]) -> None:
    """Five years on, the tally is background: a sighting that is marked as recalled, and no mail."""
    assert later_years["background"].mails_to("votes") == []
    (vote,) = later_years["background"].votes(TALLY)
    assert sources_of(vote, recalled=True) == {"hudson-dispatch"}
    assert sources_of(vote) == set()
    assert vote["told"] == []


def test_the_adoption_without_a_vote_is_told_once(later_years: dict[str, Step]) -> None:
    """Adopted on 24 December 2024 without a vote: one development, one mail, echoes add sightings only."""
    assert len(later_years["adoption"].mails_to("votes")) == 1
    (adoption,) = [one for one in _without_a_vote(later_years["adoption"]) if one["event_date"] == "2024-12-24"]
    assert sources_of(adoption) >= {"assembly-record", "neva-wire"}
    assert later_years["adoption-echo"].mails_to("votes") == []
    (echoed,) = [one for one in _without_a_vote(later_years["adoption-echo"]) if one["event_date"] == "2024-12-24"]
    assert echoed["id"] == adoption["id"]
    assert sources_of(echoed) >= {"hudson-dispatch", "harbour-portal"}


def test_the_signing_in_hanoi_is_told_once(later_years: dict[str, Step]) -> None:
    """The ceremony is one signature of many, told in one mail; the piece that recalls everything sends no vote."""
    ceremonies = [
        one
        for one in later_years["signing-recalled"].of_kind("milestone")
        if (one["milestone"]["type"], one["milestone"]["certainty"]) == ("signature", "done")
        and one["milestone"]["subject"] is None
    ]
    assert len(ceremonies) == 1
    assert "Hanoi" in texts_of(later_years["signing"].mails_to("milestones"))
    assert later_years["signing"].mails_to("votes") == []
    assert later_years["signing-recalled"].mails_to("votes") == []
    assert later_years["signing-recalled"].mails_to("milestones") == []


def test_a_deposit_is_told(later_years: dict[str, Step]) -> None:
    """Qatar's instrument is one milestone, told once."""
    (deposit,) = [one for one in later_years["deposit"].of_kind("milestone") if one["milestone"]["type"] == "deposit"]
    assert deposit["milestone"]["subject"] == "Qatar"
    assert len(later_years["deposit"].mails_to("milestones")) == 1
    assert later_years["deposit"].mails_to("votes") == []


def test_no_vote_is_ever_told_twice(later_years: dict[str, Step]) -> None:
    """Over all these years one mail went to who asked for votes."""
    assert sum(len(step.mails_to("votes")) for step in later_years.values()) == 1


def test_the_accounts_hold_over_years(later_years: dict[str, Step]) -> None:
    """In every pass: found = known + off topic + stored + dropped, and what is stored is examined."""
    assert [name for name, step in later_years.items() if not is_accounted(step.counts)] == []
    assert [name for name, step in later_years.items() if step.counts["detected"]["failed"]] == []
