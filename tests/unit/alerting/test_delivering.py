"""The outbox is emptied by a real ledger over a real SMTP server, and every row is accounted for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerting.delivering import BACK_OFF, MailCounts, deliver
from alerting.digesting import enter_digests
from alerting.rendering import Letter
from alerting.server import read_server
from alerting.sessions import Session, Transport
from alerting.smtp import SmtpTransport
from alerting.transports import open_transport
from ledger.developments import told, why_untold
from ledger.mails import claim_mails, digest_items, enter_notice
from ledger.opening import Ledger
from ledger.outbox import outbox_counts
from records.alert import Subscription
from records.finding import Finding
from tests.servers.smtp import ALL, Fault, MailServer
from tests.unit.alerting.conftest import MILESTONE, NOW, STATEMENT, VOTE, Tell, make_development, make_sighting
from tests.unit.alerting.nasty import NASTY

PEOPLE = ("a@example.org", "b@example.org", "c@example.org")
OPERATOR = "operator@example.org"


def make_pass(ledger: Ledger, transport: Transport, now: datetime = NOW, **options: Any) -> MailCounts:
    """One pass of delivery."""
    return deliver(ledger, transport, sender="watch@example.org", now=now, owner="test/2", **options)


def patient_for_a_moment(server: MailServer) -> SmtpTransport:
    """A transport to the server that waits half a second."""
    return SmtpTransport(replace(read_server(server.url, None), command_seconds=2.0, acceptance_seconds=0.5))


def states(ledger: Ledger) -> dict[str, int]:
    """How many mails are in which state."""
    with ledger.read() as conn:
        return {state: count for (kind, state), count in outbox_counts(conn).items() if kind == "mail"}


def subjects(server: MailServer, to: str) -> list[str]:
    """What one recipient got, by subject."""
    return [str(mail.message["Subject"]) for mail in server.received_by(to)]


def test_each_recipient_gets_one_message_and_is_recorded_as_told(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """Three people, three messages with one recipient each; a second pass sends nothing."""
    tell(make_development(), *PEOPLE)
    counts = make_pass(ledger, open_transport(mail_server.url))
    assert counts == MailCounts(sent=3)
    assert sorted(mail.to for mail in mail_server.received) == [(one,) for one in PEOPLE]
    with ledger.read() as conn:
        records = told(conn, "development-1")
    assert {(one.to, one.occasion, one.at) for one in records} == {(one, "new", NOW) for one in PEOPLE}
    assert {one.message_id for one in records} == {mail.message_id for mail in mail_server.received}
    assert make_pass(ledger, open_transport(mail_server.url), NOW + timedelta(hours=1)) == MailCounts()
    assert len(mail_server.received) == 3


def test_with_nothing_due_nobody_is_called(ledger: Ledger, mail_server: MailServer) -> None:
    """An empty outbox costs no connection."""
    assert make_pass(ledger, open_transport(mail_server.url)) == MailCounts()
    assert mail_server.connections == 0


@pytest.mark.parametrize("fault", ALL)
def test_after_every_fault_each_recipient_has_the_mail(
    ledger: Ledger, tell: Tell, mail_server: MailServer, fault: Fault
) -> None:
    """The eleven faults, for one recipient of three: exactly once, or under one Message-ID where none can know."""
    mail_server.fault, mail_server.victims = fault, frozenset({"b@example.org"})
    tell(make_development(), *PEOPLE)
    transport = patient_for_a_moment(mail_server)
    make_pass(ledger, transport, operator=OPERATOR)
    mail_server.fault = None
    make_pass(ledger, transport, NOW + timedelta(hours=1), operator=OPERATOR)
    refused = fault in ("recipient refused", "content refused")
    twice = fault in ("dropped after the dot", "silent after the dot")
    for one in PEOPLE:
        copies = mail_server.received_by(one)
        expected = 1 if one != "b@example.org" else 0 if refused else 2 if twice else 1
        assert len(copies) == expected
        assert len({mail.message_id for mail in copies}) <= 1
    assert states(ledger).get("set_aside", 0) == (1 if refused else 0)
    assert states(ledger).get("waiting", 0) == 0
    assert any("refused" in subject for subject in subjects(mail_server, OPERATOR)) == refused


def test_an_unreachable_server_costs_nothing_but_time(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """Down for three days, then greylisting: all is told in the end, the outage too, nothing is set aside."""
    tell(make_development(), *PEOPLE)
    mail_server.stop()
    transport = open_transport(mail_server.url)
    for hours in range(0, 72, 6):
        counts = make_pass(ledger, transport, NOW + timedelta(hours=hours), operator=OPERATOR)
        assert counts.outage is not None
        assert counts.postponed == 3 + min(hours // 24 + (hours > 0), 3)
    mail_server.start()
    mail_server.fault = "greylisted"
    make_pass(ledger, transport, NOW + timedelta(hours=72), operator=OPERATOR)
    make_pass(ledger, transport, NOW + timedelta(hours=73), operator=OPERATOR)
    assert all(len(mail_server.received_by(one)) == 1 for one in PEOPLE)
    (subject,) = subjects(mail_server, OPERATOR)
    assert subject == "Convention Watch: 4 notices: The mail server took no mail, …"
    assert set(states(ledger)) == {"settled"}


def test_a_temporary_refusal_is_tried_for_48_hours_then_set_aside_and_told_once(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """452 for two days: the others have their mail at once, the operator hears of it once."""
    mail_server.fault, mail_server.victims = "mailbox full", frozenset({"b@example.org"})
    tell(make_development(), *PEOPLE)
    transport = open_transport(mail_server.url)
    for hours in range(100):
        make_pass(ledger, transport, NOW + timedelta(hours=hours), operator=OPERATOR)
        if hours == 47:
            assert states(ledger) == {"settled": 2, "waiting": 1}
    assert states(ledger) == {"settled": 3, "set_aside": 1}
    assert subjects(mail_server, OPERATOR) == ["Convention Watch: A mail was refused"]
    assert mail_server.attempts["b@example.org"] == len(BACK_OFF) + 1
    assert sum(BACK_OFF, timedelta()) >= timedelta(hours=47)


def test_a_mail_to_the_operator_that_is_refused_makes_no_further_mail(ledger: Ledger, mail_server: MailServer) -> None:
    """No notice about a notice."""
    mail_server.fault = "recipient refused"
    with ledger.begin() as conn:
        enter_notice(conn, "fault", "A fault", "text", to=OPERATOR, now=NOW)
    assert make_pass(ledger, open_transport(mail_server.url), operator=OPERATOR) == MailCounts(set_aside=1)
    assert states(ledger) == {"set_aside": 1}


def test_a_server_that_breaks_every_connection_is_an_outage(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """After three broken connections the rest is not tried: it waits, uncounted."""
    mail_server.fault = "dropped at DATA"
    tell(make_development(), *(f"{n}@example.org" for n in range(20)))
    counts = make_pass(ledger, open_transport(mail_server.url))
    assert counts.outage is not None
    assert counts.postponed == 20
    assert mail_server.connections <= 4
    mail_server.fault = None
    assert make_pass(ledger, open_transport(mail_server.url), NOW + timedelta(hours=1)).sent == 20


def test_poison_never_holds_up_the_others(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """A mail that cannot be written is set aside and told; the other goes out in the same pass."""
    tell(make_development(1, headline="fine"), "a@example.org")
    tell(make_development(2, status="no such status"), "a@example.org")
    counts = make_pass(ledger, open_transport(mail_server.url), operator=OPERATOR)
    assert counts == MailCounts(sent=2, set_aside=1)
    assert subjects(mail_server, "a@example.org") == ["Vote 79-60-33: fine"]
    assert subjects(mail_server, OPERATOR) == ["Convention Watch: A mail was refused"]


def test_nasty_strings_through_ledger_and_server(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """Every nasty string of usual length goes through the ledger and the server and arrives, nothing injected."""
    usual = [text for text in NASTY if len(text) < 1000]
    chosen = [usual[start : start + 4] for start in range(0, len(usual) - 3, 4)]
    for number, (headline, title, sentence, source) in enumerate(chosen):
        sighting = make_sighting(number, title=title, sentence=sentence, source=f"{number}{source}")
        tell(make_development(number, headline=headline, sightings=(sighting,)), "a@example.org")
    counts = make_pass(ledger, open_transport(mail_server.url), cap=10_000)
    assert counts == MailCounts(sent=len(chosen))
    assert len(mail_server.received_by("a@example.org")) == len(mail_server.received) == len(chosen)
    assert not [mail for mail in mail_server.received if "Bcc" in mail.message]


def test_above_the_cap_one_digest_with_the_votes_sent_first(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """40 alerts for one person: five mails, the vote first, and one digest with the rest; others are undisturbed."""
    kinds: list[Finding] = [STATEMENT, MILESTONE]
    for number in range(39):
        tell(make_development(number, kinds[number % 2]), "a@example.org")
    tell(make_development(39, VOTE), "a@example.org", "b@example.org")
    counts = make_pass(ledger, open_transport(mail_server.url), cap=5)
    assert counts == MailCounts(sent=7, folded=35)
    got = mail_server.received_by("a@example.org")
    ids = [one for mail in got for one in mail.message.get_all("X-Convention-Watch-Development", [])]
    assert len(got) == 6
    assert sorted(ids) == sorted(f"development-{number}" for number in range(40))
    assert subjects(mail_server, "a@example.org")[0].startswith("Vote 79-60-33")
    assert subjects(mail_server, "b@example.org") == ["Vote 79-60-33: What happened, number 39"]


def test_a_second_storm_within_a_day_waits_for_the_next_digest(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """At most one digest per recipient in 24 hours, storm or not; then everything is told."""
    transport = open_transport(mail_server.url)
    for number in range(4):
        tell(make_development(number), "a@example.org")
    make_pass(ledger, transport, cap=2)
    for number in range(4, 8):
        tell(make_development(number), "a@example.org", now=NOW + timedelta(hours=1))
    make_pass(ledger, transport, NOW + timedelta(hours=1), cap=2)
    everybody = [Subscription("x", "a@example.org", ("vote",))]
    assert enter_digests(ledger, everybody, now=NOW + timedelta(hours=23)) == 0
    assert enter_digests(ledger, everybody, now=NOW + timedelta(hours=24)) == 1
    make_pass(ledger, transport, NOW + timedelta(hours=24))
    ids = [one for mail in mail_server.received for one in mail.message.get_all("X-Convention-Watch-Development", [])]
    assert sorted(ids) == [f"development-{number}" for number in range(8)]
    assert len([subject for subject in subjects(mail_server, "a@example.org") if subject.startswith("Digest")]) == 2


def test_what_was_folded_does_not_wait_for_who_sends_daily_digests(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """A pass by itself sends the digest of what an earlier one folded, as soon as 24 hours allow it."""
    transport = open_transport(mail_server.url)
    for hours, numbers in ((0, range(4)), (1, range(4, 8))):
        for number in numbers:
            tell(make_development(number), "a@example.org", now=NOW + timedelta(hours=hours))
        make_pass(ledger, transport, NOW + timedelta(hours=hours), cap=2)
    assert make_pass(ledger, transport, NOW + timedelta(hours=23)) == MailCounts()
    assert make_pass(ledger, transport, NOW + timedelta(hours=24)) == MailCounts(sent=1)
    ids = [one for mail in mail_server.received for one in mail.message.get_all("X-Convention-Watch-Development", [])]
    assert sorted(ids) == [f"development-{number}" for number in range(8)]


class Crash(BaseException):
    """The process ends here."""


@dataclass
class Crashing:
    """A transport that ends the process around one of its letters."""

    inner: Transport
    letters: int
    accepted: bool

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The real session, until the crash."""
        with self.inner.session() as real:
            yield _CrashingSession(real, self)


