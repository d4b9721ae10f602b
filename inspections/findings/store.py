"""Findings in MongoDB."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.findings.model import Finding
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "findings": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("inspection_id", ASCENDING)]),
        IndexModel([("kindergarten_id", ASCENDING)]),
    ],
}


class FindingStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._findings = database["findings"]

    def add(self, findings: Sequence[Finding], tx: Transaction) -> None:
        if findings:
            documents = [to_document(finding) for finding in findings]
            self._findings.insert_many(documents, session=tx)

    def named(self, ids: Iterable[str], scope: Scope, tx: Transaction = None) -> list[Finding]:
        criteria = {"$and": [{"_id": {"$in": sorted(ids)}}, scope.criteria()]}
        found = self._findings.find(criteria, session=tx)
        return [from_document(Finding, document) for document in found]

    def listed(
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

    def close(self, ids: Sequence[str], at: datetime, tx: Transaction) -> None:
        self._findings.update_many(
            {"_id": {"$in": list(ids)}, "closed_at": None},
            {"$set": {"closed_at": at}, "$inc": {"revision": 1}},
            session=tx,
        )
