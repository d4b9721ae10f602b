"""The verbs of the register."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from checklists.naming.actions import Naming
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
from media.refusals import IdTaken, NotFound, NotPermitted, StaleRevision, must_be_current

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Register:
    """Kindergartens, added and changed by the bureau, each name checked when it is written."""

    def __init__(
        self,
        store: KindergartenStore,
        transact: Transact[Kindergarten],
        custody: Custody,
        naming: Naming,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._naming = naming

    def add(self, *, actor: Actor, now: datetime, **facts: Any) -> Kindergarten:
        """Add a kindergarten. Sent again with the same `id` and content it changes nothing.

        Raises NotPermitted outside of the actor's regions, IdTaken, BadValue for a bad place.
        """
        if not actor.scope.covers(facts["region"]):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        new = Kindergarten(
            id=facts.pop("id", None) or str(uuid4()),
            created_at=now,
            changed_at=now,
            name_check=self._check(facts["name"], facts["nature"], facts["region"], now),
            **{**facts, "place": _place(facts.get("place"))},
        )

        def act(tx: Transaction) -> Kindergarten:
            there = self._store.find(new.id, Scope(regions=("",)), tx)
            if there is not None:
                if _content(there) != _content(new) or not actor.scope.covers(there.region):
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

        Raises NotFound, StaleRevision, NotPermitted for a region that is not the actor's.
        """

        def act(tx: Transaction) -> Kindergarten:
            before = self.get(kindergarten_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            if "region" in facts and not actor.scope.covers(facts["region"]):
                raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
            given = {**facts, "place": _place(facts["place"])} if "place" in facts else facts
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
        today: date = now.astimezone(SHANGHAI).date()
        checked = self._naming.check(name, nature.chinese, region=region, on=today)
        findings = tuple(
            NameFinding(each.rule, each.term, each.start, each.end, each.confidence, each.why)
            for each in checked.findings
        )
        return NameCheck(checked.verdict, findings, today)

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
            facts=_content(kindergarten) | {"revision": kindergarten.revision},
            tx=tx,
        )


def _place(given: Mapping[str, Any] | None) -> Place | None:
    if given is None:
        return None
    lon, lat = to_wgs84(given["lon"], given["lat"], given["datum"])
    return Place(lon, lat, given["lon"], given["lat"], given["datum"])


def _content(kindergarten: Kindergarten) -> dict[str, Any]:
    """Return what the register was told, without when and what was made of it."""
    document = to_document(kindergarten)
    made = ("_id", "created_at", "changed_at", "name_check", "revision", "schema_version")
    return {name: value for name, value in document.items() if name not in made}
