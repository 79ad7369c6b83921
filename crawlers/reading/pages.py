"""A page's bytes into its article: text in its order, without what stands around it."""

import re
from datetime import datetime

import trafilatura
from lxml import html
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
_AROUND_TAGS = ("nav", "aside", "footer", "form", "dialog", "template", "noscript")
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
    document = trafilatura.bare_extraction(
        tree,
        fast=True,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        deduplicate=False,
    )
    text = clean_text(document.text or "") if isinstance(document, Document) else ""
    lines = text.split("\n")
    listed = {_beginning(item.text_content()) for item in tree.iter("li")} if "\n- " in f"\n{text}" else set()
    lines = [line[2:] if line.startswith("- ") and _beginning(line[2:]) in listed else line for line in lines]
    if title and lines[0] == title and len(lines) > 1:
        lines = lines[1:]
    return "\n".join([*find_lead(tree, lines[0]), *lines])


def _beginning(text: str) -> str:
    return " ".join(text[:200].split())[:30]


def _remove_surroundings(tree: html.HtmlElement) -> None:
    doomed = [node for node in tree.iter(*_AROUND_TAGS) if node.tag != "footer" or not _is_inside_article(node)]
    doomed += [node for node in tree.xpath("//*[@role or @style or @hidden or @aria-hidden]") if _is_not_shown(node)]
    for node in tree.xpath("(//div | //section | //ul | //ol | //header | //p)[@class or @id]"):
        name = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
        if _AROUND_NAMES.search(name) or (_AROUND_IF_SHORT.search(name) and len(node.text_content()) < _SHORT):
            doomed.append(node)
    for node in doomed:
        if node.getparent() is not None and node.tag not in {"html", "body"} and not _holds_article(node):
            node.drop_tree()


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
