"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from media.uploads.actions import BATCH, Uploads


def sweep_uploads(uploads: Uploads, clock: Callable[[], datetime]) -> int:
    """Throw away uploads that ran out or whose photo is kept; return how many."""
    done = 0
    while swept := uploads.sweep(now=clock()):
        done += swept
        if swept < BATCH:
            break
    return done
