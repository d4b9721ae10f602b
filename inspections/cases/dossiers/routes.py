"""Dossiers over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.cases.dossiers.actions import Dossiers
from inspections.cases.dossiers.model import Dossier
from inspections.cases.dossiers.schemas import (
    DossierArgumentsSchema,
    DossierPageSchema,
    DossierSchema,
    DossierStepSchema,
    NewDossierSchema,
)
from inspections.visits.schemas import HistorySchema
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint(
    "dossiers", __name__, url_prefix="/api/v1/dossiers", description="人员与机构案件 Dossiers"
)


def dossiers() -> Dossiers:
    return current_app.extensions["huyuan"].oversight.dossiers  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewDossierSchema)
@bp.response(201, DossierSchema)
def open_dossier(asked: dict[str, Any]) -> Dossier:
    """Open the case of a person at a kindergarten, or of a training institution."""
    return dossiers().open(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(DossierArgumentsSchema, location="query")
@bp.response(200, DossierPageSchema)
def list_dossiers(asked: dict[str, Any]) -> Page[Dossier]:
    """Dossiers by region; a director sees those of its kindergarten once it was told."""
    return dossiers().page(**asked, actor=g.actor)


@bp.get("/<dossier_id>")
@bp.response(200, DossierSchema)
def get_dossier(dossier_id: str) -> Dossier:
    """One dossier."""
    return dossiers().get(dossier_id, actor=g.actor)


@bp.post("/<dossier_id>/photos")
@bp.arguments(PhotoFormSchema, location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], dossier_id: str) -> Evidence:
    """Keep a photo with the dossier."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return dossiers().add_photo(dossier_id, data, **form, actor=g.actor, now=g.now)


@bp.post("/<dossier_id>/steps")
@bp.arguments(DossierStepSchema)
@bp.response(200, DossierSchema)
def take_dossier_step(asked: dict[str, Any], dossier_id: str) -> Dossier:
    """Tell, stop, refer, confirm, dismiss or reopen."""
    return dossiers().take_step(dossier_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/<dossier_id>/history")
@bp.response(200, HistorySchema)
def get_dossier_history(dossier_id: str) -> dict[str, Any]:
    """Every step, chained."""
    return {"items": dossiers().history(dossier_id, actor=g.actor)}
