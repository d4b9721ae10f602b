"""The wire shapes of plans."""

from typing import Any

from marshmallow import Schema, fields, validate

from checklists.plans.model import Status
from media.schemas import prose, text


def region_field(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"\d{6}\Z"), **more)


class PlanSearchSchema(Schema):
    region = region_field(load_default=None, metadata={"example": "990100"})
    cursor = fields.String(load_default=None, validate=validate.Length(max=500))
    limit = fields.Integer(strict=False, load_default=50, validate=validate.Range(1, 200))


class UploadSchema(Schema):
    """What the text may not say of itself; `region` where the text is of no known plan."""

    region = region_field(load_default=None, metadata={"example": "990102"})
    title = text(100, load_default=None)
    issuer = text(100, load_default=None)
    number = text(60, load_default=None)
    status = fields.Enum(Status, by_value=True, load_default=None)
    valid_from = fields.Date(load_default=None)
    valid_until = fields.Date(load_default=None)
    horizon = fields.Integer(load_default=None, validate=validate.Range(2000, 2100))


class NewContinuationSchema(Schema):
    id = fields.UUID(load_default=None)
    number = text(60, required=True, metadata={"example": "演教〔2031〕1号"})
    decided_on = fields.Date(required=True, metadata={"example": "2031-01-05"})
    reason = prose(500, required=True, metadata={"example": "新方案出台前继续执行"})
    until = fields.Date(load_default=None, allow_none=True)


class ContinuationSchema(Schema):
    id = fields.String()
    plan_id = fields.String()
    number = fields.String()
    decided_on = fields.Date()
    reason = fields.String()
    until = fields.Date(allow_none=True)
    recorded_at = fields.AwareDateTime(format="iso")


class DepartmentsSchema(Schema):
    lead = fields.List(fields.String())
    others = fields.List(fields.String())


class RequirementSchema(Schema):
    control = fields.String(metadata={"example": "anti-ram-barrier"})
    section = fields.String(metadata={"example": "二、（一）"})
    quote = fields.String(allow_none=True)
    start = fields.Integer()
    end = fields.Integer()
    binds = fields.String()
    check_type = fields.String()
    photo_required = fields.Boolean()
    threshold = fields.Raw(allow_none=True)
    severity = fields.String()
    deadline = fields.String(allow_none=True)
    consequence = fields.String(allow_none=True)
    departments = fields.Nested(DepartmentsSchema)
    applies_to_kindergarten = fields.Boolean()
    inspectable_on_site = fields.Boolean()
    conditions = fields.List(fields.String())
    words_sha256 = fields.String()


class PlanSummarySchema(Schema):
    id = fields.String()
    region = fields.String(metadata={"example": "990100"})
    title = fields.String()
    issuer = fields.String(allow_none=True)
    number = fields.String(allow_none=True)
    status = fields.String(metadata={"example": "issued"})
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    horizon = fields.Integer(allow_none=True)
    sha256 = fields.String()
    origin = fields.String(metadata={"example": "pack"})
    edition = fields.Integer()
    has_words = fields.Boolean(attribute="imported")
    requirement_count = fields.Integer()
    unmatched_count = fields.Integer(
        metadata={"description": "normative sentences that became no requirement"}
    )
    revision = fields.Integer()


class PlanPageSchema(Schema):
    items = fields.List(fields.Nested(PlanSummarySchema))
    next = fields.String(allow_none=True)


class PlanSchema(PlanSummarySchema):
    requirements = fields.List(fields.Nested(RequirementSchema))
    continuations = fields.List(fields.Nested(ContinuationSchema))
