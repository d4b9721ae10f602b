"""The wire shapes of the register."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from checklists.naming.schemas import NameFindingSchema
from inspections.kindergartens.model import Licence, Nature, PersonInCharge, Profit
from media.places.model import Datum
from media.schemas import prose, text


def region_field(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"\d{6}\Z"), **more)


class LicenceSchema(Schema):
    number = text(60, required=True, metadata={"example": "教民199010260000001"})
    authority = text(120, required=True)
    issued_on = fields.Date(required=True)
    valid_until = fields.Date(allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Licence:
        return Licence(**data)


class PersonInChargeSchema(Schema):
    name = text(80, required=True)
    duty = text(40, required=True, metadata={"example": "园长"})
    phone = text(40, allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PersonInCharge:
        return PersonInCharge(**data)


class PointSchema(Schema):
    lon = fields.Float(required=True, validate=validate.Range(-180, 180))
    lat = fields.Float(required=True, validate=validate.Range(-90, 90))
    datum = fields.Enum(Datum, by_value=True, required=True)


CORNER = fields.Tuple(
    (
        fields.Float(validate=validate.Range(-180, 180)),
        fields.Float(validate=validate.Range(-90, 90)),
    ),
    metadata={"description": "longitude and latitude", "example": [116.391, 39.907]},
)


class SitePointSchema(PointSchema):
    """The site's point, and its outline where it is known, in one datum."""

    outline = fields.List(
        CORNER,
        validate=validate.Length(3, 200),
        metadata={"description": "its corners in order; the last is joined to the first"},
    )


class PlaceSchema(Schema):
    lon = fields.Float(metadata={"description": "WGS-84"})
    lat = fields.Float(metadata={"description": "WGS-84"})
    given_lon = fields.Float()
    given_lat = fields.Float()
    given_datum = fields.String()
    outline = fields.List(CORNER, metadata={"description": "WGS-84; empty where it is not known"})
    given_outline = fields.List(CORNER)


class FactsSchema(Schema):
    """What the register is told of a kindergarten."""

    nature = fields.Enum(Nature, by_value=True)
    profit = fields.Enum(Profit, by_value=True, allow_none=True)
    region = region_field(metadata={"example": "990102"})
    name = text(120, metadata={"example": "演示县实验幼儿园"})
    address = text(200)
    licence = fields.Nested(LicenceSchema, allow_none=True)
    place = fields.Nested(SitePointSchema, allow_none=True)
    headcount = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 10_000))
    classes = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 500))
    rural = fields.Boolean()
    persons_in_charge = fields.List(
        fields.Nested(PersonInChargeSchema), validate=validate.Length(max=20)
    )
    code = text(40, allow_none=True, metadata={"example": "3699010200001"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if "persons_in_charge" in data:
            data["persons_in_charge"] = tuple(data["persons_in_charge"])
        if "id" in data:
            data["id"] = str(data["id"])
        return data


class NewKindergartenSchema(FactsSchema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    name = text(120, required=True, metadata={"example": "演示县实验幼儿园"})
    nature = fields.Enum(Nature, by_value=True, required=True)
    region = region_field(required=True, metadata={"example": "990102"})
    address = text(200, required=True)


class KindergartenRowSchema(NewKindergartenSchema):
    """A row of a table: known by its code, and whole."""

    code = text(40, required=True)
    open = fields.Boolean()


class ChangeSchema(FactsSchema):
    why = prose(500, required=True)
    open = fields.Boolean()


class NameCheckSchema(Schema):
    verdict = fields.String()
    findings = fields.List(fields.Nested(NameFindingSchema))
    checked_on = fields.Date()


class KindergartenSchema(Schema):
    id = fields.String()
    name = fields.String()
    nature = fields.Enum(Nature, by_value=True)
    profit = fields.Enum(Profit, by_value=True, allow_none=True)
    region = fields.String()
    address = fields.String()
    licence = fields.Nested(LicenceSchema, allow_none=True)
    place = fields.Nested(PlaceSchema, allow_none=True)
    headcount = fields.Integer(allow_none=True)
    classes = fields.Integer(allow_none=True)
    rural = fields.Boolean()
    persons_in_charge = fields.List(fields.Nested(PersonInChargeSchema))
    name_check = fields.Nested(NameCheckSchema)
    code = fields.String(allow_none=True)
    open = fields.Boolean()
    changed_at = fields.AwareDateTime()
    revision = fields.Integer()


class KindergartenPageSchema(Schema):
    items = fields.List(fields.Nested(KindergartenSchema))
    next = fields.String(allow_none=True)


class SearchSchema(Schema):
    name = text(60, metadata={"description": "any part of a name"})
    region = fields.String(
        validate=validate.Regexp(r"\d{2,6}\Z"), metadata={"description": "a code or its beginning"}
    )
    verdict = fields.String(validate=validate.OneOf(["ok", "review", "violation"]))
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class NearArgumentsSchema(PointSchema):
    within_m = fields.Float(load_default=500, validate=validate.Range(1, 50_000))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class NearSchema(Schema):
    kindergarten = fields.Nested(KindergartenSchema)
    distance_m = fields.Float()


class NearListSchema(Schema):
    items = fields.List(fields.Nested(NearSchema))


class MoveSchema(Schema):
    """From a region that ended to one that succeeds it."""

    region = region_field(required=True, metadata={"example": "990103"})
    to = region_field(required=True, metadata={"example": "990102"})
    kindergarten_ids = fields.List(
        text(64), validate=validate.Length(1, 1000), metadata={"description": "all, if not given"}
    )
    why = prose(500, required=True, metadata={"example": "区划调整"})


class MovedSchema(Schema):
    region = fields.String()
    to = fields.String()
    count = fields.Integer()
