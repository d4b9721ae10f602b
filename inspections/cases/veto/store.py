"""Veto cases in MongoDB."""

from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.cases.veto.model import Status, Verdict, VetoCase
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

UNDECIDED = (Status.OPEN.value, Status.UNDER_REVIEW.value)

INDEXES: dict[str, list[IndexModel]] = {
    "veto_cases": [
        IndexModel([("named.member.account_id", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("kindergarten_id", ASCENDING), ("year", ASCENDING)]),
    ],
}


class VetoStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._cases = database["veto_cases"]

    def add(self, case: VetoCase, tx: Transaction) -> None:
        self._cases.insert_one(to_document(case), session=tx)

    def find(self, case_id: str, scope: Scope, tx: Transaction = None) -> VetoCase | None:
        criteria = {"$and": [{"_id": case_id}, scope.criteria()]}
        found = self._cases.find_one(criteria, session=tx)
        return from_document(VetoCase, found) if found else None

    def replace(self, case: VetoCase, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": case.id, "revision": seen}
        done = self._cases.replace_one(criteria, to_document(case), session=tx)
        return done.modified_count == 1

    def exists(self, case_id: str) -> bool:
        return self._cases.find_one({"_id": case_id}, {"_id": 1}) is not None

    def is_open(self, case_id: str, tx: Transaction = None) -> bool:
        criteria = {"_id": case_id, "status": {"$in": list(UNDECIDED)}}
        return self._cases.find_one(criteria, {"_id": 1}, session=tx) is not None

    def ids_naming(self, account_id: str) -> tuple[str, ...]:
        """Return the cases that the account is named on; read at every request, from the index."""
        found = self._cases.find({"named.member.account_id": account_id}, {"_id": 1})
        return tuple(each["_id"] for each in found)

    def listed(
        self,
        scope: Scope,
        account_id: str,
        *,
        undecided: bool,
        after: str | None,
        limit: int,
    ) -> list[VetoCase]:
        """Return the cases that the account is named on, by id, after that one."""
        criteria: list[dict[str, Any]] = [
            scope.criteria(),
            {"named.member.account_id": account_id},
        ]
        if undecided:
            criteria.append({"status": {"$in": list(UNDECIDED)}})
        if after is not None:
            criteria.append({"_id": {"$gt": after}})
        found = self._cases.find({"$and": criteria}).sort("_id", ASCENDING).limit(limit)
        return [from_document(VetoCase, document) for document in found]

    def ids_told(self, now: datetime) -> list[str]:
        """Return the undecided cases in which somebody may still be heard."""
        wanted = {"status": {"$in": list(UNDECIDED)}, "respondent.due_at": {"$gt": now}}
        return [each["_id"] for each in self._cases.find(wanted, {"_id": 1}).sort("_id", ASCENDING)]

    def has_upheld(self, kindergarten_id: str, year: int, tx: Transaction) -> bool:
        """Tell whether a verdict of that year stands against the kindergarten."""
        upheld = {"standing": Verdict.UPHELD.value}
        criteria = {"kindergarten_id": kindergarten_id, "year": year, **upheld}
        return self._cases.find_one(criteria, {"_id": 1}, session=tx) is not None
