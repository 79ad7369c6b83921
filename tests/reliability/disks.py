"""A disk that fills up, and copies of the ledger's files taken under load."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

SIZE = 8 * 1024 * 1024
FULL = 9
"""How the writer ends when the ledger says that it cannot be used."""

WRITER = """
import sys
from ledger.opening import open_ledger
from records.errors import LedgerUnreachable
from tests.reliability.disks import write_alerts
from tests.reliability.newsdesk import NOW
try:
    write_alerts(open_ledger(sys.argv[1], now=NOW), int(sys.argv[2]), int(sys.argv[3]))
except LedgerUnreachable as error:
    sys.stderr.write(str(error))
    sys.exit(9)
"""


def full_disk(_seed: int, _long: bool) -> dict[str, Any]:
    """Write alerts until 8 MB are full; then with room again: the ledger opens, and every committed alert is there."""
    with _small_disk() as (folder, kind):
        ledger = folder / "ledger.sqlite"
        written = _run_writer(ledger, 100_000, words=4000, limit=kind == "limit on the size of files")
        acknowledged = written.stdout.count("\n")
        roomy = Path(tempfile.mkdtemp())
        for file in folder.iterdir():
            shutil.copy(file, roomy)
        there, sound = _alerts(roomy / "ledger.sqlite")
        again = _run_writer(roomy / "ledger.sqlite", 5)
        shutil.rmtree(roomy)
    return {
        "disk": kind,
        "committed": acknowledged,
        "there": there,
        "sound": sound,
        "said": written.stderr.strip()[-200:],
        "held": written.returncode == FULL and sound and there >= acknowledged > 0 and again.returncode == 0,
    }


def copies_under_load(seed: int, long: bool) -> dict[str, Any]:
    """Copies by SQLite's own backup while a writer commits: each opens, with all that was committed before it began."""
    chance, count = random.Random(seed), 50 if long else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger, log = folder / "ledger.sqlite", folder / "acknowledged"
        writer = _start_writer(ledger, 100_000, log)
        while not log.exists() or not log.read_bytes():
            time.sleep(0.05)
        copies = [_copy(ledger, folder / f"copy-{number}", log, chance) for number in range(count)]
        plain = [_plain_copy(ledger, folder / f"plain-{number}", log) for number in range(count)]
        writer.kill()
        writer.wait()
        there, sound = _alerts(ledger)
        acknowledged = log.read_text().count("\n")
    whole, whole_plain = ([one for one in some if _is_whole(one)] for some in (copies, plain))
    return {
        "copies": count,
        "whole": len(whole),
        "plain_copies_whole": len(whole_plain),
        "committed": acknowledged,
        "there_after_the_writer_was_killed": there,
        "held": len(whole) == count and sound and there >= acknowledged,
    }


def _is_whole(copy: dict[str, Any]) -> bool:
    return bool(copy["sound"] and copy["there"] >= copy["committed_before"])


def write_alerts(ledger: Any, count: int, words: int) -> None:
    """Store an article, decide on it and enter its alert, each in a transaction; print a line after each commit."""
    from tests.reliability.newsdesk import STATES, Newsdesk, an_article
    from tests.unit.ledger.writing import milestone

    desk = Newsdesk(ledger)
    for number in range(count):
        state = f"{STATES[number % len(STATES)]} {number}"
        text = f"{state} has signed the convention. " + " ".join(f"w{number}x{place}" for place in range(words))
        one = an_article(text, url=f"https://tidings.example/{os.getpid()}/{number}", title=f"{state} signs")
        desk.store(one, milestone(text, subject=f"{state}/{os.getpid()}"))
        desk.detect()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _copy(ledger: Path, to: Path, log: Path, chance: random.Random) -> dict[str, Any]:
    time.sleep(chance.uniform(0.0, 0.2))
    before = log.read_text().count("\n")
    with closing(sqlite3.connect(ledger)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    there, sound = _alerts(to)
    to.unlink()
    return {"committed_before": before, "there": there, "sound": sound}


def _plain_copy(ledger: Path, folder: Path, log: Path) -> dict[str, Any]:
    """Copy the files one after another, as ``cp`` does: the log of changes last."""
    folder.mkdir()
    before = log.read_text().count("\n")
    for ending in ("", "-wal"):
        shutil.copy(f"{ledger}{ending}", folder)
    there, sound = _alerts(folder / ledger.name)
    shutil.rmtree(folder)
    return {"committed_before": before, "there": there, "sound": sound}


def _alerts(path: Path) -> tuple[int, bool]:
    """How many alerts a ledger's file holds, and whether SQLite finds it sound."""
    with closing(sqlite3.connect(path)) as conn:
        sound = conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = conn.execute("SELECT count(*) FROM alerts").fetchone()
    return int(count), sound


def _run_writer(ledger: Path, count: int, *, words: int = 400, limit: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WRITER, f"sqlite:///{ledger}", str(count), str(words)],
        capture_output=True,
        encoding="utf-8",
        preexec_fn=_limit_files if limit else None,
        check=False,
    )


def _start_writer(ledger: Path, count: int, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen([sys.executable, "-c", WRITER, f"sqlite:///{ledger}", str(count), "400"], stdout=output)


def _limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE // 2, SIZE // 2))


@contextmanager
def _small_disk() -> Iterator[tuple[Path, str]]:
    """A folder on a disk of 8 MB where one may be made, else one in which no file can grow beyond 4 MB."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
        mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False).returncode == 0
        try:
            yield Path(folder), "tmpfs of 8 MB" if mounted else "limit on the size of files"
        finally:
            if mounted:
                subprocess.run(["umount", folder], check=True)
