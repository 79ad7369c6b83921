"""Developments, who is told of them, and how often: once."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from ledger.articles import indexable_article, iter_articles
from ledger.developments import development, iter_developments, told
from ledger.leases import this_owner
from ledger.mails import DueMail, digest_items, enter_digest, enter_notice, fold_into_digest, last_digest_at
from ledger.opening import Ledger, open_ledger
from ledger.outbox import claim, outbox_counts, postpone
from ledger.showing import as_json
from ledger.tables import alerts, findings, sightings
from records.alert import Alert, Recipient
from records.article import Article
from records.development import Development, Occasion
from records.finding import Vote
from tests.unit.ledger.passing import READER, Desk, everybody, wanting
from tests.unit.ledger.writing import FILLER, NOW, article, milestone, statement, vote

DAY = timedelta(days=1)
TALLY = "The Assembly adopted the text by 79 votes to 60, with 33 abstentions."


def outlet(name: str, text: str = TALLY, **rest: object) -> Article:
    """One outlet's article, in words of its own."""
    words = f"{text} Elsewhere: " + " ".join(f"{name}{number}" for number in range(60))
    return article(words, url=f"https://{name}.example/1", source=name, title=f"{name} reports", **rest)  # type: ignore[arg-type]


def developments(ledger: Ledger) -> list[Development]:
    """Every development, newest first."""
    with ledger.read() as conn:
        return list(iter_developments(conn))


def test_a_vote_is_told_once_and_the_second_outlet_is_a_sighting(ledger: Ledger) -> None:
    """From the article to the accepted mail: one mail, in the contract's words, and none for the next paper."""
    desk = Desk(ledger)
    first = outlet("tidings")
    desk.publish(first, vote(TALLY))
    assert desk.detect().verdicts == {"new": 1}
    (due,) = desk.deliver()
    assert isinstance(due.mail, Alert)
    assert (due.mail.to, due.mail.occasion, due.mail.in_reply_to) == (READER, "new", None)
    desk.publish(outlet("herald", published_at=NOW + DAY), vote(TALLY))
    assert desk.detect(now=NOW + DAY).verdicts == {"sighting": 1}
    assert desk.deliver(now=NOW + DAY) == []
    (known,) = developments(ledger)
    assert (known.publishers, known.independent, known.status) == (2, 2, "corroborated")
    with ledger.read() as conn:
        shown = json.loads(json.dumps(as_json(known, told(conn, known.id))))
        indexed = indexable_article(conn, first.id)
    assert shown["vote"]["in_favour"] == 79
    assert shown["first_seen"] == "2019-12-28T12:00:00Z"
    assert [one["sentence"] for one in shown["sightings"]] == [TALLY, TALLY]
    assert shown["told"] == [
        {"to": READER, "at": "2019-12-28T12:00:00Z", "occasion": "new", "message_id": due.mail.message_id}
    ]
    assert shown["not_told_because"] is None
    assert indexed is not None
    assert indexed.developments == (known.id,)
    assert indexed.examination is not None
    assert indexed.examination.votes == (vote(TALLY),)


def test_what_nobody_asked_for_says_so(ledger: Ledger) -> None:
    """A development that no subscription wants is kept, with the reason."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings"), vote(TALLY))
    desk.detect(lambda *_: ())
    (known,) = developments(ledger)
    assert known.not_told_because == "no subscription asks for it"


def test_a_reader_of_well_attested_news_is_told_when_it_is(ledger: Ledger) -> None:
    """Who wants three publishers hears at the third, and at no other."""
    desk = Desk(ledger)
    mails = []
    for number, name in enumerate(("tidings", "herald", "courier", "gazette")):
        desk.publish(outlet(name), vote(TALLY))
        desk.detect(wanting(READER, publishers=3), now=NOW + number * DAY / 24)
        mails.append(len(desk.deliver(now=NOW + number * DAY / 24)))
    assert mails == [0, 0, 1, 0]
    assert developments(ledger)[0].not_told_because is None


def test_a_new_subscription_is_not_told_of_what_is_known(ledger: Ledger) -> None:
    """Somebody who subscribes after the first report hears nothing of it from the second."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings"), vote(TALLY))
    desk.detect()
    desk.publish(outlet("herald"), vote(TALLY))
    desk.detect(lambda *_: [*everybody(*_), *wanting("late@desk.example")(*_)])
    assert {due.mail.to for due in desk.deliver()} == {READER}


