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
    revision = fields.Integer()


class AnnualProposalSchema(Schema):
    grade = fields.Enum(Grade, by_value=True, required=True)
    why = prose(2000, required=True, metadata={"example": "全年检查均已整改销号"})
