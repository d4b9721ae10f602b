"""The wire shapes of findings."""

from marshmallow import Schema, fields, validate

from checklists.generation.schemas import ItemSchema


class FindingSchema(Schema):
    id = fields.String()
    inspection_id = fields.String()
    case_id = fields.String()
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    item = fields.Nested(ItemSchema)
    found_at = fields.AwareDateTime()
    value = fields.Raw(allow_none=True)
    note = fields.String(allow_none=True)
    evidence_ids = fields.List(fields.String())
    notice_id = fields.String(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    revision = fields.Integer()


class FindingPageSchema(Schema):
    items = fields.List(fields.Nested(FindingSchema))
    next = fields.String(allow_none=True)


class FindingArgumentsSchema(Schema):
    inspection_id = fields.String(validate=validate.Length(1, 64))
    kindergarten_id = fields.String(validate=validate.Length(1, 64))
    open_only = fields.Boolean(load_default=False)
    cursor = fields.String(validate=validate.Length(1, 400))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
