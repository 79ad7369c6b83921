"""Which publisher families carry copies of one text, kept from one report of an event to the next.

Every report of an event is folded again whenever another arrives. What was folded before is remembered, so
that a new text is compared once with those that came before it.
"""

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from records.fingerprint import highest_overlap, overlap

Text = tuple[str, tuple[int, ...]]
"""A publisher family and the fingerprint of what it printed."""

COPY = 0.5
"""Overlap from which one report is a copy of another, whoever signs it (see records.fingerprint)."""

_REMEMBERED = 64
"""Foldings kept: one for each event that is being reported on at a time. A forgotten one is only built again."""


class _Folding:
    """Texts in order of arrival, and for each family the one that stands for it and all that share its text."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.stands: dict[str, str] = {}
        self._holders: dict[int, list[int]] = {}
        self._folded: set[Text] = set()

    def begins(self, texts: list[Text]) -> bool:
        """Tell whether ``texts`` are those of this folding, and perhaps more."""
        size = len(self.texts)
        return size <= len(texts) and self.texts[-1] == texts[size - 1] and self.texts == texts[:size]

    def add(self, text: Text) -> None:
        """Fold one more text in: only texts that share enough runs of words with it are compared."""
        self.texts.append(text)
        if text in self._folded:
            return
        self._folded.add(text)
        family, fingerprint = text
        self.stands.setdefault(family, family)
        sharing = Counter(other for run in fingerprint for other in self._holders.get(run, ()))
        for other, shared in sharing.items():
            theirs, their_fingerprint = self.texts[other]
            mine, stand = self.stands[family], self.stands[theirs]
            if mine == stand or highest_overlap(shared, fingerprint, their_fingerprint) < COPY:
                continue
            if overlap(fingerprint, their_fingerprint) >= COPY:
                self.stands = {name: mine if held == stand else held for name, held in self.stands.items()}
        for run in fingerprint:
            self._holders.setdefault(run, []).append(len(self.texts) - 1)


_recent: list[_Folding] = []
_lock = Lock()


def fold(texts: Iterable[Text]) -> dict[str, str]:
    """Each family with the one that stands for it and all that carry copies of its text."""
    asked = list(texts)
    if not asked:
        return {}
    with _lock:
        fitting = [one for one in _recent if one.begins(asked)]
        folding = max(fitting, key=lambda one: len(one.texts), default=None) or _Folding()
        for text in asked[len(folding.texts) :]:
            folding.add(text)
        folding.texts = asked  # the same texts, but the very objects that will be asked for again
        _recent[:] = [folding, *(one for one in _recent if one is not folding)][:_REMEMBERED]
        return dict(folding.stands)
