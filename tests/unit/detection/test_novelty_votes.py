"""Novelty of votes: one body deciding one text once is one development, told once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.timeline import load_known_events
from records.article import Article, Origin
from records.development import KnownEvent
from tests.unit.detection.remembering import Memory
from tests.unit.ledger.writing import FILLER, NOW, article, examination, vote

LEAD = "The Assembly adopted the text by 79 votes to 60, with 33 abstentions."
TEXT = f"{LEAD} {FILLER}"
RIVERS = (
    "Ministers of nine states agreed on a plan for the common river, and asked engineers to measure its banks anew."
)
BRIDGES = "The port will be closed on Monday while divers look at the piles of the old bridge, the harbour master said."
TREES = "Gardeners planted four hundred young trees along the avenue this week, most of them limes and some maples too."
DAY = timedelta(days=1)


def outlet(name: str, text: str = TEXT, *, at: datetime = NOW, url: str = "1") -> Article:
    """One outlet's report; its surroundings differ from outlet to outlet, so that it is no copy."""
    return article(text, url=f"https://{name}.example/{url}", source=name, published_at=at, fetched_at=at)


def own_words(name: str, *, at: datetime = NOW) -> Article:
    """A report in an outlet's own words."""
    rest = {"herald": RIVERS, "courier": BRIDGES, "gazette": TREES}.get(name, FILLER)
    return outlet(name, f"{LEAD} {rest} {rest[::-1]}", at=at)


def event(name: str) -> KnownEvent:
    """An event of the real timeline."""
    return next(one for one in load_known_events() if one.id == name)


def test_the_first_report_is_new_and_told() -> None:
    """One article, one vote: one development with one sighting, its sentence in the article's own words."""
    (decision,) = Memory().read(outlet("tidings"), vote(TEXT, proof=LEAD))
    assert (decision.verdict, decision.tell) == ("new", "new")
    assert decision.development is not None
    (sighting,) = decision.development.sightings
    assert (sighting.sentence, TEXT[sighting.start : sighting.end]) == (LEAD, LEAD)
    assert (decision.development.status, decision.development.publishers) == ("reported", 1)
    assert decision.development.not_told_because is None


def test_a_second_outlet_is_a_sighting() -> None:
    """79-60-33 from a second publisher the next day adds a sighting and tells nobody again."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    (decision,) = memory.read(own_words("herald", at=NOW + DAY), vote(TEXT))
    assert decision.verdict == "sighting"
    (known,) = memory.developments
    assert (known.publishers, known.independent, known.status) == (2, 2, "corroborated")
    assert memory.told == [(known.id, "new")]


def test_a_copy_is_a_publisher_but_not_an_independent_one() -> None:
    """The same text under other names counts once; its publishers are shown."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    memory.read(outlet("herald"), vote(TEXT))
    memory.read(outlet("courier", "From our agency. " + TEXT), vote(TEXT))
    (known,) = memory.developments
    assert (known.publishers, known.independent, known.status) == (3, 1, "reported")


def test_two_articles_of_one_family_are_one_publisher() -> None:
    """What counts is the publisher's family, not the number of its articles."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    memory.read(replace(own_words("herald"), publisher="tidings"), vote(TEXT))
    (known,) = memory.developments
    assert (known.publishers, known.independent, len(known.sightings)) == (1, 1, 2)


def test_the_official_record_makes_it_official() -> None:
    """A report of the United Nations outweighs what the press says."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT, (97, 60, 33)))
    memory.read(own_words("united-nations"), vote(TEXT))
    (known,) = memory.developments
    assert known.status == "official"
    assert (known.finding.in_favour, known.finding.against) == (79, 60)  # type: ignore[union-attr]


RECALLS: dict[str, dict[str, Any]] = {
    "recalled, undated": {"standing": "recalled", "event_date": None},
    "recalled, dated": {"standing": "recalled"},
    "told as if it were news": {"event_date": None},
    "told as if it were news, dated": {},
    "with a typing error": {"standing": "recalled", "event_date": None, "in_favour": 78},
    "without its body": {"standing": "recalled", "event_date": None, "body": None},
    "with two numbers": {"standing": "recalled", "event_date": None, "abstain": None},
    "with a wrong date": {"standing": "recalled", "event_date": date(2019, 12, 20)},
}


