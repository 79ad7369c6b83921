"""A Maildir: mail as files in a folder, for a machine without a mail server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from alerting.rendering import Letter
from alerting.sessions import ServerUnreachable, Session


class MaildirTransport:
    """A folder in Maildir form. A letter's file is named by its Message-ID, so handing it over twice leaves one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Make the folder if need be; ServerUnreachable when it cannot be made."""
        try:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerUnreachable(f"maildir {self._folder}: {error}") from error
        yield self

    def send(self, letter: Letter) -> str:
        """Write the letter, on disk before this returns; one that is there already, read or unread, is left alone."""
        name = f"{sha256(letter.message_id.encode()).hexdigest()[:32]}.convention-watch"
        try:
            if (self._folder / "new" / name).exists() or any((self._folder / "cur").glob(f"{name}*")):
                return "already there"
            # Another process may write the same letter at this moment: each has a temporary file of its own.
            draft = self._folder / "tmp" / f"{name}.{os.getpid()}"
            with draft.open("wb") as file:
                file.write(letter.content.replace(b"\r\n", b"\n"))
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._folder / "new" / name)
            self._sync_folder()
        except OSError as error:
            raise ServerUnreachable(f"maildir {self._folder}: {error}") from error
        return "written"

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder / "new", os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
