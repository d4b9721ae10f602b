"""The verbs of the register."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import uuid4

from checklists.naming.actions import Naming, namesakes, to_line
from checklists.naming.model import Checked, Rules
from inspections.kindergartens.model import (
    Kindergarten,
    Licence,
    NameCheck,
    NameFinding,
    Nature,
    Near,
    Place,
    Was,
)
from inspections.kindergartens.store import KindergartenStore
from media.custody.actions import Custody
from media.custody.model import Actor, Scope
from media.days import day_in_shanghai
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
            return self._changed(before, "kindergarten_changed", facts, why, actor, now, tx)

        return self._transact(act)

    def rename(
        self,
        kindergarten_id: str,
        *,
        name: str,
        licence: Licence,
        why: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> Kindergarten:
        """Give a kindergarten its new name and the licence that bears it, in the caller's write.

        Raises NotFound, StaleRevision.
        """
        before = self.get(kindergarten_id, actor=actor, tx=tx)
        facts = {"name": name, "licence": licence}
        return self._changed(before, "kindergarten_renamed", facts, why, actor, now, tx)

    def judge_name(
        self, name: str, nature: Nature, region: str, *, now: datetime, but: str | None = None
    ) -> dict[str, Any]:
        """Return the verdict on a name by what is in force today, each finding with its clauses.

        `but` is the kindergarten itself: nobody bears another's name by keeping the own.
        """
        checked = self._checked(name, nature, region, now, but)
        return to_line(checked, self._naming.rules(region, day_in_shanghai(now)))

    def naming_rules(self, region: str, *, now: datetime) -> Rules:
        """Return the naming rules in force in a region today, with their clauses."""
        return self._naming.rules(region, day_in_shanghai(now))

    def settle_name(self, kindergarten_id: str, case_id: str, *, tx: Transaction) -> None:
        """Note which case took up what was found in the name."""
        self._store.settle_name(kindergarten_id, case_id, tx)

    def count(self, scope: Scope) -> int:
        return self._store.count(scope)

    def check_names_again(
        self, scope: Scope, *, after: tuple[str, str] | None, limit: int, now: datetime
    ) -> list[tuple[Kindergarten, NameCheck]]:
        """Check the names after a (region, id) by what is in force today, and keep what was found.

        A case that took up a finding stands for it as long as the same is found.
        """
        found = self._store.matching(
            scope, region=None, name=None, verdict=None, after=after, limit=limit
        )
        checks = checks_of(
            [(each.name, each.nature, each.region) for each in found],
            self._store,
            self._naming,
            now,
        )
        told = [
            (each, still(each.name_check, check)) for each, check in zip(found, checks, strict=True)
        ]
        self._store.write_checks(told)
        return told

    def _changed(
        self,
        before: Kindergarten,
        verb: str,
        facts: Mapping[str, Any],
        why: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> Kindergarten:
        if facts.get("region", before.region) != before.region:
            self._must_take(facts["region"], actor, now)
        given = {**facts, "place": place_of(facts["place"])} if "place" in facts else facts
        after = replace(before, **given, changed_at=now, revision=before.revision + 1)
        after = remembering(after, before, now)
        checked = self._check(after.name, after.nature, after.region, now, but=before.id)
        if after.name == before.name:
            checked = still(before.name_check, checked)
        after = replace(after, name_check=checked)
        if not self._store.replace(after, before.revision, tx):
            raise StaleRevision(seen=before.revision, current=before.revision)
        self._record(verb, after, actor, now, why, tx)
        return after

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

    def _check(
        self, name: str, nature: Nature, region: str, now: datetime, but: str | None = None
    ) -> NameCheck:
        return checked_name(self._checked(name, nature, region, now, but), day_in_shanghai(now))

    def _checked(
        self, name: str, nature: Nature, region: str, now: datetime, but: str | None
    ) -> Checked:
        public = None
        if nature is Nature.PRIVATE:
            public = namesakes(self._store.public_names(region, but=but))
        return self._naming.check(
            name, nature.chinese, region=region, on=day_in_shanghai(now), public=public
        )

    def _must_take(self, region: str, actor: Actor, now: datetime) -> None:
        """Raise NotPermitted outside of the actor's regions, BadValue for a code that ended."""
        if not actor.scope.covers(region):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        why = self._in_force(region, day_in_shanghai(now))
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


def checked_name(checked: Checked, today: date) -> NameCheck:
    findings = tuple(
        NameFinding(*each[:6], ask={"zh": each.ask.zh, "en": each.ask.en} if each.ask else None)
        for each in checked.findings
    )
    return NameCheck(checked.verdict, findings, today)


def still(before: NameCheck, check: NameCheck) -> NameCheck:
    """Return the check as taken up by the case that took up the one before, if they agree."""
    return replace(check, settled=before.settled) if before.found == check.found else check


def checks_of(
    names: Sequence[tuple[str, Nature, str]],
    store: KindergartenStore,
    naming: Naming,
    now: datetime,
) -> list[NameCheck]:
    """Return the checks of many (name, nature, region), in order, region by region."""
    today = day_in_shanghai(now)
    by_region: dict[str, list[int]] = defaultdict(list)
    for number, (_, _, region) in enumerate(names):
        by_region[region].append(number)
    found: dict[int, NameCheck] = {}
    for region, numbers in by_region.items():
        public = None
        if any(names[number][1] is Nature.PRIVATE for number in numbers):
            public = namesakes(store.public_names(region))
        told = [(names[number][0], names[number][1].chinese) for number in numbers]
        checked = naming.check_many(told, region=region, on=today, public=public)
        for number, each in zip(numbers, checked, strict=True):
            found[number] = checked_name(each, today)
    return [found[number] for number in range(len(names))]


def place_of(given: Mapping[str, Any] | None) -> Place | None:
    if given is None:
        return None
    lon, lat = to_wgs84(given["lon"], given["lat"], given["datum"])
    corners = tuple((x, y) for x, y in given.get("outline", ()))
    outline = tuple(to_wgs84(x, y, given["datum"]) for x, y in corners)
    return Place(lon, lat, given["lon"], given["lat"], given["datum"], outline, corners)


def content_of(kindergarten: Kindergarten) -> dict[str, Any]:
    """Return what the register was told, without when and what was made of it."""
    document = to_document(kindergarten)
    made = ("_id", "created_at", "changed_at", "was", "name_check", "revision")
    told = document.keys() - {*made, "schema_version"}
    return {name: value for name, value in document.items() if name in told}


def remembering(after: Kindergarten, before: Kindergarten, now: datetime) -> Kindergarten:
    """Return the kindergarten with what it was, where it opened, closed or changed its licence."""
    if (after.open, after.licence) == (before.open, before.licence):
        return after
    return replace(after, was=(*before.was, Was(now, before.open, before.licence)))
