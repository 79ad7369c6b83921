"""Whom a development concerns."""

from dataclasses import replace
from typing import Any

from alerting.matching import concerns, recipients
from records.alert import Recipient, Subscription
from tests.unit.alerting.conftest import MILESTONE, STATEMENT, VOTE, make_development, make_sighting


def make_subscription(**changes: Any) -> Subscription:
    """A subscription to everything."""
    return replace(Subscription("all", "a@example.org", ("vote", "statement", "milestone")), **changes)


def test_only_the_kinds_asked_for() -> None:
    """A subscription to votes is not told of statements."""
    votes = make_subscription(kinds=("vote",))
    assert concerns(votes, make_development(finding=VOTE))
    assert not concerns(votes, make_development(finding=STATEMENT))


def test_only_the_usual_milestones_unless_asked() -> None:
    """Signature is told by default, a session only when asked for."""
    session = make_development(finding=replace(MILESTONE, type="session"))
    assert concerns(make_subscription(), make_development(finding=MILESTONE))
    assert not concerns(make_subscription(), session)
    assert concerns(make_subscription(milestones=("session",)), session)


def test_languages_are_those_of_the_articles_that_report() -> None:
    """A recalled mention in Russian does not make a development one in Russian."""
    russian = make_subscription(languages=("ru",))
    assert not concerns(russian, make_development())
    assert concerns(russian, make_development(sightings=(make_sighting(1), make_sighting(2, language="ru"))))
    assert not concerns(russian, make_development(sightings=(make_sighting(2, language="ru", recalled=True),)))
    assert not concerns(russian, make_development(sightings=(make_sighting(2, language=None),)))


def test_states_are_compared_without_case_and_accents() -> None:
    """The state of a speaker or of a milestone counts; votes have none and pass; a ceremony may hold any state."""
    statement, milestone = make_development(finding=STATEMENT), make_development(finding=MILESTONE)
    assert concerns(make_subscription(states=("RUSSIA",)), statement)
    assert not concerns(make_subscription(states=("France",)), statement)
    assert not concerns(
        make_subscription(states=("Russia",)), make_development(finding=replace(STATEMENT, affiliation=None))
    )
    assert concerns(make_subscription(states=("viet nam",)), milestone)
    assert not concerns(make_subscription(states=("Russia",)), milestone)
    assert concerns(make_subscription(states=("France",)), make_development(finding=replace(MILESTONE, subject=None)))
    assert concerns(make_subscription(states=("France",)), make_development(finding=VOTE))
    turkey = make_development(finding=replace(STATEMENT, affiliation="Türkiye"))
    assert concerns(make_subscription(states=("Turkiye",)), turkey)


def test_any_part_of_a_speakers_name_is_enough() -> None:
    """A surname finds the full name; only statements have speakers."""
    statement = make_development(finding=STATEMENT)
    assert concerns(make_subscription(speakers=("krutskikh",)), statement)
    assert not concerns(make_subscription(speakers=("Smith",)), statement)
    assert concerns(make_subscription(speakers=("Smith",)), make_development(finding=VOTE))
    nameless = make_development(finding=replace(STATEMENT, speaker=None, speaker_full=None))
    assert not concerns(make_subscription(speakers=("Smith",)), nameless)


def test_independent_publishers_are_counted_not_copies() -> None:
    """Five publishers of one agency text are one."""
    two = make_subscription(min_publishers=2)
    assert not concerns(two, make_development(publishers=5, independent=1))
    assert concerns(two, make_development(publishers=2, independent=2))


def test_one_address_is_told_once_and_at_once_when_one_subscription_says_so() -> None:
    """Two subscriptions of one person give one recipient; immediate wins over daily, in any order.

    An address that the file writes in two ways is one, as it is first written, whichever of the two asks.
    """
    daily = make_subscription(name="daily", delivery="daily")
    immediate = make_subscription(name="now", to="A@example.org")
    vote, statement = make_development(), make_development(finding=STATEMENT)
    assert recipients([daily, immediate], vote, "new") == (Recipient("a@example.org", "immediate", "now"),)
    assert recipients([immediate, daily], vote, "new") == (Recipient("A@example.org", "immediate", "now"),)
    votes = make_subscription(name="votes", kinds=("vote",))
    assert recipients([votes, immediate], statement, "new") == (Recipient("a@example.org", "immediate", "now"),)


def test_a_correction_goes_to_those_who_asked_for_the_kind() -> None:
    """The speaker was wrong: who asked for the wrong one must hear of it."""
    wrong = make_subscription(speakers=("Smith",))
    assert recipients([wrong], make_development(finding=STATEMENT), "correction") == (
        Recipient("a@example.org", "immediate", "all"),
    )
    assert not recipients([make_subscription(kinds=("vote",))], make_development(finding=STATEMENT), "correction")


def test_a_contradiction_waits_for_the_digest() -> None:
    """On the occasion of a digest nobody gets a mail of its own."""
    assert recipients([make_subscription()], make_development(), "digest") == (
        Recipient("a@example.org", "daily", "all"),
    )
