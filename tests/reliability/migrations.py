"""Tables taken down and up again, with data in them, on both databases."""

from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from alerting.transports import open_transport
from ledger import migrating
from ledger.articles import iter_articles
from ledger.migrating import downgrade, migrate
from ledger.opening import Ledger
from tests.reliability.newsdesk import NOW, STATES, Newsdesk, an_article, new_ledger
from tests.servers.postgresql import own_database, running_postgresql
from tests.servers.smtp import running_mail_server
from tests.unit.ledger.writing import milestone


def down_and_up(_seed: int, long: bool) -> dict[str, Any]:
    """Every revision, from the newest down and up again, then to nothing and up: a pass works after each."""
    times = 5 if long else 1
    with new_ledger() as file:
        on_sqlite = [_go(file) for _ in range(times)]
    with running_postgresql() as server:
        on_postgresql = []
        for _ in range(times):
            with own_database(server) as url, new_ledger(url) as database:
                on_postgresql.append(_go(database))
    seen = {"sqlite": on_sqlite[-1], "postgresql": on_postgresql[-1]}
    return {"times": times, **seen, "held": all(one["works"] for one in (*on_sqlite, *on_postgresql))}


def _go(ledger: Ledger) -> dict[str, Any]:
    scripts = ScriptDirectory(str(Path(migrating.__file__).with_name("migrations")))
    revisions = [script.revision for script in scripts.walk_revisions()]
    works = _passes(ledger)
    for lower in revisions[1:]:
        with ledger.begin() as conn:
            downgrade(conn, lower)
            migrate(conn, now=NOW)
        works = works and _passes(ledger)
    with ledger.begin() as conn:
        downgrade(conn, "base")
    with ledger.read() as conn:
        left = set(inspect(conn).get_table_names()) - {"alembic_version"}
    with ledger.begin() as conn:
        migrate(conn, now=NOW)
    return {"revisions": len(revisions), "tables_left": sorted(left), "works": works and not left and _passes(ledger)}


def _passes(ledger: Ledger) -> bool:
    """Whether an article is stored, decided on and told; told before is as good."""
    desk = Newsdesk(ledger)
    text = f"{STATES[0]} has signed the convention against cybercrime."
    desk.store(an_article(text, url="https://tidings.example/1"), milestone(text, subject=STATES[0]))
    desk.detect()
    with running_mail_server() as server:
        desk.mail(open_transport(server.url))
    with ledger.read() as conn:
        stored = [one.developments for one in iter_articles(conn)]
    return len(stored) == 1 and len(stored[0]) == 1
