"""The golden set of statements is what its marked-up passages say."""

from tests.golden.statement_markup import FOLDER, build, read_passage


def test_set_is_built_from_its_passages() -> None:
    """The set that the gate measures holds exactly the marked-up passages."""
    assert (FOLDER / "statements.jsonl").read_text(encoding="utf-8") == build()


def test_marks_become_offsets() -> None:
    """Braces and angles vanish from the text; what they held is cut out by the offsets."""
    text, contents, speakers = read_passage("<1,2:Ann> said {1:it is late} and {2:it is dark}.")
    assert text == "Ann said it is late and it is dark."
    assert [text[start:end] for spans in contents.values() for start, end in spans] == ["it is late", "it is dark"]
    assert speakers == {1: (0, 3), 2: (0, 3)}
