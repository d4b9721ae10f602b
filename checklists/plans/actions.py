"""What can be done with plans: read a text, load packs, import words, record a continuation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from checklists.plans.errors import DatesMissing, PackMismatch
from checklists.plans.known import demonstration_texts, known_plans, packs
from checklists.plans.lines import coverage_lines, requirement_lines
from checklists.plans.model import Continuation, Facts, Plan, Reading, Status
from checklists.plans.packs import (
    plan_id,
    read_pack,
    series,
    unmatched_of,
    with_words,
    write_pack,
)
from checklists.plans.reading import read_file
from checklists.plans.store import PlanStore
from checklists.plans.validity import Judged, Standing, judged, standing
from checklists.regions import codes as regions
from media.custody.actions import Custody
from media.custody.model import SERVICE, Actor, Role
from media.documents import Transact, Transaction
from media.pages import Page, cut, read_cursor
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted, StaleRevision

__all__ = [
    "Judged",
    "Plans",
    "Standing",
    "coverage_lines",
    "demonstration_texts",
    "judged",
    "known_plans",
    "packs",
    "read_file",
    "read_pack",
    "requirement_lines",
    "series",
    "standing",
    "unmatched_of",
    "with_words",
    "write_pack",
]

ENOUGH = 0.9
"""The share of a pack's clauses that a copy must hold to be that plan."""


