"""Renaming cases in MongoDB."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from inspections.cases.renaming.errors import CaseOpen
from inspections.cases.renaming.model import RenamingCase
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

UNDER_WAY = ["opened", "told", "answered", "objected", "accepted"]

INDEXES: dict[str, list[IndexModel]] = {
    "renaming_cases": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("status", ASCENDING), ("region", ASCENDING)]),
        IndexModel(
            [("kindergarten_id", ASCENDING)],
            name="one_under_way",
            unique=True,
            partialFilterExpression={"status": {"$in": UNDER_WAY}},
        ),
    ],
}


class RenamingStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._cases = database["renaming_cases"]

    def add(self, case: RenamingCase, tx: Transaction) -> None:
        """Raises CaseOpen."""
        try:
            self._cases.insert_one(to_document(case), session=tx)
        except DuplicateKeyError as there:
            raise CaseOpen from there

    def find(self, case_id: str, scope: Scope, tx: Transaction = None) -> RenamingCase | None:
        criteria = {"$and": [{"_id": case_id}, scope.criteria()]}
        found = self._cases.find_one(criteria, session=tx)
        return from_document(RenamingCase, found) if found else None

    def replace(self, case: RenamingCase, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": case.id, "revision": seen}
        return self._cases.replace_one(criteria, to_document(case), session=tx).modified_count == 1

    def ids_past(self, now: datetime, limit: int) -> list[str]:
        """Return the cases under way whose days are over, unmarked, the oldest first."""
        wanted = {
            "status": {"$in": UNDER_WAY},
            "due_at": {"$ne": None, "$lte": now},
            "overdue_at": None,
        }
        found = self._cases.find(wanted, {"_id": 1}).sort("due_at", ASCENDING).limit(limit)
        return [each["_id"] for each in found]

    def ids_running(self) -> list[str]:
        """Return the cases under way whose days run and are not marked as over."""
        wanted = {"status": {"$in": UNDER_WAY}, "due_at": {"$ne": None}, "overdue_at": None}
        return [each["_id"] for each in self._cases.find(wanted, {"_id": 1}).sort("_id", ASCENDING)]

    def ids_to_climb(self, now: datetime, limit: int) -> list[str]:
        """Return the overdue cases whose next rung is to be looked at."""
        wanted = {"status": {"$in": UNDER_WAY}, "climb_at": {"$ne": None, "$lte": now}}
        found = self._cases.find(wanted, {"_id": 1}).sort("climb_at", ASCENDING).limit(limit)
        return [each["_id"] for each in found]

    def listed(
        self,
        scope: Scope,
        *,
        status: Sequence[str],
        kindergarten_id: str | None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[RenamingCase]:
        """Return those in a status, by region and id, after that place."""
        criteria: list[dict[str, Any]] = [scope.criteria()]
        if status:
            criteria.append({"status": {"$in": list(status)}})
        if kindergarten_id is not None:
            criteria.append({"kindergarten_id": kindergarten_id})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._cases.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(RenamingCase, document) for document in found]
