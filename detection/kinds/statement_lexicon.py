"""The section ``statements`` of a language file, compiled: every word and phrase, with what it can be.

A phrase list is a string of entries separated by commas; ``{a|b}`` writes several forms at once, and
``[x]`` marks the speaker inside a phrase ("in [his] words"). A word may stand under several keys.

Verbs, in every form that reports use: ``say`` (said), ``weak`` (need a conjunction or marks), ``object``
(welcomed B, urged B to), ``judge`` (called B C), ``tell`` (an addressee follows), ``passive`` (described by),
``relay`` (quoted), ``participles`` (adding that), ``relative_participles`` ("who has said" in one word).
``moods``: adjectives that say so behind a copula ("is concerned that", "by").
Sources: ``according`` (a speaker follows), ``phrases`` (the speaker is inside, or there is none).
Speakers: ``pronouns``, ``titles``, ``roles``, ``bodies``, ``national_roles`` and ``national_bodies`` (only
states have them), ``groups``, ``utterances`` (a statement, a letter), ``documents`` (which say nothing),
``outlets`` (which carry reports), ``particles`` of names, ``quantities``.
Small words: ``complementisers``, ``relatives``, ``articles``, ``prepositions``, ``noun_prepositions`` (inside
a name's phrase), ``and``, ``subordinators``, ``negations``, ``future`` (what is still to be said),
``object_openers`` (begin an object, where the subject stands before it), ``auxiliaries``, ``adverbs``,
``openers``, ``times``, ``as``, ``by``; ``ignored`` phrases are no cues.
``affiliations``: English name of a body -> its names. ``stance``: stems of words for and against, and the
nouns (``instruments``) that show that a treaty is spoken of. ``patterns``: first-person words, phrases that
point back, and what scripts without blanks need. ``settings``: traits of grammar; the code asks for them by name.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from detection.lexicon import load_data, load_lexicon
from records.errors import ConfigurationError

SAY, WEAK, OBJECT, JUDGE, RELAY, TELL, PARTICIPLE, RELATIVE_PARTICIPLE, ACCORDING, PHRASE, PASSIVE = (
    1 << bit for bit in range(11)
)
COMPLEMENT, RELATIVE, PRONOUN, TITLE, ROLE, BODY, GROUP, DOCUMENT, TIME, PREPOSITION, NOUN_PREPOSITION = (
    1 << bit for bit in range(11, 22)
)
AND, SUBORDINATE, NEGATION, FUTURE, AUXILIARY, ADVERB, ARTICLE, OPENER, PARTICLE, UTTERANCE, OUTLET, AS, BY = (
    1 << bit for bit in range(22, 35)
)
NATIONAL, GENITIVE_NAME, STATE, CUSTOM, QUANTITY, MOOD, OBJECT_OPENER = (1 << bit for bit in range(35, 42))

CUE = SAY | WEAK | OBJECT | JUDGE | TELL | PARTICIPLE | RELATIVE_PARTICIPLE | PASSIVE
ANY_CUE = CUE | ACCORDING | PHRASE

_FLAGS = {
    "say": SAY, "weak": WEAK, "object": OBJECT, "judge": JUDGE, "relay": RELAY, "tell": TELL,
    "participles": PARTICIPLE, "relative_participles": RELATIVE_PARTICIPLE, "according": ACCORDING,
    "phrases": PHRASE, "passive": PASSIVE, "complementisers": COMPLEMENT, "relatives": RELATIVE,
    "pronouns": PRONOUN, "titles": TITLE, "roles": ROLE, "national_roles": ROLE | NATIONAL, "bodies": BODY,
    "national_bodies": BODY | NATIONAL, "groups": GROUP, "documents": DOCUMENT, "times": TIME,
    "prepositions": PREPOSITION, "noun_prepositions": PREPOSITION | NOUN_PREPOSITION, "and": AND,
    "subordinators": SUBORDINATE, "negations": NEGATION, "future": FUTURE, "auxiliaries": AUXILIARY,
    "adverbs": ADVERB, "articles": ARTICLE, "openers": OPENER, "particles": PARTICLE,
    "utterances": UTTERANCE, "outlets": OUTLET, "as": AS, "by": BY, "quantities": QUANTITY, "ignored": CUSTOM,
    "moods": WEAK | MOOD, "object_openers": OBJECT_OPENER,
}  # fmt: skip

ORGANISATIONS = "organisations.yml"
_OTHER_KEYS = frozenset({"affiliations", "stance", "settings", "patterns"})
_BRACES = re.compile(r"\{([^{}]*)\}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of several words: those after the first, its flags, and which word is the speaker (or None)."""

    rest: tuple[str, ...]
    flags: int
    speaker: int | None


class Token(NamedTuple):
    """A token as written: its kind, the word as compared, its flags; the last is true where that is not all of it."""

    kind: str
    word: str
    flags: int
    special: bool


