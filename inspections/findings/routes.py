"""Findings over HTTP."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.findings.actions import Findings
from inspections.findings.model import Finding
from inspections.findings.schemas import FindingArgumentsSchema, FindingPageSchema
from media.pages import Page

bp = Blueprint("findings", __name__, url_prefix="/api/v1/findings", description="问题 Findings")


def findings() -> Findings:
    return current_app.extensions["huyuan"].findings  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(FindingArgumentsSchema, location="query")
@bp.response(200, FindingPageSchema)
def list_findings(asked: dict[str, Any]) -> Page[Finding]:
    """Findings of approved inspections."""
    return findings().page(**asked, actor=g.actor)
