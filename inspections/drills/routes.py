"""Drills over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.drills.actions import Drills
from inspections.drills.model import Drill, Untested
from inspections.drills.schemas import (
    AskedDrillSchema,
    DrillArgumentsSchema,
    DrillListSchema,
    DrillPageSchema,
    DrillSchema,
    NewDrillSchema,
    UntestedArgumentsSchema,
    UntestedPageSchema,
)
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint("drills", __name__, url_prefix="/api/v1/drills", description="演练 Drills")


def drills() -> Drills:
    return current_app.extensions["huyuan"].oversight.drills  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewDrillSchema)
@bp.response(201, DrillSchema)
def record_drill(asked: dict[str, Any]) -> Drill:
    """Record an alarm, a barrier, a camera link or patrols as they were measured."""
    return drills().record(**asked, actor=g.actor, now=g.now)


@bp.post("/asked")
@bp.arguments(AskedDrillSchema)
@bp.response(201, DrillSchema)
def ask_platform(asked: dict[str, Any]) -> Drill:
    """Have the linkage platform say how many cameras of a kindergarten it sees."""
    return drills().ask_platform(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(DrillArgumentsSchema, location="query")
@bp.response(200, DrillPageSchema)
def list_drills(asked: dict[str, Any]) -> Page[Drill]:
    """Drills by region; a director sees those of its kindergartens."""
    return drills().page(**asked, actor=g.actor)


@bp.get("/due")
@bp.response(200, DrillListSchema)
def list_due_drills() -> dict[str, Any]:
    """The last drill of each kindergarten and kind whose next one is due by today."""
    return {"items": drills().due(actor=g.actor, now=g.now)}


@bp.get("/untested")
@bp.arguments(UntestedArgumentsSchema, location="query")
@bp.response(200, UntestedPageSchema)
def list_untested(asked: dict[str, Any]) -> Page[Untested]:
    """The open kindergartens of which no drill of a kind was ever recorded."""
    return drills().untested(**asked, actor=g.actor)


@bp.get("/<drill_id>")
@bp.response(200, DrillSchema)
def get_drill(drill_id: str) -> Drill:
    """One drill."""
    return drills().get(drill_id, actor=g.actor)


@bp.post("/<drill_id>/photos")
@bp.arguments(PhotoFormSchema, location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], drill_id: str) -> Evidence:
    """Keep a photo of the drill."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return drills().add_photo(drill_id, data, **form, actor=g.actor, now=g.now)
