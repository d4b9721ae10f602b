"""The wire shape of the name check."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from checklists.naming.wording import Difference
from media.schemas import text

NATURES = ("公办", "民办", "")
MOST_NAMES = 1000


class NameSchema(Schema):
    name = fields.String(
        required=True,
        validate=validate.Length(max=200),
        metadata={"example": "演示市国际双语幼儿园"},
    )
    nature = fields.String(
        load_default="", validate=validate.OneOf(NATURES), metadata={"example": "民办"}
    )


class InForceSchema(Schema):
    """By whose rules: those of a region's plans on a day, or every rule known."""

    region = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"\d{6}\Z"),
        metadata={"example": "990100"},
    )
    on = fields.Date(load_default=None, allow_none=True, metadata={"example": "2026-11-23"})


class NamesToCheckSchema(InForceSchema):
    names = fields.List(
        fields.Nested(NameSchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_NAMES),
    )


class QuestionSchema(Schema):
    zh = fields.String(metadata={"example": "请核对“国际”是否出自所在小区、楼盘或地点的名称？"})
    en = fields.String()


class CitedClauseSchema(Schema):
    plan_id = fields.String()
    title = fields.String()
    number = fields.String(allow_none=True)
    section = fields.String()
    words_sha256 = fields.String()
    quote = fields.String(allow_none=True, metadata={"description": "where the text is imported"})


class NameFindingSchema(Schema):
    rule = fields.String(metadata={"example": "banned_term"})
    term = fields.String(metadata={"example": "国际"})
    start = fields.Integer(metadata={"example": 3})
    end = fields.Integer(metadata={"example": 5})
    confidence = fields.Float(metadata={"example": 0.95})
    why = fields.String(metadata={"example": "名称含有禁用字样“国际”"})
    ask = fields.Nested(
        QuestionSchema, allow_none=True, metadata={"description": "what a person is to find out"}
    )


class CitedFindingSchema(NameFindingSchema):
    clauses = fields.List(fields.Nested(CitedClauseSchema))


class CheckedNameSchema(Schema):
    name = fields.String()
    verdict = fields.String(
        validate=validate.OneOf(["ok", "review", "violation"]), metadata={"example": "violation"}
    )
    findings = fields.List(fields.Nested(CitedFindingSchema))


class CheckedNamesSchema(Schema):
    items = fields.List(fields.Nested(CheckedNameSchema))


class CarriedNameSchema(Schema):
    carrier = text(40, required=True, metadata={"example": "园牌"})
    words = text(200, required=True, metadata={"example": "演示市春芽幼兒園"})


class WordingSchema(Schema):
    approved = text(120, required=True, metadata={"example": "演示市春芽幼儿园"})
    carriers = fields.List(
        fields.Nested(CarriedNameSchema), required=True, validate=validate.Length(1, 20)
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        carriers = {each["carrier"]: each["words"] for each in data["carriers"]}
        return {**data, "carriers": carriers}


class CarrierSchema(Schema):
    carrier = fields.String()
    words = fields.String()
    difference = fields.Enum(Difference, by_value=True)
    at = fields.Integer(allow_none=True, metadata={"description": "offset in the words"})


class WordingFoundSchema(Schema):
    approved = fields.String()
    same = fields.Boolean()
    carriers = fields.List(fields.Nested(CarrierSchema))
