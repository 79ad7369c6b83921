"""Attribution in scripts without blanks (Chinese): verbs found as strings, subjects read from their clause.

The skeleton of a unit is its text with every quotation blacked out: offsets stay, speech cannot mislead.
"""

import re
from collections.abc import Sequence

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_cast import Phrase, Voice
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_notes import Notes
from detection.kinds.statement_sheet import CLAUSE_ENDS, LONGEST_SUBJECT, Found, Sheet
from detection.kinds.statement_skeleton import BLACK, Cue, black_out
from detection.kinds.statement_spans import read_mode
from detection.kinds.statement_subjects import Subject
from detection.kinds.statement_units import cut_units
from detection.kinds.statement_unspaced_openings import read_source, read_turn, read_view
from detection.quotes import Quote
from detection.sentences import Reading
from detection.speakers import Mention
from records.finding import Mode, Refusal, Statement

Span = tuple[int, int]
_STOPS = "，：:,“「"
_TOLD = re.compile(f"告[诉訴][^，。：]{{1,14}}[，：]{BLACK}")
_ISSUED = re.compile("(?:发表|发布|发出|發表|發佈)(?:联合|书面|聯合)?(?:声明|聲明|公告|谈话|讲话|评论)[，,]$")


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
        self._sheet = Sheet(reading, words, self._skeleton)
        self._turn = False
        self._waiting: Span | None = None

    def read(self, start: int, end: int) -> None:
        """Reads one unit: its attributions, a turn it opens, or the turn that it goes on with."""
        before = len(self.notes.statements)
        floor = start
        turn = read_turn(self._sheet, start, end)
        if turn is not None:
            self._turn = turn.direct
            self._write(turn)
            return
        if (view := read_view(self._sheet, start, end)) is not None and self._write(view):
            floor = view.end
        for cue in self._sheet.cues(start, end):
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
            source = read_source(self._sheet, cue, floor, end)
            if isinstance(source, str):
                self._refuse(cue, source)
                return None
            return source
        clause = self._sheet.clause_start(cue.start, floor)
        edge = cue.start
        if clause == edge and (issued := _ISSUED.search(self._skeleton, max(floor, edge - LONGEST_SUBJECT), edge)):
            edge, clause = issued.start(), self._sheet.clause_start(issued.start(), floor)
        subject = self._sheet.subject(clause, edge)
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
        rest = self._sheet.spans((after, end))
        if not rest:
            spans = self._sheet.spans((floor, clause))
            if not spans and self._waiting is not None and self._waiting[1] == floor:
                spans = self._sheet.spans(self._waiting)
            if not spans:
                self._refuse(cue, "a verb of saying without anything said")
                return None
            return Found((cue.start, cue.end), speaker, spans, end, "verb-after")
        about = speaker.about if speaker else None
        if about and cue.flags & lex.SAY and text[cue.start : cue.end] == "表示" and rest[0][1] - rest[0][0] <= 6:
            return Found((cue.start, rest[0][1]), speaker, self._sheet.spans(about), end, "object-before")
        if cue.flags & lex.WEAK and text[after] not in _STOPS:
            self._refuse(cue, "a verb that needs a clause to be one of saying")
            return None
        if speaker is None and text[after] not in _STOPS and not cue.flags & lex.OBJECT and not self._strong(cue):
            self._refuse(cue, "no speaker before the verb")
            return None
        stop = self._sheet.next_speech(after, end)
        spans = self._sheet.spans((after, stop))
        front = self._sheet.quoted_front(floor, clause)
        if front and text[after] in "，,：:" and self._skeleton[after + 1 : after + 2] == BLACK:
            spans = self._sheet.spans(front) + spans
        kind = "object" if cue.flags & lex.OBJECT and text[after] not in _STOPS else "verb"
        return Found((cue.start, cue.end), speaker, spans, stop, f"{kind}-before") if spans else None

    def _before_and_behind(self, start: int, floor: int, clause: int, end: int) -> tuple[Span, ...]:
        """The quotation from ``start``, and the one that stands before whoever told somebody."""
        front = self._sheet.quoted_front(floor, clause)
        if front is None and self._waiting is not None and self._waiting[1] == floor:
            front = self._waiting
        return self._sheet.spans(*([front] if front else []), (start, end))

    def _strong(self, cue: Cue) -> bool:
        return bool(cue.flags & lex.SAY) and cue.end - cue.start >= 2

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
        told = _TOLD.search(self._skeleton, end, end + LONGEST_SUBJECT)
        if told is not None and not any(mark in self._skeleton[end : told.start()] for mark in CLAUSE_ENDS):
            return True
        stop = self._skeleton.find("。", end, end + LONGEST_SUBJECT)
        return stop > end and any(cue.end == stop for cue in self._sheet.cues(end, stop))

    def _refuse(self, cue: Cue, reason: str) -> None:
        self.notes.refuse((cue.start, cue.end), reason)

    def _extend(self, start: int, end: int) -> None:
        spans = self._sheet.spans((start, end))
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
