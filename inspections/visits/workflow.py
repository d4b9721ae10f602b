"""The rules of an inspection: which step follows which, what an answer needs, what is complete."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from checklists.generation.model import Item
from inspections.findings.model import Finding
from inspections.visits.errors import (
    NotComplete,
    NotYourInspection,
    OwnInspection,
    SignatureIncomplete,
    StepNotAllowed,
    WrongAnswer,
)
from inspections.visits.joint import officer_of, own_items
from inspections.visits.model import (
    Answer,
    Inspection,
    Officer,
    Result,
    Return,
    Signature,
    SignatureKind,
    Status,
    Step,
)
from media.custody.model import Actor, Role

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.PLANNED, Step.BEGIN): Status.UNDERWAY,
    (Status.PLANNED, Step.CANCEL): Status.CANCELLED,
    (Status.UNDERWAY, Step.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Step.RETURN): Status.UNDERWAY,
    (Status.SUBMITTED, Step.APPROVE): Status.APPROVED,
}

GRADES = ("A", "B", "C", "D")
"""食品安全量化分级, best first."""

VALUED = ("count", "ratio", "grade")
"""The answer kinds that need a value."""


def advance(
    inspection: Inspection, step: Step, *, at: datetime, by: str = "", why: str | None = None
) -> Inspection:
    """Return the inspection as it stands after the step.

    Raises StepNotAllowed when its status does not permit the step.
    """
    after = NEXT.get((inspection.status, step))
    if after is None:
        raise StepNotAllowed(
            step=step.value, status=inspection.status.value, told=inspection.status.told
        )
    moved = replace(inspection, status=after, changed_at=at, revision=inspection.revision + 1)
    match step:
        case Step.BEGIN:
            return replace(moved, begun_at=at, identity_shown=True, recusal_told=True)
        case Step.SUBMIT:
            return replace(moved, submitted_at=at)
        case Step.RETURN:
            back = Return(why=why or "", by=by, at=at)
            return replace(moved, returns=(*inspection.returns, back))
        case Step.APPROVE:
            return replace(moved, approved_at=at, approved_by=by)
        case _:
            return moved


def reassign(inspection: Inspection, officers: tuple[Officer, ...], *, at: datetime) -> Inspection:
    """Return the inspection with other officers; who answered before stays in its answers."""
    return replace(inspection, officers=officers, changed_at=at, revision=inspection.revision + 1)


def answer(
    inspection: Inspection, answers: Sequence[Answer], items: Mapping[str, Item], *, at: datetime
) -> Inspection:
    """Return the inspection with the answers added; an item answered again has the later one.

    Raises StepNotAllowed unless it is underway, WrongAnswer for an item that is not asked, a
    missing value, or a value that contradicts the result.
    """
    if inspection.status is not Status.UNDERWAY:
        raise StepNotAllowed(
            step="answer", status=inspection.status.value, told=inspection.status.told
        )
    for each in answers:
        must_fit(each, items.get(each.item_id) if each.item_id in inspection.item_ids else None)
    merged = {**inspection.answers, **{each.item_id: each for each in answers}}
    return replace(inspection, answers=merged, changed_at=at, revision=inspection.revision + 1)


def must_take_photos(inspection: Inspection) -> None:
    """Raise StepNotAllowed unless the inspection is underway."""
    if inspection.status is not Status.UNDERWAY:
        raise StepNotAllowed(
            step="photograph", status=inspection.status.value, told=inspection.status.told
        )


def must_fit(answer: Answer, item: Item | None) -> None:
    """Raise WrongAnswer unless the answer is one to the item."""
    if item is None:
        why = ("本次检查没有这一项", "this inspection does not ask it")
        raise WrongAnswer(item_id=answer.item_id, why=why)
    if answer.result not in (Result.MET, Result.NOT_MET):
        if not answer.note:
            why = (
                "不适用或未查须说明原因",
                "not applicable or not checked needs a note that says why",
            )
            raise WrongAnswer(item_id=item.id, why=why)
        return
    if item.answer_kind in VALUED and answer.value is None:
        why = ("须填写数值或等级", "it needs its count, ratio or grade")
        raise WrongAnswer(item_id=item.id, why=why)
    if item.answer_kind == "grade" and answer.value not in (*GRADES, "none"):
        why = ("等级应为 A、B、C、D 或 none（未评级）", "the grade is A, B, C, D or none")
        raise WrongAnswer(item_id=item.id, why=why)
    if item.answer_kind in ("count", "ratio") and isinstance(answer.value, str):
        why = ("应为数字", "it needs a number")
        raise WrongAnswer(item_id=item.id, why=why)
    if answer.result is Result.MET and falls_short(answer.value, item):
        why = (
            "数值未达到要求，结论不能为符合",
            "the value falls short of the threshold, so the item is not met",
        )
        raise WrongAnswer(item_id=item.id, why=why)


def falls_short(value: str | float | None, item: Item) -> bool:
    """Tell whether a value misses the item's threshold; False where the item has none."""
    if value is None or item.threshold is None:
        return False
    if item.answer_kind == "grade":
        least = str(item.threshold.value)
        known = [grade for grade in GRADES if grade == value]
        return not known or (least in GRADES and GRADES.index(known[0]) > GRADES.index(least))
    if item.answer_kind not in ("ratio", "count") or not item.threshold.is_figure:
        return False
    figure, threshold = float(value), float(item.threshold.value)
    return figure < threshold if item.threshold.at_least else figure > threshold


