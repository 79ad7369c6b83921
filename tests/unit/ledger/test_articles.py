"""Identity of a story: one source's story is one article with versions; another publisher's is never touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.articles import (
    Storing,
    articles_to_examine,
    indexable_article,
    iter_articles,
    known_urls,
    remember,
    seen_addresses,
    store_article,
)
from ledger.articles import article as stored
from ledger.leases import this_owner
from ledger.opening import Ledger
from ledger.versions import stored_article
from records.article import Article
from tests.unit.ledger.writing import FILLER, NOW, article

LONG = (
    "The General Assembly decided on Friday to begin work on a convention against the use of computers for crime. "
    "Seventy-nine states were in favour and sixty against, while thirty-three abstained. The delegation that had "
    "proposed the text spoke of an answer to losses that grow from year to year, and others warned that the wording "
    "was too wide. A committee of experts will meet in August to settle the outline of its work and to elect a chair."
)
OTHER = (
    "Heavy rain closed two bridges in the north of the country on Friday, and the railway expects delays until the "
    "end of the week. Farmers along the lower river moved their animals to higher ground before nightfall, and the "
    "weather service sees no change before Tuesday, when a colder and drier wind should reach the coast at last."
)


def put(ledger: Ledger, one: Article, at: datetime = NOW, announced: str | None = None) -> Storing:
    """Store one article as live, in a transaction of its own."""
    with ledger.begin() as conn:
        return store_article(conn, one, "live", at, announced=announced)


def count(ledger: Ledger) -> int:
    """How many articles there are."""
    with ledger.read() as conn:
        return len(list(iter_articles(conn)))


CHANGES: dict[str, Callable[[Article], Article]] = {
    "nothing": lambda one: one,
    "guid": lambda one: replace(one, guid="another"),
    "address": lambda one: article(LONG, url="https://tidings.example/moved/1-new-headline"),
    "address and title": lambda one: article(LONG, url="https://tidings.example/2", title="A wholly new headline"),
    "title": lambda one: article(LONG, title="Assembly votes by 79 to 60"),
    "text": lambda one: article(LONG.replace("Friday", "Friday evening")),
    "address and a word": lambda one: article(LONG.replace("August", "autumn"), url="https://tidings.example/3"),
    "text under one title": lambda one: article(
        f"{LONG} {OTHER}", url="https://tidings.example/4", published_at=NOW + timedelta(days=2)
    ),
    "address, a year later": lambda one: article(
        LONG, url="https://tidings.example/archive/1", published_at=NOW + timedelta(days=366)
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_story_of_one_source_is_one_article(ledger: Ledger, change: str) -> None:
    """Whatever a source changes of address, guid, title or wording, its story stays one article."""
    first = article(LONG)
    assert put(ledger, first) == "stored"
    again = put(ledger, CHANGES[change](first), NOW + timedelta(hours=1))
    assert again in ("unchanged", "version")
    assert count(ledger) == 1


STRANGERS = {
    "another text": article(OTHER, url="https://tidings.example/5", title="Rain closes bridges"),
    "another text under the same title": article(OTHER, url="https://tidings.example/6"),
    "the same title in another week": article(
        OTHER, url="https://tidings.example/7", published_at=NOW + timedelta(days=8)
    ),
    "the same guid": replace(article(OTHER, url="https://tidings.example/8", title="Rain"), guid="guid-1"),
    "another source's copy": article(LONG, url="https://herald.example/1", source="herald"),
    "another publisher at the same address": article(LONG, source="herald"),
    "another publisher's text at the same address": article(OTHER, source="herald"),
    "a short text": article("Read on.", url="https://tidings.example/9", title="In brief"),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_another_article_is_never_suppressed(ledger: Ledger, stranger: str) -> None:
    """Another text, or another publisher's, is stored beside the first, whatever address, title or guid it claims."""
    first = replace(article(LONG), guid="guid-1")
    put(ledger, first)
    assert put(ledger, STRANGERS[stranger]) == "stored"
    assert count(ledger) == 2
    with ledger.read() as conn:
        kept = stored(conn, first.id)
    assert kept == first


def test_a_hostile_address_that_comes_first_takes_nothing_from_its_owner(ledger: Ledger) -> None:
    """A source that claims another's address does not keep the owner's article out."""
    put(ledger, article(OTHER, source="hostile", title="Mine"))
    owner = article(LONG)
    assert put(ledger, owner) == "stored"
    with ledger.read() as conn:
        texts = {one.stored.article.source: one.stored.article.text for one in iter_articles(conn)}
    assert texts == {"hostile": OTHER, "tidings": LONG}


def test_one_page_in_two_feeds_of_a_publisher_is_one_article(ledger: Ledger) -> None:
    """The second feed's find is known; both feeds have the address."""
    put(ledger, article(LONG, source="tidings-world", publisher="tidings"))
    assert put(ledger, article(LONG, source="tidings-law", publisher="tidings")) == "known"
    assert count(ledger) == 1
    with ledger.read() as conn:
        for source in ("tidings-world", "tidings-law"):
            assert known_urls(conn, source, [article().url, "https://tidings.example/else"]) == {article().url}


def test_an_edit_is_a_version_to_be_examined_and_indexed_again(ledger: Ledger) -> None:
    """A version raises the number, keeps the first sight, and is due to detection again."""
    put(ledger, article(LONG))
    put(ledger, article(LONG.replace("sixty", "fifty-nine")), NOW + timedelta(hours=2))
    with ledger.begin() as conn:
        kept = stored_article(conn, article().id)
        due = articles_to_examine(conn, detector="1", now=NOW, owner=this_owner(), limit=9)
    assert kept is not None
    assert (kept.version, kept.first_seen) == (2, NOW)
    assert [one.article.text for one in due] == [LONG.replace("sixty", "fifty-nine")]


