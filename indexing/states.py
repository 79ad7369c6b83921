"""ISO 3166 codes of states by the English names that findings carry."""

from functools import cache

from babel import Locale


@cache
def _codes_by_name() -> dict[str, str]:
    territories = Locale("en").territories
    return {str(name).casefold(): str(code) for code, name in territories.items() if len(str(code)) == 2}


def state_code(name: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a state named in English; None for a body, or no name at all."""
    return None if name is None else _codes_by_name().get(name.casefold())
