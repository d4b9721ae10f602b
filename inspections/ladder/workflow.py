"""The rules of the ladder: which rung an overdue notice has reached, and what may follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from inspections.bureaus.model import Measure, Rung
from inspections.ladder.errors import MeasureStepNotAllowed, RecordLacks
from inspections.ladder.model import Escalation, Status, Step, Taken
from inspections.rectification import calendar as days
from inspections.rectification.model import Calendar, DayKind, Notice

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


def climb(
    notice: Notice,
    ladder: Sequence[Rung],
    made: Iterable[str],
    calendar: Calendar,
    *,
    now: datetime,
) -> Climb:
    """Return the measures that became due and are not among those `made` (ids), in their order.

    Several may be due at once after a time down: each is there, with the instant it was due.
    """
    assert notice.overdue_at is not None
    known, reached, later = set(made), [], []
    for number, rung in enumerate(ladder, 1):
        moment = moment_of(rung, notice.overdue_at, calendar)
        if moment > now:
            later.append(moment)
        elif rung.major_only and not _major(notice):
            continue
        elif (due := _due(notice, rung, number, moment, now)).id not in known:
            reached.append(due)
            known.add(due.id)
    return Climb(tuple(reached), min(later, default=None))


def moment_of(rung: Rung, overdue_at: datetime, calendar: Calendar) -> datetime:
    """Return the instant at which a rung is reached: its days after the lapse are over."""
    if rung.after_days == 0:
        return overdue_at
    kind = DayKind.WORKING if rung.working else DayKind.CALENDAR
    last_day = days.day_in_shanghai(overdue_at)
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
    lists = escalation.measure is Measure.SUPERVISED_LISTING
    if over is None or not (escalation.status is Status.DUE or lists):
        return None
    return replace(advance(escalation, Step.END), ended_at=over)


def advance(escalation: Escalation, step: Step) -> Escalation:
    """Return the measure after the step. Raises MeasureStepNotAllowed."""
    after = NEXT.get((escalation.status, step))
    if after is None:
        raise MeasureStepNotAllowed(step=step.value, told=escalation.status.told)
    return replace(escalation, status=after, revision=escalation.revision + 1)


def _major(notice: Notice) -> bool:
    return any(each.open and each.severity == MAJOR for each in notice.corrections)


def _due(notice: Notice, rung: Rung, number: int, moment: datetime, now: datetime) -> Escalation:
    named = [
        each
        for correction in notice.corrections
        if correction.open
        for citation in correction.standard
        for each in citation.lead
    ]
    departments = rung.departments or tuple(dict.fromkeys(named))
    return Escalation(
        id=str(uuid5(NAMESPACE_URL, f"huyuan:{notice.id}:{rung.measure}:{rung.after_days}")),
        notice_id=notice.id,
        notice_number=notice.number,
        case_id=notice.case_id,
        kindergarten_id=notice.kindergarten_id,
        kindergarten_name=notice.kindergarten_name,
        region=notice.region,
        measure=rung.measure,
        rung=number,
        departments=departments if "referral" in rung.measure.value else (),
        findings=tuple(each.finding_id for each in notice.corrections if each.open),
        due_since=moment,
        made_at=now,
    )
