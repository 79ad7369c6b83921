"""Documents: what the ledger holds, as it is searched."""

from dataclasses import replace
from datetime import timedelta

from indexing.describing import describe_article, describe_development
from indexing.describing_findings import describe_finding
from indexing.documents import make_document
from indexing.finding_documents import StatementDocument, VoteDocument
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


def test_a_known_event_without_reports_is_a_document_too() -> None:
    """The timeline's events have no article yet: they happened on their day, and are proved by nothing."""
    event = make_development(make_milestone())
    document = make_document("developments", describe_development(event), 1)
    assert not {"evidence", "url", "published_at"} & set(document.fields)
    flat = make_document("milestones", describe_finding(event), 1)
    assert flat.fields["happened_at"] == "2019-12-27T00:00:00Z"
    assert flat.fields["states"] == ["VN"]
    assert not {"sentence", "publisher", "start", "content_hash"} & set(flat.fields)


def test_all_tallies_that_were_reported_stand_side_by_side() -> None:
    """Two tallies for one vote are a contradiction in one document; the proof is the first report's, word for word."""
    vote = make_vote()
    first = make_sighting(make_article("first", text="Russia and China voted for it, 79 to 60."), vote, language="en")
    other = make_sighting(
        make_article("second", published_at=PUBLISHED + timedelta(hours=2), publisher="b", text="France counted 78."),
        make_vote(in_favour=78, abstain=None), language="en",
    )  # fmt: skip
    told = describe_finding(make_development(vote, other, first, status="contradicted"))
    assert isinstance(told, VoteDocument)
    assert (told.tally, told.tallies, told.margin) == ("79-60-33", ("78-60-?", "79-60-33"), 19)
    assert told.states == ("CN", "FR", "RU")
    assert (told.sentence, told.start, told.end) == (first.sentence, first.start, first.end)
    assert (told.content_hash, told.publisher, told.rule) == (first.content_hash, "example", "tally")
    assert told.sentences == (other.sentence, first.sentence)


def test_a_quote_is_cut_out_of_its_sentence() -> None:
    """Without the reporter's words, wherever in the article the sentence stands; the speaker's state is a code."""
    text = "Earlier. Krutskikh said that the treaty is balanced and late."
    said = make_statement(spans=((29, 51), (56, 60)), speaker="Krutskikh", speaker_start=9, speaker_end=18)
    report = make_sighting(make_article(text=text), said, sentence=text[9:], start=9, end=len(text))
    told = describe_finding(make_development(said, report))
    assert isinstance(told, StatementDocument)
    assert (told.speaker, told.mention, told.state, told.stance) == ("Andrey Krutskikh", "Krutskikh", "RU", "support")
    assert told.quote == "the treaty is balanced […] late"
    assert text[told.speaker_start : told.speaker_end] == "Krutskikh"


def test_the_checksum_is_that_of_the_content() -> None:
    """It does not depend on the version sent, and changes with any field."""
    article = make_article()
    one = make_document("articles", describe_article(make_indexable(article)), 1)
    again = make_document("articles", describe_article(make_indexable(article)), 7)
    changed = make_document("articles", describe_article(make_indexable(replace(article, title="Other"))), 1)
    assert one.checksum == again.checksum == one.fields["checksum"]
    assert one.checksum != changed.checksum
