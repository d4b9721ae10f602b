"""The wire shapes of inspections."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from checklists.generation.schemas import ItemSchema
from inspections.visits.model import Kind, Result, SignatureKind, Status, Step
from media.schemas import moment, prose, text


class OfficerSchema(Schema):
    account_id = fields.String()
    name = fields.String()
    unit = fields.String()
    certificate = fields.String(allow_none=True)
    department = fields.String(allow_none=True)


class Value(fields.Field[str | float]):
    """A count, a ratio in per cent, or a grade."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str | float:
        if isinstance(value, str) and 0 < len(value) <= 40:
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1e9:
            return float(value)
        raise self.make_error("validator_failed")


class AnswerSchema(Schema):
    item_id = text(120, required=True, metadata={"example": "anti-ram-barrier"})
    result = fields.Enum(Result, by_value=True, required=True)
    value = Value(metadata={"description": "count, ratio in per cent, or grade", "example": 100})
    note = prose(2000, metadata={"example": "隔离墩缺两个"})
    evidence_ids = fields.List(fields.UUID(), validate=validate.Length(max=50))
    device_at = moment(metadata={"description": "the tablet's clock"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if "evidence_ids" in data:
            data["evidence_ids"] = tuple(str(each) for each in data["evidence_ids"])
        return data


class AnswersSchema(Schema):
    answers = fields.List(
        fields.Nested(AnswerSchema), required=True, validate=validate.Length(1, 500)
    )


class KeptAnswerSchema(Schema):
    item_id = fields.String()
    result = fields.Enum(Result, by_value=True)
    value = fields.Raw(allow_none=True)
    note = fields.String(allow_none=True)
    device_at = fields.AwareDateTime(allow_none=True)
    evidence_ids = fields.List(fields.String())
    answered_at = fields.AwareDateTime()
    answered_by = fields.String()


class SignSchema(Schema):
    kind = fields.Enum(SignatureKind, by_value=True, required=True)
    signer = text(80, metadata={"example": "园长"})
    duty = text(80)
    opinion = prose(2000, metadata={"description": "opinion of the inspected party"})
    reason = prose(500, metadata={"description": "why it was refused"})
    witness = text(80, metadata={"description": "who witnessed the refusal"})


class SignatureSchema(SignSchema):
    at = fields.AwareDateTime()
    answers_sha256 = fields.String()


class ReturnSchema(Schema):
    why = fields.String()
    at = fields.AwareDateTime()


class PlanInspectionSchema(Schema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    kindergarten_id = text(64, required=True)
    officers = fields.List(
        text(64),
        required=True,
        validate=validate.Length(1, 20),
        metadata={"description": "account ids, of at least two persons"},
    )
    planned_for = fields.Date(required=True, metadata={"example": "2026-11-23"})
    purpose = prose(500, load_default="日常检查", metadata={"example": "秋季学期安全检查"})
    joint = fields.Boolean(
        load_default=False, metadata={"description": "by several departments, each its own items"}
    )
    exception = prose(
        500,
        load_default=None,
        metadata={"description": "why one visit more, or the same officers again"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])} if "id" in data else data


class InspectionStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True)
    why = prose(1000, metadata={"description": "needed to return or cancel"})
    identity_shown = fields.Boolean(metadata={"description": "needed to begin"})
    recusal_told = fields.Boolean(metadata={"description": "needed to begin"})


class PartSchema(Schema):
    department = fields.String()
    item_ids = fields.List(fields.String())
    lead = fields.List(fields.String(), metadata={"description": "items that it leads"})


class LedgerVisitSchema(Schema):
    """A visit as the inspected party may know it."""

    id = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    planned_for = fields.Date()
    purpose = fields.String()
    status = fields.Enum(Status, by_value=True)
    begun_at = fields.AwareDateTime(allow_none=True)
    exception = fields.String(allow_none=True)


class VisitLedgerSchema(Schema):
    kindergarten_id = fields.String()
    year = fields.Integer()
    visits = fields.List(fields.Nested(LedgerVisitSchema))
    made = fields.Integer(metadata={"description": "routine and joint visits that count"})
    most = fields.Integer(
        allow_none=True, metadata={"description": "without a reason; null: no cap is set"}
    )


class InspectionSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    checklist_id = fields.String()
    checklist_version = fields.Integer()
    checklist_sha256 = fields.String()
    item_ids = fields.List(fields.String())
    planned_for = fields.Date()
    purpose = fields.String()
    parts = fields.List(fields.Nested(PartSchema))
    exception = fields.String(allow_none=True)
    officers = fields.List(fields.Nested(OfficerSchema))
    status = fields.Enum(Status, by_value=True)
    identity_shown = fields.Boolean()
    recusal_told = fields.Boolean()
    begun_at = fields.AwareDateTime(allow_none=True)
    answers = fields.Dict(keys=fields.String(), values=fields.Nested(KeptAnswerSchema))
    signature = fields.Nested(SignatureSchema, allow_none=True)
    submitted_at = fields.AwareDateTime(allow_none=True)
    returns = fields.List(fields.Nested(ReturnSchema))
    approved_at = fields.AwareDateTime(allow_none=True)
    sealed_item_ids = fields.List(
        fields.String(),
        metadata={
            "description": "their answers are shown to the visit's officers alone,"
            " and what is not met to nobody here: it stands in its veto case"
        },
    )
    changed_at = fields.AwareDateTime()
    revision = fields.Integer()


class InspectionPageSchema(Schema):
    items = fields.List(fields.Nested(InspectionSchema))
    next = fields.String(allow_none=True)


class InspectionArgumentsSchema(Schema):
    mine = fields.Boolean(load_default=False, metadata={"description": "assigned to me"})
    on = fields.Date(metadata={"description": "planned for this day"})
    status = fields.List(fields.Enum(Status, by_value=True), validate=validate.Length(max=5))
    kindergarten_id = text(64)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class ItemsSchema(Schema):
    items = fields.List(fields.Nested(ItemSchema))


class EntrySchema(Schema):
    sequence = fields.Integer()
    at = fields.AwareDateTime()
    verb = fields.String()
    name = fields.String()
    unit = fields.String()
    account_id = fields.String()
    device = fields.String(allow_none=True)
    why = fields.String(allow_none=True)
    facts = fields.Dict()
    previous = fields.String()
    hash = fields.String()


class HistorySchema(Schema):
    items = fields.List(fields.Nested(EntrySchema))
