"""By which way a person wishes to be told: nothing is sent to whom did not ask for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from inspections.messages.addressing import names_of, names_told
from inspections.messages.model import Kind, Message
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.refusals import NotFound, StaleRevision, must_be_current
from service.delivery.model import Channel, Preference
from service.delivery.store import DeliveryStore

OfficerOf = Callable[[str, datetime], Actor]


class Preferences:
    """`actor_of(account_id, now)` gives the actor that an active account is; NotFound else."""

    def __init__(
        self,
        store: DeliveryStore,
        transact: Transact[Any],
        custody: Custody,
        actor_of: OfficerOf,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._actor_of = actor_of

    def mine(self, *, actor: Actor) -> Preference:
        """Return what the account chose; revision 0 where it chose nothing."""
        return self._store.preference(actor.account_id) or Preference(actor.account_id, revision=0)

    def choose(
        self,
        *,
        phone: str | None,
        email: str | None,
        kinds: tuple[Kind, ...],
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Preference:
        """Choose phone and address, None for neither, and the kinds; none is every kind."""

        def act(tx: Transaction) -> Preference:
            before = self._store.preference(actor.account_id, tx)
            held = before.revision if before else 0
            must_be_current(seen, held)
            chosen = replace(
                Preference(actor.account_id),
                phone=phone,
                email=email,
                kinds=kinds,
                revision=held + 1,
            )
            if not self._store.put_preference(chosen, held, tx):
                raise StaleRevision(seen=held, current=held + 1)
            facts = {"sms": phone is not None, "email": email is not None}
            self._custody.record(
                f"account:{actor.account_id}",
                "preference_chosen",
                actor=actor,
                now=now,
                facts=facts,
                tx=tx,
            )
            return chosen

        return self._transact(act)  # type: ignore[no-any-return]

    def addresses(self, message: Message, channel: Channel, now: datetime) -> list[str]:
        """Return phones or mail addresses of whom the message is told to and who asked for it."""
        if message.seal is not None:
            return []
        told = set(names_told(message.audience, message.about, None))
        found = []
        for each in self._store.preferences_by(channel):
            address = each.phone if channel is Channel.SMS else each.email
            if address is None or (each.kinds and message.kind not in each.kinds):
                continue
            try:
                actor = self._actor_of(each.id, now)
            except NotFound:
                continue
            if told & set(names_of(actor)):
                found.append(address)
        return list(dict.fromkeys(found))
