"""Checklists in MongoDB, and the bytes of those published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from checklists.generation.model import Checklist, Standing, Subject
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "checklists": [
        IndexModel([("region", ASCENDING), ("subject", ASCENDING), ("version", DESCENDING)]),
        IndexModel(
            [("region", ASCENDING), ("subject", ASCENDING), ("version", ASCENDING)],
            name="one_of_each_version",
            unique=True,
            partialFilterExpression={"version": {"$gt": 0}},
        ),
    ],
    "checklist_bytes": [],
}


@dataclass(frozen=True)
class Kept:
    """The answer of a published checklist, as it is sent: JSON, and the same packed by gzip."""

    id: str
    etag: str
    plain: bytes
    packed: bytes


class ChecklistStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._checklists = database["checklists"]
        self._bytes = database["checklist_bytes"]

    def add(self, checklist: Checklist, tx: Transaction) -> None:
        self._checklists.insert_one(to_document(checklist), session=tx)

    def find(self, checklist_id: str, tx: Transaction = None) -> Checklist | None:
        found = self._checklists.find_one({"_id": checklist_id}, session=tx)
        return from_document(Checklist, found) if found else None

    def replace(self, checklist: Checklist, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": checklist.id, "revision": seen}
        done = self._checklists.replace_one(criteria, to_document(checklist), session=tx)
        return done.modified_count == 1

    def latest_version(self, region: str, subject: Subject, tx: Transaction = None) -> int:
        found = self._checklists.find_one(
            {"region": region, "subject": subject},
            {"version": 1},
            sort=[("version", DESCENDING)],
            session=tx,
        )
        return int(found["version"]) if found else 0

    def in_force(self, region: str, subject: Subject, on: date) -> Checklist | None:
        """Return the latest published version of the region that stands on the day."""
        day = on.isoformat()
        criteria = {
            "region": region,
            "subject": subject,
            "status": Standing.PUBLISHED,
            "on": {"$lte": day},
            "$or": [{"until": None}, {"until": {"$gte": day}}],
        }
        found = self._checklists.find_one(criteria, sort=[("version", DESCENDING)])
        return from_document(Checklist, found) if found else None

    def listed(
        self,
        *,
        region: str | None,
        subject: Subject | None,
        status: Standing | None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[Checklist]:
        """Return checklists at or below a region, after a (region, id), without their items."""
        criteria: list[dict[str, Any]] = [{}]
        if region is not None:
            criteria.append({"region": {"$gte": region, "$lt": region + ":"}})
        if subject is not None:
            criteria.append({"subject": subject})
        if status is not None:
            criteria.append({"status": status})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._checklists.find({"$and": criteria}, {"items": 0}).sort(order).limit(limit)
        return [from_document(Checklist, {**document, "items": []}) for document in found]

    def keep_bytes(self, kept: Kept, tx: Transaction) -> None:
        self._bytes.replace_one({"_id": kept.id}, to_document(kept), upsert=True, session=tx)

    def has_bytes(self, checklist_id: str) -> bool:
        return self._bytes.find_one({"_id": checklist_id}, {"_id": 1}) is not None

    def bytes_of(self, checklist_id: str) -> Kept | None:
        found = self._bytes.find_one({"_id": checklist_id})
        return from_document(Kept, found) if found else None

    def drop_bytes(self, checklist_id: str, tx: Transaction) -> None:
        self._bytes.delete_one({"_id": checklist_id}, session=tx)
