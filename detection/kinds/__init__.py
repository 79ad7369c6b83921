"""One module per kind of finding; each has ``find(reading)``."""

from detection.compiled import compiled_path

__path__[:0] = compiled_path(__name__)
