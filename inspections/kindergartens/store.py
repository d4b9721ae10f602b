"""The register in MongoDB."""

from typing import Any

from pymongo import ASCENDING, GEOSPHERE, IndexModel
from pymongo.database import Database

from inspections.kindergartens.model import Kindergarten, Near
from inspections.kindergartens.search import fold, grams, wanted
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "kindergartens": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("grams", ASCENDING), ("region", ASCENDING)]),
        IndexModel([("point", GEOSPHERE)], sparse=True),
        IndexModel([("licence.number", ASCENDING)], sparse=True),
    ],
}


class KindergartenStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._kindergartens = database["kindergartens"]

    def add(self, kindergarten: Kindergarten, tx: Transaction) -> None:
        self._kindergartens.insert_one(_document(kindergarten), session=tx)

    def find(
        self, kindergarten_id: str, scope: Scope, tx: Transaction = None
    ) -> Kindergarten | None:
        criteria = {"$and": [{"_id": kindergarten_id}, _within(scope)]}
        found = self._kindergartens.find_one(criteria, session=tx)
        return from_document(Kindergarten, found) if found else None

    def replace(self, kindergarten: Kindergarten, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": kindergarten.id, "revision": seen}
        done = self._kindergartens.replace_one(criteria, _document(kindergarten), session=tx)
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
