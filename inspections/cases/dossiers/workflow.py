"""The rules of a dossier: which step follows which, by whom, and with what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from inspections.cases.dossiers.errors import (
    BadDossier,
    DossierStepNotAllowed,
    OwnDossier,
    StillAtWork,
)
from inspections.cases.dossiers.model import GROUNDS, Dossier, Kind, Status, Step, Taken

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.OPEN, Step.TELL): Status.TOLD,
    (Status.OPEN, Step.DISMISS): Status.DISMISSED,
    (Status.TOLD, Step.STOP): Status.STOPPED,
    (Status.TOLD, Step.REFER): Status.REFERRED,
    (Status.TOLD, Step.DISMISS): Status.DISMISSED,
    (Status.STOPPED, Step.REFER): Status.REFERRED,
    (Status.STOPPED, Step.CONFIRM): Status.CONFIRMED,
    (Status.STOPPED, Step.DISMISS): Status.DISMISSED,
    (Status.REFERRED, Step.STOP): Status.STOPPED,
    (Status.REFERRED, Step.CONFIRM): Status.CONFIRMED,
    (Status.CONFIRMED, Step.REOPEN): Status.OPEN,
    (Status.DISMISSED, Step.REOPEN): Status.OPEN,
}

PROOF_HOURS = 24
"""Where a bureau has set nothing."""

ENDING = (Step.CONFIRM, Step.DISMISS)
"""What a second person does: a supervisor without part in the dossier so far."""

SEEN_BY_DIRECTORS = tuple(each.value for each in Status if each is not Status.OPEN)


def must_be_whole(dossier: Dossier) -> None:
    """Raise BadDossier where its ground is not of its kind, or what the kind needs is missing."""
    if dossier.ground not in GROUNDS[dossier.kind]:
        raise BadDossier(why=("情形与案件种类不符", "its ground is not of its kind"))
    if dossier.kind is Kind.PERSON and not (dossier.kindergarten_id and dossier.duty):
        raise BadDossier(
            why=("人员案件须写明幼儿园和岗位", "a person's names the kindergarten and the duty")
        )
    if dossier.kind is Kind.TRAINING_INSTITUTION and not dossier.address:
        raise BadDossier(
            why=("培训机构案件须写明地址或网址", "an institution's names its address or page")
        )


def advance(
    dossier: Dossier, taken: Taken, *, held: frozenset[str], proof_hours: int = PROOF_HOURS
) -> Dossier:
    """Return the dossier after the step; `held` are the photos that it really holds.

    `taken.status` is filled in here; within `proof_hours` a person is shown to be off work. Raises
    DossierStepNotAllowed, OwnDossier, StillAtWork, BadDossier.
    """
    after = NEXT.get((dossier.status, taken.step))
    if after is None:
        raise DossierStepNotAllowed(step=taken.step.value, told=dossier.status.told)
    if taken.step in ENDING and taken.by in {dossier.opened_by, *(s.by for s in dossier.steps)}:
        raise OwnDossier
    if taken.step is Step.CONFIRM and dossier.proof_due_at is not None:
        raise StillAtWork
    if taken.step is Step.REFER and not taken.department:
        raise BadDossier(why=("移送须写明部门", "a referral names the department"))
    if taken.step is Step.REFER and dossier.kind is Kind.TRAINING_INSTITUTION and not held:
        raise BadDossier(
            why=(
                "移送须先上传证据照片或网页截图",
                "a referral has a photo, or a picture of the page",
            )
        )
    if not set(taken.evidence_ids) <= held:
        raise BadDossier(why=("所附照片不属于本案", "it names a photo that is not of this dossier"))
    moved = replace(
        dossier,
        status=after,
        steps=(*dossier.steps, replace(taken, status=after)),
        revision=dossier.revision + 1,
    )
    return _bound(moved, taken, timedelta(hours=proof_hours))


def lapse(dossier: Dossier, now: datetime) -> Dossier | None:
    """Return the dossier marked overdue since its proof was due; None where none is due."""
    due = dossier.proof_due_at
    if due is None or due > now or dossier.overdue_at is not None:
        return None
    return replace(dossier, overdue_at=due, revision=dossier.revision + 1)


def _bound(dossier: Dossier, taken: Taken, within: timedelta) -> Dossier:
    """Return the dossier with its duty to stop: told it begins, shown or dismissed it ends.

    An institution has no director to show anything: who refers it looks.
    """
    if taken.step is Step.TELL:
        due = taken.at + within if dossier.kind is Kind.PERSON else None
        return replace(dossier, stop_due_at=taken.at, proof_due_at=due, overdue_at=None)
    if taken.step in (Step.STOP, Step.DISMISS):
        return replace(dossier, proof_due_at=None)
    return dossier
