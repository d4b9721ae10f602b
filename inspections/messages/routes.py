"""My inbox over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.messages.actions import Messages
from inspections.messages.model import Told
from inspections.messages.schemas import InboxArgumentsSchema, MessagePageSchema, MessageSchema
from media.pages import Page

bp = Blueprint("messages", __name__, url_prefix="/api/v1/messages", description="消息 Messages")


def messages() -> Messages:
    return current_app.extensions["huyuan"].messages  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(InboxArgumentsSchema, location="query")
@bp.response(200, MessagePageSchema)
def list_messages(asked: dict[str, Any]) -> Page[Told]:
    """What was told to me, the newest first."""
    return messages().page(**asked, actor=g.actor)


@bp.post("/<message_id>/read")
@bp.response(200, MessageSchema)
def read_message(message_id: str) -> Told:
    """I have read it."""
    return messages().read(message_id, actor=g.actor)
