"""Where the compiled modules of this room lie, if they were built from the sources that lie here.

``make compiled`` builds them with mypyc into a folder of the checkout that is named by the digest of the sources. After
an edit the digest is another, so that what was edited is what runs.
"""

import hashlib
import sys
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

KEPT_IN = ".compiled"
"""The folder of the checkout that holds a folder for each digest."""


@cache
def compiled_folder() -> Path | None:
    """The folder of what was compiled of these very sources for this release of Python; None when there is none."""
    room = files("detection")
    if not isinstance(room, Path) or not (room.parent / KEPT_IN).is_dir():
        return None  # nothing was compiled here: no source need be read
    folder = place_for_compiled()
    return folder if folder is not None and folder.is_dir() else None


def place_for_compiled() -> Path | None:
    """Where that folder is or would be; None when the room is not a folder on disk."""
    room = files("detection")
    if not isinstance(room, Path):
        return None
    digest = hashlib.sha256(sys.implementation.cache_tag.encode())
    for name, source in sorted(contents_of(room, (".py",))):
        digest.update(name.encode() + b"\0" + source + b"\0")
    return room.parent / KEPT_IN / digest.hexdigest()[:16]


def compiled_path(package: str) -> list[str]:
    """Where a package of the room looks first for its modules: nowhere special when nothing is compiled."""
    folder = compiled_folder()
    if folder is None:
        return []
    if str(folder) not in sys.path:
        sys.path.append(str(folder))  # each compiled module asks for the library of all as a module without a package
    return [str(folder.joinpath(*package.split(".")))]


def contents_of(folder: Traversable, endings: tuple[str, ...], prefix: str = "") -> list[tuple[str, bytes]]:
    """Name, from the folder on, and content of each file below a folder whose name ends so; in no order."""
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += contents_of(entry, endings, f"{prefix}{entry.name}/")
        elif entry.name.endswith(endings):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