@pytest.mark.parametrize("how", RECALLS)
def test_a_known_vote_remembered_years_later_is_not_news(how: str) -> None:
    """The vote of 2019 in an article of 2024 is a recalled sighting of the known event, however it is worded."""
    memory = Memory().knowing(*load_known_events()[:20])
    years_later = outlet("tidings", at=datetime(2024, 8, 1, tzinfo=UTC))
    (decision,) = memory.read(years_later, vote(TEXT, **RECALLS[how]))
    assert (decision.verdict, decision.tell) == ("recalled", None)
    assert decision.development is not None
    assert decision.development.id == "ga-74-247"
    assert [one.recalled for one in decision.development.sightings] == [True]
    assert decision.development.publishers == 0
    assert decision.reason


def test_a_vote_nobody_knew_that_is_only_remembered_is_kept_untold() -> None:
    """An old vote becomes a development that says why it was not told."""
    (decision,) = Memory().read(outlet("tidings"), vote(TEXT, event_date=date(2018, 5, 2)))
    assert (decision.verdict, decision.tell) == ("recalled", None)
    assert decision.development is not None
    assert "2018-05-02" in str(decision.development.not_told_because)


def test_a_memory_that_names_no_vote_is_noise() -> None:
    """Neither date nor numbers: nothing that could be told from another."""
    hazy = vote(TEXT, (None, None, None), standing="recalled", event_date=None, method=None)
    (decision,) = Memory().read(outlet("tidings"), hazy)
    assert (decision.verdict, decision.development) == ("noise", None)


def test_committee_and_plenary_are_two() -> None:
    """The Third Committee's vote in November and the plenary's in December are two developments, each told."""
    memory = Memory()
    at = datetime(2019, 11, 19, tzinfo=UTC)
    committee: dict[str, Any] = {"body": "Third Committee", "outcome": "approved", "event_date": date(2019, 11, 18)}
    memory.read(outlet("tidings", at=at), vote(TEXT, (88, 58, 34), **committee))
    both = outlet("tidings", url="2")
    decisions = memory.read(both, vote(TEXT), vote(TEXT, (88, 58, 34), standing="recalled", **committee))
    assert [one.verdict for one in decisions] == ["new", "recalled"]
    assert len(memory.developments) == 2
    assert [occasion for _, occasion in memory.told] == ["new", "new"]


def test_equal_numbers_in_committee_and_plenary_are_two() -> None:
    """The same states may vote alike twice, six weeks apart in two bodies."""
    memory = Memory()
    at = datetime(2019, 11, 19, tzinfo=UTC)
    memory.read(outlet("tidings", at=at), vote(TEXT, body="Third Committee", event_date=date(2019, 11, 18)))
    memory.read(outlet("tidings", url="2"), vote(TEXT))
    assert len(memory.developments) == 2


def test_several_votes_of_one_day_in_one_body_are_several() -> None:
    """A motion rejected and the text approved without a vote, on one day, are two developments."""
    memory = Memory()
    at = datetime(2024, 8, 9, tzinfo=UTC)
    day: dict[str, Any] = {"body": "Ad Hoc Committee", "event_date": date(2024, 8, 8)}
    text: dict[str, Any] = {"method": "consensus", "object": "convention", "outcome": "approved"} | day
    memory.read(
        outlet("tidings", at=at),
        vote(TEXT, (23, 102, 26), object="motion", outcome="rejected", **day),
        vote(TEXT, (None, None, None), **text),
    )
    memory.read(own_words("herald", at=at), vote(TEXT, (None, None, None), **text))
    assert sorted(one.publishers for one in memory.developments) == [1, 2]


@pytest.mark.parametrize("wrong", [(78, 60, 33), (79, 60, 3), (97, 60, 33), (79, 61, 33), (79, 60, 343)])
def test_a_typing_error_alarms_nobody(wrong: tuple[int, int, int]) -> None:
    """One wrong, missing or exchanged digit folds into the vote; the first report's numbers stand."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    memory.read(own_words("herald"), vote(TEXT, wrong))
    (known,) = memory.developments
    assert known.status == "corroborated"
    assert known.finding.in_favour == 79  # type: ignore[union-attr]
    assert memory.told == [(known.id, "new")]


def test_contradictory_tallies_are_one_vote_shown_side_by_side() -> None:
    """Another tally that no typing error explains: one development, both sentences, told in the digest."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    (decision,) = memory.read(own_words("herald"), vote(TEXT, (94, 59, 21)))
    (known,) = memory.developments
    assert (known.status, len(known.sightings)) == ("contradicted", 2)
    assert decision.tell == "digest"
    memory.read(own_words("courier"), vote(TEXT, (94, 59, 21)))
    (known,) = memory.developments
    assert known.finding.in_favour == 94  # type: ignore[union-attr]
    assert [occasion for _, occasion in memory.told] == ["new", "digest", "correction"]


