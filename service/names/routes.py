"""Files of names over HTTP."""

from typing import Any

from flask import Response, current_app, g
from flask_smorest import Blueprint

from media.days import day_in_shanghai
from service.names.actions import NameTables
from service.names.schemas import JudgedTableSchema, NamesFileArgumentsSchema, NamesFileSchema
from service.tables.model import Format
from service.tables.reading import LARGEST
from service.tables.routes import BINARY, download
from service.tables.schemas import FormatSchema

bp = Blueprint("name_tables", __name__, url_prefix="/api/v1", description="名称表 Tables of names")


def name_tables() -> NameTables:
    return current_app.extensions["huyuan"].name_tables  # type: ignore[no-any-return]


@bp.post("/names/check-file")
@bp.arguments(NamesFileArgumentsSchema, location="query")
@bp.arguments(NamesFileSchema, location="files")
@bp.response(200, JudgedTableSchema)
def check_file(asked: dict[str, Any], files: dict[str, Any]) -> Any:
    """Check the names of a file. With a region, by its plans in force on the day, else by all."""
    data = files["file"].stream.read(LARGEST + 1)
    judged = name_tables().check(
        data, region=asked["region"], on=asked["on"] or day_in_shanghai(g.now)
    )
    if asked["format"] == "json":
        return judged
    kind = Format(asked["format"])
    return download(name_tables().table(judged, kind), "names", kind)


@bp.get("/exports/name-runs/<run_id>")
@bp.arguments(FormatSchema, location="query")
@bp.response(200, BINARY, content_type="application/octet-stream")
def export_run(asked: dict[str, Any], run_id: str) -> Response:
    """What a check of the register found, as a table."""
    wanted = asked["format"]
    return download(name_tables().run_table(run_id, wanted, actor=g.actor), "name-run", wanted)
