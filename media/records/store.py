"""Records of one kind in MongoDB."""

from collections.abc import Mapping
from typing import Any, Generic

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database

from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document
from media.records.model import R

INDEXES: dict[str, list[IndexModel]] = {"document_numbers": []}

BY_REGION = [("region", ASCENDING), ("_id", ASCENDING)]


class RecordStore(Generic[R]):
    """One collection of one dataclass; every query takes the scope."""

    def __init__(self, collection: Collection[dict[str, Any]], kind: type[R]) -> None:
        self._collection = collection
        self._kind = kind

    def as_kept(self, record: R) -> R:
        """Return the record as it will be read again: times to the millisecond, in UTC."""
        return from_document(self._kind, to_document(record))

    def add(self, record: R, tx: Transaction) -> None:
        self._collection.insert_one(to_document(record), session=tx)

    def find(self, record_id: str, scope: Scope, tx: Transaction = None) -> R | None:
        criteria = {"$and": [{"_id": record_id}, scope.criteria()]}
        found = self._collection.find_one(criteria, session=tx)
        return from_document(self._kind, found) if found else None

    def replace(self, record: R, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": record.id, "revision": seen}
        done = self._collection.replace_one(criteria, to_document(record), session=tx)
        return done.modified_count == 1

    def listed(
        self,
        scope: Scope,
        wanted: Mapping[str, Any],
        *,
        after: tuple[str, str] | None = None,
        limit: int = 0,
        tx: Transaction = None,
    ) -> list[R]:
        """Return those that meet `wanted`, by region and id, after that place; 0 is no limit."""
        criteria: list[Mapping[str, Any]] = [scope.criteria(), wanted]
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        found = self._collection.find({"$and": criteria}, session=tx).sort(BY_REGION).limit(limit)
        return [from_document(self._kind, document) for document in found]


class NumberStore:
    """Numbers of documents: per bureau, series and year, no gap, none used again."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._numbers = database["document_numbers"]

    def next(self, series: str, year: int, tx: Transaction) -> int:
        """Return the next number, counted in the transaction of the document that bears it."""
        counted = self._numbers.find_one_and_update(
            {"_id": f"{series}-{year}"},
            {"$inc": {"last": 1}},
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=tx,
        )
        assert counted is not None
        number: int = counted["last"]
        return number
