"""The wire shapes of measures."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.bureaus.model import Measure
from inspections.ladder.model import Attendee, Status
from media.schemas import prose, text


class AttendeeSchema(Schema):
    name = text(80, required=True, metadata={"example": "园长"})
    duty = text(80, required=True, metadata={"example": "法定代表人"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Attendee:
        return Attendee(**data)


class TakeMeasureSchema(Schema):
    held_on = fields.Date(required=True, metadata={"example": "2026-11-23"})
    place = text(200, metadata={"example": "教育局二楼会议室"})
    attendees = fields.List(fields.Nested(AttendeeSchema), validate=validate.Length(max=50))
    receipt = text(200, metadata={"description": "of the department that took a referral"})
    text = prose(8000, required=True, metadata={"example": "要求三日内完成整改，园长表示接受"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"attendees": tuple(data.get("attendees", ()))}


class WaiveMeasureSchema(Schema):
    why = prose(1000, required=True, metadata={"example": "已于当日完成整改，待复查"})


class MeasureArgumentsSchema(Schema):
    status = fields.Enum(Status, by_value=True)
    notice_id = text(64)
    kindergarten_id = text(64)
    measure = fields.Enum(Measure, by_value=True)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {
            name: value.value if isinstance(value, Status | Measure) else value
            for name, value in data.items()
        }


class TakenMeasureSchema(Schema):
    by_name = fields.String()
    at = fields.AwareDateTime()
    held_on = fields.Date()
    text = fields.String()
    place = fields.String(allow_none=True)
    attendees = fields.List(fields.Nested(AttendeeSchema))
    number = fields.String(allow_none=True)
    receipt = fields.String(allow_none=True)


class MeasureSchema(Schema):
    id = fields.String()
    notice_id = fields.String()
    notice_number = fields.String(allow_none=True)
    case_id = fields.String()
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    measure = fields.Enum(Measure, by_value=True)
    rung = fields.Integer()
    departments = fields.List(fields.String())
    findings = fields.List(fields.String())
    due_since = fields.AwareDateTime()
    status = fields.Enum(Status, by_value=True)
    taken = fields.Nested(TakenMeasureSchema, allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    why = fields.String(allow_none=True)
    revision = fields.Integer()


class MeasurePageSchema(Schema):
    items = fields.List(fields.Nested(MeasureSchema))
    next = fields.String(allow_none=True)
