"""The wire shapes of sightings and unlicensed sites."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.cases.unlicensed.model import Kind, Status, Step
from media.places.model import Datum
from media.schemas import moment, prose, text


class SightedPlaceSchema(Schema):
    lon = fields.Float(
        required=True, validate=validate.Range(-180, 180), metadata={"example": 116.402}
    )
    lat = fields.Float(
        required=True, validate=validate.Range(-90, 90), metadata={"example": 39.905}
    )
    datum = fields.Enum(Datum, by_value=True, required=True)


class KeptPlaceSchema(Schema):
    lon = fields.Float(metadata={"description": "WGS-84"})
    lat = fields.Float(metadata={"description": "WGS-84"})
    given_lon = fields.Float()
    given_lat = fields.Float()
    given_datum = fields.String()


class NewSightingSchema(Schema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    region = fields.String(
        required=True, validate=validate.Regexp(r"\d{6}\Z"), metadata={"example": "990102"}
    )
    place = fields.Nested(SightedPlaceSchema, required=True)
    note = prose(2000, required=True, metadata={"example": "居民楼一层，有儿童出入，无标牌"})
    name = text(120, metadata={"example": "小太阳托管", "description": "as the sign says"})
    address = text(200, metadata={"example": "演示路 88 号"})
    children = fields.Integer(
        strict=True, validate=validate.Range(0, 10_000), metadata={"description": "estimate"}
    )
    seen_at = moment(metadata={"description": "the device's clock"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "id": str(data["id"])} if "id" in data else data


class SightingSchema(Schema):
    id = fields.String()
    region = fields.String()
    place = fields.Nested(KeptPlaceSchema)
    note = fields.String()
    name = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    children = fields.Integer(allow_none=True)
    seen_at = fields.AwareDateTime()
    reported_at = fields.AwareDateTime()
    reported_by = fields.String()
    site_id = fields.String(allow_none=True)
    revision = fields.Integer()


class SightingPageSchema(Schema):
    items = fields.List(fields.Nested(SightingSchema))
    next = fields.String(allow_none=True)


class MatchSchema(Schema):
    kind = fields.Enum(Kind, by_value=True)
    id = fields.String()
    name = fields.String(allow_none=True)
    distance_m = fields.Float()
    likeness = fields.Float(allow_none=True, metadata={"description": "of the names, 0 to 1"})
    likely = fields.Boolean(metadata={"description": "may be the same place"})
    status = fields.String(allow_none=True)


class MatchesSchema(Schema):
    items = fields.List(fields.Nested(MatchSchema))


class SightingIdsSchema(Schema):
    sighting_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 50))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        ids = [str(each) for each in data["sighting_ids"]]
        return {**data, "sighting_ids": list(dict.fromkeys(ids))}


class NewSiteSchema(SightingIdsSchema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    address = text(200, required=True, metadata={"example": "演示路 88 号"})
    name = text(120, metadata={"example": "小太阳托管"})

    @post_load
    def name_it(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "id": str(data["id"])} if "id" in data else data


class TakenSchema(Schema):
    step = fields.Enum(Step, by_value=True)
    status = fields.Enum(Status, by_value=True)
    at = fields.AwareDateTime()
    by = fields.String(metadata={"description": "person"})
    why = fields.String()
    children = fields.Integer(allow_none=True)


class BanSchema(Schema):
    operator = text(120, required=True, metadata={"example": "某举办者"})
    since = fields.Date(required=True, metadata={"example": "2026-11-23"})
    until = fields.Date(required=True, metadata={"example": "2031-11-23"})
    number = text(80, load_default=None, metadata={"description": "of the decision's document"})


class SiteSchema(Schema):
    id = fields.String()
    region = fields.String()
    place = fields.Nested(KeptPlaceSchema)
    address = fields.String()
    name = fields.String(allow_none=True)
    status = fields.Enum(Status, by_value=True)
    opened_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()
    steps = fields.List(fields.Nested(TakenSchema))
    kindergarten_id = fields.String(allow_none=True)
    ban = fields.Nested(BanSchema, allow_none=True)
    revision = fields.Integer()


class SitePageSchema(Schema):
    items = fields.List(fields.Nested(SiteSchema))
    next = fields.String(allow_none=True)


class LooseArgumentsSchema(Schema):
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class SiteArgumentsSchema(LooseArgumentsSchema):
    status = fields.List(fields.Enum(Status, by_value=True), validate=validate.Length(max=7))
    banned = fields.Boolean(metadata={"description": "whose operator is barred from applying"})


class SiteStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True)
    why = prose(2000, required=True, metadata={"example": "现场核实，确有幼儿在园"})
    kindergarten_id = text(
        64, metadata={"description": "to license: the kindergarten that the register has now"}
    )
    children = fields.Integer(
        strict=True,
        validate=validate.Range(0, 2000),
        metadata={"description": "to place: so many were placed elsewhere"},
    )
