"""The wire shapes of draws."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.draws.drawing import seed_of
from inspections.draws.model import Draw, Group, Inputs, Status
from media.schemas import prose, text


class GroupSchema(Schema):
    name = text(60, required=True, metadata={"example": "高风险"})
    site_ids = fields.List(text(64), required=True, validate=validate.Length(1, 2000))
    count = fields.Integer(strict=True, required=True, validate=validate.Range(1, 2000))
    reserves = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Group:
        return Group(**{**data, "site_ids": tuple(data["site_ids"])})


class InputsSchema(Schema):
    groups = fields.List(fields.Nested(GroupSchema), required=True, validate=validate.Length(1, 20))
    officer_ids = fields.List(text(64), required=True, validate=validate.Length(2, 500))
    team = fields.Integer(
        strict=True,
        load_default=2,
        validate=validate.Range(2, 10),
        metadata={"description": "officers a site, two at least"},
    )
    most = fields.Integer(
        strict=True,
        load_default=100,
        validate=validate.Range(1, 1000),
        metadata={"description": "sites an officer takes at most"},
    )
    recusals = fields.List(
        fields.Tuple((text(64), text(64))),
        load_default=[],
        validate=validate.Length(0, 2000),
        metadata={"description": "pairs of officer and site with a conflict of interest"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Inputs:
        return Inputs(
            groups=tuple(data["groups"]),
            officer_ids=tuple(data["officer_ids"]),
            team=data["team"],
            most=data["most"],
            recusals=tuple(tuple(each) for each in data["recusals"]),
        )


class NewDrawSchema(Schema):
    id = fields.UUID(required=True, metadata={"description": "made by the client"})
    region = fields.String(
        required=True, validate=validate.Regexp(r"\d{6}\Z"), metadata={"example": "990102"}
    )
    title = text(120, required=True, metadata={"example": "2026 年秋季双随机抽查"})
    inputs = fields.Nested(InputsSchema, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"draw_id": str(data.pop("id")), **data}


class DrawingSchema(Schema):
    beacon = text(
        200,
        required=True,
        metadata={
            "description": "read out in public, known to nobody before",
            "example": "双色球 2026134 期 03 08 14 19 27 31 + 05",
        },
    )


class CancellationSchema(Schema):
    why = prose(500, required=True, metadata={"example": "抽取方案有误"})


class PlanDrawnSchema(Schema):
    planned_for = fields.Date(required=True, metadata={"example": "2026-11-23"})
    purpose = prose(500, load_default="双随机抽查")


class PlannedSchema(Schema):
    site_id = fields.String()
    inspection_id = fields.String(allow_none=True)
    refused = fields.List(
        fields.String(), allow_none=True, metadata={"description": "why no visit was planned"}
    )


class PlannedListSchema(Schema):
    items = fields.List(fields.Nested(PlannedSchema))


class DrawnSchema(Schema):
    group = fields.String()
    site_id = fields.String()
    officer_ids = fields.List(fields.String())
    stand_ins = fields.List(fields.String())
    reserve = fields.Boolean()


class DrawActSchema(Schema):
    at = fields.AwareDateTime()
    account_id = fields.String()
    name = fields.String()


def secret_of(draw: Draw) -> str | None:
    return None if draw.status is Status.COMMITTED else draw.secret


def seed_told(draw: Draw) -> str | None:
    if draw.beacon is None:
        return None
    return seed_of(draw.secret, draw.inputs_sha256, draw.beacon).hex()


class DrawSchema(Schema):
    id = fields.String()
    region = fields.String()
    title = fields.String()
    status = fields.String()
    inputs = fields.Nested(InputsSchema)
    inputs_sha256 = fields.String()
    commitment = fields.String(metadata={"description": "SHA-256 of the secret, told beforehand"})
    secret = fields.Function(
        secret_of,
        metadata={"description": "null until it is drawn or cancelled"},
    )
    beacon = fields.String(allow_none=True)
    seed = fields.Function(
        seed_told,
        metadata={"description": "SHA-256 over secret, inputs_sha256 and beacon; null until drawn"},
    )
    committed = fields.Nested(DrawActSchema)
    drawn = fields.Nested(DrawActSchema, allow_none=True)
    cancelled = fields.Nested(DrawActSchema, allow_none=True)
    why = fields.String(allow_none=True)
    results = fields.List(fields.Nested(DrawnSchema))
    revision = fields.Integer()


class DrawListSchema(Schema):
    items = fields.List(fields.Nested(DrawSchema))
