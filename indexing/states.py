"""ISO 3166 codes of the states that findings name."""

from functools import lru_cache

from detection.states import find_states


@lru_cache(maxsize=4096)
def state_code(name: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a state named in English; None for a body, or no name at all."""
    wanted = (name or "").removeprefix("the ").strip()
    for mention in find_states(wanted, "en"):
        if mention.kind == "name" and (mention.start, mention.end) == (0, len(wanted)):
            return mention.code
    return None
