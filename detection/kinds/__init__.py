"""One module per kind of finding; each has ``find(reading)``."""
