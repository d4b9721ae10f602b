"""Holds and deletions in MongoDB."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document
from media.retention.model import Deletion, Hold

INDEXES: dict[str, list[IndexModel]] = {
    "holds": [IndexModel([("case_id", ASCENDING)])],
    "deletions": [IndexModel([("region", ASCENDING), ("proposed.at", DESCENDING)])],
}


class RetentionStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._holds = database["holds"]
        self._deletions = database["deletions"]

    def add_hold(self, hold: Hold, tx: Transaction) -> None:
        self._holds.insert_one(to_document(hold), session=tx)

    def hold(self, hold_id: str, scope: Scope | None, tx: Transaction = None) -> Hold | None:
        """Return the hold; without a scope whoever asks."""
        found = self._holds.find_one(_within(hold_id, scope), session=tx)
        return from_document(Hold, found) if found else None

    def replace_hold(self, hold: Hold, tx: Transaction) -> bool:
        seen = {"_id": hold.id, "revision": hold.revision - 1}
        done = self._holds.replace_one(seen, to_document(hold), session=tx)
        return done.modified_count == 1

    def is_held(self, case_id: str, tx: Transaction = None) -> bool:
        criteria = {"case_id": case_id, "released": None}
        return self._holds.find_one(criteria, {"_id": 1}, session=tx) is not None

    def holds(self, scope: Scope) -> list[Hold]:
        """Return the holds that stand, by case."""
        found = self._holds.find({"$and": [{"released": None}, scope.criteria()]})
        return [from_document(Hold, each) for each in found.sort("case_id", ASCENDING)]

    def add_deletion(self, deletion: Deletion, tx: Transaction) -> None:
        self._deletions.insert_one(to_document(deletion), session=tx)

    def deletion(
        self, deletion_id: str, scope: Scope | None, tx: Transaction = None
    ) -> Deletion | None:
        """Return the deletion; without a scope whoever asks."""
        found = self._deletions.find_one(_within(deletion_id, scope), session=tx)
        return from_document(Deletion, found) if found else None

    def replace_deletion(self, deletion: Deletion, tx: Transaction) -> bool:
        seen = {"_id": deletion.id, "revision": deletion.revision - 1}
        done = self._deletions.replace_one(seen, to_document(deletion), session=tx)
        return done.modified_count == 1

    def deletions(self, scope: Scope) -> list[Deletion]:
        """Return the newest deletions, at most 200."""
        found = self._deletions.find(scope.criteria()).sort("proposed.at", DESCENDING)
        return [from_document(Deletion, each) for each in found.limit(200)]


def _within(id_: str, scope: Scope | None) -> dict[str, Any]:
    return {"_id": id_} if scope is None else {"$and": [{"_id": id_}, scope.criteria()]}
