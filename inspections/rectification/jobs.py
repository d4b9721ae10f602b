"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.rectification.actions import Rectification

BATCH = 500


def mark_overdue(rectification: Rectification, clock: Callable[[], datetime]) -> int:
    """Mark every notice that lapsed, however long the worker was away; return how many."""
    marked = 0
    while True:
        batch = rectification.mark_overdue(now=clock(), limit=BATCH)
        marked += batch
        if batch < BATCH:
            return marked
