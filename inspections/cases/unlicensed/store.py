"""Sightings and unlicensed sites in MongoDB."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pymongo import ASCENDING, GEOSPHERE, IndexModel
from pymongo.collection import Collection
from pymongo.database import Database

from inspections.cases.unlicensed.model import Point, Sighting, UnlicensedSite
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "sightings": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("site_id", ASCENDING)]),
        IndexModel([("point", GEOSPHERE)]),
    ],
    "unlicensed_sites": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("point", GEOSPHERE)]),
    ],
}

T = TypeVar("T", Sighting, UnlicensedSite)


class UnlicensedStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._sightings = database["sightings"]
        self._sites = database["unlicensed_sites"]

    def add_sighting(self, sighting: Sighting, tx: Transaction) -> None:
        self._sightings.insert_one(_document(sighting, sighting.place), session=tx)

    def sighting(self, id_: str, scope: Scope, tx: Transaction = None) -> Sighting | None:
        found = self._sightings.find_one({"$and": [{"_id": id_}, scope.criteria()]}, session=tx)
        return from_document(Sighting, found) if found else None

    def sightings_of(self, site_id: str, scope: Scope) -> list[Sighting]:
        criteria = {"$and": [{"site_id": site_id}, scope.criteria()]}
        found = self._sightings.find(criteria).sort("reported_at", ASCENDING)
        return [from_document(Sighting, document) for document in found]

    def take_into_site(
        self, ids: Iterable[str], site_id: str, region: str, scope: Scope, tx: Transaction
    ) -> int:
        """Put free sightings of the region into a site; count them."""
        free = {"_id": {"$in": list(ids)}, "site_id": None, "region": region}
        change = {"$set": {"site_id": site_id}, "$inc": {"revision": 1}}
        criteria = {"$and": [free, scope.criteria()]}
        return self._sightings.update_many(criteria, change, session=tx).modified_count

    def add_site(self, site: UnlicensedSite, tx: Transaction) -> None:
        self._sites.insert_one(_document(site, site.place), session=tx)

    def site(self, id_: str, scope: Scope, tx: Transaction = None) -> UnlicensedSite | None:
        found = self._sites.find_one({"$and": [{"_id": id_}, scope.criteria()]}, session=tx)
        return from_document(UnlicensedSite, found) if found else None

    def replace_site(self, site: UnlicensedSite, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": site.id, "revision": seen}
        done = self._sites.replace_one(criteria, _document(site, site.place), session=tx)
        return done.modified_count == 1

    def sites(
        self,
        scope: Scope,
        *,
        status: Sequence[str],
        banned: bool | None = None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[UnlicensedSite]:
        """Return those in a status, by region and id, after that place."""
        more: dict[str, Any] = {"status": {"$in": list(status)}} if status else {}
        if banned is not None:
            more["ban"] = {"$ne": None} if banned else None
        return self._listed(self._sites, UnlicensedSite, scope, more, after, limit)

    def loose_sightings(
        self, scope: Scope, *, after: tuple[str, str] | None, limit: int
    ) -> list[Sighting]:
        """Return those that belong to no site yet, by region and id, after that place."""
        return self._listed(self._sightings, Sighting, scope, {"site_id": None}, after, limit)

    def sites_near(
        self, scope: Scope, place: Point, within_m: float, limit: int
    ) -> list[tuple[UnlicensedSite, float]]:
        return self._near(self._sites, UnlicensedSite, scope, place, {}, within_m, limit)

    def sightings_near(
        self, scope: Scope, place: Point, within_m: float, limit: int, *, but: str
    ) -> list[tuple[Sighting, float]]:
        """Return the loose sightings near by, nearest first, but the one asked about."""
        loose = {"site_id": None, "_id": {"$ne": but}}
        return self._near(self._sightings, Sighting, scope, place, loose, within_m, limit)

    def _listed(
        self,
        collection: Collection[dict[str, Any]],
        kind: type[T],
        scope: Scope,
        more: dict[str, Any],
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[T]:
        criteria: list[dict[str, Any]] = [scope.criteria(), more]
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = collection.find({"$and": criteria}).sort(order).limit(limit)
        return [from_document(kind, document) for document in found]

    def _near(
        self,
        collection: Collection[dict[str, Any]],
        kind: type[T],
        scope: Scope,
        place: Point,
        more: dict[str, Any],
        within_m: float,
        limit: int,
    ) -> list[tuple[T, float]]:
        nearest = {
            "near": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "distanceField": "distance_m",
            "maxDistance": within_m,
            "query": {"$and": [scope.criteria(), more]},
            "key": "point",
            "spherical": True,
        }
        found = collection.aggregate([{"$geoNear": nearest}, {"$limit": limit}])
        return [(from_document(kind, each), each["distance_m"]) for each in found]


def _document(thing: Sighting | UnlicensedSite, place: Point) -> dict[str, Any]:
    """Return the document with the GeoJSON point that it is found by."""
    point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {**to_document(thing), "point": point}
