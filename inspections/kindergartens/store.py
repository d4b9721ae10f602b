"""The register in MongoDB."""

from collections.abc import Sequence
from typing import Any

from pymongo import ASCENDING, GEOSPHERE, IndexModel, ReplaceOne, UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from inspections.kindergartens.errors import CodeTaken
from inspections.kindergartens.model import Kindergarten, NameCheck, Near
from inspections.kindergartens.search import fold, grams, wanted
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "kindergartens": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("grams", ASCENDING), ("region", ASCENDING)]),
        IndexModel([("point", GEOSPHERE)], sparse=True),
        IndexModel([("licence.number", ASCENDING)], sparse=True),
        IndexModel(
            [("region", ASCENDING), ("changed_at", ASCENDING)],
            name="names_found",
            partialFilterExpression={"name_check.verdict": {"$in": ["review", "violation"]}},
        ),
        IndexModel(
            [("code", ASCENDING)],
            unique=True,
            partialFilterExpression={"code": {"$type": "string"}},
        ),
    ],
}


class KindergartenStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._kindergartens = database["kindergartens"]

    def add(self, kindergarten: Kindergarten, tx: Transaction) -> None:
        """Raises CodeTaken."""
        try:
            self._kindergartens.insert_one(_document(kindergarten), session=tx)
        except DuplicateKeyError as taken:
            raise CodeTaken(code=kindergarten.code) from taken

    def add_all(self, kindergartens: Sequence[Kindergarten], tx: Transaction) -> bool:
        """Tell whether they were added; one of their codes may be taken."""
        try:
            self._kindergartens.insert_many(map(_document, kindergartens), session=tx)
        except BulkWriteError as refused:
            if _duplicates(refused):
                return False
            raise
        return True

    def replace_all(self, changes: Sequence[tuple[Kindergarten, int]], tx: Transaction) -> bool:
        """Tell whether each was replaced; one may have changed since the revision seen."""
        writes = [
            ReplaceOne({"_id": after.id, "revision": seen}, _document(after))
            for after, seen in changes
        ]
        try:
            return self._kindergartens.bulk_write(writes, session=tx).matched_count == len(writes)
        except BulkWriteError as refused:
            if _duplicates(refused):
                return False
            raise

    def of_codes(self, codes: Sequence[str], scope: Scope) -> list[Kindergarten]:
        criteria = {"$and": [{"code": {"$in": list(codes)}}, _within(scope)]}
        return [from_document(Kindergarten, each) for each in self._kindergartens.find(criteria)]

    def of_ids(self, ids: Sequence[str], scope: Scope) -> list[Kindergarten]:
        criteria = {"$and": [{"_id": {"$in": list(ids)}}, _within(scope)]}
        return [from_document(Kindergarten, each) for each in self._kindergartens.find(criteria)]

    def codes_taken(self, codes: Sequence[str]) -> set[str]:
        """Return which of the codes some kindergarten has, wherever it is."""
        found = self._kindergartens.find({"code": {"$in": list(codes)}}, {"code": 1})
        return {each["code"] for each in found}

    def of_region(self, region: str, tx: Transaction) -> list[Kindergarten]:
        found = self._kindergartens.find({"region": region}, session=tx).sort("_id", ASCENDING)
        return [from_document(Kindergarten, each) for each in found]

    def find(
        self, kindergarten_id: str, scope: Scope, tx: Transaction = None
    ) -> Kindergarten | None:
        criteria = {"$and": [{"_id": kindergarten_id}, _within(scope)]}
        found = self._kindergartens.find_one(criteria, session=tx)
        return from_document(Kindergarten, found) if found else None

    def replace(self, kindergarten: Kindergarten, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": kindergarten.id, "revision": seen}
        try:
            done = self._kindergartens.replace_one(criteria, _document(kindergarten), session=tx)
        except DuplicateKeyError as taken:
            raise CodeTaken(code=kindergarten.code) from taken
        return done.modified_count == 1

    def matching(
        self,
        scope: Scope,
        *,
        region: str | None,
        name: str | None,
        verdict: str | None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[Kindergarten]:
        """Return those in a region, with a part of a name, after a (region, id), in that order."""
        criteria: list[dict[str, Any]] = [_within(scope)]
        if region is not None:
            criteria.append({"region": {"$gte": region, "$lt": region + ":"}})
        if name is not None:
            criteria.append({"grams": {"$all": wanted(name)}, "folded": {"$regex": _literal(name)}})
        if verdict is not None:
            criteria.append({"name_check.verdict": verdict})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._kindergartens.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(Kindergarten, document) for document in found]

    def count(self, scope: Scope) -> int:
        return self._kindergartens.count_documents(_within(scope))

    def public_names(self, region: str, *, but: str | None = None) -> tuple[str, ...]:
        """Return the names of the public kindergartens of a region that are open, but for one's."""
        criteria = {"region": region, "nature": "public", "open": True, "_id": {"$ne": but}}
        found = self._kindergartens.find(criteria, {"name": 1}).sort("_id", ASCENDING)
        return tuple(each["name"] for each in found)

    def write_checks(self, checks: Sequence[tuple[Kindergarten, NameCheck]]) -> None:
        """Write what the name check found, but where a kindergarten changed since it was read."""
        writes = [
            UpdateOne(
                {"_id": each.id, "revision": each.revision},
                {"$set": {"name_check": to_document(check)}},
            )
            for each, check in checks
        ]
        if writes:
            self._kindergartens.bulk_write(writes, ordered=False)

    def settle_name(self, kindergarten_id: str, case_id: str, tx: Transaction) -> None:
        """Write which case took up what was found in the name."""
        change = {"$set": {"name_check.settled": case_id}}
        self._kindergartens.update_one({"_id": kindergarten_id}, change, session=tx)

    def near(
        self, scope: Scope, *, lon: float, lat: float, within_m: float, limit: int
    ) -> list[Near]:
        """Return the nearest first."""
        found = self._kindergartens.aggregate(
            [
                {
                    "$geoNear": {
                        "near": {"type": "Point", "coordinates": [lon, lat]},
                        "distanceField": "distance_m",
                        "maxDistance": within_m,
                        "query": _within(scope),
                        "key": "point",
                        "spherical": True,
                    }
                },
                {"$limit": limit},
            ]
        )
        return [Near(from_document(Kindergarten, each), each["distance_m"]) for each in found]


def _duplicates(refused: BulkWriteError) -> bool:
    return any(error.get("code") == 11000 for error in refused.details.get("writeErrors", ()))


def _within(scope: Scope) -> dict[str, Any]:
    return scope.criteria(kindergarten="_id")


def _document(kindergarten: Kindergarten) -> dict[str, Any]:
    """Return the document with what it is found by: the grams of its name, its GeoJSON point."""
    document = to_document(kindergarten)
    document["folded"] = fold(kindergarten.name)
    document["grams"] = grams(kindergarten.name)
    if kindergarten.place is not None:
        at = [kindergarten.place.lon, kindergarten.place.lat]
        document["point"] = {"type": "Point", "coordinates": at}
    return document


def _literal(part: str) -> str:
    """Return a pattern that matches the part and nothing else: no operator comes from input."""
    return "".join(f"\\x{{{ord(character):x}}}" for character in fold(part))
