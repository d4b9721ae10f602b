"""The verbs of the annual review."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from inspections.cases.veto.actions import VetoCases
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.supervision import review as rules
from inspections.supervision.model import AnnualReview, Grade, Result, Status, YearFacts
from inspections.supervision.store import LOOK_BACK, ReviewStore
from media.custody.actions import Custody
from media.custody.model import Actor
from media.days import SHANGHAI
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
        messages: Messages,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._register = register
        self._veto = veto
        self._messages = messages

    def result(self, kindergarten_id: str, year: int, *, actor: Actor) -> Result:
        """Return what holds of the kindergarten's year. Raises NotFound."""
        rules.must_be_a_year(year)
        self._register.get(kindergarten_id, actor=actor)
        there = self._store.find(kindergarten_id, year, actor.scope)
        vetoed = self._veto.stands_against(kindergarten_id, year)
        before = self._failed_before(kindergarten_id, year)
        return rules.result(kindergarten_id, year, there, vetoed=vetoed, failed_before=before)

    def compile(self, kindergarten_id: str, year: int, *, actor: Actor) -> YearFacts:
        """Return what the kindergarten's year came to, the veto first, and the grade it speaks for.

        Raises NotFound.
        """
        rules.must_be_a_year(year)
        self._register.get(kindergarten_id, actor=actor)
        begin = datetime(year, 1, 1, tzinfo=SHANGHAI)
        by = {"$lt": begin.replace(year=year + 1)}
        during = {"$gte": begin, **by}

        def count(collection: str, **wanted: Any) -> int:
            return self._store.counted(collection, kindergarten_id, wanted)

        major = {"item.severity": "major_hazard"}
        running = {"status": {"$nin": ["closed", "revoked"]}}
        vetoed = self._veto.stands_against(kindergarten_id, year)
        major_open = count("findings", **major, found_at=by, closed_at=None)
        overdue = count("notices", overdue_at=during)
        notices_open = count("notices", **{"service.served_at": by}, **running)
        suggested, why = rules.suggest(
            vetoed=vetoed, major_open=major_open, notices_overdue=overdue, open_=notices_open
        )
        return YearFacts(
            kindergarten_id,
            year,
            vetoed,
            inspections=count("inspections", status="approved", approved_at=during),
            findings_ordinary=count("findings", found_at=during, **{"item.severity": "ordinary"}),
            findings_major=count("findings", **major, found_at=during),
            major_open=major_open,
            notices_served=count("notices", **{"service.served_at": during}),
            notices_open=notices_open,
            notices_overdue=overdue,
            stoppages=count("stoppages", ordered_at=during),
            stoppages_open=count("stoppages", ordered_at=by, status={"$ne": "lifted"}),
            drills_failed=count("drills", at=during, **{"judgement.verdict": "failed"}),
            dossiers_confirmed=count("dossiers", opened_at=during, status="confirmed"),
            suggested=suggested,
            why=why,
        )

    def publish(
        self, kindergarten_id: str, year: int, *, seen: int | None, actor: Actor, now: datetime
    ) -> Result:
        """Publish the grade that was decided; the director is told. Raises NotFound."""

        def change(there: AnnualReview | None, _: str) -> AnnualReview:
            if there is None:
                raise NotFound(what=("年检", "annual review"))
            return rules.publish(there, by=actor.person_id, at=now)

        return self._change(kindergarten_id, year, "published", change, seen, actor, now, None)

    def _failed_before(self, kindergarten_id: str, year: int) -> int:
        """Return how many years right before it failed, in a row."""
        graded = {
            each.year: each.grade
            for each in self._store.of_years(kindergarten_id, year)
            if each.status is not Status.PROPOSED
        }
        failed, before = 0, year - 1
        while graded.get(before) is Grade.FAILED or (
            failed < LOOK_BACK and self._veto.stands_against(kindergarten_id, before)
        ):
            failed, before = failed + 1, before - 1
        return failed

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
            if (
                after.status is not Status.PUBLISHED
            ):  # a veto since fails what was decided before it
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
                facts={
                    "year": year,
                    "grade": after.grade.value,
                    "vetoed": vetoed,
                    "revision": after.revision,
                },
                tx=tx,
            )
            if after.status is Status.PUBLISHED:
                self._tell(after, Grade.FAILED if vetoed else after.grade, now, tx)
            before = self._failed_before(kindergarten_id, year)
            return rules.result(kindergarten_id, year, after, vetoed=vetoed, failed_before=before)

        return self._transact(act)  # type: ignore[no-any-return]

    def _tell(self, review: AnnualReview, grade: Grade, now: datetime, tx: Transaction) -> None:
        about = About(Topic.REVIEW, review.id, review.region, review.kindergarten_id)
        self._messages.tell(
            Kind.REVIEW_PUBLISHED,
            about=about,
            audience=Audience(directors_of=review.kindergarten_id),
            facts={"year": review.year, "grade": grade.value},
            key=f"review:{review.id}:{review.revision}",
            now=now,
            tx=tx,
        )
