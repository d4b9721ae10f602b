"""Recusals in MongoDB."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.recusals.model import Recusal
from media.documents import Transaction, from_document
from media.records.store import BY_REGION, RecordStore

INDEXES: dict[str, list[IndexModel]] = {
    "recusals": [
        IndexModel(BY_REGION),
        IndexModel([("kindergarten_id", ASCENDING), ("ended_at", ASCENDING)]),
    ],
}


class RecusalStore(RecordStore[Recusal]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["recusals"], Recusal)
        self._recusals = database["recusals"]

    def standing(self, kindergarten_ids: list[str], tx: Transaction = None) -> list[Recusal]:
        """Return those in force at any of the kindergartens."""
        criteria = {"kindergarten_id": {"$in": kindergarten_ids}, "ended_at": None}
        return [from_document(Recusal, each) for each in self._recusals.find(criteria, session=tx)]
