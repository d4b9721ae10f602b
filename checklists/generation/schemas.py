"""The wire shapes of checklists."""

from marshmallow import Schema, fields, validate

from checklists.generation.model import Standing, Step, Subject


class ChecklistSearchSchema(Schema):
    region = fields.String(load_default=None, validate=validate.Regexp(r"\d{6}\Z"))
    subject = fields.Enum(Subject, by_value=True, load_default=None)
    status = fields.Enum(Standing, by_value=True, load_default=None)
    cursor = fields.String(load_default=None, validate=validate.Length(max=500))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class InForceSchema(Schema):
    region = fields.String(
        required=True, validate=validate.Regexp(r"\d{6}\Z"), metadata={"example": "990102"}
    )
    subject = fields.Enum(
        Subject, by_value=True, required=True, metadata={"example": "kindergarten"}
    )
    on = fields.Date(load_default=None, metadata={"example": "2026-11-23"})


class ProposalSchema(Schema):
    region = fields.String(
        required=True, validate=validate.Regexp(r"\d{6}\Z"), metadata={"example": "990102"}
    )
    subject = fields.Enum(
        Subject, by_value=True, required=True, metadata={"example": "kindergarten"}
    )
    on = fields.Date(required=True, metadata={"example": "2026-11-23"})


class ChecklistStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True, metadata={"example": "publish"})


class CompareSchema(Schema):
    to = fields.String(required=True, validate=validate.Length(1, 64))


class ThresholdSchema(Schema):
    value = fields.Raw(metadata={"example": 100})
    unit = fields.String(metadata={"example": "%"})
    at_least = fields.Boolean()


class CitationSchema(Schema):
    plan_id = fields.String()
    plan_sha256 = fields.String()
    title = fields.String()
    number = fields.String(allow_none=True)
    region = fields.String()
    section = fields.String(metadata={"example": "二、（一）"})
    status = fields.String()
    standing = fields.String(metadata={"example": "in_force"})
    carries_notice = fields.Boolean()
    why = fields.String()
    start = fields.Integer()
    end = fields.Integer()
    words_sha256 = fields.String()
    quote = fields.String(allow_none=True)
    asks = fields.String(allow_none=True, metadata={"example": "≥100%"})


class OfficesSchema(Schema):
    lead = fields.List(fields.String())
    others = fields.List(fields.String())


class ItemSchema(Schema):
    id = fields.String(metadata={"example": "anti-ram-barrier"})
    title = fields.String(metadata={"example": "门口硬质防冲撞设施"})
    title_en = fields.String()
    how = fields.String()
    family = fields.String()
    place = fields.String(metadata={"example": "gate"})
    answer_kind = fields.String(metadata={"example": "yes_no"})
    unit = fields.String(allow_none=True)
    threshold = fields.Nested(ThresholdSchema, allow_none=True)
    figure = fields.String(allow_none=True)
    any_of = fields.List(fields.String())
    all_of = fields.List(fields.String())
    terms = fields.List(fields.String())
    severity = fields.String(metadata={"example": "ordinary"})
    photo_required = fields.Boolean()
    two_persons = fields.Boolean()
    drill = fields.Boolean()
    deadline = fields.String(allow_none=True)
    consequence = fields.String(allow_none=True)
    conditions = fields.List(fields.String())
    departments = fields.Nested(OfficesSchema)
    articles = fields.List(fields.String())
    evidence = fields.String()
    binds = fields.String()
    carries_notice = fields.Boolean()
    why = fields.String()
    contradiction = fields.String(allow_none=True)
    citations = fields.List(fields.Nested(CitationSchema))


class ChecklistSummarySchema(Schema):
    id = fields.String()
    region = fields.String(metadata={"example": "990102"})
    subject = fields.String(metadata={"example": "kindergarten"})
    on = fields.Date()
    until = fields.Date(allow_none=True)
    version = fields.Integer()
    status = fields.String(metadata={"example": "published"})
    why_empty = fields.String(allow_none=True)
    proposed_by = fields.String()
    proposed_at = fields.AwareDateTime(format="iso")
    published_by = fields.String(allow_none=True)
    published_at = fields.AwareDateTime(format="iso", allow_none=True)
    withdrawn_by = fields.String(allow_none=True)
    withdrawn_at = fields.AwareDateTime(format="iso", allow_none=True)
    sha256 = fields.String(attribute="etag")
    revision = fields.Integer()


class ChecklistSchema(ChecklistSummarySchema):
    items = fields.List(fields.Nested(ItemSchema))


class ChecklistPageSchema(Schema):
    items = fields.List(fields.Nested(ChecklistSummarySchema))
    next = fields.String(allow_none=True)


class ChangeSchema(Schema):
    id = fields.String()
    title = fields.String()
    fields_changed = fields.Dict(attribute="fields")
    words = fields.List(fields.List(fields.String()))


class DifferenceSchema(Schema):
    added = fields.List(fields.Nested(ItemSchema))
    removed = fields.List(fields.Nested(ItemSchema))
    changed = fields.List(fields.Nested(ChangeSchema))
