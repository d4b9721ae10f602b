"""The wire shapes of veto cases."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from checklists.generation.schemas import ItemSchema
from inspections.cases.veto.model import ConsequenceKind, Status, Verdict
from inspections.rectification.model import Way
from media.schemas import moment, prose, text


class MemberSchema(Schema):
    account_id = fields.String()
    person_id = fields.String()
    name = fields.String()
    unit = fields.String()


class NamingSchema(Schema):
    member = fields.Nested(MemberSchema)
    at = fields.AwareDateTime()
    by = fields.String(metadata={"description": "account id"})
    why = fields.String()
    decides = fields.Boolean(metadata={"description": "named as a supervisor"})


class StatementSchema(Schema):
    at = fields.AwareDateTime()
    by = fields.Nested(MemberSchema)
    note = fields.String(allow_none=True)
    result = fields.String(allow_none=True)
    value = fields.Raw(allow_none=True)
    evidence_ids = fields.List(fields.String())


class VoteSchema(Schema):
    member = fields.Nested(MemberSchema)
    verdict = fields.Enum(Verdict, by_value=True)
    why = fields.String()
    at = fields.AwareDateTime()
    material = fields.String(
        metadata={"description": "SHA-256 of the statements and photos that it was given on"}
    )


class HearingSchema(Schema):
    opened_at = fields.AwareDateTime()
    opened_by = fields.String()
    why = fields.String()
    votes = fields.List(fields.Nested(VoteSchema))
    outcome = fields.Enum(Verdict, by_value=True, allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)


class VetoSummarySchema(Schema):
    """What a list may tell without being a view of the case."""

    id = fields.String()
    region = fields.String()
    status = fields.Enum(Status, by_value=True)
    opened_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()


class VetoCaseSchema(VetoSummarySchema):
    inspection_id = fields.String(allow_none=True)
    source = fields.String(allow_none=True)
    respondent = fields.Nested("RespondentSchema", allow_none=True)
    defences = fields.List(fields.Nested("DefenceSchema"))
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    item = fields.Nested(ItemSchema)
    year = fields.Integer(metadata={"description": "whose annual review an upheld case fails"})
    opened_by = fields.Nested(MemberSchema)
    officers = fields.List(fields.Nested(MemberSchema))
    named = fields.List(fields.Nested(NamingSchema))
    recused = fields.List(fields.Nested(MemberSchema))
    statements = fields.List(fields.Nested(StatementSchema))
    consequences = fields.List(fields.Nested("ConsequenceSchema"))
    evidence_ids = fields.List(fields.String())
    rounds = fields.List(fields.Nested(HearingSchema))
    standing = fields.Enum(Verdict, by_value=True, allow_none=True)
    revision = fields.Integer()


class VetoPageSchema(Schema):
    items = fields.List(fields.Nested(VetoSummarySchema))
    next = fields.String(allow_none=True)


class VetoArgumentsSchema(Schema):
    undecided = fields.Boolean(load_default=False)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class NewNamingSchema(Schema):
    account_id = text(64, required=True, metadata={"example": "3f0c5b7e"})
    why = prose(500, required=True, metadata={"example": "由市局监督人员参与审理"})


class VetoWhySchema(Schema):
    why = prose(2000, required=True, metadata={"example": "与当事人有亲属关系"})


class NewStatementSchema(Schema):
    note = prose(10_000, required=True, metadata={"example": "家长补充说明，时间为上午十时"})


class DecisionSchema(Schema):
    verdict = fields.Enum(Verdict, by_value=True, required=True)
    why = prose(5000, required=True, metadata={"example": "监控与两份询问笔录相互印证"})


class RespondentSchema(Schema):
    name = fields.String()
    duty = fields.String()
    way = fields.String()
    told_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(metadata={"description": "the window for a defence is over"})
    provisional = fields.Boolean()


class DefenceSchema(Schema):
    at = fields.AwareDateTime()
    recorded_by = fields.Nested(MemberSchema)
    text = fields.String()
    waived = fields.Boolean()
    evidence_ids = fields.List(fields.String())


class ComplaintSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    kindergarten_id = text(64, required=True, metadata={"example": "the id of a kindergarten"})
    item_id = text(120, required=True, metadata={"example": "child-abuse"})
    source = text(200, required=True, metadata={"example": "12345 热线转办"})
    note = prose(10_000, required=True, metadata={"example": "家长反映幼儿手臂有伤"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])}


class TellRespondentSchema(Schema):
    name = text(80, required=True, metadata={"example": "当事教师"})
    duty = text(80, required=True, metadata={"example": "大班教师"})
    way = fields.Enum(Way, by_value=True, required=True)
    told_at = moment(required=True, metadata={"example": "2026-11-23T10:00:00+08:00"})


class NewDefenceSchema(Schema):
    text = prose(20_000, required=True, metadata={"example": "当事人称系午睡时自行碰伤"})
    waived = fields.Boolean(
        load_default=False, metadata={"description": "it has nothing to say, and said so"}
    )
    evidence_ids = fields.List(fields.UUID(), load_default=[], validate=validate.Length(max=50))


class NewConsequenceSchema(Schema):
    kind = fields.Enum(ConsequenceKind, by_value=True, required=True)
    since = fields.Date(metadata={"description": "of a hiring ban", "example": "2026-11-23"})
    until = fields.Date(metadata={"description": "of a hiring ban; without it: for good"})
    department = text(80, metadata={"description": "of a referral", "example": "演示县公安局"})
    number = text(80, metadata={"description": "of its document"})
    text = prose(4000, required=True, metadata={"example": "列入从业禁止名单并通报用人单位"})


class ConsequenceSchema(Schema):
    kind = fields.Enum(ConsequenceKind, by_value=True)
    at = fields.AwareDateTime()
    recorded_by = fields.Nested(MemberSchema)
    text = fields.String()
    since = fields.Date(allow_none=True)
    until = fields.Date(allow_none=True)
    department = fields.String(allow_none=True)
    number = fields.String(allow_none=True)
