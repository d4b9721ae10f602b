"""The wire shapes of drills."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from inspections.drills.model import Alarm, Barrier, CameraLink, Kind, Patrols, Source, Verdict
from media.schemas import moment, prose, text

SECONDS = validate.Range(0, 86_400)
PERCENT = validate.Range(0, 100)


class AlarmSchema(Schema):
    started_at = moment(required=True, metadata={"example": "2026-11-23T10:00:00+08:00"})
    answered_at = moment(
        allow_none=True,
        metadata={
            "description": "null or left out: nobody answered",
            "example": "2026-11-23T10:00:40+08:00",
        },
    )
    receipt = text(80, allow_none=True, metadata={"description": "the number that the police gave"})
    seconds = fields.Float(dump_only=True, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Alarm:
        return Alarm(**data)


class BarrierSchema(Schema):
    stands = fields.Boolean(required=True, metadata={"example": True})
    rising = fields.Boolean(load_default=False)
    seconds = fields.Float(allow_none=True, allow_nan=False, validate=SECONDS)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Barrier:
        return Barrier(**data)


class CameraLinkSchema(Schema):
    online = fields.Integer(
        strict=True, required=True, validate=validate.Range(0, 10_000), metadata={"example": 15}
    )
    total = fields.Integer(
        strict=True, required=True, validate=validate.Range(0, 10_000), metadata={"example": 16}
    )
    period_percent = fields.Float(allow_none=True, allow_nan=False, validate=PERCENT)
    period_days = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 366))
    percent = fields.Float(dump_only=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> CameraLink:
        return CameraLink(**data)


class PatrolsSchema(Schema):
    on = fields.Date(required=True, metadata={"example": "2026-11-23"})
    rounds = fields.Integer(
        strict=True, required=True, validate=validate.Range(0, 200), metadata={"example": 5}
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Patrols:
        return Patrols(**data)


class NewDrillSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    kindergarten_id = text(64, required=True, metadata={"example": "the id of a kindergarten"})
    kind = fields.Enum(Kind, by_value=True, required=True, metadata={"example": "alarm"})
    at = moment(required=True, metadata={"example": "2026-11-23T10:00:00+08:00"})
    inspection_id = text(64)
    note = prose(2000)
    alarm = fields.Nested(AlarmSchema)
    barrier = fields.Nested(BarrierSchema)
    camera_link = fields.Nested(CameraLinkSchema)
    patrols = fields.Nested(PatrolsSchema)

    @validates_schema
    def holds_its_kind(self, data: dict[str, Any], **_: Any) -> None:
        held = {kind.value for kind in Kind if kind.value in data}
        if "kind" in data and held != {data["kind"].value}:
            raise ValidationError("It holds the measurement of its kind, and no other.", "kind")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])}


class AskedDrillSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    kindergarten_id = text(64, required=True, metadata={"example": "the id of a kindergarten"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])}


class DrillArgumentsSchema(Schema):
    kind = fields.Enum(Kind, by_value=True)
    verdict = fields.Enum(Verdict, by_value=True)
    kindergarten_id = text(64)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {
            name: value.value if isinstance(value, Kind | Verdict) else value
            for name, value in data.items()
        }


class UntestedArgumentsSchema(Schema):
    kind = fields.Enum(Kind, by_value=True, required=True, metadata={"example": "alarm"})
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class UntestedSchema(Schema):
    id = fields.String(metadata={"description": "the kindergarten's"})
    name = fields.String()
    region = fields.String()


class UntestedPageSchema(Schema):
    items = fields.List(fields.Nested(UntestedSchema))
    next = fields.String(allow_none=True)


class DrillJudgementSchema(Schema):
    verdict = fields.Enum(Verdict, by_value=True)
    measured = fields.Float(allow_none=True)
    limit = fields.Float(allow_none=True, metadata={"description": "null: the bureau set none"})
    why = fields.List(fields.String())


class DrillSchema(Schema):
    id = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    at = fields.AwareDateTime()
    by_name = fields.String()
    source = fields.Enum(Source, by_value=True)
    judgement = fields.Nested(DrillJudgementSchema)
    next_due = fields.Date(allow_none=True)
    inspection_id = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    alarm = fields.Nested(AlarmSchema, allow_none=True)
    barrier = fields.Nested(BarrierSchema, allow_none=True)
    camera_link = fields.Nested(CameraLinkSchema, allow_none=True)
    patrols = fields.Nested(PatrolsSchema, allow_none=True)
    revision = fields.Integer()


class DrillPageSchema(Schema):
    items = fields.List(fields.Nested(DrillSchema))
    next = fields.String(allow_none=True)


class DrillListSchema(Schema):
    items = fields.List(fields.Nested(DrillSchema))
