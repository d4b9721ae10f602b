"""The verbs of an objection: the director is heard, and somebody without part decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from inspections.bureaus.actions import Bureaus
from inspections.findings.actions import Findings
from inspections.messages.actions import Messages
from inspections.rectification import objection
from inspections.rectification.ledger import Ledger
from inspections.rectification.model import Notice, Objection
from inspections.rectification.store import NoticeStore
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction


class Hearings:
    def __init__(
        self,
        store: NoticeStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        findings: Findings,
        bureaus: Bureaus,
    ) -> None:
        self._ledger = Ledger(store, transact, custody, messages)
        self._findings = findings
        self._bureaus = bureaus

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

        def change(notice: Notice, tx: Transaction) -> Notice:
            days = self._bureaus.rules(notice.region, tx).objection_days
            return objection.file(notice, made, days=days)

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
