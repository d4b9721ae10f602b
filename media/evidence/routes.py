"""Evidence over HTTP: what is known, the derivatives, and the sealed original for a reason."""

from typing import Any

from flask import Response, current_app, g, request
from flask_smorest import Blueprint

from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.evidence.schemas import EvidenceSchema, OriginalArgumentsSchema

bp = Blueprint("evidence", __name__, url_prefix="/api/v1/evidence", description="证据 Evidence")

BINARY = {"type": "string", "format": "binary"}


def room() -> EvidenceRoom:
    return current_app.extensions["huyuan"].evidence  # type: ignore[no-any-return]


@bp.get("/<evidence_id>")
@bp.response(200, EvidenceSchema)
def get_evidence(evidence_id: str) -> Evidence:
    """What is known of one photo: hash, place, times, flags."""
    return room().get(evidence_id, actor=g.actor, now=g.now)


@bp.get("/<evidence_id>/derivatives/<int:side>")
@bp.response(200, BINARY, content_type="image/jpeg")
def get_derivative(evidence_id: str, side: int) -> Response:
    """The photo upright, sRGB, without metadata; its longer side has 1280 or 320 pixels."""
    evidence, data = room().derivative(evidence_id, side, actor=g.actor, now=g.now)
    digest = evidence.derivatives[str(side)]
    return picture(data, "image/jpeg", f"{evidence.id}-{side}.jpeg", digest)


@bp.get("/<evidence_id>/original")
@bp.arguments(OriginalArgumentsSchema, location="query")
@bp.response(200, BINARY, content_type="image/*")
def get_original(asked: dict[str, Any], evidence_id: str) -> Response:
    """The bytes as they were received, their hash checked; the viewing goes on record."""
    evidence, data = room().original(evidence_id, actor=g.actor, now=g.now, why=asked["reason"])
    return picture(data, evidence.format.media_type, evidence.name, evidence.sha256)


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
