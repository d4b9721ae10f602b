"""Setting, and telling what is in force."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from checklists.regions import codes
from inspections.bureaus.inheritance import ancestors, in_force
from inspections.bureaus.model import BureauSettings, InForce, Rules
from inspections.bureaus.store import BureauStore
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.records.actions import Records
from media.records.model import Keeping
from media.refusals import NotPermitted, must_be_current

KEEPING = Keeping(
    what=("机关设置", "bureau's settings"),
    chain=lambda held: f"bureau:{held.region}",
    facts=lambda held: {"source": held.source, "rules": _told(held.rules)},
)

Changed = Callable[[str, datetime, Transaction], None]
"""Told, with the region, that its settings changed."""


class Bureaus:
    """`also` are told of each change, in its transaction."""

    def __init__(self, store: BureauStore, transact: Transact[Any], custody: Custody) -> None:
        self._store = store
        self._records: Records[BureauSettings] = Records(store, transact, custody, KEEPING)
        self.also: list[Changed] = []

    def rules(self, region: str, tx: Transaction = None) -> Rules:
        """Return what is in force in the region, every setting resolved."""
        return in_force(region, self._store.of(ancestors(region), tx)).rules

    def in_force(self, region: str, *, actor: Actor) -> InForce:
        """Return what is in force and where it comes from. Raises NotPermitted, BadValue."""
        _must_cover(actor, codes.checked(region, "region"))
        return in_force(region, self._store.of(ancestors(region)))

    def set(
        self,
        region: str,
        *,
        rules: Rules,
        source: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> InForce:
        """Set the region's rules as a whole; revision 0 is that of a region without any.

        Raises NotPermitted, StaleRevision, BadValue for what is no region.
        """
        _must_cover(actor, codes.checked(region, "region"))
        made = BureauSettings(region, region, rules, source, actor.person_id, now)

        def tell(_: BureauSettings, tx: Transaction) -> None:
            for each in self.also:
                each(region, now, tx)

        there = self._store.of([region])
        if not there:
            must_be_current(seen, 0)
            self._records.add(
                made,
                "bureau_set",
                told=lambda held: (held.rules, held.source),
                actor=actor,
                now=now,
                also=tell,
            )
        else:
            self._records.change(
                region,
                "bureau_set",
                lambda held, _: replace(made, revision=held.revision + 1),
                seen=seen,
                actor=actor,
                now=now,
                also=tell,
            )
        return self.in_force(region, actor=actor)


def _must_cover(actor: Actor, region: str) -> None:
    if not actor.scope.covers(region):
        raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))


def _told(rules: Rules) -> dict[str, Any]:
    """Return the rules that are set, as plain JSON values."""
    told: dict[str, Any] = {
        name: value for name, value in vars(rules).items() if value is not None and name != "ladder"
    }
    if rules.ladder is not None:
        told["ladder"] = [
            {**vars(each), "measure": each.measure.value, "departments": list(each.departments)}
            for each in rules.ladder
        ]
    return told
