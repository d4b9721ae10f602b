"""Draws in MongoDB."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from inspections.draws.model import Draw
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "draws": [IndexModel([("region", ASCENDING), ("committed.at", DESCENDING)])],
}


class DrawStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._draws = database["draws"]

    def add(self, draw: Draw, tx: Transaction) -> None:
        self._draws.insert_one(to_document(draw), session=tx)

    def find(self, draw_id: str, scope: Scope | None, tx: Transaction = None) -> Draw | None:
        """Return the draw; without a scope whoever asks."""
        criteria: dict[str, Any] = {"_id": draw_id}
        if scope is not None:
            criteria = {"$and": [criteria, scope.criteria()]}
        found = self._draws.find_one(criteria, session=tx)
        return from_document(Draw, found) if found else None

    def replace(self, draw: Draw, tx: Transaction) -> bool:
        seen = {"_id": draw.id, "revision": draw.revision - 1}
        done = self._draws.replace_one(seen, to_document(draw), session=tx)
        return done.modified_count == 1

    def listed(self, scope: Scope) -> list[Draw]:
        """Return the newest draws, at most 200."""
        found = self._draws.find(scope.criteria()).sort("committed.at", DESCENDING).limit(200)
        return [from_document(Draw, each) for each in found]
