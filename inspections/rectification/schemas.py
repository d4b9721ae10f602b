"""The wire shapes of notices."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from checklists.generation.schemas import CitationSchema
from inspections.rectification.model import DayKind, Paper, Reply, Status, Way
from media.schemas import moment, prose, text

LONGEST_DAYS = 366


def as_text(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the data with the named UUIDs as strings."""
    return data | {name: str(data[name]) for name in names if name in data}


class DraftSchema(Schema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    finding_ids = fields.List(text(64), required=True, validate=validate.Length(1, 300))
    paper = fields.Enum(Paper, by_value=True, required=True)
    days = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, LONGEST_DAYS),
        metadata={"example": 15},
    )
    day_kind = fields.Enum(DayKind, by_value=True, load_default=DayKind.WORKING)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return as_text(data, "id")


class ServiceSchema(Schema):
    way = fields.Enum(Way, by_value=True, required=True)
    receiver = text(80, required=True, metadata={"example": "园长"})
    served_at = moment(required=True, metadata={"example": "2026-11-23T10:00:00+08:00"})
    witness = text(80, metadata={"description": "needed where it was refused or left"})
    remark = prose(500)


class KeptServiceSchema(ServiceSchema):
    witness = fields.String(allow_none=True)
    remark = fields.String(allow_none=True)
    recorded_at = fields.AwareDateTime()


class WhySchema(Schema):
    why = prose(1000, required=True, metadata={"example": "照片与现场不符"})


class ReplySchema(Schema):
    finding_id = text(64, required=True)
    text = prose(4000, required=True, metadata={"example": "已补装隔离墩两个"})
    evidence_ids = fields.List(fields.UUID(), validate=validate.Length(max=50))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Reply:
        photos = tuple(str(each) for each in data.get("evidence_ids", ()))
        return Reply(data["finding_id"], data["text"], photos)


class RespondSchema(Schema):
    id = fields.UUID()
    replies = fields.List(
        fields.Nested(ReplySchema), required=True, validate=validate.Length(1, 300)
    )
    statement = prose(4000)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return as_text(data, "id")


class KeptReplySchema(Schema):
    finding_id = fields.String()
    text = fields.String()
    evidence_ids = fields.List(fields.String())


class ResponseSchema(Schema):
    id = fields.String()
    at = fields.AwareDateTime()
    replies = fields.List(fields.Nested(KeptReplySchema))
    statement = fields.String(allow_none=True)


class PlanReinspectionSchema(Schema):
    id = fields.UUID()
    officers = fields.List(text(64), required=True, validate=validate.Length(1, 20))
    planned_for = fields.Date(required=True)
    purpose = prose(500)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return as_text(data, "id")


class RoundSchema(Schema):
    inspection_id = fields.String()
    at = fields.AwareDateTime()
    outcomes = fields.Dict(keys=fields.String(), values=fields.Boolean())


class CountSchema(Schema):
    inspection_id = text(
        64, required=True, metadata={"example": "the id of an approved re-inspection"}
    )


class CorrectionSchema(Schema):
    finding_id = fields.String()
    item_id = fields.String()
    title = fields.String()
    severity = fields.String()
    standard = fields.List(fields.Nested(CitationSchema))
    basis = fields.List(fields.String())
    note = fields.String(allow_none=True)
    evidence_ids = fields.List(fields.String())
    met = fields.Boolean()
    struck = fields.Boolean(metadata={"description": "an objection to it was upheld"})


class ClockSchema(Schema):
    why = prose(1000, required=True, metadata={"example": "当事人提出异议，正在复核"})


class AskForDaysSchema(Schema):
    days = fields.Integer(
        strict=True,
        required=True,
        validate=validate.Range(1, 365),
        metadata={"description": "of the notice's own kind", "example": 5},
    )
    why = prose(1000, required=True, metadata={"example": "设备采购尚未到货"})


class DecideOnDaysSchema(Schema):
    approve = fields.Boolean(required=True)
    why = prose(1000, required=True, metadata={"example": "理由成立，同意延期"})


class ClockStepSchema(Schema):
    kind = fields.String(metadata={"example": "stopped"})
    at = fields.AwareDateTime()
    why = fields.String()
    days = fields.Integer(allow_none=True)


class ExtensionRequestSchema(Schema):
    days = fields.Integer()
    why = fields.String()
    at = fields.AwareDateTime()


class SigningSchema(Schema):
    name = fields.String()
    certificate = fields.String(allow_none=True)
    at = fields.AwareDateTime()


class ObjectSchema(Schema):
    finding_ids = fields.List(
        text(64),
        required=True,
        validate=validate.Length(1, 300),
        metadata={"example": ["the id of a finding"]},
    )
    why = prose(4000, required=True, metadata={"example": "隔离墩已于检查前安装，附验收单"})


class DecideObjectionSchema(Schema):
    uphold = fields.Boolean(required=True, metadata={"example": False})
    why = prose(4000, required=True, metadata={"example": "经现场复核，隔离墩间距不符合要求"})


class ObjectionSchema(Schema):
    id = fields.String()
    at = fields.AwareDateTime()
    finding_ids = fields.List(fields.String())
    why = fields.String()
    upheld = fields.Boolean(allow_none=True, metadata={"description": "null: undecided"})
    decided_at = fields.AwareDateTime(allow_none=True)
    decision = fields.String(allow_none=True)


class NoticeSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    inspection_id = fields.String()
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    paper = fields.Enum(Paper, by_value=True)
    number = fields.String(allow_none=True)
    corrections = fields.List(fields.Nested(CorrectionSchema))
    days = fields.Integer()
    day_kind = fields.Enum(DayKind, by_value=True)
    status = fields.Enum(Status, by_value=True)
    drafted_at = fields.AwareDateTime()
    issued_at = fields.AwareDateTime(allow_none=True)
    service = fields.Nested(KeptServiceSchema, allow_none=True)
    due = fields.Date(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    provisional = fields.Boolean()
    due_why = fields.List(fields.String(), allow_none=True)
    objection_days = fields.Integer(
        allow_none=True,
        metadata={"description": "calendar days after service; null: as long as it runs"},
    )
    clock = fields.List(fields.Nested(ClockStepSchema))
    stopped_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "the clock stands since; nothing lapses"}
    )
    request = fields.Nested(
        ExtensionRequestSchema, allow_none=True, metadata={"description": "undecided"}
    )
    signatures = fields.List(fields.Nested(SigningSchema))
    objections = fields.List(fields.Nested(ObjectionSchema))
    acknowledged_at = fields.AwareDateTime(allow_none=True)
    responses = fields.List(fields.Nested(ResponseSchema))
    rounds = fields.List(fields.Nested(RoundSchema))
    overdue_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    changed_at = fields.AwareDateTime()
    revision = fields.Integer()


class NoticePageSchema(Schema):
    items = fields.List(fields.Nested(NoticeSchema))
    next = fields.String(allow_none=True)


class NoticeArgumentsSchema(Schema):
    status = fields.List(fields.Enum(Status, by_value=True), validate=validate.Length(max=10))
    kindergarten_id = text(64)
    overdue = fields.Boolean()
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
