"""The wire shapes of queues."""

from marshmallow import Schema, fields, validate

from inspections.queues.model import Kind
from media.schemas import text


class QueueEntrySchema(Schema):
    kind = fields.Enum(Kind, by_value=True)
    id = fields.String()
    title = fields.String()
    due = fields.AwareDateTime(
        metadata={"description": "its deadline, the end of its day, or since when it waits"}
    )
    region = fields.String(allow_none=True)
    kindergarten_id = fields.String(allow_none=True)
    kindergarten_name = fields.String(allow_none=True)
    overdue = fields.Boolean()
    provisional = fields.Boolean()


class QueueSchema(Schema):
    name = fields.String(metadata={"example": "to_verify"})
    zh = fields.String(metadata={"example": "待复查"})
    en = fields.String(metadata={"example": "to verify"})
    count = fields.Integer(metadata={"description": "1000: so many or more"})
    items = fields.List(fields.Nested(QueueEntrySchema), metadata={"description": "the first five"})


class QueuesSchema(Schema):
    items = fields.List(fields.Nested(QueueSchema))


class QueuePageSchema(Schema):
    items = fields.List(fields.Nested(QueueEntrySchema))
    next = fields.String(allow_none=True)


class QueueArgumentsSchema(Schema):
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
