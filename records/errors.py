"""The errors of the whole project, one small tree. Each says whether trying again can help.

ConventionWatchError
├── ConfigurationError      wrong use or settings: exit 2, before any request (retryable: no)
├── LedgerError             the ledger cannot be used: exit 1
│   ├── LedgerTooNew        written by a newer release (no)
│   └── LedgerUnreachable   no connection, disk full, locked for too long (yes)
├── FetchRefused            the guard or robots.txt forbids the address (no)
├── ReadingError            bytes that are not what they should be: feed, sitemap, page (no)
├── IndexingError           one document or the whole index refused
│   ├── IndexUnreachable    no answer, 429, 5xx, read-only (yes)
│   └── DocumentRefused     this document will never be accepted (no)
└── DeliveryError           mail
    ├── MailUnreachable     no connection or a 4xx answer (yes)
    └── MailRefused         a 5xx answer (no)
"""


class ConventionWatchError(Exception):
    """Root of every error this project raises on purpose."""

    retryable = False


class ConfigurationError(ConventionWatchError):
    """A setting, a file or a command line is wrong; the message names it and the nearest right word."""


class LedgerError(ConventionWatchError):
    """The ledger cannot be used."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a newer release of this program."""


class LedgerUnreachable(LedgerError):
    """The ledger's database does not answer, is full, or stayed locked for too long."""

    retryable = True


class FetchRefused(ConventionWatchError):
    """The address guard refuses this URL or the address it resolves to."""


class ReadingError(ConventionWatchError):
    """The bytes are not what they should be (a feed, a sitemap, a page)."""


class IndexingError(ConventionWatchError):
    """A document, or the whole index, was refused."""


class IndexUnreachable(IndexingError):
    """The index does not answer, answers 429 or 5xx, or is read-only."""

    retryable = True


class DocumentRefused(IndexingError):
    """This document will never be accepted as it is."""


class DeliveryError(ConventionWatchError):
    """A mail was not accepted."""


class MailUnreachable(DeliveryError):
    """The mail server does not answer or answered 4xx: the same mail may be accepted later."""

    retryable = True


class MailRefused(DeliveryError):
    """The mail server answered 5xx for this message or recipient."""