@dataclass(frozen=True)
class Words:
    """A language's words of attribution. Keys are lower-case words without vowel marks."""

    language: str
    flags: Mapping[str, int]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    """First word -> second word -> the phrases that begin with both, longest first."""
    cue_words: frozenset[str]
    role_endings: tuple[str, ...]
    affiliations: Mapping[str, tuple[str, ...]]
    stance: Mapping[str, Any]
    settings: Mapping[str, Any]
    patterns: Mapping[str, Any]
    inside: frozenset[str]
    reported: frozenset[str]
    pointers: tuple[str, ...]
    lists: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    """Lists of the patterns, read when first asked for."""
    known: dict[str, "Token"] = field(default_factory=dict, compare=False, repr=False)
    """Tokens met before, read: what they are, as statement_tokens remembers them."""

    def listed(self, name: str) -> frozenset[str]:
        """The words that a list of the patterns holds; none where the language lacks it."""
        words = self.lists.get(name)
        if words is None:
            words = self.lists[name] = frozenset(split_entries(self.patterns.get(name, "")))
        return words

    def setting(self, name: str) -> bool:
        """Whether the language's grammar has this trait; unknown traits are absent."""
        return bool(self.settings.get(name, False))


@cache
def load_words(language: str | None) -> Words | None:
    """The compiled section of a language; None where the language or the section is unknown."""
    section = load_lexicon(language).get("statements") if language else None
    if not section or language is None:
        return None
    return compile_words(language, section)


def compile_words(language: str, section: Mapping[str, Any]) -> Words:
    """Compiles a section as a file holds it. Unknown keys raise ConfigurationError."""
    unknown = sorted(set(section) - set(_FLAGS) - _OTHER_KEYS)
    if unknown:
        raise ConfigurationError(f"detection/languages/{language}.yml: statements: unknown {', '.join(unknown)}")
    settings, patterns = section.get("settings", {}), section.get("patterns", {})
    flags: dict[str, int] = {}
    phrases: dict[str, dict[tuple[str, ...], Phrase]] = {}
    for key, flag in _FLAGS.items():
        prefixes = settings.get("cue_prefixes", ()) if flag & (ANY_CUE | RELAY) else settings.get("noun_prefixes", ())
        for words, speaker in _entries(section.get(key, ""), prefixes):
            _enter(words, flag, speaker, flags, phrases)
            if flag == TITLE and words[-1].endswith("."):
                _enter((*words[:-1], words[-1].rstrip(".")), flag, speaker, flags, phrases)
    affiliations = _affiliations(section)
    for forms in affiliations.values():
        for form in forms:
            _enter(tuple(form.casefold().split(" ")), BODY, None, flags, phrases)
    return Words(
        language=language,
        flags=flags,
        phrases={first: _by_second(of_first.values()) for first, of_first in phrases.items()},
        cue_words=frozenset(_cue_words(flags, phrases)),
        role_endings=tuple(settings.get("role_endings", ())),
        affiliations=affiliations,
        stance=section.get("stance", {}),
        settings=settings,
        patterns=patterns,
        inside=frozenset(split_entries(patterns.get("inside", ""))),
        reported=frozenset(split_entries(patterns.get("reported", ""))),
        pointers=tuple(split_entries(patterns.get("pointing", ""))),
    )


def _by_second(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, tuple[Phrase, ...]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.rest)):
        table[phrase.rest[0]] = (*table.get(phrase.rest[0], ()), phrase)
    return table


def _affiliations(section: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """English name -> its forms: what the language adds to the names that are the same in every language."""
    own = section.get("affiliations", {})
    shared = load_data(ORGANISATIONS)["names"]
    return {
        name: tuple(dict.fromkeys([*split_entries(own.get(name, "")), *split_entries(shared.get(name, ""))]))
        for name in {**own, **shared}
    }


def split_entries(entries: str) -> Iterator[str]:
    """The entries of a phrase list, braces written out, blanks at the edges cut off."""
    for entry in _outside_braces(entries):
        if entry := entry.strip():
            yield from expand(_SPACE.sub(" ", entry))


def expand(entry: str) -> Iterator[str]:
    """``a{b|c}d`` -> ``abd``, ``acd``; several braces multiply."""
    parts = _BRACES.split(entry)
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen)


def _outside_braces(entries: str) -> list[str]:
    return re.split(r"[,，、](?![^{]*\})", entries)


def _entries(entries: str, prefixes: Iterable[str]) -> Iterator[tuple[tuple[str, ...], int | None]]:
    for entry in split_entries(entries):
        words = entry.casefold().split(" ")
        speaker = next((number for number, word in enumerate(words) if word.startswith("[")), None)
        plain = tuple(word.strip("[]") for word in words)
        yield plain, speaker
        for prefix in prefixes:
            yield (prefix + plain[0], *plain[1:]), speaker


def _enter(
    words: tuple[str, ...],
    flag: int,
    speaker: int | None,
    flags: dict[str, int],
    phrases: dict[str, dict[tuple[str, ...], Phrase]],
) -> None:
    if len(words) == 1:
        flags[words[0]] = flags.get(words[0], 0) | flag
        return
    of_first = phrases.setdefault(words[0], {})
    known = of_first.get(words[1:])
    of_first[words[1:]] = Phrase(words[1:], flag | (known.flags if known else 0), speaker)


def _cue_words(flags: Mapping[str, int], phrases: Mapping[str, Mapping[tuple[str, ...], Phrase]]) -> Iterator[str]:
    for word, flag in flags.items():
        if flag & ANY_CUE:
            yield from _gate_words(word)
    for first, of_first in phrases.items():
        if any(phrase.flags & ANY_CUE for phrase in of_first.values()):
            yield from _gate_words(first)


def _gate_words(word: str) -> Iterator[str]:
    """The word as a plain split of the text shows it: without what an apostrophe or hyphen joins."""
    yield next(iter(word.replace("'", " ").replace("-", " ").split()), word)
