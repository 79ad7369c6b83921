"""Pages: nothing is lost in silence, and nothing raises."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.assembling import choose_date
from crawlers.reading.cleaning import clean_line, clean_text, strip_markup
from crawlers.reading.dates import Instant
from crawlers.reading.page_reading import PageReading
from crawlers.reading.pages import read_page
from records.article import Entry
from tests.unit.crawlers.newsstand import page, report

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TEXT = (
    "The committee adopted the draft convention by 79 votes to 60, with 33 abstentions, the chair announced on Friday."
)
MORE = "Delegations will meet again in August to agree on how the committee is to work, and for how long, he added."


def _read(body: bytes | str) -> PageReading:
    return read_page(body if isinstance(body, bytes) else body.encode(), "text/html", now=NOW)


@pytest.mark.parametrize("closed", [True, False], ids=["closed before", "around"])
@pytest.mark.parametrize("depth", [255, 260, 300, 1000, 3000, 20_000])
def test_text_after_deep_nesting_is_found_or_missed_aloud(depth: int, closed: bool) -> None:
    """What the parser cannot hold makes the page ``truncated``."""
    deep = "<div>" * depth + ("</div>" * depth if closed else "")
    reading = _read(f"<html><body><p>{MORE}</p>{deep}<p>{TEXT}</p><p>{MORE}</p></body></html>")
    assert "79 votes" in reading.text or reading.truncated


def test_text_after_a_huge_one_is_found_or_missed_aloud() -> None:
    """A text of more than 10 MB does not swallow what follows in silence."""
    reading = _read(f"<html><body><script>{'x' * 11_000_000}</script><p>{TEXT}</p><p>{MORE}</p></body></html>")
    assert "79 votes" in reading.text or reading.truncated


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"plain words",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
        b"%PDF-1.7\n" + b"\x00\x01" * 500,
        b"<",
        b"<>",
    ],
)
def test_what_is_no_page_is_named(body: bytes) -> None:
    """Nothing, plain bytes, pictures and documents are no pages, and no text."""
    reading = _read(body)
    assert reading.problem in {"not_html", "no_text"}
    assert reading.text == ""


def test_a_page_without_an_article_is_named() -> None:
    """A page of links, and a page with a line or two, have no text."""
    links = "".join(f"<li><a href='/{n}'>Story {n}</a></li>" for n in range(5))
    assert _read(f"<html><body><ul>{links}</ul></body></html>").problem == "no_text"
    assert _read("<html><body><p>Not found.</p></body></html>").problem == "no_text"


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>", "<aside><p>{}</p></aside>", "<footer><p>{}</p></footer>",
        "<div class='comments'><p>{}</p></div>",
        "<div id='cookie-banner'><p>{}</p></div>", "<div role='dialog'><p>{}</p></div>", "<p hidden>{}</p>",
        "<p style='display:none'>{}</p>", "<p style='visibility: hidden'>{}</p>",
        "<div aria-hidden='true'><p>{}</p></div>",
        "<section class='related-articles'><p>{}</p></section>", "<div class='most-read'><ol><li>{}</li></ol></div>",
        "<template><p>{}</p></template>", "<noscript><p>{}</p></noscript>", "<form><p>{}</p></form>",
        "<div class='newsletter-signup'><p>{}</p></div>", "<!-- {} -->", "<script>var x = '{}';</script>",
    ],
)  # fmt: skip
def test_what_stands_around_is_not_the_articles(around: str) -> None:
    """Menus, boxes, comments, banners, hidden text and code are left out."""
    other = "Another body rejected the cybercrime treaty by 101 votes to 7, a thing this page does not report at all."
    reading = _read(page("Committee adopts the draft convention", TEXT, MORE, around=around.format(other)))
    assert TEXT in reading.text
    assert "101 votes" not in reading.text


def test_a_teaser_is_not_taken_for_the_article() -> None:
    """Where the element that is named as the article holds only its lead, the paragraphs elsewhere are found."""
    lead = "Delegates met on Monday to take up the convention against cybercrime once more in New York. " * 4
    body = "".join(f"<p>Paragraph {n} says at some length what was discussed that day.</p>" for n in range(60))
    page = f"<h1>Talks</h1><div class='article-body'><p>{lead}</p></div><div class='x'>{body}</div>"
    assert "Paragraph 59 says" in _read(f"<html><body>{page}</body></html>".encode()).text


def test_list_items_and_tables_of_an_article_are_kept() -> None:
    """Statements in a list, and a roll call in a table, are part of the report."""
    extra = "<ul><li>The delegate of Northland said that her country had voted against the text.</li></ul>"
    extra += "<table><tr><td>In favour: Northland, Eastmark</td></tr></table>"
    reading = _read(
        page("Committee adopts the draft convention", TEXT, MORE).replace(b"</article>", f"{extra}</article>".encode())
    )
    assert "\nThe delegate of Northland said" in reading.text
    assert "Eastmark" in reading.text


def _dated(*dates: tuple[str, int, bool]) -> PageReading:
    found = tuple((source, Instant(datetime(2026, 11, day, tzinfo=UTC), known)) for source, day, known in dates)
    return PageReading(title="T", text="x", dates=found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("read", "day", "source"),
    [
        (_dated(("json_ld", 1, True), ("meta", 2, True)), 1, "json_ld"),
        (_dated(("meta", 2, True), ("text", 3, False)), 2, "meta"),
        (_dated(("text", 3, False)), 10, "feed"),
        (_dated(("json_ld", 11, False)), 10, "feed"),
        (_dated(("json_ld", 15, False)), 15, "json_ld"),
        (None, 10, "feed"),
    ],
)
def test_dates_are_taken_in_order_of_trust(read: PageReading | None, day: int, source: str) -> None:
    """JSON-LD, meta, feed, address, text; a bare day yields to the feed's instant when they agree."""
    entry = Entry("https://ex.org/a", published_at=datetime(2026, 11, 10, tzinfo=UTC), date_source="feed")
    chosen = choose_date(entry, read, url="https://ex.org/2026/11/12/a", now=NOW)
    assert chosen is not None
    assert (chosen[1].at.day, chosen[0]) == (day, source)


