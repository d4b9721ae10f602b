"""The wire shapes of risk."""

from marshmallow import Schema, fields, validate

from inspections.risk.model import Tier


class RiskArgumentsSchema(Schema):
    region = fields.String(
        required=True, validate=validate.Regexp(r"\d{6}\Z"), metadata={"example": "990102"}
    )
    tier = fields.Enum(Tier, by_value=True, load_default=None)
    due_only = fields.Boolean(load_default=False)


class RiskSchema(Schema):
    kindergarten_id = fields.String()
    name = fields.String()
    region = fields.String()
    score = fields.Integer()
    tier = fields.Enum(Tier, by_value=True)
    parts = fields.Dict(keys=fields.String(), values=fields.Integer())
    visits = fields.Integer(metadata={"description": "a year"})
    last_visit = fields.Date(allow_none=True)
    due = fields.Date()
    is_due = fields.Boolean()


class RiskListSchema(Schema):
    items = fields.List(fields.Nested(RiskSchema))
