"""The wire shapes of stoppages."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.stoppages.model import Status, Step
from media.schemas import prose, text


class OrderStoppageSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    inspection_id = text(64, required=True, metadata={"example": "the id of an inspection"})
    item_id = text(120, required=True, metadata={"example": "floor-limit"})
    what = prose(1000, required=True, metadata={"example": "四楼活动室两间，立即停止使用"})
    hours = fields.Integer(
        strict=True,
        validate=validate.Range(1, 240),
        metadata={"description": "until the proof is due; never more than the bureau allows"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])}


class StoppageStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True)
    why = prose(2000, required=True, metadata={"example": "已封闭并张贴停用标识"})
    evidence_ids = fields.List(
        fields.UUID(),
        load_default=[],
        validate=validate.Length(max=50),
        metadata={"description": "of a proof: photos sent before"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"evidence_ids": [str(each) for each in data["evidence_ids"]]}


class StoppageArgumentsSchema(Schema):
    status = fields.Enum(Status, by_value=True)
    kindergarten_id = text(64)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | ({"status": data["status"].value} if "status" in data else {})


class StoppageTakenSchema(Schema):
    step = fields.Enum(Step, by_value=True)
    at = fields.AwareDateTime()
    why = fields.String()
    evidence_ids = fields.List(fields.String())


class StoppageSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    inspection_id = fields.String()
    item_id = fields.String()
    item_title = fields.String()
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    what = fields.String()
    basis = fields.List(fields.String())
    ordered_at = fields.AwareDateTime()
    proof_due_at = fields.AwareDateTime()
    overdue_at = fields.AwareDateTime(allow_none=True)
    status = fields.Enum(Status, by_value=True)
    steps = fields.List(fields.Nested(StoppageTakenSchema))
    revision = fields.Integer()


class StoppagePageSchema(Schema):
    items = fields.List(fields.Nested(StoppageSchema))
    next = fields.String(allow_none=True)
