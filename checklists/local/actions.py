"""The verbs of local items: added, withdrawn, taken into the drafts of their region."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from checklists.catalogue.actions import catalogue
from checklists.decisions.actions import must_be_whole
from checklists.decisions.model import OwnItem
from checklists.local.model import Clause, LocalItem
from checklists.local.store import LocalItemStore
from checklists.plans.actions import Plans
from checklists.regions import codes as regions
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction, to_document
from media.pages import Page, cut, read_cursor
from media.refusals import (
    BadValue,
    IdTaken,
    NotFound,
    NotPermitted,
    StaleRevision,
    must_be_current,
)


class LocalItems:
    def __init__(
        self,
        store: LocalItemStore,
        transact: Transact[Any],
        custody: Custody,
        plans: Plans,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._plans = plans

    def add(
        self,
        *,
        region: str,
        item: OwnItem,
        reason: str,
        basis: str,
        valid_from: date,
        valid_until: date | None = None,
        plan_id: str | None = None,
        words_sha256: str | None = None,
        id: str | None = None,  # noqa: A002 - the wire's word
        actor: Actor,
        now: datetime,
    ) -> LocalItem:
        """Add an item to the drafts of a region and those below it, from a day to a day.

        `plan_id` and `words_sha256` name the clause that it rests on. Sent again with the same id
        it changes nothing. Raises NotPermitted, BadValue, NotDecidable, NotFound, IdTaken.
        """
        if not actor.scope.covers(regions.checked(region)):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        if valid_until is not None and valid_until < valid_from:
            raise BadValue(
                field="valid_until", why_zh="早于生效日期。", why_en="it is before valid_from."
            )
        must_be_whole(item, catalogue())
        made = LocalItem(
            id=id or str(uuid4()),
            region=region,
            item=item,
            reason=reason,
            basis=basis,
            valid_from=valid_from,
            valid_until=valid_until,
            clause=self._clause(region, plan_id, words_sha256),
            added_at=now,
            added_by=actor.person_id,
            account_id=actor.account_id,
        )

        def act(tx: Transaction) -> LocalItem:
            there = self._store.find(made.id, actor.scope, tx)
            if there is not None and replace(there, added_at=now) == made:
                return there
            if self._store.taken(made.id, tx):
                raise IdTaken(id=made.id, what=("本地检查项", "local item"))
            self._store.add(made, tx)
            self._record("local_item_added", made, actor, now, reason, tx)
            return made

        done: LocalItem = self._transact(act)
        return done

    def withdraw(
        self, item_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> LocalItem:
        """Withdraw a local item: drafts made from now on do not ask it."""

        def act(tx: Transaction) -> LocalItem:
            before = self.get(item_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            after = replace(
                before,
                withdrawn_at=before.withdrawn_at or now,
                withdrawn_by=before.withdrawn_by or actor.person_id,
                withdrawn_why=before.withdrawn_why or why,
                revision=before.revision + 1,
            )
            if not self._store.replace(after, before.revision, tx):
                raise StaleRevision(seen=before.revision, current=after.revision)
            self._record("local_item_withdrawn", after, actor, now, why, tx)
            return after

        done: LocalItem = self._transact(act)
        return done

    def get(self, item_id: str, *, actor: Actor, tx: Transaction = None) -> LocalItem:
        found = self._store.find(item_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("本地检查项", "local item"))
        return found

    def page(
        self,
        *,
        actor: Actor,
        region: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[LocalItem]:
        """Return a page of the actor's regions by region and id, withdrawn ones among them."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            actor.scope,
            region=region,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda each: [each.region, each.id])

    def reaching(self, region: str) -> list[LocalItem]:
        """Return those of a region and of the ones above it that were not withdrawn."""
        return self._store.of_regions((region, *regions.ancestors(region)))

    def _clause(self, region: str, plan_id: str | None, words: str | None) -> Clause | None:
        if plan_id is None or words is None:
            return None
        plan = self._plans.get(plan_id)
        found = next((each for each in plan.clauses if each.words_sha256 == words), None)
        if found is None or plan.region not in (region, *regions.ancestors(region)):
            raise NotFound(what=("条款", "clause"))
        return Clause(plan.series, words, plan.id, found.section)

    def _record(
        self, verb: str, item: LocalItem, actor: Actor, now: datetime, why: str, tx: Transaction
    ) -> None:
        kept = to_document(item)
        names = ("region", "item", "basis", "valid_from", "valid_until", "clause", "revision")
        facts = {name: kept[name] for name in names}
        chain = f"local_item:{item.id}"
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=facts, tx=tx)
