"""Checklists over HTTP."""

from typing import Any

from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from werkzeug.wrappers import Response as Sent

from checklists.generation.actions import Checklists
from checklists.generation.model import Checklist, Copies, Difference
from checklists.generation.schemas import (
    AskedSchema,
    ChangesArgumentsSchema,
    ChecklistArgumentsSchema,
    ChecklistPageSchema,
    ChecklistSchema,
    ChecklistStepSchema,
    DifferenceSchema,
    PlanChangesSchema,
    ProposeSchema,
)
from media.pages import Page

bp = Blueprint(
    "checklists", __name__, url_prefix="/api/v1/checklists", description="检查表 Checklists"
)

editions = Blueprint(
    "editions", __name__, url_prefix="/api/v1/plans", description="计划的版本 Editions of a plan"
)


def checklists() -> Checklists:
    return current_app.extensions["huyuan"].checklists  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(ChecklistArgumentsSchema, location="query")
@bp.response(200, ChecklistPageSchema)
def list_checklists(asked: dict[str, Any]) -> Page[Checklist]:
    """Checklists by region, without their items."""
    return checklists().page(**asked, actor=g.actor)


@bp.post("")
@bp.arguments(ProposeSchema)
@bp.response(201, ChecklistSchema)
def propose(asked: dict[str, Any]) -> Checklist:
    """Draw up a draft from the plans that count for a region, a subject and a day."""
    return checklists().propose(**asked, actor=g.actor, now=g.now)


@bp.get("/in-force")
@bp.arguments(AskedSchema, location="query")
@bp.response(200, ChecklistSchema)
def get_in_force(asked: dict[str, Any]) -> Sent:
    """The checklist that an inspection on the day would answer."""
    found = checklists().must_be_in_force(asked["region"], asked["subject"].value, asked["on"])
    return sent(checklists().copies(found.id))


@bp.get("/<checklist_id>")
@bp.response(200, ChecklistSchema)
def get_checklist(checklist_id: str) -> Checklist | Sent:
    """One checklist; of a published one the kept bytes, under a strong ETag."""
    copies = checklists().copies(checklist_id)
    return checklists().get(checklist_id, actor=g.actor) if copies is None else sent(copies)


@bp.post("/<checklist_id>/steps")
@bp.arguments(ChecklistStepSchema)
@bp.response(200, ChecklistSchema)
def take_step(asked: dict[str, Any], checklist_id: str) -> Checklist:
    """Publish a draft, by somebody other than its proposer, or withdraw it."""
    act = {"publish": checklists().publish, "withdraw": checklists().withdraw}[asked["step"]]
    return act(checklist_id, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/<checklist_id>/differences/<other_id>")
@bp.response(200, DifferenceSchema)
def compare(checklist_id: str, other_id: str) -> Difference:
    """What another checklist changes of this one, item by item."""
    return checklists().compare(checklist_id, other_id, actor=g.actor)


@editions.get("/<plan_id>/changes")
@editions.arguments(ChangesArgumentsSchema, location="query")
@editions.response(200, PlanChangesSchema)
def get_changes(asked: dict[str, Any], plan_id: str) -> dict[str, Any]:
    """What an edition changes of the one before it, or of another, clause by clause."""
    before, after, clauses = checklists().changes(plan_id, **asked)
    return {
        "before": before.id,
        "after": after.id,
        "clauses": clauses,
        "edition_before": before.edition,
        "edition_after": after.edition,
    }


def sent(copies: Copies | None) -> Sent:
    """Return kept bytes: 304 to who has them, by gzip to who takes it."""
    assert copies is not None, "a published checklist has its copies"
    by_gzip = request.accept_encodings.quality("gzip") > 0
    answer = Response(copies.gzip if by_gzip else copies.plain, mimetype="application/json")
    if by_gzip:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(copies.etag + ("-gzip" if by_gzip else ""))
    return answer.make_conditional(request)
