"""Evidence over HTTP: what is known, the derivatives, and the sealed original for a reason."""

from typing import Any

from flask import Response, current_app, g, request
from flask_smorest import Blueprint

from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.evidence.reuse import Known, distance
from media.evidence.schemas import (
    AlikeListSchema,
    DerivativeArgumentsSchema,
    EvidenceSchema,
    OriginalArgumentsSchema,
)

bp = Blueprint("evidence", __name__, url_prefix="/api/v1/evidence", description="证据 Evidence")

BINARY = {"type": "string", "format": "binary"}


def room() -> EvidenceRoom:
    return current_app.extensions["huyuan"].evidence  # type: ignore[no-any-return]


@bp.get("/<evidence_id>")
@bp.response(200, EvidenceSchema)
def get_evidence(evidence_id: str) -> Evidence:
    """What is known of one photo: hash, place, times, flags."""
    return room().get(evidence_id, actor=g.actor, now=g.now)


@bp.get("/<evidence_id>/alike")
@bp.response(200, AlikeListSchema)
def list_alike(evidence_id: str) -> dict[str, Any]:
    """Evidence of the asker's regions that shows the same picture, the nearest first."""
    evidence, found = room().alike(evidence_id, actor=g.actor, now=g.now)
    return {"items": [as_alike(evidence, each) for each in found]}


@bp.get("/<evidence_id>/derivatives/<int:side>")
@bp.arguments(DerivativeArgumentsSchema, location="query")
@bp.response(200, BINARY, content_type="image/jpeg")
def get_derivative(asked: dict[str, Any], evidence_id: str, side: int) -> Response:
    """The photo upright, sRGB, without metadata; its longer side has 1280 or 320 pixels.

    A director is shown it with annotations and redactions drawn in, an official where asked.
    """
    shown = room().derivative(evidence_id, side, **asked, actor=g.actor, now=g.now)
    return picture(shown.data, "image/jpeg", f"{shown.evidence.id}-{side}.jpeg", shown.digest)


@bp.get("/<evidence_id>/original")
@bp.arguments(OriginalArgumentsSchema, location="query")
@bp.response(200, BINARY, content_type="image/*")
def get_original(asked: dict[str, Any], evidence_id: str) -> Response:
    """The bytes as they were received, their hash checked; the viewing goes on record."""
    evidence, data = room().original(evidence_id, actor=g.actor, now=g.now, why=asked["reason"])
    return picture(data, evidence.format.media_type, evidence.name, evidence.sha256)


def as_alike(evidence: Evidence, other: Known) -> dict[str, Any]:
    return {
        "id": other.id,
        "kindergarten_id": other.kindergarten_id,
        "subject_id": other.subject_id,
        "identical": other.sha256 == evidence.sha256,
        "distance": distance(evidence.likeness, other.likeness),
    }


def picture(data: bytes, media_type: str, name: str, digest: str) -> Response:
    """Return bytes that a browser shows as an image and as nothing else."""
    answer = Response(data, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(digest)
    answer.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return answer
