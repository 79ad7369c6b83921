"""The fault street: what can be wrong with a site, one module each.

A fault is a module of this package with ``def respond(request, reply)``: it gets the request and the
honest reply, and returns what is sent instead; None breaks the connection off. It may leave some paths alone.
``Newsroom.break_site(site, "<module>")`` puts it in force and ``mend_site`` ends it.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from tests.newsroom.exchanges import Reply, Request

Fault = Callable[[Request, Reply], Reply | None]


def load_fault(name: str) -> Fault:
    """Return the fault of this name; raise ModuleNotFoundError when there is none."""
    fault: Fault = import_module(f"{__name__}.{name}").respond
    return fault


def fault_names() -> tuple[str, ...]:
    """Return the names of all faults."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))
