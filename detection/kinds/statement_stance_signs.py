"""The signs of a stance, as a language file groups them, compiled: stems of words, and what a denial makes of them.

``support``, ``oppose``, ``concern``: what is good, bad, doubtful about the convention; with ``_cue``, verbs that
say so. ``refuse``: to keep away from it (denied, support); ``join``: to take part (denied, a refusal). ``forum``:
where the convention is negotiated. ``obstruct``: what its opponents do or are accused of. ``harmless``: harm that
counts only when denied (``deny``). ``hedge``: harm that may come. ``must_not``: harm that must not come. ``wish``:
what is asked for. ``crime``: what the convention is to fight, no harm of its own. ``rights``: what must
be kept safe, ``grounds``: the right to refuse requests; a worry where they are asked for (``demand``, ``should``).
``denial``: verbs that deny what is said. ``eager``: haste and hope, which make more than a remark of a date;
``haste``: worded as a denial ("without delay"). ``not_yet``: nothing is decided.
``assured``, ``not_only``: phrases that take a sign back. ``procedural``: neither. ``instruments``: the
convention itself. An entry is a stem; ``!`` ends it, ``…`` is a gap of two words.
"""

import re
from dataclasses import dataclass
from functools import cache

from detection.alternation import alternation
from detection.kinds.statement_lexicon import ORGANISATIONS, load_words, split_entries
from detection.lexicon import load_data

_NAMED = (
    "support", "oppose", "concern", "support_cue", "oppose_cue", "concern_cue", "instruments", "negations",
    "procedural", "not_only", "not_yet", "assured", "refuse", "obstruct", "hedge", "hedge_cue", "must_not", "wish",
    "crime", "eager", "rights", "demand", "should", "denial", "critics", "forum", "haste", "grounds",
)  # fmt: skip


@dataclass(frozen=True)
class Signs:
    """The signs of one language."""

    patterns: dict[str, re.Pattern[str]]

    def count(self, name: str, text: str) -> int:
        """How often a sign is in a text (lower-case)."""
        pattern = self.patterns.get(name)
        return len(pattern.findall(text)) if pattern else 0

    def found(self, name: str, text: str) -> bool:
        """Whether a sign is in a text (lower-case)."""
        pattern = self.patterns.get(name)
        return pattern is not None and pattern.search(text) is not None

    def without(self, name: str, text: str) -> str:
        """The text without a sign."""
        pattern = self.patterns.get(name)
        return pattern.sub(" ", text) if pattern else text


@cache
def known_critics() -> frozenset[str]:
    """The organisations, by their English names, that have asked states to keep away from the convention."""
    return frozenset(load_data(ORGANISATIONS)["critics"])


@cache
def load_signs(language: str) -> Signs:
    """The signs of a language, compiled; none for a language that has no file."""
    words = load_words(language)
    if words is None:
        return Signs({})
    lists = {name: tuple(split_entries(entries)) for name, entries in words.stance.items()}
    spaced = not words.setting("unspaced")
    patterns = {name: _compile(lists[name], spaced=spaced) for name in _NAMED if lists.get(name)}
    deny = lists.get("deny", ())
    harm = (*lists.get("harmless", ()), *lists.get("oppose", ()))
    behind = words.setting("nouns_capital")
    denied = {
        "denied_support": _denied(lists.get("negations", ()), lists.get("support", ()), 3, spaced=spaced),
        "denied_join": _denied(deny, lists.get("join", ()), 2, spaced=spaced),
        "denied_refuse": _denied(deny, lists.get("refuse", ()), 2, spaced=spaced),
        "denied_harm": _denied(deny, harm, 3, spaced=spaced, behind=behind),
    }
    return Signs(patterns | {name: pattern for name, pattern in denied.items() if pattern})


def _compile(forms: tuple[str, ...], *, spaced: bool) -> re.Pattern[str]:
    body = alternation(map(_stem, sorted(set(forms), key=len, reverse=True)))
    if not spaced:
        return re.compile(body)
    arabic = "\u0600" <= forms[0][0] <= "\u06ff"
    return re.compile(rf"\b(?:[وفبلك]?(?:ال)?)(?:{body})" if arabic else rf"\b(?:{body})")


def _stem(form: str) -> str:
    parts = form.casefold().rstrip("!").split("…")
    return r"\w*\W+(?:\w+\W+){0,2}?".join(map(re.escape, parts)) + (r"\b" if form.endswith("!") else "")


def _denied(
    deny: tuple[str, ...], denied: tuple[str, ...], reach: int, *, spaced: bool, behind: bool = False
) -> re.Pattern[str] | None:
    """Words of denial with a sign at most ``reach`` words behind them; ``behind``: or before them."""
    no = alternation(re.escape(form.casefold()) for form in deny)
    yes = alternation(map(_stem, denied))
    if not no or not yes:
        return None
    if not spaced:
        return re.compile(rf"(?:{no}).{{0,4}}?(?:{yes})")
    gap = rf"\W+(?:\w+\W+){{0,{reach}}}?"
    before = rf"|\b(?:{yes})\w*{gap}(?:{no})\b" if behind else ""
    return re.compile(rf"\b(?:{no}){gap}(?:{yes}){before}")
