"""Tips in MongoDB."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.cases.tips.model import Tip
from media.documents import from_document
from media.records.store import BY_REGION, RecordStore

INDEXES: dict[str, list[IndexModel]] = {
    "tips": [IndexModel(BY_REGION), IndexModel([("receipt", ASCENDING)], unique=True)],
}


class TipStore(RecordStore[Tip]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["tips"], Tip)
        self._tips = database["tips"]

    def of_receipt(self, receipt: str) -> Tip | None:
        """Return the tip for whoever holds its receipt."""
        found = self._tips.find_one({"receipt": receipt})
        return from_document(Tip, found) if found else None
