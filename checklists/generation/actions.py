"""Checklists: proposed by one person, published by another, then unchanged."""

import gzip
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import orjson

from checklists import regions
from checklists.catalogue.actions import catalogue
from checklists.generation.comparing import Change, Difference, compare
from checklists.generation.compiling import compile_items, last_day, why_empty
from checklists.generation.errors import NothingToPublish, OwnProposal, StepNotAllowed
from checklists.generation.lines import canonical, item_line
from checklists.generation.model import Checklist, Item, Standing, Step, Subject
from checklists.generation.schemas import ChecklistSchema
from checklists.generation.store import ChecklistStore, Kept
from checklists.plans.actions import Judged, Plans, judged, known_plans
from media.custody.actions import Custody
from media.custody.model import SERVICE, Actor, Role
from media.documents import Transact, Transaction, to_milliseconds
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound, NotPermitted, StaleRevision

__all__ = [
    "Change",
    "Checklists",
    "Difference",
    "canonical",
    "checklist_from_packs",
    "item_line",
]

_SCHEMA = ChecklistSchema()
MOST_KEPT = 64


def checklist_from_packs(
    region: str, subject: Subject, on: date, *, now: datetime
) -> tuple[tuple[Item, ...], str | None]:
    """Return the items in force by the packs alone, and why there are none where there are none.

    Raises BadValue for a region that is not known.
    """
    reach = (regions.checked(region), *regions.ancestors(region))
    return _compiled(judged(known_plans(now), reach, on), subject, region)


def _compiled(
    plans: Sequence[Judged], subject: Subject, region: str
) -> tuple[tuple[Item, ...], str | None]:
    items = compile_items(plans, subject, catalogue())
    return items, None if items else why_empty(plans, subject, regions.full_name(region))


