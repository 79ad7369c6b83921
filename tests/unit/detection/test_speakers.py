"""Speaker mentions: the shortest mention, its kind, and what is beside it."""

import pytest

from detection.kinds import statement
from detection.sentences import read
from records.finding import Document


def speaker(text: str, language: str) -> tuple[str | None, str | None]:
    """Speaker and role of the first statement of a text."""
    found = statement.find(read(Document(id="x", text=text, language=language)))[0][0]
    return found.speaker, found.role


@pytest.mark.parametrize(
    ("language", "text", "name", "role"),
    [
        ("en", "Brazil's envoy Rosa Dias said it was late.", "Rosa Dias", "Brazil's envoy"),
        ("en", "It was late, said Rosa Dias, head of the Brazilian team.", "Rosa Dias", "head of the Brazilian team"),
        ("es", "Es tarde, dijo la embajadora de Chile, Rosa Díaz.", "Rosa Díaz", "la embajadora de Chile"),
        ("fr", "Le ministre chilien Juan Díaz a dit qu'il était tard.", "Juan Díaz", "Le ministre chilien"),
        ("ru", "Уже поздно, сказал посол Чили Хуан Диас.", "Хуан Диас", "посол Чили"),
        ("ar", "قال وزير الخارجية سمير حداد إن الوقت متأخر.", "سمير حداد", "وزير الخارجية"),
        ("zh", "智利大使迪亚斯说，时间不早了。", "迪亚斯", "智利大使"),
        ("vi", "Đại sứ Chile Juan Díaz cho biết trời đã tối.", "Juan Díaz", "Đại sứ Chile"),
    ],
)
def test_name_and_role(language: str, text: str, name: str, role: str) -> None:
    """The name alone is the mention; the words beside it are the role."""
    assert speaker(text, language) == (name, role)


@pytest.mark.parametrize(
    ("language", "text", "mention"),
    [
        ("en", "The Chilean delegation said it was late.", "The Chilean delegation"),
        ("en", "“Too late,” said a senior official.", "a senior official"),
        ("de", "Kritiker warnen, es sei zu spät.", "Kritiker"),
        ("pt", "O Itamaraty afirmou que é tarde.", "O Itamaraty"),
        ("uk", "У посольстві сказали, що вже пізно.", "посольстві"),
        ("zh", "多名专家指出，时间不早了。", "多名专家"),
    ],
)
def test_speakers_without_a_name(language: str, text: str, mention: str) -> None:
    """Delegations, officials, groups and bodies speak as they are called."""
    assert speaker(text, language)[0] == mention
