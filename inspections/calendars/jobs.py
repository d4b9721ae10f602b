"""What the timetable calls."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from inspections.calendars.actions import Calendars
from inspections.rectification.model import Calendar


class Reckoned(Protocol):
    """A room whose deadlines go by the calendar."""

    def reckon_again(self, calendar: Calendar, *, now: datetime) -> int:
        """Reckon what runs by the calendar; return how many moved."""


def reckon(calendars: Calendars, rooms: Sequence[Reckoned], clock: Callable[[], datetime]) -> int:
    """Reckon every running deadline by what was announced; return how many moved."""

    def again() -> int:
        calendar, now = calendars.calendar(), clock()
        return sum(room.reckon_again(calendar, now=now) for room in rooms)

    return calendars.reckon(again)
