"""Opening a veto case on a complaint."""

from datetime import datetime
from typing import Any

from checklists.generation.actions import Checklists
from inspections.cases.veto.errors import NotAVetoItem
from inspections.cases.veto.ledger import Ledger
from inspections.cases.veto.model import Statement, VetoCase
from inspections.cases.veto.opening import complained_of, member_of
from inspections.cases.veto.store import VetoStore
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.refusals import IdTaken


class Complaints:
    def __init__(
        self,
        store: VetoStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        checklists: Checklists,
    ) -> None:
        self._store = store
        self._transact = transact
        self._ledger = Ledger(store, transact, custody, messages)
        self._register = register
        self._checklists = checklists

    def take_in(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        kindergarten_id: str,
        item_id: str,
        source: str,
        note: str,
        actor: Actor,
        now: datetime,
    ) -> VetoCase:
        """Open a case on a complaint; who takes it in is named on it and does not decide.

        Sent again with the same `id` and content it changes nothing. Raises NotFound,
        NotAVetoItem, IdTaken.
        """
        kindergarten = self._register.get(kindergarten_id, actor=actor)
        day = day_in_shanghai(now)
        checklist = self._checklists.in_force(kindergarten.region, "kindergarten", day)
        items = {each.id: each for each in checklist.items} if checklist else {}
        item = items.get(item_id)
        if item is None or item.severity != "one_vote_veto":
            raise NotAVetoItem(item=item_id)
        said = Statement(now, member_of(actor), note, "not_met")
        made = complained_of(id, kindergarten, item, said, source, at=now)

        def act(tx: Transaction) -> VetoCase:
            there = self._store.find(id, EVERYWHERE, tx)
            if there is not None:
                if not there.names(actor.account_id) or _asked(there) != _asked(made):
                    raise IdTaken(id=id, what=("案件", "case"))
                return there
            facts = {"source": source, "item_id": item_id, "year": made.year}
            self._ledger.add(made, facts, actor, now, tx)
            return made

        return self._transact(act)  # type: ignore[no-any-return]


def _asked(case: VetoCase) -> tuple[str | None, ...]:
    """Return what a complaint's case was opened with."""
    first = case.statements[0]
    return (case.kindergarten_id, case.item.id, case.source, first.note, first.by.account_id)
