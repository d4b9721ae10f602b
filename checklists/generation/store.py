"""Checklists in MongoDB; of a published one also its bytes, as they are sent."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bson import Binary
from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from checklists.generation.model import Checklist, Copies, Status
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "checklists": [
        IndexModel(
            [("region", ASCENDING), ("subject", ASCENDING), ("version", DESCENDING)],
            unique=True,
            partialFilterExpression={"version": {"$gt": 0}},
        ),
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
    ],
    "checklist_copies": [],
    "checklist_versions": [],
}


class ChecklistStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._checklists = database["checklists"]
        self._copies = database["checklist_copies"]
        self._versions = database["checklist_versions"]

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

    def next_version(self, region: str, subject: str, tx: Transaction) -> int:
        counted = self._versions.find_one_and_update(
            {"_id": f"{region}/{subject}"},
            {"$inc": {"last": 1}},
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=tx,
        )
        assert counted is not None
        version: int = counted["last"]
        return version

    def latest(self, regions: Sequence[str], subject: str, on: date) -> Checklist | None:
        """Return the newest published of the nearest region, drawn up for `on` or before.

        `regions` stand nearest first. One whose plans changed their standing since is passed by.
        """
        for region in regions:
            criteria = {
                "region": region,
                "subject": subject,
                "version": {"$gt": 0},
                "on": {"$lte": on.isoformat()},
                "$or": [{"until": None}, {"until": {"$gte": on.isoformat()}}],
            }
            found = self._checklists.find_one(criteria, sort=[("version", DESCENDING)])
            if found:
                return from_document(Checklist, found)
        return None

    def listed(
        self,
        *,
        region: str | None,
        subject: str | None,
        scope: Scope,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[Checklist]:
        """Return those asked for, by region and id, after that place: published, or in scope."""
        published = {"status": Status.PUBLISHED.value}
        criteria: list[dict[str, Any]] = [{"$or": [published, scope.criteria()]}]
        if region is not None:
            criteria.append({"region": region})
        if subject is not None:
            criteria.append({"subject": subject})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._checklists.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(Checklist, document) for document in found]

    def citing(self, plan_id: str, words: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each published checklist with its items that cite one of the clauses."""
        cited = {"plan_id": plan_id, "words_sha256": {"$in": sorted(words)}}
        criteria = {"version": {"$gt": 0}, "items.citations": {"$elemMatch": cited}}
        shown = {
            f"items.{name}": 1 for name in ("id", "citations.plan_id", "citations.words_sha256")
        }
        for found in self._checklists.find(criteria, shown):
            yield (
                found["_id"],
                tuple(
                    item["id"]
                    for item in found["items"]
                    if any(
                        each["plan_id"] == plan_id and each["words_sha256"] in words
                        for each in item["citations"]
                    )
                ),
            )

    def keep_copies(self, checklist_id: str, copies: Copies, tx: Transaction) -> None:
        kept = {"plain": Binary(copies.plain), "gzip": Binary(copies.gzip)}
        self._copies.insert_one({"_id": checklist_id, "etag": copies.etag, **kept}, session=tx)

    def copies(self, checklist_id: str) -> Copies | None:
        found = self._copies.find_one({"_id": checklist_id})
        return Copies(found["etag"], found["plain"], found["gzip"]) if found else None
