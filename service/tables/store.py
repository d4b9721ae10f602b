"""Imports, the files that they came in, and their rows, in MongoDB."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, OperationFailure

from media.documents import Transaction, from_document, to_document
from service.tables.errors import TooLargeForDatabase
from service.tables.model import Import, Row, RowState, Status

INDEXES: dict[str, list[IndexModel]] = {
    "imports": [
        IndexModel([("made_by", ASCENDING), ("made_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel(
            [("status", ASCENDING), ("claimed_until", ASCENDING)],
            partialFilterExpression={"status": {"$in": ["waiting", "applying"]}},
        ),
    ],
    "import_files": [IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)],
    "import_rows": [
        IndexModel([("import_id", ASCENDING), ("run", ASCENDING), ("number", ASCENDING)]),
        IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
    ],
}
AT_WORK = (Status.WAITING.value, Status.APPLYING.value)
TOO_LARGE_FOR_CACHE = 388


class TableStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._imports = database["imports"]
        self._files = database["import_files"]
        self._rows = database["import_rows"]

    def add(self, made: Import, data: bytes) -> bool:
        """Keep the file, then the import; tell whether its id was free."""
        file = {"_id": made.id, "data": data, "expires_at": made.expires_at}
        self._files.update_one({"_id": made.id}, {"$setOnInsert": file}, upsert=True)
        try:
            self._imports.insert_one(to_document(made))
        except DuplicateKeyError:
            return False
        return True

    def find(self, import_id: str, tx: Transaction = None) -> Import | None:
        found = self._imports.find_one({"_id": import_id}, session=tx)
        return from_document(Import, found) if found else None

    def file(self, import_id: str) -> bytes | None:
        found = self._files.find_one({"_id": import_id})
        return bytes(found["data"]) if found else None

    def of_account(
        self, account_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[Import]:
        """Return an account's own, the newest first."""
        criteria: dict[str, Any] = {"made_by": account_id}
        if after is not None:
            at, last = after
            criteria["$or"] = [{"made_at": {"$lt": at}}, {"made_at": at, "_id": {"$gt": last}}]
        order = [("made_at", DESCENDING), ("_id", ASCENDING)]
        found = self._imports.find(criteria).sort(order).limit(limit)
        return [from_document(Import, document) for document in found]

    def claim(
        self, run: str, now: datetime, until: datetime, import_id: str | None = None
    ) -> Import | None:
        """Take work that nobody does now, the oldest first; None where there is none."""
        criteria: dict[str, Any] = {
            "status": {"$in": AT_WORK},
            "$or": [{"claimed_until": None}, {"claimed_until": {"$lte": now}}],
        }
        if import_id is not None:
            criteria["_id"] = import_id
        found = self._imports.find_one_and_update(
            criteria,
            {"$set": {"run": run, "claimed_until": until}, "$inc": {"attempts": 1}},
            sort=[("made_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        return from_document(Import, found) if found else None

    def tell_progress(
        self, import_id: str, run: str, until: datetime, done: int, total: int
    ) -> bool:
        """Tell whether the run still has the work."""
        told = {"done": done, "total": total, "claimed_until": until}
        done_ = self._imports.update_one({"_id": import_id, "run": run}, {"$set": told})
        return done_.matched_count == 1

    def replace(self, after: Import, seen: int, run: str | None, tx: Transaction = None) -> bool:
        """Tell whether it was replaced: nobody changed it since `seen`, and the run has it."""
        criteria: dict[str, Any] = {"_id": after.id, "revision": seen}
        if run is not None:
            criteria["run"] = run
        done = self._imports.replace_one(criteria, to_document(after), session=tx)
        return done.matched_count == 1

    def add_rows(self, rows: Sequence[Row]) -> None:
        if rows:
            self._rows.insert_many(map(to_document, rows), ordered=False)

    def drop_rows(self, import_id: str, but: str | None = None) -> None:
        """Drop the rows of every run, or of every run but one."""
        criteria: dict[str, Any] = {"import_id": import_id}
        if but is not None:
            criteria["run"] = {"$ne": but}
        self._rows.delete_many(criteria)

    def drop_file(self, import_id: str) -> None:
        self._files.delete_one({"_id": import_id})

    def rows(
        self,
        found: Import,
        states: Sequence[RowState],
        *,
        after: int = 0,
        limit: int = 0,
    ) -> Iterator[Row]:
        """Yield the rows of these states after a row number, in the order of the table."""
        criteria = {
            "import_id": found.id,
            "run": found.rows_run,
            "number": {"$gt": after},
            "state": {"$in": [state.value for state in states]},
        }
        cursor = self._rows.find(criteria).sort("number", ASCENDING).limit(limit)
        return (from_document(Row, document) for document in cursor)


@contextmanager
def whole() -> Iterator[None]:
    """Raise TooLargeForDatabase where MongoDB's cache does not hold the transaction."""
    try:
        yield
    except OperationFailure as failure:
        details: Mapping[str, Any] = failure.details or {}
        codes = {failure.code, *(each.get("code") for each in details.get("writeErrors", ()))}
        if TOO_LARGE_FOR_CACHE in codes:
            raise TooLargeForDatabase from failure
        raise
