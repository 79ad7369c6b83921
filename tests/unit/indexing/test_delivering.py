"""From the ledger's outbox into the index, whatever happens on the way."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from detection.timeline import load_known_events
from indexing.cluster import ClusterIndex
from indexing.delivering import IndexCounts, deliver
from indexing.documents import Document
from indexing.embedded import EmbeddedIndex
from indexing.index import Index, Putting, Readiness
from indexing.rebuilding import rebuild, verify
from indexing.searching import SearchRequest
from ledger.articles import store_article
from ledger.leases import lease
from ledger.opening import Ledger, open_ledger
from ledger.outbox import outbox_counts
from ledger.pulses import take_pulse
from ledger.sources import SourcePass, record_pass, source_health
from records.errors import IndexUnreachable
from tests.unit.indexing.builders import make_article
from tests.unit.indexing.conftest import NOW


def store(ledger: Ledger, *names: str, at: datetime = NOW, title: str | None = None) -> None:
    """Store one article for each name, under a title of its own."""
    with ledger.begin() as conn:
        for name in names:
            text = f"The text of {name}, {title}, with enough words of its own to be no copy of {name * 3}."
            store_article(conn, make_article(name, title=title or f"Title of {name}", text=text), "live", at)


def rows(ledger: Ledger) -> dict[str, int]:
    """How many index rows are in each state."""
    with ledger.read() as conn:
        return {state: count for (kind, state), count in outbox_counts(conn).items() if kind == "index" and count}


def titles(index: Index) -> list[str]:
    """All titles in the index."""
    return sorted(hit.title for hit in index.search(SearchRequest(limit=1000)).hits)


class Failing(EmbeddedIndex):
    """The built-in index with faults: it is down, or takes some documents only."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.down = False
        self.down_after: int | None = None
        self.refuses: str | None = None

    def prepare(self) -> Readiness:
        """Fail when down."""
        if self.down:
            raise IndexUnreachable("connection refused")
        return super().prepare()

    def put(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Refuse the documents whose title holds ``refuses``; postpone all after the first ``down_after``."""
        for at, document in enumerate(documents):
            if self.down_after is not None and at >= self.down_after:
                yield Putting(document.collection, document.id, "postponed", "(429) too busy")
            elif self.refuses and self.refuses in document.fields["title"]:
                yield Putting(document.collection, document.id, "refused", "(400) mapper_parsing_exception")
            else:
                yield from super().put([document])


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Failing]:
    """A built-in index that can be made to fail."""
    index = Failing(tmp_path / "failing.sqlite")
    yield index
    index.close()


def test_all_that_is_due_is_indexed_and_settled(ledger: Ledger, index: Index) -> None:
    """What was stored is found; a second delivery has nothing to do."""
    store(ledger, *(f"n{number}" for number in range(250)))
    assert deliver(ledger, index, now=NOW, owner="one") == IndexCounts(indexed=250)
    assert rows(ledger) == {"settled": 250}
    assert len(titles(index)) == 250
    assert deliver(ledger, index, now=NOW, owner="one") == IndexCounts()
    assert verify(ledger, index).agrees


def test_a_changed_article_is_indexed_again(ledger: Ledger, index: Index) -> None:
    """The newest version replaces the older one."""
    store(ledger, "one", title="Before")
    deliver(ledger, index, now=NOW, owner="one")
    store(ledger, "one", title="After", at=NOW + timedelta(hours=1))
    assert deliver(ledger, index, now=NOW + timedelta(hours=1), owner="one").indexed == 1
    assert titles(index) == ["After"]
    assert verify(ledger, index).agrees


def test_an_index_that_is_down_makes_everything_wait(ledger: Ledger, failing: Failing) -> None:
    """Nothing is lost and nothing raised: the rows wait, the reason is told, and the next pass catches up at once."""
    store(ledger, "one", "two")
    failing.down = True
    assert deliver(ledger, failing, now=NOW, owner="one") == IndexCounts(postponed=2, error="connection refused")
    assert rows(ledger) == {"waiting": 2}
    failing.down = False
    assert deliver(ledger, failing, now=NOW, owner="two") == IndexCounts(indexed=2)


def test_an_index_that_fails_on_the_way_is_accounted_for_item_by_item(ledger: Ledger, failing: Failing) -> None:
    """What was taken is settled, the rest waits a little and is delivered later."""
    store(ledger, "one", "two", "three")
    failing.down_after = 1
    assert deliver(ledger, failing, now=NOW, owner="a") == IndexCounts(indexed=1, postponed=2, error="(429) too busy")
    assert rows(ledger) == {"settled": 1, "waiting": 2}
    failing.down_after = None
    assert deliver(ledger, failing, now=NOW, owner="b") == IndexCounts()
    assert deliver(ledger, failing, now=NOW + timedelta(minutes=1), owner="b") == IndexCounts(indexed=2)


def test_the_wait_grows_and_is_bounded(ledger: Ledger, failing: Failing) -> None:
    """After many failures a row is tried every hour, not never."""
    store(ledger, "one")
    failing.down_after = 0
    now, tries = NOW, 0
    while now < NOW + timedelta(hours=12):
        tries += deliver(ledger, failing, now=now, owner="one").postponed
        now += timedelta(minutes=5)
    assert 14 <= tries <= 18


def test_a_poisonous_document_is_set_aside_visibly(ledger: Ledger, failing: Failing) -> None:
    """It holds up nobody, is counted, is missing in the comparison, and has its chance again when it changes."""
    store(ledger, "bad", title="Bad")
    store(ledger, "good", title="Good")
    failing.refuses = "Bad"
    assert deliver(ledger, failing, now=NOW, owner="one") == IndexCounts(indexed=1, refused=1)
    assert rows(ledger) == {"settled": 1, "set_aside": 1}
    assert verify(ledger, failing).collections["articles"].missing == 1
    assert deliver(ledger, failing, now=NOW + timedelta(days=1), owner="one") == IndexCounts()
    store(ledger, "bad", title="Repaired", at=NOW + timedelta(days=1))
    assert deliver(ledger, failing, now=NOW + timedelta(days=1), owner="one").indexed == 1


def test_an_index_that_was_lost_is_filled_from_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    """The file of the built-in index can be deleted at any time."""
    store(ledger, "one", "two")
    first = EmbeddedIndex(tmp_path / "index.sqlite")
    deliver(ledger, first, now=NOW, owner="one")
    first.close()
    (tmp_path / "index.sqlite").unlink()
    second = EmbeddedIndex(tmp_path / "index.sqlite")
    store(ledger, "three")
    assert deliver(ledger, second, now=NOW, owner="one") == IndexCounts(indexed=1, filled=3)
    assert verify(ledger, second).agrees
    second.close()


def test_another_index_than_last_time_is_filled(ledger: Ledger, index: Index, failing: Failing) -> None:
    """Whoever changes the setting INDEX finds everything in the new one, even when it was used before."""
    store(ledger, "one")
    deliver(ledger, index, now=NOW, owner="one")
    store(ledger, "two", "three")
    deliver(ledger, failing, now=NOW, owner="one")
    assert verify(ledger, failing).agrees
    assert deliver(ledger, index, now=NOW, owner="one").filled == 3
    assert verify(ledger, index).agrees


def test_known_events_are_indexed_as_any_development(tmp_path: Path, index: Index) -> None:
    """The timeline a ledger begins with is found in Kibana from the first pass on."""
    opened = open_ledger(f"sqlite:///{tmp_path / 'with-events.sqlite'}", now=NOW, known_events=load_known_events())
    assert deliver(opened, index, now=NOW, owner="one").indexed > 20
    assert verify(opened, index).agrees
    opened.close()


@pytest.mark.elasticsearch
def test_indices_that_were_deleted_are_filled_from_the_ledger(ledger: Ledger, cluster: ClusterIndex) -> None:
    """Elasticsearch is derived: it can be dropped."""
    store(ledger, "one", "two")
    deliver(ledger, cluster, now=NOW, owner="one")
    cluster.client.indices.delete(index=list(cluster.client.indices.get(index=f"{cluster.prefix}-*")))
    assert deliver(ledger, cluster, now=NOW, owner="one") == IndexCounts(filled=2)
    assert verify(ledger, cluster).agrees


def test_a_rebuild_makes_ledger_and_index_agree(ledger: Ledger, index: Index) -> None:
    """Missing, differing and surplus documents are told before, and gone after."""
    store(ledger, "one", "two", "three")
    deliver(ledger, index, now=NOW, owner="one")
    fields = {"id": "stray", "url": "u", "source": "s", "checksum": "0" * 64}
    stray = Document("articles", "stray", 1, "0" * 64, json.dumps(fields))
    one = make_article("one").id
    spoilt = Document("articles", one, 99, "f" * 64, json.dumps(fields | {"id": one, "checksum": "f" * 64}))
    assert [putting.state for putting in index.put([stray, spoilt])] == ["indexed", "indexed"]
    with ledger.begin() as conn:
        store_article(conn, make_article("four", title="Four", text="Not delivered yet."), "live", NOW)
    found = verify(ledger, index).collections["articles"]
    assert (found.ledger, found.index, found.missing, found.differing, found.surplus) == (4, 4, 1, 1, 1)
    assert set(found.examples) == {make_article("four").id, one}
    assert rebuild(ledger, index, now=NOW).indexed == 4
    assert verify(ledger, index).agrees
    assert deliver(ledger, index, now=NOW, owner="one").indexed == 1
    assert verify(ledger, index).agrees


def test_only_one_rebuild_at_a_time(ledger: Ledger, index: Index) -> None:
    """A second one is told so; it can be tried again when the first is over."""
    with ledger.begin() as conn:
        assert lease(conn, "index-rebuild", owner="somebody on another machine", now=NOW, seconds=600)
    with pytest.raises(IndexUnreachable, match="another process"):
        rebuild(ledger, index, now=NOW)
    assert rebuild(ledger, index, now=NOW + timedelta(hours=1)).indexed == 0


def test_progress_is_told(ledger: Ledger, index: Index) -> None:
    """Whoever waits for a rebuild hears how far it is."""
    store(ledger, *(f"n{number}" for number in range(5)))
    told: list[str] = []
    rebuild(ledger, index, now=NOW, on_progress=told.append)
    assert told == ["5 documents"]


@pytest.mark.elasticsearch
def test_a_whole_pass_reaches_every_collection(tmp_path: Path, whole_cluster: ClusterIndex) -> None:
    """Findings beside their developments; passes and pulses leave the outbox; a lost index is filled."""
    opened = open_ledger(f"sqlite:///{tmp_path / 'whole.sqlite'}", now=NOW, known_events=load_known_events())
    with opened.begin() as conn:
        record_pass(conn, SourcePass("tidings", "ok", NOW, NOW, 3, 1, 1, 0, {"undated": 1}))
        take_pulse(conn, source_health(conn, {"tidings": 5.0, "never-passed": 5.0}, now=NOW), now=NOW)
    done = deliver(opened, whole_cluster, now=NOW, owner="one")
    compared = verify(opened, whole_cluster)
    assert compared.agrees
    counts = {name: one.index for name, one in compared.collections.items()}
    assert counts["votes"] + counts["milestones"] + counts["statements"] == counts["developments"] > 20
    assert (counts["passes"], counts["pulses"]) == (1, 1)
    assert done.indexed == counts["developments"] + 2
    assert sum(rows(opened).values()) == counts["developments"]
    whole_cluster.client.indices.delete(
        index=list(whole_cluster.client.indices.get(index=f"{whole_cluster.prefix}-votes-v*"))
    )
    assert deliver(opened, whole_cluster, now=NOW, owner="one").filled == 2 * counts["developments"]
    assert verify(opened, whole_cluster).agrees
    opened.close()


def test_what_an_index_does_not_hold_is_settled(ledger: Ledger, tmp_path: Path) -> None:
    """The built-in index has no passes: nothing waits for it, and nothing is missing in it."""
    with ledger.begin() as conn:
        record_pass(conn, SourcePass("tidings", "ok", NOW, NOW, 0, 0, 0, 0, {}))
    index = EmbeddedIndex(tmp_path / "index.sqlite")
    assert deliver(ledger, index, now=NOW, owner="one") == IndexCounts()
    assert rows(ledger) == {}
    assert verify(ledger, index).agrees
    index.close()
