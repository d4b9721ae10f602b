"""Dossiers in MongoDB."""

from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.cases.dossiers.model import Dossier
from media.records.store import BY_REGION, RecordStore

INDEXES: dict[str, list[IndexModel]] = {
    "dossiers": [
        IndexModel(BY_REGION),
        IndexModel([("kindergarten_id", ASCENDING)]),
        IndexModel([("proof_due_at", ASCENDING)], sparse=True),
    ],
}


class DossierStore(RecordStore[Dossier]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["dossiers"], Dossier)
        self._dossiers = database["dossiers"]

    def ids_unproven(self, now: datetime, limit: int) -> list[str]:
        """Return those whose proof was due and is neither there nor marked, the oldest first."""
        found = self._dossiers.find({"proof_due_at": {"$lte": now}, "overdue_at": None}, {"_id": 1})
        return [each["_id"] for each in found.sort("proof_due_at", ASCENDING).limit(limit)]
