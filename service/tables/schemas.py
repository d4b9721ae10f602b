"""The wire shapes of imports and exports."""

from typing import Any

from marshmallow import Schema, fields, validate

from media.schemas import text
from service.tables.model import Format, Kind, RowState, Status

STEPS = ("apply", "discard")


def kind_field() -> fields.Enum[Any]:
    return fields.Enum(Kind, by_value=True, required=True)


def format_field() -> fields.Enum[Any]:
    return fields.Enum(Format, by_value=True, load_default=Format.XLSX)


class NewImportSchema(Schema):
    kind = kind_field()
    id = fields.UUID(
        load_default=None,
        metadata={"description": "made by the client; sent again it changes nothing"},
    )


class ImportFileSchema(Schema):
    file = fields.Raw(
        required=True,
        metadata={
            "type": "string",
            "format": "binary",
            "description": "CSV or XLSX, 10 MB at most",
        },
    )


class TemplateArgumentsSchema(Schema):
    kind = kind_field()
    format = format_field()


class FormatSchema(Schema):
    format = format_field()


class CountsSchema(Schema):
    new = fields.Integer()
    changed = fields.Integer()
    unchanged = fields.Integer()
    bad = fields.Integer()


class ReasonSchema(Schema):
    zh = fields.String()
    en = fields.String()


class ImportSchema(Schema):
    id = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    name = fields.String()
    sha256 = fields.String()
    size = fields.Integer(metadata={"description": "bytes"})
    status = fields.Enum(Status, by_value=True)
    counts = fields.Nested(CountsSchema)
    done = fields.Integer(metadata={"description": "rows, of `total`"})
    total = fields.Integer()
    why = fields.Nested(
        ReasonSchema,
        attribute="reason",
        allow_none=True,
        metadata={"description": "what stopped it, nothing having been written"},
    )
    skip_bad = fields.Boolean()
    made_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime(metadata={"description": "until then it can be applied"})
    revision = fields.Integer()


class ImportPageSchema(Schema):
    items = fields.List(fields.Nested(ImportSchema))
    next = fields.String(allow_none=True)


class PageOfImportsSchema(Schema):
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class RowsArgumentsSchema(PageOfImportsSchema):
    state = fields.Enum(RowState, by_value=True)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 500))


class TroubleSchema(Schema):
    column = fields.String(metadata={"example": "issued_on"})
    value = fields.String()
    zh = fields.String(metadata={"example": "应为日期，例如 2024-09-01"})
    en = fields.String()


class RowSchema(Schema):
    number = fields.Integer(metadata={"description": "as a spreadsheet shows it"})
    state = fields.Enum(RowState, by_value=True)
    key = fields.String()
    before = fields.Dict(keys=fields.String(), values=fields.String())
    after = fields.Dict(keys=fields.String(), values=fields.String())
    troubles = fields.List(fields.Nested(TroubleSchema))


class RowPageSchema(Schema):
    items = fields.List(fields.Nested(RowSchema))
    next = fields.String(allow_none=True)


class ImportStepSchema(Schema):
    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    skip_bad = fields.Boolean(
        load_default=False,
        metadata={"example": False, "description": "apply the good rows, leave the bad ones out"},
    )
