"""Logs: constant sentences with keys, to standard error; standard output belongs to results."""

import logging
import sys

import structlog


def configure_logs(*, verbose: bool = False) -> None:
    """Send structlog and the standard library's warnings to standard error, from WARNING (INFO when verbose)."""
    level = logging.INFO if verbose else logging.WARNING
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s [%(name)s] %(levelname)s: %(message)s"
    )
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING)  # Scrapy sets its own logger to DEBUG, which the root's level does not stop
