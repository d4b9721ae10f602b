"""What the passing of time does to a notice: reminders before its deadline, the lapse after."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from checklists.regions import codes
from inspections.messages.actions import Messages
from inspections.rectification import clock, reminders, telling, workflow
from inspections.rectification.ledger import Ledger
from inspections.rectification.model import Calendar, Notice
from inspections.rectification.store import NoticeStore
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, SERVICE
from media.documents import Transact, Transaction

BATCH = 500

Act = Callable[[str, Transaction], bool]


class UnreadableNotices(Exception):  # noqa: N818 - it names what is to be looked at
    """Notices that this version of the service cannot read; all others were taken care of."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(", ".join(ids))


class Deadlines:
    """The worker's verbs: each stage of each notice is recorded and told once, whoever runs them.

    `stages` are the days before a deadline on which the director is reminded.
    """

    def __init__(
        self,
        store: NoticeStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        stages: Sequence[int] = reminders.STAGES,
    ) -> None:
        self._store = store
        self._transact = transact
        self._messages = messages
        self._ledger = Ledger(store, transact, custody, messages)
        self._stages = tuple(stages)

    def mark_overdue(self, *, now: datetime, limit: int = BATCH) -> int:
        """Mark what lapsed, each once, as of its own deadline; return how many.

        A batch is one transaction, with its history and messages. Raises, when the batch is kept,
        UnreadableNotices.
        """
        ids = self._store.ids_past(now, limit)

        def act(tx: Transaction) -> tuple[int, list[str]]:
            found = self._store.without_clauses(ids, tx)
            notices = [each for each in found if isinstance(each, Notice)]
            lapsed = [workflow.lapse(each) for each in notices if workflow.is_overdue(each, now)]
            self._store.lapse_all([each.id for each in lapsed], tx)
            self._ledger.record_all("notice_overdue", lapsed, now, tx)
            telling.tell_overdue(self._messages, lapsed, now=now, tx=tx)
            return len(lapsed), [each.id for each in found if not isinstance(each, Notice)]

        done, unreadable = self._transact(act) if ids else (0, [])
        if unreadable:
            raise UnreadableNotices(unreadable)
        return int(done)

    def remind(self, *, now: datetime, limit: int = BATCH) -> int:
        """Remind directors of deadlines that come near, each stage once; return how many.

        What was extended, answered or closed since gets no reminder of what it was. Raises, at the
        end, an ExceptionGroup of those that could not be read.
        """

        def act(notice_id: str, tx: Transaction) -> bool:
            notice = self._store.find(notice_id, EVERYWHERE, None, tx)
            stage = reminders.stage_due(notice, now, self._stages) if notice else None
            if notice is None or stage is None:
                return False
            reminded = reminders.remind(notice, stage, now)
            if not self._store.replace(reminded, notice.revision, tx):
                return False
            facts = {**workflow.facts(reminded), "days": stage}
            self._ledger.record("notice_due_soon", reminded, SERVICE, now, None, facts, tx)
            telling.tell_due_soon(self._messages, reminded, stage, now=now, tx=tx)
            return True

        return self._each(self._store.ids_to_remind(now, self._stages, limit), act)

    def reckon_again(self, calendar: Calendar, *, now: datetime) -> int:
        """Reckon every running deadline by a calendar that was announced; return how many moved.

        Each that moved, or is certain now, is recorded and told, and the ladder looks at what is
        overdue again: its days are counted by the calendar too. May be cut off and run again.
        """

        def act(notice_id: str, tx: Transaction) -> bool:
            notice = self._store.find(notice_id, EVERYWHERE, None, tx)
            after = workflow.reckon_again(notice, calendar, at=now) if notice else None
            if notice is None or after is None:
                return False
            if not self._store.replace(after, notice.revision, tx):
                return False
            before = notice.due.isoformat() if notice.due else None
            facts = {**workflow.facts(after), "before": before}
            self._ledger.record("notice_reckoned", after, SERVICE, now, None, facts, tx)
            telling.tell_reckoned(self._messages, after, before, now=now, tx=tx)
            return True

        done, last = 0, None
        while ids := self._store.ids_running(last, BATCH):
            done += self._each(ids, act)
            last = ids[-1]
        self._transact(lambda tx: self.look_again(codes.NATION, now, tx))
        return done

    def to_climb(self, *, now: datetime, limit: int = BATCH) -> list[str]:
        """Return the ids of overdue notices whose next rung of the ladder is to be looked at."""
        return self._store.ids_to_climb(now, limit)

    def running(self, notice_id: str, *, tx: Transaction) -> Notice | None:
        """Return the notice where it is still overdue and not yet verified, for its ladder."""
        notice = self._store.find(notice_id, EVERYWHERE, None, tx)
        if notice is None or notice.overdue_at is None or notice.status not in clock.RUNNING:
            return None
        return notice

    def whole(self, notice_id: str, *, tx: Transaction = None) -> Notice | None:
        """Return the notice whatever became of it."""
        return self._store.find(notice_id, EVERYWHERE, None, tx)

    def climbed(self, notice: Notice, next_at: datetime | None, *, tx: Transaction) -> bool:
        """Keep when the next rung is due; tell whether nobody changed the notice meanwhile."""
        return self._store.replace(replace(notice, climb_at=next_at), notice.revision, tx)

    def look_again(self, region: str, now: datetime, tx: Transaction) -> None:
        """Look at every overdue notice of a region anew: its bureau set another ladder."""
        self._store.look_again(codes.prefix(region), now, tx)

    def _each(self, ids: Sequence[str], act: Act) -> int:
        """Act on each notice in a transaction of its own; what cannot be read holds up no other."""
        done, unreadable = 0, []
        for notice_id in ids:
            try:
                done += self._transact(partial(act, notice_id))
            except ExceptionGroup as fault:
                unreadable.append(fault)
        if unreadable:
            raise ExceptionGroup("notices that cannot be read", unreadable)
        return done


def until_done(take: Callable[[], int]) -> int:
    """Take batch after batch until one is not full; return how many were done."""
    done = 0
    while True:
        batch = take()
        done += batch
        if batch < BATCH:
            return done
