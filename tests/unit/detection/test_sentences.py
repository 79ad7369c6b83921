"""A text is cut into paragraphs and sentences that cover it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.sentences import LONGEST_SENTENCE, read, split_paragraphs
from records.finding import Document


def sentences(text: str, language: str = "en") -> list[str]:
    """The sentences of a text, as written."""
    reading = read(Document(id="t", text=text, language=language))
    return [text[start:end] for start, end in reading.sentences]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Mr. Brown met Dr. Li in the U.S. capital. They talked.", 2),
        ("en", "J. R. Smith of the U.N. spoke. It was 3.5 per cent.", 2),
        ("en", '"We agree." She left. "Will you?" he asked. No.', 4),
        ("ru", "Встреча прошла 5 янв. 2024 г. в Москве. Стороны довольны.", 2),
        ("ru", "Об этом сказал А. Б. Иванов. Он уехал.", 2),
        ("uk", "Про це сказав проф. Іваненко. Він поїхав додому.", 2),
        ("fr", "M. Dupont est arrivé. « Nous verrons. » Il est parti.", 3),
        ("es", "El Sr. Pérez viajó a EE. UU. ayer. ¿Quién lo sabía? Nadie.", 3),
        ("de", "Das sagte Dr. Meier am 5. Mai. Danach ging er, z. B. nach Hause.", 2),
        ("pt", "O Sr. Silva chegou. A reunião foi boa.", 2),
        ("vi", "Ông Nguyễn Văn A. phát biểu. Hội nghị kết thúc.", 2),
        ("ar", "قال الوزير ذلك. هل وافق؟ نعم.", 3),
        ("zh", "他说：“我们同意。”她走了。会议结束！", 3),
    ],
)
def test_sentences_end_where_readers_end_them(language: str, text: str, expected: int) -> None:
    """Abbreviations, initials, dates and decimals end no sentence; closing marks stay with theirs."""
    assert len(sentences(text, language)) == expected


def test_closing_marks_stay_with_their_sentence() -> None:
    """A closing quotation mark or bracket belongs to the sentence it closes."""
    assert sentences("He said: “It is done.” (Nobody laughed.) The end.") == [
        "He said: “It is done.”",
        "(Nobody laughed.)",
        "The end.",
    ]


def test_line_ends_a_paragraph_unless_it_was_wrapped() -> None:
    """Each line is a paragraph; a line that goes on in lower case after an unfinished one is the same paragraph."""
    text = "A headline\nThe first line was\nwrapped by somebody.\n\n  Another one.\r\nThird"
    assert [text[start:end] for start, end in split_paragraphs(text)] == [
        "A headline",
        "The first line was\nwrapped by somebody.",
        "Another one.",
        "Third",
    ]


def test_endless_sentence_is_cut_at_a_blank() -> None:
    """No sentence is longer than the limit, and none of the text is lost."""
    text = "word " * 5_000
    parts = sentences(text)
    assert max(map(len, parts)) <= LONGEST_SENTENCE
    assert " ".join(parts).split() == text.split()


def test_offsets_find_their_sentence_and_paragraph() -> None:
    """The sentence and the paragraph at an offset are those that hold it."""
    text = "One is here. Two is there.\nThree."
    reading = read(Document(id="t", text=text))
    at = text.index("there")
    assert text[slice(*reading.sentence_at(at))] == "Two is there."
    assert text[slice(*reading.paragraph_at(at))] == "One is here. Two is there."
    assert reading.words_between(*reading.sentences[1]).written == ("Two", "is", "there", ".")


@given(st.text(alphabet=st.sampled_from("aBé. !?…\"'“”«»()\n\r\t。”“说، ؟عA.U.S\ud800\u202e\u200f0"), max_size=300))
def test_sentences_cover_every_text(text: str) -> None:
    """Sentences are in order, do not overlap, and leave out nothing but blanks, for any text."""
    reading = read(Document(id="t", text=text))
    position = 0
    for start, end in reading.sentences:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end].strip() == text[start:end]
        position = end
    assert not text[position:].strip()
