"""A bureau's settings over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.bureaus.actions import Bureaus
from inspections.bureaus.model import InForce
from inspections.bureaus.schemas import BureauRulesSchema, SetRulesSchema

bp = Blueprint(
    "bureaus", __name__, url_prefix="/api/v1/bureau-settings", description="机关设置 Bureaus"
)


def bureaus() -> Bureaus:
    return current_app.extensions["huyuan"].bureaus  # type: ignore[no-any-return]


@bp.get("/<region>")
@bp.response(200, BureauRulesSchema)
def get_rules(region: str) -> InForce:
    """What is in force in a region, and which bureau set it."""
    return bureaus().in_force(region, actor=g.actor)


@bp.put("/<region>")
@bp.arguments(SetRulesSchema)
@bp.response(200, BureauRulesSchema)
def set_rules(asked: dict[str, Any], region: str) -> InForce:
    """Set the region's rules as a whole; If-Match is "0" where it has none yet."""
    return bureaus().set(region, **asked, seen=g.seen, actor=g.actor, now=g.now)
