"""The verbs of the annual review."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from inspections.cases.veto.actions import VetoCases
from inspections.kindergartens.actions import Register
from inspections.supervision import review as rules
from inspections.supervision.model import AnnualReview, Grade, Result, Status
from inspections.supervision.store import ReviewStore
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.refusals import NotFound, StaleRevision, must_be_current

Change = Callable[[AnnualReview | None, str], AnnualReview]


class Supervision:
    def __init__(
        self,
        store: ReviewStore,
        transact: Transact[Any],
        custody: Custody,
        register: Register,
        veto: VetoCases,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._register = register
        self._veto = veto

    def result(self, kindergarten_id: str, year: int, *, actor: Actor) -> Result:
        """Return what holds of the kindergarten's year. Raises NotFound."""
        rules.must_be_a_year(year)
        self._register.get(kindergarten_id, actor=actor)
        there = self._store.find(kindergarten_id, year, actor.scope)
        vetoed = self._veto.stands_against(kindergarten_id, year)
        return rules.result(kindergarten_id, year, there, vetoed=vetoed)

    def propose(
        self,
        kindergarten_id: str,
        year: int,
        *,
        grade: Grade,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Result:
        """Propose the year's grade; revision 0 is that of a year without a review.

        Raises VetoStands, ReviewStepNotAllowed.
        """

        def change(there: AnnualReview | None, region: str) -> AnnualReview:
            if there is not None:
                return rules.propose_again(there, grade, why, by=actor.person_id, at=now)
            return AnnualReview(
                id=str(uuid4()),
                kindergarten_id=kindergarten_id,
                region=region,
                year=year,
                grade=grade,
                why=why,
                status=Status.PROPOSED,
                proposed_by=actor.person_id,
                proposed_at=now,
            )

        return self._change(kindergarten_id, year, "proposed", change, seen, actor, now, grade)

    def decide(
        self, kindergarten_id: str, year: int, *, seen: int | None, actor: Actor, now: datetime
    ) -> Result:
        """Decide the grade as it is proposed. Raises OwnReviewProposal, VetoStands, NotFound."""

        def change(there: AnnualReview | None, _: str) -> AnnualReview:
            if there is None:
                raise NotFound(what=("年检", "annual review"))
            return rules.decide(there, by=actor.person_id, at=now)

        return self._change(kindergarten_id, year, "decided", change, seen, actor, now, None)

    def _change(
        self,
        kindergarten_id: str,
        year: int,
        verb: str,
        change: Change,
        seen: int | None,
        actor: Actor,
        now: datetime,
        grade: Grade | None,
    ) -> Result:
        rules.must_be_a_year(year)

        def act(tx: Transaction) -> Result:
            kindergarten = self._register.get(kindergarten_id, actor=actor, tx=tx)
            there = self._store.find(kindergarten_id, year, actor.scope, tx)
            must_be_current(seen, there.revision if there else 0)
            after = change(there, kindergarten.region)
            vetoed = self._veto.stands_against(kindergarten_id, year, tx=tx)
            rules.must_allow(grade or after.grade, vetoed=vetoed)
            if there is None:
                self._store.add(after, tx)
            elif not self._store.replace(after, there.revision, tx):
                raise StaleRevision(seen=there.revision, current=after.revision)
            self._custody.record(
                f"kindergarten:{kindergarten_id}",
                f"annual_review_{verb}",
                actor=actor,
                now=now,
                why=after.why,
                facts={"year": year, "grade": after.grade.value, "revision": after.revision},
                tx=tx,
            )
            return rules.result(kindergarten_id, year, after, vetoed=vetoed)

        return self._transact(act)  # type: ignore[no-any-return]