def test_a_correction_goes_to_those_who_were_told_in_the_same_thread(ledger: Ledger) -> None:
    """An edited tally: one mail more, a reply to the first, saying what changed; a later typing error: none."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings", "First: 97 to 60, 33 abstaining."), vote("First", (97, 60, 33)))
    desk.detect()
    (first,) = desk.deliver()
    desk.publish(outlet("tidings", "Now: 79 to 60, 33 abstaining."), vote("Now", (79, 60, 33)))
    desk.detect(lambda *_: [*everybody(*_), *wanting("late@desk.example")(*_)], now=NOW + DAY)
    (second,) = desk.deliver(now=NOW + DAY)
    assert isinstance(first.mail, Alert)
    assert isinstance(second.mail, Alert)
    assert (second.mail.occasion, second.mail.in_reply_to) == ("correction", first.mail.message_id)
    assert "97-60-33" in str(second.mail.note)
    desk.publish(outlet("tidings", "Now, edited: 79 to 60, 33 abstaining."), vote("Now", (79, 60, 33)))
    desk.detect(now=NOW + 2 * DAY)
    assert desk.deliver(now=NOW + 2 * DAY) == []
    (known,) = developments(ledger)
    with ledger.read() as conn:
        assert [one.occasion for one in told(conn, known.id)] == ["new", "correction"]


def test_the_report_that_corrects_is_news_to_who_waited_for_it(ledger: Ledger) -> None:
    """One article both corrects what some were told and is the second publisher that others wait for: all hear."""
    desk = Desk(ledger)
    patient = "patient@desk.example"

    def asked(development: Development, occasion: Occasion) -> Sequence[Recipient]:
        return [*everybody(development, occasion), *wanting(patient, publishers=2)(development, occasion)]

    desk.publish(outlet("tidings", "First."), vote("First", (97, 60, 33)))
    desk.detect(asked)
    assert [due.mail.to for due in desk.deliver()] == [READER]
    desk.publish(outlet("united-nations", "Record."), vote("Record", (79, 60, 33)))
    desk.publish(outlet("herald"), vote(TALLY))
    assert desk.detect(asked).verdicts == {"correction": 1, "sighting": 1}
    due = desk.deliver()
    assert {(one.mail.to, one.occasions) for one in due} == {(READER, ("correction",)), (patient, ("new",))}


def test_one_address_in_two_spellings_is_one_reader(ledger: Ledger) -> None:
    """A subscription file that writes an address in other letters doubles no mail and loses no correction."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings", "First."), vote("First", (97, 60, 33)))
    desk.detect(wanting("Reader@desk.example"))
    desk.deliver()
    desk.publish(outlet("herald", "First."), vote("First", (97, 60, 33)))
    desk.detect(wanting("reader@desk.example"))
    assert desk.deliver() == []
    desk.publish(outlet("tidings", "Now."), vote("Now", (79, 60, 33)))
    desk.publish(outlet("herald", "Now."), vote("Now", (79, 60, 33)))
    desk.detect(wanting("reader@desk.example"))
    assert [due.occasions for due in desk.deliver()] == [("correction",)]


def test_a_correction_before_the_first_mail_left_needs_no_second_mail(ledger: Ledger) -> None:
    """A mail that still waits is written from the facts as they are when it is sent."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings", "First."), vote("First", (97, 60, 33)))
    desk.detect()
    desk.publish(outlet("tidings", "Now."), vote("Now", (79, 60, 33)))
    desk.detect()
    (due,) = desk.deliver()
    assert isinstance(due.mail, Alert)
    assert due.mail.developments[0].finding.in_favour == 79  # type: ignore[union-attr]


def test_a_mail_claimed_while_its_facts_are_corrected_says_what_is_then_true(ledger: Ledger) -> None:
    """A correction that leaves out who has not been told yet is never overtaken by a mail with the older facts."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings", "First."), vote("First", (97, 60, 33)))
    desk.detect()
    desk.publish(outlet("tidings", "Now."), vote("Now", (79, 60, 33)))
    claims: list[Future[list[DueMail]]] = []
    with ThreadPoolExecutor(1) as mailing:

        def claim_meanwhile(conn: Connection) -> None:
            if not claims and conn.execute(select(findings.c.verdict)).scalar() == "correction":
                claims.append(mailing.submit(desk.deliver))
                wait(claims, timeout=0.5)

        correcting = Desk(_Interrupted(ledger.engine, claim_meanwhile))
        correcting.found = desk.found
        assert correcting.detect().verdicts == {"correction": 1}
        mails = [due.mail for claimed in claims for due in claimed.result()]
    mails += [due.mail for due in desk.deliver()]
    said = [one.developments[0].finding.in_favour for one in mails if isinstance(one, Alert)]  # type: ignore[union-attr]
    assert said[-1] == 79