class Checklists:
    def __init__(
        self, store: ChecklistStore, transact: Transact[Any], custody: Custody, plans: Plans
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._plans = plans
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def propose(
        self, *, region: str, subject: str, on: date, actor: Actor, now: datetime
    ) -> Checklist:
        """Draw up the checklist of a region, a subject and a day. Raises NotPermitted, BadValue."""
        _must_head(actor, regions.checked(region))
        kind = Subject(subject)
        plans = self._plans.judged(region, on)
        told = self._plans.continuations([each.plan.id for each in plans])
        items, why = _compiled(plans, kind, region)
        draft = Checklist(
            id=str(uuid4()),
            region=region,
            subject=kind,
            on=on,
            status=Standing.DRAFT,
            items=items,
            why_empty=why,
            proposed_by=actor.person_id,
            proposed_at=to_milliseconds(now),
            until=last_day(plans, on, told),
        )
        draft = replace(draft, etag=sha256(canonical(draft)).hexdigest())

        def act(tx: Transaction) -> Checklist:
            self._store.add(draft, tx)
            self._record(draft, "proposed", actor, now, tx)
            return draft

        done: Checklist = self._transact(act)
        return done

    def publish(
        self, checklist_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Checklist:
        """Publish a proposed checklist as the next version of its region and subject.

        Raises NotFound, NotPermitted, OwnProposal, StepNotAllowed, NothingToPublish, StaleRevision.
        """

        def act(tx: Transaction) -> Checklist:
            draft = self._at(checklist_id, seen, actor, tx)
            if draft.status is not Standing.DRAFT:
                raise StepNotAllowed(status=draft.status.value, step=Step.PUBLISH.value)
            if actor.person_id == draft.proposed_by:
                raise OwnProposal
            if not draft.items:
                raise NothingToPublish(why=(draft.why_empty, "no plan in force asks anything"))
            published = replace(
                draft,
                status=Standing.PUBLISHED,
                version=self._store.latest_version(draft.region, draft.subject, tx) + 1,
                published_by=actor.person_id,
                published_at=to_milliseconds(now),
                revision=draft.revision + 1,
            )
            published = replace(published, etag=sha256(canonical(published)).hexdigest())
            self._replace(published, draft.revision, tx)
            self._store.keep_bytes(_bytes(published), tx)
            self._record(published, "published", actor, now, tx)
            return published

        done: Checklist = self._transact(act)
        return done

    def withdraw(
        self, checklist_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Checklist:
        """Withdraw a checklist: nothing new is planned on it; what pinned it keeps it."""

        def act(tx: Transaction) -> Checklist:
            there = self._at(checklist_id, seen, actor, tx)
            if there.status is Standing.WITHDRAWN:
                raise StepNotAllowed(status=there.status.value, step=Step.WITHDRAW.value)
            withdrawn = replace(
                there,
                status=Standing.WITHDRAWN,
                withdrawn_by=actor.person_id,
                withdrawn_at=to_milliseconds(now),
                revision=there.revision + 1,
            )
            self._replace(withdrawn, there.revision, tx)
            self._store.drop_bytes(withdrawn.id, tx)
            self._record(withdrawn, "withdrawn", actor, now, tx)
            return withdrawn

        done: Checklist = self._transact(act)
        return done

    def take_step(
        self, checklist_id: str, *, step: Step, seen: int | None, actor: Actor, now: datetime
    ) -> Checklist:
        verb = {Step.PUBLISH: self.publish, Step.WITHDRAW: self.withdraw}[step]
        return verb(checklist_id, seen=seen, actor=actor, now=now)

    def get(self, checklist_id: str, *, actor: Actor) -> Checklist:
        """Return a checklist; who is no official sees only what is published."""
        found = self._store.find(checklist_id)
        if found is None or (found.status is Standing.DRAFT and not _may_see_drafts(actor)):
            raise NotFound(what=("检查表", "checklist"))
        return found

    def kept_bytes(self, checklist_id: str) -> Kept | None:
        """Return the bytes of a published checklist; None where it is not, or no longer."""
        if not self._store.has_bytes(checklist_id):
            self._kept.pop(checklist_id, None)
            return None
        kept = self._kept.get(checklist_id) or self._store.bytes_of(checklist_id)
        if kept is not None:
            self._kept[checklist_id] = kept
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return kept

    def in_force(self, region: str, subject: str, on: date) -> Checklist | None:
        """Return the published checklist that stands on a day; None where there is none.

        It is the region's own, or else that of the nearest region above.
        """
        for each in (regions.checked(region), *regions.ancestors(region)):
            found = self._store.in_force(each, Subject(subject), on)
            if found is not None:
                return found
        return None

    def page(
        self,
        *,
        actor: Actor,
        region: str | None = None,
        subject: Subject | None = None,
        status: Standing | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[Checklist]:
        """Return checklists by region and id, without their items."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            region=None if region is None else regions.prefix(regions.checked(region)),
            subject=subject,
            status=status if _may_see_drafts(actor) else Standing.PUBLISHED,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda each: [each.region, each.id])

    def compare(self, checklist_id: str, other_id: str, *, actor: Actor) -> Difference:
        """Return what changed from one checklist to another."""
        return compare(self.get(checklist_id, actor=actor), self.get(other_id, actor=actor))

    def _at(self, checklist_id: str, seen: int | None, actor: Actor, tx: Transaction) -> Checklist:
        found = self._store.find(checklist_id, tx)
        if found is None:
            raise NotFound(what=("检查表", "checklist"))
        _must_head(actor, found.region)
        if seen is not None and seen != found.revision:
            raise StaleRevision(seen=seen, current=found.revision)
        return found

    def _replace(self, checklist: Checklist, seen: int, tx: Transaction) -> None:
        if not self._store.replace(checklist, seen, tx):
            raise StaleRevision(seen=seen, current=checklist.revision)

    def _record(
        self, checklist: Checklist, verb: str, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        facts = {
            "region": checklist.region,
            "subject": checklist.subject.value,
            "on": checklist.on.isoformat(),
            "version": checklist.version,
            "items": len(checklist.items),
            "sha256": checklist.etag,
        }
        chain = f"checklist:{checklist.id}"
        self._custody.record(chain, verb, actor=actor, now=now, facts=facts, tx=tx)


def _bytes(checklist: Checklist) -> Kept:
    plain = orjson.dumps(_SCHEMA.dump(checklist))
    packed = gzip.compress(plain, compresslevel=9, mtime=0)
    return Kept(checklist.id, checklist.etag, plain, packed)


def _may_see_drafts(actor: Actor) -> bool:
    return actor is SERVICE or actor.holds(Role.INSPECTOR, Role.SUPERVISOR, Role.ADMINISTRATOR)


def _must_head(actor: Actor, region: str) -> None:
    if actor is SERVICE:
        return
    if not actor.holds(Role.SUPERVISOR, Role.ADMINISTRATOR):
        raise NotPermitted(
            why=(
                "只有监督员和管理员可以提出、发布检查表",
                "checklists are proposed and published by supervisors and administrators",
            )
        )
    if not actor.scope.covers(region):
        raise NotPermitted(why=("该地区不在您的管辖范围内", "the region is outside of your scope"))
