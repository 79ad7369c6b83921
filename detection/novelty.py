"""Whether what an article says is new: pure, from records to records."""

from collections.abc import Sequence
from datetime import datetime

from records.article import Article, Origin
from records.development import Decision, KnownDevelopment
from records.finding import Examination


def decide(
    article: Article,
    examination: Examination,
    known: Sequence[KnownDevelopment],
    *,
    origin: Origin,
    now: datetime,
) -> tuple[Decision, ...]:
    """What each finding of one article means for what is known: one decision for each event, and for each noise.

    Only ``live`` articles make anybody be told.
    """
    raise NotImplementedError
