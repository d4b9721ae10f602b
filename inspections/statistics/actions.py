"""Reckoning figures, drilling down, and making a bulletin of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from checklists.generation.model import Checklist, Subject
from checklists.regions import codes
from checklists.regions.actions import Regions
from inspections.statistics import reckoning
from inspections.statistics.errors import BulletinPublished, NoSuchMeasure, OwnBulletin
from inspections.statistics.measures import MEASURES
from inspections.statistics.model import (
    Bulletin,
    Disclosed,
    Every,
    Period,
    Standing,
    State,
    Statement,
    Status,
    Work,
)
from inspections.statistics.store import BulletinStore, FigureStore, point_of
from inspections.statistics.targets import targets_in
from media.custody.actions import Custody
from media.custody.model import Actor, Scope
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.pages import Page
from media.records.actions import Numbers, Records
from media.records.model import Keeping

InForce = Callable[[str, str, date], Checklist | None]

KEEPING = Keeping(
    what=("通报", "bulletin"),
    chain=lambda held: f"bulletin:{held.id}",
    facts=lambda held: {
        "status": held.status.value,
        "number": held.number,
        "sha256": held.sha256,
    },
)


class Statistics:
    """An actor sees figures of regions that its scope covers as a whole.

    `in_force(region, subject, on)` gives the checklist whose clauses set the targets.
    """

    def __init__(self, store: FigureStore, in_force: InForce, regions: Regions) -> None:
        self._store = store
        self._in_force = in_force
        self._regions = regions

    def statement(self, region: str, period: Period, *, actor: Actor) -> Statement:
        """Return the figures of a region at the end of a period, and what was done in it.

        Raises NotPermitted, BadValue, BadPeriod.
        """
        begin, end = reckoning.moments(period)
        standings = self._standings(MEASURES, region, period.until, actor)
        checklist = self._in_force(region, Subject.KINDERGARTEN, period.until)
        targets = targets_in(checklist.items if checklist else ())
        return Statement(
            region,
            codes.names()[region],
            period,
            tuple(
                reckoning.figure(each, found, targets.get(each))
                for each, found in standings.items()
            ),
            self._work(self._regions.within(region, period.until, actor=actor), begin, end),
            reckoning.parts(region, standings, codes.names(), targets),
        )

    def over_time(
        self, region: str, period: Period, every: Every, *, actor: Actor
    ) -> list[Statement]:
        """Return the statement of each month, quarter or year that the period reaches into."""
        return [
            replace(self.statement(region, each, actor=actor), below=())
            for each in reckoning.split(period, every)
        ]

    def standings(
        self, measure: str, region: str, on: date, *, state: State | None, actor: Actor
    ) -> list[Standing]:
        """Return what stands behind a figure on a day, by region and name.

        Raises NotPermitted, NoSuchMeasure.
        """
        if measure not in MEASURES:
            raise NoSuchMeasure(measure=measure, known=", ".join(MEASURES))
        found = self._standings([measure], region, on, actor)[measure]
        wanted = [each for each in found if state is None or each.state is state]
        return sorted(wanted, key=lambda each: (each.region, each.name, each.id))

    def disclosed(self, region: str, year: int, *, actor: Actor) -> list[Disclosed]:
        """Return the open-data set of a region: no personal data, no complaint, no veto."""
        return self._store.disclosed(
            self._regions.within(region, date(year, 12, 31), actor=actor), year
        )

    def _standings(
        self, measures: Iterable[str], region: str, on: date, actor: Actor
    ) -> dict[str, list[Standing]]:
        """Return what stands behind each measure, register and visits read once for all.

        A visit stays under the code it was made under, wherever its kindergarten belongs since.
        """
        _, end = reckoning.moments(Period(on, on))
        reach = self._regions.within(region, on, actor=actor)
        register = self._store.open_kindergartens(reach, end)
        ever = self._regions.within(region, date.max, actor=actor)
        latest = self._store.latest_answers(ever, end)

        def of(measure: str) -> list[Standing]:
            if measure == "renamed":
                return self._store.renaming_cases(reach, end)
            control = MEASURES[measure].control
            if control is None:
                licensed = [_standing(each, _licensed(each, on), None) for each in register]
                return [*licensed, *self._store.unlicensed_sites(reach, end)]
            unknown = (State.NOT_CHECKED, None)
            known = latest.get(control, {})
            return [_standing(each, *known.get(each["_id"], unknown)) for each in register]

        return {each: of(each) for each in measures}

    def _work(self, reach: list[Scope], begin: datetime, end: datetime) -> Work:
        during = {"$gte": begin, "$lt": end}

        def count(collection: str, **wanted: Any) -> int:
            return self._store.count(collection, reach, wanted)

        approved = {"status": "approved", "approved_at": during}
        closed = self._store.closed_notices(reach, begin, end)
        found = {"found_at": during, "seal": None}
        return Work(
            inspections=count("inspections", **approved, kind={"$ne": "re_inspection"}),
            re_inspections=count("inspections", **approved, kind="re_inspection"),
            findings_ordinary=count("findings", **found, **{"item.severity": "ordinary"}),
            findings_major=count("findings", **found, **{"item.severity": "major_hazard"}),
            notices_served=count("notices", **{"service.served_at": during}),
            notices_closed=len(closed),
            notices_overdue=count("notices", overdue_at=during),
            closing_days=reckoning.closing_days(closed),
            stoppages=count("stoppages", ordered_at=during),
            drills_failed=count("drills", at=during, **{"judgement.verdict": "failed"}),
        )


class Bulletins:
    """Drafted by one supervisor from the figures, published by another under a number."""

    def __init__(
        self,
        store: BulletinStore,
        transact: Transact[Any],
        custody: Custody,
        statistics: Statistics,
        numbers: Numbers,
    ) -> None:
        self._records: Records[Bulletin] = Records(store, transact, custody, KEEPING)
        self._statistics = statistics
        self._numbers = numbers

    def draft(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        region: str,
        title: str,
        period: Period,
        actor: Actor,
        now: datetime,
    ) -> Bulletin:
        """Freeze the figures of a region and period. Raises NotPermitted, BadPeriod, IdTaken."""
        here = self._statistics.statement(region, period, actor=actor)
        earlier = self._statistics.statement(region, reckoning.before(period), actor=actor)
        made = Bulletin(
            id=id,
            region=region,
            region_name=here.name,
            title=title,
            period=period,
            figures=here.figures,
            before=earlier.figures,
            work=here.work,
            below=here.below,
            text=reckoning.words(here.figures, earlier.figures, here.work),
            sha256=reckoning.fingerprint(asdict(here)),
            drafted_by=actor.person_id,
            drafted_at=now,
        )
        return self._records.add(
            made,
            "bulletin_drafted",
            told=lambda held: (held.region, held.title, held.period),
            actor=actor,
            now=now,
        )

    def publish(
        self, bulletin_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Bulletin:
        """Publish it under the bureau's next number. Raises OwnBulletin, BulletinPublished."""

        def change(held: Bulletin, tx: Transaction) -> Bulletin:
            if held.status is Status.PUBLISHED:
                raise BulletinPublished(told=held.status.told)
            if held.drafted_by == actor.person_id:
                raise OwnBulletin
            year = day_in_shanghai(now).year
            number = self._numbers.next(f"{held.region}-bulletin", year, tx)
            return replace(
                held,
                status=Status.PUBLISHED,
                published_by=actor.person_id,
                published_at=now,
                number=f"{held.region}教通〔{year}〕{number}号",
                revision=held.revision + 1,
            )

        return self._records.change(
            bulletin_id, "bulletin_published", change, seen=seen, actor=actor, now=now
        )

    def get(self, bulletin_id: str, *, actor: Actor) -> Bulletin:
        """Return a bulletin. Raises NotFound."""
        return self._records.get(bulletin_id, actor=actor)

    def page(self, *, actor: Actor, **asked: Any) -> Page[Bulletin]:
        """Return a page of bulletins by region and id."""
        return self._records.page(actor=actor, **asked)


def _standing(kindergarten: Mapping[str, Any], state: State, inspection_id: str | None) -> Standing:
    return Standing(
        kindergarten["_id"],
        kindergarten["name"],
        kindergarten["region"],
        state,
        inspection_id,
        point_of(dict(kindergarten)),
    )


def _licensed(kindergarten: Mapping[str, Any], day: date) -> State:
    """Return whether one of its licences was in force on a day, both its ends with it."""
    on = day.isoformat()
    in_force = any(
        each["issued_on"] <= on <= (each.get("valid_until") or on)
        for each in kindergarten["licences"]
    )
    return State.MET if in_force else State.NOT_MET
