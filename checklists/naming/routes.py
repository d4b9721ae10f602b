"""`/api/v1/names`: checking names, and what bears them."""

from datetime import date
from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from checklists.naming.actions import Naming, compare, to_line
from checklists.naming.schemas import (
    CheckedNamesSchema,
    NamesToCheckSchema,
    WordingFoundSchema,
    WordingSchema,
)
from media.days import day_in_shanghai

bp = Blueprint("naming", __name__, url_prefix="/api/v1/names", description="名称核查")


def naming() -> Naming:
    found: Naming = current_app.extensions["huyuan"].naming
    return found


@bp.post("/check")
@bp.arguments(NamesToCheckSchema)
@bp.response(200, CheckedNamesSchema)
def check_names(asked: dict[str, Any]) -> dict[str, Any]:
    """Check one name or many. With a region, by its plans in force on the day, else by all."""
    on: date = asked["on"] or day_in_shanghai(g.now)
    names = [(each["name"], each["nature"]) for each in asked["names"]]
    rules = naming().rules(asked["region"], on)
    found = naming().check_many(names, region=asked["region"], on=on)
    return {"items": [to_line(each, rules) for each in found]}


@bp.post("/wording")
@bp.arguments(WordingSchema)
@bp.response(200, WordingFoundSchema)
def compare_wording(asked: dict[str, Any]) -> dict[str, Any]:
    """Compare what sign, seal and licence bear with the name that was approved."""
    found = compare(asked["approved"], asked["carriers"])
    alike = all(each.at is None for each in found)
    return {"approved": asked["approved"], "same": alike, "carriers": found}