def test_numbers_that_were_missing_are_no_correction() -> None:
    """A report with the tally completes one without; nothing told has become wrong."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT, (79, 60, None)))
    memory.read(own_words("herald"), vote(TEXT))
    (known,) = memory.developments
    assert known.finding.abstain == 33  # type: ignore[union-attr]
    assert [occasion for _, occasion in memory.told] == ["new"]


def test_an_edit_that_changes_the_tally_is_told_once_as_a_correction() -> None:
    """A told number that its only reporter changes is corrected; the same version again says nothing more."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT, (87, 60, 33)))
    (decision,) = memory.read(outlet("tidings", TEXT + " Corrected."), vote(TEXT))
    assert (decision.verdict, decision.tell) == ("correction", "correction")
    assert "87-60-33" in decision.reason
    memory.read(outlet("tidings", TEXT + " Corrected again."), vote(TEXT))
    (known,) = memory.developments
    assert len(known.sightings) == 1
    assert [occasion for _, occasion in memory.told] == ["new", "correction"]


def test_an_edit_of_words_tells_nobody() -> None:
    """A version with other words and the same facts replaces the evidence, silently."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    edited = "By a vote of 79 to 60 the Assembly agreed, 33 abstaining."
    memory.read(outlet("tidings", f"{edited} {FILLER}"), vote(edited))
    (known,) = memory.developments
    assert [one.sentence for one in known.sightings] == [edited]
    assert memory.told == [(known.id, "new")]


def test_a_vote_that_its_only_reporter_takes_out_is_withdrawn() -> None:
    """The same article without the vote: those who were told hear of it, once."""
    memory = Memory()
    memory.read(outlet("tidings", f"{LEAD} {FILLER} {RIVERS}"), vote(LEAD))
    for _ in range(2):
        memory.read(outlet("tidings", f"{FILLER} {RIVERS}"))
    (known,) = memory.developments
    assert known.status == "withdrawn"
    assert [occasion for _, occasion in memory.told] == ["new", "correction"]


def test_a_retracted_article_takes_its_vote_back() -> None:
    """A notice in the title is enough, even when the text still stands."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    notice = replace(outlet("tidings", TEXT + " "), title="Retraction: Assembly votes")
    memory.read(notice, vote(TEXT))
    assert memory.developments[0].status == "withdrawn"


def test_a_page_that_comes_back_short_takes_nothing_back() -> None:
    """A broken or closed page is no retraction."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT))
    memory.read(outlet("tidings", "Please sign in to read on."))
    (known,) = memory.developments
    assert known.status == "reported"
    assert [occasion for _, occasion in memory.told] == ["new"]


def test_what_others_report_too_is_not_withdrawn() -> None:
    """One of two reporters takes it out: the other's report stands."""
    memory = Memory()
    memory.read(outlet("tidings", f"{LEAD} {FILLER} {RIVERS}"), vote(LEAD))
    memory.read(own_words("courier"), vote(TEXT))
    memory.read(outlet("tidings", f"{FILLER} {RIVERS}"))
    (known,) = memory.developments
    assert (known.status, known.publishers) == ("reported", 1)


def test_a_withdrawn_vote_that_another_reports_is_told_as_reported_again() -> None:
    """Who was told that a vote is withdrawn hears, once, that it was held after all; who withdrew it does not count."""
    memory = Memory()
    memory.read(outlet("tidings", f"{LEAD} {FILLER} {RIVERS}"), vote(LEAD))
    memory.read(outlet("tidings", f"{FILLER} {RIVERS}"))
    assert memory.developments[0].publishers == 0
    (again,) = memory.read(own_words("courier", at=NOW + DAY), vote(TEXT))
    assert (again.verdict, again.tell) == ("correction", "correction")
    assert "courier" in again.reason
    memory.read(own_words("gazette", at=NOW + DAY), vote(TEXT))
    (known,) = memory.developments
    assert (known.status, known.publishers, known.independent) == ("corroborated", 2, 2)
    assert [occasion for _, occasion in memory.told] == ["new", "correction", "correction"]


