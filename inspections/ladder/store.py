"""Measures in MongoDB."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.ladder.model import Escalation, Status
from media.documents import Transaction, from_document
from media.records.store import BY_REGION, RecordStore

INDEXES: dict[str, list[IndexModel]] = {
    "escalations": [
        IndexModel(BY_REGION),
        IndexModel([("notice_id", ASCENDING)]),
        IndexModel(
            [("made_at", ASCENDING)],
            name="standing",
            partialFilterExpression={"status": {"$in": [Status.DUE.value, Status.TAKEN.value]}},
        ),
    ],
}


class EscalationStore(RecordStore[Escalation]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["escalations"], Escalation)
        self._escalations = database["escalations"]

    def of_notice(self, notice_id: str, tx: Transaction = None) -> list[Escalation]:
        found = self._escalations.find({"notice_id": notice_id}, session=tx)
        return [from_document(Escalation, each) for each in found.sort("due_since", ASCENDING)]

    def of_ended_notices(self, limit: int) -> list[str]:
        """Return the ids of measures that stand although their notice is closed or revoked."""
        pipeline: list[dict[str, Any]] = [
            {
                "$match": {
                    "status": {"$in": [Status.DUE.value, Status.TAKEN.value]},
                    "$or": [{"status": Status.DUE.value}, {"measure": "supervised_listing"}],
                }
            },
            {
                "$lookup": {
                    "from": "notices",
                    "localField": "notice_id",
                    "foreignField": "_id",
                    "as": "notice",
                    "pipeline": [{"$project": {"status": 1}}],
                }
            },
            {"$match": {"notice.status": {"$in": ["closed", "revoked"]}}},
            {"$limit": limit},
            {"$project": {"_id": 1}},
        ]
        return [each["_id"] for each in self._escalations.aggregate(pipeline)]
