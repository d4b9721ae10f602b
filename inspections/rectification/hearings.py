"""What is asked for and decided by another: an objection, and more days."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from inspections.findings.actions import Findings
from inspections.messages.actions import Messages
from inspections.rectification import clock, objection
from inspections.rectification.ledger import Ledger
from inspections.rectification.model import Calendar, Notice, Objection
from inspections.rectification.store import NoticeStore
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction


class Hearings:
    """`calendar()` gives the announced calendar as it is known now."""

    def __init__(
        self,
        store: NoticeStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        findings: Findings,
        calendar: Callable[[], Calendar],
    ) -> None:
        self._ledger = Ledger(store, transact, custody, messages)
        self._findings = findings
        self._calendar = calendar

    def object(
        self,
        notice_id: str,
        *,
        finding_ids: Sequence[str],
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Notice:
        """Object to findings of a served notice; supervisors are told."""
        ids = tuple(dict.fromkeys(finding_ids))
        made = Objection(str(uuid4()), now, actor.person_id, ids, why)

        def change(notice: Notice, _: Transaction) -> Notice:
            return objection.file(notice, made, calendar=self._calendar())

        return self._ledger.change(
            notice_id, "objected", change, seen=seen, actor=actor, now=now, why=why
        )

    def decide(
        self,
        notice_id: str,
        *,
        uphold: bool,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Notice:
        """Uphold or reject it; what is upheld is struck off with its findings."""

        def change(notice: Notice, tx: Transaction) -> Notice:
            waiting = objection.undecided(notice)
            decided = objection.decide(notice, upheld=uphold, why=why, by=actor.person_id, at=now)
            if uphold and waiting is not None:
                self._findings.close(waiting.finding_ids, at=now, tx=tx)
            return decided

        return self._ledger.change(
            notice_id, "objection_decided", change, seen=seen, actor=actor, now=now, why=why
        )

    def ask_for_days(
        self, notice_id: str, *, days: int, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Notice:
        """Ask for more days; somebody else decides."""

        def change(notice: Notice, _: Transaction) -> Notice:
            return clock.ask(notice, days=days, why=why, by=actor.person_id, at=now)

        return self._ledger.change(
            notice_id, "extension_asked", change, seen=seen, actor=actor, now=now, why=why
        )

    def decide_on_days(
        self,
        notice_id: str,
        *,
        approve: bool,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Notice:
        """Approve the days that were asked for, or refuse them; by somebody else than asked."""

        def change(notice: Notice, _: Transaction) -> Notice:
            service = clock.service_of(notice)
            return clock.decide(
                notice, service, self._calendar(), approve=approve, by=actor.person_id, at=now
            )

        verb = "extended" if approve else "extension_refused"
        return self._ledger.change(
            notice_id, verb, change, seen=seen, actor=actor, now=now, why=why
        )
