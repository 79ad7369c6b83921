"""Saved pages of our own making: each gives exactly the article it should, and nothing of what stands around it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.reading.assembling import assemble_article
from crawlers.reading.pages import read_page
from crawlers.source import Source
from records.article import Article, Entry

PAGES = Path(__file__).parent / "pages"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "000_154887a3a4e77c20.txt"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SOURCE = Source.model_validate(
    {
        "id": "golden",
        "name": "Golden",
        "homepage": "https://golden.example/",
        "publisher": "golden",
        "country": "INT",
        "languages": ["en"],
        "state_media": False,
        "find": [{"feed": "https://golden.example/rss"}],
        "expects_per_week": 1,
    }
)


def _article(body: bytes, url: str, said: dict[str, Any]) -> Article:
    published = said.get("published_at")
    entry = Entry(
        url=url,
        title=said.get("title"),
        published_at=datetime.fromisoformat(published) if published else None,
        date_source=said.get("date_source"),
    )
    article = assemble_article(SOURCE, entry, read_page(body, None, now=NOW), url=url, now=NOW)
    assert article is not None
    return article


@pytest.mark.parametrize("folder", sorted(PAGES.iterdir()), ids=lambda folder: folder.name)
def test_a_page_gives_its_article(folder: Path) -> None:
    """Every field that the case names, and the paragraphs in their order."""
    case = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    article = _article((folder / "page.html").read_bytes(), case["url"], case.get("entry", {}))
    expected = dict(case["article"])
    paragraphs = article.text.split("\n")
    if "text" in expected:
        assert paragraphs == expected.pop("text")
    for paragraph in expected.pop("contains", ()):
        assert paragraph in paragraphs
    published = expected.pop("published_at")
    assert article.published_at == (datetime.fromisoformat(published) if published else None)
    assert {name: getattr(article, name) for name in expected} == expected


@pytest.mark.shared
def test_the_report_this_project_began_with_comes_through_whole() -> None:
    """Title, lead and paragraphs of the report of 28 December 2019, in order, among a page's usual surroundings."""
    if not SEED.exists():
        pytest.skip("the shared seed is not beside this checkout")
    section, title, lead, *paragraphs = [part.strip() for part in SEED.read_text(encoding="utf-8").split("\n\n")]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = (
        f"<html lang='en'><head><title>{title} - World - TASS</title></head><body><nav><a href='/'>{section}</a></nav>"
        f"<div class='news'><h1>{title}</h1><div class='lead'>{lead}</div><div class='text'>{body}</div></div>"
        "<div class='sidebar'><a href='/1'>Council rejects draft, 9 to 6</a></div></body></html>"
    )
    article = _article(page.encode(), "https://tass.com/world/1104207", {})
    assert article.title == title
    assert article.text.split("\n") == [lead, *paragraphs]
