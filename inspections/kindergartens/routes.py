"""The register over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.kindergartens.actions import Register
from inspections.kindergartens.model import Kindergarten
from inspections.kindergartens.moving import Moved, Moving
from inspections.kindergartens.schemas import (
    ChangeSchema,
    KindergartenPageSchema,
    KindergartenSchema,
    MovedSchema,
    MoveSchema,
    NearArgumentsSchema,
    NearListSchema,
    NewKindergartenSchema,
    SearchSchema,
)
from media.pages import Page

bp = Blueprint(
    "kindergartens", __name__, url_prefix="/api/v1/kindergartens", description="幼儿园 Register"
)


def register() -> Register:
    return current_app.extensions["huyuan"].register  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewKindergartenSchema)
@bp.response(201, KindergartenSchema)
def add_kindergarten(asked: dict[str, Any]) -> Kindergarten:
    """Add a kindergarten; its name is checked."""
    return register().add(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(SearchSchema, location="query")
@bp.response(200, KindergartenPageSchema)
def list_kindergartens(asked: dict[str, Any]) -> Page[Kindergarten]:
    """Kindergartens by region, and by any part of a name."""
    return register().page(**asked, actor=g.actor)


@bp.get("/near")
@bp.arguments(NearArgumentsSchema, location="query")
@bp.response(200, NearListSchema)
def list_near(asked: dict[str, Any]) -> dict[str, Any]:
    """Kindergartens within a distance of a point, nearest first."""
    return {"items": register().near(**asked, actor=g.actor)}


@bp.post("/moves")
@bp.arguments(MoveSchema)
@bp.response(200, MovedSchema)
def move_kindergartens(asked: dict[str, Any]) -> Moved:
    """Move the kindergartens of a region that ended to its successor, all or none."""
    moving: Moving = current_app.extensions["huyuan"].moving
    return moving.move(**asked, actor=g.actor, now=g.now)


@bp.get("/<kindergarten_id>")
@bp.response(200, KindergartenSchema)
def get_kindergarten(kindergarten_id: str) -> Kindergarten:
    """One kindergarten."""
    return register().get(kindergarten_id, actor=g.actor)


@bp.patch("/<kindergarten_id>")
@bp.arguments(ChangeSchema)
@bp.response(200, KindergartenSchema)
def change_kindergarten(asked: dict[str, Any], kindergarten_id: str) -> Kindergarten:
    """Change what is given; the name is checked again."""
    return register().change(kindergarten_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
