"""``make secrets``: fills in the secrets of ``.env``, and leaves alone what is there. Python's own library alone.

So it runs before anything is installed: ``python3 -m watch.stack.passwords [FOLDER]``.
"""

import base64
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from watch.stack.files import write_whole

_LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")
_SECRET = re.compile(r"PASSWORD$|SECRET$|_KEY$")

FORMS: Mapping[str, Callable[[], str]] = {
    "AIRFLOW_FERNET_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "AIRFLOW_JWT_SECRET": lambda: secrets.token_hex(64),  # HS512 asks for 64 bytes at least
}
"""The secrets that must have a certain form; every other is 64 hexadecimal digits: they stand in URLs and in JSON."""


def fill_in(example: str, there: str | None) -> tuple[str, list[str], list[str]]:
    """Return the text of ``.env``, the secrets that were made, and the variables that are for people to fill in.

    ``there`` is the text of the file as it is, None when there is none: then it begins as ``example``. A value is
    never changed; a variable of the example that the file lacks is added at its end.
    """
    lines = (example if there is None else there).splitlines()
    known = {found[1] for line in lines if (found := _LINE.match(line))}
    missing = [line for line in example.splitlines() if (found := _LINE.match(line)) and found[1] not in known]
    made, left = [], []
    for at, line in enumerate(lines := [*lines, *missing]):
        found = _LINE.match(line)
        if found is None or found[2].strip():
            continue
        if _SECRET.search(found[1]):
            lines[at] = f"{found[1]}={FORMS.get(found[1], lambda: secrets.token_hex(32))()}"
            made.append(found[1])
        else:
            left.append(found[1])
    return "\n".join(lines) + "\n", made, left


def main() -> int:
    """Write ``.env`` beside ``.env.example`` for its owner alone, and say what is left to do; shows no secret."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    path = folder / ".env"
    try:
        example = (folder / ".env.example").read_text(encoding="utf-8")
        there = path.read_text(encoding="utf-8") if path.exists() else None
        text, made, left = fill_in(example, there)
        if text != there:
            write_whole(path, text.encode(), mode=0o600)
        path.chmod(0o600)
    except (OSError, UnicodeDecodeError) as error:
        print(f"make secrets: {error}", file=sys.stderr)  # noqa: T201
        return 2
    print(f"{path}: made {', '.join(made) or 'nothing: every secret is there'}")  # noqa: T201
    if left:
        print(f"{path}: fill in {', '.join(left)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
