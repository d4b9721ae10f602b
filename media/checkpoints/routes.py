"""Checkpoints over HTTP: to keep elsewhere, and to compare with."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from media.checkpoints.actions import Checkpoints
from media.checkpoints.model import Checkpoint, Key, Stamp
from media.checkpoints.schemas import (
    CheckpointArgumentsSchema,
    CheckpointPageSchema,
    CheckpointSchema,
    SigningKeysSchema,
    StampSchema,
)
from media.checkpoints.stamps import Stamps
from media.pages import Page

bp = Blueprint(
    "checkpoints", __name__, url_prefix="/api/v1", description="检查点 Signed checkpoints"
)


def checkpoints() -> Checkpoints:
    return current_app.extensions["huyuan"].checkpoints  # type: ignore[no-any-return]


@bp.get("/checkpoints")
@bp.arguments(CheckpointArgumentsSchema, location="query")
@bp.response(200, CheckpointPageSchema)
def list_checkpoints(asked: dict[str, Any]) -> Page[Checkpoint]:
    """Signed roots over every chain, the newest first."""
    return checkpoints().page(**asked)


@bp.get("/checkpoints/<int:number>")
@bp.response(200, CheckpointSchema)
def get_checkpoint(number: int) -> Checkpoint:
    """One checkpoint."""
    return checkpoints().get(number)


@bp.get("/checkpoints/<int:number>/stamp")
@bp.response(200, StampSchema)
def get_stamp(number: int) -> Stamp:
    """The time stamp of an outside authority over a checkpoint, or that it waits for one."""
    stamps: Stamps = current_app.extensions["huyuan"].stamps
    return stamps.of(number)


@bp.post("/checkpoints")
@bp.response(201, CheckpointSchema)
def make_checkpoint() -> Checkpoint | None:
    """Make one now."""
    return checkpoints().make(now=g.now, even_if_idle=True)


@bp.get("/signing-keys")
@bp.response(200, SigningKeysSchema)
def list_signing_keys() -> dict[str, list[Key]]:
    """The public keys that checkpoints are signed with, the oldest first."""
    return {"items": checkpoints().keys()}
