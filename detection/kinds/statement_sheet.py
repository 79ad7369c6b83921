"""One text in a script without blanks, as its reader sees it: its skeleton, its clauses, and what is found there."""

from collections.abc import Iterator
from dataclasses import dataclass

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_skeleton import BLACK, Cue, find_cues
from detection.kinds.statement_spans import clean_spans
from detection.kinds.statement_subjects import Subject, read_subject
from detection.sentences import Reading

Span = tuple[int, int]
CLAUSE_ENDS = "，。；：！？,;:!?\ue000"
LONGEST_SUBJECT = 60
_JOINTS = ("但", "同时", "而且", "不过", "然而")


@dataclass(slots=True)
class Found:
    """One attribution: who (None: goes on), the stretches said, where reading goes on, the rule."""

    cue: Span
    subject: Subject | None
    spans: tuple[Span, ...]
    end: int
    rule: str
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text and its skeleton, in which every quotation is blacked out; offsets are the same in both."""

    reading: Reading
    words: Words
    skeleton: str

    def cues(self, start: int, end: int) -> Iterator[Cue]:
        """The cues of a stretch outside quotations."""
        return find_cues(self.skeleton, start, end, self.words.language)

    def subject(self, start: int, end: int) -> Subject | None:
        """The subject of a stretch; None where the words are no speaker."""
        return read_subject(self.reading, self.words, self.skeleton, start, end)

    def spans(self, *stretches: Span) -> tuple[Span, ...]:
        """What was said in stretches, without marks and blanks at the edges."""
        return clean_spans(self.reading.text, stretches)

    def clause_start(self, at: int, floor: int) -> int:
        """Where the clause that holds ``at`` begins, not before ``floor``."""
        start = at
        while start > floor and self.skeleton[start - 1] not in CLAUSE_ENDS and at - start < LONGEST_SUBJECT:
            start -= 1
        return start

    def quoted_front(self, floor: int, clause: int) -> Span | None:
        """The stretch before a clause, if it is a quotation."""
        front = self.skeleton[floor:clause].strip("，,")
        return (floor, clause) if front and front[0] == BLACK and front[-1] == BLACK else None

    def next_speech(self, start: int, end: int) -> int:
        """Where another attribution by the same speaker begins: ``，并指出，``."""
        for cue in self.cues(start + 1, end):
            clause = self.clause_start(cue.start, start)
            if clause <= start + 2 or not cue.flags & (lex.SAY | lex.OBJECT):
                continue
            if cue.end - cue.start < 2 and self.reading.text[cue.end : cue.end + 1] not in ("其", "“"):
                continue
            subject = self.subject(clause, cue.start)
            if subject is not None and not subject.denied and self._is_own_clause(subject, cue, clause):
                return clause
        return end

    def _is_own_clause(self, subject: Subject, cue: Cue, clause: int) -> bool:
        """Whether a verb inside a content opens the next attribution: no subject, or a pronoun before a quotation."""
        if subject.kind == "none":
            return cue.start > clause
        text = self.reading.text
        joined = cue.end - cue.start > 1 and text.startswith(_JOINTS, clause)
        return subject.kind == "pronoun" and (joined or text[cue.end : cue.end + 1] in ("：", ":", "“"))
