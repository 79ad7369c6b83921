"""The traits of a language's grammar that tell where a speaker's phrase and what was said begin and end."""

from dataclasses import dataclass

from detection.kinds.statement_lexicon import Words


@dataclass(frozen=True, slots=True)
class Grammar:
    """The traits of a language that mentions depend on."""

    caseless: bool
    head_last: bool
    nouns_capital: bool
    bare: bool = False
    judged: tuple[str, ...] = ()
    valued: frozenset[str] = frozenset()
    """Nouns that a conjunction may follow and that are themselves what is said: "stressed the need that"."""
    absolute: tuple[str, ...] = ()
    """Words behind which a participle has a subject of its own: "with the envoy saying"."""


def grammar_of(words: Words) -> Grammar:
    """The traits as the settings and patterns of a language file give them."""
    return Grammar(
        caseless=words.setting("caseless"),
        head_last=words.setting("head_last"),
        nouns_capital=words.setting("nouns_capital"),
        bare=words.setting("bare_content"),
        judged=tuple(words.settings.get("judged_endings", ())),
        valued=words.listed("valued"),
        absolute=tuple(words.settings.get("absolute", ())),
    )
