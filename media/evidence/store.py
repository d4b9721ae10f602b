"""Evidence, its sealed originals in GridFS layout, and its derivatives, one document each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document
from media.evidence.model import SINCE, Deleted, Evidence
from media.evidence.reuse import Known, bands, known
from media.photos.model import DERIVATIVES

INDEXES: dict[str, list[IndexModel]] = {
    "evidence": [
        IndexModel(
            [("seal", ASCENDING)],
            name="sealed",
            partialFilterExpression={"seal": {"$type": "string"}},
        ),
        IndexModel([("case_id", ASCENDING), ("received_at", ASCENDING)]),
        IndexModel([("subject_id", ASCENDING)]),
        IndexModel([("received_at", ASCENDING)]),
    ],
    "likenesses": [
        IndexModel([("bands", ASCENDING)]),
        IndexModel([("sha256", ASCENDING)]),
    ],
    "photo_counts": [IndexModel([("until", ASCENDING)], expireAfterSeconds=0)],
    "originals.chunks": [IndexModel([("files_id", ASCENDING), ("n", ASCENDING)], unique=True)],
    "originals.files": [],
    "derivatives": [],
    "deleted_evidence": [],
}

CHUNK = 255 * 1024
"""Bytes of a chunk, as GridFS has them."""


MOST_ALIKE = 200
"""Candidates that are looked at for one photo."""


class EvidenceStore:
    """Everything of one piece of evidence is written in one transaction, bytes and all."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._evidence = database["evidence"]
        self._files = database["originals.files"]
        self._chunks = database["originals.chunks"]
        self._derivatives = database["derivatives"]
        self._deleted = database["deleted_evidence"]
        self._counts = database["photo_counts"]
        self._likenesses = database["likenesses"]

    def count(self, key: str, size: int, until: datetime) -> tuple[int, int]:
        """Count a photo of so many bytes, atomically; return the day's photos and bytes."""
        counted = self._counts.find_one_and_update(
            {"_id": key},
            {"$inc": {"photos": 1, "bytes": size}, "$setOnInsert": {"until": until}},
            upsert=True,
            return_document=ReturnDocument.AFTER,
        )
        assert counted is not None
        return counted["photos"], counted["bytes"]

    def insert(
        self,
        evidence: Evidence,
        original: bytes,
        derivatives: Mapping[int, bytes],
        tx: Transaction,
    ) -> None:
        self._files.insert_one(
            {
                "_id": evidence.id,
                "length": len(original),
                "chunkSize": CHUNK,
                "uploadDate": evidence.received_at,
                "filename": evidence.name,
                "metadata": {"sha256": evidence.sha256},
            },
            session=tx,
        )
        self._chunks.insert_many(
            [
                {
                    "_id": ObjectId(),
                    "files_id": evidence.id,
                    "n": number,
                    "data": original[start : start + CHUNK],
                }
                for number, start in enumerate(range(0, len(original), CHUNK))
            ],
            session=tx,
        )
        self._derivatives.insert_many(
            [
                {"_id": f"{evidence.id}/{side}", "evidence_id": evidence.id, "data": data}
                for side, data in derivatives.items()
            ],
            session=tx,
        )
        self._evidence.insert_one(to_document(evidence), session=tx)

        row = to_document(known(evidence))
        shown = bands(evidence.likeness) if evidence.likeness else []
        self._likenesses.insert_one({**row, "bands": shown, "seal": evidence.seal}, session=tx)

    def perhaps_alike(self, evidence: Evidence, tx: Transaction = None) -> list[Known]:
        """Return those with the same bytes or a band of the likeness, sealed ones left out."""
        shown = bands(evidence.likeness) if evidence.likeness else []
        wanted = {"$or": [{"sha256": evidence.sha256}, {"bands": {"$in": shown}}], "seal": None}
        found = self._likenesses.find(wanted, session=tx).limit(MOST_ALIKE)
        return [from_document(Known, each) for each in found]

    def by_id(self, id: str, *, tx: Transaction = None) -> Evidence | None:  # noqa: A002 - the field's name
        found = self._evidence.find_one({"_id": id}, session=tx)
        return from_document(Evidence, found) if found else None

    def in_scope(self, id: str, scope: Scope) -> Evidence | None:  # noqa: A002
        found = self._evidence.find_one({"_id": id, **_seen_in(scope)})
        return from_document(Evidence, found) if found else None

    def ids_in_scope(self, ids: Iterable[str], scope: Scope) -> set[str]:
        wanted = {"_id": {"$in": list(ids)}, **_seen_in(scope)}
        return {each["_id"] for each in self._evidence.find(wanted, {"_id": 1})}

    def in_scope_of_its_photographer(
        self, evidence_id: str, scope: Scope, account_id: str
    ) -> Evidence | None:
        """Return a sealed photo to the account that took it."""
        reached = _seen_in(replace(scope, seals=None))
        found = self._evidence.find_one({"_id": evidence_id, "uploaded_by": account_id, **reached})
        return from_document(Evidence, found) if found else None

    def seal_up(self, ids: Iterable[str], seal: str, tx: Transaction) -> list[str]:
        """Put the seal on those that have none; return which."""
        free = {"_id": {"$in": list(ids)}, "seal": None}
        found = [each["_id"] for each in self._evidence.find(free, {"_id": 1}, session=tx)]
        change = {"$set": {"seal": seal}, "$inc": {"revision": 1}}
        self._evidence.update_many({"_id": {"$in": found}}, change, session=tx)
        self._likenesses.update_many({"_id": {"$in": found}}, {"$set": {"seal": seal}}, session=tx)
        return sorted(found)

    def of_case(self, case_id: str, scope: Scope) -> list[Evidence]:
        found = self._evidence.find({"case_id": case_id, **_seen_in(scope)})
        ordered = found.sort([("received_at", ASCENDING), ("_id", ASCENDING)])
        return [from_document(Evidence, document) for document in ordered]

    def ids_of_subject(self, subject_id: str, *, tx: Transaction) -> list[str]:
        found = self._evidence.find({"subject_id": subject_id}, {"_id": 1}, session=tx)
        return [document["_id"] for document in found]

    def ids_under(self, seal: str, *, tx: Transaction) -> list[str]:
        found = self._evidence.find({"seal": seal}, {"_id": 1}, session=tx)
        return [document["_id"] for document in found.sort("received_at", ASCENDING)]

    def still_undisclosed(self, ids: Iterable[str], case_id: str, tx: Transaction) -> list[str]:
        wanted = {"_id": {"$in": list(ids)}, "case_id": case_id, "disclosed": False}
        found = self._evidence.find(wanted, {"_id": 1}, session=tx).sort("_id", ASCENDING)
        return [document["_id"] for document in found]

    def disclose(self, ids: Iterable[str], tx: Transaction) -> None:
        change = {"$set": {"disclosed": True}, "$inc": {"revision": 1}}
        self._evidence.update_many({"_id": {"$in": list(ids)}}, change, session=tx)

    def counters_beside(self, evidence: Evidence, tx: Transaction) -> list[tuple[int, datetime]]:
        """Return counter and clock of what the same device sent for the case and told both."""
        case_id, device = evidence.case_id, evidence.device
        if device is None or evidence.monotonic_ms is None:
            return []
        told = {"monotonic_ms": {"$ne": None}, "device_captured_at": {"$ne": None}}
        fields = {"monotonic_ms": 1, "device_captured_at": 1}
        criteria = {"case_id": case_id, "device": device, **told}
        found = self._evidence.find(criteria, fields, session=tx)
        return [(each["monotonic_ms"], each["device_captured_at"]) for each in found]

    def oldest(self, scope: Scope, limit: int) -> list[Evidence]:
        found = self._evidence.find(_seen_in(scope)).sort("received_at", ASCENDING).limit(limit)
        return [from_document(Evidence, document) for document in found]

    def delete(self, left: Sequence[Deleted], tx: Transaction) -> None:
        """Take out the bytes and all that is known of them, and put in what is left."""
        ids = {"$in": [each.id for each in left]}
        self._chunks.delete_many({"files_id": ids}, session=tx)
        self._files.delete_many({"_id": ids}, session=tx)
        pictures = [f"{each.id}/{side}" for each in left for side in DERIVATIVES]
        self._derivatives.delete_many({"_id": {"$in": pictures}}, session=tx)
        self._likenesses.delete_many({"_id": ids}, session=tx)
        self._evidence.delete_many({"_id": ids}, session=tx)
        self._deleted.insert_many([to_document(each) for each in left], session=tx)

    def deleted(self, id: str, scope: Scope) -> Deleted | None:  # noqa: A002
        found = self._deleted.find_one({"_id": id, **_seen_in(scope)})
        return from_document(Deleted, found) if found else None

    def all_deleted(self) -> Iterator[Deleted]:
        return (from_document(Deleted, each) for each in self._deleted.find())

    def original(self, id: str) -> bytes | None:  # noqa: A002
        """Return the bytes that are stored, whatever became of them; None where there are none."""
        file = self._files.find_one({"_id": id})
        pieces = [chunk["data"] for chunk in self._chunks.find({"files_id": id}).sort("n", 1)]
        if file is None or not pieces or not all(isinstance(each, bytes) for each in pieces):
            return None
        return b"".join(pieces)

    def derivative(self, id: str, side: str) -> bytes | None:  # noqa: A002
        found = self._derivatives.find_one({"_id": f"{id}/{side}"})
        return found["data"] if found and isinstance(found["data"], bytes) else None

    def all_documents(self) -> Iterator[dict[str, Any]]:
        return iter(self._evidence.find().sort("_id", ASCENDING))

    def known(self, ids: Iterable[str]) -> set[str]:
        found = self._evidence.find({"_id": {"$in": list(ids)}}, {"_id": 1})
        return {document["_id"] for document in found}

    def how_many(self) -> int:
        """Return about how many there are; exact enough for a progress bar."""
        return self._evidence.estimated_document_count()


def read(document: Mapping[str, Any]) -> Evidence | None:
    """Return the evidence; None for a document that was given another shape."""
    try:
        evidence = from_document(Evidence, document)
        kept = to_document(evidence)
    except Exception:  # noqa: BLE001 - whatever was done to the document, the walk goes on
        return None
    later = {name for name, since in SINCE.items() if since > evidence.schema_version}
    for name in later - document.keys():
        del kept[name]
    return evidence if kept == document else None


def _seen_in(scope: Scope) -> dict[str, Any]:
    """A director sees what is disclosed; an official all of its regions."""
    disclosed = {} if scope.kindergartens is None else {"disclosed": True}
    return {**scope.criteria(), **disclosed}
