"""The wire shapes of checklists."""

from typing import Any

import orjson
from marshmallow import Schema, fields, post_load, validate

from checklists.catalogue.model import AnswerKind, Condition, Place, Severity
from checklists.generation.model import Change, Checklist, Origin, Status, Subject
from checklists.plans.actions import Standing
from media.schemas import text

STEPS = ("publish", "withdraw")


def region_field(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"\d{6}\Z"), **more)


class ThresholdSchema(Schema):
    comparison = fields.String(allow_none=True, metadata={"example": ">="})
    value = fields.Raw(allow_none=True, metadata={"example": 100})
    unit = fields.String(allow_none=True, metadata={"example": "%"})
    any_of = fields.List(fields.String())
    all_of = fields.List(fields.String())
    terms = fields.List(fields.String())


class CitationSchema(Schema):
    plan_id = fields.String()
    region = fields.String()
    title = fields.String()
    number = fields.String(allow_none=True)
    standing = fields.Enum(Standing, by_value=True)
    carries_notice = fields.Boolean()
    why = fields.List(fields.String())
    section = fields.String()
    start = fields.Integer()
    end = fields.Integer()
    words_sha256 = fields.String()
    quote = fields.String(
        allow_none=True, metadata={"description": "the words, where the text was imported"}
    )
    threshold = fields.Nested(ThresholdSchema, allow_none=True)
    conditions = fields.List(fields.Enum(Condition, by_value=True))
    deadline = fields.String(allow_none=True)
    consequence = fields.String(allow_none=True)
    lead = fields.List(fields.String())
    others = fields.List(fields.String())


class RuledSchema(Schema):
    id = fields.String()
    revision = fields.Integer()
    region = fields.String()
    choice = fields.String(metadata={"example": "control"})
    reason = fields.String()
    decided_at = fields.AwareDateTime()
    why_again = fields.List(fields.String(), allow_none=True)


class SwitchedOffSchema(Schema):
    item_id = fields.String(metadata={"example": "anti-ram-barrier"})
    title = fields.String()
    title_en = fields.String()
    section = fields.String(allow_none=True)
    ruled = fields.Nested(RuledSchema)


class SectionSchema(Schema):
    place = fields.Enum(Place, by_value=True)
    title = fields.String(metadata={"example": "大门"})
    title_en = fields.String(metadata={"example": "Gate"})
    item_ids = fields.List(fields.String())
    conditional = fields.List(fields.String())
    two_persons = fields.List(fields.String())
    drill = fields.List(fields.String())


class ItemSchema(Schema):
    id = fields.String(metadata={"example": "anti-ram-barrier"})
    title = fields.String(metadata={"example": "门口硬质防冲撞设施"})
    title_en = fields.String()
    family = fields.String()
    place = fields.Enum(Place, by_value=True)
    how = fields.String(metadata={"description": "how an inspector checks it"})
    answer_kind = fields.Enum(AnswerKind, by_value=True)
    unit = fields.String(allow_none=True)
    threshold = fields.Nested(ThresholdSchema, allow_none=True)
    severity = fields.Enum(Severity, by_value=True)
    photo_required = fields.Boolean()
    evidence = fields.String()
    conditions = fields.List(fields.Enum(Condition, by_value=True))
    names = fields.List(fields.String())
    citations = fields.List(
        fields.Nested(CitationSchema), metadata={"description": "strictest first"}
    )
    articles = fields.List(fields.String(), metadata={"example": ["学前教育法 51"]})
    carries_notice = fields.Boolean()
    why_not = fields.List(fields.String(), allow_none=True)
    contradiction = fields.List(fields.String(), allow_none=True)
    two_persons = fields.Boolean()
    drill = fields.Boolean()
    deadline = fields.String(allow_none=True, metadata={"description": "the strictest stated"})
    origin = fields.Enum(Origin, by_value=True)
    basis = fields.String(allow_none=True, metadata={"description": "of a local item"})
    trace = fields.List(
        fields.List(fields.String()),
        metadata={"description": "why the threshold and the deadline hold, in both languages"},
    )
    decided = fields.List(fields.Nested(RuledSchema))


class ChecklistHeadSchema(Schema):
    id = fields.String()
    region = fields.String()
    subject = fields.Enum(Subject, by_value=True)
    on = fields.Date()
    until = fields.Date(allow_none=True)
    version = fields.Integer()
    status = fields.Enum(Status, by_value=True)
    etag = fields.String()
    proposed_at = fields.AwareDateTime()
    published_at = fields.AwareDateTime(allow_none=True)
    revision = fields.Integer()


class ChecklistSchema(ChecklistHeadSchema):
    sections = fields.List(
        fields.Nested(SectionSchema), metadata={"description": "in the order of the walk"}
    )
    items = fields.List(fields.Nested(ItemSchema))
    switched_off = fields.List(fields.Nested(SwitchedOffSchema))
    to_review = fields.List(
        fields.Nested(RuledSchema),
        metadata={"description": "decisions that do not hold any more and are to be made anew"},
    )
    why_empty = fields.List(fields.String(), allow_none=True)


class ChecklistPageSchema(Schema):
    items = fields.List(fields.Nested(ChecklistHeadSchema))
    next = fields.String(allow_none=True)


class AskedSchema(Schema):
    region = region_field(required=True, metadata={"example": "990102"})
    subject = fields.Enum(Subject, by_value=True, load_default=Subject.KINDERGARTEN)
    on = fields.Date(required=True, metadata={"example": "2026-11-23"})


class ProposeSchema(AskedSchema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"id": str(data["id"])} if "id" in data else data


class ChecklistStepSchema(Schema):
    step = fields.String(required=True, validate=validate.OneOf(STEPS))


class ChecklistArgumentsSchema(Schema):
    region = region_field()
    subject = fields.Enum(Subject, by_value=True)
    cursor = fields.String(validate=validate.Length(1, 400))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class PieceSchema(Schema):
    kind = fields.String(metadata={"example": "insert"})
    words = fields.String()


class ClauseChangeSchema(Schema):
    change = fields.Enum(Change, by_value=True)
    item_ids = fields.List(fields.String())
    section_before = fields.String(allow_none=True)
    section_after = fields.String(allow_none=True)
    sha256_before = fields.String(allow_none=True)
    sha256_after = fields.String(allow_none=True)
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)
    pieces = fields.List(
        fields.Nested(PieceSchema),
        metadata={"description": "equal, delete and insert; empty without the words of both"},
    )


class ChangesArgumentsSchema(Schema):
    against = text(60, load_default=None)


class PlanChangesSchema(Schema):
    before = fields.String(metadata={"description": "the id of the other edition"})
    after = fields.String()
    edition_before = fields.Integer()
    edition_after = fields.Integer()
    clauses = fields.List(fields.Nested(ClauseChangeSchema))


class DifferenceSchema(Schema):
    added = fields.List(fields.String())
    removed = fields.List(fields.String())
    changed = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    clauses = fields.List(fields.Nested(ClauseChangeSchema))


_SCHEMA = ChecklistSchema()


def render(checklist: Checklist) -> bytes:
    """Return the bytes that a checklist is sent as."""
    return orjson.dumps(_SCHEMA.dump(checklist))
