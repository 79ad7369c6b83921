"""``crawl_once`` with its connections written down and its names resolved from a table.

``python -m tests.unit.crawlers.crawl_watched CONNECTIONS-FILE NAMES-JSON …``, then the arguments of ``crawl_once``.
Each connection that the process tries, to whatever address, becomes a line of the file. A name of the table gets its
answers in turn, the last for ever, or none after some seconds, if the table has a number; other names have no address,
and what is no name goes to the system.
"""

import json
import re
import socket
import sys
import time
from pathlib import Path
from typing import Any

from tests.unit.crawlers import crawl_once

_system: Any = socket.getaddrinfo
_NAME = re.compile(r"(?i)[a-z0-9.-]*[g-wyz][a-z0-9.-]*|.*\.test\.?")


class Names:
    """A name server of our own, in the place of the system's."""

    def __init__(self, table: dict[str, list[list[str]] | float]) -> None:
        self._table = table

    def answer(self, host: str, *args: Any, **kwargs: Any) -> Any:
        """Return what the table says of a name, or the system of a literal. Raises gaierror."""
        given = self._table.get(str(host).lower())
        if given is None:
            if _NAME.fullmatch(str(host)) and not str(host).lower().startswith("localhost"):
                raise socket.gaierror(socket.EAI_NONAME, "no such name in the table")
            return _system(host, *args, **kwargs)
        if isinstance(given, int | float):
            time.sleep(given)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer from a slow name server of the table")
        addresses = given.pop(0) if len(given) > 1 else given[0]
        return [entry for address in addresses for entry in _system(address, *args, **kwargs)]


def main() -> None:
    """Watch, then crawl."""
    connections = Path(sys.argv.pop(1)).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - until the process ends
    socket.getaddrinfo = Names(json.loads(sys.argv.pop(1))).answer  # type: ignore[assignment]

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and args[0].family in {socket.AF_INET, socket.AF_INET6}:
            connections.write(f"{args[1][0]}\n")

    sys.addaudithook(watch)
    crawl_once.main()


if __name__ == "__main__":
    main()
