"""The wire shapes of checks of the register's names."""

from marshmallow import Schema, fields, validate

from checklists.naming.schemas import CitedFindingSchema, QuestionSchema
from inspections.namechecks.model import Status
from media.schemas import text


class NewNameRunSchema(Schema):
    id = fields.UUID(
        load_default=None,
        metadata={
            "example": "3f1c2f0e-6d1f-4f55-9d53-5d2f8b1f7a11",
            "description": "made by the client; sent again it changes nothing",
        },
    )


class VerdictCountsSchema(Schema):
    ok = fields.Integer()
    review = fields.Integer()
    violation = fields.Integer()


class NameRunSchema(Schema):
    id = fields.String()
    status = fields.Enum(Status, by_value=True)
    made_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()
    done = fields.Integer(metadata={"description": "so many are checked"})
    total = fields.Integer(metadata={"description": "of so many"})
    counts = fields.Nested(VerdictCountsSchema)
    reason = fields.Nested(QuestionSchema, allow_none=True)
    revision = fields.Integer()


class NameRunPageSchema(Schema):
    items = fields.List(fields.Nested(NameRunSchema))
    next = fields.String(allow_none=True)


class NameRunArgumentsSchema(Schema):
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class HitArgumentsSchema(NameRunArgumentsSchema):
    verdict = fields.String(validate=validate.OneOf(["review", "violation"]))


class HitSchema(Schema):
    kindergarten_id = fields.String()
    name = fields.String()
    nature = fields.String()
    region = fields.String()
    verdict = fields.String()
    previous = fields.String(metadata={"description": "the verdict that the register had"})
    findings = fields.List(fields.Nested(CitedFindingSchema))
    settled = fields.String(
        allow_none=True, metadata={"description": "the renaming case that took it up"}
    )


class HitPageSchema(Schema):
    items = fields.List(fields.Nested(HitSchema))
    next = fields.String(allow_none=True)
