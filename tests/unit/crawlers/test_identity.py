"""Which addresses are one story, and whose claims are believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.identity import absolute_url, article_id, choose_canonical, clean_address, identity, registrable

ONE_STORY = [
    "https://ex.org/world/1104207",
    "http://ex.org/world/1104207",
    "https://www.ex.org/world/1104207",
    "https://m.ex.org/world/1104207",
    "https://amp.ex.org/world/1104207",
    "https://ex.org/amp/world/1104207",
    "https://ex.org/world/1104207/amp/",
    "https://ex.org/world/1104207/",
    "https://ex.org:443/world/1104207",
    "https://EX.org/world/1104207#top",
    "https://ex.org/world/1104207?utm_source=rss&utm_medium=feed",
    "https://ex.org/world/1104207?fbclid=abc",
    "https://ex.org/world/1104207?amp=1",
    "https://ex.org/world/1104207?outputType=amp",
]
OTHER_STORIES = [
    "https://ex.org/world/1104208",
    "https://ex.org/world/1104207?id=3",
    "https://other.org/world/1104207",
    "https://ex.org:8080/world/1104207",
    "https://news.ex.org/world/1104207",
]


@pytest.mark.parametrize("url", ONE_STORY)
def test_every_dress_of_a_page_is_one_story(url: str) -> None:
    """Scheme, www, mobile, AMP, tracking, fragment and a final slash make no difference."""
    assert article_id(url) == article_id(ONE_STORY[0])


@pytest.mark.parametrize("url", OTHER_STORIES)
def test_other_pages_are_other_stories(url: str) -> None:
    """Another number, query, host, port or section is another story."""
    assert article_id(url) != article_id(ONE_STORY[0])


@pytest.mark.parametrize("url", ONE_STORY)
def test_the_address_that_is_shown_still_leads_there(url: str) -> None:
    """Cleaning an address changes neither its scheme nor, but for case, its host."""
    assert clean_address(url).split("/")[:2] == url.split("/")[:2]
    assert clean_address(url).split("/")[2] == url.split("/")[2].lower().replace(":443", "")


@pytest.mark.parametrize(
    "claimed",
    [
        "https://evil.example/world/1104207",
        "http://169.254.169.254/world/1104207",
        "https://ex.org.evil.example/world/1104207",
        "https://ex.org/",
        "https://ex.org/world",
        "https://ex.org/world/1104999",
        "javascript:alert(1104207)",
        "//evil.example/world/1104207",
        "https://user:pass@ex.org/world/1104207",
        "",
        None,
    ],
)
def test_a_claim_to_be_another_page_is_not_believed(claimed: str | None) -> None:
    """No page can pass for a page of another site, for the home page, or for another story of its own site."""
    assert choose_canonical("https://ex.org/world/1104207", claimed) == "https://ex.org/world/1104207"


def test_a_claim_about_ones_own_dress_is_believed() -> None:
    """A mobile, AMP or print page may name the page it is a form of."""
    canonical = "https://www.ex.org/world/1104207"
    for page in ("https://m.ex.org/world/1104207?amp=1", "https://amp.ex.org/1104207", "https://ex.org/print/1104207"):
        assert choose_canonical(page, canonical) == canonical


def test_names_on_shared_hosts_are_strangers() -> None:
    """Two blogs on one host, or two ports of one address, do not speak for each other."""
    assert registrable("https://a.blogspot.com/x") != registrable("https://b.blogspot.com/x")
    assert registrable("http://127.0.0.1:8001/x") != registrable("http://127.0.0.1:8002/x")
    assert registrable("https://www.bbc.co.uk/x") == registrable("https://news.bbc.co.uk/y")


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.c", "ftp://ex.org/a", "", None,
     "https://", "http://[::1", "https://user:secret@ex.org/a", "http://ex.org:99999/", "https://e x.org/"],
)  # fmt: skip
def test_what_is_no_web_address_is_none(link: str | None) -> None:
    """Only http and https with a host and without credentials are addresses."""
    assert absolute_url(link, "https://base.example/") is None


def test_relative_links_are_joined() -> None:
    """A link is read against where it stood."""
    assert absolute_url("/a/b?x=1#c", "https://ex.org/feed/rss") == "https://ex.org/a/b?x=1"
    assert absolute_url("//ex.org:443/a", "https://base.example/") == "https://ex.org/a"
    assert absolute_url("http://[::1]:80/a", "https://base.example/") == "http://[::1]/a"


@given(st.text(max_size=100))
def test_no_link_raises(link: str) -> None:
    """Whatever stands in a link, the answer is None or an address whose identity can be made."""
    url = absolute_url(link, "https://base.example/feed")
    assert url is None or identity(url).startswith("https://")
