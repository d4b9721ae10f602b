"""Drills in MongoDB."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from inspections.drills.model import Drill, Untested
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
        self._kindergartens = database["kindergartens"]

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

    def untested(
        self, scope: Scope, kind: str, *, after: tuple[str, str] | None, limit: int
    ) -> list[Untested]:
        """Return the open kindergartens without a drill of a kind, by region and id."""
        there: list[dict[str, Any]] = [scope.criteria(kindergarten="_id"), {"open": True}]
        if after is not None:
            region, id_ = after
            there.append(
                {"$or": [{"region": {"$gt": region}}, {"region": region, "_id": {"$gt": id_}}]}
            )
        of_it = {
            "from": "drills",
            "localField": "_id",
            "foreignField": "kindergarten_id",
            "pipeline": [{"$match": {"kind": kind}}, {"$limit": 1}, {"$project": {"_id": 1}}],
            "as": "drills",
        }
        pipeline: list[dict[str, Any]] = [
            {"$match": {"$and": there}},
            {"$sort": dict(BY_REGION)},
            {"$lookup": of_it},
            {"$match": {"drills": []}},
            {"$limit": limit},
            {"$project": {"name": 1, "region": 1}},
        ]
        return [from_document(Untested, each) for each in self._kindergartens.aggregate(pipeline)]
