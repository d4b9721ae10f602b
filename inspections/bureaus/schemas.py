"""The wire shapes of a bureau's settings."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.bureaus.model import Measure, Rules, Rung
from media.schemas import prose, text


def whole(least: int, most: int, described: str) -> fields.Integer:
    return fields.Integer(
        strict=True,
        allow_none=True,
        validate=validate.Range(least, most),
        metadata={"description": described, "example": least},
    )


class RungSchema(Schema):
    measure = fields.Enum(Measure, by_value=True, required=True)
    after_days = fields.Integer(
        strict=True, required=True, validate=validate.Range(0, 366), metadata={"example": 5}
    )
    working = fields.Boolean(load_default=True, metadata={"description": "working days"})
    major_only = fields.Boolean(
        load_default=False, metadata={"description": "only where a major hazard is still open"}
    )
    departments = fields.List(
        text(60),
        load_default=[],
        validate=validate.Length(max=20),
        metadata={"description": "of a referral; none: those the plan names"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Rung:
        return Rung(**{**data, "departments": tuple(data["departments"])})


class RulesSchema(Schema):
    ladder = fields.List(
        fields.Nested(RungSchema), allow_none=True, validate=validate.Length(max=20)
    )
    first_day_counts = fields.Boolean(allow_none=True)
    last_day_moves = fields.Boolean(allow_none=True)
    objection_days = whole(1, 180, "calendar days after service")
    proof_hours = whole(
        1, 240, "hours to prove that a major hazard is out of use, or a person off work"
    )
    defence_days = whole(1, 60, "working days to answer a veto case")
    visits_a_year = whole(1, 100, "routine visits of a kindergarten without a reason")
    same_pair = whole(1, 1000, "visits in a row by the same officers")
    alarm_seconds = whole(1, 3600, "until a one-key alarm is answered")
    linkage_percent = fields.Float(
        allow_none=True, allow_nan=False, validate=validate.Range(0, 100), metadata={"example": 100}
    )
    barrier_seconds = whole(1, 600, "until an anti-ram barrier is raised")
    patrols_a_day = whole(1, 48, "guard patrols")
    drill_months = whole(1, 24, "months until the next drill")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Rules:
        if data.get("ladder") is not None:
            data["ladder"] = tuple(sorted(data["ladder"], key=lambda each: each.after_days))
        return Rules(**data)


class SetRulesSchema(Schema):
    rules = fields.Nested(
        RulesSchema, required=True, metadata={"example": {"visits_a_year": 2, "same_pair": 3}}
    )
    source = prose(500, required=True, metadata={"example": "本局检查工作规程（2026 年）"})


class BureauRulesSchema(Schema):
    region = fields.String()
    rules = fields.Nested(RulesSchema, metadata={"description": "in force, each resolved"})
    origins = fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True),
        metadata={"description": "the region that each comes from; null: nobody has set it"},
    )
    own = fields.Nested("OwnRulesSchema", allow_none=True)
    revision = fields.Integer()


class OwnRulesSchema(Schema):
    rules = fields.Nested(RulesSchema)
    source = fields.String()
    changed_at = fields.AwareDateTime()
