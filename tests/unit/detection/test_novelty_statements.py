"""Novelty of statements: one speaker on one occasion is one development, in whatever words and language."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from records.article import Article
from records.finding import Statement
from tests.unit.detection.remembering import Memory
from tests.unit.ledger.writing import FILLER, NOW, article, statement

DAY = timedelta(days=1)
SAID = "the new text does not compete with older agreements but brings them up to date"
MORE = "thirty kinds of offences are known today and only nine of them are listed"


def told(
    name: str, said: str, *, speaker: str = "Andrey Krutskikh", at: datetime = NOW, language: str = "en", **rest: object
) -> tuple[Article, Statement]:
    """One outlet's article with one statement in it."""
    text = f"{speaker}: {said}. Elsewhere, {name} reports at length on other matters of the day."
    one = article(
        text, url=f"https://{name}.example/{at:%d}", source=name, published_at=at, fetched_at=at, language=language
    )
    return one, statement(text, said, speaker=speaker, **rest)


def test_the_sentences_of_one_article_are_one_development() -> None:
    """Two sentences of one speaker: one development, told once, with both as its evidence."""
    memory = Memory()
    text = f"Andrey Krutskikh said that {SAID}. He added that {MORE}. {FILLER}"
    he = statement(text, MORE, speaker="He", speaker_full="Andrey Krutskikh")
    (decision,) = memory.read(article(text), statement(text, SAID), he)
    assert decision.tell == "new"
    (known,) = memory.developments
    assert [one.sentence.split(".")[0] for one in known.sightings] == [
        f"Andrey Krutskikh said that {SAID}",
        f"He added that {MORE}",
    ]
    assert (known.publishers, known.headline.startswith("Andrey Krutskikh (Russia): the new text")) == (1, True)


def test_two_speakers_are_two_developments() -> None:
    """Each speaker of an article is told apart."""
    text = f"Andrey Krutskikh said that {SAID}. Ghada Waly said that {MORE}."
    memory = Memory()
    memory.read(article(text), statement(text, SAID), statement(text, MORE, speaker="Ghada Waly", affiliation="UNODC"))
    assert len(memory.developments) == 2


SAME = {
    "the same words": ("Andrey Krutskikh", SAID, "en", "Russia"),
    "the same words, cut": ("Andrey Krutskikh", SAID[:50], "en", "Russia"),
    "the family name alone": ("Krutskikh", SAID, "en", None),
    "another spelling": ("Andrei Krutskich", SAID, "en", "Russia"),
    "other words of the same content": (
        "Andrey Krutskikh",
        "older agreements are brought up to date, not replaced, by this initiative",
        "en",
        "Russia",
    ),
    "Russian": (
        "Андрей Крутских",
        "новый текст не соперничает с прежними соглашениями, а обновляет их",
        "ru",
        "Russia",
    ),
    "French": (
        "Andreï Kroutskikh",
        "le nouveau texte complète les accords anciens et ne les remplace pas",
        "fr",
        "Russia",
    ),
    "Spanish": ("Andréi Krutskij", "el nuevo texto no compite con acuerdos anteriores, los actualiza", "es", "Russia"),
    "Arabic": ("أندريه كروتسكيخ", "النص الجديد لا ينافس الاتفاقيات السابقة بل يحدثها", "ar", "Russia"),
    "Chinese": ("安德烈·克鲁茨基赫", "新文本并不与旧协定竞争而是加以更新", "zh", "Russia"),
}


@pytest.mark.parametrize("how", SAME)
def test_other_reports_of_the_same_remarks_are_its_evidence(how: str) -> None:
    """A second paper within three days, in any language: the same development, told to nobody again."""
    speaker, said, language, affiliation = SAME[how]
    memory = Memory()
    memory.read(*told("tidings", SAID))
    (decision,) = memory.read(
        *told("herald", said, speaker=speaker, at=NOW + DAY, language=language, affiliation=affiliation)
    )
    assert decision.verdict == "sighting"
    assert len(memory.developments) == 1
    assert len(memory.told) == 1
    if language != "en":
        assert "across languages" in decision.reason


