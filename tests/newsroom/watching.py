"""The real command ``convention-watch`` as a child process, pointed at the newsroom."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import yaml

from tests.newsroom.accounting import is_accounted
from tests.newsroom.newsroom import Newsroom

COMMAND = Path(sys.executable).with_name("convention-watch")
TIMEOUT_SECONDS = 240


class CommandFailed(AssertionError):
    """The command ended otherwise than was expected; the message holds what it wrote."""


@dataclass
class Watch:
    """A watch with a state of its own in ``home``, over a newsroom; the newsroom's tick stands for now.

    ``settings`` are those of CONVENTION_WATCH_… without the prefix, beside or instead of the usual ones.
    """

    newsroom: Newsroom
    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def over(cls, newsroom: Newsroom, home: Path, subscriptions: list[dict[str, Any]], **settings: str) -> "Watch":
        """Write the sources and subscriptions of a new watch into ``home``; mails go to ``home/mail``."""
        newsroom.write_sources(home / "sources")
        (home / "subscriptions.yml").write_text(yaml.safe_dump(subscriptions), encoding="utf-8")
        return cls(newsroom, home, settings)

    def environment(self) -> dict[str, str]:
        """Return the environment of the command: nothing of CONVENTION_WATCH_… is taken over from our own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CONVENTION_WATCH_")}
        usual = {
            "HOME": str(self.home),
            "SOURCES": str(self.home / "sources"),
            "SMTP": f"maildir:{self.home / 'mail'}",
            "OPERATOR": "operator@example.org",
            "CONTACT": "https://convention-watch.example/about",
            "ALLOW_NETWORKS": "127.0.0.0/8",
            "AS_OF": self.newsroom.as_of,
        }
        given = {f"CONVENTION_WATCH_{name}": value for name, value in {**usual, **self.settings}.items()}
        return {**kept, **given}

    def call(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Call the command and wait; raise CommandFailed when it does not exit with ``status``."""
        done = subprocess.run(
            [COMMAND, *arguments],
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        if done.returncode != status:
            raise CommandFailed(f"{arguments} exited with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done

    def ask(self, *arguments: str) -> list[dict[str, Any]]:
        """Call the command with --json and return the objects that it printed; every pass accounts for every item."""
        told = [json.loads(line) for line in self.call(*arguments, "--json").stdout.splitlines()]
        if arguments[0] in ("run", "crawl") and not all(map(is_accounted, told)):
            raise CommandFailed(f"{arguments} does not account for every item: {told}")
        return told

    def run(self) -> dict[str, Any]:
        """Make one whole pass and return its counts."""
        (counts,) = self.ask("run")
        return counts

    def developments(self, kind: str | None = None) -> list[dict[str, Any]]:
        """Return the developments, those of one kind if it is given."""
        return [one for one in self.ask("developments") if kind in (None, one["kind"])]

    def mails(self) -> list[EmailMessage]:
        """Return the mails in the Maildir, the oldest first."""
        return read_maildir(self.home / "mail")


def read_maildir(folder: Path) -> list[EmailMessage]:
    """Return the messages of a Maildir in the order in which they came; none when it is not there."""
    files = sorted(folder.glob("new/*"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


def plain_text(message: EmailMessage) -> str:
    """Return the text part of a mail."""
    part = message.get_body(("plain",))
    if part is None:
        raise CommandFailed(f"{message['Message-ID']} has no text part")
    return str(part.get_content())
