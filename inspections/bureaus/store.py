"""What bureaus have set, in MongoDB."""

from collections.abc import Sequence
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

from inspections.bureaus.model import BureauSettings
from media.documents import Transaction, from_document
from media.records.store import RecordStore

INDEXES: dict[str, list[IndexModel]] = {"bureau_settings": []}


class BureauStore(RecordStore[BureauSettings]):
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        super().__init__(database["bureau_settings"], BureauSettings)
        self._settings = database["bureau_settings"]

    def of(self, regions: Sequence[str], tx: Transaction = None) -> list[BureauSettings]:
        """Return what the regions named have set: public to every room, whatever its scope."""
        found = self._settings.find({"_id": {"$in": list(regions)}}, session=tx)
        return [from_document(BureauSettings, each) for each in found]
