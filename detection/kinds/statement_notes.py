"""The notes of one text: what was said so far, what was refused and why, and who has spoken."""

from collections.abc import Sequence
from dataclasses import replace

from detection.kinds.statement_cast import Cast, Voice
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_spans import read_mode
from detection.kinds.statement_stance import concerns, is_critical, names_instrument, read_stance, take_sides
from detection.quotes import Quote
from detection.sentences import Reading
from records.finding import Mode, Refusal, Stance, Statement

Span = tuple[int, int]


class Notes:
    """Both readers write their statements here, whether their script has blanks or not."""

    def __init__(self, reading: Reading, words: Words, quotes: Sequence[Quote]) -> None:
        self.statements: list[Statement] = []
        self.refused: list[Refusal] = []
        self.cast = Cast(reading, words)
        self.judged = names_instrument(reading.text, words)
        self._reading = reading
        self._words = words
        self._quotes = quotes

    def write(self, voice: Voice | None, spans: tuple[Span, ...], mode: Mode, cue: Span, rule: str) -> None:
        """Adds a statement; its stance and whether it is on topic are read from what was said."""
        text = self._reading.text
        on_topic = concerns(self._reading, spans)
        said_by = text[cue[0] : cue[1]]
        self.statements.append(
            Statement(
                speaker=text[voice.start : voice.end] if voice else None,
                speaker_start=voice.start if voice else None,
                speaker_end=voice.end if voice else None,
                speaker_full=voice.full if voice else None,
                role=voice.role if voice else None,
                affiliation=voice.affiliation if voice else None,
                mode=mode,
                spans=spans,
                cue=said_by,
                stance=self._stance(voice, spans, said_by) if on_topic or self.judged else None,
                rule=f"statement.{self._words.language}.{rule}",
                on_topic=on_topic,
            )
        )

    def _stance(self, voice: Voice | None, spans: tuple[Span, ...], cue: str) -> Stance:
        text = self._reading.text
        named = text[voice.start : voice.end] if voice else ""
        critical = is_critical(f"{voice.full or ''} {named}", voice.affiliation, self._words) if voice else False
        return read_stance(text, spans, cue, self._words, critical=critical)

    def extend(self, spans: tuple[Span, ...], *, keeps_mode: bool = False) -> None:
        """Adds more words to the last statement; its mode is read again unless it is kept."""
        last = self.statements[-1]
        whole = last.spans + spans
        mode = last.mode if keeps_mode else read_mode(self._reading.text, whole, self._quotes)
        self.statements[-1] = replace(last, spans=whole, mode=mode)

    def refuse(self, cue: Span, reason: str) -> None:
        """Notes a cue that attributes nothing, and why."""
        self.refused.append(Refusal("statement", *cue, reason))

    def praises(self, spans: tuple[Span, ...]) -> bool:
        """Whether the words alone speak for the convention, whoever says them."""
        return read_stance(self._reading.text, spans, "", self._words) == "support"

    def finish(self) -> tuple[list[Statement], list[Refusal]]:
        """The statements with what the text says only later of who spoke, and the refusals."""
        complete = [self.cast.complete(statement) for statement in self.statements]
        return take_sides(complete, self._reading.text, self._words), self.refused
