"""The services of the compose file as plain processes: their own commands, their own environment, other places."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))[
    "services"
]


def free_port() -> int:
    """A port of the loopback interface that nobody listens to at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Composition:
    """The compose file in force: ``given`` stands in for .env, ``places`` says where else everything is."""

    folder: Path
    given: Mapping[str, str]
    places: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)

    def text(self, value: str) -> str:
        """A value of the file as Compose would pass it on, moved to where things are in this test."""
        value = re.sub(r"(?<!\$)\$\{([A-Z_]+)(?::([?-])([^}]*))?\}", self._interpolate, value).replace("$$", "$")
        for place, here in self.places.items():
            value = value.replace(place, here)
        return value

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a service; each has an AIRFLOW_HOME of its own, as each container has."""
        kept = {key: os.environ[key] for key in ("HOME", "LANG", "TZ") if key in os.environ}
        home = self.folder / name
        home.mkdir(exist_ok=True)
        service = {key: self.text(str(value)) for key, value in SERVICES[name].get("environment", {}).items()}
        moved = {key: value.replace("/var/lib/airflow", str(home)) for key, value in service.items()}
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        return kept | moved | {"PATH": path, "AIRFLOW_HOME": str(home)} | dict(self.extra)

    def command(self, name: str) -> list[str]:
        """The command of a service."""
        service = SERVICES[name]
        return [self.text(word) for word in (*service.get("entrypoint", ()), *service["command"])]

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start a service; what it says is in ``<name>.log``."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                self.command(name),
                env=self.environment(name),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self, name: str) -> str:
        """The end of what a service has said."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-6000:]

    def is_healthy(self, name: str) -> bool:
        """Run the service's own health check."""
        kind, *words = [self.text(word) for word in SERVICES[name]["healthcheck"]["test"]]
        command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        checked = subprocess.run(command, env=self.environment(name), cwd=ROOT, capture_output=True, timeout=120)
        return checked.returncode == 0

    def _interpolate(self, found: re.Match[str]) -> str:
        name, sign, rest = found.groups()
        if self.given.get(name):
            return self.given[name]
        assert sign == "-", f"{name} must be given: {rest}"
        return str(rest)
