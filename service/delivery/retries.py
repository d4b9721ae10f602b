"""The rules of trying again: later each time, never all at once, and not for ever."""

from datetime import timedelta

ATTEMPTS = 10
"""After as many a delivery is a dead letter: about a day."""

FIRST = timedelta(seconds=10)
GROWTH = 3.0
LONGEST = timedelta(hours=6)


def delay_after(attempts: int, chance: float) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None for ever.

    `chance`, from 0 to 1, spreads what failed together: the delay is half of it at least.
    """
    if attempts >= ATTEMPTS:
        return None
    whole = min(LONGEST, FIRST * GROWTH ** max(0, attempts - 1))
    return whole * (0.5 + chance / 2)
