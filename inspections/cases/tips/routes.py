"""Tips over HTTP: sent by anybody, read by officers."""

from typing import Any

from flask import current_app, g, request
from flask_smorest import Blueprint

from inspections.cases.tips.actions import Tips
from inspections.cases.tips.model import Tip
from inspections.cases.tips.schemas import (
    DismissTipSchema,
    NewTipSchema,
    ReceiptSchema,
    TakeUpSchema,
    TipArgumentsSchema,
    TipPageSchema,
    TipSchema,
)
from media.pages import Page

bp = Blueprint("tips", __name__, url_prefix="/api/v1/tips", description="举报 Tips")


def tips() -> Tips:
    return current_app.extensions["huyuan"].oversight.tips  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewTipSchema)
@bp.response(201, ReceiptSchema)
def send_tip(asked: dict[str, Any]) -> Tip:
    """Report what may be an unlicensed kindergarten; without an account, a few an hour."""
    return tips().send(**asked, address_of_sender=request.remote_addr or "", now=g.now)


@bp.get("/receipts/<receipt>")
@bp.response(200, ReceiptSchema)
def get_receipt(receipt: str) -> Tip:
    """What became of a tip, for whoever holds its receipt."""
    return tips().state_of(receipt)


@bp.get("")
@bp.arguments(TipArgumentsSchema, location="query")
@bp.response(200, TipPageSchema)
def list_tips(asked: dict[str, Any]) -> Page[Tip]:
    """Tips of the asker's regions."""
    return tips().page(**asked, actor=g.actor)


@bp.post("/<tip_id>/sighting")
@bp.arguments(TakeUpSchema)
@bp.response(200, TipSchema)
def take_up_tip(asked: dict[str, Any], tip_id: str) -> Tip:
    """Make a sighting of it."""
    return tips().take_up(tip_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<tip_id>/dismissal")
@bp.arguments(DismissTipSchema)
@bp.response(200, TipSchema)
def dismiss_tip(asked: dict[str, Any], tip_id: str) -> Tip:
    """Leave it without a sighting, for a reason."""
    return tips().dismiss(tip_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
