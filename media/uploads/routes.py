"""tus 1.0.0 over HTTP: core, creation (with upload), checksum, termination, expiration."""

from flask import Response, current_app, g, request, url_for
from flask_smorest import Blueprint
from werkzeug.http import http_date

from media.uploads.actions import Uploads
from media.uploads.headers import (
    PIECES,
    checksum_in,
    declared_in,
    must_be_pieces,
    must_be_tus,
    number_in,
)
from media.uploads.model import EXTENSIONS, LARGEST, VERSION, Algorithm, Upload

bp = Blueprint("uploads", __name__, url_prefix="/api/v1/uploads", description="续传 Uploads (tus)")


def uploads() -> Uploads:
    return current_app.extensions["huyuan"].uploads  # type: ignore[no-any-return]


def given() -> dict[str, str]:
    """Return the request's headers, spelled as tus spells them."""
    return dict(request.headers)


@bp.after_request
def say_version(answer: Response) -> Response:
    """Every answer names the protocol's version, refusals too."""
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("", methods=["OPTIONS"], provide_automatic_options=False)
@bp.response(204)
def tell_abilities() -> Response:
    """What this server takes."""
    answer = Response(status=204)
    answer.headers["Tus-Extension"] = ",".join(EXTENSIONS)
    answer.headers["Tus-Max-Size"] = str(LARGEST)
    answer.headers["Tus-Checksum-Algorithm"] = ",".join(Algorithm)
    return answer


@bp.route("", methods=["POST"])
@bp.response(201)
def begin_upload() -> Response:
    """Open an upload; Upload-Metadata declares `id` (a UUID) and `sha256`, each in base 64."""
    must_be_tus(given())
    id_, digest = declared_in(given())
    length = number_in(given(), "Upload-Length")
    upload = uploads().begin(id_, length, digest, actor=g.actor, now=g.now)
    if request.mimetype == PIECES and upload.offset == 0:
        upload = append(upload.id, 0)
    answer = told(upload, 201)
    answer.headers["Location"] = url_for("uploads.tell_offset", upload_id=upload.id)
    return answer


@bp.route("/<upload_id>", methods=["HEAD"])
@bp.response(200)
def tell_offset(upload_id: str) -> Response:
    """How many bytes are here."""
    must_be_tus(given())
    return told(uploads().get(upload_id, actor=g.actor), 200)


@bp.route("/<upload_id>", methods=["PATCH"])
@bp.response(204)
def append_piece(upload_id: str) -> Response:
    """Send bytes from Upload-Offset on, as many as the line bears."""
    must_be_tus(given())
    must_be_pieces(given())
    return told(append(upload_id, number_in(given(), "Upload-Offset")), 204)


@bp.route("/<upload_id>", methods=["DELETE"])
@bp.response(204)
def end_upload(upload_id: str) -> Response:
    """Throw an upload away."""
    must_be_tus(given())
    uploads().end(upload_id, actor=g.actor)
    return Response(status=204)


def append(upload_id: str, offset: int) -> Upload:
    checksum = checksum_in(given())
    return uploads().append(upload_id, offset, request.stream, checksum, actor=g.actor, now=g.now)


def told(upload: Upload, status: int) -> Response:
    answer = Response(status=status)
    answer.headers["Upload-Offset"] = str(upload.offset)
    answer.headers["Upload-Length"] = str(upload.length)
    if not upload.complete:
        answer.headers["Upload-Expires"] = http_date(upload.expires_at)
    return answer
