"""Local items in MongoDB."""

from collections.abc import Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from checklists.local.model import LocalItem
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "local_items": [IndexModel([("region", ASCENDING), ("_id", ASCENDING)])],
}


class LocalItemStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._items = database["local_items"]

    def find(self, item_id: str, scope: Scope, tx: Transaction = None) -> LocalItem | None:
        criteria = {"$and": [{"_id": item_id}, scope.criteria()]}
        found = self._items.find_one(criteria, session=tx)
        return from_document(LocalItem, found) if found else None

    def taken(self, item_id: str, tx: Transaction) -> bool:
        return self._items.find_one({"_id": item_id}, {"_id": 1}, session=tx) is not None

    def add(self, item: LocalItem, tx: Transaction) -> None:
        self._items.insert_one(to_document(item), session=tx)

    def replace(self, item: LocalItem, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": item.id, "revision": seen}
        return self._items.replace_one(criteria, to_document(item), session=tx).modified_count == 1

    def of_regions(self, regions: Sequence[str]) -> list[LocalItem]:
        """Return those of the regions that were not withdrawn, in the order of their ids."""
        criteria = {"region": {"$in": list(regions)}, "withdrawn_at": None}
        found = self._items.find(criteria).sort("_id", ASCENDING)
        return [from_document(LocalItem, document) for document in found]

    def listed(
        self,
        scope: Scope,
        *,
        region: str | None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[LocalItem]:
        """Return those in scope by region and id, after that place; `region` keeps one's own."""
        criteria: list[dict[str, Any]] = [scope.criteria()]
        if region is not None:
            criteria.append({"region": region})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._items.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(LocalItem, document) for document in found]
