"""`/api/v1/names`: checking names."""

from datetime import date
from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from checklists.naming.actions import Naming, to_line
from checklists.naming.schemas import CheckedNamesSchema, NamesToCheckSchema

bp = Blueprint("naming", __name__, url_prefix="/api/v1/names", description="名称核查")


def naming() -> Naming:
    found: Naming = current_app.extensions["huyuan"].naming
    return found


@bp.post("/check")
@bp.arguments(NamesToCheckSchema)
@bp.response(200, CheckedNamesSchema)
def check(asked: dict[str, Any]) -> dict[str, Any]:
    """Check one name or many. With a region, by its plans in force on the day, else by all."""
    on: date = asked["on"] or g.now.date()
    names = [(each["name"], each["nature"]) for each in asked["names"]]
    found = naming().check_many(names, region=asked["region"], on=on)
    return {"items": [to_line(each) for each in found]}
