"""The wire shapes of tips."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.cases.tips.model import Status
from inspections.cases.unlicensed.schemas import SightedPlaceSchema
from media.schemas import prose, text


class NewTipSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    region = fields.String(
        required=True, validate=validate.Regexp(r"\d{6}\Z"), metadata={"example": "990102"}
    )
    note = prose(2000, required=True, metadata={"example": "居民楼一层每天有二十多名幼儿"})
    name = text(120, metadata={"example": "小太阳托管"})
    address = text(200, metadata={"example": "演示路 88 号一层"})
    spot = fields.Nested(SightedPlaceSchema)
    contact = text(80, metadata={"description": "if the sender wishes an answer"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])}


class ReceiptSchema(Schema):
    receipt = fields.String(metadata={"description": "to ask by what became of it"})
    status = fields.Enum(Status, by_value=True)
    received_at = fields.AwareDateTime()


class TipArgumentsSchema(Schema):
    status = fields.Enum(Status, by_value=True)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | ({"status": data["status"].value} if "status" in data else {})


class SpotSchema(Schema):
    lon = fields.Float()
    lat = fields.Float()
    datum = fields.String()


class TipSchema(Schema):
    id = fields.String()
    region = fields.String()
    note = fields.String()
    name = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    spot = fields.Nested(SpotSchema, allow_none=True)
    contact = fields.String(allow_none=True)
    received_at = fields.AwareDateTime()
    status = fields.Enum(Status, by_value=True)
    sighting_id = fields.String(allow_none=True)
    handled_at = fields.AwareDateTime(allow_none=True)
    why = fields.String(allow_none=True)
    revision = fields.Integer()


class TipPageSchema(Schema):
    items = fields.List(fields.Nested(TipSchema))
    next = fields.String(allow_none=True)


class TakeUpSchema(Schema):
    why = prose(1000, required=True, metadata={"example": "已现场核实，确有幼儿在园"})
    place = fields.Nested(SightedPlaceSchema)


class DismissTipSchema(Schema):
    why = prose(1000, required=True, metadata={"example": "该处为已登记的幼儿园"})