@dataclass
class _CrashingSession:
    real: Session
    plan: Crashing

    def send(self, letter: Letter) -> str:
        """Hand over, and end the process before or after the server's acceptance of the last letter."""
        self.plan.letters -= 1
        if self.plan.letters == 0 and not self.plan.accepted:
            raise Crash
        answer = self.real.send(letter)
        if self.plan.letters == 0:
            raise Crash
        return answer


@pytest.mark.parametrize("letters", [1, 2, 3])
@pytest.mark.parametrize("accepted", [False, True])
def test_a_crash_doubles_at_most_the_mail_in_flight(
    ledger: Ledger, tell: Tell, mail_server: MailServer, letters: int, accepted: bool
) -> None:
    """Before the acceptance a crash doubles nothing; after it, before the commit, one mail, same Message-ID."""
    tell(make_development(), *PEOPLE)
    with pytest.raises(Crash):
        make_pass(ledger, Crashing(open_transport(mail_server.url), letters, accepted))
    make_pass(ledger, open_transport(mail_server.url), NOW + timedelta(hours=1))
    assert {mail.to for mail in mail_server.received} == {(one,) for one in PEOPLE}
    assert len(mail_server.received) == 4 if accepted else 3
    assert len({mail.message_id for mail in mail_server.received}) == 3
    assert states(ledger) == {"settled": 3}


