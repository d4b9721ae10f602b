"""Holds and deletions over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from media.retention.actions import Retention
from media.retention.model import Deletion, Hold
from media.retention.schemas import (
    DeletionDecisionSchema,
    DeletionListSchema,
    DeletionSchema,
    DueListSchema,
    HoldListSchema,
    HoldSchema,
    NewDeletionSchema,
    NewHoldSchema,
    ReleaseSchema,
)

bp = Blueprint("retention", __name__, url_prefix="/api/v1", description="留存与删除 Retention")


def retention() -> Retention:
    return current_app.extensions["huyuan"].retention  # type: ignore[no-any-return]


@bp.get("/holds")
@bp.response(200, HoldListSchema)
def list_holds() -> dict[str, Any]:
    """The legal holds that stand."""
    return {"items": retention().holds(actor=g.actor)}


@bp.post("/holds")
@bp.arguments(NewHoldSchema)
@bp.response(201, HoldSchema)
def place_hold(given: dict[str, Any]) -> Hold:
    """Keep all evidence of a case until the hold is released."""
    return retention().hold(**given, actor=g.actor, now=g.now)


@bp.post("/holds/<hold_id>/release")
@bp.arguments(ReleaseSchema)
@bp.response(200, HoldSchema)
def release_hold(given: dict[str, Any], hold_id: str) -> Hold:
    """Let a hold go, for a reason."""
    return retention().release(hold_id, why=given["why"], actor=g.actor, now=g.now)


@bp.get("/evidence-due")
@bp.response(200, DueListSchema)
def list_due() -> dict[str, Any]:
    """Evidence whose period is over and that nothing holds, the oldest first."""
    return {
        "items": [
            {
                "id": each.id,
                "case_id": each.case_id,
                "subject_kind": each.subject_kind,
                "received_at": each.received_at,
                "kept_until": until,
            }
            for each, until in retention().due(actor=g.actor, now=g.now)
        ]
    }


@bp.get("/deletions")
@bp.response(200, DeletionListSchema)
def list_deletions() -> dict[str, Any]:
    """Deletions that were proposed, decided or not, the newest first."""
    return {"items": retention().deletions(actor=g.actor)}


@bp.post("/deletions")
@bp.arguments(NewDeletionSchema)
@bp.response(201, DeletionSchema)
def propose_deletion(given: dict[str, Any]) -> Deletion:
    """Propose that evidence of one case is deleted."""
    return retention().propose(**given, actor=g.actor, now=g.now)


@bp.post("/deletions/<deletion_id>/decision")
@bp.arguments(DeletionDecisionSchema)
@bp.response(200, DeletionSchema)
def decide_deletion(given: dict[str, Any], deletion_id: str) -> Deletion:
    """Delete what was proposed, or leave it; never by who proposed it."""
    return retention().decide(deletion_id, **given, seen=g.seen, actor=g.actor, now=g.now)
