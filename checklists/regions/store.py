"""What was recorded of region codes, in MongoDB."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from checklists.regions.model import AddedRegion, RegionChange
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {"regions": [], "region_changes": []}


class RegionStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._regions = database["regions"]
        self._changes = database["region_changes"]

    def add(self, region: AddedRegion, tx: Transaction) -> None:
        self._regions.insert_one(to_document(region), session=tx)

    def added(self, tx: Transaction = None) -> list[AddedRegion]:
        found = self._regions.find(session=tx).sort("_id", ASCENDING)
        return [from_document(AddedRegion, document) for document in found]

    def add_change(self, change: RegionChange, tx: Transaction) -> None:
        self._changes.insert_one(to_document(change), session=tx)

    def changes(self, tx: Transaction = None) -> list[RegionChange]:
        found = self._changes.find(session=tx).sort("_id", ASCENDING)
        return [from_document(RegionChange, document) for document in found]

    def withdraw(self, code: str, seen: int, tx: Transaction) -> bool:
        return (
            self._changes.delete_one({"_id": code, "revision": seen}, session=tx).deleted_count > 0
        )