DIFFERENT = {
    "another speaker in the same words": ("Sergey Lavrov", SAID, "en", "Russia", 1),
    "a namesake of another state": ("Andrey Krutskikh", SAID[::-1], "en", "Belarus", 1),
    "another speaker in another language": (
        "Мария Захарова",
        "новый текст не соперничает с прежними",
        "ru",
        "Russia",
        1,
    ),
    "a new occasion next month": ("Andrey Krutskikh", MORE, "en", "Russia", 30),
    "a new occasion two days later": ("Andrey Krutskikh", MORE, "en", "Russia", 2),
    "a new occasion next month, in another language": (
        "Крутских",
        "известно уже тридцать видов деяний",
        "ru",
        "Russia",
        30,
    ),
}


@pytest.mark.parametrize("how", DIFFERENT)
def test_another_speaker_or_occasion_is_a_new_development(how: str) -> None:
    """Who else speaks, or when else, is news."""
    speaker, said, language, affiliation, days = DIFFERENT[how]
    memory = Memory()
    memory.read(*told("tidings", SAID))
    (decision,) = memory.read(
        *told("herald", said, speaker=speaker, at=NOW + days * DAY, language=language, affiliation=affiliation)
    )
    assert (decision.verdict, decision.tell) == ("new", "new")


def test_words_quoted_again_a_month_later_are_remembered() -> None:
    """The same words of the same speaker, long after, are a recalled sighting and tell nobody."""
    memory = Memory()
    memory.read(*told("tidings", SAID))
    (decision,) = memory.read(*told("herald", SAID, at=NOW + 30 * DAY))
    assert (decision.verdict, decision.tell) == ("recalled", None)
    (known,) = memory.developments
    assert (known.publishers, [one.recalled for one in known.sightings]) == (1, [False, True])


def test_a_corrected_speaker_is_told_as_a_correction() -> None:
    """The same words in a new version of the article, given to somebody else: one correction, in the same thread."""
    memory = Memory()
    first, said = told("tidings", SAID, speaker="Sergey Lavrov")
    memory.read(first, said)
    edited, corrected = told("tidings", SAID, speaker="Andrey Krutskikh")
    (decision,) = memory.read(edited, corrected)
    assert (decision.verdict, decision.tell) == ("correction", "correction")
    (known,) = memory.developments
    assert known.finding.speaker == "Andrey Krutskikh"  # type: ignore[union-attr]
    assert known.headline.startswith("Andrey Krutskikh")


def test_a_fuller_name_is_no_correction() -> None:
    """A first name that an edit adds changes no told fact."""
    memory = Memory()
    memory.read(*told("tidings", SAID, speaker="Krutskikh"))
    memory.read(*told("tidings", SAID, speaker="Andrey Krutskikh"))
    assert [occasion for _, occasion in memory.told] == ["new"]


def test_nobody_knows_who_speaks() -> None:
    """An unresolved pronoun is noise, with its reason; an office with its state is somebody."""
    memory = Memory()
    one, said = told("tidings", SAID, speaker="he", speaker_full=None, affiliation=None)
    (decision,) = memory.read(one, said)
    assert (decision.verdict, decision.development) == ("noise", None)
    office: dict[str, Any] = {"speaker_full": None, "role": "foreign minister", "affiliation": "Cuba"}
    (decision,) = memory.read(*told("herald", SAID, speaker="the minister", **office))
    assert decision.verdict == "new"
    assert decision.development is not None
    assert decision.development.headline.startswith("foreign minister of Cuba:")


def test_deciding_twice_on_one_article_changes_nothing() -> None:
    """The same article again adds no evidence and tells nobody."""
    memory = Memory()
    one, said = told("tidings", SAID)
    memory.read(one, said)
    before = memory.developments
    memory.read(replace(one, fetched_at=NOW + DAY), said)
    assert memory.developments == before
    assert len(memory.told) == 1


def test_what_a_speaker_adds_in_the_same_breath_is_evidence_too() -> None:
    """A sentence that names another subject counts when its speaker goes on from the topic, not paragraphs later."""
    near, far = "the old treaty says nothing of terror", "the harvest was good"
    text = f"The convention must come, Andrey Krutskikh said; {near}, he added. {FILLER} {FILLER} And {far}, he said."
    findings = [
        statement(text, "The convention must come"),
        statement(text, near, on_topic=False),
        statement(text, far, on_topic=False),
    ]
    decisions = Memory().read(article(text), *findings)
    said = {one.verdict: [one for one in one.findings if isinstance(one, Statement)] for one in decisions}
    told_of = {verdict: [text[slice(*one.spans[0])] for one in found] for verdict, found in said.items()}
    assert told_of == {"new": ["The convention must come", near], "noise": [far]}
