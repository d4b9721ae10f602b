"""Receivers and deliveries over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from media.pages import Page
from service.delivery.actions import Receivers
from service.delivery.model import Delivery, Preference, ReceiverView
from service.delivery.preferences import Preferences
from service.delivery.schemas import (
    DeliveryArgumentsSchema,
    DeliveryPageSchema,
    DeliverySchema,
    NewReceiverSchema,
    PreferenceSchema,
    ReceiverArgumentsSchema,
    ReceiverChangeSchema,
    ReceiverPageSchema,
    ReceiverSchema,
    RotationSchema,
)

bp = Blueprint("delivery", __name__, url_prefix="/api/v1", description="投递 Delivery")


def receivers() -> Receivers:
    return current_app.extensions["huyuan"].receivers  # type: ignore[no-any-return]


def preferences() -> Preferences:
    return current_app.extensions["huyuan"].preferences  # type: ignore[no-any-return]


@bp.post("/receivers")
@bp.arguments(NewReceiverSchema)
@bp.response(201, ReceiverSchema)
def add_receiver(asked: dict[str, Any]) -> ReceiverView:
    """Register a receiver; the answer tells the secret of its signatures, once."""
    return receivers().add(**asked, actor=g.actor, now=g.now)


@bp.get("/receivers")
@bp.arguments(ReceiverArgumentsSchema, location="query")
@bp.response(200, ReceiverPageSchema)
def list_receivers(asked: dict[str, Any]) -> Page[ReceiverView]:
    """The receivers within the administrator's regions."""
    return receivers().page(**asked, actor=g.actor)


@bp.get("/receivers/<receiver_id>")
@bp.response(200, ReceiverSchema)
def get_receiver(receiver_id: str) -> ReceiverView:
    """One receiver."""
    return receivers().get(receiver_id, actor=g.actor)


@bp.patch("/receivers/<receiver_id>")
@bp.arguments(ReceiverChangeSchema)
@bp.response(200, ReceiverSchema)
def change_receiver(asked: dict[str, Any], receiver_id: str) -> ReceiverView:
    """Change what is given."""
    return receivers().change(receiver_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/receivers/<receiver_id>/rotation")
@bp.arguments(RotationSchema)
@bp.response(200, ReceiverSchema)
def rotate_receiver(asked: dict[str, Any], receiver_id: str) -> ReceiverView:
    """Give it a new secret; the answer tells it, once."""
    return receivers().rotate(receiver_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.delete("/receivers/<receiver_id>")
@bp.response(204)
def remove_receiver(receiver_id: str) -> None:
    """Remove it with what waits for it."""
    receivers().remove(receiver_id, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/deliveries")
@bp.arguments(DeliveryArgumentsSchema, location="query")
@bp.response(200, DeliveryPageSchema)
def list_deliveries(asked: dict[str, Any]) -> Page[Delivery]:
    """What waits, what arrived, and the dead letters."""
    return receivers().deliveries(**asked, actor=g.actor)


@bp.post("/deliveries/<delivery_id>/retry")
@bp.response(200, DeliverySchema)
def retry_delivery(delivery_id: str) -> Delivery:
    """Try it now."""
    return receivers().retry(delivery_id, actor=g.actor, now=g.now)


@bp.get("/me/preferences")
@bp.response(200, PreferenceSchema)
def get_preferences() -> Preference:
    """By which way I wish to be told; without a choice nothing is sent."""
    return preferences().mine(actor=g.actor)


@bp.put("/me/preferences")
@bp.arguments(PreferenceSchema)
@bp.response(200, PreferenceSchema)
def choose_preferences(asked: dict[str, Any]) -> Preference:
    """Choose phone and mail address, null for neither; If-Match is "0" where nothing was chosen."""
    return preferences().choose(**asked, seen=g.seen, actor=g.actor, now=g.now)
