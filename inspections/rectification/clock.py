"""The clock of a notice: it starts with service, stops and goes on for a reason, and is extended.

What happened to it explains its deadline. Days before the day on which it stopped count as used;
the day on which it goes on is a first day and is not counted (as 民法典 201 has it), and what is
left follows. An extension adds days of the notice's own kind.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from inspections.rectification.calendar import deadline
from inspections.rectification.errors import (
    ClockStands,
    ClockStops,
    ExtensionTooLong,
    NoRequest,
    OwnRequest,
    RequestOpen,
    StepNotAllowed,
)
from inspections.rectification.model import (
    Calendar,
    ClockStep,
    ClockStepKind,
    DayKind,
    ExtensionRequest,
    Notice,
    Service,
    Status,
)
from media.days import day_in_shanghai

RUNNING = (Status.SERVED, Status.ACKNOWLEDGED, Status.RESPONDED, Status.REOPENED)
"""The statuses in which the clock runs: what is not verified by the deadline is overdue."""

A_DAY = timedelta(days=1)


def reckoned(notice: Notice, service: Service, calendar: Calendar) -> Notice:
    """Return the notice with its deadline by the calendar and by all that happened to its clock.

    While the clock stands the deadline stays what it was: it is reckoned when it goes on.
    """
    start, left = first_day(notice, service), notice.days
    told: list[tuple[str, str]] = []
    for step in notice.clock:
        day = day_in_shanghai(step.at)
        if step.kind is ClockStepKind.EXTENDED:
            left += step.days or 0
            told.append((f"{day} 延长 {step.days} 天", f"extended by {step.days} on {day}"))
        elif step.kind is ClockStepKind.STOPPED:
            left = max(1, left - used(start, day, notice.day_kind, calendar))
            told.append((f"{day} 中止，余 {left} 天", f"stopped on {day} with {left} left"))
        else:
            start = day
            told.append((f"{day} 恢复计算", f"going on from {day}"))
    if notice.stopped_at is not None:
        return notice
    last = deadline(start, left, notice.day_kind, calendar, roll=notice.last_day_moves)
    zh, en = (_joined([each[at] for each in told], ("；", "; ")[at]) for at in (0, 1))
    return replace(
        notice,
        due=last.due,
        due_at=last.due_at,
        provisional=last.provisional,
        due_why=(zh + last.why_zh, en + last.why_en),
    )


def first_day(notice: Notice, service: Service) -> date:
    """Return the day that is not counted: that of service, or the one before as a bureau has it."""
    served = day_in_shanghai(service.served_at)
    return served - A_DAY if notice.first_day_counts else served


def used(start: date, stopped: date, kind: DayKind, calendar: Calendar) -> int:
    """Return the days that counted after `start` and before the day on which the clock stopped."""
    between = [start + A_DAY * number for number in range(1, (stopped - start).days)]
    if kind is DayKind.CALENDAR:
        return len(between)
    return sum(calendar.works(day) for day in between)


def stop(notice: Notice, *, why: str, by: str, at: datetime) -> Notice:
    """Return the notice with its clock standing. Raises StepNotAllowed, ClockStands."""
    _must_run(notice, "stop", at)
    if notice.stopped_at is not None:
        raise ClockStands
    return _stepped(notice, ClockStep(ClockStepKind.STOPPED, at, by, why), stopped_at=at)


def restart(
    notice: Notice, service: Service, calendar: Calendar, *, why: str, by: str, at: datetime
) -> Notice:
    """Return the notice with its clock going on.

    Raises StepNotAllowed, ClockStops where it does not stand.
    """
    _must_be_open(notice, "restart")
    if notice.stopped_at is None:
        raise ClockStops
    going = _stepped(notice, ClockStep(ClockStepKind.RESTARTED, at, by, why), stopped_at=None)
    return reckoned(going, service, calendar)


def ask(notice: Notice, *, days: int, why: str, by: str, at: datetime) -> Notice:
    """Return the notice with a request for more days.

    Raises StepNotAllowed, RequestOpen, and ExtensionTooLong where all extensions together would
    exceed the period itself.
    """
    _must_run(notice, "extend", at)
    if notice.request is not None:
        raise RequestOpen
    given = sum(step.days or 0 for step in notice.clock)
    if given + days > notice.days:
        raise ExtensionTooLong(most=notice.days - given)
    request = ExtensionRequest(days, why, at, by)
    return replace(notice, request=request, changed_at=at, revision=notice.revision + 1)


def decide(
    notice: Notice,
    service: Service,
    calendar: Calendar,
    *,
    approve: bool,
    by: str,
    at: datetime,
) -> Notice:
    """Return the notice with its request decided. Raises NoRequest, OwnRequest, StepNotAllowed."""
    request = notice.request
    _must_be_open(notice, "extend")
    if request is None:
        raise NoRequest
    if request.by == by:
        raise OwnRequest
    if not approve:
        return replace(notice, request=None, changed_at=at, revision=notice.revision + 1)
    _must_run(notice, "extend", at)
    step = ClockStep(ClockStepKind.EXTENDED, at, by, request.why, request.days)
    return reckoned(_stepped(replace(notice, request=None), step), service, calendar)


def service_of(notice: Notice) -> Service:
    """Return the service from which its clock runs. Raises StepNotAllowed: a draft has none."""
    if notice.service is None:
        raise StepNotAllowed(step="clock", status=notice.status.value, told=notice.status.told)
    return notice.service


def _stepped(notice: Notice, step: ClockStep, **changed: datetime | None) -> Notice:
    revision = notice.revision + 1
    clock = (*notice.clock, step)
    return replace(notice, clock=clock, changed_at=step.at, revision=revision, **changed)  # type: ignore[arg-type]


def _must_run(notice: Notice, step: str, at: datetime) -> None:
    """What lapsed already is overdue: neither a stop nor an extension undoes that."""
    _must_be_open(notice, step)
    if notice.stopped_at is None and (notice.due_at is None or notice.due_at <= at):
        raise StepNotAllowed(step=step, status=notice.status.value, told=notice.status.told)


def _must_be_open(notice: Notice, step: str) -> None:
    """What is verified, closed or gone has no deadline; reopened, its clock goes on from there."""
    if notice.status not in RUNNING:
        raise StepNotAllowed(step=step, status=notice.status.value, told=notice.status.told)


def _joined(told: Sequence[str], mark: str) -> str:
    return "".join(each + mark for each in told)
