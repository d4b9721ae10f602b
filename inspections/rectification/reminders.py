"""The rules of a deadline's stages: when a reminder is due, and when it no longer is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from inspections.rectification.model import Notice, Reminder, Status

STAGES = (3, 1)
"""Days before the deadline on which the director is reminded: the bureau's setting."""

AWAITED = (Status.SERVED, Status.ACKNOWLEDGED, Status.REOPENED)
"""The statuses in which the director has yet to do something."""


def stage_due(notice: Notice, now: datetime, stages: Sequence[int]) -> int | None:
    """Return the stage, in days before the deadline, that is to be told now; None for none.

    Of several that have passed, only the latest matters; past the deadline none does. A stage that
    had passed when the service was recorded needs no telling: the service told the deadline.
    """
    if (
        notice.status not in AWAITED
        or notice.stopped_at is not None
        or notice.due_at is None
        or notice.due_at <= now
    ):
        return None
    passed = [days for days in stages if moment_of(notice.due_at, days) <= now]
    if not passed:
        return None
    latest = min(passed)
    told = notice.reminded
    if told is not None and told.due_at == notice.due_at and told.days <= latest:
        return None
    recorded = notice.service.recorded_at if notice.service else None
    if recorded is not None and moment_of(notice.due_at, latest) < recorded:
        return None
    return latest


def remind(notice: Notice, days: int, now: datetime) -> Notice:
    """Return the notice with the stage told.

    Its revision stays: nothing of it changed for those who write to it.
    """
    assert notice.due_at is not None
    return replace(notice, reminded=Reminder(notice.due_at, days, now))


def moment_of(due_at: datetime, days: int) -> datetime:
    """Return when a stage begins."""
    return due_at - timedelta(days=days)
