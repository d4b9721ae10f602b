"""The wire shapes of announcements."""

from marshmallow import Schema, fields, validate

from media.schemas import text


class NewAnnouncementSchema(Schema):
    year = fields.Integer(strict=True, required=True, validate=validate.Range(2000, 2199))
    holidays = fields.List(
        fields.Date(),
        required=True,
        validate=validate.Length(1, 80),
        metadata={"description": "every day off, weekends among them", "example": ["2027-01-01"]},
    )
    workdays = fields.List(
        fields.Date(),
        required=True,
        validate=validate.Length(0, 30),
        metadata={"description": "weekend days that are worked", "example": ["2027-02-20"]},
    )
    source = text(
        200, required=True, metadata={"description": "the notice's number", "example": "国办发明电"}
    )


class AnnouncementSchema(Schema):
    year = fields.Integer(attribute="id")
    holidays = fields.List(fields.Date())
    workdays = fields.List(fields.Date())
    source = fields.String()
    imported_at = fields.AwareDateTime()
    name = fields.String()
    pending = fields.Boolean(metadata={"description": "deadlines are not all reckoned by it yet"})
    revision = fields.Integer()


class AnnouncementListSchema(Schema):
    items = fields.List(fields.Nested(AnnouncementSchema))
    known_until = fields.Date(metadata={"description": "deadlines beyond it are provisional"})
