"""The wire shapes of recusals."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from media.schemas import prose, text


class NewRecusalSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    kindergarten_id = text(64, required=True, metadata={"example": "the id of a kindergarten"})
    account_id = text(64, metadata={"description": "by a supervisor: whom; else oneself"})
    why = prose(1000, required=True, metadata={"example": "近亲属在该园任职"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])}


class EndRecusalSchema(Schema):
    why = prose(1000, required=True, metadata={"example": "该亲属已离职"})


class RecusalArgumentsSchema(Schema):
    kindergarten_id = text(64)
    person_id = text(64)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class RecusalSchema(Schema):
    id = fields.String()
    region = fields.String()
    kindergarten_id = fields.String()
    account_id = fields.String()
    person_id = fields.String()
    name = fields.String()
    why = fields.String()
    declared_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    ended_why = fields.String(allow_none=True)
    revision = fields.Integer()


class RecusalPageSchema(Schema):
    items = fields.List(fields.Nested(RecusalSchema))
    next = fields.String(allow_none=True)
