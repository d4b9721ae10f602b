"""`/api/v1/checklists`: proposing, publishing, reading, comparing."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, request
from flask_smorest import Blueprint

from checklists.generation.actions import Checklists, Difference
from checklists.generation.model import Checklist
from checklists.generation.schemas import (
    ChecklistPageSchema,
    ChecklistSchema,
    ChecklistSearchSchema,
    ChecklistStepSchema,
    CompareSchema,
    DifferenceSchema,
    InForceSchema,
    ProposalSchema,
)
from media.pages import Page
from media.refusals import NotFound

bp = Blueprint(
    "checklists", __name__, url_prefix="/api/v1/checklists", description="检查表 Checklists"
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def checklists() -> Checklists:
    return current_app.extensions["huyuan"].checklists  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(ChecklistSearchSchema, location="query")
@bp.response(200, ChecklistPageSchema)
def list_checklists(asked: dict[str, Any]) -> Page[Checklist]:
    """Checklists by region, without their items; a director sees those published."""
    return checklists().page(**asked, actor=g.actor)


@bp.post("")
@bp.arguments(ProposalSchema)
@bp.response(201, ChecklistSchema)
def propose(asked: dict[str, Any]) -> Checklist:
    """Draw up the checklist of a region, a subject and a day, as a draft."""
    return checklists().propose(**asked, actor=g.actor, now=g.now)


@bp.get("/in-force")
@bp.arguments(InForceSchema, location="query")
@bp.response(200, ChecklistSchema)
def get_in_force(asked: dict[str, Any]) -> Checklist | Response:
    """The published checklist that stands on a day, today without one."""
    on: date = asked["on"] or g.now.astimezone(SHANGHAI).date()
    found = checklists().in_force(asked["region"], asked["subject"], on)
    if found is None:
        raise NotFound(what=("现行检查表", "checklist in force"))
    return _kept(found.id) or found


@bp.get("/<checklist_id>")
@bp.response(200, ChecklistSchema)
def get_checklist(checklist_id: str) -> Checklist | Response:
    """One checklist; a published one under the strong ETag of its content."""
    return _kept(checklist_id) or checklists().get(checklist_id, actor=g.actor)


@bp.get("/<checklist_id>/changes")
@bp.arguments(CompareSchema, location="query")
@bp.response(200, DifferenceSchema)
def compare(asked: dict[str, Any], checklist_id: str) -> Difference:
    """What changed from this checklist to another."""
    return checklists().compare(checklist_id, asked["to"], actor=g.actor)


@bp.post("/<checklist_id>/steps")
@bp.arguments(ChecklistStepSchema)
@bp.response(200, ChecklistSchema)
def take_step(asked: dict[str, Any], checklist_id: str) -> Checklist:
    """Publish a draft (by another person than proposed it), or withdraw a checklist."""
    return checklists().take_step(
        checklist_id, step=asked["step"], seen=g.seen, actor=g.actor, now=g.now
    )


def _kept(checklist_id: str) -> Response | None:
    """Return the kept bytes of a published checklist, 304 where the asker has them already."""
    kept = checklists().kept_bytes(checklist_id)
    if kept is None:
        return None
    if kept.etag in request.if_none_match:
        answer = Response(status=304)
    elif request.accept_encodings["gzip"] > 0:
        answer = Response(kept.packed, mimetype="application/json")
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer = Response(kept.plain, mimetype="application/json")
    answer.set_etag(kept.etag)
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
