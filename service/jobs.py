"""What the timetable calls of the shell itself."""

from service.database import end_abandoned
from service.rooms import Rooms

IDLE = 2.0
"""Seconds that a transaction without a connection must have stood still."""


def free_abandoned(rooms: Rooms) -> int:
    """End what killed processes left open, so that it holds up no case; return how many."""
    return end_abandoned(rooms.client, IDLE)
