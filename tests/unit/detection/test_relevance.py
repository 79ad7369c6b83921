"""What is about the convention, and which of its passages are."""

import pytest

from detection.relevance import concerns_topic, judge_relevance, names_topic, topic_mentions
from detection.sentences import Reading, read
from records.finding import Document


def reading(text: str, title: str | None = None) -> Reading:
    """A text, read."""
    return read(Document(id="t", text=text, title=title))


ARTICLE = (
    "The United Nations General Assembly adopted the convention against cybercrime on Tuesday. "
    "The text needs forty ratifications. "
    "Earlier the Assembly had adopted a resolution on the situation in Gaza. "
    "It was supported by most members.\n"
    "Delegates praised the chair of the Ad Hoc Committee on cybercrime."
)


def test_reasons_are_quoted_from_the_text() -> None:
    """A text on topic says by which words it is, and scores higher than one on another treaty."""
    ours = judge_relevance(reading(ARTICLE))
    theirs = judge_relevance(reading("The United Nations adopted a treaty on plastic pollution."))
    assert ours.on_topic
    assert any("convention against cybercrime" in reason for reason in ours.because)
    assert not theirs.on_topic
    assert theirs.score < ours.score <= 1


def test_title_lends_the_text_its_subject() -> None:
    """A text that never names the subject is about it when its title does."""
    text = "The treaty was adopted without a vote by the General Assembly."
    assert not judge_relevance(reading(text)).on_topic
    assert judge_relevance(reading(text, title="Cybercrime: a deal at last")).on_topic


def test_mentions_are_the_places_that_name_the_topic() -> None:
    """Mentions are offsets, in order, of what names the convention or its process."""
    spans = topic_mentions(reading(ARTICLE))
    assert [ARTICLE[start:end] for start, end in spans] == [
        "convention against cybercrime",
        "Ad Hoc Committee on cybercrime",
    ]


@pytest.mark.parametrize(
    ("passage", "concerns"),
    [
        ("The text needs forty ratifications.", True),
        ("adopted a resolution on the situation in Gaza", False),
        ("It was supported by most members.", False),
        ("Delegates praised the chair", True),
    ],
)
def test_passage_concerns_what_was_last_spoken_of(passage: str, concerns: bool) -> None:
    """A passage without a subject of its own has that of the nearest sentence before it that has one."""
    start = ARTICLE.index(passage)
    assert concerns_topic(reading(ARTICLE), start, start + len(passage)) is concerns


def test_title_of_another_treaty_is_no_evidence() -> None:
    """Of two treaties in one sentence each keeps its own name."""
    assert not judge_relevance(reading("Parties to the Budapest Convention on Cybercrime met in Strasbourg.")).on_topic
    both = "The Budapest Convention on Cybercrime and the UN convention against cybercrime overlap."
    assert judge_relevance(reading(both)).on_topic


PAGES = [
    "<p>The UN&#39;s cyber&shy;crime treaty</p>",
    "<p>lutte contre la cybercriminalit&eacute; : r&eacute;solution</p>",
    "<P>COUNTERING THE USE OF ICTS FOR CRIMINAL PURPOSES</P>",
    "<p>КОНВЕНЦИЯ ООН ПРОТИВ КИБЕРПРЕСТУПНОСТИ</p>",
    "<p>&#1082;&#1080;&#1073;&#1077;&#1088;преступность: позиция ООН</p>",
    "<p>Công ước Hà Nội</p>",
    "<p>اتفاقية الأمم المتحدة لمكافحة الجريمة السيبرانية</p>",
    "<p>《河内公约》</p>",
    "<p>Konvention gegen Cyberkriminalität</p>",
    "<p>convención contra el ciberdelito</p>",
    "<p>convenção contra o crime cibernético</p>",
    "<p>Конвенція проти кіберзлочинності</p>",
]


@pytest.mark.parametrize("page", PAGES)
def test_raw_pages_that_name_the_topic_pass(page: str) -> None:
    """Raw markup passes in every language, with entities, soft hyphens, capitals and decomposed letters."""
    assert names_topic(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>The city council votes on a convention centre</p>",
        "<p>Police arrest four in cybercrime case; a judge set bail.</p>",
        "<p>Der Vertrag wurde verlängert</p>",
        "",
    ],
)
def test_raw_pages_without_the_topic_stop(page: str) -> None:
    """A page that lacks the subject, or any treaty or United Nations, is not read further."""
    assert not names_topic(page)
