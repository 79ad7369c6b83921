"""The script: ticks, and what appears, is copied and is corrected at each. Data, from ``plays/<name>.yml``."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Self

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).parent / "plays"
ARTICLES = Path(__file__).parent / "articles"


class Text(BaseModel):
    """What a journalist wrote: ``articles/<site>/<slug>.yml``. Paragraphs of ``text`` are divided by empty lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    published: AwareDatetime
    author: str | None = None
    summary: str
    text: str


class Copy(BaseModel):
    """An article (``of``) reprinted by another site, verbatim or with light edits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    site: str
    published: AwareDatetime
    title: str | None = None
    replace: dict[str, str] = Field(default_factory=dict)
    drop_last: int = 0
    credit: str | None = None


class Correction(BaseModel):
    """A change to an article that has appeared. Each piece of text to be replaced must be in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    title: str | None = None
    replace: dict[str, str] = Field(default_factory=dict)


class Tick(BaseModel):
    """One moment of a play; everything in it can be fetched from ``at`` on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    at: AwareDatetime
    publish: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Play(BaseModel):
    """Ticks in the order of time, with names that are unique."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticks: tuple[Tick, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for earlier, later in pairwise(self.ticks):
            if not earlier.at < later.at:
                raise ValueError(f"tick {later.name} is not after {earlier.name}")
        if len({tick.name for tick in self.ticks}) != len(self.ticks):
            raise ValueError("two ticks have one name")
        return self


def load_play(*names: str) -> Play:
    """Return the plays of these names as one, their ticks one after another."""
    ticks = [tick for name in names for tick in yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))]
    return Play.model_validate({"ticks": ticks})


def play_names() -> tuple[str, ...]:
    """Return the names of the plays there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


@cache
def load_text(article: str) -> Text:
    """Return the text of ``site/slug``."""
    return Text.model_validate(yaml.safe_load((ARTICLES / f"{article}.yml").read_text(encoding="utf-8")))
