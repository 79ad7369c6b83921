"""States are found by name, in all languages and cases."""

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.lexicon import languages
from detection.states import english_names, find_states
from detection.words import split_words


def found(text: str, language: str) -> list[tuple[str, str, str]]:
    """What is found in a text: as written, in English, and how it is named."""
    return [(text[m.start : m.end], m.name, m.kind) for m in find_states(text, language)]


EVERYWHERE = [
    (
        "en",
        "Russia's envoy and the U.S. met Viet Nam, Côte d’Ivoire and the UK",
        "Russia, United States, Vietnam, Côte d'Ivoire, United Kingdom",
    ),
    ("en", "Guinea-Bissau, Papua New Guinea", "Guinea-Bissau, Papua New Guinea"),
    (
        "ru",
        "делегаты России, США и Объединённых Арабских Эмиратов с Китаем",
        "Russia, United States, United Arab Emirates, China",
    ),
    ("ru", "в Саудовской Аравии, на Филиппинах, при Израиле", "Saudi Arabia, Philippines, Israel"),
    ("uk", "делегати Росії, Сполучених Штатів та В’єтнаму", "Russia, United States, Vietnam"),
    ("fr", "l'Algérie, les États-Unis et la Fédération de Russie", "Algeria, United States, Russia"),
    ("es", "EE. UU., el Reino Unido y México", "United States, United Kingdom, Mexico"),
    ("pt", "os EUA, o Brasil e o Irã", "United States, Brazil, Iran"),
    ("de", "Deutschlands Vertreterin und die Vereinigten Staaten", "Germany, United States"),
    ("ar", "وروسيا والولايات المتحدة وبالصين", "Russia, United States, China"),
    ("zh", "越南、中国和美方", "Vietnam, China, United States"),
    ("vi", "nước Anh, Liên bang Nga và Hoa Kỳ", "United Kingdom, Russia, United States"),
]


@pytest.mark.parametrize(("language", "text", "names"), EVERYWHERE)
def test_states_are_found_in_every_language(language: str, text: str, names: str) -> None:
    """Full names, short names, initials and case forms give the English name."""
    assert ", ".join(name for _, name, _ in found(text, language)) == names


def test_kinds_of_names_are_told_apart() -> None:
    """An adjective, a capital that may stand for its state, and a body are marked as such."""
    assert found("A Russian envoy left Moscow for the EU.", "en") == [
        ("Russian", "Russia", "adjective"),
        ("Moscow", "Russia", "capital"),
        ("EU", "European Union", "body"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latin American writers in New Mexico"),
        ("vi", "ông Phạm Thế Anh và bà Nguyễn Thị Nga bàn về Pháp luật"),
        ("en", "give us a Chinaman's chance"),
    ],
)
def test_what_only_looks_like_a_state_is_not(language: str, text: str) -> None:
    """Longer names, names of people and parts of words name no state."""
    assert found(text, language) == []


@pytest.mark.parametrize("language", languages())
def test_every_state_has_a_name_in_every_language(language: str) -> None:
    """All states are found by some name in each language."""
    missing = []
    for code, english in english_names().items():
        own = Locale(language).territories[code]
        if all(mention.code != code for mention in find_states(own, language)):
            missing.append((english, own))
    assert missing == []


@settings(deadline=None)  # the first text of a language waits for its names
@given(st.text(max_size=200), st.sampled_from(languages()))
def test_mentions_are_in_order_and_inside_the_text(text: str, language: str) -> None:
    """Offsets are those of the text as given, in order and without overlaps."""
    position = 0
    for mention in find_states(text, language):
        assert position <= mention.start < mention.end <= len(text)
        position = mention.end


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia, the U.S. and G20 members; 2Russia, _France and France_ are none.", "en"),
        ("Côte d’Ivoire, l’Égypte et la France.", "fr"),
        ("Королёв из России; Киргизия и Кот-д’Ивуар.", "ru"),
        ("قالت مصرُ وروسيا إن الصين حضرت.", "ar"),
        ("中国和俄罗斯投了赞成票。", "zh"),
    ],
)
def test_words_cut_already_change_nothing(text: str, language: str) -> None:
    """The states found are the same whether the words of the text were cut before or not."""
    assert find_states(text, language, split_words(text, 0, len(text))) == find_states(text, language)
