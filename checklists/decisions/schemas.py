"""The wire shapes of decisions."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from checklists.catalogue.model import AnswerKind, Binds, Condition, Place, Severity
from checklists.decisions.model import SUBJECTS, Choice, OwnItem
from checklists.plans.model import REASONS, Reason
from media.schemas import prose, text

CHOICES = tuple(each for each in Choice if each is not Choice.WITHDRAWN)
GRADES = ("A", "B", "C", "D")
ARTICLE = r"[\u4e00-\u9fff]{3,20} \d{1,3}\Z"


def region_field(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"\d{6}\Z"), **more)


def digest_field(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"[0-9a-f]{64}\Z"), **more)


class FigureField(fields.Field[Any]):
    """A number, or a grade A to D."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, str) and value in GRADES:
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100_000:
            return value
        raise ValidationError("Not a valid number")


class FigureSchema(Schema):
    comparison = fields.String(
        required=True, validate=validate.OneOf([">=", "<=", "="]), metadata={"example": ">="}
    )
    value = FigureField(required=True, metadata={"example": 100})
    unit = text(10, load_default=None, allow_none=True, metadata={"example": "%"})


class OwnItemSchema(Schema):
    title = text(60, required=True, metadata={"example": "门口夜间照明"})
    title_en = text(120, required=True, metadata={"example": "Lighting at the gate by night"})
    how = prose(300, required=True, metadata={"example": "天黑后到门口查看照明是否开启。"})
    family = text(40, required=True, metadata={"example": "physical"})
    place = fields.Enum(Place, by_value=True, required=True, metadata={"example": "gate"})
    answer_kind = fields.Enum(AnswerKind, by_value=True, load_default=AnswerKind.YES_NO)
    unit = text(10, load_default=None, allow_none=True)
    threshold = fields.Nested(FigureSchema, load_default=None, allow_none=True)
    severity = fields.Enum(
        Severity,
        by_value=True,
        load_default=Severity.ORDINARY,
        validate=validate.OneOf((Severity.ORDINARY, Severity.MAJOR_HAZARD)),
        metadata={"description": "a veto rests on plans alone"},
    )
    photo_required = fields.Boolean(load_default=False)
    evidence = prose(200, load_default="")
    articles = fields.List(
        fields.String(validate=validate.Regexp(ARTICLE)),
        load_default=(),
        validate=validate.Length(max=10),
        metadata={"example": ["学前教育法 51"]},
    )
    conditions = fields.List(
        fields.Enum(Condition, by_value=True), load_default=(), validate=validate.Length(max=7)
    )
    subjects = fields.List(
        fields.Enum(Binds, by_value=True, validate=validate.OneOf(SUBJECTS)),
        load_default=(Binds.KINDERGARTEN,),
        validate=validate.Length(1, 5),
        metadata={"example": ["kindergarten"]},
    )
    two_persons = fields.Boolean(load_default=False)
    drill = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> OwnItem:
        listed = {name: tuple(data[name]) for name in ("articles", "conditions", "subjects")}
        return OwnItem(**(data | listed))


class DecideSchema(Schema):
    """On a clause: `plan_id`, `words_sha256`, and `control` where something was made of it.

    On an item: `control` alone.
    """

    region = region_field(required=True, metadata={"example": "990102"})
    plan_id = text(60, load_default=None)
    words_sha256 = digest_field(load_default=None)
    control = text(90, load_default=None, metadata={"example": "anti-ram-barrier"})
    choice = fields.Enum(
        Choice,
        by_value=True,
        required=True,
        validate=validate.OneOf(CHOICES),
        metadata={"example": "set_aside"},
    )
    reason = prose(500, required=True, metadata={"example": "本县幼儿园大门不临道路"})
    item = fields.Nested(OwnItemSchema, load_default=None, allow_none=True)
    to_control = text(90, load_default=None, allow_none=True)
    threshold = fields.Nested(FigureSchema, load_default=None, allow_none=True)
    preferred = digest_field(load_default=None, allow_none=True)

    @validates_schema
    def must_hold_together(self, data: dict[str, Any], **_: Any) -> None:
        """A choice comes with what it needs, and with nothing else."""
        needs = {Choice.ITEM: "item", Choice.CONTROL: "to_control", Choice.PREFER: "preferred"}
        wanted = needs.get(data["choice"])
        for field in needs.values():
            if (data.get(field) is not None) is not (field == wanted):
                told = "Missing data for required field" if field == wanted else "Unknown field"
                raise ValidationError(told, field)
        if data.get("threshold") is not None and wanted != "to_control":
            raise ValidationError("Unknown field", "threshold")
        if (data.get("plan_id") is None) is not (data.get("words_sha256") is None):
            missing = "plan_id" if data.get("plan_id") is None else "words_sha256"
            raise ValidationError("Missing data for required field", missing)
        if data.get("plan_id") is None and data.get("control") is None:
            raise ValidationError("Missing data for required field", "control")


