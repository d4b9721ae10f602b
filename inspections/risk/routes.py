"""Risk over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.risk.actions import Risks
from inspections.risk.schemas import RiskArgumentsSchema, RiskListSchema

bp = Blueprint("risk", __name__, url_prefix="/api/v1/risk", description="风险 Risk")


def risks() -> Risks:
    return current_app.extensions["huyuan"].oversight.risks  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(RiskArgumentsSchema, location="query")
@bp.response(200, RiskListSchema)
def list_risks(asked: dict[str, Any]) -> dict[str, Any]:
    """How often each kindergarten of a region should be visited, why, and when next."""
    return {"items": risks().of_region(**asked, actor=g.actor, now=g.now)}
