"""The verbs of a defence: the person concerned is told, and heard before a case is upheld."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from inspections.bureaus.actions import Bureaus
from inspections.cases.veto import decision
from inspections.cases.veto.ledger import Ledger
from inspections.cases.veto.model import Defence, Respondent, VetoCase
from inspections.cases.veto.opening import member_of
from inspections.cases.veto.store import VetoStore
from inspections.messages.actions import Messages
from inspections.rectification import calendar as days
from inspections.rectification.model import Calendar, DayKind, Way
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, SERVICE, Actor
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.refusals import BadValue


class Defences:
    """`calendar()` gives the announced calendar as it is known now."""

    def __init__(
        self,
        store: VetoStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        evidence: EvidenceRoom,
        bureaus: Bureaus,
        calendar: Callable[[], Calendar],
    ) -> None:
        self._store = store
        self._transact = transact
        self._ledger = Ledger(store, transact, custody, messages)
        self._evidence = evidence
        self._bureaus = bureaus
        self._calendar = calendar

    def tell(
        self,
        case_id: str,
        *,
        name: str,
        duty: str,
        way: Way,
        told_at: datetime,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> VetoCase:
        """Record that the person concerned was told; the window is the bureau's, in working days.

        Raises NotFound, StepNotAllowed, BadValue for a time that has not come, or a day before the
        case was opened: a window that is over before it is recorded would hear nobody.
        """
        if told_at > now:
            raise BadValue(
                field="told_at",
                why_zh="告知时间晚于现在",
                why_en="it lies in the future",
            )

        def change(case: VetoCase, tx: Transaction) -> VetoCase:
            if day_in_shanghai(told_at) < day_in_shanghai(case.opened_at):
                raise BadValue(
                    field="told_at",
                    why_zh="告知日期早于立案日期",
                    why_en="it lies before the day on which the case was opened",
                )
            window = self._bureaus.rules(case.region, tx).defence_days or 1
            start = day_in_shanghai(told_at)
            last = days.deadline(start, window, DayKind.WORKING, self._calendar())
            told = Respondent(
                name,
                duty,
                way.value,
                told_at,
                now,
                actor.account_id,
                last.due_at,
                last.provisional,
                window,
            )
            return decision.tell(case, told, at=now)

        facts = {"way": way.value, "told_at": told_at.isoformat()}
        return self._ledger.change(case_id, "told", change, seen, actor, now, None, facts)

    def reckon_again(self, calendar: Calendar, *, now: datetime) -> int:
        """Reckon the windows that run by a calendar that was announced; return how many moved."""

        def act(case_id: str, tx: Transaction) -> int:
            held = self._store.find(case_id, EVERYWHERE, tx)
            after = decision.reckon_again(held, calendar, at=now) if held else None
            if held is None or after is None or after.respondent is None:
                return 0
            facts = {"due_at": after.respondent.due_at.isoformat()}
            self._ledger.put(after, held, "reckoned", SERVICE, now, None, tx, facts)
            return 1

        return sum(self._transact(partial(act, each)) for each in self._store.ids_told(now))

    def hear(
        self,
        case_id: str,
        *,
        text: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        waived: bool = False,
        evidence_ids: Sequence[UUID] = (),
    ) -> VetoCase:
        """Record the defence. Raises NotFound, StepNotAllowed, NobodyTold, BadValue."""
        shown = tuple(str(each) for each in evidence_ids)

        def change(case: VetoCase, tx: Transaction) -> VetoCase:
            if not set(shown) <= set(self._evidence.ids_under(case.seal, tx=tx)):
                raise BadValue(
                    field="evidence_ids",
                    why_zh="所附照片不属于本案，请先上传",
                    why_en="it names a photo that is not of this case; send that first",
                )
            defence = Defence(now, member_of(actor), text, waived, shown)
            return decision.defend(case, defence, at=now)

        return self._ledger.change(case_id, "defended", change, seen, actor, now)
