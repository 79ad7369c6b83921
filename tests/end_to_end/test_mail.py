"""Mail through a real SMTP server: once, in the contract's form, and late rather than never."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.end_to_end.conftest import OpenWatch
from tests.end_to_end.steps import TALLY, make_pass
from tests.newsroom.watching import plain_text
from tests.servers.smtp import MailServer, running_mail_server


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server of the test's own."""
    with running_mail_server() as server:
        yield server


def test_the_vote_goes_out_in_the_form_of_the_contract(open_watch: OpenWatch, mail_server: MailServer) -> None:
    """One recipient a message, text and HTML, and the headers that machines and mail programs need."""
    watch = open_watch("december_2019", tick="vote", SMTP=mail_server.url)
    (vote,) = make_pass(watch).votes(TALLY)
    (received,) = mail_server.received_by("votes@example.org")
    message = received.message
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"]
    assert message["X-Convention-Watch-Development"] == vote["id"]
    for sighting in vote["sightings"]:
        assert sighting["url"] in plain_text(message)
    assert vote["told"][0]["message_id"] == message["Message-ID"]


def test_mail_waits_for_a_server_that_is_away(open_watch: OpenWatch, mail_server: MailServer) -> None:
    """While the server is away the pass ends with 0 and nobody is told; when it is back each mail comes, once."""
    watch = open_watch("december_2019", tick="vote", only=("neva-wire",), SMTP=mail_server.url)
    mail_server.stop()
    (vote,) = make_pass(watch).votes(TALLY)
    assert vote["told"] == []
    mail_server.start()
    for hours in (3, 9):
        watch.settings["AS_OF"] = (watch.newsroom.tick.at + timedelta(hours=hours)).isoformat()
        watch.call("alert")
    (received,) = mail_server.received_by("votes@example.org")
    (told,) = watch.developments("vote")[0]["told"]
    assert told["message_id"] == received.message_id


def test_greylisting_delays_a_mail_and_doubles_none(open_watch: OpenWatch, mail_server: MailServer) -> None:
    """A server that says 451 at first gets the mail later, with the same Message-ID."""
    mail_server.fault = "greylisted"
    watch = open_watch("december_2019", tick="vote", only=("neva-wire",), SMTP=mail_server.url)
    make_pass(watch)
    assert mail_server.received == []
    for hours in (3, 9):
        watch.settings["AS_OF"] = (watch.newsroom.tick.at + timedelta(hours=hours)).isoformat()
        watch.call("alert")
    assert len(mail_server.received_by("votes@example.org")) == 1


def test_the_operator_hears_of_a_broken_source_once(open_watch: OpenWatch, mail_server: MailServer) -> None:
    """A source that stays broken is told to the operator in one mail, not in one a pass."""
    watch = open_watch("december_2019", tick="vote", only=("neva-wire", "baikal-lenta"), SMTP=mail_server.url)
    watch.newsroom.break_site("neva-wire", "all_gone")
    for hours in (0, 12, 24):
        make_pass(watch, later=timedelta(hours=hours))
    told = mail_server.received_by("operator@example.org")
    assert len([one for one in told if "neva-wire" in plain_text(one.message).lower()]) == 1
