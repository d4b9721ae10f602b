"""The wire shapes of renaming cases."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from checklists.naming.schemas import CitedFindingSchema
from inspections.cases.renaming.model import Status, Step
from inspections.kindergartens.schemas import LicenceSchema
from media.evidence.schemas import PhotoFormSchema
from media.schemas import prose, text


class NewRenamingSchema(Schema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    kindergarten_id = text(64, required=True)
    why = prose(2000, required=True, metadata={"example": "名称含有禁用字样，需更名"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "id": str(data["id"])} if "id" in data else data


class BorneSchema(Schema):
    sign = text(120, required=True, metadata={"example": "演示县春芽幼儿园"})
    seal = text(120, required=True, metadata={"example": "演示县春芽幼儿园"})
    licence = text(120, required=True, metadata={"example": "演示县春芽幼儿园"})


class KeptBorneSchema(BorneSchema):
    licence_number = fields.String()


class RenamingStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True, metadata={"example": "tell"})
    why = prose(2000, required=True, metadata={"example": "请于期限内报新名称"})
    borne = fields.Nested(
        BorneSchema, metadata={"description": "to rename: the name on sign, seal and licence"}
    )
    licence = fields.Nested(LicenceSchema, metadata={"description": "to rename: the new licence"})
    days = fields.Integer(
        strict=True,
        validate=validate.Range(1, 366),
        metadata={"description": "to tell or return: working days to answer and rename"},
    )


class CarrierFormSchema(PhotoFormSchema):
    carrier = fields.String(
        required=True,
        validate=validate.OneOf(["sign", "seal", "licence"]),
        metadata={"description": "what bears the new name", "example": "sign"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**super().make(data), "carrier": data["carrier"]}


class RenamingAnswerSchema(Schema):
    new_name = text(
        120, metadata={"example": "演示县春芽幼儿园", "description": "without it: an objection"}
    )
    why = prose(2000, required=True, metadata={"example": "拟更名，请核准"})


class RenamingTakenSchema(Schema):
    step = fields.Enum(Step, by_value=True)
    status = fields.Enum(Status, by_value=True)
    at = fields.AwareDateTime()
    by = fields.String(metadata={"description": "person"})
    why = fields.String()


class JudgementSchema(Schema):
    name = fields.String()
    verdict = fields.String(validate=validate.OneOf(["ok", "review", "violation"]))
    findings = fields.List(fields.Nested(CitedFindingSchema))
    at = fields.AwareDateTime()


class RenamingSchema(Schema):
    id = fields.String()
    kindergarten_id = fields.String()
    kindergarten_name = fields.String()
    region = fields.String()
    nature = fields.String()
    status = fields.Enum(Status, by_value=True)
    opening = fields.Nested(JudgementSchema)
    proposal = fields.Nested(JudgementSchema, allow_none=True)
    borne = fields.Nested(KeptBorneSchema, allow_none=True)
    due = fields.Date(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    provisional = fields.Boolean()
    overdue_at = fields.AwareDateTime(allow_none=True)
    photos = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "of sign, seal and licence with the new name"},
    )
    opened_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()
    why = fields.String()
    steps = fields.List(fields.Nested(RenamingTakenSchema))
    revision = fields.Integer()


class RenamingPageSchema(Schema):
    items = fields.List(fields.Nested(RenamingSchema))
    next = fields.String(allow_none=True)


class RenamingArgumentsSchema(Schema):
    status = fields.List(fields.Enum(Status, by_value=True), validate=validate.Length(max=7))
    kindergarten_id = text(64)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
