"""HTML into a tree, with a word on whether all of it got in."""

from dataclasses import dataclass

from lxml import etree, html

from crawlers.reading.repairing import repair

# What libxml2 says when it leaves text out (found by experiment: ordinary tag soup gives other messages).
_LOSSES = ("Excessive depth", "Resource limit exceeded", "huge text node", "XML_PARSE_HUGE")
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
"""Every element is of one class: to choose by tag, as lxml.html does, calls Python for each."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, None when there is no HTML at all. ``truncated``: the document held more than the tree."""

    tree: html.HtmlElement | None
    truncated: bool


def parse_html(text: str) -> Parsed:
    """Return the tree of an HTML document; deep and long ones as far as they can be held. Raises MemoryError."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = html.document_fromstring(repair(text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Parsed(None, _lost(parser))
    return Parsed(tree, _lost(parser))


def _lost(parser: html.HTMLParser) -> bool:
    if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
        raise MemoryError  # libxml2 itself would give what it has, or nothing, as if that were the document
    return any(loss in entry.message for entry in parser.error_log for loss in _LOSSES)
