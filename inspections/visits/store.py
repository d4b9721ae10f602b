"""Inspections in MongoDB."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from inspections.visits.model import Inspection, Kind, Status
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

OPEN = (Status.PLANNED.value, Status.UNDERWAY.value, Status.SUBMITTED.value)

INDEXES: dict[str, list[IndexModel]] = {
    "inspections": [
        IndexModel([("region", ASCENDING), ("planned_for", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("officers.account_id", ASCENDING), ("planned_for", ASCENDING)]),
        IndexModel([("kindergarten_id", ASCENDING), ("planned_for", ASCENDING)]),
        IndexModel([("case_id", ASCENDING)]),
    ],
    "visit_turns": [],
}


class VisitStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._inspections = database["inspections"]
        self._turns = database["visit_turns"]

    def take_turn(self, kindergarten_id: str, tx: Transaction) -> None:
        """Have those who plan for one kindergarten at once do so one after another.

        Two who each count the visits before the other's is there would exceed its cap; who writes
        here second is ended by MongoDB, and begins again with the first one's visit in sight.
        """
        one_more = {"$inc": {"taken": 1}}
        self._turns.update_one({"_id": kindergarten_id}, one_more, upsert=True, session=tx)

    def add(self, inspection: Inspection, tx: Transaction) -> None:
        self._inspections.insert_one(to_document(inspection), session=tx)

    def find(self, inspection_id: str, scope: Scope, tx: Transaction = None) -> Inspection | None:
        criteria = {"$and": [{"_id": inspection_id}, scope.criteria()]}
        found = self._inspections.find_one(criteria, session=tx)
        return from_document(Inspection, found) if found else None

    def replace(self, inspection: Inspection, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": inspection.id, "revision": seen}
        done = self._inspections.replace_one(criteria, to_document(inspection), session=tx)
        return done.modified_count == 1

    def has_case(self, case_id: str, scope: Scope) -> bool:
        criteria = {"$and": [{"case_id": case_id}, scope.criteria()]}
        return self._inspections.find_one(criteria, {"_id": 1}) is not None

    def is_open(self, case_id: str, tx: Transaction = None) -> bool:
        """Tell whether a visit of the case is neither approved nor cancelled."""
        criteria = {"case_id": case_id, "status": {"$in": list(OPEN)}}
        return self._inspections.find_one(criteria, {"_id": 1}, session=tx) is not None

    def open_of(self, account_id: str, tx: Transaction) -> list[Inspection]:
        """Return the visits of an officer that are neither approved nor cancelled, by day."""
        criteria = {"officers.account_id": account_id, "status": {"$in": list(OPEN)}}
        found = self._inspections.find(criteria, session=tx).sort("planned_for", ASCENDING)
        return [from_document(Inspection, document) for document in found]

    def of_year(self, kindergarten_id: str, year: int, scope: Scope) -> list[Inspection]:
        """Return every visit of the kindergarten planned for a day of the year, by day."""
        criteria = {"$and": [_of_year(kindergarten_id, year), scope.criteria()]}
        found = self._inspections.find(criteria).sort("planned_for", ASCENDING)
        return [from_document(Inspection, document) for document in found]

    def made_in(self, kindergarten_id: str, year: int, tx: Transaction) -> int:
        """Return how many routine and joint visits of the year count: all but the cancelled."""
        counted = {
            "kind": {"$in": [Kind.ROUTINE.value, Kind.JOINT.value]},
            "status": {"$ne": Status.CANCELLED.value},
        }
        criteria = {**_of_year(kindergarten_id, year), **counted}
        return self._inspections.count_documents(criteria, session=tx)

    def latest(self, kindergarten_id: str, limit: int, tx: Transaction) -> list[Inspection]:
        """Return the latest routine and joint visits that count, the last first."""
        if limit == 0:
            return []
        criteria = {
            "kindergarten_id": kindergarten_id,
            "kind": {"$in": [Kind.ROUTINE.value, Kind.JOINT.value]},
            "status": {"$ne": Status.CANCELLED.value},
        }
        order = [("planned_for", DESCENDING), ("changed_at", DESCENDING)]
        found = self._inspections.find(criteria, session=tx).sort(order).limit(limit)
        return [from_document(Inspection, document) for document in found]

    def listed(
        self,
        scope: Scope,
        *,
        account_id: str | None,
        on: date | None,
        status: Sequence[str],
        kindergarten_id: str | None,
        after: tuple[str, str, str] | None,
        limit: int,
    ) -> list[Inspection]:
        """Return those asked for, by region, day and id, after that place."""
        criteria: list[dict[str, Any]] = [scope.criteria()]
        if account_id is not None:
            criteria.append({"officers.account_id": account_id})
        if on is not None:
            criteria.append({"planned_for": on.isoformat()})
        if status:
            criteria.append({"status": {"$in": list(status)}})
        if kindergarten_id is not None:
            criteria.append({"kindergarten_id": kindergarten_id})
        if after is not None:
            region, day, id_ = after
            past = [
                {"region": {"$gt": region}},
                {"region": region, "planned_for": {"$gt": day}},
                {"region": region, "planned_for": day, "_id": {"$gt": id_}},
            ]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("planned_for", ASCENDING), ("_id", ASCENDING)]
        found = self._inspections.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(Inspection, document) for document in found]


def _of_year(kindergarten_id: str, year: int) -> dict[str, Any]:
    days = {"$gte": f"{year:04}-01-01", "$lte": f"{year:04}-12-31"}
    return {"kindergarten_id": kindergarten_id, "planned_for": days}
