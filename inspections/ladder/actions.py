"""Climbing the ladder, and taking its measures."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from inspections.bureaus.actions import Bureaus
from inspections.bureaus.model import Measure
from inspections.ladder import workflow
from inspections.ladder.model import Attendee, Escalation, Overdue, OverdueNotices, Taken
from inspections.ladder.store import EscalationStore
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.rectification.model import Calendar
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, SERVICE, Actor, Role
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.pages import Page
from media.records.actions import Numbers, Records
from media.records.model import Keeping
from media.refusals import StaleRevision

LETTERS = {
    Measure.REMINDER: "催",
    Measure.FORMAL_INTERVIEW: "约谈",
    Measure.BULLETIN: "通报",
    Measure.SUPERVISED_LISTING: "督办",
    Measure.REFERRAL: "移送",
    Measure.PENALTY_REFERRAL: "移罚",
}
"""The letter of a measure's document number."""

KEEPING = Keeping(
    what=("措施", "measure"),
    chain=lambda held: f"case:{held.case_id}",
    facts=lambda held: {
        "notice_id": held.notice_id,
        "measure": held.measure.value,
        "status": held.status.value,
        "due_since": held.due_since.isoformat(),
        "number": held.taken.number if held.taken else None,
    },
)

BATCH = 200


class Ladder:
    """`calendar()` gives the announced calendar as it is known now."""

    def __init__(
        self,
        store: EscalationStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        bureaus: Bureaus,
        deadlines: OverdueNotices,
        numbers: Numbers,
        calendar: Callable[[], Calendar],
    ) -> None:
        self._store = store
        self._transact = transact
        self._records: Records[Escalation] = Records(store, transact, custody, KEEPING)
        self._messages = messages
        self._bureaus = bureaus
        self._deadlines = deadlines
        self._numbers = numbers
        self._calendar = calendar
        bureaus.also.append(deadlines.look_again)

    def get(self, escalation_id: str, *, actor: Actor, tx: Transaction = None) -> Escalation:
        """Return a measure. Raises NotFound."""
        return self._records.get(escalation_id, actor=actor, tx=tx)

    def page(self, *, actor: Actor, **asked: Any) -> Page[Escalation]:
        """Return a page of measures by region and id, of a notice or in a status."""
        return self._records.page(actor=actor, **asked)

    def take(
        self,
        escalation_id: str,
        *,
        held_on: date,
        text: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        place: str | None = None,
        attendees: tuple[Attendee, ...] = (),
        receipt: str | None = None,
    ) -> Escalation:
        """Record that the measure was taken, under the bureau's next number of its kind.

        Raises NotFound, MeasureStepNotAllowed, RecordLacks, StaleRevision.
        """

        def change(held: Escalation, tx: Transaction) -> Escalation:
            year = day_in_shanghai(now).year
            letter = LETTERS[held.measure]
            number = self._numbers.next(f"{held.region}-{held.measure.value}", year, tx)
            taken = Taken(
                actor.person_id,
                actor.name,
                now,
                held_on,
                text,
                place,
                attendees,
                f"{held.region}教{letter}〔{year}〕{number}号",
                receipt,
            )
            return workflow.take(held, taken)

        def tell(held: Escalation, tx: Transaction) -> None:
            self._tell(
                Kind.MEASURE_TAKEN, held, Audience(directors_of=held.kindergarten_id), now, tx
            )

        return self._records.change(
            escalation_id, "measure_taken", change, seen=seen, actor=actor, now=now, also=tell
        )

    def waive(
        self, escalation_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Escalation:
        """Record that the measure is not taken, and why."""

        def change(held: Escalation, _: Transaction) -> Escalation:
            return workflow.waive(held, why=why, at=now)

        return self._records.change(
            escalation_id, "measure_waived", change, seen=seen, actor=actor, now=now, why=why
        )

    def climb(self, *, now: datetime) -> int:
        """Look at each overdue notice whose next rung is due; return how many measures became due.

        Each is recorded once; of several at once, as after a time down, the highest alone is told.
        """
        done = 0
        while ids := self._deadlines.to_climb(now=now, limit=BATCH):
            done += sum(self._transact(partial(self._climb_one, each, now)) for each in ids)
            if len(ids) < BATCH:
                break
        return done

    def reach(
        self, overdue: Overdue, *, now: datetime, tx: Transaction
    ) -> tuple[int, datetime | None]:
        """Record the rungs that something overdue has reached, and tell the highest.

        Return how many are new, and when to look again, None where no rung is left.
        """
        ladder = self._bureaus.rules(overdue.region, tx).ladder or ()
        made = [each.id for each in self._store.of_notice(overdue.id, tx)]
        climbed = workflow.climb(overdue, ladder, made, self._calendar(), now=now)
        for each in climbed.reached:
            self._records.enter(each, "measure_due", actor=SERVICE, now=now, tx=tx)
        if climbed.reached:
            highest = climbed.reached[-1]
            director = highest.kindergarten_id if highest.measure is Measure.REMINDER else None
            audience = Audience(roles=(Role.SUPERVISOR,), directors_of=director)
            self._tell(Kind.MEASURE_DUE, highest, audience, now, tx)
        return len(climbed.reached), climbed.next_at

    def end_of(self, overdue_id: str, *, now: datetime, tx: Transaction) -> None:
        """End what stands against something that is overdue no more."""
        for held in self._store.of_notice(overdue_id, tx):
            after = workflow.end_at(held, now)
            if after is not None:
                self._records.put(after, held, "measure_ended", actor=SERVICE, now=now, tx=tx)

    def end(self, *, now: datetime) -> int:
        """End what stands against notices that were closed or revoked; return how many."""

        def act(escalation_id: str, tx: Transaction) -> int:
            held = self._store.find(escalation_id, EVERYWHERE, tx)
            notice = self._deadlines.whole(held.notice_id, tx=tx) if held else None
            after = workflow.end(held, notice) if held and notice else None
            if held is None or after is None:
                return 0
            self._records.put(after, held, "measure_ended", actor=SERVICE, now=now, tx=tx)
            return 1

        ids = self._store.of_ended_notices(BATCH)
        return sum(self._transact(partial(act, each)) for each in ids)

    def _climb_one(self, notice_id: str, now: datetime, tx: Transaction) -> int:
        notice = self._deadlines.running(notice_id, tx=tx)
        if notice is None or notice.climb_at is None or notice.climb_at > now:
            return 0
        count, next_at = self.reach(workflow.of_notice(notice), now=now, tx=tx)
        if not self._deadlines.climbed(notice, next_at, tx=tx):
            raise StaleRevision(seen=notice.revision, current=notice.revision + 1)
        return count

    def _tell(
        self, kind: Kind, held: Escalation, audience: Audience, now: datetime, tx: Transaction
    ) -> None:
        self._messages.tell(
            kind,
            about=About(Topic.MEASURE, held.id, held.region, held.kindergarten_id, held.case_id),
            audience=audience,
            facts={
                "measure": held.measure.value,
                "measure_zh": held.measure.told[0],
                "notice": held.notice_number,
                "kindergarten": held.kindergarten_name,
                "number": held.taken.number if held.taken else None,
                "departments": list(held.departments),
            },
            key=f"measure:{held.id}:{kind.value}",
            now=now,
            tx=tx,
        )
