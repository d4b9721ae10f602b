"""Sightings and unlicensed sites over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.cases.unlicensed.actions import UnlicensedSites
from inspections.cases.unlicensed.model import Sighting, UnlicensedSite
from inspections.cases.unlicensed.schemas import (
    BanSchema,
    LooseArgumentsSchema,
    MatchesSchema,
    NewSightingSchema,
    NewSiteSchema,
    SightingIdsSchema,
    SightingPageSchema,
    SightingSchema,
    SiteArgumentsSchema,
    SitePageSchema,
    SiteSchema,
    SiteStepSchema,
)
from inspections.visits.schemas import HistorySchema
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint(
    "unlicensed", __name__, url_prefix="/api/v1", description="无证办园点 Unlicensed sites"
)


def sites() -> UnlicensedSites:
    return current_app.extensions["huyuan"].unlicensed  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("/sightings")
@bp.arguments(NewSightingSchema)
@bp.response(201, SightingSchema)
def add_sighting(asked: dict[str, Any]) -> Sighting:
    """Report what may be an unlicensed kindergarten, with its place."""
    return sites().sight(**asked, actor=g.actor, now=g.now)


@bp.get("/sightings")
@bp.arguments(LooseArgumentsSchema, location="query")
@bp.response(200, SightingPageSchema)
def list_sightings(asked: dict[str, Any]) -> Page[Sighting]:
    """Sightings that belong to no site yet."""
    return sites().loose(**asked, actor=g.actor)


@bp.get("/sightings/<sighting_id>")
@bp.response(200, SightingSchema)
def get_sighting(sighting_id: str) -> Sighting:
    """One sighting."""
    return sites().sighting(sighting_id, actor=g.actor)


@bp.post("/sightings/<sighting_id>/photos")
@bp.arguments(PhotoFormSchema(exclude=["item_id"]), location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], sighting_id: str) -> Evidence:
    """Keep a photo of the sighting."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return sites().add_photo(sighting_id, data, **form, actor=g.actor, now=g.now)


@bp.get("/sightings/<sighting_id>/matches")
@bp.response(200, MatchesSchema)
def list_matches(sighting_id: str) -> dict[str, Any]:
    """What is within 300 m of it: kindergartens of the register, sites, other sightings."""
    return {"items": sites().matches(sighting_id, actor=g.actor)}


@bp.post("/unlicensed-sites")
@bp.arguments(NewSiteSchema)
@bp.response(201, SiteSchema)
def open_site(asked: dict[str, Any]) -> UnlicensedSite:
    """Open the case of a site on its sightings, each with a photo."""
    return sites().open(**asked, actor=g.actor, now=g.now)


@bp.get("/unlicensed-sites")
@bp.arguments(SiteArgumentsSchema, location="query")
@bp.response(200, SitePageSchema)
def list_sites(asked: dict[str, Any]) -> Page[UnlicensedSite]:
    """Sites by region."""
    return sites().page(**asked, actor=g.actor)


@bp.get("/unlicensed-sites/<site_id>")
@bp.response(200, SiteSchema)
def get_site(site_id: str) -> UnlicensedSite:
    """One site and the steps taken."""
    return sites().get(site_id, actor=g.actor)


@bp.get("/unlicensed-sites/<site_id>/sightings")
@bp.response(200, SightingPageSchema)
def list_site_sightings(site_id: str) -> dict[str, Any]:
    """The site's sightings, the first reported first."""
    return {"items": sites().sightings_of(site_id, actor=g.actor), "next": None}


@bp.post("/unlicensed-sites/<site_id>/sightings")
@bp.arguments(SightingIdsSchema)
@bp.response(200, SiteSchema)
def join_sightings(asked: dict[str, Any], site_id: str) -> UnlicensedSite:
    """Put further sightings into the site."""
    return sites().join(site_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/unlicensed-sites/<site_id>/steps")
@bp.arguments(SiteStepSchema)
@bp.response(200, SiteSchema)
def take_site_step(asked: dict[str, Any], site_id: str) -> UnlicensedSite:
    """Verify, stop, close, license, dismiss or reopen."""
    return sites().take_step(site_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/unlicensed-sites/<site_id>/history")
@bp.response(200, HistorySchema)
def get_site_history(site_id: str) -> dict[str, Any]:
    """Everything recorded of the site and its sightings, each chained to the one before."""
    return {"items": sites().history(site_id, actor=g.actor)}


@bp.post("/unlicensed-sites/<site_id>/ban")
@bp.arguments(BanSchema)
@bp.response(200, SiteSchema)
def ban_operator(asked: dict[str, Any], site_id: str) -> UnlicensedSite:
    """Record until when no application of the operator is accepted: five to ten years."""
    return sites().ban(site_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
