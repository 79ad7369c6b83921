"""Documents: what the ledger holds, as it is searched."""

from dataclasses import replace
from datetime import timedelta

from indexing.describing import describe_article, describe_development
from indexing.documents import make_document
from tests.unit.indexing.builders import (
    FETCHED,
    PUBLISHED,
    make_article,
    make_development,
    make_examination,
    make_indexable,
    make_milestone,
    make_sighting,
    make_statement,
    make_vote,
)


def test_an_article_is_filled_in_under_its_own_language_only() -> None:
    """Title and body are sent once more for the analyzer of the detected language, and for no other."""
    document = make_document("articles", describe_article(make_indexable(make_article(language="ru"))), 1)
    assert set(document.fields["by_language"]) == {"ru"}
    unread = make_document("articles", describe_article(make_indexable(make_article(language="km"))), 1)
    assert "by_language" not in unread.fields


def test_an_article_carries_what_its_findings_name() -> None:
    """Kinds, states as ISO codes, speakers by their full names."""
    article = make_article()
    examination = make_examination(article, make_vote(), make_statement(), make_milestone())
    document = describe_article(make_indexable(article, examination))
    assert document.kinds == ("milestone", "statement", "vote")
    assert document.states == ("RU", "VN")
    assert document.speakers == ("Andrey Krutskikh",)
    assert document.lag_seconds == (FETCHED - PUBLISHED).total_seconds()


def test_an_undated_article_has_no_lag() -> None:
    """Unknown stays unknown."""
    document = make_document("articles", describe_article(make_indexable(make_article(published_at=None))), 1)
    assert not {"published_at", "lag_seconds"} & set(document.fields)


def test_a_copy_names_the_story_it_belongs_to() -> None:
    """An article of its own is its own story."""
    assert describe_article(make_indexable(make_article(), copy_of="f" * 64)).story == "f" * 64
    assert describe_article(make_indexable(make_article())).story == make_article().id


def test_a_development_is_proved_by_its_first_report_as_news() -> None:
    """A mention that only recalls the event is counted, but proves nothing and is no publisher."""
    vote = make_vote()
    first = make_sighting(make_article("first"), vote)
    second = make_sighting(make_article("second", published_at=PUBLISHED + timedelta(hours=2), publisher="b"), vote)
    old = make_sighting(
        make_article("old", published_at=PUBLISHED - timedelta(days=9), publisher="c"), vote, recalled=True
    )
    document = describe_development(make_development(vote, old, second, first))
    assert document.url == first.url
    assert document.evidence is not None
    assert document.evidence.sentence == first.sentence
    assert document.publisher_families == ("b", "example")
    assert (document.sighting_count, document.recalled_count) == (3, 1)
    assert document.vote is not None
    assert (document.vote.in_favour, document.vote.against, document.vote.abstain) == (79, 60, 33)


def test_a_known_event_without_reports_is_a_document_too() -> None:
    """The timeline's events have no article yet."""
    document = make_document("developments", describe_development(make_development(make_milestone())), 1)
    assert not {"evidence", "url", "published_at"} & set(document.fields)
    assert document.fields["milestone"]["state"] == "VN"


def test_the_checksum_is_that_of_the_content() -> None:
    """It does not depend on the version sent, and changes with any field."""
    article = make_article()
    one = make_document("articles", describe_article(make_indexable(article)), 1)
    again = make_document("articles", describe_article(make_indexable(article)), 7)
    changed = make_document("articles", describe_article(make_indexable(replace(article, title="Other"))), 1)
    assert one.checksum == again.checksum == one.fields["checksum"]
    assert one.checksum != changed.checksum
