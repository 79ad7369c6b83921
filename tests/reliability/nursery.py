"""The process that gives birth to passes: it loads everything once, then forks a real ``convention-watch`` for each.

It reads one request a line from standard input (a list of jobs to run at the same time) and answers with one line.
It holds no thread, no connection and no file of a ledger, so that each child begins as a new process would.
"""

import json
import math
import os
import signal
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

import alerting.claiming
import indexing.delivering
import watch.detecting
import watch.pipeline
from crawlers.crawling import CrawlOptions
from crawlers.fetching.settings import scrapy_settings
from crawlers.spiders import remembering, settling, spider
from detection.examine import examine
from records.finding import Document
from tests.reliability.failpoints import arm
from watch.cli import main
from watch.commands import passing

LOADED = (remembering, settling, spider, passing)
SAMPLE = "The General Assembly adopted the resolution on a convention against cybercrime by 79 votes to 60, he said."


def serve() -> None:
    """Answer requests until standard input is closed."""
    _load()
    for line in sys.stdin:
        jobs = json.loads(line)
        children = [(_begin(job), job) for job in jobs]
        statuses = _end({pid: job.get("kill_after") for pid, job in children})
        sys.stdout.write(json.dumps([statuses[pid] for pid, _ in children]) + "\n")
        sys.stdout.flush()


def _load() -> None:
    """Load what each pass would load anew; but not the reactor, which is a process's own."""
    examine(Document("sample", SAMPLE))
    settings = Settings(scrapy_settings(CrawlOptions()))
    for kind in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS"):
        for name, place in settings.getwithbase(kind).items():
            if place is not None:
                load_object(name)
    for name in ("LOG_FORMATTER", "STATS_CLASS", "SCHEDULER", "SCHEDULER_PRIORITY_QUEUE", "DUPEFILTER_CLASS"):
        load_object(settings[name])
    assert "twisted.internet.reactor" not in sys.modules


def _begin(job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        _become(job)
        status = _call(job["arguments"], job.get("start_after", 0.0))
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _become(job: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(job["environment"])
    folder = Path(job["output"])
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # Pauses between requests are time in which nothing can go wrong; one reading worker starts sooner than two.
    vars(watch.pipeline)["CrawlOptions"] = partial(CrawlOptions, delay=0.02, workers=1)
    if job.get("one_at_a_time"):
        watch.detecting._AT_ONCE = indexing.delivering.BATCH = alerting.claiming.BATCH = 1
    if job.get("failpoint"):
        arm(job["failpoint"])


def _call(arguments: list[str], start_after: float) -> int:
    time.sleep(start_after)
    sys.argv = ["convention-watch", *arguments]
    try:
        main()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def _end(children: dict[int, float | None]) -> dict[int, int]:
    """Wait for all children, killing each when its time has come; their exit statuses, negative for a signal."""
    began = time.monotonic()
    deadlines = {pid: began + after for pid, after in children.items() if after is not None}
    statuses: dict[int, int] = {}
    while len(statuses) < len(children):
        for pid in children.keys() - statuses.keys():
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                statuses[pid] = os.waitstatus_to_exitcode(status)
            elif time.monotonic() >= deadlines.get(pid, math.inf):
                os.kill(pid, signal.SIGKILL)  # it is not reaped yet, so the number is still its own
                del deadlines[pid]
        time.sleep(0.003)
    return statuses


if __name__ == "__main__":
    serve()
