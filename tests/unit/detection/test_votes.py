"""Votes: tallies in every order and form, what came of them, in which body, and what is no vote."""

from datetime import UTC, datetime

import pytest

from detection.kinds import vote
from detection.sentences import read
from records.finding import Document, Refusal, Vote


def votes(text: str, language: str = "en", published: str | None = None, title: str | None = None) -> list[Vote]:
    """The votes that a text tells."""
    return found(text, language, published, title)[0]


def found(
    text: str, language: str = "en", published: str | None = None, title: str | None = None
) -> tuple[list[Vote], list[Refusal]]:
    """The votes that a text tells, and the candidates turned down."""
    instant = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    findings, refused = vote.find(
        read(Document(id="1", text=text, language=language, published_at=instant, title=title))
    )
    return [finding for finding in findings if isinstance(finding, Vote)], refused


def tally(found_vote: Vote) -> tuple[int | None, int | None, int | None]:
    """In favour, against, abstaining."""
    return found_vote.in_favour, found_vote.against, found_vote.abstain


@pytest.mark.parametrize(
    "told",
    [
        "by a recorded vote of 81 in favour to 12 against, with 40 abstentions",
        "by 81 votes to 12, with 40 abstentions",
        "in an 81-12 vote with 40 abstentions",
        "by a vote of 81-12-40",
        "with 40 abstentions, 12 against and 81 in favor",
        "with 81 votes in favour, 12 against (Cuba, Chad, Mali and others) and 40 abstentions (Peru and others)",
        "with eighty-one in favour, twelve against and forty abstaining",
    ],
)
def test_orders_and_forms(told: str) -> None:
    """However a tally is worded, each number goes to its own side."""
    (one,) = votes(f"The General Assembly adopted the resolution {told}.")
    assert tally(one) == (81, 12, 40)


def test_number_binds_to_its_label_before_or_after() -> None:
    """Labels before the numbers and labels after them are both understood."""
    (before,) = votes("The General Assembly adopted the text. For: 81. Against: 12. Abstentions: 40.")
    (after,) = votes("The General Assembly adopted the text: 81 for, 12 against, 40 abstaining.")
    assert tally(before) == tally(after) == (81, 12, 40)


def test_sides_told_in_following_sentences_are_one_vote() -> None:
    """The decision, and the sides told one by one after it, are one vote with all its sentences as evidence."""
    text = "The General Assembly adopted a resolution. It had 81 votes in favour. Twelve states voted against."
    (one,) = votes(text)
    assert tally(one) == (81, 12, None)
    assert text[one.start : one.end].startswith("The General Assembly adopted")
    assert text[one.start : one.end].endswith("voted against.")


def test_two_tallies_are_two_votes() -> None:
    """A side told again with another number begins another vote."""
    text = (
        "The General Assembly adopted the first resolution by 81 votes to 12, with 40 abstentions, "
        "and the second resolution by 90 votes to 9, with 30 abstentions."
    )
    assert [tally(one) for one in votes(text)] == [(81, 12, 40), (90, 9, 30)]


def test_tally_told_twice_is_one_vote() -> None:
    """The same tally in the lead and at the end is one vote."""
    text = (
        "The General Assembly adopted the resolution by 81 votes to 12, with 40 abstentions.\n"
        "Delegates spoke for hours.\nIn the end the General Assembly voted 81-12 with 40 abstentions."
    )
    assert len(votes(text)) == 1


def test_listed_states_are_counted() -> None:
    """States that are named instead of counted are counted; a list that is not whole is not."""
    (whole,) = votes("In the General Assembly 81 countries voted in favour of the resolution. Peru and Chad abstained.")
    assert tally(whole) == (81, None, 2)
    (part,) = votes("The General Assembly adopted the resolution, 81 for and 12 against, including Peru and Chad.")
    assert tally(part) == (81, 12, None)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The General Assembly adopted the resolution by 81 votes to 12.", "adopted"),
        ("The Third Committee adopted the draft resolution by 81 votes to 12.", "approved"),
        ("The Third Committee rejected the amendment by 81 votes to 12.", "rejected"),
        (
            "The Security Council vetoed text had nine votes in favour, two against and four abstentions. It failed.",
            "rejected",
        ),
        ("In the General Assembly 60 states voted for the motion, 70 voted against and 30 abstained.", "rejected"),
    ],
)
def test_outcome(text: str, outcome: str) -> None:
    """Committees approve, the plenary adopts; a defeat is told by a word, a veto or the numbers."""
    (one,) = votes(text)
    assert one.outcome == outcome


