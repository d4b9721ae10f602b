"""What a renaming case shows and what time does to it: photos, the lapse, the ladder."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from inspections.cases.renaming import workflow
from inspections.cases.renaming.model import RenamingCase
from inspections.cases.renaming.store import RenamingStore
from inspections.kindergartens.actions import Register
from inspections.ladder.actions import Ladder
from inspections.ladder.model import Overdue
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.rectification.model import Calendar
from inspections.visits.actions import site_of
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, SERVICE, Actor, Role
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.refusals import NotFound, StaleRevision
from media.taking.actions import Taking
from media.taking.model import Subject

BATCH = 200
NUMBER = "更名案件"


class RenamingProof:
    """The photos of sign, seal and licence, and what follows when a case is overdue."""

    def __init__(
        self,
        store: RenamingStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        evidence: EvidenceRoom,
        ladder: Ladder,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._messages = messages
        self._register = register
        self._taking = Taking(evidence, transact)
        self._ladder = ladder

    def add_photo(
        self,
        case_id: str,
        data: bytes,
        *,
        carrier: str,
        actor: Actor,
        now: datetime,
        **form: Any,
    ) -> Evidence:
        """Keep a photo of the sign, the seal or the licence; a later one takes its place."""
        case = self._get(case_id, actor, None)
        kindergarten = self._register.get(case.kindergarten_id, actor=actor)

        def subject(tx: Transaction) -> Subject:
            held = self._get(case_id, actor, tx)
            belongs = (held.id, held.region, held.kindergarten_id)
            return Subject("renaming", held.id, *belongs, disclosed=True)

        def then(kept: Evidence, tx: Transaction) -> None:
            held = self._get(case_id, actor, tx)
            photos = {**held.photos, carrier: kept.id}
            if photos != held.photos:
                shown = replace(held, photos=photos, revision=held.revision + 1)
                facts = {"carrier": carrier, "evidence_id": kept.id}
                self._put(shown, held, "renaming_shown", actor, now, facts, tx)

        site = site_of(kindergarten)
        return self._taking.take(data, subject, site=site, actor=actor, now=now, then=then, **form)

    def lapse(self, *, now: datetime) -> int:
        """Mark and tell each case that was not answered in its days, once; return how many."""

        def act(case_id: str, tx: Transaction) -> int:
            held = self._store.find(case_id, EVERYWHERE, tx)
            after = workflow.lapse(held, now) if held else None
            if held is None or after is None:
                return 0
            facts = {"due": after.due.isoformat() if after.due else None}
            self._put(after, held, "renaming_overdue", SERVICE, now, facts, tx)
            self._tell(Kind.RENAMING_OVERDUE, after, facts, f"overdue:{facts['due']}", now, tx)
            return 1

        return sum(self._transact(partial(act, each)) for each in self._store.ids_past(now, BATCH))

    def reckon_again(self, calendar: Calendar, *, now: datetime) -> int:
        """Reckon the days that run by a calendar that was announced; return how many moved."""

        def act(case_id: str, tx: Transaction) -> int:
            held = self._store.find(case_id, EVERYWHERE, tx)
            after = workflow.reckon_again(held, calendar, at=now) if held else None
            if held is None or after is None:
                return 0
            days = [each.due.isoformat() if each.due else None for each in (held, after)]
            facts = {"before": days[0], "due": days[1]}
            self._put(after, held, "renaming_reckoned", SERVICE, now, facts, tx)
            event = f"reckoned:{after.revision}"
            self._tell(Kind.RENAMING_RECKONED, after, facts, event, now, tx)
            return 1

        return sum(self._transact(partial(act, each)) for each in self._store.ids_running())

    def climb(self, *, now: datetime) -> int:
        """Have due what the bureau's ladder says of overdue cases; return how many measures."""

        def act(case_id: str, tx: Transaction) -> int:
            held = self._store.find(case_id, EVERYWHERE, tx)
            if held is None or held.climb_at is None or held.climb_at > now:
                return 0
            assert held.overdue_at is not None
            overdue = Overdue(
                held.id,
                NUMBER,
                held.id,
                held.kindergarten_id,
                held.kindergarten_name,
                held.region,
                held.overdue_at,
            )
            count, next_at = self._ladder.reach(overdue, now=now, tx=tx)
            if not self._store.replace(replace(held, climb_at=next_at), held.revision, tx):
                raise StaleRevision(seen=held.revision, current=held.revision + 1)
            return count

        ids = self._store.ids_to_climb(now, BATCH)
        return sum(self._transact(partial(act, each)) for each in ids)

    def _get(self, case_id: str, actor: Actor, tx: Transaction) -> RenamingCase:
        found = self._store.find(case_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("更名案件", "renaming case"))
        return found

    def _tell(
        self,
        kind: Kind,
        case: RenamingCase,
        facts: dict[str, Any],
        event: str,
        now: datetime,
        tx: Transaction,
    ) -> None:
        self._messages.tell(
            kind,
            about=About(Topic.CASE, case.id, case.region, case.kindergarten_id, case.id),
            audience=Audience(roles=(Role.SUPERVISOR,), directors_of=case.kindergarten_id),
            facts={
                "kindergarten": case.kindergarten_name,
                "provisional": case.provisional,
                **facts,
            },
            key=f"renaming:{case.id}:{event}",
            now=now,
            tx=tx,
        )

    def _put(
        self,
        after: RenamingCase,
        before: RenamingCase,
        verb: str,
        actor: Actor,
        now: datetime,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        if not self._store.replace(after, before.revision, tx):
            raise StaleRevision(seen=before.revision, current=after.revision)
        chain = f"case:{after.id}"
        self._custody.record(chain, verb, actor=actor, now=now, facts=facts, tx=tx)
