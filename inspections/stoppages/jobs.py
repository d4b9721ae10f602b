"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.stoppages.actions import Stoppages

Clock = Callable[[], datetime]


def chase(stoppages: Stoppages, clock: Clock) -> int:
    """Mark what was not proven out of use in time; return how many."""
    return stoppages.chase(now=clock())
