"""Many kindergartens at once: found by their codes, written in the caller's transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from checklists.naming.actions import Naming
from inspections.kindergartens.actions import (
    InForce,
    checks_of,
    content_of,
    place_of,
    remembering,
    still,
)
from inspections.kindergartens.model import Kindergarten, NameCheck, Place
from inspections.kindergartens.store import KindergartenStore
from media.custody.actions import Custody
from media.custody.model import Actor, Note, Scope
from media.documents import Transaction

BATCH = 500


class Change(NamedTuple):
    """A kindergarten as it is on record (None: not yet) and as it shall be."""

    before: Kindergarten | None
    after: Kindergarten


class Intake:
    """What the import of tables asks of the register."""

    def __init__(
        self, store: KindergartenStore, custody: Custody, naming: Naming, in_force: InForce
    ) -> None:
        self._store = store
        self._custody = custody
        self._naming = naming
        self._in_force = in_force

    def of_codes(self, codes: Sequence[str], scope: Scope) -> dict[str, Kindergarten]:
        return {str(found.code): found for found in self._store.of_codes(codes, scope)}

    def of_ids(self, ids: Sequence[str], scope: Scope) -> dict[str, Kindergarten]:
        return {found.id: found for found in self._store.of_ids(ids, scope)}

    def taken(self, codes: Sequence[str]) -> set[str]:
        """Return which codes are some kindergarten's, wherever it is."""
        return self._store.codes_taken(codes)

    def every(self, scope: Scope) -> Iterator[Kindergarten]:
        """Yield all that is in scope, by region and id."""
        after: tuple[str, str] | None = None
        while True:
            found = self._store.matching(
                scope, region=None, name=None, verdict=None, after=after, limit=BATCH
            )
            yield from found
            if len(found) < BATCH:
                return
            after = (found[-1].region, found[-1].id)

    def why_not(self, region: str, scope: Scope, on: date) -> tuple[str, str] | None:
        """Return why a kindergarten cannot be entered in a region, in two languages."""
        if not scope.covers(region):
            return ("超出您的管辖区域", "it is outside your regions")
        return self._in_force(region, on)

    def prepare(
        self, rows: Sequence[Mapping[str, Any]], *, actor: Actor, now: datetime
    ) -> list[Change]:
        """Return what each row makes of the register, its name checked.

        A row has all facts, as KindergartenRowSchema loads them.
        """
        there: dict[str, Kindergarten] = {}
        for start in range(0, len(rows), BATCH):
            codes = [row["code"] for row in rows[start : start + BATCH]]
            there |= self.of_codes(codes, actor.scope)
        names = [(row["name"], row["nature"], row["region"]) for row in rows]
        checks = checks_of(names, self._store, self._naming, now)
        return [
            Change(there.get(row["code"]), _made(row, there.get(row["code"]), check, now))
            for row, check in zip(rows, checks, strict=True)
        ]

    def write(
        self,
        changes: Sequence[Change],
        *,
        why: str,
        source: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> bool:
        """Write all of them, each with its history; tell whether none was changed meanwhile.

        `source` names the import on record.
        """
        for start in range(0, len(changes), BATCH):
            batch = changes[start : start + BATCH]
            new = [each.after for each in batch if each.before is None]
            changed = [(each.after, each.before.revision) for each in batch if each.before]
            if new and not self._store.add_all(new, tx):
                return False
            if changed and not self._store.replace_all(changed, tx):
                return False
            notes = [_note(each, why, source) for each in batch]
            self._custody.record_all(notes, actor=actor, now=now, tx=tx)
        return True


def _made(
    row: Mapping[str, Any], before: Kindergarten | None, check: NameCheck, now: datetime
) -> Kindergarten:
    place = _with_outline(place_of(row.get("place")), before.place if before else None)
    facts = {**row, "place": place, "name_check": check, "changed_at": now}
    if before is None:
        return Kindergarten(id=str(uuid4()), created_at=now, **facts)
    if before.name == row["name"]:
        facts["name_check"] = still(before.name_check, check)
    return remembering(replace(before, **facts, revision=before.revision + 1), before, now)


def _with_outline(place: Place | None, before: Place | None) -> Place | None:
    """A table has no outlines: one that is known stays with a point that stays."""
    if place is None or before is None or replace(before, outline=(), given_outline=()) != place:
        return place
    return before


def _note(change: Change, why: str, source: str) -> Note:
    after = change.after
    return Note(
        f"kindergarten:{after.id}",
        "kindergarten_added" if change.before is None else "kindergarten_changed",
        why,
        content_of(after) | {"revision": after.revision, "import_id": source},
    )
