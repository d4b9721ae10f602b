"""Recusals over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.recusals.actions import Recusals
from inspections.recusals.model import Recusal
from inspections.recusals.schemas import (
    EndRecusalSchema,
    NewRecusalSchema,
    RecusalArgumentsSchema,
    RecusalPageSchema,
    RecusalSchema,
)
from media.pages import Page

bp = Blueprint("recusals", __name__, url_prefix="/api/v1/recusals", description="回避 Recusals")


def recusals() -> Recusals:
    return current_app.extensions["huyuan"].recusals  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewRecusalSchema)
@bp.response(201, RecusalSchema)
def declare_recusal(asked: dict[str, Any]) -> Recusal:
    """Recuse oneself from a kindergarten, or another officer as a supervisor."""
    return recusals().declare(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(RecusalArgumentsSchema, location="query")
@bp.response(200, RecusalPageSchema)
def list_recusals(asked: dict[str, Any]) -> Page[Recusal]:
    """Recusals by region, ended ones among them."""
    return recusals().page(**asked, actor=g.actor)


@bp.post("/<recusal_id>/end")
@bp.arguments(EndRecusalSchema)
@bp.response(200, RecusalSchema)
def end_recusal(asked: dict[str, Any], recusal_id: str) -> Recusal:
    """End a recusal; never one's own."""
    return recusals().end(recusal_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
