"""What figures are made of, read across the rooms; nothing but bulletins is kept here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

from inspections.statistics.measures import MEASURES
from inspections.statistics.model import Bulletin, Disclosed, Standing, State
from media.custody.model import Scope
from media.records.store import BY_REGION, RecordStore

COUNTED = tuple(
    f"answers.{each.control}.result" for each in MEASURES.values() if each.control is not None
)
BY_APPROVAL = ("status", "region", "approved_at", "kindergarten_id", "_id")
INDEXES: dict[str, list[IndexModel]] = {
    "bulletins": [IndexModel(BY_REGION)],
    "inspections": [
        IndexModel(
            [(each, 1) for each in (*BY_APPROVAL, *COUNTED)],
            name="counted",
            partialFilterExpression={"status": "approved"},
        )
    ],
}
"""The index holds all that figures need of a visit, so that none of its answers is read."""

RUNNING_SITES = ["open", "verified", "stopped", "placed"]
RUNNING_CASES = ["opened", "told", "answered", "objected", "accepted"]
STEPS = {"steps.status": 1, "steps.at": 1}

Document = dict[str, Any]


class BulletinStore(RecordStore[Bulletin]):
    def __init__(self, database: Database[Document]) -> None:
        super().__init__(database["bulletins"], Bulletin)


class FigureStore:
    """Every query takes a scope: what lies in it and under the region asked for."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def open_kindergartens(self, reach: list[Scope], end: datetime) -> list[Document]:
        """Return id, name, region, point and `licences` of those that were there and open then.

        `licences` are those that stand in the register and those that still stood in it then.
        """
        perhaps = [{"open": True}, {"was.until": {"$gte": end}}]
        wanted = {"created_at": {"$lt": end}, "$or": perhaps}
        fields = {"name": 1, "region": 1, "point": 1, "licence": 1, "open": 1, "was": 1}
        found = self._database["kindergartens"].find(_within(reach, wanted), fields)
        return [each for document in found if (each := _as_of(document, end))["open"]]

    def latest_answers(
        self, reach: list[Scope], end: datetime
    ) -> dict[str, dict[str, tuple[State, str]]]:
        """Return, by control and kindergarten, the latest approved answer before `end`.

        A visit bears no seal: what is sealed is taken out of it when it is answered.
        """
        unsealed = [replace(scope, seals=None) for scope in reach]
        wanted = {"status": "approved", "approved_at": {"$lt": end}}
        fields = {"kindergarten_id": 1, **dict.fromkeys(COUNTED, 1)}
        visits = self._database["inspections"].find(
            _within(unsealed, wanted), fields, hint="counted", allow_disk_use=True
        )
        latest: dict[str, dict[str, tuple[State, str]]] = defaultdict(dict)
        for visit in visits.sort([("approved_at", 1), ("_id", 1)]):
            for control, answer in visit.get("answers", {}).items():
                if answer["result"] not in (None, State.NOT_CHECKED):  # an index has null for none
                    given = (State(answer["result"]), visit["_id"])
                    latest[control][visit["kindergarten_id"]] = given
        return latest

    def unlicensed_sites(self, reach: list[Scope], end: datetime) -> list[Standing]:
        """Return the unlicensed sites that were opened by then and still ran."""
        wanted = _perhaps(RUNNING_SITES, end)
        fields = {"name": 1, "address": 1, "region": 1, "point": 1, **STEPS}
        found = self._database["unlicensed_sites"].find(_within(reach, wanted), fields)
        return [
            Standing(
                each["_id"],
                each["name"] or each["address"],
                each["region"],
                State.NOT_MET,
                place=point_of(each),
            )
            for each in found
            if status_at(each["steps"], end, "open") in RUNNING_SITES
        ]

    def renaming_cases(self, reach: list[Scope], end: datetime) -> list[Standing]:
        """Return the renaming cases opened by then: renamed, or still under way then."""
        wanted = _perhaps([*RUNNING_CASES, "renamed"], end)
        fields = {"kindergarten_name": 1, "region": 1, **STEPS}
        found = self._database["renaming_cases"].find(_within(reach, wanted), fields)
        then = [(each, status_at(each["steps"], end, "opened")) for each in found]
        return [
            Standing(
                each["_id"],
                each["kindergarten_name"],
                each["region"],
                State.MET if status == "renamed" else State.NOT_MET,
            )
            for each, status in then
            if status in (*RUNNING_CASES, "renamed")
        ]

    def count(self, collection: str, reach: list[Scope], wanted: Document) -> int:
        return self._database[collection].count_documents(_within(reach, wanted))

    def closed_notices(
        self, reach: list[Scope], begin: datetime, end: datetime
    ) -> list[tuple[datetime, datetime]]:
        """Return when each notice closed in the period was served and closed."""
        wanted = {"closed_at": {"$gte": begin, "$lt": end}, "service": {"$ne": None}}
        fields = {"service.served_at": 1, "closed_at": 1}
        found = self._database["notices"].find(_within(reach, wanted), fields)
        return [(each["service"]["served_at"], each["closed_at"]) for each in found]

    def disclosed(self, reach: list[Scope], year: int) -> list[Disclosed]:
        """Return the open kindergartens as the public may know them, with the grade once published.

        A veto that stands makes a published grade failed, as everywhere; why is not told, and
        before a grade is published nothing is.
        """
        fields = {"name": 1, "region": 1, "nature": 1, "address": 1, "licence": 1, "code": 1}
        found = self._database["kindergartens"].find(_within(reach, {"open": True}), fields)
        reviews = self._database["annual_reviews"].find(
            _within(reach, {"year": year, "status": "published"}),
            {"kindergarten_id": 1, "grade": 1},
        )
        grades = {each["kindergarten_id"]: each["grade"] for each in reviews}
        published = {"kindergarten_id": {"$in": list(grades)}, "year": year}  # all within reach
        upheld = self._database["veto_cases"].find(
            {**published, "standing": "upheld"}, {"kindergarten_id": 1}
        )
        grades |= {each["kindergarten_id"]: "failed" for each in upheld}
        made = []
        for each in found.sort(BY_REGION):
            licence = each.get("licence") or {}
            until = licence.get("valid_until")
            made.append(
                Disclosed(
                    each.get("code"),
                    each["name"],
                    each["nature"],
                    each["region"],
                    each["address"],
                    licence.get("number"),
                    date.fromisoformat(until) if until else None,
                    grades.get(each["_id"]),
                    year,
                )
            )
        return made


