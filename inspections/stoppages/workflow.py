"""The rules of a stoppage: which step follows which, and who may take it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from inspections.stoppages.errors import (
    NotAMajorHazard,
    OwnStoppage,
    ProofLacksPhoto,
    StoppageStepNotAllowed,
)
from inspections.stoppages.model import Status, Step, Stoppage, Taken

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.ORDERED, Step.PROVE): Status.PROVEN,
    (Status.PROVEN, Step.CONFIRM): Status.CONFIRMED,
    (Status.PROVEN, Step.REJECT): Status.ORDERED,
    (Status.PROVEN, Step.PROVE): Status.PROVEN,
    (Status.CONFIRMED, Step.LIFT): Status.LIFTED,
    (Status.ORDERED, Step.LIFT): Status.LIFTED,
}
"""Lifted from `ordered` too: what was ordered in error is not in force until somebody proves it."""


def must_be_major(severity: str | None, *, not_met: bool) -> None:
    """Raise NotAMajorHazard unless the item is a major hazard that was found not met."""
    if severity != "major_hazard" or not not_met:
        raise NotAMajorHazard


def advance(stoppage: Stoppage, taken: Taken, *, held: frozenset[str] = frozenset()) -> Stoppage:
    """Return the stoppage after the step; `held` are the photos that it really holds.

    Raises StoppageStepNotAllowed, ProofLacksPhoto, OwnStoppage for who ordered it and lifts it.
    """
    after = NEXT.get((stoppage.status, taken.step))
    if after is None:
        raise StoppageStepNotAllowed(step=taken.step.value, told=stoppage.status.told)
    shown = set(taken.evidence_ids)
    if taken.step is Step.PROVE and (not shown or not shown <= held):
        raise ProofLacksPhoto
    if taken.step is Step.LIFT and taken.by in {stoppage.ordered_by, *stoppage.officers}:
        raise OwnStoppage
    return replace(
        stoppage,
        status=after,
        steps=(*stoppage.steps, taken),
        revision=stoppage.revision + 1,
    )


def lapse(stoppage: Stoppage, now: datetime) -> Stoppage | None:
    """Return the stoppage marked overdue since its proof was due; None where none is due."""
    if (
        stoppage.status is not Status.ORDERED
        or stoppage.overdue_at is not None
        or stoppage.proof_due_at > now
    ):
        return None
    return replace(stoppage, overdue_at=stoppage.proof_due_at, revision=stoppage.revision + 1)
