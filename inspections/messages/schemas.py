"""The wire shapes of messages."""

from marshmallow import Schema, fields, validate

from inspections.messages.model import Kind, Topic
from media.schemas import text


class AboutSchema(Schema):
    kind = fields.Enum(Topic, by_value=True)
    id = fields.String()
    region = fields.String()
    kindergarten_id = fields.String(allow_none=True)
    case_id = fields.String(allow_none=True)


class MessageSchema(Schema):
    id = fields.String(attribute="message.id")
    kind = fields.Enum(Kind, by_value=True, attribute="message.kind")
    at = fields.AwareDateTime(attribute="message.at")
    about = fields.Nested(AboutSchema, attribute="message.about")
    facts = fields.Dict(keys=fields.String(), attribute="message.facts")
    read = fields.Boolean()


class MessagePageSchema(Schema):
    items = fields.List(fields.Nested(MessageSchema))
    next = fields.String(allow_none=True)


class InboxArgumentsSchema(Schema):
    unread = fields.Boolean(metadata={"description": "those alone that I have not read"})
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
