"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.cases.renaming.overdue import RenamingProof

Clock = Callable[[], datetime]


def lapse_renamings(proof: RenamingProof, clock: Clock) -> int:
    """Mark what was not answered in its days, and climb the ladder; return how many steps."""
    return proof.lapse(now=clock()) + proof.climb(now=clock())
