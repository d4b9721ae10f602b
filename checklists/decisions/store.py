"""Decisions in MongoDB, one document a target and region; what was decided before is in custody."""

from collections.abc import Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from checklists.decisions.model import Decision
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "decisions": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("target.series", ASCENDING), ("region", ASCENDING)]),
    ],
}


class DecisionStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._decisions = database["decisions"]

    def find(self, decision_id: str, tx: Transaction = None) -> Decision | None:
        found = self._decisions.find_one({"_id": decision_id}, session=tx)
        return from_document(Decision, found) if found else None

    def add(self, decision: Decision, tx: Transaction) -> None:
        self._decisions.insert_one(to_document(decision), session=tx)

    def replace(self, decision: Decision, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have decided anew since `seen`."""
        criteria = {"_id": decision.id, "revision": seen}
        done = self._decisions.replace_one(criteria, to_document(decision), session=tx)
        return done.modified_count == 1

    def of_regions(self, regions: Sequence[str]) -> list[Decision]:
        found = self._decisions.find({"region": {"$in": list(regions)}})
        return [from_document(Decision, document) for document in found]

    def listed(
        self,
        scope: Scope,
        *,
        reach: Sequence[str] | None,
        series: str | None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[Decision]:
        """Return decisions by region and id: of the regions in `reach`, else those in scope."""
        asked = scope.criteria() if reach is None else {"region": {"$in": list(reach)}}
        criteria: list[dict[str, Any]] = [asked]
        if series is not None:
            criteria.append({"target.series": series})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._decisions.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(Decision, document) for document in found]
