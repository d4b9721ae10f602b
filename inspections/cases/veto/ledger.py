"""Every write of a veto case: at the revision seen, with its history and who is told of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from inspections.cases.veto import decision
from inspections.cases.veto.errors import Barred
from inspections.cases.veto.model import Status, VetoCase
from inspections.cases.veto.store import VetoStore
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.refusals import NotFound, StaleRevision, must_be_current

Change = Callable[[VetoCase, Transaction], VetoCase]

TOLD = {
    "opened": Kind.CASE_OPENED,
    "named": Kind.CASE_OPENED,
    "review_opened": Kind.CASE_OPENED,
    "reckoned": Kind.CASE_RECKONED,
}
"""What sends the named accounts to look at the case; a verdict is told once it is reached."""


class Ledger:
    def __init__(
        self, store: VetoStore, transact: Transact[Any], custody: Custody, messages: Messages
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._messages = messages

    def find(self, case_id: str, actor: Actor, tx: Transaction) -> VetoCase:
        """Return the case. Raises NotFound for who is not named on it."""
        found = self._store.find(case_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("案件", "case"))
        return found

    def change(
        self,
        case_id: str,
        verb: str,
        change: Change,
        seen: int | None,
        actor: Actor,
        now: datetime,
        why: str | None = None,
        facts: dict[str, Any] | None = None,
    ) -> VetoCase:
        """Change the case at the revision seen, with its history, in one transaction."""

        def act(tx: Transaction) -> VetoCase:
            before = self.find(case_id, actor, tx)
            must_be_current(seen, before.revision)
            after = change(before, tx)
            if after is not before:
                self.put(after, before, verb, actor, now, why, tx, facts)
            return after

        return self._transact(act)  # type: ignore[no-any-return]

    def put(
        self,
        after: VetoCase,
        before: VetoCase,
        verb: str,
        actor: Actor,
        now: datetime,
        why: str | None,
        tx: Transaction,
        facts: dict[str, Any] | None = None,
    ) -> None:
        """Replace the case, put the step on record, and tell the accounts named on it."""
        if not self._store.replace(after, before.revision, tx):
            raise StaleRevision(seen=before.revision, current=after.revision)
        told = {
            "status": after.status.value,
            "standing": after.standing and after.standing.value,
            "material": decision.material(after),
            "revision": after.revision,
            **(facts or {}),
        }
        self.record(f"case_{verb}", after, actor, now, why, told, tx)
        decided = after.status is not before.status and after.status in (
            Status.UPHELD,
            Status.DISMISSED,
        )
        self.tell(Kind.CASE_DECIDED if decided else TOLD.get(verb), after, actor, now, tx)

    def add(
        self, case: VetoCase, facts: dict[str, Any], actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        """Keep a new case, on record and told to the accounts named on it."""
        self._store.add(case, tx)
        self.record("case_opened", case, actor, now, None, facts, tx)
        self.tell(TOLD["opened"], case, actor, now, tx)

    def keep_refusal(
        self, case_id: str, refused: Barred, facts: dict[str, Any], actor: Actor, now: datetime
    ) -> None:
        """Put on record who tried to decide without being free to."""

        def act(tx: Transaction) -> None:
            case = self.find(case_id, actor, tx)
            told = {**facts, "refused": refused.facts["why"][0]}
            self.record("decision_refused", case, actor, now, None, told, tx)

        self._transact(act)

    def record(
        self,
        verb: str,
        case: VetoCase,
        actor: Actor,
        now: datetime,
        why: str | None,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        chain = f"case:{case.id}"
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=facts, tx=tx)

    def tell(
        self, kind: Kind | None, case: VetoCase, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        """Tell the other accounts named on the case to look at it; the message says no more."""
        accounts = {each.member.account_id for each in case.named} - {actor.account_id}
        if kind is None or not accounts:
            return
        self._messages.tell(
            kind,
            about=About(Topic.CASE, case.id, case.region),
            audience=Audience(accounts=tuple(sorted(accounts))),
            facts={"status": case.status.value},
            key=f"case:{case.id}:{kind.value}:{case.revision}",
            now=now,
            tx=tx,
            seal=case.seal,
        )
