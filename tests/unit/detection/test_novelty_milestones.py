"""Novelty of milestones: one step of one subject, once or on one date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from detection.timeline import load_known_events
from records.article import Article
from tests.unit.detection.remembering import Memory
from tests.unit.ledger.writing import FILLER, article, milestone

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def outlet(name: str, *, at: datetime = AT) -> Article:
    """One outlet's article, of no likeness to another's."""
    return article(
        f"{name * 30} {FILLER}", url=f"https://{name}.example/{at:%m%d}", source=name, published_at=at, fetched_at=at
    )


def test_a_signature_is_told_once() -> None:
    """A state signs: new; another paper on the next day: a sighting; a background line a month later: recalled."""
    memory = Memory()
    step = milestone("Japan signs.", subject="Japan")
    (first,) = memory.read(outlet("tidings"), step)
    (second,) = memory.read(outlet("herald", at=AT + DAY), step)
    (third,) = memory.read(outlet("courier", at=AT + 30 * DAY), step)
    assert [one.verdict for one in (first, second, third)] == ["new", "sighting", "recalled"]
    (known,) = memory.developments
    assert (known.publishers, len(known.sightings), len(memory.told)) == (2, 3, 1)


DIFFERENT = {
    "another state": milestone("", subject="Kenya"),
    "another step": milestone("", "deposit", subject="Japan"),
    "only the wish": milestone("", subject="Japan", certainty="announced"),
    "a ceremony of many": milestone("", subject=None, count=72, event_date=date(2026, 11, 19)),
}


@pytest.mark.parametrize("how", DIFFERENT)
def test_another_step_is_a_new_development(how: str) -> None:
    """Who else, what else, and the deed after the wish, are each their own."""
    memory = Memory()
    memory.read(outlet("tidings"), milestone("Japan signs.", subject="Japan"))
    (decision,) = memory.read(outlet("herald", at=AT + DAY), DIFFERENT[how])
    assert (decision.verdict, decision.tell) == ("new", "new")


KNOWN = {
    "the ceremony": (milestone("", subject=None, count=72), "hanoi-signing"),
    "the ceremony with another count": (milestone("", subject=None, count=65), "hanoi-signing"),
    "the ceremony, dated": (milestone("", subject=None, event_date=date(2025, 10, 25)), "hanoi-signing"),
    "Mauritius": (milestone("", subject="Mauritius"), "sig-mauritius"),
    "Qatar": (milestone("", "deposit", subject="Qatar", certainty="deposited"), "dep-qa"),
}


@pytest.mark.parametrize("how", KNOWN)
def test_what_the_timeline_knows_is_not_news(how: str) -> None:
    """Last year's signatures in an article of today are recalled, dated or not."""
    step, known_as = KNOWN[how]
    (decision,) = Memory().knowing(*load_known_events()).read(outlet("tidings"), step)
    assert (decision.verdict, decision.tell) == ("recalled", None)
    assert decision.development is not None
    assert decision.development.id == known_as


HIDDEN = {
    "within the days that are given": (date(2025, 10, 27), "recalled"),
    "on another day": (date(2026, 11, 18), "new"),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_few_sources_agree_on_hides_no_report_of_another_day(how: str) -> None:
    """An uncertain ratification is recalled for the days it may have been on; a report of another day is news."""
    day, verdict = HIDDEN[how]
    step = milestone("", "deposit", subject="Vietnam", certainty="deposited", event_date=day)
    (decision,) = Memory().knowing(*load_known_events()).read(outlet("tidings"), step)
    assert decision.verdict == verdict


def test_what_is_certain_is_recalled_with_a_wrong_day() -> None:
    """A state signs once: Mali's signature under another date is the one that is known."""
    step = milestone("", subject="Mali", event_date=date(2026, 11, 18))
    (decision,) = Memory().knowing(*load_known_events()).read(outlet("tidings"), step)
    assert decision.tell is None


SIGNED = {
    "at the ceremony": ("Brazil signed the convention in Hanoi.", "recalled"),
    "at the ceremony, in French": ("Le Brésil a signé la convention à Hanoï.", "recalled"),
    "elsewhere": ("Brazil signed the Hanoi Convention at headquarters.", "new"),
}


@pytest.mark.parametrize("how", SIGNED)
def test_a_signatory_of_the_ceremony_is_no_news_a_year_later(how: str) -> None:
    """A state that the timeline does not name, signing in Hanoi on no day that is named, signed at the ceremony."""
    text, verdict = SIGNED[how]
    one = article(f"{text} {FILLER}", url="https://tidings.example/1", published_at=AT, fetched_at=AT)
    (decision,) = Memory().knowing(*load_known_events()).read(one, milestone(text, subject="Brazil"))
    assert decision.verdict == verdict
    assert (decision.tell is None) == (verdict == "recalled")


def test_a_step_dated_long_before_the_report_is_remembered() -> None:
    """An unknown step of last spring is kept, and tells nobody."""
    (decision,) = Memory().read(outlet("tidings"), milestone("", subject="Peru", event_date=date(2026, 4, 1)))
    assert (decision.verdict, decision.tell) == ("recalled", None)
    assert decision.development is not None
    assert "2026-04-01" in str(decision.development.not_told_because)


def test_sessions_are_told_apart_by_their_dates() -> None:
    """Two reports of one session are one; the session of the next year is another."""
    memory = Memory()
    memory.read(outlet("tidings"), milestone("", "session", subject="Ad Hoc Committee"))
    memory.read(outlet("herald", at=AT + 5 * DAY), milestone("", "session", subject=None))
    memory.read(outlet("courier", at=AT + 200 * DAY), milestone("", "session", subject="Ad Hoc Committee"))
    assert [one.publishers for one in memory.developments] == [2, 1]


def test_one_articles_mentions_of_one_step_are_one() -> None:
    """Lead and background line of one article on one signature are one sighting."""
    memory = Memory()
    step = milestone("Japan signs.", subject="Japan", event_date=date(2026, 11, 19))
    memory.read(outlet("tidings"), milestone("Japan", subject="Japan"), step)
    (known,) = memory.developments
    assert (len(known.sightings), known.event_date) == (1, date(2026, 11, 19))
    assert known.headline == "Japan: signature, 2026-11-19"