class Plans:
    def __init__(self, store: PlanStore, transact: Transact[Any], custody: Custody) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody

    def load_packs(self, *, now: datetime) -> int:
        """Add the plans of the packs that are not there yet; return how many were added.

        The fictional city's text is the service's own, so its words come with it. A plan that was
        kept without what became no requirement gets it.
        """
        there = self._store.ids()
        missing = [plan for plan in known_plans(now) if plan.id not in there]
        lacking = self._store.without_unmatched()
        for plan in (each for each in known_plans(now) if each.id in lacking):
            self._complete(plan, now=now)
        own = {
            reading.sha256: (text, reading)
            for text, reading in (read_file(each.encode()) for each in demonstration_texts())
        }
        for plan in missing:
            worded = _worded(plan, *own[plan.sha256]) if plan.sha256 in own else plan
            self._add(worded, actor=SERVICE, now=now)
        return len(missing)

    def upload(
        self,
        data: bytes,
        *,
        actor: Actor,
        now: datetime,
        region: str | None = None,
        **stated: Any,
    ) -> Plan:
        """Take in a plan's text: add its words to a known plan, or make a plan of it.

        `stated` are title, issuer, number, status, valid_from, valid_until and horizon where the
        text does not say them. The same text again changes nothing. Raises NotPermitted, BadValue,
        DatesMissing, and what reading a file raises.
        """
        text, reading = read_file(data)
        for plan in self._store.with_digest(reading.sha256):
            if region in (None, plan.region):
                return self._import(plan, text, reading, actor=actor, now=now)
        if region is None:
            raise DatesMissing(what="适用地区", field="region")
        _must_head(actor, regions.checked(region))
        facts = _stated(reading.facts, stated)
        known = self._store.editions(series(region, facts.title))
        for edition in known:
            if _is_copy(_worded(edition, text, reading), text, reading):
                return self._import(edition, text, reading, actor=actor, now=now)
        plan = _plan(region, facts, reading, now, known[0] if known else None)
        return self._add(plan, actor=actor, now=now)

    def import_text(
        self, data: bytes, *, actor: Actor, now: datetime, region: str | None = None
    ) -> Plan:
        """Add the words of a text to the plan whose pack is here, however the copy is laid out.

        Raises NotFound where no such plan is known, PackMismatch for another edition.
        """
        text, reading = read_file(data)
        found = self._store.with_digest(reading.sha256)
        if not found and region is not None:
            latest = self._store.latest_of(series(region, reading.facts.title))
            found = [latest] if latest else []
        if not found:
            raise NotFound(what=("计划", "plan"))
        worded = _worded(found[0], text, reading)
        if _found(worded) < ENOUGH * len(worded.requirements):
            raise PackMismatch(
                title=worded.title, found=_found(worded), expected=len(worded.requirements)
            )
        return self._import(found[0], text, reading, actor=actor, now=now)

    def get(self, plan_id: str) -> Plan:
        found = self._store.find(plan_id)
        if found is None:
            raise NotFound(what=("计划", "plan"))
        return found

    def page(
        self, *, region: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> Page[Plan]:
        """Return plans by region and id; `region` keeps those at or below a region."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            region=None if region is None else regions.prefix(regions.checked(region)),
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda each: [each.region, each.id])

    def continuations(self, plan_ids: Sequence[str]) -> list[Continuation]:
        return self._store.continuations_of(plan_ids)

    def editions(self, series: str) -> list[Plan]:
        """Return every edition of a plan, the latest first."""
        return self._store.editions(series)

    def judged(self, region: str, on: date, *, whole: bool = False) -> list[Judged]:
        """Return the plans of a region and of those above it, with what each is worth on a day.

        `whole`: with their sentences that became no requirement.
        """
        reach = (regions.checked(region), *regions.ancestors(region))
        plans = self._store.of_regions(reach, whole=whole)
        told = self._store.continuations_of([plan.id for plan in plans])
        return judged(plans, reach, on, told)

    def record_continuation(
        self,
        plan_id: str,
        *,
        number: str,
        decided_on: date,
        reason: str,
        until: date | None = None,
        id: str | None = None,  # noqa: A002 - the wire's word
        actor: Actor,
        now: datetime,
    ) -> Continuation:
        """Record that a plan past its horizon continues in force, by which document and why.

        Raises NotFound, NotPermitted, BadValue for a plan that is a draft, repealed or expired.
        """
        plan = self.get(plan_id)
        _must_head(actor, plan.region)
        told = standing(plan, decided_on)
        if told in (Standing.DRAFT, Standing.REPEALED, Standing.EXPIRED):
            raise BadValue(
                field="plan_id",
                why_zh="征求意见稿、已废止或已过有效期的计划不能记录为继续执行。",
                why_en="a draft, a repealed or an expired plan cannot continue in force.",
            )
        record = Continuation(
            id=id or str(uuid4()),
            plan_id=plan.id,
            number=number,
            decided_on=decided_on,
            reason=reason,
            account_id=actor.account_id,
            person_id=actor.person_id,
            recorded_at=now,
            until=until,
        )

        def act(tx: Transaction) -> Continuation:
            there = self._store.find_continuation(record.id, tx)
            if there is not None:
                if replace(there, recorded_at=now) != record:
                    raise IdTaken(id=record.id, what=("继续执行记录", "continuation"))
                return there
            self._store.add_continuation(record, tx)
            self._custody.record(
                f"plan:{plan.id}",
                "continued",
                actor=actor,
                now=now,
                why=reason,
                facts={"number": number, "decided_on": decided_on.isoformat()},
                tx=tx,
            )
            return record

        done: Continuation = self._transact(act)
        return done

    def _add(self, plan: Plan, *, actor: Actor, now: datetime) -> Plan:
        def act(tx: Transaction) -> Plan:
            there = self._store.find(plan.id, tx)
            if there is not None:
                return there
            self._store.add(plan, tx)
            self._record(plan, "added", actor, now, tx)
            return plan

        done: Plan = self._transact(act)
        return done

    def _complete(self, plan: Plan, *, now: datetime) -> None:
        def act(tx: Transaction) -> None:
            there = self._store.find(plan.id, tx)
            assert there is not None
            told = replace(there, unmatched=plan.unmatched, revision=there.revision + 1)
            if self._store.replace(told, there.revision, tx):
                self._record(told, "completed", SERVICE, now, tx)

        self._transact(act)

    def _import(
        self, plan: Plan, text: str, reading: Reading, *, actor: Actor, now: datetime
    ) -> Plan:
        _must_head(actor, plan.region)
        if plan.imported and plan.text_sha256 == reading.sha256:
            return plan
        worded = replace(_worded(plan, text, reading), revision=plan.revision + 1)

        def act(tx: Transaction) -> Plan:
            if not self._store.replace(worded, plan.revision, tx):
                raise StaleRevision(seen=plan.revision, current=plan.revision + 1)
            self._record(worded, "words_imported", actor, now, tx)
            return worded

        done: Plan = self._transact(act)
        return done

    def _record(self, plan: Plan, verb: str, actor: Actor, now: datetime, tx: Transaction) -> None:
        facts = {
            "title": plan.title,
            "region": plan.region,
            "edition": plan.edition,
            "requirements": len(plan.requirements),
            "unmatched": len(plan.unmatched),
            "sha256": plan.sha256,
            "text_sha256": plan.text_sha256,
        }
        self._custody.record(f"plan:{plan.id}", verb, actor=actor, now=now, facts=facts, tx=tx)


def _must_head(actor: Actor, region: str) -> None:
    if actor is SERVICE:
        return
    if not actor.holds(Role.SUPERVISOR, Role.ADMINISTRATOR):
        raise NotPermitted(
            why=(
                "只有监督员和管理员可以维护计划",
                "plans are kept by supervisors and administrators",
            )
        )
    if not actor.scope.covers(region):
        raise NotPermitted(why=("该地区不在您的管辖范围内", "the region is outside of your scope"))


def _worded(plan: Plan, text: str, reading: Reading) -> Plan:
    digest = sha256(text.encode()).hexdigest()
    return replace(with_words(plan, text, reading), imported=True, text_sha256=digest)


def _found(plan: Plan) -> int:
    return sum(each.quote is not None for each in plan.requirements)


def _is_copy(worded: Plan, text: str, reading: Reading) -> bool:
    """Tell whether a text is the known edition in another layout, and not an amended one.

    A copy holds every clause in the same words and no other: where its sentences are cut
    otherwise, every word of them still stands in a known one.
    """
    if any(each.quote is None for each in worded.clauses):
        return False
    known = bytearray(len(text))
    for each in worded.clauses:
        known[each.start : each.end] = b"\1" * (each.end - each.start)
    read = [(each.start, each.end) for each in reading.requirements]
    read += [(each.start, each.end) for each in reading.unmade]
    return all(
        known[at] or not text[at].isalnum() for start, end in read for at in range(start, end)
    )


def _stated(facts: Facts, stated: dict[str, Any]) -> Facts:
    """Return the facts with what the uploader states where the text is silent."""
    given = {key: value for key, value in stated.items() if value is not None}
    silent = {
        key: value
        for key, value in given.items()
        if key == "status" or getattr(facts, key) in (None, "")
    }
    told = replace(facts, **silent)
    if facts.status is not Status.ISSUED and "status" in given:
        told = replace(told, status=facts.status)
    if not told.title:
        raise DatesMissing(what="标题", field="title")
    dated = told.valid_from or told.valid_until or told.horizon
    if facts.status is Status.ISSUED and not dated and "status" not in given:
        raise DatesMissing(what="状态（现行、试行或征求意见稿）", field="status")
    return told


def _plan(region: str, facts: Facts, reading: Reading, now: datetime, before: Plan | None) -> Plan:
    return Plan(
        id=plan_id(region, reading.sha256),
        region=region,
        title=facts.title,
        issuer=facts.issuer,
        number=facts.number,
        status=facts.status,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        horizon=facts.horizon,
        sha256=reading.sha256,
        requirements=reading.requirements,
        origin="upload",
        added_at=now,
        series=series(region, facts.title),
        edition=before.edition + 1 if before else 1,
        imported=True,
        text_sha256=reading.sha256,
        unmatched=unmatched_of(reading),
    )
