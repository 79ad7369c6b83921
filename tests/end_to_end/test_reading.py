"""What is read of the newsroom's pages: the article, and nothing of what stands round it."""

from datetime import UTC, datetime

import pytest

from crawlers.reading.pages import read_page
from tests.newsroom import Newsroom, load_play
from tests.newsroom.plays import play_names
from tests.newsroom.rendering import render_article
from tests.newsroom.sites import Site, load_sites

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize("site", load_sites().values(), ids=lambda site: site.id)
def test_the_article_is_read_and_its_surroundings_are_not(site: Site) -> None:
    """Of every page of the site all paragraphs, the title and the date are read, and no headline, comment or banner."""
    words = site.furniture
    around = (*words.headlines, *words.related_links, *words.remarks, *words.footer, words.cookies, words.newsletter)
    for play in play_names():
        newsroom = Newsroom(load_play(play))
        while not newsroom.finished:
            newsroom.advance()
        for edition in newsroom.editions(site.id):
            page = render_article(site, edition, 80)
            reading = read_page(page, f"text/html; charset={site.charset}", now=NOW)
            text = " ".join(reading.text.split())
            assert [one for one in edition.paragraphs if one not in text] == []
            assert [one for one in around if one in text] == []
            assert reading.title == edition.title
            assert edition.published in {instant.at for _, instant in reading.dates}
