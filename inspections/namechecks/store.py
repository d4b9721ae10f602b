"""Checks of the register's names, and what they found, in MongoDB."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel, ReplaceOne, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from inspections.namechecks.model import Hit, NameRun, Status
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "name_runs": [
        IndexModel([("made_by", ASCENDING), ("made_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel(
            [("status", ASCENDING), ("claimed_until", ASCENDING)],
            partialFilterExpression={"status": {"$in": ["waiting", "running"]}},
        ),
    ],
    "name_hits": [
        IndexModel([("run_id", ASCENDING), ("region", ASCENDING), ("kindergarten_id", ASCENDING)]),
    ],
}
AT_WORK = (Status.WAITING.value, Status.RUNNING.value)


class NameRunStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._runs = database["name_runs"]
        self._hits = database["name_hits"]

    def add(self, run: NameRun, tx: Transaction) -> bool:
        """Tell whether the id was free."""
        try:
            self._runs.insert_one(to_document(run), session=tx)
        except DuplicateKeyError:
            return False
        return True

    def find(self, run_id: str, tx: Transaction = None) -> NameRun | None:
        found = self._runs.find_one({"_id": run_id}, session=tx)
        return from_document(NameRun, found) if found else None

    def of_account(
        self, account_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[NameRun]:
        """Return an account's own, the newest first."""
        criteria: dict[str, Any] = {"made_by": account_id}
        if after is not None:
            at, last = after
            criteria["$or"] = [{"made_at": {"$lt": at}}, {"made_at": at, "_id": {"$gt": last}}]
        order = [("made_at", DESCENDING), ("_id", ASCENDING)]
        found = self._runs.find(criteria).sort(order).limit(limit)
        return [from_document(NameRun, document) for document in found]

    def claim(self, holder: str, now: datetime, until: datetime) -> NameRun | None:
        """Take work that nobody does now, the oldest first; None where there is none."""
        free = [{"claimed_until": None}, {"claimed_until": {"$lte": now}}]
        found = self._runs.find_one_and_update(
            {"status": {"$in": AT_WORK}, "$or": free},
            {
                "$set": {"run": holder, "claimed_until": until, "status": Status.RUNNING.value},
                "$inc": {"attempts": 1},
            },
            sort=[("made_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        return from_document(NameRun, found) if found else None

    def replace(self, after: NameRun, holder: str, tx: Transaction = None) -> bool:
        """Tell whether it was replaced: the holder still had the work."""
        criteria = {"_id": after.id, "run": holder, "revision": after.revision}
        raised = to_document(replace(after, revision=after.revision + 1))
        done = self._runs.replace_one(criteria, raised, session=tx)
        return done.matched_count == 1

    def keep_hits(self, hits: Sequence[Hit]) -> None:
        """Keep what was found; found again by a run that goes on, it is the same."""
        writes = [ReplaceOne({"_id": hit.id}, to_document(hit), upsert=True) for hit in hits]
        if writes:
            self._hits.bulk_write(writes, ordered=False)

    def hits(
        self,
        run_id: str,
        scope: Scope,
        *,
        verdict: str | None = None,
        after: tuple[str, str] | None = None,
        limit: int = 0,
    ) -> Iterator[Hit]:
        """Yield what a run found in scope, by region and kindergarten, after that place."""
        criteria: list[dict[str, Any]] = [{"run_id": run_id}, scope.criteria()]
        if verdict is not None:
            criteria.append({"verdict": verdict})
        if after is not None:
            region, last = after
            past = [
                {"region": {"$gt": region}},
                {"region": region, "kindergarten_id": {"$gt": last}},
            ]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("kindergarten_id", ASCENDING)]
        found = self._hits.find({"$and": criteria}).sort(order).limit(limit)
        return (from_document(Hit, document) for document in found)
