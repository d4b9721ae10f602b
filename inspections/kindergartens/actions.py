"""The verbs of the register."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import uuid4
from zoneinfo import ZoneInfo

from checklists.naming.actions import Naming
from checklists.naming.model import Checked
from inspections.kindergartens.model import (
    Kindergarten,
    NameCheck,
    NameFinding,
    Nature,
    Near,
    Place,
)
from inspections.kindergartens.store import KindergartenStore
from media.custody.actions import Custody
from media.custody.model import Actor, Scope
from media.documents import Transact, Transaction, to_document
from media.pages import Page, cut, read_cursor
from media.places.actions import to_wgs84
from media.places.model import Datum
from media.refusals import (
    BadValue,
    IdTaken,
    NotFound,
    NotPermitted,
    StaleRevision,
    must_be_current,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


InForce: TypeAlias = Callable[[str, date], tuple[str, str] | None]
"""Why a region code cannot be taken on a day, in Chinese and in English; None where it can."""


class Register:
    """Kindergartens, added and changed by the bureau, each name checked when it is written."""

    def __init__(
        self,
        store: KindergartenStore,
        transact: Transact[Kindergarten],
        custody: Custody,
        naming: Naming,
        in_force: InForce,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._naming = naming
        self._in_force = in_force

    def add(self, *, actor: Actor, now: datetime, **facts: Any) -> Kindergarten:
        """Add a kindergarten. Sent again with the same `id` and content it changes nothing.

        Raises NotPermitted outside of the actor's regions, IdTaken, CodeTaken, BadValue for a
        region that is none or has ended.
        """
        self._must_take(facts["region"], actor, now)
        new = Kindergarten(
            id=facts.pop("id", None) or str(uuid4()),
            created_at=now,
            changed_at=now,
            name_check=self._check(facts["name"], facts["nature"], facts["region"], now),
            **{**facts, "place": place_of(facts.get("place"))},
        )

        def act(tx: Transaction) -> Kindergarten:
            there = self._store.find(new.id, Scope(regions=("",)), tx)
            if there is not None:
                if content_of(there) != content_of(new) or not actor.scope.covers(there.region):
                    raise IdTaken(id=new.id, what=("幼儿园", "kindergarten"))
                return there
            self._store.add(new, tx)
            self._record("kindergarten_added", new, actor, now, None, tx)
            return new

        return self._transact(act)

    def change(
        self,
        kindergarten_id: str,
        *,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        **facts: Any,
    ) -> Kindergarten:
        """Change the facts given, check the name again, keep the rest.

        Raises NotFound, StaleRevision, CodeTaken, NotPermitted for a region that is not the
        actor's, BadValue for one that has ended.
        """

        def act(tx: Transaction) -> Kindergarten:
            before = self.get(kindergarten_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            if facts.get("region", before.region) != before.region:
                self._must_take(facts["region"], actor, now)
            given = {**facts, "place": place_of(facts["place"])} if "place" in facts else facts
            after = replace(before, **given, changed_at=now, revision=before.revision + 1)
            checked = self._check(after.name, after.nature, after.region, now)
            after = replace(after, name_check=checked)
            if not self._store.replace(after, before.revision, tx):
                raise StaleRevision(seen=seen, current=before.revision)
            self._record("kindergarten_changed", after, actor, now, why, tx)
            return after

        return self._transact(act)

    def get(self, kindergarten_id: str, *, actor: Actor, tx: Transaction = None) -> Kindergarten:
        found = self._store.find(kindergarten_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("幼儿园", "kindergarten"))
        return found

    def known(self, kindergarten_id: str, scope: Scope) -> bool:
        """Tell whether the kindergarten is there for that scope."""
        return self._store.find(kindergarten_id, scope) is not None

    def region_of(self, kindergarten_id: str, scope: Scope) -> str | None:
        """Return the region of a kindergarten, None where none is there for that scope."""
        found = self._store.find(kindergarten_id, scope)
        return found.region if found else None

    def page(
        self,
        *,
        actor: Actor,
        region: str | None = None,
        name: str | None = None,
        verdict: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Kindergarten]:
        """Return a page by region and id, of those whose name holds the part asked for."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.matching(
            actor.scope,
            region=region,
            name=name,
            verdict=verdict,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda kindergarten: [kindergarten.region, kindergarten.id])

    def near(
        self, *, actor: Actor, lon: float, lat: float, datum: Datum, within_m: float, limit: int
    ) -> tuple[Near, ...]:
        """Return the kindergartens within a distance of a point, nearest first."""
        point = to_wgs84(lon, lat, datum)
        return tuple(
            self._store.near(
                actor.scope, lon=point[0], lat=point[1], within_m=within_m, limit=limit
            )
        )

    def _check(self, name: str, nature: Nature, region: str, now: datetime) -> NameCheck:
        today = day_of(now)
        return checked_name(
            self._naming.check(name, nature.chinese, region=region, on=today), today
        )

    def _must_take(self, region: str, actor: Actor, now: datetime) -> None:
        """Raise NotPermitted outside of the actor's regions, BadValue for a code that ended."""
        if not actor.scope.covers(region):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        why = self._in_force(region, day_of(now))
        if why is not None:
            raise BadValue(field="region", why_zh=why[0], why_en=why[1])

    def _record(
        self,
        verb: str,
        kindergarten: Kindergarten,
        actor: Actor,
        now: datetime,
        why: str | None,
        tx: Transaction,
    ) -> None:
        self._custody.record(
            f"kindergarten:{kindergarten.id}",
            verb,
            actor=actor,
            now=now,
            why=why,
            facts=content_of(kindergarten) | {"revision": kindergarten.revision},
            tx=tx,
        )


def day_of(now: datetime) -> date:
    """Return the day that it is in China."""
    return now.astimezone(SHANGHAI).date()


def checked_name(checked: Checked, today: date) -> NameCheck:
    findings = tuple(
        NameFinding(each.rule, each.term, each.start, each.end, each.confidence, each.why)
        for each in checked.findings
    )
    return NameCheck(checked.verdict, findings, today)


def place_of(given: Mapping[str, Any] | None) -> Place | None:
    if given is None:
        return None
    lon, lat = to_wgs84(given["lon"], given["lat"], given["datum"])
    return Place(lon, lat, given["lon"], given["lat"], given["datum"])


def content_of(kindergarten: Kindergarten) -> dict[str, Any]:
    """Return what the register was told, without when and what was made of it."""
    document = to_document(kindergarten)
    made = ("_id", "created_at", "changed_at", "name_check", "revision", "schema_version")
    return {name: value for name, value in document.items() if name not in made}
