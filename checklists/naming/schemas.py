"""The wire shape of the name check."""

from marshmallow import Schema, fields, validate

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


class NamesToCheckSchema(Schema):
    names = fields.List(
        fields.Nested(NameSchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_NAMES),
    )
    region = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"\d{6}$"),
        metadata={"example": "990100"},
    )
    on = fields.Date(load_default=None, allow_none=True, metadata={"example": "2026-11-23"})


class NameFindingSchema(Schema):
    rule = fields.String(metadata={"example": "banned_term"})
    term = fields.String(metadata={"example": "国际"})
    start = fields.Integer(metadata={"example": 3})
    end = fields.Integer(metadata={"example": 5})
    confidence = fields.Float(metadata={"example": 0.95})
    why = fields.String(metadata={"example": "名称含有禁用字样“国际”"})


class CheckedNameSchema(Schema):
    name = fields.String()
    verdict = fields.String(
        validate=validate.OneOf(["ok", "review", "violation"]), metadata={"example": "violation"}
    )
    findings = fields.List(fields.Nested(NameFindingSchema))


class CheckedNamesSchema(Schema):
    items = fields.List(fields.Nested(CheckedNameSchema))
