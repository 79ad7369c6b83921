"""``kill -9`` in the middle of real passes, crawl to mail: at every named step, and at random moments."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog

from tests.reliability.failpoints import IN_ORDER
from tests.reliability.standing import Standing, compare, compare_mails
from tests.reliability.world import SITES, World, Worlds, open_worlds

log = structlog.get_logger(__name__)

AT_RANDOM = "at a random moment"


@dataclass(slots=True)
class Life:
    """What came of one watch that died some times: ``doubled_mails`` counts second copies by the death before them."""

    kills: int = 0
    missed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    doubled_mails: Counter[str] = field(default_factory=Counter)
    most_per_kill: int = 0
    accounted: bool = True


def at_failpoints(_seed: int, long: bool) -> dict[str, Any]:
    """Lives (one, or ten) in which each pass dies at the next step. The order is the pass's own, whatever the seed."""
    lives = [[point.name for point in IN_ORDER]] * (10 if long else 1)
    with open_worlds() as worlds:
        reference = worlds.undisturbed()
        ended = [_live(worlds, life, reference) for life in lives]
    result = _sum_up(ended)
    allowed = {point.name for point in IN_ORDER if point.may_double}
    misplaced = sorted(set(result["doubled_mails"]) - allowed)
    return result | {
        "failpoints": len(IN_ORDER),
        "mails_doubled_elsewhere": misplaced,
        "held": result["held"] and not misplaced and not result["missed"],
    }


def at_random(seed: int, long: bool) -> dict[str, Any]:
    """Lives of some kills each, at moments drawn from the seed; then a pass that goes through."""
    chance = random.Random(seed)
    wanted, at_once = (200, 4) if long else (2, 2)
    lives: list[Life] = []
    with open_worlds(sites=SITES if long else SITES[:2]) as worlds:
        with worlds.new() as world:
            began = time.monotonic()
            world.run()
            whole = time.monotonic() - began
            reference = world.look()
        while sum(life.kills for life in lives) < wanted:
            moments = [chance.uniform(0.02, 1.0) * whole for _ in range(at_once)]
            lives.append(_live(worlds, moments, reference))
    return _sum_up(lives) | {"seconds_of_a_whole_pass": round(whole, 1)}


def _live(worlds: Worlds, deaths: Sequence[str | float], reference: Standing) -> Life:
    """Die some times (at a named step, or after so many seconds), then make one whole pass and look."""
    life = Life()
    with worlds.new() as world:
        cause = None
        for death in deaths:
            before = _copies(world)
            named = death if isinstance(death, str) else None
            ended = world.run(failpoint=named, kill_after=None if isinstance(death, str) else death)
            life.kills += ended.killed
            if named and not ended.killed:
                life.missed.append(named)
            _blame(life, cause, _copies(world) - before)
            cause = named or AT_RANDOM
        before = _copies(world)
        world.run()
        _blame(life, cause, _copies(world) - before)
        _judge(life, world, reference)
    log.info("a life was lived", **asdict(life))
    return life


def _blame(life: Life, cause: str | None, copies: int) -> None:
    """A second copy is due to the death of the pass before the one that sent it."""
    if copies:
        life.doubled_mails[str(cause)] += copies
        life.most_per_kill = max(life.most_per_kill, copies)


def _judge(life: Life, world: World, reference: Standing) -> None:
    found = world.look()
    difference = compare(found, reference)
    life.lost += difference.lost + compare_mails(found, world.server).lost
    life.doubled += difference.doubled
    life.accounted = world.accounted


def _copies(world: World) -> int:
    """How many mails came that had come before, by Message-ID."""
    ids = [mail.message_id for mail in world.server.received]
    return len(ids) - len(set(ids))


def _sum_up(lives: Sequence[Life]) -> dict[str, Any]:
    doubled_mails: Counter[str] = Counter()
    for life in lives:
        doubled_mails += life.doubled_mails
    result: dict[str, Any] = {
        "lives": len(lives),
        "kills": sum(life.kills for life in lives),
        "lost": [one for life in lives for one in life.lost],
        "doubled_in_ledger_or_index": [one for life in lives for one in life.doubled],
        "doubled_mails": dict(doubled_mails),
        "most_doubled_per_kill": max(life.most_per_kill for life in lives),
        "missed": [one for life in lives for one in life.missed],
        "accounted": all(life.accounted for life in lives),
    }
    wrong = result["lost"] or result["doubled_in_ledger_or_index"] or result["most_doubled_per_kill"] > 1
    return result | {"held": not wrong and result["accounted"]}
