"""The calendar over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.calendars.actions import Calendars
from inspections.calendars.model import Announcement
from inspections.calendars.schemas import (
    AnnouncementListSchema,
    AnnouncementSchema,
    NewAnnouncementSchema,
)

bp = Blueprint("calendars", __name__, url_prefix="/api/v1/calendars", description="日历 Calendars")


def calendars() -> Calendars:
    return current_app.extensions["huyuan"].calendars  # type: ignore[no-any-return]


@bp.get("")
@bp.response(200, AnnouncementListSchema)
def list_calendars() -> dict[str, Any]:
    """The yearly announcements that were taken in, and until when days off are known."""
    room = calendars()
    return {"items": room.every(), "known_until": room.calendar().known_until}


@bp.post("")
@bp.arguments(NewAnnouncementSchema)
@bp.response(201, AnnouncementSchema)
def take_in_calendar(given: dict[str, Any]) -> Announcement:
    """Take in a year's announcement; every running deadline is reckoned again by it."""
    return calendars().take_in(**given, actor=g.actor, now=g.now)
