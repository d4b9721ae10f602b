"""Layers over HTTP, below the photo that they are laid over."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from media.layers.actions import Layers
from media.layers.model import Layer
from media.layers.schemas import (
    LayerListSchema,
    LayerSchema,
    NewLayerSchema,
    WithdrawalArgumentsSchema,
)

bp = Blueprint("layers", __name__, url_prefix="/api/v1/evidence", description="图层 Layers")


def room() -> Layers:
    return current_app.extensions["huyuan"].layers  # type: ignore[no-any-return]


@bp.get("/<evidence_id>/layers")
@bp.response(200, LayerListSchema)
def list_layers(evidence_id: str) -> dict[str, Any]:
    """What is laid over a photo, by whom and why."""
    return {"items": room().over(evidence_id, actor=g.actor, now=g.now)}


@bp.post("/<evidence_id>/layers")
@bp.arguments(NewLayerSchema)
@bp.response(201, LayerSchema)
def add_layer(given: dict[str, Any], evidence_id: str) -> Layer:
    """Point at something, or hide a face or a number plate; the photo below stays as it is."""
    return room().add(
        evidence_id,
        given["id"],
        given["kind"],
        given["marks"],
        why=given["why"],
        actor=g.actor,
        now=g.now,
    )


@bp.post("/<evidence_id>/layers/<layer_id>/withdrawal")
@bp.arguments(WithdrawalArgumentsSchema)
@bp.response(200, LayerSchema)
def withdraw_layer(given: dict[str, Any], evidence_id: str, layer_id: str) -> Layer:
    """Take a layer back, for a reason; a redaction by a supervisor."""
    return room().withdraw(evidence_id, layer_id, why=given["why"], actor=g.actor, now=g.now)
