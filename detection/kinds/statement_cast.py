"""The cast of a text: who has been named as a speaker, so that "he" and "the ministry" find their names."""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from detection.kinds import statement_lexicon as lex
from detection.kinds.statement_lexicon import Words, load_words
from detection.sentences import Reading
from detection.speakers import Mention
from detection.states import english_names
from records.finding import Statement

_CASE_ENDING = re.compile("(?:ого|ому|ого|ым|им|ім|ом|ем|єм|ой|ою|ей|ею|єю|ий|ый|ій|[аяуюеиыоьйії])$")
_OPENING = 22
_STATES_TRIED = 60


@dataclass(slots=True)
class Phrase:
    """The whole phrase around a mention: its offsets, and what its nouns are (flags of statement_lexicon).

    ``BODY`` stands for bodies that belong to no state, ``NATIONAL`` for nouns that only states have.
    """

    start: int
    end: int
    nouns: int
    own_name: str | None = None
    """What a body is called, where it speaks itself under a name of its own."""


@dataclass(slots=True)
class Voice:
    """A speaker as resolved: the mention's offsets, the fullest name the text gives, role, affiliation."""

    start: int
    end: int
    full: str | None
    role: str | None
    affiliation: str | None
    kind: str


@dataclass(slots=True)
class Cast:
    """Speakers so far, in the order of the text."""

    reading: Reading
    words: Words
    last: Voice | None = None
    persons: dict[str, Voice] = field(default_factory=dict)
    last_body: Voice | None = None
    _states: tuple[str, ...] | None = None
    _possessives: frozenset[str] = frozenset()
    _private: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._private = self.words.listed("private_bodies")
        self._possessives = self.words.listed("possessives")

    def hear(self, phrase: Phrase, mention: Mention, said_at: int | None) -> Voice:
        """The voice behind a mention; it becomes the one that pronouns and silence refer to.

        ``said_at`` is the offset at which what it said begins, None when it is no praise.
        """
        voice = self._resolve(phrase, mention, said_at)
        if mention.kind != "pronoun":
            self.last = voice
            if phrase.own_name is not None and phrase.own_name == self._said(voice):
                self.last_body = voice
            elif mention.kind == "person":
                self.persons[_key(voice, self.reading.text)] = voice
            elif mention.kind in ("body", "state"):
                self.last_body = voice
        elif self.last is None:
            self.last = voice
        return voice

    def complete(self, statement: Statement) -> Statement:
        """The statement with what the text says of its speaker only later: the full name, and what they belong to."""
        if statement.speaker_full is None or statement.affiliation is not None:
            return statement
        known = self.persons.get(_last_word(statement.speaker_full))
        if known is None or known.affiliation is None or not _same_name(known.full, statement.speaker_full):
            return statement
        return replace(statement, affiliation=known.affiliation)

    def go_on(self) -> Voice | None:
        """The voice that goes on without being named again; None when nobody has spoken."""
        if self.last is None:
            return None
        last = self.last
        return Voice(last.start, last.end, last.full, None, last.affiliation, last.kind)

    def _resolve(self, phrase: Phrase, mention: Mention, said_at: int | None) -> Voice:
        text = self.reading.text
        said = text[mention.start : mention.end]
        role = text[mention.role[0] : mention.role[1]] if mention.role else None
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        if mention.kind == "group":
            phrase = Phrase(mention.start, mention.end, phrase.nouns)
        named = (mention.start, mention.end) if mention.kind == "person" else None
        own = affiliation_between(self.reading, self.words, phrase.start, phrase.end, named) or phrase.own_name
        if mention.kind == "person":
            known = self.persons.get(_last_word(said))
            fullest = known.full if known and known.full and len(known.full) > len(said) else said
            affiliation = own or (known.affiliation if known else None) or self._lent(phrase, mention)
            foreign = self._is_foreign(phrase)
            if affiliation is None and not foreign and (mention.role is not None or self._opens_with_state(said_at)):
                affiliation = self._sole_state()
            return Voice(mention.start, mention.end, fullest, role, affiliation, "person")
        if mention.kind in ("role", "body", "utterance"):
            return self._role_or_body(phrase, mention, own)
        full = said if mention.kind == "state" else None
        return Voice(mention.start, mention.end, full, None, own, mention.kind)

    def _lent(self, phrase: Phrase, mention: Mention) -> str | None:
        """What the text has said before of a person it now names: of "the minister", or of "the delegation"."""
        if mention.role is None:
            last = self.last
            if last and phrase.nouns & lex.NATIONAL and self._said(last)[:1] == self._said_by(mention)[:1]:
                return last.affiliation  # "Ambassador Du", named in full before
            return last.affiliation if last and last.kind == "role" and last.full is None else None
        if self.last_body and (phrase.nouns & (lex.BODY | lex.NATIONAL) or self._is_possessed(mention.role)):
            return self.last_body.affiliation
        return None

    def _is_foreign(self, phrase: Phrase) -> bool:
        """Whether a phrase names a university or the like: who works there speaks for no state."""
        if not phrase.nouns & lex.BODY or phrase.nouns & lex.NATIONAL:
            return False
        return not self._private.isdisjoint(self.reading.text[phrase.start : phrase.end].casefold().split())

    def _is_possessed(self, role: tuple[int, int]) -> bool:
        """Whether a role is somebody's: "its director" is the director of the body that has just spoken."""
        first = self.reading.text[role[0] : role[1]].split()[0].casefold()
        return first in self._possessives or (self.words.setting("caseless") and first.endswith(("ها", "هم")))

    def _pronoun(self, mention: Mention) -> Voice:
        last = self.last
        full = last.full or self._said(last) if last else None
        return Voice(mention.start, mention.end, full, None, last.affiliation if last else None, "pronoun")

    def _said(self, voice: Voice) -> str:
        return self.reading.text[voice.start : voice.end]

    def _said_by(self, mention: Mention) -> str:
        return self.reading.text[mention.start : mention.end]

    def _role_or_body(self, phrase: Phrase, mention: Mention, own: str | None) -> Voice:
        last = self.last if mention.kind == "role" else self.last_body or self.last
        same = last is not None and (own is None or last.affiliation in (None, own))
        if own is not None and last is not None and last.affiliation is None and last.role is not None:
            same = False  # "the activist NAME", then "the delegate of STATE": two people
        full = last.full if same and last else None
        if mention.kind == "role" and last is not None and last.kind in ("body", "group"):
            full = None  # a body is not the minister who speaks next
            same = same and (last.affiliation in english_names().values() or not phrase.nouns & lex.NATIONAL)
        if mention.kind == "body" and last is not None and last.kind == "person":
            full = last.affiliation
        affiliation = own or (last.affiliation if same and last else None)
        if affiliation is None and phrase.nouns & lex.NATIONAL:
            affiliation = self._national_state() or self._sole_state()
        if mention.kind == "body" and own is not None and full is None:
            full = self.reading.text[mention.start : mention.end]
        return Voice(mention.start, mention.end, full, None, affiliation, mention.kind)

    def _opens_with_state(self, at: int | None) -> bool:
        """Whether what was said praises, and is about a state from its first words on: speakers praise their own."""
        reach = _OPENING // 3 if self.words.setting("unspaced") else _OPENING
        return at is not None and bool(self.reading.states_between(at, at + reach))

    def _national_state(self) -> str | None:
        """The state beside the first national noun: of "the Russian delegation" when "the delegation" speaks."""
        text, flags = self.reading.text, self.words.flags
        for state in self.reading.states[:_STATES_TRIED]:
            following = text[state.end : state.end + 40].split()[:1]
            preceding = text[max(0, state.start - 40) : state.start].split()[-1:]
            if any(flags.get(word.strip(".,").casefold(), 0) & lex.NATIONAL for word in following + preceding):
                return state.name
        return None

    def _sole_state(self) -> str | None:
        if self._states is None:
            states = self.reading.states
            named = {state.name for state in states if state.kind in ("name", "adjective")}
            named = named or {state.name for state in states if state.kind == "capital"}
            self._states = tuple(sorted(named))
        return self._states[0] if len(self._states) == 1 else None


