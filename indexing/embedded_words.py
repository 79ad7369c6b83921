"""Words and phrases of a query as an FTS5 expression of the built-in index."""

from collections.abc import Iterable, Sequence

from indexing.analysis import Token, stems
from indexing.queries import Either, Every, Phrase, Query, Without, Word, pair_choices, query_words

EVERYWHERE = ("{title body}", "{title_stems body_stems}")
TITLE = ("{title}", "{title_stems}")


def match_expression(query: Query, languages: tuple[str, ...] = ()) -> str:
    """Return the FTS5 expression of a findable query of words alone."""
    if isinstance(query, Without):
        return f'({{every}} : "x" NOT {match_expression(query.part, languages)})'
    if isinstance(query, Every | Either):
        joint = " AND " if isinstance(query, Every) else " OR "
        return f"({joint.join(match_expression(part, languages) for part in query.parts)})"
    assert isinstance(query, Word | Phrase)  # noqa: S101 - filters are no words
    return f"({_leaf(query, languages)})"


def _leaf(leaf: Word | Phrase, languages: tuple[str, ...]) -> str:
    tokens = query_words(leaf)
    columns, stem_columns = TITLE if leaf.in_title else EVERYWHERE
    single_character = len(tokens) == 1 and tokens[0].paired and len(tokens[0].written) == 1
    if single_character or (isinstance(leaf, Word) and leaf.begins):
        return f"{columns} : {_row(token.folded for token in tokens)}*"
    if isinstance(leaf, Word) and any(token.paired for token in tokens):
        choices = (" OR ".join(_row([token.folded]) for token in choice) for choice in pair_choices(tokens))
        return f"{columns} : (" + " AND ".join(f"({choice})" for choice in choices) + ")"
    written = f"{columns} : {_row(token.folded for token in tokens)}"
    stemmed = _stem_rows(tokens, languages) if isinstance(leaf, Word) else []
    return f"{written} OR {stem_columns} : ({' OR '.join(stemmed)})" if stemmed else written


def _stem_rows(tokens: Sequence[Token], languages: tuple[str, ...]) -> list[str]:
    """The tokens' stems as a row, once for each language that has a stem of every one."""
    rows = zip(*(stems(token.written, languages) for token in tokens), strict=False)
    return sorted({_row(row) for row in rows})


def _row(words: Iterable[str]) -> str:
    return '"' + " ".join(words) + '"'