def test_an_undated_article_stays_undated() -> None:
    """Without any date there is none; the time of fetching is no date."""
    assert choose_date(Entry("https://ex.org/a"), PageReading(), url="https://ex.org/a", now=NOW) is None
    chosen = choose_date(Entry("https://ex.org/a"), PageReading(), url="https://ex.org/2026/11/12/a", now=NOW)
    assert chosen is not None
    assert chosen[0] == "url"


@given(st.text(max_size=300))
def test_clean_text_is_stable_and_printable(text: str) -> None:
    """Cleaned text is clean, can be encoded, and has no control characters but line ends."""
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode() == cleaned
    assert not any(character < " " and character != "\n" for character in cleaned)
    assert not any(character in "\u202e\u202d\u2028\x85\x00" for character in cleaned)


@given(st.text(max_size=300))
def test_a_cleaned_line_is_one_line_or_none(text: str) -> None:
    """A title never breaks a header or a table."""
    line = clean_line(text, limit=50)
    assert line is None or (line and "\n" not in line and len(line) <= 50)
    assert strip_markup(text) is None or "\x00" not in (strip_markup(text) or "")


@given(st.binary(max_size=500), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_no_damaged_page_raises(noise: bytes, where: int) -> None:
    """A page damaged anywhere is read as far as it goes."""
    body = report()
    reading = _read(body[:where] + noise + body[where:])
    assert reading.problem in {None, "no_text", "not_html", "wall"}


def test_feedparser_is_only_ever_given_a_stream() -> None:
    """Bytes or text that look like a path or an address would be opened: each call of any room passes a BytesIO."""
    root = Path(__file__).parents[3]
    given: list[str] = []
    for room in ("alerting", "crawlers", "dags", "detection", "indexing", "ledger", "records", "watch"):
        for path in (root / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] != "feedparser", path
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "feedparser.parse":
                    given += [ast.unparse(argument) for argument in node.args]
    assert len(given) == 1
    assert given[0].startswith("BytesIO(")
