"""Plans and continuations in MongoDB."""

from collections.abc import Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from checklists.plans.model import Continuation, Plan
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "plans": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("series", ASCENDING), ("edition", DESCENDING)], unique=True),
        IndexModel([("region", ASCENDING), ("sha256", ASCENDING)], unique=True),
    ],
    "continuations": [IndexModel([("plan_id", ASCENDING), ("decided_on", ASCENDING)])],
}


class PlanStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._plans = database["plans"]
        self._continuations = database["continuations"]

    def add(self, plan: Plan, tx: Transaction) -> None:
        self._plans.insert_one(to_document(plan), session=tx)

    def find(self, plan_id: str, tx: Transaction = None) -> Plan | None:
        found = self._plans.find_one({"_id": plan_id}, session=tx)
        return from_document(Plan, found) if found else None

    def ids(self) -> set[str]:
        return {found["_id"] for found in self._plans.find({}, {"_id": 1})}

    def replace(self, plan: Plan, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": plan.id, "revision": seen}
        return self._plans.replace_one(criteria, to_document(plan), session=tx).modified_count == 1

    def of_regions(self, regions: Sequence[str], *, whole: bool) -> list[Plan]:
        """Return the editions of the regions; `whole`: with what became no requirement."""
        shown = None if whole else {"unmatched": 0}
        found = self._plans.find({"region": {"$in": list(regions)}}, shown)
        return [from_document(Plan, document) for document in found]

    def editions(self, series: str) -> list[Plan]:
        """Return every edition of a plan, the latest first."""
        found = self._plans.find({"series": series}).sort("edition", DESCENDING)
        return [from_document(Plan, document) for document in found]

    def without_unmatched(self) -> set[str]:
        """Return the ids of what was kept before plans held what became no requirement."""
        return {
            found["_id"]
            for found in self._plans.find({"unmatched": {"$exists": False}}, {"_id": 1})
        }

    def with_digest(self, digest: str) -> list[Plan]:
        """Return the editions, of whatever region, whose text has the SHA-256."""
        return [from_document(Plan, found) for found in self._plans.find({"sha256": digest})]

    def latest_of(self, series: str, tx: Transaction = None) -> Plan | None:
        found = self._plans.find_one({"series": series}, sort=[("edition", DESCENDING)], session=tx)
        return from_document(Plan, found) if found else None

    def listed(
        self, *, region: str | None, after: tuple[str, str] | None, limit: int
    ) -> list[Plan]:
        """Return plans whose region begins with `region`, after a (region, id), without clauses."""
        criteria: list[dict[str, Any]] = [{}]
        if region is not None:
            criteria.append({"region": {"$gte": region, "$lt": region + ":"}})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._plans.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(Plan, document) for document in found]

    def add_continuation(self, continuation: Continuation, tx: Transaction) -> None:
        self._continuations.insert_one(to_document(continuation), session=tx)

    def find_continuation(self, id_: str, tx: Transaction = None) -> Continuation | None:
        found = self._continuations.find_one({"_id": id_}, session=tx)
        return from_document(Continuation, found) if found else None

    def continuations_of(self, plan_ids: Sequence[str]) -> list[Continuation]:
        criteria = {"plan_id": {"$in": list(plan_ids)}}
        found = self._continuations.find(criteria).sort("decided_on", ASCENDING)
        return [from_document(Continuation, document) for document in found]
