"""The wire shapes of papers."""

from marshmallow import Schema, fields, validate

from inspections.papers.model import KINDS, Kind


class PaperArgumentsSchema(Schema):
    format = fields.String(
        load_default="pdf",
        validate=validate.OneOf(["pdf", "html"]),
        metadata={"description": "a PDF, or a page to print"},
    )


class VerifiedPaperSchema(Schema):
    code = fields.String(attribute="id", metadata={"example": "ABCDE-FGHIJ-KLMNO-PQRST"})
    kind = fields.Enum(Kind, by_value=True)
    kind_zh = fields.Function(lambda paper: KINDS[paper.kind][0])
    title = fields.String()
    number = fields.String(allow_none=True)
    issuer = fields.String()
    at = fields.AwareDateTime(metadata={"description": "when what it says was settled"})
    content_sha256 = fields.String()
    pdf_sha256 = fields.List(
        fields.String(), metadata={"description": "of the PDF files that were made of it"}
    )
