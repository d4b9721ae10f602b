"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.rectification.deadlines import Deadlines, until_done

Clock = Callable[[], datetime]


def mark_overdue(deadlines: Deadlines, clock: Clock) -> int:
    """Mark every notice that lapsed, however long the worker was away; return how many."""
    return until_done(lambda: deadlines.mark_overdue(now=clock()))


def remind(deadlines: Deadlines, clock: Clock) -> int:
    """Remind of every deadline that comes near; return how many."""
    return until_done(lambda: deadlines.remind(now=clock()))