class WithdrawDecisionSchema(Schema):
    why = prose(500, required=True, metadata={"example": "计划已修订，重新研究"})


class TargetSchema(Schema):
    series = fields.String(allow_none=True)
    words_sha256 = fields.String(allow_none=True)
    control = fields.String(allow_none=True)


class DecidedSchema(Schema):
    id = fields.String(attribute="decision.id")
    region = fields.String(attribute="decision.region")
    target = fields.Nested(TargetSchema, attribute="decision.target")
    plan_id = fields.String(attribute="decision.plan_id", allow_none=True)
    section = fields.String(attribute="decision.section", allow_none=True)
    choice = fields.Enum(Choice, by_value=True, attribute="decision.choice")
    reason = fields.String(attribute="decision.reason")
    item = fields.Nested(OwnItemSchema, attribute="decision.own", allow_none=True)
    to_control = fields.String(attribute="decision.to_control", allow_none=True)
    threshold = fields.Nested(FigureSchema, attribute="decision.threshold", allow_none=True)
    preferred = fields.String(attribute="decision.preferred", allow_none=True)
    in_effect = fields.Boolean()
    why_again = fields.List(
        fields.String(),
        allow_none=True,
        metadata={"description": "why it is to be looked at again, Chinese and English"},
    )
    decided_at = fields.AwareDateTime(attribute="decision.decided_at")
    decided_by = fields.String(attribute="decision.decided_by")
    revision = fields.Integer(attribute="decision.revision")


class DecisionPageSchema(Schema):
    items = fields.List(fields.Nested(DecidedSchema))
    next = fields.String(allow_none=True)


class DecisionSearchSchema(Schema):
    region = region_field(load_default=None, metadata={"example": "990102"})
    plan_id = text(60, load_default=None)
    again = fields.Boolean(
        load_default=False, metadata={"description": "only those to be looked at again"}
    )
    cursor = text(400, load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class DecisionEntrySchema(Schema):
    sequence = fields.Integer()
    at = fields.AwareDateTime()
    verb = fields.String()
    name = fields.String()
    unit = fields.String()
    why = fields.String(allow_none=True)
    facts = fields.Dict()
    hash = fields.String()


class DecisionHistorySchema(Schema):
    items = fields.List(fields.Nested(DecisionEntrySchema))


class LeftSchema(Schema):
    section = fields.String(attribute="clause.section", metadata={"example": "二、（三）"})
    start = fields.Integer(attribute="clause.start")
    end = fields.Integer(attribute="clause.end")
    words_sha256 = fields.String(attribute="clause.words_sha256")
    reason = fields.Enum(Reason, by_value=True, attribute="clause.reason")
    why = fields.Function(lambda left: REASONS[left.clause.reason])
    quote = fields.String(
        attribute="clause.quote",
        allow_none=True,
        metadata={"description": "the words, where the text was imported"},
    )
    decision = fields.Nested(DecidedSchema, attribute="standing", allow_none=True)


class LeftPageSchema(Schema):
    items = fields.List(fields.Nested(LeftSchema))
    next = fields.String(allow_none=True)
    region = fields.String(metadata={"description": "whose decisions are shown"})
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), metadata={"example": {"no_control": 12}}
    )
    undecided = fields.Integer()


class LeftArgumentsSchema(Schema):
    region = region_field(load_default=None, metadata={"example": "990102"})
    reason = fields.Enum(Reason, by_value=True, load_default=None)
    undecided = fields.Boolean(load_default=False)
    cursor = text(400, load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
