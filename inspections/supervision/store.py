"""Annual reviews in MongoDB."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
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

LOOK_BACK = 10
"""Years."""


class ReviewStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._database = database
        self._reviews = database["annual_reviews"]

    def add(self, review: AnnualReview, tx: Transaction) -> None:
        self._reviews.insert_one(to_document(review), session=tx)

    def find(
        self, kindergarten_id: str, year: int, scope: Scope, tx: Transaction = None
    ) -> AnnualReview | None:
        of_year = {"kindergarten_id": kindergarten_id, "year": year}
        found = self._reviews.find_one({"$and": [of_year, scope.criteria()]}, session=tx)
        return from_document(AnnualReview, found) if found else None

    def of_years(self, kindergarten_id: str, before: int) -> list[AnnualReview]:
        """Return the reviews of earlier years, the latest first, whatever the scope."""
        criteria = {"kindergarten_id": kindergarten_id, "year": {"$lt": before}}
        found = self._reviews.find(criteria).sort("year", DESCENDING).limit(LOOK_BACK)
        return [from_document(AnnualReview, each) for each in found]

    def counted(self, collection: str, kindergarten_id: str, wanted: dict[str, Any]) -> int:
        """Return how many of another room's things of the kindergarten meet `wanted`, unsealed."""
        criteria = {"kindergarten_id": kindergarten_id, "seal": None, **wanted}
        return self._database[collection].count_documents(criteria)

    def replace(self, review: AnnualReview, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": review.id, "revision": seen}
        done = self._reviews.replace_one(criteria, to_document(review), session=tx)
        return done.modified_count == 1
