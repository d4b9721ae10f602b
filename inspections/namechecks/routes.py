"""Checks of the register's names over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.namechecks.actions import NameChecks
from inspections.namechecks.model import Hit, NameRun
from inspections.namechecks.schemas import (
    HitArgumentsSchema,
    HitPageSchema,
    NameRunArgumentsSchema,
    NameRunPageSchema,
    NameRunSchema,
    NewNameRunSchema,
)
from media.pages import Page

bp = Blueprint(
    "namechecks",
    __name__,
    url_prefix="/api/v1/name-runs",
    description="全册名称核查 The register's names",
)


def name_checks() -> NameChecks:
    return current_app.extensions["huyuan"].name_checks  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewNameRunSchema)
@bp.response(202, NameRunSchema)
def start_run(asked: dict[str, Any]) -> NameRun:
    """Have every name within one's regions checked in the background."""
    id_ = str(asked["id"]) if asked["id"] else None
    return name_checks().start(id=id_, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(NameRunArgumentsSchema, location="query")
@bp.response(200, NameRunPageSchema)
def list_runs(asked: dict[str, Any]) -> Page[NameRun]:
    """One's own checks, the newest first."""
    return name_checks().page(**asked, actor=g.actor)


@bp.get("/<run_id>")
@bp.response(200, NameRunSchema)
def get_run(run_id: str) -> NameRun:
    """How far a check is."""
    return name_checks().get(run_id, actor=g.actor)


@bp.get("/<run_id>/hits")
@bp.arguments(HitArgumentsSchema, location="query")
@bp.response(200, HitPageSchema)
def list_hits(asked: dict[str, Any], run_id: str) -> Page[Hit]:
    """The names that are in doubt or in breach."""
    return name_checks().hits(run_id, **asked, actor=g.actor)
