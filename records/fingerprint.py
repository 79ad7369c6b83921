"""What copies of one text have in common: a small sketch of a text, and how alike two texts are by it.

The sketch is the smallest hashes of all runs of four words (bottom-k sampling): copies that were lightly
edited share most of them, two reports written apart share almost none.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

SKETCH = 96
"""Hashes kept: an estimate of likeness is then within 0.1 of the truth, nineteen times in twenty."""
RUN = 4
"""Words in a run. Four words in a row recur by chance in two reports of one vote, but not dozens of times."""
SHORTEST = 30
"""Words below which a text has no fingerprint: a sentence or two can agree by chance."""

# Chinese, Japanese and Thai write no spaces: each of their letters counts as a word.
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")


def words(text: str) -> list[str]:
    """The words of a text, without case, marks and width."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def fingerprint(text: str) -> tuple[int, ...]:
    """The sketch of a text, ascending; empty when it is shorter than ``SHORTEST`` words."""
    spoken = words(text)
    if len(spoken) < SHORTEST:
        return ()
    runs = {" ".join(spoken[i : i + RUN]) for i in range(len(spoken) - RUN + 1)}
    hashes = {int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=6).digest(), "big") for run in runs}
    return tuple(sorted(hashes)[:SKETCH])


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of runs that two texts have in common, from 0 to 1; 0 when either has no fingerprint."""
    if not one or not other:
        return 0.0
    smallest = set(sorted(set(one) | set(other))[:SKETCH])
    return len(smallest & set(one) & set(other)) / len(smallest)


@lru_cache(maxsize=2**17)  # every new report of a story is compared with all before it, again and again
def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of the shorter text's runs that the longer one has too, from 0 to 1: a report cut in half scores 1."""
    return _overlap_of(likeness(one, other), one, other)


def highest_overlap(shared: int, one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The most that two sketches with ``shared`` hashes in common can overlap; a bound that costs no comparison."""
    return _overlap_of(min(1.0, shared / min(SKETCH, len(one) + len(other) - shared)), one, other)


def _overlap_of(alike: float, one: tuple[int, ...], other: tuple[int, ...]) -> float:
    if not alike:
        return 0.0
    sizes = sorted((_size(one), _size(other)))
    return min(1.0, alike * sum(sizes) / (1 + alike) / sizes[0])


def _size(sketch: tuple[int, ...]) -> float:
    """How many runs a text has: exactly when the sketch holds them all, else by how far apart its hashes lie."""
    return len(sketch) if len(sketch) < SKETCH else (len(sketch) - 1) * 2**48 / sketch[-1]
