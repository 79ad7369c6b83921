"""How Airflow's parts say they are."""

import json
import urllib.request

PARTS = ("metadatabase", "scheduler", "dag_processor")
SECONDS = 10


def ailing_parts(url: str) -> tuple[str, ...]:
    """Return those parts of the Airflow at ``url`` that do not report themselves well; raise OSError without answer."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/api/v2/monitor/health", timeout=SECONDS) as answer:  # noqa: S310 - our own setting
            health = json.load(answer)
        return tuple(part for part in PARTS if health[part]["status"] != "healthy")
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(f"{url} answers, but it is not Airflow") from error
