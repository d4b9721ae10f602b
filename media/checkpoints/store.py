"""Checkpoints by number, the leaves that each adds, and the public keys."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from media.checkpoints.model import Checkpoint, Key, Leaf, Stamp
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "checkpoints": [],
    "checkpoint_leaves": [
        IndexModel([("checkpoint", ASCENDING), ("chain", ASCENDING)], unique=True),
        IndexModel([("chain", ASCENDING), ("checkpoint", DESCENDING)]),
    ],
    "checkpoint_keys": [],
    "checkpoint_stamps": [],
}


class CheckpointStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._client = database.client
        self._checkpoints = database["checkpoints"]
        self._leaves = database["checkpoint_leaves"]
        self._keys = database["checkpoint_keys"]
        self._stamps = database["checkpoint_stamps"]
        self._heads = database["custody_heads"]
        self._entries = database["custody"]

    def heads_at_one_moment(self) -> dict[str, tuple[int, str]]:
        """Return every chain's head as they stood together: sequence and hash by chain."""
        with self._client.start_session(snapshot=True) as session:
            return {
                str(each["_id"]): (int(each["sequence"]), str(each["hash"]))
                for each in self._heads.find(session=session)
            }

    def last(self) -> Checkpoint | None:
        found = self._checkpoints.find_one(sort=[("_id", DESCENDING)])
        return from_document(Checkpoint, found) if found else None

    def find(self, number: int) -> Checkpoint | None:
        found = self._checkpoints.find_one({"_id": number})
        return from_document(Checkpoint, found) if found else None

    def listed(self, after: int, limit: int) -> list[Checkpoint]:
        """Return checkpoints from the newest, those before the number `after` (0: from the end)."""
        older = {"_id": {"$lt": after}} if after else {}
        found = self._checkpoints.find(older).sort("_id", DESCENDING).limit(limit)
        return [from_document(Checkpoint, each) for each in found]

    def all_in_order(self) -> Iterator[Checkpoint]:
        for each in self._checkpoints.find().sort("_id", ASCENDING):
            yield from_document(Checkpoint, each)

    def leaves_in_order(self) -> Iterator[Leaf]:
        for each in self._leaves.find().sort([("checkpoint", ASCENDING), ("chain", ASCENDING)]):
            yield from_document(Leaf, each)

    def leaves_until(self, number: int) -> dict[str, tuple[int, str]]:
        """Return what every chain stood at when a checkpoint was made."""
        found = self._leaves.find({"checkpoint": {"$lte": number}}).sort("checkpoint", ASCENDING)
        return {each["chain"]: (each["sequence"], each["hash"]) for each in found}

    def hash_at(self, chain: str, sequence: int) -> str | None:
        """Return the hash of a chain's entry, None where there is none."""
        found = self._entries.find_one({"chain": chain, "sequence": sequence}, {"hash": 1})
        return str(found["hash"]) if found else None

    def add(self, checkpoint: Checkpoint, leaves: Sequence[Leaf], tx: Transaction) -> bool:
        """Write a checkpoint with what it adds; False where its number was taken meanwhile."""
        try:
            self._checkpoints.insert_one(to_document(checkpoint), session=tx)
        except DuplicateKeyError:
            return False
        if leaves:
            self._leaves.insert_many([to_document(each) for each in leaves], session=tx)
        return True

    def keys(self) -> dict[str, Key]:
        return {each["_id"]: from_document(Key, each) for each in self._keys.find()}

    def add_key(self, key: Key) -> None:
        """Keep a public key; one that is known stays as it is."""
        self._keys.update_one({"_id": key.id}, {"$setOnInsert": to_document(key)}, upsert=True)

    def unstamped(self, limit: int) -> list[Checkpoint]:
        """Return the oldest checkpoints after the last that an authority has stamped."""
        last = self._stamps.find_one({"token": {"$ne": None}}, sort=[("_id", DESCENDING)])
        later = {"_id": {"$gt": last["_id"] if last else 0}}
        found = self._checkpoints.find(later).sort("_id", ASCENDING).limit(limit)
        return [from_document(Checkpoint, each) for each in found]

    def stamp(self, number: int) -> Stamp | None:
        found = self._stamps.find_one({"_id": number})
        return from_document(Stamp, found) if found else None

    def put_stamp(self, stamp: Stamp) -> None:
        """Keep what came of an attempt; a token that is there stays."""
        waiting = {"_id": stamp.id, "token": None}
        document = to_document(stamp)
        del document["_id"]
        with suppress(DuplicateKeyError):
            self._stamps.update_one(waiting, {"$set": document}, upsert=True)
