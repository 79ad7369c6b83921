"""The lead: sentences between an article's heading and its first paragraph, which extractors tend to leave out."""

import re
from collections.abc import Iterator

from lxml import html

from crawlers.reading.cleaning import clean_line

_LEAST, _MOST = 30, 700  # characters of a lead
_LEAD_NAMES = re.compile(
    r"(?:^|[-_\s])(?:lead|lede|deck|dek|sub-?title|sub-?head(?:ing|line)?|standfirst|intro|chapo|chapeau|anons|entradilla"
    r"|bajada|excerpt|kicker)(?:$|[-_\s])|(?:lead|subtitle|standfirst|announce)$",
    re.IGNORECASE,
)
_NEAR = 2  # blocks after the heading among which a second heading belongs to it
_FARTHEST = 40  # elements between heading and first paragraph
_BLOCKS = {"p", "div", "h2", "h3", "section", "strong", "em", "b", "blockquote"}


def find_lead(tree: html.HtmlElement, first_line: str) -> list[str]:
    """Return the sentences between the only heading and the line that was extracted first; mostly none."""
    headings = tree.findall(".//h1")
    if len(headings) != 1 or not first_line:
        return []
    found: list[str] = []
    beginning = _folded(first_line)[:60]
    for number, node in enumerate(_after(headings[0])):
        text = _folded(node.text_content())
        if text.startswith(beginning):
            return found
        if number > _FARTHEST:
            break
        line = clean_line(text, limit=_MOST)
        if line and _is_lead(node, line, number) and line not in found:
            found.append(line)
    return []


def _after(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the innermost blocks after a heading, in their order."""
    for node in heading.xpath("following::*"):
        if node.tag in _BLOCKS and not any(child.tag in _BLOCKS for child in node):
            yield node


def _is_lead(node: html.HtmlElement, line: str, number: int) -> bool:
    """Tell whether a block is a lead by its own or its parent's name, or is a second heading; a caption is none."""
    parent = node.getparent()
    names = " ".join(
        f"{one.get('class') or ''} {one.get('itemprop') or ''}" for one in (node, parent) if one is not None
    )
    named = (node.tag == "h2" and number < _NEAR) or bool(_LEAD_NAMES.search(names[:300]))
    return named and len(line) >= _LEAST and next(node.iter("a", "time", "script", "style", "img"), None) is None


def _folded(text: str) -> str:
    return " ".join(text[:2000].split())
