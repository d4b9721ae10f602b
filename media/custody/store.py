"""The entries of every chain, and apart from them the head of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pymongo import ASCENDING, IndexModel, InsertOne, UpdateOne
from pymongo.database import Database

from media.custody.model import Entry, Head
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "custody": [IndexModel([("chain", ASCENDING), ("sequence", ASCENDING)], unique=True)],
    "custody_heads": [],
}

IN_ORDER = [("chain", ASCENDING), ("sequence", ASCENDING)]


class CustodyStore:
    """Knows entries and heads; an unreadable document comes back as one that cannot verify."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._client = database.client
        self._entries = database["custody"]
        self._heads = database["custody_heads"]

    def heads_of(self, chains: Iterable[str], *, tx: Transaction) -> dict[str, Head]:
        found = self._heads.find({"_id": {"$in": sorted(set(chains))}}, session=tx)
        return {document["_id"]: from_document(Head, document) for document in found}

    def append(
        self,
        entries: Sequence[Entry],
        *,
        since: dict[str, Head],
        heads: dict[str, Head],
        tx: Transaction,
    ) -> None:
        """Insert the entries and move the heads from `since` to `heads`.

        Another writer of the same chain makes MongoDB end the transaction, to be run again.
        """
        self._entries.insert_many([_document(entry) for entry in entries], session=tx)
        moves: list[InsertOne[dict[str, Any]] | UpdateOne] = []
        for chain, head in heads.items():
            moved = {"sequence": head.sequence, "hash": head.hash}
            if chain in since:
                seen = {"_id": chain, "hash": since[chain].hash}
                moves.append(UpdateOne(seen, {"$set": moved}))
            else:
                moves.append(InsertOne({"_id": chain, **moved}))
        done = self._heads.bulk_write(moves, session=tx)
        if done.matched_count + done.inserted_count != len(moves):
            raise RuntimeError("a custody head moved outside of the transaction that read it")

    def entries_of(self, chain: str) -> list[Entry]:
        found = self._entries.find({"chain": chain}).sort(IN_ORDER)
        return [_read(document) for document in found]

    def entries_by_id(self, ids: Iterable[str]) -> dict[str, Entry]:
        found = self._entries.find({"_id": {"$in": list(ids)}})
        return {document["_id"]: _read(document) for document in found}

    def entries_of_verb(self, verb: str) -> Iterator[Entry]:
        return map(_read, self._entries.find({"verb": verb}))

    def all_entries_in_order(self) -> Iterator[Entry]:
        return map(_read, self._entries.find().sort(IN_ORDER))

    def all_heads_in_order(self) -> Iterator[Head]:
        return map(_read_head, self._heads.find().sort("_id", ASCENDING))

    def count(self) -> int:
        """Return about how many entries there are; exact enough for a progress bar."""
        return self._entries.estimated_document_count()

    def chain_at_one_moment(self, chain: str) -> tuple[list[Entry], Head | None]:
        """Return a chain and its head as they stood together, whatever is written meanwhile."""
        with self._client.start_session(snapshot=True) as session:
            entries = list(
                map(_read, self._entries.find({"chain": chain}, session=session).sort(IN_ORDER))
            )
            head = self._heads.find_one({"_id": chain}, session=session)
        return entries, _read_head(head) if head else None


def _document(entry: Entry) -> dict[str, Any]:
    """Return the document of an entry, as `to_document` has it: its fields are plain already."""
    fields = dict(vars(entry))
    return {"_id": fields.pop("id"), **fields}


def _read(document: dict[str, Any]) -> Entry:
    """Return the entry; one that was given another shape keeps its place and loses its hash."""
    try:
        entry = from_document(Entry, document)
        return entry if to_document(entry) == document else replace(entry, hash="")
    except Exception:  # noqa: BLE001 - whatever was done to the document, the walk goes on
        return _unreadable(document)


def _unreadable(document: dict[str, Any]) -> Entry:
    sequence = document.get("sequence")
    return Entry(
        id=str(document["_id"]),
        chain=str(document.get("chain")),
        sequence=sequence if isinstance(sequence, int) else 0,
        at=datetime.min.replace(tzinfo=UTC),
        verb="",
        account_id="",
        person_id="",
        name="",
        unit="",
        device=None,
        why=None,
    )


def _read_head(document: dict[str, Any]) -> Head:
    """Return the head; one that was given another shape stands nowhere."""
    sequence = document.get("sequence")
    if not isinstance(sequence, int) or set(document) != {"_id", "sequence", "hash"}:
        sequence = 0
    return Head(str(document["_id"]), sequence, str(document.get("hash")))
