"""Measures over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.ladder.actions import Ladder
from inspections.ladder.model import Escalation
from inspections.ladder.schemas import (
    MeasureArgumentsSchema,
    MeasurePageSchema,
    MeasureSchema,
    TakeMeasureSchema,
    WaiveMeasureSchema,
)
from media.pages import Page

bp = Blueprint("ladder", __name__, url_prefix="/api/v1/measures", description="督办 Measures")


def ladder() -> Ladder:
    return current_app.extensions["huyuan"].oversight.ladder  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(MeasureArgumentsSchema, location="query")
@bp.response(200, MeasurePageSchema)
def list_measures(asked: dict[str, Any]) -> Page[Escalation]:
    """Measures that became due against overdue notices, by region."""
    return ladder().page(**asked, actor=g.actor)


@bp.get("/<measure_id>")
@bp.response(200, MeasureSchema)
def get_measure(measure_id: str) -> Escalation:
    """One measure."""
    return ladder().get(measure_id, actor=g.actor)


@bp.post("/<measure_id>/taking")
@bp.arguments(TakeMeasureSchema)
@bp.response(200, MeasureSchema)
def take_measure(asked: dict[str, Any], measure_id: str) -> Escalation:
    """Record that it was taken: the interview, the bulletin, the listing, the referral."""
    return ladder().take(measure_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<measure_id>/waiver")
@bp.arguments(WaiveMeasureSchema)
@bp.response(200, MeasureSchema)
def waive_measure(asked: dict[str, Any], measure_id: str) -> Escalation:
    """Record that it is not taken, and why."""
    return ladder().waive(measure_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
