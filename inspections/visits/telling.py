"""Whom each step of an inspection is told."""

from collections.abc import Mapping
from datetime import datetime

from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.visits.model import Inspection
from media.custody.model import Role
from media.documents import Transaction

TOLD: Mapping[str, Kind] = {
    "planned": Kind.INSPECTION_PLANNED,
    "submitted": Kind.INSPECTION_SUBMITTED,
    "returned": Kind.INSPECTION_RETURNED,
    "approved": Kind.INSPECTION_APPROVED,
    "cancelled": Kind.INSPECTION_CANCELLED,
    "handed_over": Kind.INSPECTION_HANDED_OVER,
}


def tell_step(
    messages: Messages, verb: str, inspection: Inspection, *, now: datetime, tx: Transaction
) -> None:
    """Tell supervisors of a submission and the officers of the rest, once for each revision."""
    kind = TOLD.get(verb)
    if kind is None:
        return
    audience = Audience(accounts=tuple(each.account_id for each in inspection.officers))
    if kind is Kind.INSPECTION_SUBMITTED:
        audience = Audience(roles=(Role.SUPERVISOR,))
    messages.tell(
        kind,
        about=About(
            Topic.INSPECTION,
            inspection.id,
            inspection.region,
            inspection.kindergarten_id,
            inspection.case_id,
        ),
        audience=audience,
        facts={
            "kindergarten": inspection.kindergarten_name,
            "planned_for": inspection.planned_for.isoformat(),
            "inspection_kind": inspection.kind.value,
            "status": inspection.status.value,
        },
        key=f"inspection:{inspection.id}:{verb}:{inspection.revision}",
        now=now,
        tx=tx,
    )
