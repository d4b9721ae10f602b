"""Declaring and ending a recusal, and telling who is recused where."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from inspections.kindergartens.actions import Register
from inspections.recusals.errors import OwnRecusal, RecusalEnded
from inspections.recusals.model import Recusal
from inspections.recusals.store import RecusalStore
from media.custody.actions import Custody
from media.custody.model import Actor, Role
from media.documents import Transact, Transaction
from media.pages import Page
from media.records.actions import Records
from media.records.model import Keeping
from media.refusals import NotPermitted

KEEPING = Keeping(
    what=("回避", "recusal"),
    chain=lambda held: f"recusal:{held.id}",
    facts=lambda held: {
        "kindergarten_id": held.kindergarten_id,
        "person_id": held.person_id,
        "ended": held.ended_at is not None,
    },
)


class Recusals:
    """`officer_of(account_id, now)` gives the actor that an active account is; NotFound else."""

    def __init__(
        self,
        store: RecusalStore,
        transact: Transact[Any],
        custody: Custody,
        register: Register,
        officer_of: Callable[[str, datetime], Actor],
    ) -> None:
        self._store = store
        self._records: Records[Recusal] = Records(store, transact, custody, KEEPING)
        self._register = register
        self._officer_of = officer_of

    def declare(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        kindergarten_id: str,
        why: str,
        actor: Actor,
        now: datetime,
        account_id: str | None = None,
    ) -> Recusal:
        """Recuse oneself, or, as a supervisor, another officer. Raises NotFound, NotPermitted."""
        whom = account_id or actor.account_id
        if whom != actor.account_id and not actor.holds(Role.SUPERVISOR):
            raise NotPermitted(why=("只能为本人申报回避", "you recuse yourself only"))
        officer = self._officer_of(whom, now)
        kindergarten = self._register.get(kindergarten_id, actor=actor)
        made = Recusal(
            id=id,
            region=kindergarten.region,
            kindergarten_id=kindergarten.id,
            account_id=whom,
            person_id=officer.person_id,
            name=officer.name,
            why=why,
            declared_by=actor.person_id,
            declared_at=now,
        )
        return self._records.add(
            made,
            "recused",
            told=lambda held: (held.kindergarten_id, held.account_id, held.why),
            actor=actor,
            now=now,
            why=why,
        )

    def end(
        self, recusal_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Recusal:
        """End it, by somebody else. Raises NotFound, OwnRecusal, RecusalEnded."""

        def change(held: Recusal, _: Transaction) -> Recusal:
            if held.ended_at is not None:
                raise RecusalEnded
            if held.person_id == actor.person_id:
                raise OwnRecusal
            return replace(
                held,
                ended_at=now,
                ended_by=actor.person_id,
                ended_why=why,
                revision=held.revision + 1,
            )

        return self._records.change(
            recusal_id, "recusal_ended", change, seen=seen, actor=actor, now=now, why=why
        )

    def page(self, *, actor: Actor, **asked: Any) -> Page[Recusal]:
        """Return a page of recusals by region and id."""
        return self._records.page(actor=actor, **asked)

    def standing(self, kindergarten_ids: Sequence[str], *, tx: Transaction = None) -> list[Recusal]:
        """Return the recusals in force at any of the kindergartens."""
        return self._store.standing(list(kindergarten_ids), tx)