def test_defeat_told_by_place_has_the_greater_number_against() -> None:
    """ "Rejected by 102 votes to 23": those who rejected are the 102."""
    (one,) = votes("The Third Committee rejected the amendment by 102 votes to 23, with 26 abstentions.")
    assert tally(one) == (23, 102, 26)


@pytest.mark.parametrize(
    ("words", "method"),
    [("without a vote", "without_vote"), ("by consensus", "consensus"), ("unanimously", "unanimous")],
)
def test_method_without_tally(words: str, method: str) -> None:
    """A decision without a tally is a vote, and how it was taken is told."""
    (one,) = votes(f"The General Assembly adopted the resolution {words}.")
    assert (one.method, tally(one)) == (method, (None, None, None))


@pytest.mark.parametrize(
    "text",
    [
        "The Senate adopted the resolution by 67 votes to 32.",
        "The European Parliament voted 436-168 with 35 abstentions for the report.",
        "A resolution needs nine votes in favour in the Security Council.",
        "The treaty was signed by 72 countries and needs 40 ratifications.",
        "Kenya was elected to the Human Rights Council with 178 votes.",
        "The team won 79-60 on Friday.",
    ],
)
def test_not_a_vote_of_the_united_nations(text: str) -> None:
    """Parliaments, thresholds, signatures, elections and matches are no votes."""
    assert votes(text) == []


def test_committee_stage_beside_the_plenary_is_not_a_second_vote() -> None:
    """A decision mentioned in passing is turned down with the reason."""
    text = (
        "The General Assembly adopted the resolution by 81 votes to 12. "
        "It had reached the General Assembly after being approved by the Third Committee."
    )
    reported, refused = found(text)
    assert [one.body for one in reported] == ["GA plenary"]
    assert "a decision mentioned in passing" in [refusal.reason for refusal in refused]


def test_refused_candidate_says_why() -> None:
    """A tally that no body of the United Nations took is refused with that reason."""
    _, refused = found("The senate approved the resolution by 67 votes to 32.")
    assert {refusal.reason for refusal in refused} == {"decided by a body that is not of the United Nations"}


@pytest.mark.parametrize(
    ("text", "published", "day", "standing"),
    [
        ("On Tuesday the General Assembly adopted the resolution.", "2024-12-25", "2024-12-24", "reported"),
        ("The General Assembly adopted the resolution on 27 December 2019.", "2024-12-25", "2019-12-27", "recalled"),
        ("The General Assembly will vote on the resolution on Friday.", "2024-12-25", "2024-12-27", "announced"),
    ],
)
def test_standing(text: str, published: str, day: str, standing: str) -> None:
    """The day is resolved against publication, and tells news from memory and from what is to come."""
    (one,) = votes(text, published=published)
    assert (str(one.event_date), one.standing) == (day, standing)


def test_symbols() -> None:
    """The symbol of the text is kept; a bare number of a Security Council resolution is given its symbol."""
    (draft,) = votes("The Third Committee approved the draft (document A/C.3/80/L.14/Rev.1) by 81 votes to 12.")
    (numbered,) = votes("The Security Council adopted resolution 2999 (2031) by 14 votes to none, with 1 abstention.")
    assert (draft.symbol, numbered.symbol) == ("A/C.3/80/L.14/Rev.1", "S/RES/2999 (2031)")


def test_body_in_the_title_counts() -> None:
    """A text that leaves its body to the title is understood with it."""
    (one,) = votes("The draft resolution was adopted by 81 votes to 12, with 40 abstentions.", title="General Assembly")
    assert one.body == "GA plenary"


def test_body_cannot_cast_more_votes_than_it_has_members() -> None:
    """A tally tells the plenary from a council that is named nearer."""
    text = "The General Assembly met. On the Security Council text 81 states voted in favour, 12 against, 40 abstained."
    (one,) = votes(text)
    assert one.body == "GA plenary"
