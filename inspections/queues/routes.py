"""Queues over HTTP: what waits for me."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.queues.actions import Queues
from inspections.queues.model import Entry
from inspections.queues.schemas import QueueArgumentsSchema, QueuePageSchema, QueuesSchema
from media.pages import Page

bp = Blueprint("queues", __name__, url_prefix="/api/v1/queues", description="待办 Queues")


def queues() -> Queues:
    return current_app.extensions["huyuan"].queues  # type: ignore[no-any-return]


@bp.get("")
@bp.response(200, QueuesSchema)
def list_queues() -> dict[str, Any]:
    """Every queue of my roles: how many wait, and the most urgent."""
    return {"items": queues().overview(actor=g.actor, now=g.now)}


@bp.get("/<name>")
@bp.arguments(QueueArgumentsSchema, location="query")
@bp.response(200, QueuePageSchema)
def get_queue(asked: dict[str, Any], name: str) -> Page[Entry]:
    """One queue, most urgent first."""
    return queues().page(name, **asked, actor=g.actor, now=g.now)
