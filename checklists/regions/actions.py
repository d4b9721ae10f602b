"""The verbs of regions: a code is added, a code ends, and what follows from both."""

from dataclasses import replace
from datetime import date, datetime
from time import monotonic
from typing import NamedTuple

from checklists.regions import codes
from checklists.regions.model import AddedRegion, Region, RegionChange
from checklists.regions.store import RegionStore
from checklists.regions.succession import (
    why_not_in_force,
    with_predecessors,
    with_successors,
)
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor, Scope
from media.documents import Transact, Transaction, to_document
from media.pages import Page, cut, read_cursor
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted, StaleRevision, must_be_current

KEPT_SECONDS = 5
"""How long another process may go on without a change recorded by this one."""

MADE = ("recorded_at", "recorded_by", "revision", "schema_version")


class Known(NamedTuple):
    added: dict[str, AddedRegion]
    changes: dict[str, RegionChange]


class Regions:
    """Codes with their dates. What was recorded under a code that ended keeps it."""

    def __init__(
        self,
        store: RegionStore,
        transact: Transact[AddedRegion] | Transact[RegionChange],
        custody: Custody,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._kept: tuple[float, Known] | None = None

    def add(
        self,
        *,
        code: str,
        name: str,
        valid_from: date,
        document: str,
        reason: str,
        actor: Actor,
        now: datetime,
    ) -> AddedRegion:
        """Add a code under the one that its digits name. Sent again it changes nothing.

        Raises NotPermitted outside of the actor's regions, IdTaken for a code that is known.
        """
        _must_cover(actor, codes.parent(code))
        new = AddedRegion(
            code, name, valid_from, document, reason, recorded_at=now, recorded_by=actor.account_id
        )

        def act(tx: Transaction) -> AddedRegion:
            there = {each.id: each for each in self._store.added(tx)}.get(code)
            if there is None and code not in codes.seeded():
                self._store.add(new, tx)
                self._record("region_added", new, actor, now, tx)
                return new
            if there is None or _told(there) != _told(new):
                raise IdTaken(id=code, what=("行政区划", "region"))
            return there

        return self._done(self._transact(act))  # type: ignore[arg-type, return-value]

    def end(
        self,
        *,
        code: str,
        ends_on: date,
        successors: tuple[str, ...],
        document: str,
        reason: str,
        actor: Actor,
        now: datetime,
    ) -> RegionChange:
        """Record that a code ends with a day, and what succeeds it. Sent again: no change.

        Raises NotPermitted unless the code and every successor lie within the actor's regions,
        BadValue for a successor that is none or not in force, IdTaken where it was recorded
        otherwise.
        """
        for each in (codes.checked(code, "code"), *successors):
            codes.checked(each, "successors")
            _must_cover(actor, each)
        new = RegionChange(
            code,
            ends_on,
            tuple(sorted(set(successors))),
            document,
            reason,
            recorded_at=now,
            recorded_by=actor.account_id,
        )

        def act(tx: Transaction) -> RegionChange:
            changes = {each.code: each for each in self._store.changes(tx)}
            there = changes.get(code)
            if there is not None:
                if _told(there) != _told(new):
                    raise IdTaken(id=code, what=("区划变更", "region change"))
                return there
            if code in successors or any(each in changes for each in successors):
                raise BadValue(
                    field="successors",
                    why_zh="承继的区划须为另一个未撤销的代码。",
                    why_en="a successor is another code, and one that does not end itself.",
                )
            self._store.add_change(new, tx)
            self._record("region_ended", new, actor, now, tx)
            return new

        return self._done(self._transact(act))  # type: ignore[arg-type, return-value]

    def withdraw(
        self, code: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> None:
        """Take back a change that was recorded by mistake. Raises NotFound, StaleRevision."""

        def act(tx: Transaction) -> RegionChange:
            there = {each.code: each for each in self._store.changes(tx)}.get(code)
            if there is None or not actor.scope.covers(codes.prefix(code)):
                raise NotFound(what=("区划变更", "region change"))
            must_be_current(seen, there.revision)
            if not self._store.withdraw(code, there.revision, tx):
                raise StaleRevision(seen=seen, current=there.revision)
            self._record("region_change_withdrawn", there, actor, now, tx, why)
            return there

        self._done(self._transact(act))  # type: ignore[arg-type]

    def changes(self) -> tuple[RegionChange, ...]:
        return tuple(self._known().changes.values())

    def page(
        self, *, prefix: str = "", on: date | None = None, cursor: str | None = None, limit: int
    ) -> Page[Region]:
        """Return the codes that begin so, by code; on a day only those valid then."""
        (after,) = read_cursor(cursor, str) if cursor else ("",)
        known = self._known()
        begins = {code: added.valid_from for code, added in known.added.items()}
        found = []
        for code in sorted(codes.names()):
            if code > after and code.startswith(prefix):
                if on is not None and why_not_in_force(code, on, known.changes, begins):
                    continue
                found.append(_region(code, known))
                if len(found) > limit:
                    break
        return cut(found, limit, lambda region: [region.code])

    def why_not(self, code: str, on: date) -> tuple[str, str] | None:
        """Return why a code cannot be taken on a day, in two languages; None where it can."""
        known = self._known()
        if not codes.exists(code):
            return (
                f"没有代码为 {code} 的行政区划",
                f"no region has the code {code}",
            )
        begins = {each: added.valid_from for each, added in known.added.items()}
        return why_not_in_force(code, on, known.changes, begins)

    def reach(self, prefixes: tuple[str, ...], today: date) -> tuple[str, ...]:
        """Return what an account of these prefixes reaches: with what merged into them."""
        changes = self._known().changes
        return with_predecessors(prefixes, changes.values(), today) if changes else prefixes

    def within(self, code: str, on: date, *, actor: Actor) -> list[Scope]:
        """Return the scopes of what a region has by a day, with what merged into it, unsealed.

        All of them hold at once: none leads beyond the actor's own. Raises BadValue, NotPermitted
        for a region that is not the actor's as a whole.
        """
        codes.checked(code, "region")
        _must_cover(actor, code)
        there = self.reach((codes.prefix(code),), on)
        return [actor.scope.unsealed(), replace(EVERYWHERE, regions=there)]

    def reaching(self, code: str, today: date) -> tuple[str, ...]:
        """Return the codes whose accounts reach a region: it, what it merged into, all above."""
        heirs = with_successors(code, self._known().changes.values(), today)
        above = (each for heir in heirs for each in (heir, *codes.ancestors(heir)))
        return tuple(dict.fromkeys(above))

    def succeeds(self, to: str, code: str, on: date) -> bool:
        """Tell whether a code has ended before a day, and the other is its successor."""
        change = self._known().changes.get(code)
        return change is not None and change.has_ended(on) and to in change.successors

    def _known(self) -> Known:
        if self._kept is None or monotonic() - self._kept[0] > KEPT_SECONDS:
            known = Known(
                {each.id: each for each in self._store.added()},
                {each.code: each for each in self._store.changes()},
            )
            for each in known.added.values():
                codes.learn(each.id, each.name)
            self._kept = (monotonic(), known)
        return self._kept[1]

    def _done(self, recorded: object) -> object:
        """Have this process know at once what was recorded."""
        self._kept = None
        self._known()
        return recorded

    def _record(
        self,
        verb: str,
        told: AddedRegion | RegionChange,
        actor: Actor,
        now: datetime,
        tx: Transaction,
        why: str | None = None,
    ) -> None:
        facts = _told(told)
        self._custody.record(
            f"region:{told.id}",
            verb,
            actor=actor,
            now=now,
            why=why or told.reason,
            facts={"code": facts.pop("_id"), **facts},
            tx=tx,
        )


def _must_cover(actor: Actor, code: str) -> None:
    if not actor.scope.covers(codes.prefix(code)):
        raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))


def _told(thing: AddedRegion | RegionChange) -> dict[str, object]:
    return {name: each for name, each in to_document(thing).items() if name not in MADE}


def _region(code: str, known: Known) -> Region:
    added, change = known.added.get(code), known.changes.get(code)
    before = [each.code for each in known.changes.values() if code in each.successors]
    return Region(
        code=code,
        name=codes.name(code),
        full_name=codes.full_name(code),
        valid_from=added.valid_from if added else None,
        valid_until=change.ends_on if change else None,
        successors=change.successors if change else (),
        predecessors=tuple(before),
    )
