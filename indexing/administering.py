"""The connection of whoever sets Elasticsearch up, and the one account that Kibana itself needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elasticsearch import AuthenticationException, Elasticsearch

from indexing.cluster_client import check_version, connect, explained, shown

SUPERUSER = "elastic"
KIBANA_USER = "kibana_system"


@contextmanager
def administering(url: str, *, password: str | None, ca: Path | None) -> Iterator[Elasticsearch]:
    """Give a client of the superuser (None: of the user in the URL); in the block the client's errors become ours."""
    client = connect(url, api_key=None, ca=ca, basic=(SUPERUSER, password) if password else None)
    try:
        with explained(shown(url)):
            check_version(client, shown(url))
            yield client
    finally:
        client.close()


def give_kibana_password(client: Elasticsearch, password: str) -> bool:
    """Let Kibana's own user log in with ``password``; return whether that had to be changed."""
    try:
        client.options(basic_auth=(KIBANA_USER, password)).security.authenticate()
    except AuthenticationException:
        client.security.change_password(username=KIBANA_USER, password=password)
        return True
    return False
