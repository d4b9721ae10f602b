"""Papers that were made out, by their code."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.papers.model import Paper
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {"papers": [IndexModel([("subject_id", ASCENDING)])]}


class PaperStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._papers = database["papers"]

    def find(self, code: str, tx: Transaction = None) -> Paper | None:
        found = self._papers.find_one({"_id": code}, session=tx)
        return from_document(Paper, found) if found else None

    def add(self, paper: Paper, tx: Transaction) -> None:
        self._papers.insert_one(to_document(paper), session=tx)

    def add_file(self, code: str, pdf_sha256: str, tx: Transaction) -> None:
        """Keep the hash of another file that the same paper was printed to."""
        self._papers.update_one(
            {"_id": code}, {"$addToSet": {"pdf_sha256": pdf_sha256}}, session=tx
        )
