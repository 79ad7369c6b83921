"""Documents that no worker could read in its bounds: kept as they came, with the reason, for a person to look at."""

import hashlib
import json
from pathlib import Path

from scrapy.http import Response

from crawlers.spiders.run import CrawlRun

MOST = 50  # documents in the folder; a hostile site must not fill the disk


def keep_unreadable(response: Response, reason: str, run: CrawlRun) -> None:
    """Write a document's bytes and, beside them, where they came from and why they were not read."""
    folder: Path | None = run.options.unreadable
    if folder is None or reason == "stopped":
        return
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.json"))) >= MOST:
        return
    name = hashlib.sha256(response.body).hexdigest()[:32]
    about = {"url": response.url, "reason": reason, "at": run.clock.now().isoformat(), "bytes": len(response.body)}
    (folder / f"{name}.bin").write_bytes(response.body)
    (folder / f"{name}.json").write_text(json.dumps(about), encoding="utf-8")
