"""Signs between words, and the classes of words that bear votes."""

QUOTES = frozenset("\"'“”„«»‘’‹›「」『』`:：")
_DASHES = frozenset("-–—‑−‐")
_SEPARATORS = {",": 3.0, "，": 3.0, "،": 3.0, "、": 3.0, ";": 5.0, "；": 5.0, "؛": 5.0, ":": 1.0, ".": 9.0, "。": 9.0}

LABELS = ("for", "against", "abstain", "for_weak", "against_weak")
"""Classes of the words that name a side of a vote; a weak one is also a common preposition."""

CASTING = (*LABELS, "unit", "unit_one", "ballot")
"""Those, and the classes of the nouns and verbs of voting."""

DECIDING = ("adopt", "adopted", "reject", "rejected", "recorded")
"""Classes of the words of deciding."""


def is_dash(word: str) -> bool:
    """Whether a sign is a hyphen or a dash."""
    return word in _DASHES


def separation(word: str) -> float:
    """How strongly a sign parts what stands left and right of it."""
    return _SEPARATORS.get(word, 0.0)
