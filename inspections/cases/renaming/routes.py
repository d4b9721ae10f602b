"""Renaming cases over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.cases.renaming.actions import Renaming
from inspections.cases.renaming.model import RenamingCase
from inspections.cases.renaming.overdue import RenamingProof
from inspections.cases.renaming.schemas import (
    CarrierFormSchema,
    NewRenamingSchema,
    RenamingAnswerSchema,
    RenamingArgumentsSchema,
    RenamingPageSchema,
    RenamingSchema,
    RenamingStepSchema,
)
from inspections.visits.schemas import HistorySchema
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint(
    "renaming",
    __name__,
    url_prefix="/api/v1/renaming-cases",
    description="更名案件 Renaming cases",
)


def renaming() -> Renaming:
    return current_app.extensions["huyuan"].oversight.renaming  # type: ignore[no-any-return]


def proof() -> RenamingProof:
    return current_app.extensions["huyuan"].oversight.renaming_proof  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewRenamingSchema)
@bp.response(201, RenamingSchema)
def open_case(asked: dict[str, Any]) -> RenamingCase:
    """Open a case on what the name check finds in a kindergarten's name today."""
    return renaming().open(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(RenamingArgumentsSchema, location="query")
@bp.response(200, RenamingPageSchema)
def list_cases(asked: dict[str, Any]) -> Page[RenamingCase]:
    """Cases by region; a director's are those of the own kindergarten."""
    return renaming().page(**asked, actor=g.actor)


@bp.get("/<case_id>")
@bp.response(200, RenamingSchema)
def get_case(case_id: str) -> RenamingCase:
    """One case: what was found by which clause, what was answered, the steps taken."""
    return renaming().get(case_id, actor=g.actor)


@bp.post("/<case_id>/answers")
@bp.arguments(RenamingAnswerSchema)
@bp.response(200, RenamingSchema)
def answer(asked: dict[str, Any], case_id: str) -> RenamingCase:
    """Name the new name, which is checked at once, or object."""
    return renaming().answer(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/steps")
@bp.arguments(RenamingStepSchema)
@bp.response(200, RenamingSchema)
def take_renaming_step(asked: dict[str, Any], case_id: str) -> RenamingCase:
    """Tell the director, return, accept the new name, rename, or dismiss."""
    return renaming().take_step(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/photos")
@bp.arguments(CarrierFormSchema(exclude=["item_id"]), location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], case_id: str) -> Evidence:
    """Keep a photo of the sign, the seal or the licence with the new name."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return proof().add_photo(case_id, data, **form, actor=g.actor, now=g.now)


@bp.get("/<case_id>/history")
@bp.response(200, HistorySchema)
def get_renaming_history(case_id: str) -> dict[str, Any]:
    """Everything recorded of the case, each entry chained to the one before."""
    return {"items": renaming().history(case_id, actor=g.actor)}
