"""The verbs of deciding: on a clause that became nothing, on what was made of one, on an item."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from checklists.catalogue.actions import catalogue
from checklists.decisions import rules
from checklists.decisions.model import (
    Choice,
    Decision,
    Left,
    OwnItem,
    Rulings,
    Standing,
    Target,
)
from checklists.decisions.store import DecisionStore
from checklists.plans.actions import Judged, Plans
from checklists.plans.model import Plan, Reason
from checklists.regions import codes as regions
from media.custody.actions import Custody
from media.custody.model import Actor, Entry
from media.days import day_in_shanghai
from media.documents import Transact, Transaction, to_document
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound, NotPermitted, StaleRevision, must_be_current

must_be_whole = rules.must_be_whole


@dataclass(frozen=True)
class LeftPage:
    """A page of what became no requirement; `counts` are of the whole plan, by reason."""

    items: tuple[Left, ...]
    next: str | None
    region: str
    counts: Mapping[str, int]
    undecided: int


class Decisions:
    def __init__(
        self,
        store: DecisionStore,
        transact: Transact[Any],
        custody: Custody,
        plans: Plans,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._plans = plans

    def decide(
        self,
        *,
        region: str,
        choice: Choice,
        reason: str,
        plan_id: str | None = None,
        words_sha256: str | None = None,
        control: str | None = None,
        item: OwnItem | None = None,
        to_control: str | None = None,
        threshold: Mapping[str, Any] | None = None,
        preferred: str | None = None,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Standing:
        """Decide on a clause (`plan_id`, `words_sha256`) or an item (`control` alone).

        A decision that stands on the same target is revised; the same again changes nothing.
        Raises NotPermitted outside of the actor's regions, NotFound for a clause that the plan's
        latest edition has not, NotDecidable, StaleRevision.
        """
        if not actor.scope.covers(regions.checked(region)):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        plans = self._plans_over(region, now)
        target = Target(control=control)
        section = None
        if plan_id is not None:
            named = self._plans.get(plan_id)
            target = Target(named.series, words_sha256, control)
            plan = next((each for each in plans if each.series == named.series), None)
            if plan is None or not rules.has(plan, target):
                raise NotFound(what=("条款", "clause"))
            plan_id, section = plan.id, _section(plan, target)
        asked = rules.asking(plans, control) if plan_id is None else []
        decision = Decision(
            id=_identity(region, target),
            region=region,
            target=target,
            choice=choice,
            reason=reason,
            decided_at=now,
            decided_by=actor.person_id,
            account_id=actor.account_id,
            plan_id=plan_id,
            section=section,
            own=item,
            to_control=to_control,
            threshold=threshold,
            preferred=preferred,
            words=tuple(sorted({each.words_sha256 for each in asked})),
        )
        rules.must_go_together(decision, plans, catalogue())
        return rules.stands(self._keep(decision, seen, actor, now), plans)

    def withdraw(
        self, decision_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Standing:
        """Decide that nothing is decided any more; what was decided stays on record."""
        before = self._must_see(decision_id, actor)
        if not actor.scope.covers(before.region):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        after = replace(
            before,
            choice=Choice.WITHDRAWN,
            reason=why,
            decided_at=now,
            decided_by=actor.person_id,
            account_id=actor.account_id,
        )
        kept = self._keep(after, seen, actor, now)
        return rules.stands(kept, self._plans_over(kept.region, now))

    def get(self, decision_id: str, *, actor: Actor, now: datetime) -> Standing:
        """Return a decision of the actor's regions, or of those above them. Raises NotFound."""
        found = self._must_see(decision_id, actor)
        return rules.stands(found, self._plans_over(found.region, now))

    def history(self, decision_id: str, *, actor: Actor) -> list[Entry]:
        """Return every word on the target, the first first."""
        self._must_see(decision_id, actor)
        return self._custody.history(f"decision:{decision_id}")

    def page(
        self,
        *,
        actor: Actor,
        now: datetime,
        region: str | None = None,
        plan_id: str | None = None,
        again: bool = False,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Standing]:
        """Return decisions by region and id: those that reach `region`, else the actor's.

        `again` leaves those of each page that are to be looked at again.
        """
        reach = None if region is None else self._reach(region, actor)
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            actor.scope,
            reach=reach,
            series=self._plans.get(plan_id).series if plan_id else None,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        over = {each: self._plans_over(each, now) for each in {one.region for one in found}}
        told = [rules.stands(each, over[each.region]) for each in found]
        page = cut(told, limit, lambda each: [each.decision.region, each.decision.id])
        left = tuple(each for each in page.items if each.is_open or not again)
        return Page(left, page.next)

    def rulings(self, region: str, judged: list[Judged]) -> Rulings:
        """Return the decisions that hold in a region, with whether they still do.

        `judged` are the plans of the region and those above it, whole.
        """
        reach = (region, *regions.ancestors(region))
        plans = [each.plan for each in judged]
        return rules.nearest(self._store.of_regions(reach), reach, plans)

    def unmatched(
        self,
        plan_id: str,
        *,
        actor: Actor,
        region: str | None = None,
        reason: Reason | None = None,
        undecided: bool = False,
        cursor: str | None = None,
        limit: int,
    ) -> LeftPage:
        """Return what became no requirement in the order of the text, with what was decided.

        `region` is whose decisions are shown: the actor's own where it is not given.
        Raises NotFound for a plan that is not, or does not reach the actor's regions.
        """
        plan = self._plans.get(plan_id)
        shown = self._own_region(plan, actor) if region is None else region
        reach = self._reach(shown, actor)
        if plan.region not in reach:
            raise NotFound(what=("计划", "plan"))
        rulings = rules.nearest(self._store.of_regions(reach), reach, [plan])
        left = [
            Left(each, rulings.by_target.get(Target(plan.series, each.words_sha256)))
            for each in sorted(plan.unmatched, key=lambda clause: (clause.start, clause.end))
        ]
        after = read_cursor(cursor, int, int) if cursor else (-1, -1)
        asked = [
            each
            for each in left
            if (each.clause.start, each.clause.end) > after
            and reason in (None, each.clause.reason)
            and not (undecided and each.standing)
        ]
        page = cut(asked[: limit + 1], limit, lambda each: [each.clause.start, each.clause.end])
        return LeftPage(
            page.items,
            page.next,
            shown,
            Counter(each.clause.reason.value for each in left),
            sum(each.standing is None for each in left),
        )

    def _own_region(self, plan: Plan, actor: Actor) -> str:
        """Return the region in whose name the actor reads a plan. Raises NotFound for none."""
        if actor.scope.covers(plan.region):
            return plan.region
        own = (each.ljust(6, "0") for each in actor.scope.regions)
        found = next((code for code in own if plan.region in regions.ancestors(code)), None)
        if found is None:
            raise NotFound(what=("计划", "plan"))
        return found

    def _reach(self, region: str, actor: Actor) -> tuple[str, ...]:
        if not actor.scope.covers(regions.checked(region)):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        return (region, *regions.ancestors(region))

    def _plans_over(self, region: str, now: datetime) -> list[Plan]:
        day = day_in_shanghai(now)
        return [each.plan for each in self._plans.judged(region, day, whole=True)]

    def _must_see(self, decision_id: str, actor: Actor) -> Decision:
        found = self._store.find(decision_id)
        if found is None or not (
            actor.scope.covers(found.region)
            or any(code.startswith(regions.prefix(found.region)) for code in actor.scope.regions)
        ):
            raise NotFound(what=("决定", "decision"))
        return found

    def _keep(self, decision: Decision, seen: int | None, actor: Actor, now: datetime) -> Decision:
        def act(tx: Transaction) -> Decision:
            there = self._store.find(decision.id, tx)
            if there is None:
                self._store.add(decision, tx)
                self._record(decision, actor, now, tx)
                return decision
            after = replace(decision, revision=there.revision + 1)
            if replace(after, decided_at=there.decided_at, revision=there.revision) == there:
                return there
            must_be_current(seen, there.revision)
            if not self._store.replace(after, there.revision, tx):
                raise StaleRevision(seen=there.revision, current=after.revision)
            self._record(after, actor, now, tx)
            return after

        done: Decision = self._transact(act)
        return done

    def _record(self, decision: Decision, actor: Actor, now: datetime, tx: Transaction) -> None:
        kept = to_document(decision)
        facts = {
            name: kept[name]
            for name in (
                *("region", "target", "choice", "plan_id", "section", "own", "to_control"),
                *("threshold", "preferred", "words", "revision"),
            )
        }
        self._custody.record(
            f"decision:{decision.id}",
            "decision_withdrawn" if decision.choice is Choice.WITHDRAWN else "decided",
            actor=actor,
            now=now,
            why=decision.reason,
            facts=facts,
            tx=tx,
        )


def _identity(region: str, target: Target) -> str:
    """Return the id of what a bureau decides on a target: the same for whoever decides first."""
    named = (region, target.series, target.words_sha256, target.control)
    return str(uuid5(NAMESPACE_URL, "huyuan:decision:" + "|".join(each or "" for each in named)))


def _section(plan: Plan, target: Target) -> str:
    return next(each.section for each in plan.clauses if each.words_sha256 == target.words_sha256)
