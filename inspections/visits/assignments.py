"""The verbs of assigning: which visit is planned for whom, and who takes over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from checklists.generation.actions import Checklists
from inspections.bureaus.actions import Bureaus
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from inspections.recusals.actions import Recusals
from inspections.visits import planning, turns, workflow
from inspections.visits.errors import NoChecklist
from inspections.visits.model import Inspection, Kind, OfficerOf, VisitLedger
from inspections.visits.store import VisitStore
from inspections.visits.telling import tell_step
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor
from media.documents import Transact, Transaction
from media.refusals import IdTaken, StaleRevision


class Assignments:
    """`officer_of(account_id, now)` gives the actor that an active account is; NotFound else."""

    def __init__(
        self,
        store: VisitStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        checklists: Checklists,
        officer_of: OfficerOf,
        recusals: Recusals,
        bureaus: Bureaus,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._messages = messages
        self._register = register
        self._checklists = checklists
        self._officer_of = officer_of
        self._recusals = recusals
        self._bureaus = bureaus

    def plan(
        self,
        *,
        kindergarten_id: str,
        officers: Sequence[str],
        planned_for: date,
        purpose: str,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
        joint: bool = False,
        exception: str | None = None,
    ) -> Inspection:
        """Plan a routine or joint inspection on the checklist in force on its day, and assign it.

        Sent again with the same `id` and content it changes nothing. An `exception` is the reason
        for one visit too many, or by the same officers again. Raises NotFound, NoChecklist,
        TooFewOfficers, NotAnOfficer, OfficerRecused, SameOfficersAgain, TooManyVisits, IdTaken,
        BadValue for a day far off.
        """
        planning.must_be_near(planned_for, now)
        kindergarten = self._register.get(kindergarten_id, actor=actor)
        checklist = self._checklists.in_force(kindergarten.region, "kindergarten", planned_for)
        if checklist is None:
            raise NoChecklist(region=kindergarten.region, on=planned_for.isoformat())
        new_id = id or str(uuid4())
        planned = planning.draw_up(
            id=new_id,
            case_id=new_id,
            kind=Kind.JOINT if joint else Kind.ROUTINE,
            kindergarten=kindergarten,
            checklist=checklist,
            item_ids=planning.items_for(kindergarten, checklist),
            officers=planning.assign(officers, self._officer_of, kindergarten.region, now),
            planned_for=planned_for,
            purpose=purpose,
            actor=actor,
            now=now,
            exception=exception,
        )
        return self._add(planned, actor=actor, now=now)

    def plan_again(
        self,
        first: Inspection,
        *,
        id: str | None,  # noqa: A002 - the wire's word
        item_ids: Sequence[str],
        officers: Sequence[str],
        planned_for: date,
        purpose: str,
        actor: Actor,
        now: datetime,
    ) -> Inspection:
        """Plan the re-inspection of some items of an inspection, on the checklist it pinned."""
        kindergarten = self._register.get(first.kindergarten_id, actor=actor)
        planned = planning.draw_up(
            id=id or str(uuid4()),
            case_id=first.case_id,
            kind=Kind.RE_INSPECTION,
            kindergarten=kindergarten,
            checklist=self._checklists.get(first.checklist_id, actor=actor),
            item_ids=tuple(item_ids),
            officers=planning.assign(officers, self._officer_of, kindergarten.region, now),
            planned_for=planned_for,
            purpose=purpose,
            actor=actor,
            now=now,
        )
        return self._add(planned, actor=actor, now=now)

    def _add(self, planned: Inspection, *, actor: Actor, now: datetime) -> Inspection:
        def act(tx: Transaction) -> Inspection:
            there = self._store.find(planned.id, EVERYWHERE, tx)
            if there is not None:
                if not planning.is_same(there, planned) or not actor.scope.covers(there.region):
                    raise IdTaken(id=planned.id, what=("检查", "inspection"))
                return workflow.as_seen_by(there, actor.person_id)
            self._must_be_its_turn(planned, tx)
            self._store.add(planned, tx)
            facts = {
                "exception": planned.exception,
                "kind": planned.kind.value,
                "kindergarten_id": planned.kindergarten_id,
                "planned_for": planned.planned_for.isoformat(),
                "checklist_id": planned.checklist_id,
                "checklist_sha256": planned.checklist_sha256,
                "officers": [officer.account_id for officer in planned.officers],
            }
            self._record("inspection_planned", planned, actor, now, planned.purpose, facts, tx)
            tell_step(self._messages, "planned", planned, now=now, tx=tx)
            return planned

        return self._transact(act)  # type: ignore[no-any-return]

    def _must_be_its_turn(self, planned: Inspection, tx: Transaction) -> None:
        recused = self._recusals.standing([planned.kindergarten_id], tx=tx)
        turns.must_be_free(planned.officers, {each.person_id for each in recused})
        if planned.kind is Kind.RE_INSPECTION or planned.exception is not None:
            return
        self._store.take_turn(planned.kindergarten_id, tx)
        rules = self._bureaus.rules(planned.region, tx)
        year = planned.planned_for.year
        turns.must_be_within(
            self._store.made_in(planned.kindergarten_id, year, tx), rules.visits_a_year
        )
        latest = self._store.latest(planned.kindergarten_id, rules.same_pair or 0, tx)
        turns.must_change(planned.officers, latest, rules.same_pair)

    def ledger(self, kindergarten_id: str, year: int, *, actor: Actor) -> VisitLedger:
        """Return every visit of the kindergarten in a year, and how many it may have.

        Raises NotFound.
        """
        kindergarten = self._register.get(kindergarten_id, actor=actor)
        return VisitLedger(
            kindergarten.id,
            year,
            tuple(self._store.of_year(kindergarten.id, year, actor.scope)),
            self._store.made_in(kindergarten.id, year, None),
            self._bureaus.rules(kindergarten.region).visits_a_year,
        )

    def open_of(self, account_id: str, *, tx: Transaction) -> list[str]:
        """Return the ids of the visits that still wait for an officer, by day."""
        return [each.id for each in self._store.open_of(account_id, tx)]

    def hand_over(
        self, account_id: str, to: str, *, why: str, actor: Actor, now: datetime, tx: Transaction
    ) -> list[str]:
        """Have another officer take the account's place in every open visit; return their ids.

        Raises NotAnOfficer where that one may not visit there, TooFewOfficers where it is the
        other officer already.
        """
        handed = []
        for before in self._store.open_of(account_id, tx):
            accounts = [
                to if each.account_id == account_id else each.account_id for each in before.officers
            ]
            officers = planning.assign(accounts, self._officer_of, before.region, now)
            recused = self._recusals.standing([before.kindergarten_id], tx=tx)
            turns.must_be_free(officers, {each.person_id for each in recused})
            after = workflow.reassign(before, officers, at=now)
            if not self._store.replace(after, before.revision, tx):
                raise StaleRevision(seen=before.revision, current=after.revision)
            facts = {"from": account_id, "to": to, "officers": accounts}
            self._record("inspection_handed_over", after, actor, now, why, facts, tx)
            tell_step(self._messages, "handed_over", after, now=now, tx=tx)
            handed.append(after.id)
        return handed

    def _record(
        self,
        verb: str,
        inspection: Inspection,
        actor: Actor,
        now: datetime,
        why: str | None,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        chain = f"case:{inspection.case_id}"
        told = {"inspection_id": inspection.id, **facts}
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=told, tx=tx)
