"""Regions over HTTP: the codes with their dates, and what was recorded of them."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from checklists.regions.actions import Regions
from checklists.regions.model import AddedRegion, Region, RegionChange
from checklists.regions.schemas import (
    AddedRegionSchema,
    NewRegionChangeSchema,
    NewRegionSchema,
    RegionChangeSchema,
    RegionChangesSchema,
    RegionPageSchema,
    RegionSearchSchema,
    WithdrawnChangeSchema,
)
from media.pages import Page

bp = Blueprint("regions", __name__, url_prefix="/api/v1", description="行政区划 Regions")


def regions() -> Regions:
    return current_app.extensions["huyuan"].regions  # type: ignore[no-any-return]


@bp.get("/regions")
@bp.arguments(RegionSearchSchema, location="query")
@bp.response(200, RegionPageSchema)
def list_regions(asked: dict[str, Any]) -> Page[Region]:
    """Region codes by their beginning; on a day, those valid then."""
    return regions().page(**asked)


@bp.post("/regions")
@bp.arguments(NewRegionSchema)
@bp.response(201, AddedRegionSchema)
def add_region(asked: dict[str, Any]) -> AddedRegion:
    """Add a code that is valid from a day."""
    return regions().add(**asked, actor=g.actor, now=g.now)


@bp.get("/region-changes")
@bp.response(200, RegionChangesSchema)
def list_changes() -> dict[str, Any]:
    """Every code that ends or has ended, and what succeeds it."""
    return {"items": regions().changes()}


@bp.post("/region-changes")
@bp.arguments(NewRegionChangeSchema)
@bp.response(201, RegionChangeSchema)
def record_change(asked: dict[str, Any]) -> RegionChange:
    """Record that a code ends with a day, and its successors, from which its history is reached."""
    return regions().end(**asked, actor=g.actor, now=g.now)


@bp.post("/region-changes/<code>/withdrawal")
@bp.arguments(WithdrawnChangeSchema)
@bp.response(204)
def withdraw_change(asked: dict[str, Any], code: str) -> None:
    """Take back a change that was recorded by mistake; both stay on record."""
    regions().withdraw(code, **asked, seen=g.seen, actor=g.actor, now=g.now)
