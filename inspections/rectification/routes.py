"""Notices, from draft to closure."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.rectification.actions import Rectification
from inspections.rectification.hearings import Hearings
from inspections.rectification.model import Notice
from inspections.rectification.schemas import (
    AskForDaysSchema,
    ClockSchema,
    CountSchema,
    DecideObjectionSchema,
    DecideOnDaysSchema,
    DraftSchema,
    NoticeArgumentsSchema,
    NoticePageSchema,
    NoticeSchema,
    ObjectSchema,
    PlanReinspectionSchema,
    RespondSchema,
    ServiceSchema,
    WhySchema,
)
from inspections.visits.model import Inspection
from inspections.visits.schemas import InspectionSchema
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, PhotoFileSchema, PhotoFormSchema
from media.pages import Page
from media.uploads.actions import Uploads

bp = Blueprint("rectification", __name__, url_prefix="/api/v1/notices", description="整改 Notices")


def rectification() -> Rectification:
    return current_app.extensions["huyuan"].rectification  # type: ignore[no-any-return]


def hearings() -> Hearings:
    return current_app.extensions["huyuan"].oversight.hearings  # type: ignore[no-any-return]


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(DraftSchema)
@bp.response(201, NoticeSchema)
def draft(asked: dict[str, Any]) -> Notice:
    """Draft an order or a recommendation from findings."""
    return rectification().draft(**asked, actor=g.actor, now=g.now)


@bp.get("")
@bp.arguments(NoticeArgumentsSchema, location="query")
@bp.response(200, NoticePageSchema)
def list_notices(asked: dict[str, Any]) -> Page[Notice]:
    """Notices by region; a director sees those served on its kindergartens."""
    return rectification().page(**asked, actor=g.actor)


@bp.get("/<notice_id>")
@bp.response(200, NoticeSchema)
def get_notice(notice_id: str) -> Notice:
    """One notice."""
    return rectification().get(notice_id, actor=g.actor)


@bp.post("/<notice_id>/signatures")
@bp.response(200, NoticeSchema)
def sign(notice_id: str) -> Notice:
    """Sign it as an officer of the visit: two do before it is issued."""
    return rectification().sign(notice_id, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/issue")
@bp.response(200, NoticeSchema)
def issue(notice_id: str) -> Notice:
    """Issue it under the next number; not by whoever drafted it."""
    return rectification().issue(notice_id, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/withdrawal")
@bp.arguments(WhySchema)
@bp.response(200, NoticeSchema)
def withdraw(asked: dict[str, Any], notice_id: str) -> Notice:
    """Withdraw what was not served."""
    return rectification().withdraw(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/service")
@bp.arguments(ServiceSchema)
@bp.response(200, NoticeSchema)
def serve(asked: dict[str, Any], notice_id: str) -> Notice:
    """Record how and when it reached the director: the clock starts."""
    return rectification().serve(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/acknowledgement")
@bp.response(200, NoticeSchema)
def acknowledge(notice_id: str) -> Notice:
    """The director has read it."""
    return rectification().acknowledge(notice_id, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/photos")
@bp.arguments(PhotoFormSchema, location="form")
@bp.arguments(PhotoFileSchema, location="files")
@bp.response(201, EvidenceSchema)
def add_photo(form: dict[str, Any], files: dict[str, Any], notice_id: str) -> Evidence:
    """Keep a photo that the director shows with its response."""
    data = uploads().photo(files["photo"], form["id"], actor=g.actor)
    return rectification().add_photo(notice_id, data, **form, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/responses")
@bp.arguments(RespondSchema)
@bp.response(200, NoticeSchema)
def respond(asked: dict[str, Any], notice_id: str) -> Notice:
    """The director answers every finding still open."""
    return rectification().respond(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/reinspections")
@bp.arguments(PlanReinspectionSchema)
@bp.response(201, InspectionSchema)
def plan_reinspection(asked: dict[str, Any], notice_id: str) -> Inspection:
    """Plan the visit that verifies what is still open."""
    return rectification().plan_reinspection(notice_id, **asked, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/rounds")
@bp.arguments(CountSchema)
@bp.response(200, NoticeSchema)
def count_reinspection(asked: dict[str, Any], notice_id: str) -> Notice:
    """Take over what an approved re-inspection found."""
    return rectification().count_reinspection(
        notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now
    )


@bp.post("/<notice_id>/closure")
@bp.response(200, NoticeSchema)
def close(notice_id: str) -> Notice:
    """Strike it off; not by whoever made one of its visits."""
    return rectification().close(notice_id, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/reopening")
@bp.arguments(WhySchema)
@bp.response(200, NoticeSchema)
def reopen(asked: dict[str, Any], notice_id: str) -> Notice:
    """Send a verified notice back instead of closing it."""
    return rectification().reopen(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/clock/stop")
@bp.arguments(ClockSchema)
@bp.response(200, NoticeSchema)
def stop_clock(asked: dict[str, Any], notice_id: str) -> Notice:
    """Let the clock stand, for a reason on record; nothing lapses meanwhile."""
    return rectification().stop_clock(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/clock/restart")
@bp.arguments(ClockSchema)
@bp.response(200, NoticeSchema)
def restart_clock(asked: dict[str, Any], notice_id: str) -> Notice:
    """Let the clock go on: the rest of the period follows."""
    return rectification().restart_clock(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/extension-requests")
@bp.arguments(AskForDaysSchema)
@bp.response(200, NoticeSchema)
def ask_for_days(asked: dict[str, Any], notice_id: str) -> Notice:
    """Ask for more days before the deadline lapses."""
    return hearings().ask_for_days(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/extension-decisions")
@bp.arguments(DecideOnDaysSchema)
@bp.response(200, NoticeSchema)
def decide_on_days(asked: dict[str, Any], notice_id: str) -> Notice:
    """Decide on the days that were asked for; never by who asked."""
    return hearings().decide_on_days(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/objections")
@bp.arguments(ObjectSchema)
@bp.response(200, NoticeSchema)
def object_to(asked: dict[str, Any], notice_id: str) -> Notice:
    """Object to findings of the notice; the clock runs on unless a supervisor lets it stand."""
    return hearings().object(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<notice_id>/objection-decisions")
@bp.arguments(DecideObjectionSchema)
@bp.response(200, NoticeSchema)
def decide_objection(asked: dict[str, Any], notice_id: str) -> Notice:
    """Uphold or reject the objection; by a supervisor without part in the notice."""
    return hearings().decide(notice_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
