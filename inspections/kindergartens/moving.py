"""Kindergartens of a region that ended move to one that succeeds it, by one recorded act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from checklists.naming.actions import Naming
from inspections.kindergartens.actions import checked_name, content_of
from inspections.kindergartens.errors import NothingToMove
from inspections.kindergartens.model import Kindergarten
from inspections.kindergartens.store import KindergartenStore
from media.custody.actions import Custody
from media.custody.model import Actor, Note
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.refusals import NotFound, NotPermitted, StaleRevision


@dataclass(frozen=True)
class Moved:
    """What one act moved."""

    region: str
    to: str
    count: int


class Moving:
    """`succeeds(to, code, day)` tells whether a code has ended and the other succeeds it."""

    def __init__(
        self,
        store: KindergartenStore,
        transact: Transact[Moved],
        custody: Custody,
        naming: Naming,
        succeeds: Callable[[str, str, date], bool],
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._naming = naming
        self._succeeds = succeeds

    def move(
        self,
        *,
        region: str,
        to: str,
        why: str,
        kindergarten_ids: Sequence[str] | None = None,
        actor: Actor,
        now: datetime,
    ) -> Moved:
        """Move all of a region, or those named; their earlier visits and papers stay under it.

        Done again it moves nothing more. Raises NothingToMove, NotPermitted, NotFound for a
        kindergarten that is not of the region.
        """
        if not (actor.scope.covers(region) and actor.scope.covers(to)):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        if not self._succeeds(to, region, day_in_shanghai(now)):
            raise NothingToMove(region=region, to=to)

        def act(tx: Transaction) -> Moved:
            found = self._store.of_region(region, tx)
            if kindergarten_ids is not None:
                there = {each.id: each for each in found}
                if not there.keys() >= set(kindergarten_ids):
                    raise NotFound(what=("幼儿园", "kindergarten"))
                found = [there[id_] for id_ in dict.fromkeys(kindergarten_ids)]
            if not found:
                return Moved(region, to, 0)
            moved = self._moved(found, to, now)
            pairs = zip(moved, found, strict=True)
            if not self._store.replace_all([(after, was.revision) for after, was in pairs], tx):
                raise StaleRevision(seen=0, current=0)
            notes = [
                Note(
                    f"kindergarten:{each.id}",
                    "kindergarten_moved",
                    why,
                    content_of(each) | {"revision": each.revision, "moved_from": region},
                )
                for each in moved
            ]
            self._custody.record_all(notes, actor=actor, now=now, tx=tx)
            return Moved(region, to, len(moved))

        return self._transact(act)

    def _moved(self, found: Sequence[Kindergarten], to: str, now: datetime) -> list[Kindergarten]:
        today = day_in_shanghai(now)
        names = [(each.name, each.nature.chinese) for each in found]
        checks = self._naming.check_many(names, region=to, on=today)
        return [
            replace(
                each,
                region=to,
                name_check=checked_name(check, today),
                changed_at=now,
                revision=each.revision + 1,
            )
            for each, check in zip(found, checks, strict=True)
        ]
