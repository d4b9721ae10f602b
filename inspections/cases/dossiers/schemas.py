"""The wire shapes of dossiers."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.cases.dossiers.model import Ground, Kind, Status, Step
from media.schemas import prose, text


class NewDossierSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    kind = fields.Enum(Kind, by_value=True, required=True)
    ground = fields.Enum(Ground, by_value=True, required=True)
    name = text(80, required=True, metadata={"example": "某教师"})
    found = prose(4000, required=True, metadata={"example": "无教师资格证，已任教一学期"})
    region = fields.String(
        validate=validate.Regexp(r"\d{6}\Z"),
        metadata={"description": "of an institution without a kindergarten", "example": "990102"},
    )
    kindergarten_id = text(64)
    inspection_id = text(64)
    duty = text(80, metadata={"example": "大班教师"})
    address = text(500, metadata={"description": "where, or the page of an online class"})
    online = fields.Boolean(load_default=False)
    classes = fields.List(text(80), load_default=[], validate=validate.Length(max=50))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"]), "classes": tuple(data["classes"])}


class DossierStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True)
    why = prose(4000, required=True, metadata={"example": "责令当日停止其工作"})
    evidence_ids = fields.List(fields.UUID(), load_default=[], validate=validate.Length(max=50))
    department = text(80, metadata={"description": "of a referral", "example": "演示县公安局"})
    number = text(80, metadata={"description": "of a referral's document"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"evidence_ids": [str(each) for each in data["evidence_ids"]]}


class DossierArgumentsSchema(Schema):
    kind = fields.Enum(Kind, by_value=True)
    status = fields.Enum(Status, by_value=True)
    kindergarten_id = text(64)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {
            name: value.value if isinstance(value, Kind | Status) else value
            for name, value in data.items()
        }


class DossierTakenSchema(Schema):
    step = fields.Enum(Step, by_value=True)
    status = fields.Enum(Status, by_value=True)
    at = fields.AwareDateTime()
    why = fields.String()
    evidence_ids = fields.List(fields.String())
    department = fields.String(allow_none=True)
    number = fields.String(allow_none=True)


class DossierSchema(Schema):
    id = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    ground = fields.Enum(Ground, by_value=True)
    region = fields.String()
    kindergarten_id = fields.String(allow_none=True)
    kindergarten_name = fields.String(allow_none=True)
    name = fields.String()
    found = fields.String()
    opened_at = fields.AwareDateTime()
    inspection_id = fields.String(allow_none=True)
    duty = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    online = fields.Boolean()
    classes = fields.List(fields.String())
    status = fields.Enum(Status, by_value=True)
    steps = fields.List(fields.Nested(DossierTakenSchema))
    stop_due_at = fields.AwareDateTime(allow_none=True)
    proof_due_at = fields.AwareDateTime(
        allow_none=True,
        metadata={"description": "by when a person is shown to be off work; null once shown"},
    )
    overdue_at = fields.AwareDateTime(allow_none=True)
    revision = fields.Integer()


class DossierPageSchema(Schema):
    items = fields.List(fields.Nested(DossierSchema))
    next = fields.String(allow_none=True)
