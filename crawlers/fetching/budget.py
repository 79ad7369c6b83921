"""Network time as something that runs out: what one slow source may take from a pass."""

from scrapy.exceptions import IgnoreRequest

LEAST = 0.1  # seconds; with less left a request is not begun


class OutOfTime(IgnoreRequest):
    """The network time of this source, or of its ways, is used up for this pass."""


class Budget:
    """Seconds of network time that may be spent, ``within`` a larger budget; ``spent`` counts those that were."""

    def __init__(self, seconds: float, within: "Budget | None" = None) -> None:
        self.seconds = seconds
        self.spent = 0.0
        self._within = within

    def bound(self, timeout: float) -> float:
        """Return the seconds that one more request may take, ``timeout`` at most. Raises OutOfTime."""
        left = self.seconds - self.spent
        if left < LEAST:
            raise OutOfTime(f"its {self.seconds:g} seconds of network time are used up in this pass")
        return min(timeout, left) if self._within is None else self._within.bound(min(timeout, left))

    def spend(self, seconds: float) -> None:
        """Count what a request took."""
        self.spent += seconds
        if self._within is not None:
            self._within.spend(seconds)
