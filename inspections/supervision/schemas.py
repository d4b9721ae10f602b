"""The wire shapes of the annual review."""

from marshmallow import Schema, fields

from inspections.supervision.model import Grade, Status
from media.schemas import prose


class AnnualReviewSchema(Schema):
    grade = fields.Enum(Grade, by_value=True)
    why = fields.String()
    status = fields.Enum(Status, by_value=True)
    proposed_at = fields.AwareDateTime()
    decided_at = fields.AwareDateTime(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)


class AnnualResultSchema(Schema):
    kindergarten_id = fields.String()
    year = fields.Integer()
    grade = fields.Enum(
        Grade,
        by_value=True,
        allow_none=True,
        metadata={"description": "what holds; null while nothing is decided and no veto stands"},
    )
    vetoed = fields.Boolean(metadata={"description": "a one-vote veto of the year stands"})
    review = fields.Nested(AnnualReviewSchema, allow_none=True)
    failed_years = fields.Integer(metadata={"description": "in a row, this year the last"})
    flagged = fields.Boolean(metadata={"description": "two failed years in a row"})
    revision = fields.Integer()


class YearFactsSchema(Schema):
    kindergarten_id = fields.String()
    year = fields.Integer()
    vetoed = fields.Boolean()
    inspections = fields.Integer()
    findings_ordinary = fields.Integer()
    findings_major = fields.Integer()
    major_open = fields.Integer()
    notices_served = fields.Integer()
    notices_open = fields.Integer()
    notices_overdue = fields.Integer()
    stoppages = fields.Integer()
    stoppages_open = fields.Integer()
    drills_failed = fields.Integer()
    dossiers_confirmed = fields.Integer()
    suggested = fields.Enum(
        Grade, by_value=True, metadata={"description": "what the facts speak for; people decide"}
    )
    why = fields.List(fields.String())


class AnnualProposalSchema(Schema):
    grade = fields.Enum(Grade, by_value=True, required=True)
    why = prose(2000, required=True, metadata={"example": "全年检查均已整改销号"})