def test_a_crash_with_a_maildir_doubles_nothing(ledger: Ledger, tell: Tell, tmp_path: Path) -> None:
    """The file is named by the Message-ID: even after a crash between writing and commit there is one."""
    tell(make_development(), *PEOPLE)
    maildir = open_transport(f"maildir:{tmp_path / 'mail'}")
    with pytest.raises(Crash):
        make_pass(ledger, Crashing(maildir, 2, accepted=True))
    assert make_pass(ledger, maildir, NOW + timedelta(hours=1)).sent == 2
    assert len(list((tmp_path / "mail" / "new").iterdir())) == 3


def test_two_workers_share_the_mails(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """While one worker is at work another takes nothing of its own claim; nobody is told twice."""
    tell(make_development(), *PEOPLE)
    inner = open_transport(mail_server.url)

    @dataclass
    class Meanwhile:
        @contextmanager
        def session(self) -> Iterator[Session]:
            other = deliver(ledger, inner, sender="watch@example.org", now=NOW, owner="other/3")
            assert other == MailCounts()
            with inner.session() as session:
                yield session

    assert make_pass(ledger, Meanwhile()).sent == 3
    assert len(mail_server.received) == 3


def test_a_slow_server_loses_no_lease_to_another_worker(
    ledger: Ledger, tell: Tell, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each letter takes minutes: while one is handed over no other worker could claim its mail."""
    monkeypatch.setattr("alerting.claiming.BATCH", 2)
    for number in range(3):
        tell(make_development(number), *PEOPLE)
    slow = _Slow(open_transport(mail_server.url), ledger)
    assert make_pass(ledger, slow, clock=slow.clock).sent == 9
    assert slow.claimable == []


@dataclass
class _Slow:
    """A server that takes 200 seconds for each letter, and what another worker could have claimed by then."""

    inner: Transport
    ledger: Ledger
    seconds: float = 0.0
    claimable: list[str] = field(default_factory=list)

    def clock(self) -> float:
        """The clock of the pass."""
        return self.seconds

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The real session, slowly."""
        with self.inner.session() as real:
            yield _SlowSession(real, self)


@dataclass
class _SlowSession:
    real: Session
    plan: _Slow

    def send(self, letter: Letter) -> str:
        """Take the time, look at what another could claim, and hand over."""
        self.plan.seconds += 200
        then = NOW + timedelta(seconds=self.plan.seconds)
        with self.plan.ledger.engine.connect() as conn:
            dues = claim_mails(conn, now=then, owner="other/3", limit=9)
            conn.rollback()
        self.plan.claimable += [letter.to for due in dues if due.mail.message_id == letter.message_id]
        return self.real.send(letter)


@pytest.mark.parametrize("minutes", [-4, 0])
def test_a_daily_digest_does_not_move_through_the_day(ledger: Ledger, tell: Tell, minutes: int) -> None:
    """A timetable is some seconds early or late: the digest of the next day is not put off by an hour for that."""
    everybody = [Subscription("x", "a@example.org", ("vote",), "daily")]
    for number, now in enumerate((NOW, NOW + timedelta(days=1, minutes=minutes))):
        tell(make_development(number), "a@example.org", delivery="daily", now=now)
        assert enter_digests(ledger, everybody, now=now) == 1


def test_daily_subscribers_get_one_digest_with_each_development_once(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """What waits goes in one mail, once; the next one not before 24 hours later, and never an empty one."""
    transport = open_transport(mail_server.url)
    everybody = [Subscription("x", "a@example.org", ("vote",), "daily")]
    for number in range(3):
        tell(make_development(number), "a@example.org", delivery="daily")
    assert make_pass(ledger, transport) == MailCounts()
    assert enter_digests(ledger, everybody, now=NOW) == 1
    assert make_pass(ledger, transport).sent == 1
    assert enter_digests(ledger, everybody, now=NOW + timedelta(hours=24)) == 0
    (mail,) = mail_server.received
    assert mail.message.get_all("X-Convention-Watch-Development") == [f"development-{n}" for n in range(3)]
    with ledger.read() as conn:
        assert [one.occasion for one in told(conn, "development-1")] == ["digest"]


def test_who_has_unsubscribed_gets_no_mail_that_still_waits(
    ledger: Ledger, tell: Tell, mail_server: MailServer
) -> None:
    """Taken out of the file while the server was away: nothing is sent; back within two days: it is; else set aside."""
    transport = open_transport(mail_server.url)
    tell(make_development(), *PEOPLE)
    readers = {"a@example.org", "b@example.org"}
    assert make_pass(ledger, transport, readers=readers) == MailCounts(sent=2, withheld=1)
    assert make_pass(ledger, transport, NOW + timedelta(hours=3), readers=readers) == MailCounts(withheld=1)
    tell(make_development(2), "A@example.org", "C@example.org", now=NOW + timedelta(hours=4))
    assert make_pass(ledger, transport, NOW + timedelta(hours=4), readers={*readers, "c@example.org"}).sent == 3
    tell(make_development(3), "c@example.org", now=NOW + timedelta(hours=4))
    for hours in (5, 60):
        make_pass(ledger, transport, NOW + timedelta(hours=hours), readers=readers)
    assert states(ledger) == {"settled": 5, "set_aside": 1}
    assert [mail.to[0] for mail in mail_server.received].count("c@example.org") == 1


def test_what_reached_nobody_says_why(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """The one reader's server refuses for good: the development is told to nobody, and gives the server's words."""
    tell(make_development(), "a@example.org")
    with ledger.read() as conn:
        assert why_untold(conn, "development-1") is None
    mail_server.fault, mail_server.victims = "recipient refused", frozenset({"a@example.org"})
    make_pass(ledger, open_transport(mail_server.url))
    with ledger.read() as conn:
        assert "550" in str(why_untold(conn, "development-1"))
    tell(make_development(2), "a@example.org", "b@example.org")
    make_pass(ledger, open_transport(mail_server.url), NOW + timedelta(hours=1))
    with ledger.read() as conn:
        assert why_untold(conn, "development-2") is None


def test_who_has_unsubscribed_gets_no_digest(ledger: Ledger, tell: Tell) -> None:
    """What waited for an address that is no longer in the file is not sent."""
    tell(make_development(), "a@example.org", delivery="daily")
    assert enter_digests(ledger, [Subscription("x", "b@example.org", ("vote",))], now=NOW) == 0
    with ledger.read() as conn:
        assert set(digest_items(conn)) == {"a@example.org"}


def test_a_correction_follows_in_the_thread(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """Those who were told get one correction, in reply to the first mail."""
    transport = open_transport(mail_server.url)
    tell(make_development(), "a@example.org")
    make_pass(ledger, transport)
    later = NOW + timedelta(hours=2)
    tell(make_development(finding=replace(VOTE, abstain=30)), "a@example.org", occasion="correction", now=later)
    make_pass(ledger, transport, later)
    first, second = mail_server.received
    assert second.message["In-Reply-To"] == first.message_id
    assert second.message_id != first.message_id
    assert re.match(r"Correction 79-60-30", str(second.message["Subject"]))


def test_who_has_unsubscribed_gets_no_correction(ledger: Ledger, tell: Tell, mail_server: MailServer) -> None:
    """A correction goes to those who were told and still ask."""
    transport = open_transport(mail_server.url)
    tell(make_development(), "a@example.org", "b@example.org")
    make_pass(ledger, transport)
    later = NOW + timedelta(hours=2)
    tell(make_development(finding=replace(VOTE, abstain=30)), "b@example.org", occasion="correction", now=later)
    make_pass(ledger, transport, later)
    assert len(mail_server.received_by("a@example.org")) == 1
    assert len(mail_server.received_by("b@example.org")) == 2
