"""The symbol of the document that was decided upon."""

import re

_DOCUMENT = re.compile(
    r"(?<![0-9A-Za-zА-Яа-я_])[AaESsРр]/(?:(?:[A-Za-z]{1,6}|C\.\d|AC\.\d+|CN\.\d+|ES-\d+)[./])*(?:RES/)?[0-9A-Za-z_.-]+(?:/(?:L\.\d+|\d+|Rev\.\d+|Add\.\d+))*(?:\s\(\d{4}\))?"
)
_DRAFT = re.compile(r"\bL\.\d{1,3}(?:/Rev\.\d)?\b")
# Begins with one set of letters, so that a search passes over the other characters at once.
_NUMBERED = re.compile(
    r"[rRрРقnN](?:(?<=[rR])(?i:esolution|ésolution|esolución|esolução)|(?<=[рР])(?i:езолюц[иі]\w+)|(?<=ق)رار"
    r"|(?<=[nN])(?i:ghị quyết))"
    r"\s+(?:(?i:no|nr|số|№|n°|رقم)\.?\s*)?(\d{2}/\d{1,3}|\d{3,4}(?:\s\(\d{4}\)| [a-zA-Z] \([ivxIVX]+\))?)(?!\w)"
)
_STEMS = ("resol", "résol", "резолюц", "قرار", "nghị quyết")
"""What the words for a resolution hold, in lower case."""

_SLASHED = re.compile(r"(?<![\w/])(\d{3,4})/(\d{4})(?![\w/])")
_HAN = re.compile(r"第\s?(\d{2}/\d{1,3}|\d{3,4})\s?[号號]\s?(?:决议|決議)")
_SECURITY = "Security Council"
_FIRST_YEAR = 1945


def symbol_near(text: str, start: int, end: int, body: str | None) -> str | None:
    """The first symbol of a draft, resolution or document in a stretch of text; None when there is none.

    A bare number of a Security Council resolution is given its symbol (``S/RES/2623``).
    """
    draft: str | None = None
    strokes = text.find("/", start, end) >= 0  # searched for first: patterns that begin anywhere take far longer
    for match in _DOCUMENT.finditer(text, start, end) if strokes else ():
        symbol = match.group().rstrip(".-")
        if "L." in symbol or "/RES/" in symbol.upper() or "HRC" in symbol:
            return symbol
        draft = draft or (symbol if any(sign.isdigit() for sign in symbol) else None)
    dated = _SLASHED.search(text, start, end) if body == _SECURITY else None
    if dated and int(dated[2]) >= _FIRST_YEAR:
        return f"S/RES/{int(dated[1])} ({int(dated[2])})"
    lowered = text[start:end].lower()
    named = any(stem in lowered for stem in _STEMS)
    found = (_NUMBERED.search(text, start, end) if named else None) or _HAN.search(text, start, end)
    if found:
        number = found[1]
        if body == _SECURITY and "/" not in number and not number[-1].isalpha():
            return f"S/RES/{number}"
        if "/" in number or " " in number:
            return number
    short = _DRAFT.search(text, start, end) if text.find("L.", start, end) >= 0 else None
    return short.group() if short else draft


_COMMITTEE = re.compile(r"\bA/C\.([1-6])/")
_NUMBERED_COMMITTEES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def committee_of_symbol(text: str, start: int, end: int) -> str | None:
    """The main committee before which a document named in a stretch of text lay; None when none is named."""
    found = _COMMITTEE.search(text, start, end) if text.find("A/C.", start, end) >= 0 else None
    return f"{_NUMBERED_COMMITTEES[int(found[1]) - 1]} Committee" if found else None
