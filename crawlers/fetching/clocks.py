"""What the answers of servers say about our own clock."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http.headers import Headers


def skew(headers: Headers, now: datetime) -> timedelta | None:
    """Return how far the server's clock is ahead of ``now``, None when its answer does not say.

    The time that the answer has lain in a cache is added: its Date is that of the answer's making.
    """
    date, age = headers.get("Date"), headers.get("Age") or b"0"
    if not date or not age.isdigit() or len(age) > 7:
        return None
    try:
        made = parsedate_to_datetime(date.decode("latin-1"))
    except ValueError:
        return None
    return made + timedelta(seconds=int(age)) - now if made.tzinfo else None