def test_a_withdrawn_vote_stays_withdrawn_while_nobody_reports_it() -> None:
    """A later version without it, or an article that only recalls it, does not bring it back."""
    memory = Memory()
    memory.read(outlet("tidings", f"{LEAD} {FILLER} {RIVERS}"), vote(LEAD))
    for more in ("", " Edited.", " Edited again."):
        memory.read(outlet("tidings", f"{FILLER} {RIVERS}{more}"))
    memory.read(own_words("courier", at=NOW + DAY), vote(TEXT, standing="recalled"))
    assert memory.developments[0].status == "withdrawn"
    assert [occasion for _, occasion in memory.told] == ["new", "correction"]


def test_a_withdrawn_vote_that_was_never_told_is_news_when_it_is_reported_live() -> None:
    """What backfill brought and took back is told, as new, when a live article reports it within the week."""
    memory = Memory()
    memory.read(outlet("tidings", f"{LEAD} {FILLER} {RIVERS}"), vote(LEAD), origin="backfill")
    memory.read(outlet("tidings", f"{FILLER} {RIVERS}"), origin="backfill")
    memory.read(own_words("courier", at=NOW + DAY), vote(TEXT))
    assert [occasion for _, occasion in memory.told] == ["new"]


def test_a_tally_that_only_the_retracted_report_gave_is_corrected() -> None:
    """Two tallies: the first was told, and its reporter takes it out. What the other reports is then told."""
    memory = Memory()
    memory.read(outlet("tidings", f"{LEAD} {FILLER} {RIVERS}"), vote(LEAD, (97, 60, 33)))
    memory.read(own_words("courier"), vote(TEXT, (79, 60, 33)))
    (gone,) = memory.read(outlet("tidings", f"{FILLER} {RIVERS}"))
    assert (gone.tell, memory.developments[0].finding.in_favour) == ("correction", 79)  # type: ignore[union-attr]
    assert "97-60-33" in gone.reason


def test_only_the_topics_votes_that_were_held_count() -> None:
    """Off-topic articles, votes on other subjects and votes to come are noise, each with its reason."""
    reasons = [
        Memory().read(outlet("tidings"), vote(TEXT), on_topic=False),
        Memory().read(outlet("tidings"), vote(TEXT, on_topic=False)),
        Memory().read(outlet("tidings"), vote(TEXT, standing="announced")),
    ]
    assert all(one.verdict == "noise" and one.development is None for (one,) in reasons)
    assert len({one.reason for (one,) in reasons}) == 3


@pytest.mark.parametrize("origin", ["backfill", "replay"])
def test_only_live_articles_tell(origin: Origin) -> None:
    """Backfill and replay make developments that say why nobody was told."""
    memory = Memory()
    (decision,) = memory.read(outlet("tidings"), vote(TEXT), origin=origin)
    assert (decision.verdict, decision.tell) == ("new", None)
    assert decision.development is not None
    assert origin in str(decision.development.not_told_because)


