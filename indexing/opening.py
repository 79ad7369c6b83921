"""Opens the index that the settings name."""

from pathlib import Path

from indexing.embedded import EmbeddedIndex
from indexing.index import Index

__all__ = ["INDEX_PREFIX", "Index", "open_index"]

INDEX_PREFIX = "convention-watch"


def open_index(
    target: str, *, home: Path, api_key: str | None = None, ca: Path | None = None, prefix: str = INDEX_PREFIX
) -> Index:
    """Return the index at ``target``: ``embedded`` (a file in ``home``) or the URL of an Elasticsearch.

    Nothing is asked of it yet, so that a pass begins even when it does not answer. ``ca`` is a PEM file of the
    authority that signed the server's certificate; ``prefix`` begins the name of every index and alias.
    """
    if target == "embedded":
        return EmbeddedIndex(home / "index.sqlite")
    from indexing.cluster import ClusterIndex  # the client takes a while to load: only for those who use it

    return ClusterIndex.connect(target, api_key=api_key, ca=ca, prefix=prefix)
