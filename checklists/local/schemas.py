"""The wire shapes of local items."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from checklists.decisions.schemas import OwnItemSchema, digest_field, region_field
from media.schemas import prose, text

STEPS = ("withdraw",)


class NewLocalItemSchema(Schema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    region = region_field(required=True, metadata={"example": "990102"})
    item = fields.Nested(
        OwnItemSchema,
        required=True,
        metadata={
            "example": {
                "title": "河道一侧围栏",
                "title_en": "Fence along the river",
                "how": "沿河走一遍，看围栏是否连续、牢固。",
                "family": "physical",
                "place": "yard",
            }
        },
    )
    reason = prose(500, required=True, metadata={"example": "本县多所幼儿园临河"})
    basis = prose(500, required=True, metadata={"example": "县防溺水工作专题会议纪要"})
    valid_from = fields.Date(required=True, metadata={"example": "2026-01-01"})
    valid_until = fields.Date(load_default=None, allow_none=True)
    plan_id = text(60, load_default=None, allow_none=True)
    words_sha256 = digest_field(load_default=None, allow_none=True)

    @validates_schema
    def must_name_a_whole_clause(self, data: dict[str, Any], **_: Any) -> None:
        """A clause is a plan and the hash of its words."""
        for one, other in (("plan_id", "words_sha256"), ("words_sha256", "plan_id")):
            if data.get(one) is not None and data.get(other) is None:
                raise ValidationError("Missing data for required field", other)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])} if "id" in data else data


class LocalItemStepSchema(Schema):
    step = fields.String(
        required=True, validate=validate.OneOf(STEPS), metadata={"example": "withdraw"}
    )
    why = prose(500, required=True, metadata={"example": "整治已经结束"})


class ClauseSchema(Schema):
    plan_id = fields.String()
    section = fields.String()
    words_sha256 = fields.String()


class LocalItemSchema(Schema):
    id = fields.String()
    region = fields.String()
    item = fields.Nested(OwnItemSchema)
    reason = fields.String()
    basis = fields.String()
    clause = fields.Nested(ClauseSchema, allow_none=True)
    valid_from = fields.Date()
    valid_until = fields.Date(allow_none=True)
    added_at = fields.AwareDateTime()
    added_by = fields.String()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_by = fields.String(allow_none=True)
    withdrawn_why = fields.String(allow_none=True)
    revision = fields.Integer()


class LocalItemPageSchema(Schema):
    items = fields.List(fields.Nested(LocalItemSchema))
    next = fields.String(allow_none=True)


class LocalItemSearchSchema(Schema):
    region = region_field(load_default=None, metadata={"example": "990102"})
    cursor = text(400, load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
