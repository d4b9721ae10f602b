"""The verbs of veto cases, each view of one among them."""

from datetime import datetime
from typing import Any

from checklists.generation.model import Item
from inspections.cases.veto import decision
from inspections.cases.veto.errors import Barred, CannotBeNamed
from inspections.cases.veto.ledger import Ledger
from inspections.cases.veto.model import (
    Consequence,
    ConsequenceKind,
    Naming,
    Statement,
    Verdict,
    VetoCase,
    Vote,
)
from inspections.cases.veto.opening import found_on_a_visit, member_of
from inspections.cases.veto.store import VetoStore
from inspections.messages.actions import Messages
from inspections.visits.model import Answer, Inspection, OfficerOf, Result
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor, Entry, Role
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound
from media.taking.actions import Taking
from media.taking.model import Subject

SHORT = 200
"""An account is named on few cases at a time."""


class VetoCases:
    """Sealed from the first minute: whoever is not named on a case cannot tell that it is there.

    `officer_of(account_id, now)` gives the actor that an active account is; NotFound else.
    """

    def __init__(
        self,
        store: VetoStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        evidence: EvidenceRoom,
        officer_of: OfficerOf,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._ledger = Ledger(store, transact, custody, messages)
        self._evidence = evidence
        self._taking = Taking(evidence, transact)
        self._officer_of = officer_of

    def hear(
        self,
        matter: str,
        inspection: Inspection,
        answer: Answer,
        item: Item,
        *,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> None:
        """Open the case at the first answer that is not met; add every later answer to it.

        A later answer never closes the case, whatever it says: only two supervisors do.
        """
        said = Statement(
            at=now,
            by=member_of(actor),
            note=answer.note,
            result=answer.result.value,
            value=answer.value,
            evidence_ids=answer.evidence_ids,
        )
        there = self._store.find(matter, EVERYWHERE, tx)
        if there is not None:
            self._ledger.put(
                decision.hear(there, said, at=now), there, "heard", actor, now, None, tx
            )
        elif answer.result is Result.NOT_MET:
            held = self._evidence.ids_under(matter, tx=tx)
            case = found_on_a_visit(matter, inspection, item, said, held, at=now)
            facts = {"inspection_id": inspection.id, "item_id": item.id, "year": case.year}
            self._ledger.add(case, facts, actor, now, tx)

    def add_photo(
        self, matter: str, evidence_id: str, *, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        """Add a photo that was taken for the item, where a case is open on it."""
        there = self._store.find(matter, EVERYWHERE, tx)
        if there is None:
            return
        shown = decision.add_photo(there, evidence_id, at=now)
        if shown is not there:
            self._ledger.put(shown, there, "photo_added", actor, now, None, tx)

    def named_on(self, account_id: str) -> tuple[str, ...]:
        """Return the ids of the cases that the account is named on: its seals."""
        return self._store.ids_naming(account_id)

    def stands_against(self, kindergarten_id: str, year: int, *, tx: Transaction = None) -> bool:
        """Tell whether an upheld case fails the kindergarten's annual review of the year."""
        return self._store.has_upheld(kindergarten_id, year, tx)

    def page(
        self, *, actor: Actor, undecided: bool = False, cursor: str | None = None, limit: int
    ) -> Page[VetoCase]:
        """Return a page of the cases that the actor is named on."""
        (after,) = read_cursor(cursor, str) if cursor else (None,)
        found = self._store.listed(
            actor.scope, actor.account_id, undecided=undecided, after=after, limit=limit + 1
        )
        return cut(found, limit, lambda case: [case.id])

    def to_decide(self, *, actor: Actor) -> list[VetoCase]:
        """Return the undecided cases that the actor may decide now, the oldest first."""
        member = member_of(actor)
        supervisor = actor.holds(Role.SUPERVISOR)
        return [
            case
            for case in self._undecided(actor)
            if decision.may_decide(case, member, supervisor=supervisor)
        ]

    def to_name(self, *, actor: Actor) -> list[VetoCase]:
        """Return the undecided cases of the actor that have too few supervisors to be decided."""
        return [case for case in self._undecided(actor) if decision.lacks_deciders(case)]

    def _undecided(self, actor: Actor) -> list[VetoCase]:
        found = self._store.listed(
            actor.scope, actor.account_id, undecided=True, after=None, limit=SHORT
        )
        return sorted(found, key=lambda case: case.opened_at)

    def view(self, case_id: str, *, actor: Actor, now: datetime) -> VetoCase:
        """Return the case, with the view on record. Raises NotFound for who is not named on it."""

        def act(tx: Transaction) -> VetoCase:
            case = self._ledger.find(case_id, actor, tx)
            self._ledger.record("case_viewed", case, actor, now, None, {}, tx)
            return case

        return self._transact(act)  # type: ignore[no-any-return]

    def history(self, case_id: str, *, actor: Actor, now: datetime) -> list[Entry]:
        """Return everything recorded of the case, this view last."""

        def act(tx: Transaction) -> None:
            case = self._ledger.find(case_id, actor, tx)
            self._ledger.record("history_viewed", case, actor, now, None, {}, tx)

        self._transact(act)
        return self._custody.history(f"case:{case_id}")

    def name(
        self,
        case_id: str,
        *,
        account_id: str,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> VetoCase:
        """Name an account on the case: from now on it sees it. Raises CannotBeNamed."""

        def change(case: VetoCase, _: Transaction) -> VetoCase:
            try:
                found = self._officer_of(account_id, now)
            except NotFound as unknown:
                raise CannotBeNamed(account_id=account_id) from unknown
            if not (
                found.holds(Role.INSPECTOR, Role.SUPERVISOR) and found.scope.covers(case.region)
            ):
                raise CannotBeNamed(account_id=account_id)
            decides = found.holds(Role.SUPERVISOR)
            naming = Naming(member_of(found), now, actor.account_id, why, decides=decides)
            return decision.name(case, naming, at=now)

        facts = {"account_id": account_id}
        return self._ledger.change(case_id, "named", change, seen, actor, now, why, facts)

    def recuse(
        self, case_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> VetoCase:
        """Take oneself off the case for a conflict of interest; this view of it is the last."""

        def change(case: VetoCase, _: Transaction) -> VetoCase:
            return decision.recuse(case, member_of(actor), at=now)

        return self._ledger.change(case_id, "recused", change, seen, actor, now, why)

    def state(
        self,
        case_id: str,
        *,
        note: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> VetoCase:
        """Add a statement; verdicts of an undecided round must be given anew after it."""

        def change(case: VetoCase, _: Transaction) -> VetoCase:
            return decision.hear(case, Statement(now, member_of(actor), note), at=now)

        return self._ledger.change(case_id, "heard", change, seen, actor, now)

    def show(
        self, case_id: str, data: bytes, *, actor: Actor, now: datetime, **form: Any
    ) -> Evidence:
        """Keep a photo under the case's seal."""
        self._ledger.find(case_id, actor, None)

        def subject(tx: Transaction) -> Subject:
            case = self._ledger.find(case_id, actor, tx)
            belongs = (case.id, case.region, case.kindergarten_id)
            return Subject("veto_case", case.id, *belongs, seal=case.seal)

        def then(kept: Evidence, tx: Transaction) -> None:
            self.add_photo(case_id, kept.id, actor=actor, now=now, tx=tx)

        return self._taking.take(data, subject, site=None, actor=actor, now=now, then=then, **form)

    def decide(
        self,
        case_id: str,
        *,
        verdict: Verdict,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> VetoCase:
        """Give one's verdict on the case as it stands at the revision seen.

        Raises Barred, with the refusal on record, for who may not decide.
        """

        def change(case: VetoCase, _: Transaction) -> VetoCase:
            vote = Vote(member_of(actor), verdict, why, now, decision.material(case))
            return decision.decide(case, vote, supervisor=actor.holds(Role.SUPERVISOR))

        facts = {"verdict": verdict.value}
        try:
            return self._ledger.change(case_id, "voted", change, seen, actor, now, why, facts)
        except Barred as refused:
            self._ledger.keep_refusal(case_id, refused, facts, actor, now)
            raise

    def follow(
        self,
        case_id: str,
        *,
        kind: ConsequenceKind,
        text: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        **facts: Any,
    ) -> VetoCase:
        """Record the hiring ban or the legal referral that follows an upheld case.

        Raises NotFound, StepNotAllowed, ConsequenceLacks.
        """
        made = Consequence(kind, now, member_of(actor), text, **facts)

        def change(case: VetoCase, _: Transaction) -> VetoCase:
            return decision.follow(case, made, at=now)

        told = {
            "consequence": kind.value,
            "since": str(made.since or ""),
            "until": str(made.until or ""),
            "department": made.department,
            "number": made.number,
        }
        return self._ledger.change(case_id, "followed", change, seen, actor, now, None, told)

    def review(
        self, case_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> VetoCase:
        """Open a new round, for two others to decide; the verdict stands until they have."""

        def change(case: VetoCase, _: Transaction) -> VetoCase:
            return decision.review(case, by=actor.account_id, why=why, at=now)

        return self._ledger.change(case_id, "review_opened", change, seen, actor, now, why)