class _Interrupted(Ledger):
    """A ledger in which something else happens before each commit."""

    def __init__(self, engine: Engine, meanwhile: Callable[[Connection], None]) -> None:
        super().__init__(engine)
        self._meanwhile = meanwhile

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One write transaction, late to be committed."""
        with super().begin() as conn:
            yield conn
            self._meanwhile(conn)


def test_a_digest_holds_each_development_once(ledger: Ledger) -> None:
    """News and its contradiction, or two corrections, that wait for one digest are one entry of it."""
    desk = Desk(ledger)
    daily = wanting(READER, delivery="daily")
    desk.publish(outlet("tidings"), vote(TALLY))
    desk.detect(daily)
    desk.publish(outlet("herald", "By 94 to 59, with 21."), vote("By", (94, 59, 21)))
    desk.detect(daily)
    assert [due.occasions for due in _digest(desk, NOW)] == [("new",)]
    for hour, against in ((1, 61), (2, 62)):
        text = f"Now it is 79 to {against}."
        desk.publish(outlet("tidings", text), vote(text, (79, against, 33)))
        desk.detect(daily, now=NOW + DAY + hour * DAY / 24)
    (due,) = _digest(desk, NOW + 2 * DAY)
    assert due.occasions == ("correction",)
    assert isinstance(due.mail, Alert)
    assert len(due.mail.developments) == 1


def _digest(desk: Desk, now: datetime) -> list[DueMail]:
    """Enter the reader's digest, and send it."""
    with desk.ledger.begin() as conn:
        enter_digest(conn, READER, digest_items(conn)[READER], now=now)
    return desk.deliver(now=now)


def test_daily_readers_get_one_digest_with_everything(ledger: Ledger) -> None:
    """Each development waits for the digest, stands in it once, and waits no longer."""
    desk = Desk(ledger)
    desk.publish(
        outlet("tidings"), vote(TALLY), statement(TALLY, "The Assembly adopted the text", speaker="Ghada Waly")
    )
    desk.detect(wanting(READER, delivery="daily"))
    assert desk.deliver() == []
    with ledger.begin() as conn:
        assert last_digest_at(conn, READER) is None
        items = digest_items(conn)[READER]
        enter_digest(conn, READER, items, now=NOW)
        enter_digest(conn, READER, items, now=NOW)
        assert digest_items(conn) == {}
        assert last_digest_at(conn, READER) == NOW
    (due,) = desk.deliver()
    assert isinstance(due.mail, Alert)
    assert (due.mail.occasion, len(due.mail.developments), due.occasions) == ("digest", 2, ("new", "new"))
    with ledger.read() as conn:
        assert [one.occasion for one in told(conn, due.mail.developments[0].id)] == ["digest"]


def test_a_contradiction_is_told_in_the_digest(ledger: Ledger) -> None:
    """Two tallies: the immediate reader gets no second mail, but an item of the next digest."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings"), vote(TALLY))
    desk.detect()
    desk.deliver()
    desk.publish(outlet("herald", "By 94 to 59, with 21."), vote("By", (94, 59, 21)))
    desk.detect()
    assert desk.deliver() == []
    with ledger.read() as conn:
        assert [item.occasion for item in digest_items(conn)[READER]] == ["digest"]
    (known,) = developments(ledger)
    assert known.status == "contradicted"


def test_mails_above_a_cap_can_be_folded_into_the_next_digest(ledger: Ledger) -> None:
    """Claimed alerts that are too many for one reader wait for the digest instead."""
    desk = Desk(ledger)
    for number in range(4):
        said = f"Speech of speaker {number}."
        desk.publish(outlet(f"t{number}", said), milestone(said, subject=f"State {number}"))
    desk.detect()
    due = desk.deliver(accept=False)
    with ledger.begin() as conn:
        fold_into_digest(conn, due[1:], now=NOW)
        assert len(digest_items(conn)[READER]) == 3
        assert outbox_counts(conn)["mail", "settled"] == 3


def test_a_mail_keeps_its_message_id_through_every_attempt(ledger: Ledger) -> None:
    """Postponed and claimed again, a mail is the same mail, one attempt older."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings"), vote(TALLY))
    desk.detect()
    (first,) = desk.deliver(accept=False)
    with ledger.begin() as conn:
        postpone(conn, first.row, now=NOW, until=NOW + DAY, error="451 later")
    assert desk.deliver(now=NOW + DAY / 2) == []
    (again,) = desk.deliver(now=NOW + DAY)
    assert (again.mail.message_id, again.mail.attempts) == (first.mail.message_id, 1)


def test_a_notice_to_the_operator_is_entered_once_for_each_key(ledger: Ledger) -> None:
    """The same fault found by every pass is one mail."""
    with ledger.begin() as conn:
        assert enter_notice(conn, "blocked:tidings:1", "tidings is blocked", "…", to="ops@desk.example", now=NOW)
        assert not enter_notice(conn, "blocked:tidings:1", "tidings is blocked", "…", to="ops@desk.example", now=NOW)
        assert enter_notice(conn, "blocked:herald:1", "herald is blocked", "…", to="ops@desk.example", now=NOW)
    assert [due.mail.to for due in Desk(ledger).deliver()] == ["ops@desk.example"] * 2


