"""How the web is asked: the address guard, limits, politeness, conditional requests."""
