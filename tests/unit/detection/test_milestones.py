"""Steps in the treaty's life: whose, when, how certain, and what is no step."""

from datetime import UTC, date, datetime

import pytest

from detection.kinds import milestone
from detection.sentences import read
from records.finding import Document, Milestone, Refusal

TREATY = "UN Convention against Cybercrime"


def found(text: str) -> tuple[list[Milestone], list[Refusal]]:
    """The milestones that an English text of 20 November 2026 tells, and the candidates turned down."""
    instant = datetime(2026, 11, 20, 12, tzinfo=UTC)
    findings, refused = milestone.find(read(Document(id="1", text=text, language="en", published_at=instant)))
    return [finding for finding in findings if isinstance(finding, Milestone)], refused


def test_signing_is_not_ratifying() -> None:
    """A signature is a signature, whatever is said of ratification beside it."""
    milestones, _ = found(f"Peru signed the {TREATY} on Tuesday and must still ratify it.")
    assert [(step.type, step.subject, step.event_date) for step in milestones] == [
        ("signature", "Peru", date(2026, 11, 17))
    ]


def test_intention_is_not_signing() -> None:
    """Who will sign has not signed: the step is announced."""
    milestones, _ = found(f"Peru will sign the {TREATY}.")
    assert [(step.type, step.certainty) for step in milestones] == [("signature", "announced")]


def test_ceremony_is_one_signature_with_a_count() -> None:
    """Many states that sign together are one milestone without a subject; those named beside "others" are counted."""
    milestones, _ = found(f"Peru and 64 other countries signed the {TREATY} in Hanoi.")
    assert [(step.type, step.subject, step.count) for step in milestones] == [("signature", None, 65)]


def test_parliament_ratifies_and_the_deposit_binds() -> None:
    """A parliament's approval is domestic; only the deposit of the instrument is deposited."""
    domestic, _ = found(f"Peru's parliament ratified the {TREATY}.")
    deposited, _ = found(f"Peru deposited its instrument of ratification of the {TREATY}.")
    assert [(step.type, step.certainty) for step in domestic] == [("ratification_step", "domestic")]
    assert [(step.type, step.certainty) for step in deposited] == [("deposit", "deposited")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"Campaigners urged Peru not to sign the {TREATY}.", "a call, not a step"),
        (f"The {TREATY} enters into force once 40 states have ratified it.", "a condition, not a date"),
        (f"The {TREATY} has yet to see its entry into force.", "no concrete date"),
    ],
)
def test_no_step(text: str, reason: str) -> None:
    """Calls and conditions are no steps, and the refusal says so."""
    milestones, refused = found(text)
    assert milestones == []
    assert reason in [refusal.reason for refusal in refused]


def test_other_treaties_give_none() -> None:
    """The signing of anything else is not ours, even in an article on the treaty."""
    text = f"The {TREATY} is two years old. Peru signed the Budapest Convention on Tuesday."
    assert found(text)[0] == []


def test_background_of_an_earlier_year_is_refused() -> None:
    """What every article recalls ("signed in October 2025") is no step of today."""
    milestones, refused = found(f"The {TREATY}, which 72 states signed in October 2025, was discussed.")
    assert milestones == []
    assert "recalled from an earlier time" in [refusal.reason for refusal in refused]


def test_evidence_is_the_sentence() -> None:
    """The offsets cut the sentence that tells the step."""
    text = f"Rain fell. Peru signed the {TREATY}. Nobody minded."
    (step,) = found(text)[0]
    assert text[step.start : step.end] == f"Peru signed the {TREATY}."
