"""A page's bytes into its article: text in its order, without what stands around it."""

import re
from datetime import datetime
from functools import lru_cache

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from crawlers.reading.charset import decode
from crawlers.reading.cleaning import clean_line, clean_text
from crawlers.reading.documents import parse_html
from crawlers.reading.leads import find_lead
from crawlers.reading.metadata import read_metadata
from crawlers.reading.page_reading import Closed, PageReading
from crawlers.reading.walls import is_wall

# Elements that stand around an article, or are not shown. What a site repeats there (related stories, the
# most read, comments) names other votes and must not be read as this page's.
_AROUND_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "template", "noscript"})
_UNREAD_TAGS = ("style", "link", "meta", "source", "input")  # none can hold text that is shown
_NAMED_TAGS = frozenset({"div", "section", "ul", "ol", "header", "p"})
_HIDING_ATTRIBUTES = frozenset({"role", "style", "hidden", "aria-hidden"})
_AROUND_ROLES = {"navigation", "complementary", "search", "banner", "contentinfo", "dialog", "alertdialog"}
# Each of these words was tried alone on a public benchmark of 181 pages. Those of the second pattern are also
# given to what holds the article, so only short elements are taken by them.
_AROUND_NAMES = re.compile(
    r"(?:^|[-_\s])(?:related|recommend(?:ed|ations)?|most-?read|more-?news|also-?read|trending|popular|latest-?news"
    r"|comments?|comment-?list|disqus|cookie|consent|newsletter|subscribe|promo|teaser-?list|breadcrumbs?"
    r"|sponsored|banner|outbrain|taboola)(?:$|[-_\s])",
    re.IGNORECASE,
)
_AROUND_IF_SHORT = re.compile(
    r"(?:^|[-_\s])(?:paywall|read-?more|share|social|sidebar|byline)(?:$|[-_\s])", re.IGNORECASE
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SHORT = 300  # characters
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEAST = 80  # letters below which nothing was extracted; a news flash of two Chinese sentences has 45 characters
_WORD_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # kana, Han, Hangul: one says what two letters do
_FEW = 600  # characters; what is longer is an article
_ENOUGH = 1500  # characters from which a page is no wall, whatever else stands on it


def read_page(body: bytes, content_type: str | None, *, now: datetime) -> PageReading:
    """Return what a page's bytes say; never raises for what stands in them."""
    decoded = decode(body, content_type)
    if "<" not in decoded.text or _is_binary(decoded.text):
        return PageReading(problem="not_html")
    parsed = parse_html(decoded.text)
    if parsed.tree is None:
        return PageReading(problem="not_html", truncated=parsed.truncated)
    metadata = read_metadata(parsed.tree, now=now)
    text = extract_text(parsed.tree, title=metadata.title)
    problem: Closed | None = None
    if len(text) < _ENOUGH and is_wall(decoded.text):
        problem, text = "wall", ""
    elif len(text) + len(_WORD_SIGNS.findall(text)) < _LEAST:
        problem, text = "no_text", ""
    return PageReading(
        title=metadata.title,
        text=text,
        language=metadata.language,
        canonical=clean_line(metadata.canonical, limit=2000),
        dates=metadata.dates,
        summary_only=metadata.closed and len(text) < 1500,
        truncated=parsed.truncated,
        certain_characters=decoded.certain,
        problem=problem,
    )


def _is_binary(text: str) -> bool:
    """Tell whether more than one character in fifty is a control, as in pictures and archives read as text."""
    return len(_CONTROLS.findall(text[:20_000])) * 50 > len(text[:20_000])


def extract_text(tree: html.HtmlElement, *, title: str | None) -> str:
    """Return the article's paragraphs, one a line, in their order; the title is not among them."""
    _remove_surroundings(tree)
    text = _main_text(tree, fast=True)
    if len(text) < _FEW and len(text) * 4 < sum(len(node.text_content()) for node in tree.iter("p")):
        fuller = _main_text(tree, fast=False)  # it took a teaser, or the lead alone; the slow way compares extractors
        text = fuller if len(fuller) > 2 * len(text) else text
    lines = text.split("\n")
    listed = {_beginning(item.text_content()) for item in tree.iter("li")} if "\n- " in f"\n{text}" else set()
    lines = [line[2:] if line.startswith("- ") and _beginning(line[2:]) in listed else line for line in lines]
    if title and lines[0] == title and len(lines) > 1:
        lines = lines[1:]
    return "\n".join([*find_lead(tree, lines[0]), *lines])


def _main_text(tree: html.HtmlElement, *, fast: bool) -> str:
    document = trafilatura.bare_extraction(
        tree,
        fast=fast,
        favor_recall=fast,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        deduplicate=False,
    )
    return clean_text(document.text or "") if isinstance(document, Document) else ""


def _beginning(text: str) -> str:
    return " ".join(text[:200].split())[:30]


def _remove_surroundings(tree: html.HtmlElement) -> None:
    _remove_unread(tree)
    around: list[html.HtmlElement] = []
    hidden: list[html.HtmlElement] = []
    named: list[html.HtmlElement] = []
    for node in tree.iter():  # once: a query for each of the three takes twice the time
        tag, said = node.tag, node.keys()
        if tag in _AROUND_TAGS and (tag != "footer" or not _is_inside_article(node)):
            around.append(node)
        if not said:
            continue
        if not _HIDING_ATTRIBUTES.isdisjoint(said) and _is_not_shown(node):
            hidden.append(node)
        if tag in _NAMED_TAGS and _is_named_around(node):
            named.append(node)
    doomed = [*around, *hidden, *named]
    for node in doomed:
        if node.getparent() is not None and node.tag not in {"html", "body"} and not _holds_article(node):
            node.drop_tree()


def _remove_unread(tree: html.HtmlElement) -> None:
    """Take out what holds no text of an article: what follows copies the tree four times. JSON-LD may hold one."""
    etree.strip_elements(tree, *_UNREAD_TAGS, with_tail=False)
    for node in list(tree.iter("script", "svg")):
        if "ld+json" not in (node.get("type") or "") and node.find(".//p") is None:
            node.drop_tree()


def _is_named_around(node: html.HtmlElement) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    return _is_around(names) or (_is_around_if_short(names) and len(node.text_content()) < _SHORT)


@lru_cache(4096)
def _is_around(names: str) -> bool:
    return _AROUND_NAMES.search(names) is not None


@lru_cache(4096)
def _is_around_if_short(names: str) -> bool:
    return _AROUND_IF_SHORT.search(names) is not None


def _is_not_shown(node: html.HtmlElement) -> bool:
    """Tell whether an element is hidden, or says by its role that it stands around the article."""
    if node.get("role") in _AROUND_ROLES or node.get("hidden") is not None:
        return True
    return (node.get("aria-hidden") == "true" and node.tag != "img") or bool(_HIDING.search(node.get("style") or ""))


def _is_inside_article(node: html.HtmlElement) -> bool:
    return next(node.iterancestors("article"), None) is not None


def _holds_article(node: html.HtmlElement) -> bool:
    """Tell whether the page's only heading or its article stands inside an element."""
    return node.find(".//h1") is not None or node.find(".//article") is not None
