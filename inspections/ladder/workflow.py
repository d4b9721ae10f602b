"""The rules of the ladder: which rung an overdue notice has reached, and what may follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from inspections.bureaus.model import Measure, Rung
from inspections.ladder.errors import MeasureStepNotAllowed, RecordLacks
from inspections.ladder.model import Escalation, Overdue, Status, Step, Taken
from inspections.rectification import calendar as days
from inspections.rectification.model import Calendar, DayKind, Notice
from media.days import day_in_shanghai

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.DUE, Step.TAKE): Status.TAKEN,
    (Status.DUE, Step.WAIVE): Status.WAIVED,
    (Status.DUE, Step.END): Status.LAPSED,
    (Status.TAKEN, Step.END): Status.LIFTED,
}

MAJOR = "major_hazard"


@dataclass(frozen=True)
class Climb:
    """What a look at an overdue notice comes to: `next_at` None where no rung is left."""

    reached: tuple[Escalation, ...]
    next_at: datetime | None


def of_notice(notice: Notice) -> Overdue:
    """Return an overdue notice as the ladder sees it."""
    assert notice.overdue_at is not None
    open_ = [each for each in notice.corrections if each.open]
    named = [each for item in open_ for clause in item.standard for each in clause.lead]
    return Overdue(
        notice.id,
        notice.number,
        notice.case_id,
        notice.kindergarten_id,
        notice.kindergarten_name,
        notice.region,
        notice.overdue_at,
        any(each.severity == MAJOR for each in open_),
        tuple(dict.fromkeys(named)),
        tuple(each.finding_id for each in open_),
    )


def climb(
    overdue: Overdue,
    ladder: Sequence[Rung],
    made: Iterable[str],
    calendar: Calendar,
    *,
    now: datetime,
) -> Climb:
    """Return the measures that became due and are not among those `made` (ids), in their order.

    Several may be due at once after a time down: each is there, with the instant it was due.
    """
    known, reached, later = set(made), [], []
    for number, rung in enumerate(ladder, 1):
        moment = moment_of(rung, overdue.overdue_at, calendar)
        if moment > now:
            later.append(moment)
        elif rung.major_only and not overdue.major:
            continue
        elif (due := _due(overdue, rung, number, moment, now)).id not in known:
            reached.append(due)
            known.add(due.id)
    return Climb(tuple(reached), min(later, default=None))


def moment_of(rung: Rung, overdue_at: datetime, calendar: Calendar) -> datetime:
    """Return the instant at which a rung is reached: its days after the lapse are over."""
    if rung.after_days == 0:
        return overdue_at
    kind = DayKind.WORKING if rung.working else DayKind.CALENDAR
    last_day = day_in_shanghai(overdue_at)
    return max(
        overdue_at,
        days.deadline(last_day, rung.after_days, kind, calendar, roll=False).due_at,
    )


def take(escalation: Escalation, taken: Taken) -> Escalation:
    """Return the measure as it was taken. Raises MeasureStepNotAllowed, RecordLacks."""
    after = advance(escalation, Step.TAKE)
    lacking = [
        words
        for lacks, words in (
            (
                escalation.measure is Measure.FORMAL_INTERVIEW and not taken.attendees,
                ("约谈参加人", "who attended the interview"),
            ),
            (
                escalation.measure is Measure.FORMAL_INTERVIEW and not taken.place,
                ("约谈地点", "where the interview was held"),
            ),
            (
                escalation.measure in (Measure.REFERRAL, Measure.PENALTY_REFERRAL)
                and not escalation.departments,
                ("移送部门", "the department that it is referred to"),
            ),
        )
        if lacks
    ]
    if lacking:
        zh, en = "、".join(each[0] for each in lacking), ", ".join(each[1] for each in lacking)
        raise RecordLacks(why=(zh, en))
    return replace(after, taken=taken)


def waive(escalation: Escalation, *, why: str, at: datetime) -> Escalation:
    """Return the measure not taken, for a reason. Raises MeasureStepNotAllowed."""
    return replace(advance(escalation, Step.WAIVE), why=why, ended_at=at)


def end(escalation: Escalation, notice: Notice) -> Escalation | None:
    """Return the measure ended by the closure of its notice; None where nothing ends."""
    over = notice.closed_at or (notice.changed_at if notice.status.value == "revoked" else None)
    return None if over is None else end_at(escalation, over)


def end_at(escalation: Escalation, over: datetime) -> Escalation | None:
    """Return the measure ended by the end of what it stands against; None where it has ended."""
    lists = escalation.measure is Measure.SUPERVISED_LISTING
    if (escalation.status, Step.END) not in NEXT:
        return None
    if escalation.status is not Status.DUE and not lists:
        return None
    return replace(advance(escalation, Step.END), ended_at=over)


def advance(escalation: Escalation, step: Step) -> Escalation:
    """Return the measure after the step. Raises MeasureStepNotAllowed."""
    after = NEXT.get((escalation.status, step))
    if after is None:
        raise MeasureStepNotAllowed(step=step.value, told=escalation.status.told)
    return replace(escalation, status=after, revision=escalation.revision + 1)


def _due(overdue: Overdue, rung: Rung, number: int, moment: datetime, now: datetime) -> Escalation:
    departments = rung.departments or overdue.named
    return Escalation(
        id=str(uuid5(NAMESPACE_URL, f"huyuan:{overdue.id}:{rung.measure}:{rung.after_days}")),
        notice_id=overdue.id,
        notice_number=overdue.number,
        case_id=overdue.case_id,
        kindergarten_id=overdue.kindergarten_id,
        kindergarten_name=overdue.kindergarten_name,
        region=overdue.region,
        measure=rung.measure,
        rung=number,
        departments=departments if "referral" in rung.measure.value else (),
        findings=overdue.findings,
        due_since=moment,
        made_at=now,
    )
