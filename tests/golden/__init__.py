"""Golden sets of our own making, and the gate that lets no measured quality fall."""
