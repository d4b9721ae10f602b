"""Inspections and findings in MongoDB."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.visits.model import Finding, Inspection
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES = {
    "inspections": [
        IndexModel([("region", ASCENDING), ("planned_for", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("officers.account_id", ASCENDING), ("planned_for", ASCENDING)]),
        IndexModel([("kindergarten_id", ASCENDING), ("planned_for", ASCENDING)]),
        IndexModel([("case_id", ASCENDING)]),
    ],
    "findings": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("inspection_id", ASCENDING)]),
        IndexModel([("kindergarten_id", ASCENDING)]),
    ],
}


class VisitStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._inspections = database["inspections"]
        self._findings = database["findings"]

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

    def of_case(self, case_id: str, scope: Scope, tx: Transaction = None) -> list[Inspection]:
        criteria = {"$and": [{"case_id": case_id}, scope.criteria()]}
        found = self._inspections.find(criteria, session=tx).sort("planned_for")
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

    def add_findings(self, findings: Sequence[Finding], tx: Transaction) -> None:
        if findings:
            documents = [to_document(finding) for finding in findings]
            self._findings.insert_many(documents, session=tx)

    def findings(self, ids: Iterable[str], scope: Scope, tx: Transaction = None) -> list[Finding]:
        criteria = {"$and": [{"_id": {"$in": sorted(ids)}}, scope.criteria()]}
        found = self._findings.find(criteria, session=tx)
        return [from_document(Finding, document) for document in found]

    def findings_listed(
        self,
        scope: Scope,
        *,
        inspection_id: str | None,
        kindergarten_id: str | None,
        open_only: bool,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[Finding]:
        """Return those asked for, by region and id, after that place."""
        criteria: list[dict[str, Any]] = [scope.criteria()]
        if inspection_id is not None:
            criteria.append({"inspection_id": inspection_id})
        if kindergarten_id is not None:
            criteria.append({"kindergarten_id": kindergarten_id})
        if open_only:
            criteria.append({"closed_at": None})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._findings.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(Finding, document) for document in found]

    def take_into_notice(
        self, ids: Sequence[str], notice_id: str | None, *, held: str | None, tx: Transaction
    ) -> int:
        """Move findings from the notice that holds them (None: none) to another; count them."""
        done = self._findings.update_many(
            {"_id": {"$in": list(ids)}, "notice_id": held, "closed_at": None},
            {"$set": {"notice_id": notice_id}, "$inc": {"revision": 1}},
            session=tx,
        )
        return done.modified_count

    def close_findings(self, ids: Sequence[str], at: datetime, tx: Transaction) -> None:
        self._findings.update_many(
            {"_id": {"$in": list(ids)}, "closed_at": None},
            {"$set": {"closed_at": at}, "$inc": {"revision": 1}},
            session=tx,
        )
