"""What the timetable calls."""

from collections.abc import Callable
from datetime import datetime

from inspections.namechecks.actions import NameChecks


def check_registers(name_checks: NameChecks, clock: Callable[[], datetime]) -> int:
    """Do the checks of the register that wait, or were left half way; return how many."""
    done = 0
    while name_checks.work(clock=clock) is not None:
        done += 1
    return done
