"""The wire shapes of figures, bulletins and open data."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.statistics.model import Every, Period, State, Status
from media.schemas import text

CODE = validate.Regexp(r"\d{6}\Z")


class PeriodSchema(Schema):
    since = fields.Date(required=True, metadata={"example": "2026-01-01"})
    until = fields.Date(required=True, metadata={"example": "2026-12-31"})


class StatementArgumentsSchema(PeriodSchema):
    region = fields.String(required=True, validate=CODE, metadata={"example": "990102"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        period = Period(data.pop("since"), data.pop("until"))
        return data | {"period": period}


class OverTimeArgumentsSchema(StatementArgumentsSchema):
    every = fields.Enum(Every, by_value=True, load_default=Every.MONTH)


class StandingArgumentsSchema(Schema):
    measure = fields.String(
        required=True, validate=validate.Length(1, 60), metadata={"example": "camera_linkage"}
    )
    region = fields.String(required=True, validate=CODE, metadata={"example": "990102"})
    on = fields.Date(required=True, metadata={"example": "2026-11-23"})
    state = fields.Enum(State, by_value=True, load_default=None)


class DisclosureArgumentsSchema(Schema):
    region = fields.String(required=True, validate=CODE, metadata={"example": "990102"})
    year = fields.Integer(
        strict=False, required=True, validate=validate.Range(2000, 2200), metadata={"example": 2026}
    )


class TargetBasisSchema(Schema):
    stated = fields.Boolean(metadata={"description": "the clause names the share"})
    plan_id = fields.String()
    title = fields.String()
    section = fields.String()
    start = fields.Integer(metadata={"description": "characters, in the edition of the plan"})
    end = fields.Integer()
    words_sha256 = fields.String()


class MeasuredFigureSchema(Schema):
    measure = fields.String()
    met = fields.Integer()
    not_met = fields.Integer()
    not_applicable = fields.Integer()
    not_checked = fields.Integer(metadata={"description": "nothing is known of them"})
    share = fields.Float(allow_none=True, metadata={"description": "per cent of met and not met"})
    target = fields.Float(
        allow_none=True, metadata={"description": "per cent; null where no clause in force asks"}
    )
    reached = fields.Boolean(allow_none=True)
    basis = fields.Nested(TargetBasisSchema, allow_none=True)


class WorkSchema(Schema):
    inspections = fields.Integer()
    re_inspections = fields.Integer()
    findings_ordinary = fields.Integer()
    findings_major = fields.Integer()
    notices_served = fields.Integer()
    notices_closed = fields.Integer()
    notices_overdue = fields.Integer()
    closing_days = fields.Float(
        allow_none=True, metadata={"description": "median, service to closure"}
    )
    stoppages = fields.Integer()
    drills_failed = fields.Integer()


class RegionFiguresSchema(Schema):
    region = fields.String()
    name = fields.String()
    figures = fields.List(fields.Nested(MeasuredFigureSchema))


class StatementOfRegionSchema(RegionFiguresSchema):
    period = fields.Nested(PeriodSchema)
    work = fields.Nested(WorkSchema)
    below = fields.List(fields.Nested(RegionFiguresSchema))


class StatementListSchema(Schema):
    items = fields.List(fields.Nested(StatementOfRegionSchema))


class StandingSchema(Schema):
    id = fields.String()
    name = fields.String()
    region = fields.String()
    state = fields.Enum(State, by_value=True)
    inspection_id = fields.String(allow_none=True)
    place = fields.List(fields.Float(), allow_none=True, metadata={"description": "lon, lat"})


class StandingListSchema(Schema):
    items = fields.List(fields.Nested(StandingSchema))


class MeasureDefinitionSchema(Schema):
    id = fields.String()
    zh = fields.String()
    en = fields.String()
    control = fields.String(allow_none=True)
    asked_by = fields.List(
        fields.String(), metadata={"description": "whose clauses set the target"}
    )
    definition = fields.List(fields.String())


class MeasureListSchema(Schema):
    items = fields.List(fields.Nested(MeasureDefinitionSchema))


class NewBulletinSchema(PeriodSchema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    region = fields.String(required=True, validate=CODE, metadata={"example": "990102"})
    title = text(120, required=True, metadata={"example": "2026 年第三季度幼儿园安全工作通报"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        period = Period(data.pop("since"), data.pop("until"))
        return data | {"id": str(data["id"]), "period": period}


class BulletinSchema(Schema):
    id = fields.String()
    region = fields.String()
    region_name = fields.String()
    title = fields.String()
    period = fields.Nested(PeriodSchema)
    figures = fields.List(fields.Nested(MeasuredFigureSchema))
    before = fields.List(fields.Nested(MeasuredFigureSchema))
    work = fields.Nested(WorkSchema)
    below = fields.List(fields.Nested(RegionFiguresSchema))
    text = fields.List(fields.List(fields.String()))
    sha256 = fields.String()
    drafted_at = fields.AwareDateTime()
    status = fields.Enum(Status, by_value=True)
    published_at = fields.AwareDateTime(allow_none=True)
    number = fields.String(allow_none=True)
    revision = fields.Integer()


class BulletinPageSchema(Schema):
    items = fields.List(fields.Nested(BulletinSchema))
    next = fields.String(allow_none=True)


class BulletinArgumentsSchema(Schema):
    status = fields.Enum(Status, by_value=True)
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | ({"status": data["status"].value} if "status" in data else {})


class DisclosedSchema(Schema):
    code = fields.String(allow_none=True)
    name = fields.String()
    nature = fields.String()
    region = fields.String()
    address = fields.String()
    licence_number = fields.String(allow_none=True)
    licence_valid_until = fields.Date(allow_none=True)
    grade = fields.String(allow_none=True, metadata={"description": "of the annual review"})
    year = fields.Integer()


class DisclosureSchema(Schema):
    items = fields.List(fields.Nested(DisclosedSchema))
