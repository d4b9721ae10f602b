"""Veto cases over HTTP: for the accounts named on them, and not there for anybody else."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.cases.veto.actions import VetoCases
from inspections.cases.veto.complaints import Complaints
from inspections.cases.veto.defence import Defences
from inspections.cases.veto.model import VetoCase
from inspections.cases.veto.schemas import (
    ComplaintSchema,
    DecisionSchema,
    NewConsequenceSchema,
    NewDefenceSchema,
    NewNamingSchema,
    NewStatementSchema,
    TellRespondentSchema,
    VetoArgumentsSchema,
    VetoCaseSchema,
    VetoPageSchema,
    VetoWhySchema,
)
from inspections.visits.schemas import HistorySchema
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint(
    "veto", __name__, url_prefix="/api/v1/veto-cases", description="否决案件 One-vote veto"
)


def cases() -> VetoCases:
    return current_app.extensions["huyuan"].veto  # type: ignore[no-any-return]


def complaints() -> Complaints:
    return current_app.extensions["huyuan"].oversight.complaints  # type: ignore[no-any-return]


def defences() -> Defences:
    return current_app.extensions["huyuan"].oversight.defences  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(VetoArgumentsSchema, location="query")
@bp.response(200, VetoPageSchema)
def list_cases(asked: dict[str, Any]) -> Page[VetoCase]:
    """The cases that my account is named on."""
    return cases().page(**asked, actor=g.actor)


@bp.post("")
@bp.arguments(ComplaintSchema)
@bp.response(201, VetoCaseSchema)
def open_on_complaint(asked: dict[str, Any]) -> VetoCase:
    """Open a case on a complaint; who takes it in never decides it."""
    return complaints().take_in(**asked, actor=g.actor, now=g.now)


@bp.get("/<case_id>")
@bp.response(200, VetoCaseSchema)
def get_case(case_id: str) -> VetoCase:
    """One case with all that was said and shown; the view goes on record."""
    return cases().view(case_id, actor=g.actor, now=g.now)


@bp.get("/<case_id>/history")
@bp.response(200, HistorySchema)
def get_case_history(case_id: str) -> dict[str, Any]:
    """Every step and every view of the case, chained; this view goes on record too."""
    return {"items": cases().history(case_id, actor=g.actor, now=g.now)}


@bp.post("/<case_id>/names")
@bp.arguments(NewNamingSchema)
@bp.response(200, VetoCaseSchema)
def name_account(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Name an account on the case, which sees it from then on."""
    return cases().name(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/recusals")
@bp.arguments(VetoWhySchema)
@bp.response(204)
def recuse(asked: dict[str, Any], case_id: str) -> None:
    """Take oneself off the case for a conflict of interest, for good."""
    cases().recuse(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/statements")
@bp.arguments(NewStatementSchema)
@bp.response(200, VetoCaseSchema)
def add_statement(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Add to what is known; a verdict given before it in an undecided round lapses."""
    return cases().state(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/photos")
@bp.arguments(PhotoFormSchema(exclude=["item_id"]), location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], case_id: str) -> Evidence:
    """Keep a photo under the case's seal; a verdict given before it lapses."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return cases().show(case_id, data, **form, actor=g.actor, now=g.now)


@bp.post("/<case_id>/decisions")
@bp.arguments(DecisionSchema)
@bp.response(200, VetoCaseSchema)
def decide(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Give one's verdict; two supervisors of different units without part in it decide."""
    return cases().decide(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/reviews")
@bp.arguments(VetoWhySchema)
@bp.response(200, VetoCaseSchema)
def open_review(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Have two others decide anew; the verdict stands until they have."""
    return cases().review(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/respondent")
@bp.arguments(TellRespondentSchema)
@bp.response(200, VetoCaseSchema)
def tell_respondent(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Record that the person concerned was told; from then on there is time for a defence."""
    return defences().tell(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/defences")
@bp.arguments(NewDefenceSchema)
@bp.response(200, VetoCaseSchema)
def add_defence(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Record what the person concerned said; a verdict given before it lapses."""
    return defences().hear(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<case_id>/consequences")
@bp.arguments(NewConsequenceSchema)
@bp.response(200, VetoCaseSchema)
def add_consequence(asked: dict[str, Any], case_id: str) -> VetoCase:
    """Record the hiring ban or the legal referral that follows an upheld case."""
    return cases().follow(case_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
