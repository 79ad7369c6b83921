"""Articles without end for measuring at scale: as long, as many-tongued and as copied as in the field, cheap to make.

The words are those of the golden sets and cross-breeds of them, drawn as often as words are (Zipf). Three words at a
time are drawn together: no run of four recurs but by chance, so that only copies look like copies.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import accumulate, islice
from pathlib import Path

from records.article import Article
from records.fingerprint import words

SHARES = {"en": 44, "es": 11, "ru": 11, "fr": 9, "ar": 8, "zh": 6, "pt": 4, "de": 4, "uk": 2, "vi": 1}
"""Articles of each language among a hundred."""

MEDIAN, SPREAD, SHORTEST, LONGEST = 2_600, 0.6, 250, 20_000
"""Characters of a text: log-normal, as of news; Chinese says the same in a third of them."""

COPIED = 0.15
"""The share of articles that repeat an agency's text under a line of their own."""

SOURCES = 200
VOCABULARY = 20_000
PIECES = 60_000
BEGINNING = datetime(2019, 7, 1, tzinfo=UTC)
GAP = timedelta(minutes=3)
"""Between two articles: a million of them take six years."""

_GOLDEN = Path(__file__).parents[1] / "golden"
_LATER_COPIES = 20
"""An agency's text is copied while it is among its language's last so many."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One article, when it was first had, the sentence in it that proves whatever it reports, and whom it copies.

    ``original`` is None for a text of its own.
    """

    article: Article
    at: datetime
    proof: str
    original: Article | None


@dataclass(frozen=True, slots=True)
class Tongue:
    """What one language's texts are made of: pieces of three words, and the golden passages as proofs."""

    code: str
    pieces: tuple[str, ...]
    proofs: tuple[str, ...]
    joint: str
    characters_a_piece: float
    shortening: float


def print_articles(count: int, *, seed: int = 1, first: int = 0) -> Iterator[Printed]:
    """Yield ``count`` articles, the same for the same seed. A larger ``first`` begins later, with other addresses."""
    chance = random.Random(f"{seed} {first}")
    recent: dict[str, list[Printed]] = {code: [] for code in SHARES}
    for number in range(first, first + count):
        code = chance.choices(tuple(SHARES), tuple(SHARES.values()))[0]
        before = recent[code]
        original = chance.choice(before).article if before and chance.random() < COPIED else None
        printed = _print(chance, number, speak(code), original)
        if original is None:
            before.append(printed)
            del before[:-_LATER_COPIES]
        yield printed


def _print(chance: random.Random, number: int, tongue: Tongue, original: Article | None) -> Printed:
    proof = chance.choice(tongue.proofs)
    title = _write(chance, tongue, 70)
    if original is None:
        length = min(max(chance.lognormvariate(0, SPREAD) * MEDIAN, SHORTEST), LONGEST)
        text = f"{_write(chance, tongue, 180)}. {proof}\n{_write(chance, tongue, length)}."
    else:
        proof = proof if proof in original.text else original.text[: len(proof)]
        text = f"{_write(chance, tongue, 120)}.\n{original.text}"
    at = BEGINNING + GAP * number
    place = chance.randrange(SOURCES)
    source = f"{tongue.code}-paper-{place}"
    if original is not None and original.source == source:  # a paper's own text again would be an edit of it
        source = f"{tongue.code}-paper-{(place + 1) % SOURCES}"
    url = f"https://{source}.example/{at:%Y/%m}/{sha256(title.encode()).hexdigest()[:24]}-{number}.html"
    dated = chance.random() < 0.95
    article = Article(
        id=sha256(url.encode()).hexdigest(),
        url=url,
        source=source,
        publisher=f"house-{place // 3}",
        title=title,
        text=text,
        language=tongue.code,
        published_at=at - timedelta(seconds=chance.randrange(60, 20_000)) if dated else None,
        date_source="json_ld" if dated else None,
        date_zone_known=True,
        fetched_at=at,
        content_hash=sha256(f"{title}\n{text}".encode()).hexdigest(),
        guid=url,
    )
    return Printed(article, at, proof, original)


def _write(chance: random.Random, tongue: Tongue, characters: float) -> str:
    count = max(2, round(characters * tongue.shortening / tongue.characters_a_piece))
    return tongue.joint.join(chance.choices(tongue.pieces, k=count))


@cache
def speak(code: str) -> Tongue:
    """Return what texts of a language are made of."""
    chance = random.Random(code)
    passages = _passages()[code]
    joint = "" if code == "zh" else " "
    vocabulary = _vocabulary(chance, passages)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    drawn = iter(chance.choices(vocabulary, cum_weights=weights, k=3 * PIECES))
    pieces = [joint.join(islice(drawn, 3)) for _ in range(PIECES)]
    stop = "。" if code == "zh" else "."
    ended = tuple(piece + stop if chance.random() < 0.2 else piece for piece in pieces)
    mean = sum(map(len, ended)) / len(ended) + len(joint)
    return Tongue(code, ended, tuple(passages), joint, mean, 0.35 if code == "zh" else 1.0)


def _vocabulary(chance: random.Random, passages: Sequence[str]) -> list[str]:
    """The language's own words, commonest first, then cross-breeds of them: rare words are most of a vocabulary."""
    counted: dict[str, int] = {}
    for passage in passages:
        for word in words(passage):
            counted[word] = counted.get(word, 0) + 1
    own = sorted(counted, key=lambda word: (-counted[word], word))
    bred = dict.fromkeys(own)
    for _ in range(3 * VOCABULARY):
        one, other = chance.choice(own), chance.choice(own)
        bred[one[: len(one) // 2 + 1] + other[len(other) // 2 :]] = None
        if len(bred) >= VOCABULARY:
            break
    return list(bred)


@cache
def _passages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {code: [] for code in SHARES}
    for path in sorted(_GOLDEN.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = " ".join(row["text"].split())
            if row["language"] in found and len(text) < 600:
                found[row["language"]].append(text)
    return found
