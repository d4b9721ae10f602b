"""What is known of each kindergarten, read across the rooms; nothing is kept here."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from pymongo.database import Database

from inspections.risk.model import Known
from media.custody.model import Scope
from media.days import day_in_shanghai

Document = dict[str, Any]


class RiskStore:
    """Every query takes the scopes: what lies in each of them, and nothing that is sealed."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def known(self, reach: list[Scope], since: datetime, year: int, now: datetime) -> list[Known]:
        """Return what is known of each open kindergarten, by region and name."""
        recent = {"$gte": since}
        ordinary, major = {"item.severity": "ordinary"}, {"item.severity": "major_hazard"}
        counts = {
            "ordinary": self._by_site("findings", reach, {"found_at": recent, **ordinary}),
            "major": self._by_site("findings", reach, {"found_at": recent, **major}),
            "open_ordinary": self._by_site("findings", reach, {"closed_at": None, **ordinary}),
            "open_major": self._by_site("findings", reach, {"closed_at": None, **major}),
            "overdue": self._by_site("notices", reach, {"overdue_at": recent}),
            "reported": self._by_site(
                "dossiers", reach, {"opened_at": recent, "inspection_id": None}
            ),
            "drills_failed": self._by_site(
                "drills", reach, {"at": recent, "judgement.verdict": "failed"}
            ),
        }
        vetoed = self._vetoed(reach, year)
        visited = self._visited(reach, now)
        wanted = _within(reach, {"open": True})
        found = self._database["kindergartens"].find(wanted, {"name": 1, "region": 1})
        return [
            Known(
                each["_id"],
                each["name"],
                each["region"],
                **{name: counted[each["_id"]] for name, counted in counts.items()},
                vetoed=each["_id"] in vetoed,
                last_visit=visited.get(each["_id"]),
            )
            for each in found.sort([("region", 1), ("name", 1)])
        ]

    def _by_site(self, collection: str, reach: list[Scope], wanted: Document) -> Counter[str]:
        pipeline: list[Document] = [
            {"$match": _within(reach, wanted)},
            {"$group": {"_id": "$kindergarten_id", "count": {"$sum": 1}}},
        ]
        found = self._database[collection].aggregate(pipeline)
        return Counter({each["_id"]: each["count"] for each in found})

    def _vetoed(self, reach: list[Scope], year: int) -> set[str]:
        """Return whom a verdict of this year or the last stands against, as their reviews say."""
        wanted = {"year": {"$gte": year - 1}, "standing": "upheld"}
        pipeline = {"$and": [*(_unsealing(scope) for scope in reach), wanted]}
        found = self._database["veto_cases"].find(pipeline, {"kindergarten_id": 1})
        return {each["kindergarten_id"] for each in found}

    def _visited(self, reach: list[Scope], now: datetime) -> dict[str, date]:
        """Return the day in China of the last visit; the index that figures read has it all."""
        wanted = {"status": "approved", "approved_at": {"$lte": now}}
        pipeline: list[Document] = [
            {"$match": {"$and": [*(_unsealing(scope) for scope in reach), wanted]}},
            {"$group": {"_id": "$kindergarten_id", "last": {"$max": "$approved_at"}}},
        ]
        found = self._database["inspections"].aggregate(pipeline, hint="counted")
        return {each["_id"]: day_in_shanghai(each["last"]) for each in found}


def _within(reach: list[Scope], wanted: Document) -> Document:
    return {"$and": [*(scope.criteria() for scope in reach), wanted]}


def _unsealing(scope: Scope) -> Document:
    """Return the scope without its seals.

    A visit bears none, and an upheld verdict fails the published review anyway.
    """
    return {name: value for name, value in scope.criteria().items() if name != "seal"}
