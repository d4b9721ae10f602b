"""The wire shapes of holds and deletions."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from media.retention.model import Ground
from media.schemas import prose, text

MOST = 200


class ActSchema(Schema):
    at = fields.AwareDateTime()
    account_id = fields.String()
    name = fields.String()
    why = fields.String()


class NewHoldSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    case_id = text(120, required=True)
    why = prose(500, required=True, metadata={"example": "行政复议期间"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"hold_id": str(data["id"]), "case_id": data["case_id"], "why": data["why"]}


class ReleaseSchema(Schema):
    why = prose(500, required=True, metadata={"example": "经核实无误"})


class HoldSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    region = fields.String()
    placed = fields.Nested(ActSchema)
    released = fields.Nested(ActSchema, allow_none=True)
    revision = fields.Integer()


class HoldListSchema(Schema):
    items = fields.List(fields.Nested(HoldSchema))


class DueSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    subject_kind = fields.String()
    received_at = fields.AwareDateTime()
    kept_until = fields.AwareDateTime()


class DueListSchema(Schema):
    items = fields.List(fields.Nested(DueSchema))


class NewDeletionSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    evidence_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST),
        metadata={"description": "of one case"},
    )
    ground = fields.Enum(Ground, by_value=True, required=True)
    why = prose(500, required=True, metadata={"example": "保存期届满"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        ids = list(dict.fromkeys(str(each) for each in data["evidence_ids"]))
        return {
            "deletion_id": str(data["id"]),
            "evidence_ids": ids,
            "ground": data["ground"],
            "why": data["why"],
        }


class DeletionDecisionSchema(Schema):
    approve = fields.Boolean(required=True)
    why = prose(500, required=True, metadata={"example": "经核实无误"})


class DeletionSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    region = fields.String()
    evidence_ids = fields.List(fields.String())
    ground = fields.String()
    status = fields.String()
    proposed = fields.Nested(ActSchema)
    decided = fields.Nested(ActSchema, allow_none=True)
    revision = fields.Integer()


class DeletionListSchema(Schema):
    items = fields.List(fields.Nested(DeletionSchema))
