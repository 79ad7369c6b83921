"""What a statement says, as the words that tell it from another of the same speaker on the same topic."""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from detection.lexicon import languages, load_lexicon
from detection.topic import gap, topic_words
from detection.words import Words, split_words, word_forms

_OF_THE_TOPIC = frozenset(
    {"committee", "crime", "criminal", "cyber", "cybercrime", "global", "hanoi", "nations", "technology", "treaty"}
)
"""Classes of the topic's words: every statement on the topic has them."""
_SHORTEST = 5
"""Letters of a telling word in most scripts; shorter ones are grammar. Arabic writes three letters for five."""
_STEM = 5
"""Letters by which words are compared: endings are grammar."""
_INSIDE = 3
"""Words that may stand between two words of the topic's name."""
_BY_SYLLABLES = frozenset({"vi"})
"""Languages whose words are written as syllables with blanks between."""


@lru_cache(maxsize=4096)  # what was said is compared with every further report of the occasion
def telling_words(text: str, language: str | None) -> frozenset[str]:
    """The beginnings of words that carry content; in Chinese and the like, pairs of letters or syllables.

    The topic itself, and words of a few letters, are left out.
    """
    words = split_words(text, 0, len(text))
    topic = _places_of_the_topic(words, text)
    return frozenset(_of_one_word(words, topic)) | frozenset(_of_two(words, topic, language))


def _places_of_the_topic(words: Words, text: str) -> set[int]:
    """Where the topic is named, with the words inside the name: "convention against the use of …"."""
    named = [word for word in topic_words(words, text) if word.kind in _OF_THE_TOPIC and word.first >= 0]
    places = {place for word in named for place in range(word.first, word.last)}
    for one, other in pairwise(named):
        if gap(one, other) <= _INSIDE:
            places.update(range(one.last, other.first))
    return places


def _of_one_word(words: Words, topic: set[int]) -> Iterator[str]:
    for place, forms in enumerate(words.forms):
        word = forms[-1]
        shortest = 3 if "\u0600" <= word[0] <= "\u06ff" else _SHORTEST
        if place not in topic and word[0].isalpha() and len(word) >= shortest and word not in _common():
            yield word[:_STEM]


def _of_two(words: Words, topic: set[int], language: str | None) -> Iterator[str]:
    for place in range(len(words) - 1):
        one, other = words.forms[place][-1], words.forms[place + 1][-1]
        if place in topic or place + 1 in topic or not (one[0].isalpha() and other[0].isalpha()):
            continue
        if language in _BY_SYLLABLES or (_is_han(one) and _is_han(other)):
            yield f"{one} {other}"


def _is_han(word: str) -> bool:
    return len(word) == 1 and "\u3400" <= word <= "\u9fff"


@cache
def _common() -> frozenset[str]:
    return frozenset(
        form for code in languages() for one in load_lexicon(code).get("common_words", ()) for form in word_forms(one)
    )
