"""The annual review over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.supervision.actions import Supervision
from inspections.supervision.model import Result, YearFacts
from inspections.supervision.schemas import (
    AnnualProposalSchema,
    AnnualResultSchema,
    YearFactsSchema,
)

bp = Blueprint(
    "supervision", __name__, url_prefix="/api/v1/kindergartens", description="监督 Supervision"
)


def supervision() -> Supervision:
    return current_app.extensions["huyuan"].supervision  # type: ignore[no-any-return]


@bp.get("/<kindergarten_id>/annual-reviews/<int:year>")
@bp.response(200, AnnualResultSchema)
def get_review(kindergarten_id: str, year: int) -> Result:
    """What holds of the kindergarten's year: an upheld veto fails it, whatever else was decided."""
    return supervision().result(kindergarten_id, year, actor=g.actor)


@bp.post("/<kindergarten_id>/annual-reviews/<int:year>/proposal")
@bp.arguments(AnnualProposalSchema)
@bp.response(200, AnnualResultSchema)
def propose_review(asked: dict[str, Any], kindergarten_id: str, year: int) -> Result:
    """Propose the grade of the year; If-Match is "0" where there is no review yet."""
    return supervision().propose(
        kindergarten_id, year, **asked, seen=g.seen, actor=g.actor, now=g.now
    )


@bp.post("/<kindergarten_id>/annual-reviews/<int:year>/decision")
@bp.response(200, AnnualResultSchema)
def decide_review(kindergarten_id: str, year: int) -> Result:
    """Decide the grade as it is proposed: by another supervisor than who proposed it."""
    return supervision().decide(kindergarten_id, year, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/<kindergarten_id>/annual-reviews/<int:year>/facts")
@bp.response(200, YearFactsSchema)
def compile_review(kindergarten_id: str, year: int) -> YearFacts:
    """What the kindergarten's year came to, the veto first, and the grade it speaks for."""
    return supervision().compile(kindergarten_id, year, actor=g.actor)


@bp.post("/<kindergarten_id>/annual-reviews/<int:year>/publication")
@bp.response(200, AnnualResultSchema)
def publish_review(kindergarten_id: str, year: int) -> Result:
    """Publish the grade that was decided; the director is told."""
    return supervision().publish(kindergarten_id, year, seen=g.seen, actor=g.actor, now=g.now)
