"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from service.tables.actions import Tables


def work_on_imports(tables: Tables, clock: Callable[[], datetime]) -> int:
    """Check and write what waits, and what another process left half way; return how many."""
    done = 0
    while tables.work(now=clock()) is not None:
        done += 1
    return done