def affiliation_between(
    reading: Reading, words: Words, start: int, end: int, person: tuple[int, int] | None = None
) -> str | None:
    """The first state or body, in English, that a phrase names: what a speaker belongs to; None when it names none.

    ``person``: where a person's name stands: "Riyad" in it is no capital.
    """
    found: list[tuple[int, int, str]] = [
        (s.start, -(s.end - s.start), s.name)
        for s in reading.states_between(start, end)
        if person is None or not (person[0] <= s.start < s.end < person[1])
    ]
    phrase = reading.text[start:end].casefold().replace("’", "'")
    pattern, names = _bodies(words.language)
    for match in pattern.finditer(phrase):
        if _is_word(phrase, *match.span(1), words):
            found.append((start + match.start(), -len(match[1]), names[match[1]]))
            break
    return min(found)[2] if found else None


@cache
def _bodies(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of bodies, the longest first where two begin alike, and what each is called in English."""
    words = load_words(language)
    affiliations = words.affiliations if words else {}
    names = {form.casefold(): name for name, forms in affiliations.items() for form in forms}
    longest = "|".join(re.escape(form) for form in sorted(names, key=len, reverse=True))
    return re.compile(f"(?=({longest}))"), names


def _is_word(phrase: str, start: int, end: int, words: Words) -> bool:
    if words.setting("unspaced"):
        return True
    before = phrase[start - 1] if start else " "
    after = phrase[end] if end < len(phrase) else " "
    loose = words.setting("caseless")
    return (loose or not before.isalnum()) and not after.isalnum()


def _last_word(name: str) -> str:
    """The surname as persons are remembered by it: without case endings where the script is Cyrillic."""
    last = name.split()[-1].casefold() if name.split() else name
    return _CASE_ENDING.sub("", last) if len(last) > 4 else last


def _same_name(one: str | None, other: str) -> bool:
    """Whether two forms of a name can be one person's: the shorter is only the surname, or first names agree."""
    first = (one or "").split()
    second = other.split()
    return len(first) < 2 or len(second) < 2 or first[0][:3] == second[0][:3]


def _key(voice: Voice, text: str) -> str:
    return _last_word(voice.full or text[voice.start : voice.end])