def test_a_summary_never_replaces_a_full_text(ledger: Ledger) -> None:
    """A page that closes later does not cost the text that was read before."""
    put(ledger, article(LONG))
    assert put(ledger, replace(article("In short."), text_scope="summary")) == "unchanged"
    with ledger.read() as conn:
        kept = stored(conn, article().id)
    assert kept is not None
    assert kept.text == LONG


def test_addresses_remember_what_became_of_them(ledger: Ledger) -> None:
    """Off topic and dropped addresses are known, with the entry they came by; a stored one stays stored."""
    with ledger.begin() as conn:
        remember(conn, "https://a.example/1", "tidings", "off_topic", None, NOW, entry_hash="e1")
        remember(conn, "https://a.example/2", "tidings", "dropped", "not found", NOW)
        store_article(conn, article(LONG), "live", NOW, announced="https://t.example/short", entry_hash="e2")
        remember(conn, article().url, "tidings", "dropped", "gone", NOW + timedelta(days=1), entry_hash="e3")
        urls = ["https://a.example/1", "https://a.example/2", article().url, "https://t.example/short", "https://n.ew"]
        seen = seen_addresses(conn, "tidings", urls)
        assert seen_addresses(conn, "herald", urls) == {}
    assert {url: (one.outcome, one.entry_hash) for url, one in seen.items()} == {
        "https://a.example/1": ("off_topic", "e1"),
        "https://a.example/2": ("dropped", None),
        article().url: ("stored", "e3"),
        "https://t.example/short": ("stored", "e2"),
    }


def test_thousands_of_addresses_can_be_asked_for_at_once(ledger: Ledger) -> None:
    """A feed of many entries is one question."""
    with ledger.begin() as conn:
        store_article(conn, article(LONG), "live", NOW)
        many = [f"https://a.example/{number}" for number in range(3000)]
        assert known_urls(conn, "tidings", [*many, article().url]) == {article().url}


def test_a_copy_names_the_text_it_repeats(ledger: Ledger) -> None:
    """Another publisher's copy, cut and given a new lead, is an article of its own that names the first."""
    put(ledger, article(LONG))
    lead = "UNITED NATIONS, Dec 28. This agency has learned the following from its correspondent on the spot. "
    cut = article(lead + LONG[: len(LONG) * 3 // 4], url="https://herald.example/1", source="herald")
    put(ledger, cut)
    put(ledger, article(OTHER, url="https://herald.example/2", source="herald", title="Rain"))
    with ledger.read() as conn:
        of = {one.stored.article.url: one.copy_of for one in iter_articles(conn)}
    assert of == {article().url: None, "https://herald.example/1": article().id, "https://herald.example/2": None}


def test_two_workers_share_the_articles_to_examine(ledger: Ledger) -> None:
    """Nobody gets an article that another living worker holds; a worker of a dead process holds nothing."""
    for number in range(4):
        put(
            ledger,
            article(
                f"{FILLER} {number} " * 5, url=f"https://t.example/{number}", title=str(number), source=f"s{number}"
            ),
        )
    dead = this_owner().split("/")
    dead[2] = "999999999"
    with ledger.begin() as conn:
        assert len(articles_to_examine(conn, detector="1", now=NOW, owner="/".join(dead), limit=3)) == 3
    with ledger.begin() as conn:
        first = articles_to_examine(conn, detector="1", now=NOW, owner=this_owner(), limit=3)
        second = articles_to_examine(conn, detector="1", now=NOW, owner=this_owner(), limit=3)
        late = articles_to_examine(conn, detector="1", now=NOW + timedelta(hours=1), owner=this_owner(), limit=9)
    assert len(first) == 3
    assert len(second) == 1
    assert not {one.article.id for one in first} & {one.article.id for one in second}
    assert len(late) == 4


def test_pages_of_a_rebuild_cover_every_article_once(ledger: Ledger) -> None:
    """Reading page by page gives each article once, oldest first."""
    for number in range(7):
        put(ledger, article(f"Item {number}.", url=f"https://t.example/{number}", title=f"No. {number}"))
    with ledger.read() as conn:
        titles = [one.stored.article.title for one in iter_articles(conn, page=3)]
        one = indexable_article(conn, sha256(b"https://t.example/3").hexdigest())
    assert titles == [f"No. {number}" for number in range(7)]
    assert one is not None
    assert (one.stored.article.title, one.examination, one.developments) == ("No. 3", None, ())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    title=st.text(max_size=40),
    text=st.text(st.characters(), max_size=200),
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_any_text_and_date_comes_back(ledger: Ledger, title: str, text: str, published: datetime | None) -> None:
    """Whatever letters and dates a page brings, they come back; what cannot be held is replaced one for one."""
    one = article(
        text,
        title=title,
        published_at=published,
        url=f"https://t.example/{sha256(repr((title, text, published)).encode()).hexdigest()}",
    )
    source = f"s-{one.id}"
    with ledger.begin() as conn:
        store_article(conn, replace(one, source=source, publisher=source), "live", NOW)
        back = stored(conn, one.id)
    assert back is not None
    assert len(back.text) == len(text)
    assert back.published_at == published
    clean = "\0" not in title + text and not any("\ud800" <= letter <= "\udfff" for letter in title + text)
    assert (back.title, back.text, back.content_hash) == (title, text, one.content_hash) or not clean
