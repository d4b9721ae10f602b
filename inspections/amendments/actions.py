"""Reading what a new version touches."""

from collections import Counter
from collections.abc import Mapping

from checklists.generation.actions import Checklists
from inspections.amendments.model import Kind, OpenWork, Touched
from inspections.amendments.store import AmendmentStore
from media.custody.model import Actor

MOST = 500
"""So many of each kind are listed."""

FIRST = (Kind.NOTICE, Kind.FINDING, Kind.INSPECTION)
"""What runs against a clock first."""


class Amendments:
    def __init__(self, store: AmendmentStore, checklists: Checklists) -> None:
        self._store = store
        self._checklists = checklists

    def by_plan(self, plan_id: str, *, against: str | None = None, actor: Actor) -> OpenWork:
        """Return the open work on items whose clause an edition changes or drops.

        Raises NotFound where there is no edition before it.
        """
        before, _, changes = self._checklists.changes(plan_id, against=against)
        words = frozenset(each.sha256_before for each in changes if each.sha256_before)
        return self._touched(self._checklists.citing(before.id, words), actor)

    def by_checklist(self, before_id: str, after_id: str, *, actor: Actor) -> OpenWork:
        """Return the open work pinned to a checklist on items that another changes or drops."""
        found = self._checklists.compare(before_id, after_id, actor=actor)
        return self._touched({before_id: (*found.removed, *found.changed)}, actor)

    def _touched(self, asked: Mapping[str, tuple[str, ...]], actor: Actor) -> OpenWork:
        scope = actor.scope.unsealed()
        found: list[Touched] = []
        for checklist_id, items in asked.items():
            found += self._store.inspections(checklist_id, items, scope)
            visits = self._store.visits_of(checklist_id, scope)
            found += self._store.findings(visits, items, scope)
            found += self._store.notices(visits, items, scope)
        found.sort(key=lambda each: (each.region, each.id))
        counts = Counter(each.kind for each in found)
        shown = [
            each for kind in FIRST for each in [one for one in found if one.kind is kind][:MOST]
        ]
        return OpenWork(tuple(shown), {kind.value: counts[kind] for kind in FIRST})
