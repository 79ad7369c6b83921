"""Replay: a difference first, an application when asked, and never a mail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.developments import iter_developments
from ledger.opening import Ledger, open_ledger
from records.finding import Document, Examination, Finding
from tests.unit.ledger.passing import Desk
from tests.unit.ledger.writing import FILLER, NOW, article, examination, milestone, vote
from watch.replaying import replay

TEXT = f"The Assembly adopted the text by 79 votes to 60, with 33 abstentions. {FILLER}"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with one article, in which older rules found a vote of 97."""
    new = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", now=NOW)
    desk = Desk(new)
    desk.publish(article(TEXT), vote(TEXT, (97, 60, 33)))
    desk.detect()
    desk.deliver()
    yield new
    new.close()


def reading(*findings: Finding):  # type: ignore[no-untyped-def]
    """Rules that find the same in every text."""

    def read(document: Document) -> Examination:
        return examination(article(document.text), *findings)

    return read


def test_rules_that_find_the_same_make_no_difference(ledger: Ledger) -> None:
    """Another name of a rule is no difference."""
    same = vote(TEXT, (97, 60, 33), rule="renamed")
    assert list(replay(ledger, now=NOW, read=reading(same))) == []


def test_a_difference_is_shown_before_it_is_applied(ledger: Ledger) -> None:
    """Changed and new findings are listed; the ledger is as it was."""
    better, more = vote(TEXT), milestone(TEXT)
    (difference,) = replay(ledger, now=NOW, read=reading(better, more))
    assert [(old.in_favour, new.in_favour) for old, new in difference.changed] == [(97, 79)]  # type: ignore[union-attr]
    assert [one.type for one in difference.new] == ["signature"]  # type: ignore[union-attr]
    assert difference.gone == ()
    with ledger.read() as conn:
        (known,) = iter_developments(conn)
    assert known.finding.in_favour == 97  # type: ignore[union-attr]


def test_an_applied_replay_tells_nobody(ledger: Ledger) -> None:
    """Findings, developments and their evidence are those of the newer rules, and no mail is entered."""
    again = NOW + timedelta(days=1)
    assert (
        len(list(replay(ledger, now=again, apply=True, read=reading(vote(TEXT), milestone(TEXT)), detector="2"))) == 1
    )
    assert list(replay(ledger, now=again, read=reading(vote(TEXT), milestone(TEXT)))) == []
    with ledger.read() as conn:
        known = list(iter_developments(conn))
    assert {one.kind for one in known} == {"vote", "milestone"}
    assert [one.finding.in_favour for one in known if one.kind == "vote"] == [79]  # type: ignore[union-attr]
    assert "replay" in str(next(one.not_told_because for one in known if one.kind == "milestone"))
    assert Desk(ledger).deliver(now=again) == []


def test_what_newer_rules_no_longer_find_loses_its_evidence(ledger: Ledger) -> None:
    """A development that rested on a misreading is withdrawn, silently."""
    (difference,) = replay(ledger, now=NOW, apply=True, read=reading(), detector="2")
    assert len(difference.gone) == 1
    with ledger.read() as conn:
        (known,) = iter_developments(conn)
    assert (known.status, known.sightings, known.publishers) == ("withdrawn", (), 0)
    assert Desk(ledger).deliver() == []
