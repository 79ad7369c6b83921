"""The main story: the vote of 27 December 2019 is found once, told once, and counted right."""

from tests.end_to_end.steps import TALLY, Step, sources_of, tally_of, texts_of
from tests.newsroom.accounting import is_accounted
from tests.newsroom.watching import plain_text

TOLD_IN_ENGLISH = {"neva-wire", "harbour-portal"}


def test_the_vote_is_one_development(december: dict[str, Step]) -> None:
    """The first pass finds exactly one vote of 79-60-33, adopted by a recorded vote in the plenary."""
    (vote,) = december["vote"].votes(TALLY)
    assert vote["vote"]["outcome"] == "adopted"
    assert vote["vote"]["method"] == "recorded"
    assert vote["vote"]["body"] == "GA plenary"
    assert vote["event_date"] == "2019-12-27"
    assert sources_of(vote) >= TOLD_IN_ENGLISH


def test_each_report_in_the_first_pass_carries_its_sentence(december: dict[str, Step]) -> None:
    """Every sighting of the vote quotes a sentence that holds the three numbers."""
    (vote,) = december["vote"].votes(TALLY)
    for sighting in vote["sightings"]:
        assert all(number in sighting["sentence"] for number in ("79", "60", "33"))


def test_a_verbatim_copy_is_a_publisher_but_not_an_independent_one(december: dict[str, Step]) -> None:
    """The portal's reprint of the agency adds to the publishers, not to the independent ones."""
    (vote,) = december["vote"].votes(TALLY)
    assert sources_of(vote) >= TOLD_IN_ENGLISH
    assert vote["independent"] < vote["publishers"]


def test_the_vote_is_told_in_one_mail(december: dict[str, Step]) -> None:
    """One mail tells the vote: its numbers, its sentence, and a link to each source."""
    told = [mail for mail in december["vote"].mails_to("votes") if "79" in texts_of([mail])]
    assert len(told) == 1
    text = texts_of(told)
    (vote,) = december["vote"].votes(TALLY)
    for word in ("79", "60", "33", "It was carried with 79 countries in favour"):
        assert word in text
    assert told[0]["X-Convention-Watch-Development"] == vote["id"]
    assert [one["message_id"] for one in vote["told"]] == [told[0]["Message-ID"]]


def test_other_votes_of_the_week_are_not_told(december: dict[str, Step]) -> None:
    """The vote on Myanmar, the budget amendment, the city council and the headlines in sidebars are no developments."""
    for step in december.values():
        seen = {tally_of(one)[:2] for one in step.votes() if one["sightings"]}
        assert seen <= {(79, 60), (88, 58)}
        assert "134" not in texts_of(step.mails)
        assert "187" not in texts_of(step.mails)


def test_the_committees_vote_is_old_news_by_then(december: dict[str, Step]) -> None:
    """The committee's vote of November, five weeks old at the first pass, is known and told to nobody."""
    assert "88" not in texts_of(december["vote"].mails_to("votes"))
    (vote,) = december["vote"].votes((88, 58, 34))
    assert vote["told"] == []
    assert vote["not_told_because"]


def test_the_envoys_five_statements_are_one_development(december: dict[str, Step]) -> None:
    """Andrey Krutskikh's remarks are one occasion, told in one mail with all five of its contents."""
    statements = december["vote"].of_kind("statement")
    (envoy,) = [one for one in statements if "Krutskikh" in str(one["statement"]["speaker_full"])]
    assert envoy["statement"]["affiliation"] == "Russia"
    mails = [mail for mail in december["vote"].mails_to("statements") if "Krutskikh" in plain_text(mail)]
    assert len(mails) == 1
    text = texts_of(mails)
    for words in (
        "to fight side by side an evil",
        "was not setting its proposal against the Budapest Convention",
        "up to date as far as that can be done",
        "names just nine kinds of offence",
        "deal with cyber terrorism",
    ):
        assert words in text


def test_an_opponents_statement_is_told(december: dict[str, Step]) -> None:
    """The rights group's legal director is heard, too."""
    speakers = {one["statement"]["speaker_full"] for one in december["vote"].of_kind("statement")}
    assert any("Mira Holt" in str(speaker) for speaker in speakers)
    assert "A treaty that does not say what a cybercrime is" in texts_of(december["vote"].mails_to("statements"))


def test_a_second_pass_asks_only_whether_there_is_news(december: dict[str, Step]) -> None:
    """An hour later every request is conditional and answered 304, robots.txt is not asked for, nothing is sent."""
    step = december["again"]
    asked = [one for requests in step.requests.values() for one in requests]
    assert len(asked) == 11  # one for each way in
    assert [one for one in asked if not one.conditional or one.status != 304] == []
    assert step.mails == []
    assert step.developments == december["vote"].developments
    assert step.counts["sources"] == {"unchanged": 10}


def test_a_second_outlets_report_adds_a_sighting_and_sends_nothing(december: dict[str, Step]) -> None:
    """The report of the next day is one more independent publisher of the same vote."""
    (before,) = december["again"].votes(TALLY)
    (after,) = december["second-outlet"].votes(TALLY)
    assert after["id"] == before["id"]
    assert len(after["sightings"]) == len(before["sightings"]) + 1
    assert sources_of(after) - sources_of(before) == {"hudson-dispatch"}
    assert after["independent"] == before["independent"] + 1
    assert after["status"] == "corroborated"
    assert december["second-outlet"].mails == []


def test_a_lightly_edited_copy_folds_into_its_original(december: dict[str, Step]) -> None:
    """The portal's shortened reprint of the newspaper is a sighting that makes nothing more independent."""
    (vote,) = december["reactions"].votes(TALLY)
    reprint = [one for one in vote["sightings"] if one["source"] == "harbour-portal"]
    assert len(reprint) == 2
    english = [one for one in vote["sightings"] if one["source"] in ("neva-wire", "harbour-portal", "hudson-dispatch")]
    assert len(english) == 4
    assert vote["independent"] < vote["publishers"]


def test_late_reports_of_the_vote_send_no_second_mail(december: dict[str, Step]) -> None:
    """Reports in other languages and the record's summary, days later, tell nobody of the vote again."""
    assert december["reactions"].mails_to("votes") == []
    assert len(december["reactions"].votes(TALLY)) == 1


def test_every_article_is_accounted_for(december: dict[str, Step]) -> None:
    """In every pass: found = known + off topic + stored + dropped, and what is stored is examined."""
    assert [name for name, step in december.items() if not is_accounted(step.counts)] == []
    assert [name for name, step in december.items() if step.counts["detected"]["failed"]] == []


def test_off_topic_articles_are_counted_and_not_stored(december: dict[str, Step]) -> None:
    """Of the twenty-nine articles standing at the vote, those on the topic are stored and the rest counted."""
    counts = december["vote"].counts
    assert counts["stored"] >= 5
    assert counts["off_topic"] >= 14


def test_sites_are_visited_politely(december: dict[str, Step]) -> None:
    """Each site saw at most one request at a time, an honest visitor, and nothing that robots.txt closes."""
    for step in december.values():
        assert max(step.in_flight_max.values()) <= 1
        for request in (one for requests in step.requests.values() for one in requests):
            assert "convention-watch.example" in (request.user_agent or "")
            assert not request.path.startswith(("/search", "/account"))
