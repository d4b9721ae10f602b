"""The rules of planning: who may be assigned, and what a planned inspection holds."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from checklists.catalogue.model import Condition, Severity
from checklists.generation.model import Checklist
from inspections.kindergartens.model import Kindergarten, Nature
from inspections.visits.errors import NotAnOfficer, TooFewOfficers
from inspections.visits.joint import parts
from inspections.visits.model import Inspection, Kind, Officer, OfficerOf, Status
from media.custody.model import Actor, Role
from media.days import day_in_shanghai
from media.refusals import BadValue, NotFound

KNOWN = {
    *(Condition.PUBLIC, Condition.PRIVATE, Condition.NON_PROFIT, Condition.FOR_PROFIT),
    Condition.RURAL,
}
"""The conditions that the register tells of a kindergarten."""

EARLIEST, FARTHEST = timedelta(days=31), timedelta(days=366)

LEAST_OFFICERS = 2
"""行政处罚法 42."""


def assign(
    account_ids: Sequence[str], officer_of: OfficerOf, region: str, now: datetime
) -> tuple[Officer, ...]:
    """Return the officers, different persons all. Raises TooFewOfficers, NotAnOfficer."""
    officers: dict[str, Officer] = {}
    for account_id in dict.fromkeys(account_ids):
        try:
            found = officer_of(account_id, now)
        except NotFound as unknown:
            raise NotAnOfficer(name=account_id) from unknown
        if not (may_inspect(found) and found.scope.covers(region)):
            raise NotAnOfficer(name=account_id)
        officers[found.person_id] = Officer(
            account_id,
            found.person_id,
            found.name,
            found.unit,
            found.certificate,
            found.department,
        )
    if len(officers) < LEAST_OFFICERS:
        raise TooFewOfficers
    return tuple(officers.values())


def may_inspect(actor: Actor) -> bool:
    """Tell whether somebody has the role and the enforcement certificate that a visit takes."""
    return actor.holds(Role.INSPECTOR, Role.SUPERVISOR) and bool(actor.certificate)


def must_be_near(day: date, now: datetime) -> None:
    """Raise BadValue unless the day lies between a month ago and a year ahead in Shanghai.

    A visit made without a plan is entered afterwards; a year that was mistyped is not.
    """
    today = day_in_shanghai(now)
    if not today - EARLIEST <= day <= today + FARTHEST:
        raise BadValue(
            field="planned_for",
            why_zh="检查日期须在过去一个月至未来一年之内",
            why_en="a visit is planned for a day between a month ago and a year from now",
        )


def items_for(kindergarten: Kindergarten, checklist: Checklist) -> tuple[str, ...]:
    """Return the items that speak to this kindergarten, in the checklist's order.

    An item for private, public, profit or rural kindergartens alone is left out where the register
    knows that this is none; what the register does not know is asked.
    """
    held = conditions_of(kindergarten)
    return tuple(
        item.id
        for item in checklist.items
        if not item.conditions or set(item.conditions) & held or set(item.conditions) - KNOWN
    )


def sealed(checklist: Checklist, item_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the items asked whose answers are sealed: abuse and corporal punishment."""
    asked = set(item_ids)
    return tuple(
        item.id
        for item in checklist.items
        if item.id in asked and item.severity == Severity.ONE_VOTE_VETO
    )


def conditions_of(kindergarten: Kindergarten) -> set[Condition]:
    """Return which of the known conditions the kindergarten meets, by the register."""
    held = {Condition(kindergarten.nature.value)}
    if kindergarten.profit is not None:
        held.add(Condition(kindergarten.profit.value))
    elif kindergarten.nature is Nature.PRIVATE:
        held |= {Condition.NON_PROFIT, Condition.FOR_PROFIT}
    return held | ({Condition.RURAL} if kindergarten.rural else set())


def draw_up(
    *,
    id: str,  # noqa: A002 - the wire's word
    case_id: str,
    kind: Kind,
    kindergarten: Kindergarten,
    checklist: Checklist,
    item_ids: tuple[str, ...],
    officers: tuple[Officer, ...],
    planned_for: date,
    purpose: str,
    actor: Actor,
    now: datetime,
    exception: str | None = None,
) -> Inspection:
    """Return the planned inspection, pinned to the checklist as it stands."""
    return Inspection(
        id=id,
        case_id=case_id,
        kind=kind,
        kindergarten_id=kindergarten.id,
        kindergarten_name=kindergarten.name,
        region=kindergarten.region,
        checklist_id=checklist.id,
        checklist_version=checklist.version,
        checklist_sha256=checklist.etag,
        item_ids=item_ids,
        planned_for=planned_for,
        purpose=purpose,
        officers=officers,
        status=Status.PLANNED,
        planned_by=actor.person_id,
        changed_at=now,
        sealed_item_ids=sealed(checklist, item_ids),
        parts=parts({item.id: item for item in checklist.items}, item_ids)
        if kind is Kind.JOINT
        else (),
        exception=exception,
    )


def is_same(there: Inspection, planned: Inspection) -> bool:
    """Tell whether both were asked for in the same words; what happened since does not count."""
    asked = [
        (
            *(each.kind, each.case_id, each.kindergarten_id, each.planned_for),
            *(each.officers, each.purpose),
        )
        for each in (there, planned)
    ]
    return asked[0] == asked[1]
