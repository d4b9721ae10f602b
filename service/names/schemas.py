"""The wire shapes of files of names."""

from marshmallow import Schema, fields, validate

from checklists.naming.schemas import CheckedNameSchema, InForceSchema
from inspections.namechecks.schemas import VerdictCountsSchema

FORMATS = ("json", "csv", "xlsx")


class NamesFileSchema(Schema):
    file = fields.Raw(
        required=True,
        metadata={
            "type": "string",
            "format": "binary",
            "description": "CSV, TSV or XLSX with a column 名称, perhaps 举办性质; 10 MB at most",
        },
    )


class NamesFileArgumentsSchema(InForceSchema):
    format = fields.String(
        load_default="json",
        validate=validate.OneOf(FORMATS),
        metadata={"description": "json: what was found; csv, xlsx: every row with its verdict"},
    )


class JudgedRowSchema(CheckedNameSchema):
    row = fields.Integer(metadata={"description": "the number that a spreadsheet shows"})
    nature = fields.String()


class JudgedTableSchema(Schema):
    total = fields.Integer()
    counts = fields.Nested(VerdictCountsSchema)
    items = fields.List(fields.Nested(JudgedRowSchema))
