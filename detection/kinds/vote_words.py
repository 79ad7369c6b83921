"""The words of voting in one language, ready to be looked for: the section ``votes``."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from detection.lexicon import load_lexicon
from detection.phrases import Phrases
from detection.words import word_forms


@dataclass(frozen=True, slots=True)
class VoteWords:
    """All that is needed to read votes in a language.

    ``gate``: pieces of words, one of which every sentence on a vote holds. ``far``: how much of a word's
    distance a token is (a Chinese character is less than a word). ``participle_is_past``: one form is both,
    as in English.
    ``short_no``: a word of denial that is a label right after a number ("165 yes, seven no").
    ``pronouns``: what may stand for a body before its verb, where participle and past are one form.
    ``label_before``: a preposition such as *for* may stand before its number without a sign between.
    """

    gate: tuple[str, ...]
    phrases: Phrases
    far: float
    participle_is_past: bool
    verb_first: bool
    label_before: bool
    articles: frozenset[str]
    short_no: frozenset[str]
    pronouns: frozenset[str]


@cache
def load_vote_words(language: str | None) -> VoteWords | None:
    """The words of a language; None when it has no ``votes`` section."""
    lexicon = load_lexicon(language)
    if "votes" not in lexicon:
        return None
    section = lexicon["votes"]
    table: dict[str, Iterable[str]] = dict(section["words"])
    table.update({f"body:{name}": phrases for name, phrases in section["bodies"].items()})
    table.update({f"weak:{name}": phrases for name, phrases in section["weak_bodies"].items()})
    table.update({f"object:{name}": phrases for name, phrases in section["objects"].items()})
    return VoteWords(
        gate=tuple(section["gate"]),
        phrases=Phrases(table),
        far=float(section.get("far", 1.0)),
        participle_is_past=bool(section.get("participle_is_past", False)),
        verb_first=bool(section.get("verb_first", False)),
        label_before=bool(section.get("label_before", True)),
        articles=frozenset(word_forms(word)[0] for word in section.get("articles", ())),
        short_no=frozenset(word_forms(word)[0] for word in section.get("short_no", ())),
        pronouns=frozenset(section.get("pronouns", ())),
    )
