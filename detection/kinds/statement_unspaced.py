"""Attribution in scripts without blanks."""

from collections.abc import Sequence

from detection.kinds.statement_lexicon import Words
from detection.quotes import Quote
from detection.sentences import Reading
from records.finding import Refusal, Statement


def find_unspaced(reading: Reading, words: Words, quotes: Sequence[Quote]) -> tuple[list[Statement], list[Refusal]]:
    """Every attributed statement of a text in such a script."""
    return [], []
