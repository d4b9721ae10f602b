"""Dossiers in MongoDB."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.cases.dossiers.model import Dossier
from media.records.store import BY_REGION, RecordStore

INDEXES: dict[str, list[IndexModel]] = {
    "dossiers": [IndexModel(BY_REGION), IndexModel([("kindergarten_id", ASCENDING)])],
}


class DossierStore(RecordStore[Dossier]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["dossiers"], Dossier)
