"""Figures, bulletins and open data over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.statistics.actions import Bulletins, Statistics
from inspections.statistics.measures import MEASURES
from inspections.statistics.model import Bulletin, Statement
from inspections.statistics.schemas import (
    BulletinArgumentsSchema,
    BulletinPageSchema,
    BulletinSchema,
    DisclosureArgumentsSchema,
    DisclosureSchema,
    MeasureListSchema,
    NewBulletinSchema,
    OverTimeArgumentsSchema,
    StandingArgumentsSchema,
    StandingListSchema,
    StatementArgumentsSchema,
    StatementListSchema,
    StatementOfRegionSchema,
)
from media.pages import Page

bp = Blueprint("statistics", __name__, url_prefix="/api/v1", description="统计 Statistics")


def statistics() -> Statistics:
    return current_app.extensions["huyuan"].oversight.statistics  # type: ignore[no-any-return]


def bulletins() -> Bulletins:
    return current_app.extensions["huyuan"].oversight.bulletins  # type: ignore[no-any-return]


@bp.get("/statistics/measures")
@bp.response(200, MeasureListSchema)
def list_measures() -> dict[str, Any]:
    """What each figure counts, of what, and against which target."""
    return {"items": list(MEASURES.values())}


@bp.get("/statistics")
@bp.arguments(StatementArgumentsSchema, location="query")
@bp.response(200, StatementOfRegionSchema)
def get_statement(asked: dict[str, Any]) -> Statement:
    """Figures at the end of a period, what was done in it, and the regions below."""
    return statistics().statement(**asked, actor=g.actor)


@bp.get("/statistics/over-time")
@bp.arguments(OverTimeArgumentsSchema, location="query")
@bp.response(200, StatementListSchema)
def list_over_time(asked: dict[str, Any]) -> dict[str, Any]:
    """The figures of each month, quarter or year."""
    return {"items": statistics().over_time(**asked, actor=g.actor)}


@bp.get("/statistics/standings")
@bp.arguments(StandingArgumentsSchema, location="query")
@bp.response(200, StandingListSchema)
def list_standings(asked: dict[str, Any]) -> dict[str, Any]:
    """What stands behind a figure: each kindergarten, and the visit whose answer counts."""
    return {"items": statistics().standings(**asked, actor=g.actor)}


@bp.get("/open-data/kindergartens")
@bp.arguments(DisclosureArgumentsSchema, location="query")
@bp.response(200, DisclosureSchema)
def list_disclosed(asked: dict[str, Any]) -> dict[str, Any]:
    """What may be disclosed of a region's kindergartens, without personal data."""
    return {"items": statistics().disclosed(**asked, actor=g.actor)}


@bp.post("/bulletins")
@bp.arguments(NewBulletinSchema)
@bp.response(201, BulletinSchema)
def draft_bulletin(asked: dict[str, Any]) -> Bulletin:
    """Draft a bulletin: the figures are frozen as they are."""
    return bulletins().draft(**asked, actor=g.actor, now=g.now)


@bp.get("/bulletins")
@bp.arguments(BulletinArgumentsSchema, location="query")
@bp.response(200, BulletinPageSchema)
def list_bulletins(asked: dict[str, Any]) -> Page[Bulletin]:
    """Bulletins of the asker's regions."""
    return bulletins().page(**asked, actor=g.actor)


@bp.get("/bulletins/<bulletin_id>")
@bp.response(200, BulletinSchema)
def get_bulletin(bulletin_id: str) -> Bulletin:
    """One bulletin."""
    return bulletins().get(bulletin_id, actor=g.actor)


@bp.post("/bulletins/<bulletin_id>/publication")
@bp.response(200, BulletinSchema)
def publish_bulletin(bulletin_id: str) -> Bulletin:
    """Publish it under the next number; by another supervisor than drafted it."""
    return bulletins().publish(bulletin_id, seen=g.seen, actor=g.actor, now=g.now)
