"""Inspections, their answers and photos, and the history of a case."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.visits.actions import Inspections
from inspections.visits.assignments import Assignments
from inspections.visits.model import Inspection, VisitLedger
from inspections.visits.schemas import (
    AnswersSchema,
    HistorySchema,
    InspectionArgumentsSchema,
    InspectionPageSchema,
    InspectionSchema,
    InspectionStepSchema,
    ItemsSchema,
    PlanInspectionSchema,
    SignSchema,
    VisitLedgerSchema,
)
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint("visits", __name__, url_prefix="/api/v1", description="检查 Inspections")


def inspections() -> Inspections:
    return current_app.extensions["huyuan"].inspections  # type: ignore[no-any-return]


def assignments() -> Assignments:
    return current_app.extensions["huyuan"].assignments  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("/inspections")
@bp.arguments(PlanInspectionSchema)
@bp.response(201, InspectionSchema)
def plan_inspection(asked: dict[str, Any]) -> Inspection:
    """Plan an inspection on the checklist in force that day, and assign its officers."""
    return assignments().plan(**asked, actor=g.actor, now=g.now)


@bp.get("/inspections")
@bp.arguments(InspectionArgumentsSchema, location="query")
@bp.response(200, InspectionPageSchema)
def list_inspections(asked: dict[str, Any]) -> Page[Inspection]:
    """Inspections by region and day; `mine=true&on=` today's date is what waits for me."""
    return inspections().page(**asked, actor=g.actor)


@bp.get("/kindergartens/<kindergarten_id>/visits/<int:year>")
@bp.response(200, VisitLedgerSchema)
def get_visit_ledger(kindergarten_id: str, year: int) -> VisitLedger:
    """Every visit of a kindergarten in a year, and how many it may have."""
    return assignments().ledger(kindergarten_id, year, actor=g.actor)


@bp.get("/inspections/<inspection_id>")
@bp.response(200, InspectionSchema)
def get_inspection(inspection_id: str) -> Inspection:
    """One inspection with its answers."""
    return inspections().get(inspection_id, actor=g.actor)


@bp.get("/inspections/<inspection_id>/items")
@bp.response(200, ItemsSchema)
def get_items(inspection_id: str) -> dict[str, Any]:
    """The items that it asks, as they stand in the pinned checklist."""
    inspection = inspections().get(inspection_id, actor=g.actor)
    return {"items": list(inspections().items(inspection, actor=g.actor).values())}


@bp.post("/inspections/<inspection_id>/answers")
@bp.arguments(AnswersSchema)
@bp.response(200, InspectionSchema)
def answer(asked: dict[str, Any], inspection_id: str) -> Inspection:
    """Answer some of the items; the rest may follow."""
    return inspections().answer(
        inspection_id, asked["answers"], seen=g.seen, actor=g.actor, now=g.now
    )


@bp.post("/inspections/<inspection_id>/signature")
@bp.arguments(SignSchema)
@bp.response(200, InspectionSchema)
def sign(asked: dict[str, Any], inspection_id: str) -> Inspection:
    """Record the inspected party's signature, or its refusal with a witness."""
    return inspections().sign(inspection_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/inspections/<inspection_id>/steps")
@bp.arguments(InspectionStepSchema)
@bp.response(200, InspectionSchema)
def take_step(asked: dict[str, Any], inspection_id: str) -> Inspection:
    """Begin, submit, return with reasons, approve or cancel."""
    return inspections().take_step(inspection_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/inspections/<inspection_id>/photos")
@bp.arguments(PhotoFormSchema, location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], inspection_id: str) -> Evidence:
    """Keep a photo (JPEG, PNG, WebP, HEIC, 25 MB at most) taken on this inspection."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return inspections().add_photo(inspection_id, data, **form, actor=g.actor, now=g.now)


@bp.get("/cases/<case_id>/history")
@bp.response(200, HistorySchema)
def get_history(case_id: str) -> dict[str, Any]:
    """Every step of a case: who, when, why, from which device, each chained to the one before."""
    return {"items": inspections().history(case_id, actor=g.actor)}
