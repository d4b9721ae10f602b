"""Figures as files over HTTP."""

from typing import Any

from flask import Response, current_app, g
from flask_smorest import Blueprint

from inspections.statistics.actions import Statistics
from service.figures import writing
from service.figures.schemas import DisclosureFileSchema, StandingFileSchema, StatementFileSchema
from service.tables.model import Format
from service.tables.routes import BINARY, download
from service.tables.writing import write

bp = Blueprint("figures", __name__, url_prefix="/api/v1/exports", description="统计文件 Figures")

OCTETS = "application/octet-stream"


def statistics() -> Statistics:
    return current_app.extensions["huyuan"].oversight.statistics  # type: ignore[no-any-return]


@bp.get("/statistics")
@bp.arguments(StatementFileSchema, location="query")
@bp.response(200, BINARY, content_type=OCTETS)
def export_statement(asked: dict[str, Any]) -> Response:
    """The figures of a region and of each below it, as a table."""
    wanted = Format(asked.pop("format"))
    statement = statistics().statement(**asked, actor=g.actor)
    rows = writing.figure_rows(statement)
    return download(write(rows, writing.FIGURES, wanted), "statistics", wanted)


@bp.get("/standings")
@bp.arguments(StandingFileSchema, location="query")
@bp.response(200, BINARY, content_type=OCTETS)
def export_standings(asked: dict[str, Any]) -> Response:
    """What stands behind a figure, as a table or a map."""
    wanted = asked.pop("format")
    standings = statistics().standings(**asked, actor=g.actor)
    if wanted == "geojson":
        answer = Response(
            writing.geojson(standings, asked["measure"]), mimetype="application/geo+json"
        )
        answer.headers["Content-Disposition"] = 'attachment; filename="standings.geojson"'
        return answer
    kind = Format(wanted)
    rows = writing.standing_rows(standings)
    return download(write(rows, writing.STANDINGS, kind), "standings", kind)


@bp.get("/open-data")
@bp.arguments(DisclosureFileSchema, location="query")
@bp.response(200, BINARY, content_type=OCTETS)
def export_disclosed(asked: dict[str, Any]) -> Response:
    """What may be disclosed of a region's kindergartens, as a table."""
    wanted = Format(asked.pop("format"))
    rows = writing.disclosed_rows(statistics().disclosed(**asked, actor=g.actor))
    return download(write(rows, writing.DISCLOSED, wanted), "kindergartens", wanted)