def must_be_entitled(inspection: Inspection, step: Step | None, actor: Actor) -> None:
    """Raise unless the step is this actor's.

    Begin, submit and what has no step (answering, signing) are an officer's; return, approve and
    cancel are a supervisor's who is none.
    """
    if step in (None, Step.BEGIN, Step.SUBMIT):
        if not inspection.is_officer(actor.person_id):
            raise NotYourInspection
    elif not actor.holds(Role.SUPERVISOR):
        raise NotYourInspection
    elif inspection.is_officer(actor.person_id):
        raise OwnInspection


def fingerprint(inspection: Inspection) -> str:
    """Return the SHA-256 of the answers' content, which a signature is bound to."""
    content = [
        [
            each.item_id,
            each.result.value,
            each.value,
            each.note,
            sorted(each.evidence_ids),
        ]
        for _, each in sorted(inspection.answers.items())
    ]
    packed = dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sha256(packed.encode()).hexdigest()


def plain(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Return the answers as the history keeps them."""
    return [
        {
            "item_id": each.item_id,
            "result": each.result.value,
            "value": each.value,
            "note": each.note,
            "evidence_ids": list(each.evidence_ids),
            "device_at": each.device_at.isoformat() if each.device_at else None,
        }
        for each in answers
    ]


def sign(inspection: Inspection, signature: Signature, *, at: datetime) -> Inspection:
    """Return the inspection with the party's signature or refusal on its present answers.

    Raises StepNotAllowed unless it is underway, SignatureIncomplete for a missing name, reason or
    witness.
    """
    if inspection.status is not Status.UNDERWAY:
        raise StepNotAllowed(
            step="sign", status=inspection.status.value, told=inspection.status.told
        )
    signed = signature.kind is SignatureKind.SIGNED
    if not (signature.signer if signed else signature.reason and signature.witness):
        raise SignatureIncomplete
    return replace(inspection, signature=signature, changed_at=at, revision=inspection.revision + 1)


def must_be_complete(
    inspection: Inspection, items: Mapping[str, Item], photographed: frozenset[str]
) -> None:
    """Raise NotComplete unless every item is answered, photographed where asked, and signed for.

    `photographed` are the ids of the evidence that this inspection really holds.
    """
    open_items = [id_ for id_ in inspection.item_ids if id_ not in inspection.answers]
    if open_items:
        why = (f"还有 {len(open_items)} 项未回答", f"{len(open_items)} items have no answer")
        raise NotComplete(why=why, items=open_items[:200])
    lacking = list(without_photo(inspection, items, photographed))
    if lacking:
        why = (
            f"{len(lacking)} 项须附照片（且照片须属于本次检查）",
            f"{len(lacking)} items need a photo of this inspection",
        )
        raise NotComplete(why=why, items=lacking)
    if inspection.signature is None:
        why = ("被检查方尚未签字（或记录拒签）", "the inspected party has not signed or refused")
        raise NotComplete(why=why, items=[])
    if inspection.signature.answers_sha256 != fingerprint(inspection):
        why = (
            "签字后答案有改动，须重新签字",
            "answers were changed after the signature, which must be given again",
        )
        raise NotComplete(why=why, items=[])


def without_photo(
    inspection: Inspection, items: Mapping[str, Item], photographed: frozenset[str]
) -> Iterator[str]:
    """Yield the items whose answer lacks a photo, or names one that is not there."""
    for each in inspection.answers.values():
        named = set(each.evidence_ids)
        looked_at = each.result in (Result.MET, Result.NOT_MET)
        if named - photographed or (looked_at and items[each.item_id].photo_required and not named):
            yield each.item_id


def matter_of(inspection: Inspection, item_id: str) -> str:
    """Return the id of the finding that the item may become, and of the veto case with it."""
    return str(uuid5(NAMESPACE_URL, f"{inspection.id}/{item_id}"))


def seal_of(inspection: Inspection, item_id: str | None) -> str | None:
    """Return the sealed matter that the item belongs to; None for an item that is open."""
    if item_id is None or item_id not in inspection.sealed_item_ids:
        return None
    return matter_of(inspection, item_id)


def as_seen_by(inspection: Inspection, person_id: str) -> Inspection:
    """Return the inspection with the answers that the person may read here.

    Answers to sealed items are for the officers of the visit, so that nobody else can tell whether
    one was found not met; and what was, stands in its case, where each view is on record.
    On a joint inspection an officer of a department reads what its department looks at.
    """
    member = officer_of(inspection, person_id)
    officer = member is not None
    own = own_items(inspection, member) if member else frozenset(inspection.item_ids)
    shown = {
        item_id: each
        for item_id, each in inspection.answers.items()
        if item_id in own
        and (
            item_id not in inspection.sealed_item_ids
            or (officer and each.result is not Result.NOT_MET)
        )
    }
    if member is not None and member.department and inspection.parts:
        asked = tuple(each for each in inspection.item_ids if each in own)
        return replace(inspection, answers=shown, item_ids=asked)
    return replace(inspection, answers=shown)


def findings(inspection: Inspection, items: Mapping[str, Item]) -> list[Finding]:
    """Return a finding for each item that is not met, in the order of the checklist.

    Its id follows from the inspection and the item, so that it is made once.
    """
    return [
        Finding(
            id=matter_of(inspection, item_id),
            inspection_id=inspection.id,
            case_id=inspection.case_id,
            kindergarten_id=inspection.kindergarten_id,
            kindergarten_name=inspection.kindergarten_name,
            region=inspection.region,
            item=items[item_id],
            found_at=inspection.submitted_at or inspection.changed_at,
            value=inspection.answers[item_id].value,
            note=inspection.answers[item_id].note,
            evidence_ids=inspection.answers[item_id].evidence_ids,
            seal=seal_of(inspection, item_id),
        )
        for item_id in inspection.item_ids
        if inspection.answers[item_id].result is Result.NOT_MET
    ]
