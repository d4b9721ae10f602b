"""What a new version touches, over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from checklists.generation.schemas import ChangesArgumentsSchema
from inspections.amendments.actions import Amendments
from inspections.amendments.model import OpenWork
from inspections.amendments.schemas import OpenWorkSchema

bp = Blueprint(
    "amendments",
    __name__,
    url_prefix="/api/v1",
    description="修订的影响 What a new version touches",
)


def amendments() -> Amendments:
    return current_app.extensions["huyuan"].amendments  # type: ignore[no-any-return]


@bp.get("/plans/<plan_id>/changes/open-work")
@bp.arguments(ChangesArgumentsSchema, location="query")
@bp.response(200, OpenWorkSchema)
def get_work_of_plan(asked: dict[str, Any], plan_id: str) -> OpenWork:
    """Open inspections, findings and notices on items whose clause an edition changes or drops."""
    return amendments().by_plan(plan_id, **asked, actor=g.actor)


@bp.get("/checklists/<checklist_id>/differences/<other_id>/open-work")
@bp.response(200, OpenWorkSchema)
def get_work_of_checklist(checklist_id: str, other_id: str) -> OpenWork:
    """Open inspections, findings and notices on items that another checklist changes or drops."""
    return amendments().by_checklist(checklist_id, other_id, actor=g.actor)
