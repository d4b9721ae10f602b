"""Drills in MongoDB."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from inspections.drills.model import Drill
from media.custody.model import Scope
from media.documents import from_document
from media.records.store import BY_REGION, RecordStore

INDEXES: dict[str, list[IndexModel]] = {
    "drills": [
        IndexModel(BY_REGION),
        IndexModel([("kindergarten_id", ASCENDING), ("kind", ASCENDING), ("at", DESCENDING)]),
    ],
}


class DrillStore(RecordStore[Drill]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["drills"], Drill)
        self._drills = database["drills"]

    def latest(self, scope: Scope, today: str, limit: int) -> list[Drill]:
        """Return, of each kindergarten and kind, the last drill where the next was due by today."""
        pipeline: list[dict[str, Any]] = [
            {"$match": scope.criteria()},
            {"$sort": {"kindergarten_id": 1, "kind": 1, "at": -1}},
            {"$group": {"_id": ["$kindergarten_id", "$kind"], "last": {"$first": "$$ROOT"}}},
            {"$match": {"last.next_due": {"$ne": None, "$lte": today}}},
            {"$sort": {"last.next_due": 1, "last._id": 1}},
            {"$limit": limit},
        ]
        found = self._drills.aggregate(pipeline)
        return [from_document(Drill, each["last"]) for each in found]
