"""Languages are told by their texts."""

import pytest

from detection.language import read_language, script_of

SAMPLES = {
    "en": "The committee met on Tuesday and heard what the delegations had to say about the draft.",
    "ru": "Комитет собрался во вторник и выслушал мнения делегаций о представленном проекте.",
    "uk": "Комітет зібрався у вівторок і вислухав думки делегацій щодо поданого проєкту.",
    "fr": "Le comité s'est réuni mardi et a entendu ce que les délégations pensaient du projet.",
    "es": "El comité se reunió el martes y escuchó lo que las delegaciones opinaban del proyecto.",
    "pt": "O comitê reuniu-se na terça-feira e ouviu o que as delegações achavam do projeto.",
    "de": "Der Ausschuss trat am Dienstag zusammen und hörte, was die Delegationen davon hielten.",
    "ar": "اجتمعت اللجنة يوم الثلاثاء واستمعت إلى آراء الوفود بشأن المشروع المقدم.",
    "zh": "委员会星期二开会，听取了各代表团对草案的意见。",
    "vi": "Ủy ban họp hôm thứ Ba và nghe ý kiến của các phái đoàn về dự thảo.",
    "it": "Il comitato si è riunito martedì e ha ascoltato che cosa pensavano le delegazioni del progetto.",
    "ja": "委員会は火曜日に開かれ、草案についての各国代表団の意見を聞いた。",
    "fa": "کمیته روز سه‌شنبه تشکیل جلسه داد و نظرات هیئت‌ها را درباره پیش‌نویس شنید.",
}
OTHERS = {
    "ro": "Comitetul s-a întrunit marți și a ascultat ce cred delegațiile despre proiectul depus la secretariat.",
    "nl": "De commissie kwam dinsdag bijeen en hoorde wat de delegaties van het ontwerp vonden.",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_language_is_told_whatever_is_declared(language: str) -> None:
    """The text decides, not what its source declares."""
    assert read_language(SAMPLES[language], None, None) == language
    assert read_language(SAMPLES[language], None, "en") == language


@pytest.mark.parametrize("language", OTHERS)
def test_neighbours_are_not_taken_for_ours(language: str) -> None:
    """A text in a language that we do not read has none of ours."""
    assert read_language(OTHERS[language], None, "en") is None


def test_declared_language_settles_what_is_too_short() -> None:
    """Some words can be of several languages: then the declared one is believed, if its script fits."""
    assert read_language("Hacker condenado", None, "pt-BR") == "pt"
    assert read_language("Хакер осужден", None, "pt") != "pt"


def test_text_without_letters_has_no_language() -> None:
    """Digits, marks and half surrogate pairs are of no language."""
    assert script_of("79-60-33 … \ud800") is None
    assert read_language("79-60-33 … \ud800", None, "en") is None
    assert read_language("", None, None) is None
