"""`/api/v1/plans`: plans, their texts, and the record that one continues in force."""

import re
from typing import Any

from flask import current_app, g, request
from flask_smorest import Blueprint

from checklists.plans.actions import Plans
from checklists.plans.model import Continuation, Plan
from checklists.plans.schemas import (
    ContinuationSchema,
    NewContinuationSchema,
    PlanPageSchema,
    PlanSchema,
    PlanSearchSchema,
    PlanSummarySchema,
    UploadSchema,
)
from checklists.plans.text import LARGEST
from media.pages import Page

bp = Blueprint("plans", __name__, url_prefix="/api/v1/plans", description="行动计划 Plans")


PLAN_FILE = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
        "text/plain": {"schema": {"type": "string", "example": "第一条 幼儿园应当配备门卫。"}},
    },
}


def plans() -> Plans:
    return current_app.extensions["huyuan"].plans  # type: ignore[no-any-return]


@bp.get("")
@bp.arguments(PlanSearchSchema, location="query")
@bp.response(200, PlanPageSchema)
def list_plans(asked: dict[str, Any]) -> Page[Plan]:
    """Plans by region, without their clauses."""
    return plans().page(**asked)


@bp.get("/<plan_id>")
@bp.response(200, PlanSchema)
def get_plan(plan_id: str) -> dict[str, Any]:
    """One plan with its requirements; with their words where the text was imported."""
    plan = plans().get(plan_id)
    fields = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    return {
        **fields,
        "requirement_count": plan.requirement_count,
        "unmatched_count": plan.unmatched_count,
        "continuations": plans().continuations([plan.id]),
    }


@bp.post("")
@bp.doc(requestBody=PLAN_FILE)
@bp.arguments(UploadSchema, location="query")
@bp.response(201, PlanSummarySchema)
def upload_plan(asked: dict[str, Any]) -> Plan:
    """Take in a plan's text (.txt, .docx, .pdf; 20 MB): as the body, or as the form field `file`.

    Facts of the plan stand in the query, or in the form beside the file.
    """
    file = request.files.get("file")
    if file is None:
        data = request.get_data(cache=False)
    else:
        data = file.stream.read(LARGEST + 1)
        form = {key: value for key, value in request.form.items() if value}
        asked |= {key: value for key, value in UploadSchema().load(form).items() if value}
        named = re.match(r"\d{6}(?=\D)", file.filename or "")
        asked["region"] = asked["region"] or (named.group() if named else None)
    return plans().upload(data, **asked, actor=g.actor, now=g.now)


@bp.post("/<plan_id>/continuations")
@bp.arguments(NewContinuationSchema)
@bp.response(201, ContinuationSchema)
def record_continuation(asked: dict[str, Any], plan_id: str) -> Continuation:
    """Record that a plan past its horizon continues in force."""
    given = asked.pop("id")
    return plans().record_continuation(
        plan_id, **asked, id=str(given) if given else None, actor=g.actor, now=g.now
    )