def test_a_live_report_within_the_week_tells_what_backfill_could_not() -> None:
    """The event is still news: it is told, once."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT), origin="backfill")
    memory.read(own_words("herald", at=NOW + 2 * DAY), vote(TEXT))
    memory.read(own_words("courier", at=NOW + 3 * DAY), vote(TEXT))
    (known,) = memory.developments
    assert known.not_told_because is None
    assert [occasion for _, occasion in memory.told] == ["new"]


def test_a_live_report_a_fortnight_later_tells_nothing_old() -> None:
    """What has been known for two weeks is no news, whoever reports it now."""
    memory = Memory()
    memory.read(outlet("tidings"), vote(TEXT), origin="backfill")
    (decision,) = memory.read(own_words("herald", at=NOW + 14 * DAY), vote(TEXT, event_date=None))
    assert (decision.verdict, decision.tell) == ("recalled", None)


def test_a_gap_of_weeks_is_caught_up_and_told() -> None:
    """An article of three weeks ago that is live (nobody looked since) reports what was news on its day."""
    at = NOW - 21 * DAY
    late = replace(outlet("tidings", at=at), fetched_at=NOW)
    (decision,) = Memory().read(late, vote(TEXT, event_date=at.date()))
    assert decision.tell == "new"


def test_one_articles_mentions_of_one_vote_are_one() -> None:
    """Headline, lead and last line speak of one vote; what one leaves out another gives."""
    memory = Memory()
    memory.read(
        outlet("tidings"),
        vote(TEXT, (None, None, None), method=None, proof=LEAD),
        vote(TEXT, proof=LEAD, symbol=None),
        vote(TEXT, (79, None, None), symbol="A/RES/74/247", body=None, event_date=None),
    )
    (known,) = memory.developments
    assert len(known.sightings) == 1
    assert (known.finding.abstain, known.finding.symbol) == (33, "A/RES/74/247")  # type: ignore[union-attr]


NAMES = ("tidings", "herald", "courier", "gazette")


@given(
    st.permutations(range(4)),
    st.lists(st.sampled_from([(79, 60, 33), (79, 60, None), (None, None, None)]), min_size=4, max_size=4),
)
def test_the_order_of_reports_changes_nothing(order: list[int], numbers: list[tuple[int | None, ...]]) -> None:
    """Whoever comes first and however much each says, four reports of one vote are one development, told once."""
    memory = Memory()
    for number in order:
        memory.read(own_words(NAMES[number], at=NOW + number * DAY / 2), vote(TEXT, numbers[number]))
    (known,) = memory.developments
    assert (known.publishers, known.independent) == (4, 4)
    assert memory.told == [(known.id, "new")]


@given(st.integers(0, 193), st.integers(1, 193), st.integers(0, 193))
def test_any_vote_is_recognised_when_it_is_read_again(in_favour: int, against: int, abstain: int) -> None:
    """Deciding twice on the same article adds nothing and tells nobody."""
    memory = Memory()
    again = outlet("tidings")
    first = memory.read(again, vote(TEXT, (in_favour, against, abstain)))
    before = memory.developments
    memory.read(again, vote(TEXT, (in_favour, against, abstain)))
    assert memory.developments == before
    assert len(memory.told) == len(first) == 1


def test_a_decision_needs_no_known_vote_of_another_kind() -> None:
    """Known milestones and statements never stand in a vote's way."""
    events = [one for one in load_known_events() if type(one.finding).__name__ == "Milestone"]
    (decision,) = Memory().knowing(*events).read(outlet("tidings"), vote(TEXT))
    assert decision.verdict == "new"
    assert examination(outlet("tidings")).votes == ()


@pytest.mark.parametrize(
    ("language", "proof"),
    [
        ("zh", "2024年12月，联合国大会未经表决通过了有关决议。"),
        ("en", "In December 2024 the General Assembly adopted the resolution without a vote."),
    ],
)
def test_a_month_tells_one_remembered_vote_from_another(language: str, proof: str) -> None:
    """An adoption remembered by its month is the vote of that month, not another one without a vote."""
    text = f"{proof} {FILLER}"
    memory = Memory().knowing(event("ga-75-282"), event("ga-79-243"))
    untold = (None, None, None)
    recalled = vote(text, untold, proof=proof, method="without_vote", event_date=None, standing="recalled")
    later = datetime(2025, 10, 27, 9, tzinfo=UTC)
    told = replace(outlet("herald", text, at=later), language=language)
    (decision,) = memory.read(told, recalled)
    assert decision.development is not None
    assert decision.development.id == "ga-79-243"


def test_an_article_that_reports_and_then_recalls_a_vote_is_still_a_report() -> None:
    """Both sentences are kept as evidence, and the publisher counts as one that reports it."""
    again = "In December the Assembly adopted it by 79 votes to 60."
    text = f"{LEAD} {FILLER} {again}"
    memory = Memory()
    memory.read(outlet("herald"), vote(TEXT, proof=LEAD))
    told = vote(text, proof=LEAD)
    recalled = vote(text, (79, 60, None), proof=again, standing="recalled", event_date=date(2019, 12, 26))
    memory.read(outlet("tidings", text), told, recalled)
    (known,) = memory.developments
    mine = [one for one in known.sightings if one.source == "tidings"]
    assert [(one.sentence, one.recalled) for one in mine] == [(LEAD, False), (again, True)]
    assert known.publishers == 2
