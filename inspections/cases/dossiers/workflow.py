"""The rules of a dossier: which step follows which, by whom, and with what."""

from collections.abc import Mapping
from dataclasses import replace

from inspections.cases.dossiers.errors import (
    BadDossier,
    DossierStepNotAllowed,
    OwnDossier,
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


def advance(dossier: Dossier, taken: Taken, *, held: frozenset[str]) -> Dossier:
    """Return the dossier after the step; `held` are the photos that it really holds.

    `taken.status` is filled in here. Raises DossierStepNotAllowed, OwnDossier, BadDossier.
    """
    after = NEXT.get((dossier.status, taken.step))
    if after is None:
        raise DossierStepNotAllowed(step=taken.step.value, told=dossier.status.told)
    if taken.step in ENDING and taken.by in {dossier.opened_by, *(s.by for s in dossier.steps)}:
        raise OwnDossier
    if taken.step is Step.REFER and not taken.department:
        raise BadDossier(why=("移送须写明部门", "a referral names the department"))
    if not set(taken.evidence_ids) <= held:
        raise BadDossier(why=("所附照片不属于本案", "it names a photo that is not of this dossier"))
    return replace(
        dossier,
        status=after,
        steps=(*dossier.steps, replace(taken, status=after)),
        stop_due_at=taken.at if taken.step is Step.TELL else dossier.stop_due_at,
        revision=dossier.revision + 1,
    )
