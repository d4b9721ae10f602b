"""The rules of an objection: what may be objected to, until when, and what an upheld one strikes.

The director is heard (行政处罚法 45). How many calendar days after service is what the bureau had
set when it issued the notice, and what its paper tells; they are counted as the notice's own
deadline is, to the end of the last (民法典 200-203). The clock runs on unless a supervisor lets it
stand: an objection alone postpones no rectification.
"""

from dataclasses import replace
from datetime import datetime

from inspections.rectification.calendar import deadline
from inspections.rectification.clock import RUNNING, first_day
from inspections.rectification.errors import (
    BadObjection,
    MadeAVisit,
    NoObjection,
    ObjectionOpen,
    StepNotAllowed,
)
from inspections.rectification.model import Calendar, DayKind, Notice, Objection, Status
from inspections.rectification.workflow import made_visits, still_open


def undecided(notice: Notice) -> Objection | None:
    """Return the objection that waits for a decision."""
    return next((each for each in notice.objections if each.upheld is None), None)


def file(notice: Notice, objection: Objection, *, calendar: Calendar) -> Notice:
    """Return the notice with an objection to open findings, within its days after service.

    Raises StepNotAllowed, ObjectionOpen, BadObjection.
    """
    service = notice.service
    if notice.status not in RUNNING or service is None:
        raise StepNotAllowed(step="object", status=notice.status.value, told=notice.status.told)
    if undecided(notice) is not None:
        raise ObjectionOpen
    days = notice.objection_days
    if days is not None:
        last = deadline(
            first_day(notice, service), days, DayKind.CALENDAR, calendar, roll=notice.last_day_moves
        )
        if objection.at >= last.due_at:
            raise BadObjection(
                why=(
                    f"送达后 {days} 天的异议期已于 {last.due} 届满",
                    f"the {days} days after service were over with {last.due}",
                )
            )
    decided = {id_ for each in notice.objections for id_ in each.finding_ids}
    if set(objection.finding_ids) & decided:
        raise BadObjection(
            why=("其中的问题已有异议决定", "one of the findings was decided on already")
        )
    if not set(objection.finding_ids) <= set(still_open(notice)):
        raise BadObjection(
            why=("只能对未销号的问题提出", "it names a finding that is not open on this notice")
        )
    return _changed(notice, objection.at, objections=(*notice.objections, objection))


def decide(notice: Notice, *, upheld: bool, why: str, by: str, at: datetime) -> Notice:
    """Return the notice with its objection decided, by who had no part in the notice.

    Upheld, the findings are struck: verified where all others are met, revoked where none is left.
    Raises NoObjection, MadeAVisit.
    """
    waiting = undecided(notice)
    if waiting is None:
        raise NoObjection
    if by in {*made_visits(notice), notice.drafted_by, notice.issued_by}:
        raise MadeAVisit
    decided = replace(waiting, upheld=upheld, decided_at=at, decided_by=by, decision=why)
    after = _changed(
        notice,
        at,
        objections=tuple(decided if each is waiting else each for each in notice.objections),
    )
    if not upheld:
        return after
    after = replace(
        after,
        corrections=tuple(
            replace(each, struck=each.struck or each.finding_id in waiting.finding_ids)
            for each in after.corrections
        ),
    )
    if still_open(after) or after.status not in RUNNING:
        return after
    met = any(each.met for each in after.corrections)
    return replace(after, status=Status.VERIFIED if met else Status.REVOKED)


def _changed(notice: Notice, at: datetime, **changes: object) -> Notice:
    return replace(notice, **changes, changed_at=at, revision=notice.revision + 1)  # type: ignore[arg-type]
