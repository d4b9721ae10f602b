"""The wire shapes of what a new version touches."""

from marshmallow import Schema, fields

from inspections.amendments.model import Kind


class TouchedSchema(Schema):
    kind = fields.Enum(Kind, by_value=True)
    id = fields.String()
    region = fields.String()
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    item_ids = fields.List(fields.String())
    status = fields.String(allow_none=True)
    day = fields.Date(
        allow_none=True, metadata={"description": "of the visit, or the notice's deadline"}
    )


class OpenWorkSchema(Schema):
    items = fields.List(fields.Nested(TouchedSchema))
    counts = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"example": {"notice": 1, "finding": 2, "inspection": 0}},
    )
