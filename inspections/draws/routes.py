"""Draws over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.draws.actions import Draws
from inspections.draws.model import Draw
from inspections.draws.schemas import (
    CancellationSchema,
    DrawingSchema,
    DrawListSchema,
    DrawSchema,
    NewDrawSchema,
    PlanDrawnSchema,
    PlannedListSchema,
)

bp = Blueprint("draws", __name__, url_prefix="/api/v1/draws", description="双随机 Draws")


def draws() -> Draws:
    return current_app.extensions["huyuan"].draws  # type: ignore[no-any-return]


@bp.get("")
@bp.response(200, DrawListSchema)
def list_draws() -> dict[str, Any]:
    """Draws of the asker's regions, the newest first."""
    return {"items": draws().listed(actor=g.actor)}


@bp.post("")
@bp.arguments(NewDrawSchema)
@bp.response(201, DrawSchema)
def commit(given: dict[str, Any]) -> Draw:
    """Fix sites, officers and rules, and commit to a secret that nobody sees before the drawing."""
    return draws().commit(**given, actor=g.actor, now=g.now)


@bp.get("/<draw_id>")
@bp.response(200, DrawSchema)
def get_draw(draw_id: str) -> Draw:
    """Inputs, commitment and, once it is drawn, all that anybody needs to reckon it again."""
    return draws().get(draw_id, actor=g.actor)


@bp.post("/<draw_id>/drawing")
@bp.arguments(DrawingSchema)
@bp.response(200, DrawSchema)
def make_draw(given: dict[str, Any], draw_id: str) -> Draw:
    """Draw, with a number read out in public; by another person than committed to it."""
    return draws().make(draw_id, given["beacon"], seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<draw_id>/cancellation")
@bp.arguments(CancellationSchema)
@bp.response(200, DrawSchema)
def cancel_draw(given: dict[str, Any], draw_id: str) -> Draw:
    """Give it up before it is made; its secret is told."""
    return draws().cancel(draw_id, given["why"], seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<draw_id>/inspections")
@bp.arguments(PlanDrawnSchema)
@bp.response(200, PlannedListSchema)
def plan_drawn(given: dict[str, Any], draw_id: str) -> dict[str, Any]:
    """Plan a visit of each drawn site; again, what was refused is tried anew."""
    return {"items": draws().plan(draw_id, **given, actor=g.actor, now=g.now)}
