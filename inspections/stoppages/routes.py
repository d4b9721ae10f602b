"""Stoppages over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.stoppages.actions import Stoppages
from inspections.stoppages.model import Stoppage
from inspections.stoppages.schemas import (
    OrderStoppageSchema,
    StoppageArgumentsSchema,
    StoppagePageSchema,
    StoppageSchema,
    StoppageStepSchema,
)
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint("stoppages", __name__, url_prefix="/api/v1/stoppages", description="停用 Stoppages")


def stoppages() -> Stoppages:
    return current_app.extensions["huyuan"].oversight.stoppages  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(OrderStoppageSchema)
@bp.response(201, StoppageSchema)
def order_stoppage(asked: dict[str, Any]) -> Stoppage:
    """Have a major hazard out of use at once, and a photo of that within hours."""
    return stoppages().order(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(StoppageArgumentsSchema, location="query")
@bp.response(200, StoppagePageSchema)
def list_stoppages(asked: dict[str, Any]) -> Page[Stoppage]:
    """Stoppages by region; a director sees those of its kindergartens."""
    return stoppages().page(**asked, actor=g.actor)


@bp.get("/<stoppage_id>")
@bp.response(200, StoppageSchema)
def get_stoppage(stoppage_id: str) -> Stoppage:
    """One stoppage."""
    return stoppages().get(stoppage_id, actor=g.actor)


@bp.post("/<stoppage_id>/photos")
@bp.arguments(PhotoFormSchema, location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], stoppage_id: str) -> Evidence:
    """Keep a photo of what is out of use."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return stoppages().add_photo(stoppage_id, data, **form, actor=g.actor, now=g.now)


@bp.post("/<stoppage_id>/steps")
@bp.arguments(StoppageStepSchema)
@bp.response(200, StoppageSchema)
def take_stoppage_step(asked: dict[str, Any], stoppage_id: str) -> Stoppage:
    """Prove it, confirm or reject the proof, or lift it."""
    return stoppages().take_step(stoppage_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
