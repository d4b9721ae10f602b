"""Papers over HTTP: for who may read what they are about, and their codes for everybody."""

from typing import Any

from flask import Response, current_app, g
from flask_smorest import Blueprint

from inspections.papers.actions import Papers
from inspections.papers.model import Paper
from inspections.papers.schemas import PaperArgumentsSchema, VerifiedPaperSchema
from media.papers.actions import POLICY, verification
from media.refusals import NotFound

bp = Blueprint("papers", __name__, url_prefix="/api/v1", description="文书 Papers")
public = Blueprint("public", __name__, description="公众核验 For the public")

BINARY = {"type": "string", "format": "binary"}


def papers() -> Papers:
    return current_app.extensions["huyuan"].papers  # type: ignore[no-any-return]


@bp.get("/papers/<kind>/<subject_id>")
@bp.arguments(PaperArgumentsSchema, location="query")
@bp.response(200, BINARY, content_type="application/pdf")
def get_paper(asked: dict[str, Any], kind: str, subject_id: str) -> Response:
    """The paper of an inspection, a notice, a case or a year, as PDF or as a page to print."""
    if asked["format"] == "html":
        return _html(papers().page(kind, subject_id, actor=g.actor, now=g.now), 200)
    made = papers().pdf(kind, subject_id, actor=g.actor, now=g.now)
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{kind}.pdf"'
    return answer


@bp.get("/verify/<code>")
@bp.response(200, VerifiedPaperSchema)
def verify_paper(code: str) -> Paper:
    """What a paper with this code says of itself: compare it with the one in your hand."""
    return papers().verify(code)


@public.get("/verify/<code>")
def verify_page(code: str) -> Response:
    """The same as a page: the QR on a paper leads here."""
    try:
        found = papers().verify(code)
    except NotFound:
        return _html(verification(code, None), 404)
    return _html(verification(code, VerifiedPaperSchema().dump(found)), 200)


def _html(page: str, status: int) -> Response:
    answer = Response(page, status, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
