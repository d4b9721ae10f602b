"""Layers, which are added and withdrawn and never changed."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from media.documents import Transaction, from_document, to_document
from media.layers.model import Layer, Withdrawal
from media.photos.model import Mark

INDEXES: dict[str, list[IndexModel]] = {
    "layers": [IndexModel([("evidence_id", ASCENDING), ("at", ASCENDING)])],
}


class LayerStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._layers = database["layers"]

    def insert(self, layer: Layer, tx: Transaction) -> None:
        self._layers.insert_one(to_document(layer), session=tx)

    def by_id(self, layer_id: str, *, tx: Transaction = None) -> Layer | None:
        found = self._layers.find_one({"_id": layer_id}, session=tx)
        return from_document(Layer, found) if found else None

    def over(self, evidence_id: str) -> list[Layer]:
        """Return every layer of a photo, the withdrawn among them, by their time."""
        found = self._layers.find({"evidence_id": evidence_id})
        ordered = found.sort([("at", ASCENDING), ("_id", ASCENDING)])
        return [from_document(Layer, each) for each in ordered]

    def marks_over(self, evidence_id: str) -> list[Mark]:
        """Return the marks that hold over a photo, in the order in which they were laid."""
        return [
            mark
            for layer in self.over(evidence_id)
            if layer.withdrawn is None
            for mark in layer.marks
        ]

    def withdraw(self, layer_id: str, withdrawal: Withdrawal, tx: Transaction) -> None:
        change = {"$set": {"withdrawn": asdict(withdrawal)}, "$inc": {"revision": 1}}
        self._layers.update_one({"_id": layer_id}, change, session=tx)

    def all_in_order(self) -> Iterator[Layer]:
        return (from_document(Layer, each) for each in self._layers.find().sort("_id", ASCENDING))

    def known(self, ids: Iterable[str]) -> set[str]:
        found = self._layers.find({"_id": {"$in": list(ids)}}, {"_id": 1})
        return {each["_id"] for each in found}
