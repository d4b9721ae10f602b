"""The wire shapes of layers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from media.layers.actions import MOST_MARKS
from media.layers.model import Kind
from media.photos.model import WHOLE, Form, Mark
from media.schemas import prose
from media.schemas import text as line


class MarkSchema(Schema):
    """Places are ten-thousandths of the upright photo's width (x) and height (y)."""

    form = fields.Enum(Form, by_value=True, required=True)
    x1 = fields.Integer(required=True, strict=True, validate=validate.Range(0, WHOLE))
    y1 = fields.Integer(required=True, strict=True, validate=validate.Range(0, WHOLE))
    x2 = fields.Integer(required=True, strict=True, validate=validate.Range(0, WHOLE))
    y2 = fields.Integer(required=True, strict=True, validate=validate.Range(0, WHOLE))
    text = line(200, load_default=None, metadata={"example": "立柱间距过大"})

    @validates_schema
    def note_has_words(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("form") is Form.NOTE) != (data.get("text") is not None):
            raise ValidationError({"text": ["a note has words, and nothing else has"]})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Mark:
        return Mark(**data)


class NewLayerSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    kind = fields.Enum(
        Kind,
        by_value=True,
        required=True,
        metadata={"description": "a redaction holds covers only, an annotation everything else"},
    )
    marks = fields.List(
        fields.Nested(MarkSchema), required=True, validate=validate.Length(1, MOST_MARKS)
    )
    why = prose(500, required=True, metadata={"example": "遮挡幼儿面部"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "id": str(data["id"])}


class WithdrawalArgumentsSchema(Schema):
    why = prose(500, required=True, metadata={"example": "经核实无误"})


class WithdrawalSchema(Schema):
    at = fields.AwareDateTime()
    account_id = fields.String()
    name = fields.String()
    why = fields.String()


class LayerSchema(Schema):
    id = fields.String()
    evidence_id = fields.String()
    kind = fields.String(metadata={"example": "redaction"})
    marks = fields.List(fields.Nested(MarkSchema))
    why = fields.String()
    account_id = fields.String()
    name = fields.String()
    at = fields.AwareDateTime()
    withdrawn = fields.Nested(WithdrawalSchema, allow_none=True)
    revision = fields.Integer()


class LayerListSchema(Schema):
    items = fields.List(fields.Nested(LayerSchema))
