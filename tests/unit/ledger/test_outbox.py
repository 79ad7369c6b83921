"""The outbox and the leases: nothing due is lost, nothing is done twice, and the dead hold nothing."""

import os
import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.leases import is_gone, lease, release, this_owner
from ledger.opening import Ledger
from ledger.outbox import OutboxRow, claim, enter_index, outbox_counts, postpone, set_aside, settle
from tests.unit.ledger.writing import NOW

LATER = NOW + timedelta(hours=1)


def of_a_dead_process() -> str:
    """An owner on this machine whose process is gone."""
    parts = this_owner().split("/")
    parts[2] = "999999999"
    return "/".join(parts)


def claimed(ledger: Ledger, limit: int = 10, **at: object) -> list[OutboxRow]:
    """Claim index rows in a transaction of its own, by a new owner unless one is given."""
    chosen = {"now": NOW, "owner": this_owner()} | at
    with ledger.begin() as conn:
        return claim(conn, "index", limit=limit, **chosen)  # type: ignore[arg-type]


def enter(ledger: Ledger, *subjects: str) -> None:
    """Make subjects due to the index."""
    with ledger.begin() as conn:
        for subject in subjects:
            enter_index(conn, subject, now=NOW)


def test_a_claimed_row_is_nobody_elses(ledger: Ledger) -> None:
    """Rows go out oldest first, each to one worker, until they are settled or their lease has passed."""
    enter(ledger, "article:1", "article:2", "article:3")
    assert [row.subject for row in claimed(ledger, 2)] == ["article:1", "article:2"]
    assert [row.subject for row in claimed(ledger, 2)] == ["article:3"]
    assert claimed(ledger) == []
    assert len(claimed(ledger, now=LATER)) == 3


def test_a_dead_workers_rows_are_free_at_once(ledger: Ledger) -> None:
    """The next pass does not wait for a dead process, however long its lease had to run."""
    enter(ledger, "article:1")
    assert len(claimed(ledger, owner=of_a_dead_process(), lease_seconds=86400)) == 1
    assert len(claimed(ledger)) == 1


def test_settled_rows_are_done(ledger: Ledger) -> None:
    """What was delivered is not due again, until its subject changes."""
    enter(ledger, "article:1")
    row = claimed(ledger)[0]
    with ledger.begin() as conn:
        settle(conn, row, now=NOW)
    assert claimed(ledger, now=LATER) == []
    enter(ledger, "article:1")
    assert [again.version for again in claimed(ledger)] == [row.version + 1]


def test_a_change_during_delivery_stays_due(ledger: Ledger) -> None:
    """Settling an older version leaves the newer one due, and free."""
    enter(ledger, "article:1")
    row = claimed(ledger)[0]
    enter(ledger, "article:1")
    with ledger.begin() as conn:
        settle(conn, row, now=NOW)
    assert [again.version for again in claimed(ledger)] == [2]


def test_postponed_rows_wait_and_count_their_attempts(ledger: Ledger) -> None:
    """A row put off is due at the time it was put off to, one attempt more."""
    enter(ledger, "article:1")
    with ledger.begin() as conn:
        postpone(
            conn, claim(conn, "index", now=NOW, owner=this_owner(), limit=1)[0], now=NOW, until=LATER, error="down"
        )
    assert claimed(ledger) == []
    assert [row.attempts for row in claimed(ledger, now=LATER)] == [1]


def test_rows_set_aside_are_counted_and_come_back_with_a_change(ledger: Ledger) -> None:
    """Poison waits visibly, and a new version of its subject is tried again."""
    enter(ledger, "article:1", "article:2")
    with ledger.begin() as conn:
        set_aside(conn, claim(conn, "index", now=NOW, owner=this_owner(), limit=1)[0], now=NOW, error="refused")
        assert outbox_counts(conn) == {("index", "set_aside"): 1, ("index", "waiting"): 1}
    enter(ledger, "article:1")
    assert len(claimed(ledger)) == 2


def test_a_row_lost_to_another_worker_is_not_settled_by_the_first(ledger: Ledger) -> None:
    """A worker that overslept its lease cannot undo what the next one does."""
    enter(ledger, "article:1")
    slow = claimed(ledger)[0]
    quick = claimed(ledger, now=LATER)[0]
    with ledger.begin() as conn:
        postpone(conn, slow, now=LATER, until=LATER + timedelta(days=9), error="too late")
        settle(conn, quick, now=LATER)
        assert outbox_counts(conn) == {("index", "settled"): 1}


def test_workers_at_once_get_each_row_once(ledger: Ledger) -> None:
    """Four workers that claim at the same moment divide the rows between them."""
    enter(ledger, *(f"article:{number}" for number in range(60)))
    got: list[str] = []
    start = threading.Barrier(4)

    def work() -> None:
        owner = this_owner()
        start.wait()
        while rows := claimed(ledger, 7, owner=owner):
            got.extend(row.subject for row in rows)
            with ledger.begin() as conn:
                for row in rows:
                    settle(conn, row, now=NOW)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(got) == sorted(f"article:{number}" for number in range(60))


def test_a_lease_has_one_living_holder(ledger: Ledger) -> None:
    """A lease is refused while another living owner holds it, renewed by its owner, and free when given back."""
    mine, yours = this_owner(), this_owner()
    with ledger.begin() as conn:
        assert lease(conn, "crawl:tidings", owner=mine, now=NOW, seconds=600)
        assert not lease(conn, "crawl:tidings", owner=yours, now=NOW, seconds=600)
        assert lease(conn, "crawl:herald", owner=yours, now=NOW, seconds=600)
        assert lease(conn, "crawl:tidings", owner=mine, now=NOW, seconds=600)
        release(conn, "crawl:tidings", owner=yours)
        assert not lease(conn, "crawl:tidings", owner=yours, now=NOW, seconds=600)
        release(conn, "crawl:tidings", owner=mine)
        assert lease(conn, "crawl:tidings", owner=yours, now=NOW, seconds=600)


@pytest.mark.parametrize("owner", [of_a_dead_process(), "other-machine/boot/1/1/x"])
def test_a_lease_ends_with_its_time_or_its_process(ledger: Ledger, owner: str) -> None:
    """A dead process of this machine holds nothing; another machine's lease runs until its time has passed."""
    with ledger.begin() as conn:
        assert lease(conn, "detect", owner=owner, now=NOW, seconds=600)
        assert lease(conn, "detect", owner=this_owner(), now=NOW, seconds=600) == is_gone(owner)
        assert lease(conn, "detect", owner=this_owner(), now=LATER, seconds=600)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here")
def test_a_dead_process_that_nobody_has_collected_holds_nothing() -> None:
    """A killed pass whose parent does not wait for it (a container without an init) is dead all the same."""
    child = subprocess.Popen(["sleep", "60"])
    started = Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    owner = "/".join([*this_owner().split("/")[:2], str(child.pid), started, "x"])
    assert not is_gone(owner)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_gone(owner)
    child.wait()


def test_owners_before_the_last_start_of_the_machine_are_gone() -> None:
    """A process number of an earlier start says nothing about today's process of that number."""
    parts = this_owner().split("/")
    assert not is_gone("/".join(parts))
    assert is_gone("/".join([parts[0], "an-earlier-start", *parts[2:]]))
    assert is_gone("/".join([*parts[:3], "12345", parts[4]]))
