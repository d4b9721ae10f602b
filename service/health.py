"""Whether the process lives, and whether it can do its work now."""

from typing import Any

from flask import Response, current_app
from flask_smorest import Blueprint
from marshmallow import Schema, fields
from pymongo.errors import PyMongoError

from service.problems import PLAIN, language, problem

bp = Blueprint("health", __name__, description="服务状态 Health")


class HealthSchema(Schema):
    status = fields.String(metadata={"example": "ok"})


@bp.get("/health")
@bp.response(200, HealthSchema)
def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/ready")
@bp.response(200, HealthSchema)
@bp.alt_response(503, description="MongoDB takes no majority writes now")
def ready() -> dict[str, str] | Response:
    """MongoDB takes majority writes now: a marker is written."""
    database: Any = current_app.extensions["huyuan"].database
    try:
        database["readiness"].update_one({"_id": "marker"}, {"$inc": {"count": 1}}, upsert=True)
    except PyMongoError:
        _, zh, en = PLAIN[503]
        detail = zh if language() == "zh" else en
        return problem(503, "unavailable", detail, {"Retry-After": "2"})
    return {"status": "ok"}
