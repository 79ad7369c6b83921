"""What opens a sentence in scripts without blanks and says whose words follow: a source, a view, a turn."""

import re

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_sheet import CLAUSE_ENDS, LONGEST_SUBJECT, Found, Sheet
from detection.kinds.statement_skeleton import Cue, listed_outlets

_VIEW = re.compile("在([^，。；：！？]{1,24}?)(?:看来|眼中|看來)[，,]")
_HEADLINE_REACH = 5_000


def read_source(sheet: Sheet, cue: Cue, floor: int, end: int) -> Found | str | None:
    """``据X介绍，…``, ``正如X所说，…``; why not, where a source says nothing."""
    comma = min((at for at in (sheet.skeleton.find(mark, cue.end, end) for mark in "，,") if at >= 0), default=-1)
    if cue.start != floor and sheet.skeleton[cue.start - 1] not in CLAUSE_ENDS:
        return None
    if comma < 0 or comma - cue.end > LONGEST_SUBJECT:
        return None
    stop = comma
    inner = [c for c in sheet.cues(cue.end, comma) if c.end >= comma - 1]
    if inner:
        stop = inner[-1].start
    source = re.sub(r"(?:的?(?:数据|统计|消息|报道|报告|说法|观点|声明|介绍))+$", "", sheet.skeleton[cue.end : stop])
    stated = len(source) < stop - cue.end or bool(inner)
    subject = sheet.subject(cue.end, cue.end + len(source))
    if subject is None or subject.kind in ("none", "document") or not stated:
        return "the source is no speaker"
    if any(outlet in source for outlet in listed_outlets(sheet.words.language)):
        return "an outlet that carries the report"
    spans = sheet.spans((comma, sheet.next_speech(comma, end)))
    said = (inner[-1].start, inner[-1].end) if inner else (cue.start, cue.end)
    return Found(said, subject, spans, sheet.next_speech(comma, end), "source-before") if spans else None


def read_view(sheet: Sheet, start: int, end: int) -> Found | None:
    """``在X看来，…``: what somebody thinks, told as theirs."""
    view = _VIEW.match(sheet.skeleton, start, end)
    if view is None:
        return None
    subject = sheet.subject(*view.span(1))
    if subject is None or subject.kind in ("none", "document"):
        return None
    stop = sheet.next_speech(view.end(), end)
    spans = sheet.spans((view.end(), stop))
    return Found((view.end(1), view.end()), subject, spans, stop, "source-before") if spans else None


def read_turn(sheet: Sheet, start: int, end: int) -> Found | None:
    """``NAME：…`` at the head of a unit: a headline when the text names the speaker again, else a transcript."""
    colon = next((at for at in range(start, min(end, start + 24)) if sheet.skeleton[at] in "：:"), -1)
    if colon <= start or any(sheet.cues(start, colon + 1)):
        return None
    subject = sheet.subject(start, colon)
    if subject is None or not (subject.kind in ("person", "role") or subject.nouns & (lex.NATIONAL | lex.BODY)):
        return None
    spans = sheet.spans((colon, end))
    name = sheet.reading.text[subject.start : subject.end]
    headline = sheet.reading.text.find(name, end, end + _HEADLINE_REACH) >= 0
    return Found((colon, colon + 1), subject, spans, end, "turn", direct=not headline) if spans else None
