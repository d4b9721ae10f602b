"""The verbs of checklists: proposed, published by a second person, then as they are."""

from collections.abc import Callable
from datetime import date, datetime
from gzip import compress
from hashlib import sha256
from uuid import uuid4

from checklists.catalogue.actions import catalogue
from checklists.decisions.actions import Decisions
from checklists.generation import comparing, rules
from checklists.generation.model import (
    Checklist,
    ClauseChange,
    Copies,
    Difference,
    Status,
    Subject,
)
from checklists.generation.store import ChecklistStore
from checklists.local.actions import LocalItems
from checklists.plans.actions import Plans
from checklists.plans.model import Plan
from checklists.regions import codes as regions
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.pages import Page, cut, read_cursor
from media.refusals import IdTaken, NotFound, NotPermitted, StaleRevision, must_be_current


class Checklists:
    """`render` gives the bytes that a published checklist is sent as."""

    def __init__(
        self,
        store: ChecklistStore,
        transact: Transact[Checklist],
        custody: Custody,
        plans: Plans,
        decisions: Decisions,
        local: LocalItems,
        render: Callable[[Checklist], bytes],
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._plans = plans
        self._decisions = decisions
        self._local = local
        self._render = render

    def propose(
        self,
        *,
        region: str,
        subject: Subject,
        on: date,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> Checklist:
        """Draw up a draft, with what the bureaux decided and added so far.

        Sent again with the same `id` it changes nothing.
        Raises BadValue for a region that is none, NotPermitted outside of the actor's, IdTaken.
        """
        if not actor.scope.covers(regions.checked(region)):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        judged = self._plans.judged(region, on, whole=True)
        told = self._plans.continuations([each.plan.id for each in judged])
        own = self._local.reaching(region)
        rulings = self._decisions.rulings(region, judged)
        asked = [each for each in own if each.counts(on)]
        drawn = rules.draw_up(judged, subject, catalogue(), rulings, asked)
        draft = Checklist(
            id=id or str(uuid4()),
            region=region,
            subject=subject,
            on=on,
            status=Status.DRAFT,
            items=drawn.items,
            why_empty=drawn.why_empty,
            switched_off=drawn.switched_off,
            to_review=drawn.to_review,
            etag=rules.fingerprint(region, subject, on.isoformat(), drawn),
            proposed_at=now,
            proposed_by=actor.person_id,
            until=rules.last_day(judged, on, told, own),
        )

        def act(tx: Transaction) -> Checklist:
            there = self._store.find(draft.id, tx)
            if there is not None:
                if (there.region, there.subject, there.on) != (region, subject, on):
                    raise IdTaken(id=draft.id, what=("检查表", "checklist"))
                return there
            self._store.add(draft, tx)
            self._record("checklist_proposed", draft, actor, now, tx)
            return draft

        return self._transact(act)

    def publish(
        self, checklist_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Checklist:
        """Publish a draft; it is immutable from then on. Raises OwnProposal for its proposer."""

        def act(tx: Transaction) -> Checklist:
            before = self._must_govern(checklist_id, actor, tx)
            must_be_current(seen, before.revision)
            version = self._store.next_version(before.region, before.subject.value, tx)
            after = rules.publish(before, version=version, by=actor.person_id, at=now)
            self._write(before, after, tx)
            self._store.keep_copies(after.id, self._copies_of(after), tx)
            self._record("checklist_published", after, actor, now, tx)
            return after

        return self._transact(act)

    def withdraw(
        self, checklist_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Checklist:
        """Withdraw a draft."""

        def act(tx: Transaction) -> Checklist:
            before = self._must_govern(checklist_id, actor, tx)
            must_be_current(seen, before.revision)
            after = rules.withdraw(before)
            self._write(before, after, tx)
            self._record("checklist_withdrawn", after, actor, now, tx)
            return after

        return self._transact(act)

    def get(self, checklist_id: str, *, actor: Actor) -> Checklist:
        """Return a checklist; a draft to officials of its region alone. Raises NotFound."""
        found = self._store.find(checklist_id)
        if found is None or not (
            found.status is Status.PUBLISHED or actor.scope.covers(found.region)
        ):
            raise NotFound(what=("检查表", "checklist"))
        return found

    def copies(self, checklist_id: str) -> Copies | None:
        """Return the bytes of a published checklist, None for a draft."""
        return self._store.copies(checklist_id)

    def in_force(self, region: str, subject: str, on: date) -> Checklist | None:
        """Return the newest published checklist of the region, or of its nearest ancestor.

        One whose plans stand otherwise on the day than when it was drawn up no longer counts.
        """
        code = regions.checked(region)
        return self._store.latest((code, *regions.ancestors(code)), subject, on)

    def must_be_in_force(self, region: str, subject: str, on: date) -> Checklist:
        """Return the checklist in force. Raises NotFound where none is."""
        found = self.in_force(region, subject, on)
        if found is None:
            raise NotFound(what=("检查表", "checklist"))
        return found

    def page(
        self,
        *,
        actor: Actor,
        region: str | None = None,
        subject: Subject | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Checklist]:
        """Return a page by region and id: the published ones, and all of the actor's regions."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            region=region,
            subject=subject.value if subject else None,
            scope=actor.scope,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda checklist: [checklist.region, checklist.id])

    def compare(self, before_id: str, after_id: str, *, actor: Actor) -> Difference:
        """Return what the second checklist changes of the first."""
        before, after = (self.get(each, actor=actor) for each in (before_id, after_id))
        return comparing.compare(before, after)

    def changes(
        self, plan_id: str, *, against: str | None = None
    ) -> tuple[Plan, Plan, tuple[ClauseChange, ...]]:
        """Return another edition of a plan, by default the one before, and what the plan changes.

        Raises NotFound where there is none before it, or the other is none of the same plan.
        """
        after = self._plans.get(plan_id)
        editions = self._plans.editions(after.series)
        others = [each for each in editions if each.id == against]
        if against is None:
            others = [each for each in editions if each.edition < after.edition]
        if not others:
            raise NotFound(what=("计划", "plan"))
        changes = comparing.compare_plans(others[0], after, catalogue())
        return others[0], after, changes

    def citing(self, plan_id: str, words: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """Return which items of which published checklists cite such clauses of an edition."""
        return {
            checklist_id: items
            for checklist_id, items in self._store.citing(plan_id, words)
            if items
        }

    def _must_govern(self, checklist_id: str, actor: Actor, tx: Transaction) -> Checklist:
        found = self._store.find(checklist_id, tx)
        if found is None or not actor.scope.covers(found.region):
            raise NotFound(what=("检查表", "checklist"))
        return found

    def _copies_of(self, checklist: Checklist) -> Copies:
        plain = self._render(checklist)
        return Copies(sha256(plain).hexdigest(), plain, compress(plain, mtime=0))

    def _write(self, before: Checklist, after: Checklist, tx: Transaction) -> None:
        if not self._store.replace(after, before.revision, tx):
            raise StaleRevision(seen=before.revision, current=after.revision)

    def _record(
        self, verb: str, checklist: Checklist, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        facts = {
            "region": checklist.region,
            "subject": checklist.subject.value,
            "on": checklist.on.isoformat(),
            "version": checklist.version,
            "etag": checklist.etag,
            "items": len(checklist.items),
            "switched_off": [each.item_id for each in checklist.switched_off],
            "decided": sorted(
                {ruled.id for item in checklist.items for ruled in item.decided}
                | {each.ruled.id for each in checklist.switched_off}
            ),
        }
        chain = f"checklist:{checklist.id}"
        self._custody.record(chain, verb, actor=actor, now=now, facts=facts, tx=tx)
