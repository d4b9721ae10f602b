"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from inspections.calendars.actions import Calendars
from inspections.rectification.model import Calendar


class Deadlines(Protocol):
    """Whose deadlines they are: the room of notices."""

    def reckon_again(self, calendar: Calendar, *, now: datetime) -> int:
        """Reckon what runs by the calendar; return how many moved."""


def reckon(calendars: Calendars, deadlines: Deadlines, clock: Callable[[], datetime]) -> int:
    """Reckon every running deadline by what was announced; return how many moved."""
    return calendars.reckon(lambda: deadlines.reckon_again(calendars.calendar(), now=clock()))
