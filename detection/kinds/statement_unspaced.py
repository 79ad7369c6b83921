"""Attribution in scripts without blanks (Chinese): verbs found as strings, subjects read from their clause.

The skeleton of a unit is its text with every quotation blacked out: offsets stay, speech cannot mislead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_cast import Phrase, Voice
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_notes import Notes
from detection.kinds.statement_skeleton import BLACK, Cue, black_out, find_cues, listed_outlets
from detection.kinds.statement_spans import clean_spans, read_mode
from detection.kinds.statement_subjects import Subject, read_subject
from detection.kinds.statement_units import cut_units
from detection.quotes import Quote
from detection.sentences import Reading
from detection.speakers import Mention
from records.finding import Mode, Refusal, Statement

Span = tuple[int, int]
_CLAUSE_ENDS = "，。；：！？,;:!?\ue000"
_STOPS = "，：:,“「"
_VIEW = re.compile("在([^，。；：！？]{1,24}?)(?:看来|眼中|看來)[，,]")
_TOLD = re.compile(f"告[诉訴][^，。：]{{1,14}}[，：]{BLACK}")
_ISSUED = re.compile("(?:发表|发布|发出|發表|發佈)(?:联合|书面|聯合)?(?:声明|聲明|公告|谈话|讲话|评论)[，,]$")
_LONGEST_SUBJECT = 60
_JOINTS = ("但", "同时", "而且", "不过", "然而")
_HEADLINE_REACH = 5_000


@dataclass(slots=True)
class Found:
    """One attribution: who (None: goes on), the stretches said, where reading goes on, the rule."""

    cue: Span
    subject: Subject | None
    spans: tuple[Span, ...]
    end: int
    rule: str
    direct: bool = False


def find_unspaced(reading: Reading, words: Words, quotes: Sequence[Quote]) -> tuple[list[Statement], list[Refusal]]:
    """Every attributed statement of a text in such a script, and the cues that attribute nothing."""
    reader = _Reader(reading, words, quotes)
    for start, end, _ in cut_units(reading, quotes, words):
        reader.read(start, end)
    return reader.notes.finish()


class _Reader:
    """Reads the units of one text in order."""

    def __init__(self, reading: Reading, words: Words, quotes: Sequence[Quote]) -> None:
        self.notes = Notes(reading, words, quotes)
        self._reading = reading
        self._words = words
        self._quotes = quotes
        self._skeleton = black_out(reading.text, quotes)
        self._turn = False
        self._waiting: Span | None = None

    def read(self, start: int, end: int) -> None:
        """Reads one unit: its attributions, a turn it opens, or the turn that it goes on with."""
        before = len(self.notes.statements)
        floor = start
        turn = self._read_turn(start, end)
        if turn is not None:
            self._write(turn)
            return
        if (view := self._read_view(start, end)) is not None and self._write(view):
            floor = view.end
        for cue in find_cues(self._skeleton, start, end, self._words.language):
            if cue.start < floor:
                continue
            found = self._read_cue(cue, floor, end)
            if found is not None and self._write(found):
                floor = found.end
        if len(self.notes.statements) > before:
            self._turn = False
        elif self._is_attributed_behind(start, end):
            self._waiting = (start, end)
        elif self.notes.statements and (self._turn or self._is_quotation(start, end)):
            self._extend(start, end)

    def _read_cue(self, cue: Cue, floor: int, end: int) -> Found | None:
        if cue.flags & lex.ACCORDING:
            return self._read_source(cue, floor, end)
        clause = self._clause_start(cue.start, floor)
        edge = cue.start
        if clause == edge and (issued := _ISSUED.search(self._skeleton, max(floor, edge - _LONGEST_SUBJECT), edge)):
            edge, clause = issued.start(), self._clause_start(issued.start(), floor)
        subject = read_subject(self._reading, self._words, self._skeleton, clause, edge)
        if subject is None or subject.kind == "document":
            self._refuse(cue, "no speaker before the verb" if subject is None else "a document speaks")
            return None
        if self._skeleton[subject.start : subject.end] in self._words.listed("assemblies"):
            self._refuse(cue, "the decision of an assembly")
            return None
        if subject.kind == "none" and self.notes.cast.last is None:
            self._refuse(cue, "nobody has spoken yet")
            return None
        if self._turn and subject.kind == "pronoun" and self._reading.text[subject.start] == "我":
            return None
        if subject.denied:
            self._refuse(cue, "what was not said, or is still to be said")
            return None
        speaker = None if subject.kind == "none" else subject
        return self._contents(cue, speaker, clause, floor, end)

    def _contents(self, cue: Cue, speaker: Subject | None, clause: int, floor: int, end: int) -> Found | None:
        text = self._reading.text
        after = cue.end
        while after < end and text[after] in "了着过":
            after += 1
        if told := _TOLD.match(self._skeleton, cue.start, end):
            spans = self._before_and_behind(told.end() - 1, floor, clause, end)
            return Found((cue.start, cue.end), speaker, spans, end, "verb-before")
        rest = clean_spans(text, [(after, end)])
        if not rest:
            spans = clean_spans(text, [(floor, clause)])
            if not spans and self._waiting is not None and self._waiting[1] == floor:
                spans = clean_spans(text, [self._waiting])
            if not spans:
                self._refuse(cue, "a verb of saying without anything said")
                return None
            return Found((cue.start, cue.end), speaker, spans, end, "verb-after")
        about = speaker.about if speaker else None
        if about and cue.flags & lex.SAY and text[cue.start : cue.end] == "表示" and rest[0][1] - rest[0][0] <= 6:
            return Found((cue.start, rest[0][1]), speaker, clean_spans(text, [about]), end, "object-before")
        if cue.flags & lex.WEAK and text[after] not in _STOPS:
            self._refuse(cue, "a verb that needs a clause to be one of saying")
            return None
        if speaker is None and text[after] not in _STOPS and not cue.flags & lex.OBJECT and not self._strong(cue):
            self._refuse(cue, "no speaker before the verb")
            return None
        stop = self._break(after, end)
        spans = clean_spans(text, [(after, stop)])
        front = self._quoted_front(floor, clause)
        if front and text[after] in "，,：:" and self._skeleton[after + 1 : after + 2] == BLACK:
            spans = clean_spans(text, [front]) + spans
        kind = "object" if cue.flags & lex.OBJECT and text[after] not in _STOPS else "verb"
        return Found((cue.start, cue.end), speaker, spans, stop, f"{kind}-before") if spans else None

    def _before_and_behind(self, start: int, floor: int, clause: int, end: int) -> tuple[Span, ...]:
        """The quotation from ``start``, and the one that stands before whoever told somebody."""
        front = self._quoted_front(floor, clause)
        if front is None and self._waiting is not None and self._waiting[1] == floor:
            front = self._waiting
        return clean_spans(self._reading.text, [*([front] if front else []), (start, end)])

    def _strong(self, cue: Cue) -> bool:
        return bool(cue.flags & lex.SAY) and cue.end - cue.start >= 2

    def _quoted_front(self, floor: int, clause: int) -> Span | None:
        front = self._skeleton[floor:clause].strip("，,")
        return (floor, clause) if front and front[0] == BLACK and front[-1] == BLACK else None

    def _break(self, start: int, end: int) -> int:
        """Where another attribution by the same speaker begins: ``，并指出，``."""
        for cue in find_cues(self._skeleton, start + 1, end, self._words.language):
            clause = self._clause_start(cue.start, start)
            if clause <= start + 2 or not cue.flags & (lex.SAY | lex.OBJECT):
                continue
            if cue.end - cue.start < 2 and self._reading.text[cue.end : cue.end + 1] not in ("其", "“"):
                continue
            subject = read_subject(self._reading, self._words, self._skeleton, clause, cue.start)
            if subject is not None and not subject.denied and self._is_own_clause(subject, cue, clause):
                return clause
        return end

    def _is_own_clause(self, subject: Subject, cue: Cue, clause: int) -> bool:
        """Whether a verb inside a content opens the next attribution: no subject, or a pronoun before a quotation."""
        if subject.kind == "none":
            return cue.start > clause
        text = self._reading.text
        joined = cue.end - cue.start > 1 and text.startswith(_JOINTS, clause)
        return subject.kind == "pronoun" and (joined or text[cue.end : cue.end + 1] in ("：", ":", "“"))

    def _read_source(self, cue: Cue, floor: int, end: int) -> Found | None:
        """``据X介绍，…``, ``正如X所说，…``."""
        comma = min((at for at in (self._skeleton.find(mark, cue.end, end) for mark in "，,") if at >= 0), default=-1)
        if cue.start != floor and self._skeleton[cue.start - 1] not in _CLAUSE_ENDS:
            return None
        if comma < 0 or comma - cue.end > _LONGEST_SUBJECT:
            return None
        stop = comma
        inner = [c for c in find_cues(self._skeleton, cue.end, comma, self._words.language) if c.end >= comma - 1]
        if inner:
            stop = inner[-1].start
        source = re.sub(
            r"(?:的?(?:数据|统计|消息|报道|报告|说法|观点|声明|介绍))+$", "", self._skeleton[cue.end : stop]
        )
        stated = len(source) < stop - cue.end or bool(inner)
        subject = read_subject(self._reading, self._words, self._skeleton, cue.end, cue.end + len(source))
        if subject is None or subject.kind in ("none", "document") or not stated:
            self._refuse(cue, "the source is no speaker")
            return None
        if any(outlet in source for outlet in listed_outlets(self._words.language)):
            self._refuse(cue, "an outlet that carries the report")
            return None
        spans = clean_spans(self._reading.text, [(comma, self._break(comma, end))])
        said = (inner[-1].start, inner[-1].end) if inner else (cue.start, cue.end)
        return Found(said, subject, spans, self._break(comma, end), "source-before") if spans else None

    def _read_view(self, start: int, end: int) -> Found | None:
        """``在X看来，…``: what somebody thinks, told as theirs."""
        view = _VIEW.match(self._skeleton, start, end)
        if view is None:
            return None
        subject = read_subject(self._reading, self._words, self._skeleton, *view.span(1))
        if subject is None or subject.kind in ("none", "document"):
            return None
        stop = self._break(view.end(), end)
        spans = clean_spans(self._reading.text, [(view.end(), stop)])
        return Found((view.end(1), view.end()), subject, spans, stop, "source-before") if spans else None

    def _read_turn(self, start: int, end: int) -> Found | None:
        """``NAME：…`` at the head of a unit: a headline when the text names the speaker again, else a transcript."""
        colon = next((at for at in range(start, min(end, start + 24)) if self._skeleton[at] in "：:"), -1)
        if colon <= start or any(find_cues(self._skeleton, start, colon + 1, self._words.language)):
            return None
        subject = read_subject(self._reading, self._words, self._skeleton, start, colon)
        if subject is None or not (subject.kind in ("person", "role") or subject.nouns & (lex.NATIONAL | lex.BODY)):
            return None
        spans = clean_spans(self._reading.text, [(colon, end)])
        name = self._reading.text[subject.start : subject.end]
        headline = self._reading.text.find(name, end, end + _HEADLINE_REACH) >= 0
        self._turn = not headline
        return Found((colon, colon + 1), subject, spans, end, "turn", direct=not headline) if spans else None

    def _clause_start(self, at: int, floor: int) -> int:
        start = at
        while start > floor and self._skeleton[start - 1] not in _CLAUSE_ENDS and at - start < _LONGEST_SUBJECT:
            start -= 1
        return start

    def _is_quotation(self, start: int, end: int) -> bool:
        last = self.notes.statements[-1]
        return (
            last.mode != "indirect"
            and self._skeleton[start] == BLACK
            and not self._skeleton[start:end].strip(BLACK + "。")
        )

    def _is_attributed_behind(self, start: int, end: int) -> bool:
        """Whether a quotation with its own full stop is followed at once by who said it."""
        if self._skeleton[end - 1] != BLACK or self._skeleton[start] != BLACK:
            return False
        told = _TOLD.search(self._skeleton, end, end + _LONGEST_SUBJECT)
        if told is not None and not any(mark in self._skeleton[end : told.start()] for mark in _CLAUSE_ENDS):
            return True
        stop = self._skeleton.find("。", end, end + _LONGEST_SUBJECT)
        return stop > end and any(cue.end == stop for cue in find_cues(self._skeleton, end, stop, self._words.language))

    def _refuse(self, cue: Cue, reason: str) -> None:
        self.notes.refuse((cue.start, cue.end), reason)

    def _extend(self, start: int, end: int) -> None:
        spans = clean_spans(self._reading.text, [(start, end)])
        if spans:
            self.notes.extend(spans, keeps_mode=True)

    def _write(self, found: Found) -> bool:
        voice = self._voice(found)
        if not found.spans:
            return False
        mode: Mode = "direct" if found.direct else read_mode(self._reading.text, found.spans, self._quotes)
        self.notes.write(voice, found.spans, mode, found.cue, found.rule)
        return True

    def _voice(self, found: Found) -> Voice | None:
        subject = found.subject
        if subject is None:
            return self.notes.cast.go_on()
        mention = Mention(subject.start, subject.end, 0, 0, subject.kind, subject.role)  # type: ignore[arg-type]
        phrase = Phrase(*subject.phrase, subject.nouns)
        bare = subject.kind == "person" and subject.role is None and bool(found.spans)
        praise = bare and self.notes.praises(found.spans)
        return self.notes.cast.hear(phrase, mention, found.spans[0][0] if praise else None)
