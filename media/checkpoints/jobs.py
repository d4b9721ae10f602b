"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from media.checkpoints.actions import Checkpoints
from media.checkpoints.errors import NoSigningKey
from media.checkpoints.stamps import Stamps


def checkpoint(checkpoints: Checkpoints, clock: Callable[[], datetime]) -> int:
    """Sign what was recorded since the last checkpoint; return how many were made.

    Without a key none is: `huyuan evidence verify` and the metrics tell when the last one was.
    """
    try:
        return int(checkpoints.make(now=clock()) is not None)
    except NoSigningKey:
        return 0


def stamp(stamps: Stamps, clock: Callable[[], datetime]) -> int:
    """Ask the time-stamping authority for what is wanting; return how many stamps came."""
    return stamps.stamp(clock)