def point_of(document: Document) -> tuple[float, float] | None:
    point = document.get("point")
    return (point["coordinates"][0], point["coordinates"][1]) if point else None


def status_at(steps: Sequence[Document], end: datetime, first: str) -> str:
    """Return the status that the steps taken before `end` led to, `first` where there was none."""
    taken: list[str] = [each["status"] for each in steps if each["at"] < end]
    return taken[-1] if taken else first


def _perhaps(statuses: list[str], end: datetime) -> Document:
    """Return the criteria of cases that may have had one of these at `end`; steps say which had."""
    changed_since = {"changed_at": {"$gte": end}}
    return {"opened_at": {"$lt": end}, "$or": [{"status": {"$in": statuses}}, changed_since]}


def _as_of(kindergarten: Document, end: datetime) -> Document:
    """Return the kindergarten with whether it was `open` then, and with its `licences`."""
    told = [*(each for each in kindergarten.get("was", []) if each["until"] >= end), kindergarten]
    licences = [each["licence"] for each in told if each.get("licence")]
    return {**kindergarten, "open": told[0]["open"], "licences": licences}


def _within(reach: list[Scope], wanted: Document) -> Document:
    """Return the criteria of what meets `wanted` within every scope of the list."""
    return {"$and": [*(scope.criteria() for scope in reach), wanted]}
