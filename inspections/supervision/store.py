"""Annual reviews in MongoDB."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.supervision.model import AnnualReview
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "annual_reviews": [
        IndexModel([("kindergarten_id", ASCENDING), ("year", ASCENDING)], unique=True),
        IndexModel([("region", ASCENDING), ("year", ASCENDING)]),
    ],
}


class ReviewStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._reviews = database["annual_reviews"]

    def add(self, review: AnnualReview, tx: Transaction) -> None:
        self._reviews.insert_one(to_document(review), session=tx)

    def find(
        self, kindergarten_id: str, year: int, scope: Scope, tx: Transaction = None
    ) -> AnnualReview | None:
        of_year = {"kindergarten_id": kindergarten_id, "year": year}
        found = self._reviews.find_one({"$and": [of_year, scope.criteria()]}, session=tx)
        return from_document(AnnualReview, found) if found else None

    def replace(self, review: AnnualReview, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": review.id, "revision": seen}
        done = self._reviews.replace_one(criteria, to_document(review), session=tx)
        return done.modified_count == 1
