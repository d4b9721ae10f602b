"""Local items over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from checklists.local.actions import LocalItems
from checklists.local.model import LocalItem
from checklists.local.schemas import (
    LocalItemPageSchema,
    LocalItemSchema,
    LocalItemSearchSchema,
    LocalItemStepSchema,
    NewLocalItemSchema,
)
from media.pages import Page

bp = Blueprint(
    "local", __name__, url_prefix="/api/v1/local-items", description="本地检查项 Local items"
)


def local_items() -> LocalItems:
    return current_app.extensions["huyuan"].local_items  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(LocalItemSearchSchema, location="query")
@bp.response(200, LocalItemPageSchema)
def list_local_items(asked: dict[str, Any]) -> Page[LocalItem]:
    """Items that the bureaux of my regions added, withdrawn ones among them."""
    return local_items().page(**asked, actor=g.actor)


@bp.post("")
@bp.arguments(NewLocalItemSchema)
@bp.response(201, LocalItemSchema)
def add_local_item(asked: dict[str, Any]) -> LocalItem:
    """Add an item to the next drafts of a region; it binds once somebody else publishes one."""
    return local_items().add(**asked, actor=g.actor, now=g.now)


@bp.get("/<item_id>")
@bp.response(200, LocalItemSchema)
def get_local_item(item_id: str) -> LocalItem:
    """One local item."""
    return local_items().get(item_id, actor=g.actor)


@bp.post("/<item_id>/steps")
@bp.arguments(LocalItemStepSchema)
@bp.response(200, LocalItemSchema)
def take_step(asked: dict[str, Any], item_id: str) -> LocalItem:
    """Withdraw it: drafts made from now on do not ask it."""
    return local_items().withdraw(item_id, why=asked["why"], seen=g.seen, actor=g.actor, now=g.now)
