"""Decisions over HTTP, and the clauses of a plan that wait for one."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from checklists.decisions.actions import Decisions, LeftPage
from checklists.decisions.model import Standing
from checklists.decisions.schemas import (
    DecidedSchema,
    DecideSchema,
    DecisionHistorySchema,
    DecisionPageSchema,
    DecisionSearchSchema,
    LeftArgumentsSchema,
    LeftPageSchema,
    WithdrawDecisionSchema,
)
from media.pages import Page

bp = Blueprint(
    "decisions",
    __name__,
    url_prefix="/api/v1",
    description="条款与检查项的决定 Decisions on clauses and items",
)


def decisions() -> Decisions:
    return current_app.extensions["huyuan"].decisions  # type: ignore[no-any-return]


@bp.get("/plans/<plan_id>/unmatched")
@bp.arguments(LeftArgumentsSchema, location="query")
@bp.response(200, LeftPageSchema)
def list_unmatched(asked: dict[str, Any], plan_id: str) -> LeftPage:
    """Normative sentences that became no requirement, with the reason and what was decided."""
    return decisions().unmatched(plan_id, **asked, actor=g.actor)


@bp.get("/decisions")
@bp.arguments(DecisionSearchSchema, location="query")
@bp.response(200, DecisionPageSchema)
def list_decisions(asked: dict[str, Any]) -> Page[Standing]:
    """Decisions that reach a region, or those of my regions; which are to be looked at again."""
    return decisions().page(**asked, actor=g.actor, now=g.now)


@bp.post("/decisions")
@bp.arguments(DecideSchema)
@bp.response(201, DecidedSchema)
def decide(asked: dict[str, Any]) -> Standing:
    """Decide on a clause or an item; where a decision stands, name its revision."""
    return decisions().decide(**asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/decisions/<decision_id>")
@bp.response(200, DecidedSchema)
def get_decision(decision_id: str) -> Standing:
    """One decision as it stands."""
    return decisions().get(decision_id, actor=g.actor, now=g.now)


@bp.get("/decisions/<decision_id>/history")
@bp.response(200, DecisionHistorySchema)
def get_history(decision_id: str) -> dict[str, Any]:
    """Every word on the same clause or item, the first first."""
    return {"items": decisions().history(decision_id, actor=g.actor)}


@bp.post("/decisions/<decision_id>/withdrawal")
@bp.arguments(WithdrawDecisionSchema)
@bp.response(200, DecidedSchema)
def withdraw(asked: dict[str, Any], decision_id: str) -> Standing:
    """Withdraw a decision: what was decided stays on record."""
    return decisions().withdraw(decision_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