def test_a_bad_article_never_stops_the_pass(ledger: Ledger) -> None:
    """What one text does to a rule is that article's failure: counted, kept with its reason, not tried again."""
    desk = Desk(ledger)
    bad, good = outlet("tidings"), outlet("herald")
    desk.publish(bad, vote(TALLY))
    desk.publish(good, vote(TALLY))
    desk.broken.add(bad.text)
    counts = desk.detect()
    assert (counts.examined, counts.failed, counts.verdicts) == (1, 1, {"new": 1})
    assert desk.detect().failed == 0


def test_a_replayed_feed_of_a_year_ago_tells_nothing(tmp_path: Path) -> None:
    """500 old items, each with a vote of its own: stored, findable, and no mail; then the same 500 again: known."""
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", now=NOW)
    desk = Desk(ledger)
    kinds = Counter[str]()
    old: list[tuple[Article, Vote]] = []
    for number in range(500):
        text = f"Vote number {number}."
        at = NOW - (365 + number) * DAY
        told_vote = vote(text, (number % 150, 1 + number % 43, 33), event_date=at.date())
        old.append((outlet(f"t{number}", text, published_at=at), told_vote))
    for _ in range(2):
        desk.publish_all(old, origin="backfill")
        kinds.update(desk.detect().verdicts)
    assert desk.deliver() == []
    with ledger.read() as conn:
        assert conn.execute(select(func.count()).select_from(alerts)).scalar() == 0
        assert len(list(iter_articles(conn))) == 500
    assert sum(kinds.values()) == 500
    assert all("backfill" in str(one.not_told_because) for one in developments(ledger))
    ledger.close()


def test_passes_at_once_have_no_double_effect(ledger_url: str) -> None:
    """Four passes over the same forty articles at the same moment: each article decided once, each vote told once."""
    ledger = open_ledger(ledger_url, now=NOW)
    desk = Desk(ledger)
    for number in range(40):
        text = f"Vote of outlet {number}."
        desk.publish(
            outlet(f"t{number}", text),
            vote(text, (100 + number % 5 * 11, 20 + number % 5 * 7, 3), event_date=None, body=None),
        )
    start = threading.Barrier(4)

    def work(_: int) -> int:
        own = Desk(open_ledger(ledger_url, now=NOW))
        own.found = desk.found
        start.wait()
        examined = own.detect().examined
        own.ledger.close()
        return examined

    with ThreadPoolExecutor(4) as passes:
        examined = sum(passes.map(work, range(4)))
    with ledger.read() as conn:
        found = conn.execute(select(func.count()).select_from(findings)).scalar()
        seen = conn.execute(select(func.count()).select_from(sightings)).scalar()
    events = developments(ledger)
    due = desk.deliver()
    ledger.close()
    assert (examined, found, seen) == (40, 40, 40)
    assert len(due) == len(events) == 5
    assert {one.publishers for one in events} == {8}


def test_a_decision_is_written_whole_or_not_at_all(ledger: Ledger) -> None:
    """A fault while people are being told leaves neither findings nor developments, and the article is due again."""
    desk = Desk(ledger)
    desk.publish(outlet("tidings"), vote(TALLY))

    def fails(*_: object) -> list[object]:
        raise RuntimeError("the subscriptions' file went away")

    with pytest.raises(RuntimeError, match="went away"):
        desk.detect(fails)  # type: ignore[arg-type]
    assert developments(ledger) == []
    with ledger.begin() as conn:
        assert conn.execute(select(func.count()).select_from(findings)).scalar() == 0
        rows = claim(conn, "index", now=NOW, owner=this_owner(), limit=9)
    assert [row.subject.split(":")[0] for row in rows] == ["article"]
    assert desk.detect(now=NOW + DAY).verdicts == {"new": 1}


def test_statements_come_back_with_all_their_sentences(ledger: Ledger) -> None:
    """Offsets, spans and sentences of every act of saying survive the database."""
    text = f"Andrey Krutskikh said that it is new. He added that it is better. {FILLER}"
    one = article(text)
    desk = Desk(ledger)
    first = statement(text, "it is new")
    second = statement(text, "it is better", speaker="He", speaker_full="Andrey Krutskikh")
    desk.publish(one, first, second)
    desk.detect()
    (known,) = developments(ledger)
    with ledger.read() as conn:
        again = development(conn, known.id)
    assert again == known
    assert [seen.finding for seen in known.sightings] == [first, second]
    assert [text[seen.start : seen.end] for seen in known.sightings] == [seen.sentence for seen in known.sightings]
    assert replace(known, sightings=()).finding == first
