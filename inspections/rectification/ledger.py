"""How a notice is read, listed and changed: at the revision seen, with its history and messages."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from inspections.messages.actions import Messages
from inspections.rectification import telling, workflow
from inspections.rectification.model import Notice, Status, Unreadable
from inspections.rectification.store import NoticeStore
from media.custody.actions import Custody
from media.custody.model import SERVICE, Actor, Note, Role
from media.documents import Transact, Transaction
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound, StaleRevision, must_be_current

LOG = structlog.get_logger("rectification")

Change = Callable[[Notice, Transaction], Notice]


class Ledger:
    """What the verbs of a notice have in common."""

    def __init__(
        self, store: NoticeStore, transact: Transact[Any], custody: Custody, messages: Messages
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._messages = messages

    def get(self, notice_id: str, *, actor: Actor, tx: Transaction = None) -> Notice:
        """Return the notice; a director sees what has been served. Raises NotFound."""
        found = self._store.find(notice_id, actor.scope, _visible(actor), tx)
        if found is None:
            raise NotFound(what=("通知书", "notice"))
        return found

    def page(
        self,
        *,
        actor: Actor,
        status: Sequence[Status] = (),
        kindergarten_id: str | None = None,
        overdue: bool | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Notice]:
        """Return a page of notices by region and id.

        One that cannot be read is left out and logged with its id; the others are there.
        """
        after = read_cursor(cursor, str, str) if cursor else None
        visible = _visible(actor)
        asked = [each.value for each in status] if status else visible
        if visible is not None and asked is not None:
            asked = [each for each in asked if each in visible]
        found = self._store.listed(
            actor.scope,
            statuses=asked,
            kindergarten_id=kindergarten_id,
            overdue=overdue,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        page = cut(found, limit, lambda notice: [notice.region, notice.id])
        for each in page.items:
            if isinstance(each, Unreadable):
                LOG.warning("unreadable", notice=each.id)
        return Page(tuple(each for each in page.items if isinstance(each, Notice)), page.next)

    def change(
        self,
        notice_id: str,
        verb: str,
        change: Change,
        *,
        seen: int | None,
        actor: Actor,
        now: datetime,
        why: str | None = None,
    ) -> Notice:
        """Change one notice at the revision seen, in one transaction with all that follows."""

        def act(tx: Transaction) -> Notice:
            before = self.get(notice_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            after = change(before, tx)
            if not self._store.replace(after, before.revision, tx):
                raise StaleRevision(seen=before.revision, current=after.revision)
            self.record(f"notice_{verb}", after, actor, now, why, workflow.facts(after), tx)
            telling.tell_step(self._messages, verb, after, now=now, tx=tx)
            return after

        return self._transact(act)  # type: ignore[no-any-return]

    def record_all(
        self, verb: str, notices: Sequence[Notice], now: datetime, tx: Transaction
    ) -> None:
        """Write an entry of the service in the history of each notice, in few round trips."""
        notes = [
            Note(
                f"case:{each.case_id}",
                verb,
                None,
                {"notice_id": each.id, "number": each.number, **workflow.facts(each)},
            )
            for each in notices
        ]
        self._custody.record_all(notes, actor=SERVICE, now=now, tx=tx)

    def record(
        self,
        verb: str,
        notice: Notice,
        actor: Actor,
        now: datetime,
        why: str | None,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        """Write an entry of the notice's history."""
        self._custody.record(
            f"case:{notice.case_id}",
            verb,
            actor=actor,
            now=now,
            why=why,
            facts={"notice_id": notice.id, "number": notice.number, **facts},
            tx=tx,
        )


def _visible(actor: Actor) -> list[str] | None:
    """Return the statuses that the actor may see: a director sees what was served, others all."""
    if actor.holds(Role.DIRECTOR):
        return [status.value for status in workflow.SERVED]
    return None
