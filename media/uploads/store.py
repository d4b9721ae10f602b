"""Uploads and their pieces; each piece is written with the offset that it moves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from media.documents import Transaction, from_document, to_document
from media.uploads.model import Upload

INDEXES: dict[str, list[IndexModel]] = {
    "uploads": [
        IndexModel([("account_id", ASCENDING), ("device", ASCENDING)]),
        IndexModel([("expires_at", ASCENDING)]),
    ],
    "upload_pieces": [IndexModel([("upload_id", ASCENDING), ("offset", ASCENDING)], unique=True)],
}


class UploadStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._uploads = database["uploads"]
        self._pieces = database["upload_pieces"]

    def find(self, upload_id: str, *, tx: Transaction = None) -> Upload | None:
        found = self._uploads.find_one({"_id": upload_id}, session=tx)
        return from_document(Upload, found) if found else None

    def add(self, upload: Upload, tx: Transaction) -> None:
        self._uploads.insert_one(to_document(upload), session=tx)

    def unfinished_of(self, account_id: str, device: str | None, tx: Transaction) -> int:
        """Return how many uploads of a device still lack bytes."""
        criteria = {
            "account_id": account_id,
            "device": device,
            "$expr": {"$lt": ["$offset", "$length"]},
        }
        return self._uploads.count_documents(criteria, session=tx)

    def append(
        self, upload_id: str, offset: int, data: bytes, expires_at: datetime, tx: Transaction
    ) -> bool:
        """Keep a piece at its offset; False where the upload stands elsewhere by now."""
        change = {"$inc": {"offset": len(data)}, "$set": {"expires_at": expires_at}}
        moved = self._uploads.update_one({"_id": upload_id, "offset": offset}, change, session=tx)
        if moved.modified_count != 1:
            return False
        piece = {"upload_id": upload_id, "offset": offset, "data": data}
        self._pieces.insert_one(piece, session=tx)
        return True

    def whole(self, upload_id: str) -> bytes:
        """Return the bytes that are kept, in order."""
        found = self._pieces.find({"upload_id": upload_id}).sort("offset", ASCENDING)
        return b"".join(each["data"] for each in found)

    def empty(self, upload_id: str, tx: Transaction) -> None:
        """Throw the pieces away and begin at nothing."""
        self._pieces.delete_many({"upload_id": upload_id}, session=tx)
        self._uploads.update_one({"_id": upload_id}, {"$set": {"offset": 0}}, session=tx)

    def remove(self, ids: Iterable[str], tx: Transaction) -> int:
        """Take uploads out with their pieces; return how many there were."""
        wanted = list(ids)
        self._pieces.delete_many({"upload_id": {"$in": wanted}}, session=tx)
        return self._uploads.delete_many({"_id": {"$in": wanted}}, session=tx).deleted_count

    def expired(self, now: datetime, limit: int) -> list[str]:
        found = self._uploads.find({"expires_at": {"$lte": now}}, {"_id": 1}).limit(limit)
        return [each["_id"] for each in found]

    def finished_before(self, begun_at: datetime, limit: int) -> list[str]:
        """Return uploads that are whole and were begun before then."""
        criteria = {"begun_at": {"$lt": begun_at}, "$expr": {"$eq": ["$offset", "$length"]}}
        return [each["_id"] for each in self._uploads.find(criteria, {"_id": 1}).limit(limit)]
