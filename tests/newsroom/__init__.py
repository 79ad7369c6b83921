"""A small local web that plays a script of ticks: the stage of the end-to-end tests, the demo and the benchmark.

Sites are files in ``sites/``, their texts files in ``articles/``, the script files in ``plays/``, and
what can go wrong with a site one file each in ``faults/``. All texts are our own; every agency is
invented. ``python -m tests.newsroom --help`` runs it as a program.
"""

from tests.newsroom.newsroom import Newsroom
from tests.newsroom.plays import load_play

__all__ = ["Newsroom", "load_play"]
