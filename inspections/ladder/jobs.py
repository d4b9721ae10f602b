"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.ladder.actions import Ladder

Clock = Callable[[], datetime]


def climb(ladder: Ladder, clock: Clock) -> int:
    """Have due what the bureaus' ladders say of overdue notices; return how many measures."""
    return ladder.climb(now=clock())


def end_measures(ladder: Ladder, clock: Clock) -> int:
    """End what stands against notices that were closed since; return how many."""
    return ladder.end(now=clock())
