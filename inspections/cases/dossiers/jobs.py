"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.cases.dossiers.actions import Dossiers

Clock = Callable[[], datetime]


def chase_persons(dossiers: Dossiers, clock: Clock) -> int:
    """Mark who was not shown to be off work in time; return how many."""
    return dossiers.chase(now=clock())
