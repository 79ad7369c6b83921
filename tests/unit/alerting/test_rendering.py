"""Every mail is read again as a reader's program would read it."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

import lxml.html
import pytest

from alerting.rendering import Letter, Letterhead, render_alert, render_notices
from records.alert import Alert, Link
from records.development import Development
from tests.unit.alerting.conftest import MILESTONE, NOW, STATEMENT, VOTE, make_development, make_sighting
from tests.unit.alerting.nasty import BAD_LINKS, BREAKS, ENCODED_WORDS, HEADERS, NASTY

LETTERHEAD = Letterhead("watch@example.org", NOW)
MEANT = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
    "X-Convention-Watch-Development", "MIME-Version", "Content-Type",
]  # fmt: skip


def make_alert(*developments: Development, **changes: Any) -> Alert:
    """An alert on developments to one analyst."""
    alert = Alert(7, "analyst@example.org", "new", developments, "<0123456789abcdef@watch.invalid>", None, NOW)
    return replace(alert, **changes)


def read(letter: Letter) -> tuple[EmailMessage, str, str]:
    """The message, its text and its HTML."""
    message = message_from_bytes(letter.content, policy=policy.SMTP)
    text, html = list(message.iter_parts())
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    return message, text.get_content(), html.get_content()


def assert_harmless(html: str) -> None:
    """Nothing in the HTML acts: only the tags of our templates, only links to the web, no handlers."""
    tags = {"html", "head", "meta", "title", "body", "h1", "h2", "p", "strong", "blockquote", "footer", "ul", "li"}
    tags |= {"bdi", "a", "hr", "small", "table", "caption", "tr", "td", "br"}
    for element in lxml.html.document_fromstring(html).iter():
        assert element.tag in tags
        assert not [name for name in element.attrib if str(name).startswith("on")]
        assert str(element.get("href", "https://")).startswith(("http://", "https://"))


def test_a_vote_is_told_with_all_that_proves_it() -> None:
    """The text holds tally, sentence, links and the number of independent publishers; the headers are as promised."""
    sightings = (make_sighting(1), make_sighting(2, sentence="79 to 60, it was adopted.", recalled=True))
    vote = make_development(sightings=sightings, publishers=5, independent=3, headline="Assembly adopts the text")
    message, text, html = read(render_alert(make_alert(vote, subscription="votes"), ["new"], LETTERHEAD))
    assert list(message.keys()) == MEANT
    assert message["Subject"] == "Vote 79-60-33: Assembly adopts the text"
    assert message["To"] == "analyst@example.org"
    assert message["Message-ID"] == "<0123456789abcdef@watch.invalid>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Convention-Watch-Development"] == "development-1"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"].datetime == NOW
    for part in (text, html):
        assert "79 in favour, 60 against, 33 abstaining" in part
        assert "The text was adopted by a vote of 79 in favour to 60 against, with 33 abstentions." in part
        assert "5 publishers, 3 independent" in part
        assert "https://news1.example/article" in part
        assert "https://news2.example/article" in part
        assert "votes" in part
    assert "(recalls it)" in text


def test_a_statement_is_told_with_its_speaker_and_all_its_sentences() -> None:
    """One mail holds every sentence of one occasion, each once."""
    sentences = ("First sentence.", "Second sentence.", "First sentence.")
    sightings = tuple(make_sighting(n, sentence=sentence) for n, sentence in enumerate(sentences))
    said = make_development(finding=STATEMENT, sightings=sightings)
    message, text, _ = read(render_alert(make_alert(said), ["new"], LETTERHEAD))
    assert "Andrey Krutskikh (presidential envoy, Russia)" in text
    assert "Andrey Krutskikh" in message["Subject"]
    assert text.count("First sentence.") == 1
    assert text.count("Second sentence.") == 1


def test_an_article_with_several_sentences_is_one_source() -> None:
    """Three sentences of one article are three quotations and one link."""
    sightings = tuple(make_sighting(1, sentence=f"Sentence {n}.") for n in range(3))
    said = make_development(finding=STATEMENT, sightings=sightings)
    _, text, html = read(render_alert(make_alert(said), ["new"], LETTERHEAD))
    assert text.count("> Sentence") == 3
    assert text.count("https://") == html.count("<li") == 1


def test_a_subject_does_not_say_the_same_twice() -> None:
    """Tally and speaker are added only when the headline lacks them."""
    vote = make_development(headline="GA plenary: adopted, 79-60-33")
    message, _, _ = read(render_alert(make_alert(vote), ["new"], LETTERHEAD))
    assert message["Subject"] == "Vote: GA plenary: adopted, 79-60-33"
    said = make_development(finding=STATEMENT, headline="Andrey Krutskikh (Russia): update it")
    message, _, _ = read(render_alert(make_alert(said), ["new"], LETTERHEAD))
    assert message["Subject"] == "Statement: Andrey Krutskikh (Russia): update it"


def test_a_milestone_is_told_with_its_subject() -> None:
    """Type, subject and day of a milestone are in the text."""
    _, text, _ = read(render_alert(make_alert(make_development(finding=MILESTONE)), ["new"], LETTERHEAD))
    assert "signature, Viet Nam, done, 25 October 2025" in text


def test_what_a_text_did_not_give_is_not_invented() -> None:
    """A vote without numbers shows none, and a partly known tally shows the gap."""
    silent = replace(VOTE, in_favour=None, against=None, abstain=None, method="without_vote")
    message, text, _ = read(render_alert(make_alert(make_development(finding=silent)), ["new"], LETTERHEAD))
    assert "None" not in text
    assert "without a vote" in text
    partly = replace(VOTE, abstain=None)
    message, _, _ = read(render_alert(make_alert(make_development(finding=partly)), ["new"], LETTERHEAD))
    assert message["Subject"].startswith("Vote 79-60-?")


def test_a_correction_stands_in_the_thread_and_says_what_changed() -> None:
    """In-Reply-To names the first message; the note is in both parts."""
    alert = make_alert(
        make_development(), occasion="correction", in_reply_to="<first@watch.invalid>", note="the tally was 79-60-30"
    )
    message, text, html = read(render_alert(alert, ["correction"], LETTERHEAD))
    assert message["In-Reply-To"] == "<first@watch.invalid>"
    assert message["References"] == "<first@watch.invalid>"
    assert message["Subject"].startswith("Correction")
    assert "What changed: the tally was 79-60-30" in text
    assert "What changed: the tally was 79-60-30" in html


def test_a_digest_names_each_development_once() -> None:
    """A digest counts, shows a timeline, and carries every id in its headers."""
    developments = (make_development(1), make_development(2, STATEMENT), make_development(3, status="contradicted"))
    alert = make_alert(*developments, occasion="digest")
    message, text, html = read(render_alert(alert, ["new", "correction", "digest"], LETTERHEAD))
    assert message["Subject"] == "Digest of 28 December 2019: 1 vote, 1 correction, 1 contradiction"
    assert message.get_all("X-Convention-Watch-Development") == ["development-1", "development-2", "development-3"]
    assert "2019-12-27  Vote: What happened, number 1" in text
    assert_harmless(html)


def test_a_digest_of_one_is_a_digest() -> None:
    """One development alone in a digest is still shown as the digest."""
    message, _, _ = read(render_alert(make_alert(make_development(), occasion="digest"), ["new"], LETTERHEAD))
    assert message["Subject"].startswith("Digest of")


def test_a_web_address_to_unsubscribe_stands_first() -> None:
    """With an address for one click the header offers it before the mail address."""
    letterhead = Letterhead("watch@example.org", NOW, "https://watch.example/unsubscribe/1")
    message, _, _ = read(render_alert(make_alert(make_development()), ["new"], letterhead))
    assert message["List-Unsubscribe"].startswith("<https://watch.example/unsubscribe/1>, <mailto:watch@example.org?")


def test_no_string_from_outside_breaks_a_mail() -> None:
    """Each nasty string as title, headline, sentence, source, publisher and speaker: sent, and nothing injected."""
    for text in NASTY:
        statement = replace(STATEMENT, speaker=text, speaker_full=text, role=text, affiliation=text)
        sighting = make_sighting(title=text, sentence=text, source=text, publisher=text, finding=statement)
        development = make_development(finding=statement, headline=text, sightings=(sighting,))
        letter = render_alert(make_alert(development, note=text, subscription=text), ["new"], LETTERHEAD)
        message, plain, html = read(letter)
        assert list(message.keys()) == MEANT
        assert message["To"] == "analyst@example.org"
        assert len(message["Subject"]) <= 150
        assert "\x00" not in plain + html
        assert max(map(len, letter.content.split(b"\r\n"))) <= 998
        assert b"\n" not in letter.content.replace(b"\r\n", b"")
        assert_harmless(html)


def test_every_string_survives_as_the_identity_of_a_development() -> None:
    """Even an id from a strange ledger adds no header."""
    for text in (*HEADERS, *ENCODED_WORDS, *BREAKS):
        message, _, _ = read(render_alert(make_alert(make_development(id=text or "x")), ["new"], LETTERHEAD))
        assert list(message.keys()) == MEANT


@pytest.mark.parametrize("url", BAD_LINKS)
def test_an_address_that_is_not_of_the_web_is_not_shown_as_a_link(url: str) -> None:
    """The report is listed, its address is not."""
    development = make_development(sightings=(make_sighting(url=url),))
    _, text, html = read(render_alert(make_alert(development), ["new"], LETTERHEAD))
    assert "its address is not a web address" in text
    assert "href" not in html


def test_links_to_more_come_out_as_they_went_in() -> None:
    """In both parts, whatever is in their parameters; no link of ours without a Kibana."""
    link = Link("This in Kibana", 'https://kibana.example/app/r?l=D&v=9&p=%7B%22a%22%3A%22"<x>&lt;%22%7D')
    letterhead = Letterhead("watch@example.org", NOW, links_of=lambda _: (link,))
    _, text, html = read(render_alert(make_alert(make_development()), ["new"], letterhead))
    assert f"This in Kibana: {link.url}" in text
    (found,) = re.findall(r'<a href="([^"]*kibana[^"]*)"', html)
    assert unescape(found) == link.url
    _, text, html = read(render_alert(make_alert(make_development()), ["new"], LETTERHEAD))
    assert "kibana" not in (text + html).lower()


def test_many_reports_are_counted_not_listed() -> None:
    """400 reports of one vote make a mail of twenty links and a number."""
    development = make_development(sightings=tuple(make_sighting(n) for n in range(400)))
    _, text, _ = read(render_alert(make_alert(development), ["new"], LETTERHEAD))
    assert text.count("https://") == 20
    assert "and 380 more." in text


def test_a_long_message_id_comes_out_whole() -> None:
    """Header folding leaves the Message-ID as it was fixed."""
    long = f"<{'a' * 40}@{'b' * 60}.invalid>"
    message, _, _ = read(render_alert(make_alert(make_development(), message_id=long), ["new"], LETTERHEAD))
    assert message["Message-ID"] == long


def test_notices_to_the_operator_go_in_one_mail() -> None:
    """Several notices make one mail with each of them, and nothing in them acts."""
    notices = [
        ("Source tass is silent", "since Monday\nline two"),
        ("<b>bad</b>\r\nBcc: x@example.org", "\x00<script>"),
    ]
    message, text, html = read(render_notices("operator@example.org", "<n@x.invalid>", notices, LETTERHEAD))
    assert "Bcc" not in message
    assert message["Subject"] == "Convention Watch: 2 notices: Source tass is silent, …"
    assert "line two" in text
    assert_harmless(html)
