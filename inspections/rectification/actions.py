"""The verbs of rectification, from the draft of a notice to its closure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from inspections.bureaus.actions import Bureaus
from inspections.findings.actions import Findings
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from inspections.rectification import clock, workflow
from inspections.rectification.errors import FindingsNotFree, NotTheReinspection
from inspections.rectification.ledger import Ledger
from inspections.rectification.model import (
    Calendar,
    DayKind,
    Notice,
    Paper,
    Reply,
    Response,
    Service,
    Signing,
    Status,
    Step,
    Way,
)
from inspections.rectification.store import NoticeStore
from inspections.visits import model as visits
from inspections.visits.actions import Inspections, site_of
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor
from media.days import day_in_shanghai
from media.documents import Transact, Transaction, to_milliseconds
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page
from media.records.actions import Numbers
from media.refusals import IdTaken
from media.taking.actions import Taking
from media.taking.model import Subject


class Rectification:
    """`calendar()` gives the announced calendar as it is known now."""

    def __init__(
        self,
        store: NoticeStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        findings: Findings,
        inspections: Inspections,
        plan_again: visits.PlanAgain,
        evidence: EvidenceRoom,
        bureaus: Bureaus,
        numbers: Numbers,
        calendar: Callable[[], Calendar],
    ) -> None:
        self._store = store
        self._transact = transact
        self._ledger = Ledger(store, transact, custody, messages)
        self._register = register
        self._findings = findings
        self._inspections = inspections
        self._plan_again = plan_again
        self._evidence = evidence
        self._taking = Taking(evidence, transact)
        self._bureaus = bureaus
        self._numbers = numbers
        self._calendar = calendar

    def draft(
        self,
        *,
        finding_ids: Sequence[str],
        paper: Paper,
        days: int,
        day_kind: DayKind,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> Notice:
        """Draft an order or a recommendation from findings of one approved inspection.

        Sent again with the same `id` and content it changes nothing. Raises NotFound, NoBasis,
        VetoIsACase, FindingsNotFree, IdTaken.
        """
        notice_id = id or str(uuid4())

        def act(tx: Transaction) -> Notice:
            there = self._store.find(notice_id, EVERYWHERE, None, tx)
            if there is not None:
                same = workflow.asks(there, finding_ids, paper, days, day_kind)
                if not (same and actor.scope.covers(there.region)):
                    raise IdTaken(id=notice_id, what=("通知书", "notice"))
                return there
            found = self._findings.named(finding_ids, actor=actor, tx=tx)
            corrections = workflow.corrections(found, paper)
            inspection = self._inspections.get(found[0].inspection_id, actor=actor, tx=tx)
            notice = Notice(
                id=notice_id,
                case_id=inspection.case_id,
                inspection_id=inspection.id,
                kindergarten_id=inspection.kindergarten_id,
                kindergarten_name=inspection.kindergarten_name,
                region=inspection.region,
                paper=paper,
                corrections=corrections,
                days=days,
                day_kind=day_kind,
                status=Status.DRAFT,
                drafted_at=now,
                drafted_by=actor.person_id,
                visitors=tuple(officer.person_id for officer in inspection.officers),
                changed_at=now,
            )
            if actor.person_id in notice.visitors:
                notice = replace(notice, signatures=(_signing(actor, now),))
            if not self._findings.take_into_notice(finding_ids, notice_id, tx=tx):
                raise FindingsNotFree
            self._store.add(notice, tx)
            facts = {"findings": list(finding_ids), "days": days, "day_kind": day_kind.value}
            self._ledger.record("notice_drafted", notice, actor, now, None, facts, tx)
            return notice

        return self._transact(act)  # type: ignore[no-any-return]

    def get(self, notice_id: str, *, actor: Actor, tx: Transaction = None) -> Notice:
        """Return the notice; a director sees what has been served. Raises NotFound."""
        return self._ledger.get(notice_id, actor=actor, tx=tx)

    def page(self, *, actor: Actor, **asked: Any) -> Page[Notice]:
        """Return a page of notices by region and id; see `Ledger.page` for what may be asked."""
        return self._ledger.page(actor=actor, **asked)

    def issue(self, notice_id: str, *, seen: int | None, actor: Actor, now: datetime) -> Notice:
        """Issue the notice under the bureau's next number of the year."""

        def change(notice: Notice, tx: Transaction) -> Notice:
            year = day_in_shanghai(now).year
            number = self._numbers.next(notice.region, year, tx)
            letter = {Paper.ORDER: "整改", Paper.RECOMMENDATION: "建议"}[notice.paper]
            written = f"{notice.region}教{letter}〔{year}〕{number}号"
            days = self._bureaus.rules(notice.region, tx).objection_days
            return workflow.issue(
                notice, number=written, by=actor.person_id, at=now, objection_days=days
            )

        return self._ledger.change(notice_id, "issued", change, seen=seen, actor=actor, now=now)

    def sign(self, notice_id: str, *, seen: int | None, actor: Actor, now: datetime) -> Notice:
        """Sign the draft, as an officer of its visit; who drafted it there has signed it."""

        def change(notice: Notice, _: Transaction) -> Notice:
            return workflow.sign(notice, _signing(actor, now))

        return self._ledger.change(notice_id, "signed", change, seen=seen, actor=actor, now=now)

    def withdraw(
        self, notice_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Withdraw a notice that was not served; its findings are free again."""

        def change(notice: Notice, tx: Transaction) -> Notice:
            ids = [each.finding_id for each in notice.corrections]
            self._findings.release_from_notice(ids, notice.id, tx=tx)
            return workflow.advance(notice, Step.WITHDRAW, at=now)

        return self._ledger.change(
            notice_id, "withdrawn", change, seen=seen, actor=actor, now=now, why=why
        )

    def serve(
        self,
        notice_id: str,
        *,
        way: Way,
        receiver: str,
        served_at: datetime,
        seen: int | None,
        actor: Actor,
        now: datetime,
        witness: str | None = None,
        remark: str | None = None,
    ) -> Notice:
        """Record how and when the notice reached the director; the clock starts then.

        From now on the director sees the notice and the derivatives of its photos.
        """
        service = Service(way, receiver, served_at, now, actor.person_id, witness, remark)

        def change(notice: Notice, tx: Transaction) -> Notice:
            rules = self._bureaus.rules(notice.region, tx)
            served = workflow.serve(
                notice,
                service,
                self._calendar(),
                first_day_counts=bool(rules.first_day_counts),
                last_day_moves=rules.last_day_moves is not False,
            )
            photos = [id_ for each in served.corrections for id_ in each.evidence_ids]
            self._evidence.disclose(photos, case_id=notice.case_id, actor=actor, now=now, tx=tx)
            return served

        return self._ledger.change(notice_id, "served", change, seen=seen, actor=actor, now=now)

    def acknowledge(
        self, notice_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Record that the director has read it."""

        def change(notice: Notice, _: Transaction) -> Notice:
            return replace(workflow.advance(notice, Step.ACKNOWLEDGE, at=now), acknowledged_at=now)

        return self._ledger.change(
            notice_id, "acknowledged", change, seen=seen, actor=actor, now=now
        )

    def respond(
        self,
        notice_id: str,
        *,
        replies: Sequence[Reply],
        seen: int | None,
        actor: Actor,
        now: datetime,
        statement: str | None = None,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> Notice:
        """Keep the director's answer to every finding still open."""
        response = Response(id or str(uuid4()), now, actor.person_id, tuple(replies), statement)

        def change(notice: Notice, tx: Transaction) -> Notice:
            held = frozenset(self._evidence.ids_of(notice.id, tx=tx))
            return workflow.respond(notice, response, held)

        return self._ledger.change(notice_id, "responded", change, seen=seen, actor=actor, now=now)

    def stop_clock(
        self, notice_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Let the clock stand for a reason: an objection, a suspension."""

        def change(notice: Notice, _: Transaction) -> Notice:
            return clock.stop(notice, why=why, by=actor.person_id, at=now)

        return self._ledger.change(
            notice_id, "clock_stopped", change, seen=seen, actor=actor, now=now, why=why
        )

    def restart_clock(
        self, notice_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Let the clock go on, the rest of the period before it."""

        def change(notice: Notice, _: Transaction) -> Notice:
            service = clock.service_of(notice)
            return clock.restart(
                notice, service, self._calendar(), why=why, by=actor.person_id, at=now
            )

        return self._ledger.change(
            notice_id, "clock_restarted", change, seen=seen, actor=actor, now=now, why=why
        )

    def add_photo(
        self, notice_id: str, data: bytes, *, actor: Actor, now: datetime, **form: Any
    ) -> Evidence:
        """Keep a photo that the director shows with its response."""
        notice = self.get(notice_id, actor=actor)
        kindergarten = self._register.get(notice.kindergarten_id, actor=actor)

        def subject(tx: Transaction) -> Subject:
            held = self.get(notice_id, actor=actor, tx=tx)
            workflow.must_await_response(held)
            belongs = (held.case_id, held.region, held.kindergarten_id)
            return Subject("notice", held.id, *belongs, disclosed=True)

        site = site_of(kindergarten)
        return self._taking.take(data, subject, site=site, actor=actor, now=now, **form)

    def plan_reinspection(
        self,
        notice_id: str,
        *,
        officers: Sequence[str],
        planned_for: date,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
        purpose: str = "复查",
    ) -> visits.Inspection:
        """Plan the visit that verifies the findings still open, within a year from today.

        Raises StepNotAllowed, BadValue for another day, and what planning refuses.
        """
        notice = self.get(notice_id, actor=actor)
        workflow.must_run(notice)
        workflow.must_be_near(planned_for, now)
        left = set(workflow.still_open(notice))
        return self._plan_again(
            self._inspections.get(notice.inspection_id, actor=actor),
            id=id,
            item_ids=[each.item_id for each in notice.corrections if each.finding_id in left],
            officers=officers,
            planned_for=planned_for,
            purpose=purpose,
            actor=actor,
            now=now,
        )

    def count_reinspection(
        self, notice_id: str, inspection_id: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Take over what an approved re-inspection found: verified, or open again."""

        def change(notice: Notice, tx: Transaction) -> Notice:
            visit = self._inspections.get(inspection_id, actor=actor, tx=tx)
            if (
                visit.kind is not visits.Kind.RE_INSPECTION
                or visit.case_id != notice.case_id
                or visit.status is not visits.Status.APPROVED
                or any(each.inspection_id == visit.id for each in notice.rounds)
            ):
                raise NotTheReinspection
            return workflow.find(notice, workflow.outcome(notice, visit, actor.person_id, now))

        return self._ledger.change(
            notice_id, "reinspected", change, seen=seen, actor=actor, now=now
        )

    def close(self, notice_id: str, *, seen: int | None, actor: Actor, now: datetime) -> Notice:
        """Strike the findings off (销号): by a supervisor who made none of the visits."""

        def change(notice: Notice, tx: Transaction) -> Notice:
            closed = workflow.close(notice, by=actor.person_id, at=now)
            self._findings.close([each.finding_id for each in notice.corrections], at=now, tx=tx)
            return closed

        return self._ledger.change(notice_id, "closed", change, seen=seen, actor=actor, now=now)

    def reopen(
        self, notice_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Send a verified notice back instead of closing it."""

        def change(notice: Notice, _: Transaction) -> Notice:
            return workflow.reopen(notice, at=now)

        return self._ledger.change(
            notice_id, "reopened", change, seen=seen, actor=actor, now=now, why=why
        )


def _signing(actor: Actor, now: datetime) -> Signing:
    return Signing(actor.person_id, actor.name, actor.certificate, to_milliseconds(now))
