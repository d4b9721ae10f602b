"""The wire shapes of regions."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from media.schemas import prose, text


def code_field(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"\d{6}\Z"), **more)


class RegionSearchSchema(Schema):
    prefix = fields.String(
        load_default="",
        validate=validate.Regexp(r"\d{0,6}\Z"),
        metadata={"description": "a code or its beginning"},
    )
    on = fields.Date(metadata={"description": "only codes valid on the day"})
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class RegionSchema(Schema):
    code = fields.String(metadata={"example": "990102"})
    name = fields.String()
    full_name = fields.String()
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True, metadata={"description": "the last day"})
    successors = fields.List(fields.String())
    predecessors = fields.List(fields.String())


class RegionPageSchema(Schema):
    items = fields.List(fields.Nested(RegionSchema))
    next = fields.String(allow_none=True)


class NewRegionSchema(Schema):
    code = code_field(required=True, metadata={"example": "990104"})
    name = text(60, required=True, metadata={"example": "演示新区（虚构）"})
    valid_from = fields.Date(required=True, metadata={"example": "2026-01-01"})
    document = text(80, required=True, metadata={"example": "演政〔2026〕1号"})
    reason = prose(500, required=True, metadata={"example": "新设"})


class AddedRegionSchema(NewRegionSchema):
    code = fields.String(attribute="id")
    recorded_at = fields.AwareDateTime()
    revision = fields.Integer()


class NewRegionChangeSchema(Schema):
    code = code_field(required=True, metadata={"example": "990103"})
    ends_on = fields.Date(required=True, metadata={"description": "the last day it is valid"})
    successors = fields.List(
        code_field(),
        required=True,
        validate=validate.Length(1, 20),
        metadata={"example": ["990102"]},
    )
    document = text(80, required=True, metadata={"example": "演政〔2026〕2号"})
    reason = prose(500, required=True, metadata={"example": "并入演示东区"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "successors": tuple(data["successors"])}


class RegionChangeSchema(Schema):
    code = fields.String()
    ends_on = fields.Date()
    successors = fields.List(fields.String())
    document = fields.String()
    reason = fields.String()
    recorded_at = fields.AwareDateTime()
    revision = fields.Integer()


class RegionChangesSchema(Schema):
    items = fields.List(fields.Nested(RegionChangeSchema))


class WithdrawnChangeSchema(Schema):
    why = prose(500, required=True, metadata={"example": "误录"})
