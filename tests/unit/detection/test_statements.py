"""Statements: who said what, in the shapes that reports use."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.kinds import statement
from detection.kinds.statement_lexicon import compile_words, expand
from detection.sentences import read
from records.errors import ConfigurationError
from records.finding import Document, Refusal, Statement


def find(text: str, language: str = "en") -> list[Statement]:
    """The statements of a text."""
    return statement.find(read(Document(id="x", text=text, language=language)))[0]


def refused(text: str, language: str = "en") -> list[Refusal]:
    """The cues of a text that attribute nothing."""
    return statement.find(read(Document(id="x", text=text, language=language)))[1]


def said(text: str, language: str = "en") -> list[tuple[str | None, str]]:
    """Speaker and contents of each statement."""
    return [
        (found.speaker, " … ".join(text[start:end] for start, end in found.spans)) for found in find(text, language)
    ]


SHAPES = [
    ("en", "“We will sign,” Ann Field, a delegate of Chad, said on Friday.", [("Ann Field", "We will sign")]),
    ("en", "Ann Field said the text was weak.", [("Ann Field", "the text was weak")]),
    ("en", "The text, she said, is weak.", [("she", "The text … is weak")]),
    ("en", "“A start,” said Ann Field. “No more.”", [("Ann Field", "A start … No more")]),
    ("en", "From envoy Ann Field: “A sad day for us.”", [("Ann Field", "A sad day for us")]),
    ("ru", "— Мы готовы, — сказал глава делегации.", [("глава делегации", "Мы готовы")]),
    ("ru", "«Мы готовы, — сказал Иван Зимин. — Дело за вами».", [("Иван Зимин", "Мы готовы … Дело за вами")]),
    ("fr", "Le texte est faible, a-t-il dit.", [("il", "Le texte est faible")]),
    ("de", "„Wir sind bereit“, so die Ministerin.", [("die Ministerin", "Wir sind bereit")]),
    ("zh", "李明大使表示，中国支持公约。", [("李明", "中国支持公约")]),
    ("vi", "Theo bà Trần Thị Lan, văn bản đã rõ.", [("Trần Thị Lan", "văn bản đã rõ")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SHAPES)
def test_shapes(language: str, text: str, expected: list[tuple[str | None, str]]) -> None:
    """Each shape of attribution gives its speaker and what was said."""
    assert said(text, language) == expected


def test_silent_subject_is_the_one_before() -> None:
    """A clause without a subject speaks with the last speaker's mention and offsets."""
    text = "Dijo Ana Prado que el texto es claro. Añadió que hay prisa."
    first, second = find(text, "es")
    assert second.speaker == "Ana Prado"
    assert (second.speaker_start, second.speaker_end) == (first.speaker_start, first.speaker_end)


def test_pronoun_finds_its_name() -> None:
    """A pronoun is the mention; its name is resolved."""
    second = find("Ann Field said it was late. “We go on,” she added.")[1]
    assert (second.speaker, second.speaker_full) == ("she", "Ann Field")


def test_speaker_nobody_knows_is_null() -> None:
    """Speech that is reported without anybody who spoke has no speaker: none is guessed from the text around."""
    found = find("Ann Field said she was tired. “No deal is in sight,” it was said.")[-1]
    assert (found.speaker, found.speaker_start, found.speaker_full, found.affiliation) == (None, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The resolution “urges” all states to sign and notes that talks went on.",
        "The so-called “quiet room” was open to all.",
        "Delegates thanked the host and left.",
        "The minister will say on Monday that the text is ready.",
        "The ministry declined to say whether it would sign.",
        "Her essay “The open net” came out in May.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    """Documents, names, thanks, announced speeches and silence are nobody's statement."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Then the UN General Assembly asked for a study of the treaty."),
        ("fr", "L'Assemblée générale a condamné ces attaques."),
        ("es", "La Asamblea General pidió un estudio del tratado."),
        ("ru", "Генассамблея ООН осудила эти атаки."),
        ("de", "Die Generalversammlung verurteilte die Angriffe."),
        ("pt", "A Assembleia Geral da ONU condenou esses ataques."),
        ("uk", "Генасамблея ООН засудила ці атаки."),
        ("ar", "أدانت الجمعية العامة للأمم المتحدة هذه الهجمات."),
        ("vi", "Đại hội đồng Liên Hợp Quốc lên án các vụ tấn công."),
    ],
)
def test_what_the_general_assembly_decides_is_no_statement(language: str, text: str) -> None:
    """It condemns and asks by resolution: a decision, which a vote or a milestone tells."""
    assert find(text, language) == []
    assert "the decision of an assembly" in [refusal.reason for refusal in refused(text, language)]


def test_the_president_of_the_general_assembly_speaks() -> None:
    """The body decides, its president says."""
    assert said("Assembly President Ann Field welcomed the signing.") == [("Ann Field", "the signing")]


def test_refusal_gives_a_reason() -> None:
    """A candidate that is turned down says why."""
    assert any("document" in refusal.reason for refusal in refused("The convention says that all are equal."))


def test_mode_is_told_by_marks() -> None:
    """All letters inside marks: direct; none: indirect; else mixed."""
    text = "“Yes,” Ann Field said. She said it was late. She called the vote “a farce”."
    assert [found.mode for found in find(text)] == ["direct", "indirect", "mixed"]


def test_role_and_affiliation() -> None:
    """Role and affiliation come from the words beside the name."""
    found = find("Ann Field, Kenya's ambassador, said the text was ready.")[0]
    assert (found.role, found.affiliation) == ("Kenya's ambassador", "Kenya")


def test_stance_needs_a_treaty() -> None:
    """Words against the convention oppose it; where no treaty is in sight there is no stance."""
    opposed = find("Ann Field said the UN cybercrime treaty was a dangerous surveillance tool.")[0]
    assert opposed.stance == "oppose"
    assert find("Ann Field said the weather was fine.")[0].stance is None


def test_braces_write_several_forms() -> None:
    """``a{b|c}`` stands for ``ab`` and ``ac``; several braces multiply."""
    assert list(expand("sa{id|ys}")) == ["said", "says"]
    assert len(list(expand("{a|b}{c|d}"))) == 4


def test_unknown_key_is_refused() -> None:
    """A section with a key that nobody reads is an error that names it."""
    with pytest.raises(ConfigurationError, match="verbz"):
        compile_words("en", {"verbz": "said"})


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet='“”"«»-—:,. \nTheANhesaid(说他：。وقال', max_size=300),
    st.sampled_from(["en", "ru", "zh", "ar", "fr"]),
)
def test_offsets_cut_the_evidence(text: str, language: str) -> None:
    """Whatever the text, offsets lie inside it and cut out the speaker and something said."""
    for found in find(text, language):
        for start, end in found.spans:
            assert 0 <= start < end <= len(text)
            assert any(character.isalnum() for character in text[start:end])
        if found.speaker_start is not None and found.speaker_end is not None:
            assert text[found.speaker_start : found.speaker_end] == found.speaker
