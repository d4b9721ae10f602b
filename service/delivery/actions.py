"""The administrator's verbs: receivers, and what became of their deliveries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from checklists.regions.codes import checked, prefix
from inspections.messages.model import Kind
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.pages import Page, cut, place_of, read_cursor, read_place
from media.refusals import IdTaken, NotFound, NotPermitted, StaleRevision, must_be_current
from service.delivery import channels
from service.delivery.errors import RobotHasItsOwn, StepNotAllowed
from service.delivery.mail import Mailer
from service.delivery.model import Channel, Delivery, Receiver, ReceiverView, State
from service.delivery.sender import Sender
from service.delivery.signing import Keeper, SecretUnreadable, make_secret
from service.delivery.store import DeliveryStore


class Receivers:
    """An administrator governs the receivers all of whose regions lie within its own."""

    def __init__(
        self,
        store: DeliveryStore,
        transact: Transact[Any],
        custody: Custody,
        sender: Sender,
        keeper: Keeper,
        mailer: Mailer | None = None,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._sender = sender
        self._keeper = keeper
        self._mailer = mailer

    def add(
        self,
        *,
        url: str = "",
        regions: Sequence[str],
        kinds: Sequence[Kind] = (),
        active: bool = True,
        channel: Channel = Channel.WEBHOOK,
        signing: str = "",
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> ReceiverView:
        """Register a receiver; its secret is told now and never again.

        A robot's key, in its URL, and what it signs with (`signing`) are never told at all.

        Sent again with the same `id` and content it changes nothing and tells no secret. Raises
        NotPermitted, AddressRefused, IdTaken.
        """
        _must_reach(regions, actor)
        if channel is not Channel.EMAIL:
            self._sender.check(url)
        elif self._mailer is not None:
            self._mailer.check()
        secret = make_secret()
        if channel in channels.ROBOTS:
            url, query = channels.parted(url)
            secret = channels.kept_of(query, signing)
        receiver_id = id or str(uuid4())
        receiver = Receiver(
            id=receiver_id,
            url=url,
            regions=tuple(regions),
            kinds=tuple(kinds),
            kept_secret=self._keeper.keep(receiver_id, secret),
            created_at=now,
            changed_at=now,
            active=active,
            channel=channel,
        )

        def act(tx: Transaction) -> ReceiverView:
            there = self._store.receiver(receiver_id, tx)
            if there is not None:
                if not _governs(actor, there) or not self._is_same(there, receiver):
                    raise IdTaken(id=receiver_id, what=("接收方", "receiver"))
                return ReceiverView(there)
            self._store.add_receiver(receiver, tx)
            self._record("receiver_added", receiver, actor, now, None, tx)
            own = channel in (Channel.WEBHOOK, Channel.SMS)
            return ReceiverView(receiver, secret if own else None)

        return self._transact(act)  # type: ignore[no-any-return]

    def page(self, *, actor: Actor, cursor: str | None = None, limit: int) -> Page[ReceiverView]:
        """Return a page of the receivers that the actor governs, by id."""
        (after,) = read_cursor(cursor, str) if cursor else ("",)
        found = [each for each in self._governed(actor) if each.id > after]
        views = [ReceiverView(each) for each in found[: limit + 1]]
        return cut(views, limit, lambda each: [each.receiver.id])

    def get(self, receiver_id: str, *, actor: Actor, tx: Transaction = None) -> ReceiverView:
        """Return a receiver. Raises NotFound."""
        return ReceiverView(self._must_govern(receiver_id, actor, tx))

    def change(
        self,
        receiver_id: str,
        *,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        **facts: Any,
    ) -> ReceiverView:
        """Change what is given; what waits goes to the new address.

        Raises NotFound, StaleRevision, NotPermitted, AddressRefused.
        """
        if "regions" in facts:
            _must_reach(facts["regions"], actor)
        self._must_govern(receiver_id, actor, None)
        if "url" in facts:
            self._sender.check(facts["url"])
        signing = facts.pop("signing", "")

        def act(tx: Transaction) -> ReceiverView:
            before = self._must_govern(receiver_id, actor, tx)
            more = dict(facts)
            if before.channel in channels.ROBOTS and "url" in facts:
                more["url"], query = channels.parted(facts["url"])
                kept = channels.kept_of(query, signing)
                more["kept_secret"] = self._keeper.keep(receiver_id, kept)
            after = replace(before, **more, changed_at=now, revision=before.revision + 1)
            self._replace(after, before, seen, tx)
            self._record("receiver_changed", after, actor, now, why, tx)
            return ReceiverView(after)

        return self._transact(act)  # type: ignore[no-any-return]

    def rotate(
        self, receiver_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> ReceiverView:
        """Give a receiver a new secret, told now; from now on it alone signs."""
        secret = make_secret()

        def act(tx: Transaction) -> ReceiverView:
            before = self._must_govern(receiver_id, actor, tx)
            if before.channel in channels.ROBOTS:
                raise RobotHasItsOwn
            kept = self._keeper.keep(receiver_id, secret)
            after = replace(before, kept_secret=kept, changed_at=now, revision=before.revision + 1)
            self._replace(after, before, seen, tx)
            self._record("receiver_rotated", after, actor, now, why, tx)
            return ReceiverView(after, secret)

        return self._transact(act)  # type: ignore[no-any-return]

    def remove(self, receiver_id: str, *, seen: int | None, actor: Actor, now: datetime) -> None:
        """Remove a receiver with what waits for it; its history stays."""

        def act(tx: Transaction) -> None:
            before = self._must_govern(receiver_id, actor, tx)
            must_be_current(seen, before.revision)
            if not self._store.remove_receiver(receiver_id, before.revision, tx):
                raise StaleRevision(seen=seen, current=before.revision)
            self._record("receiver_removed", before, actor, now, None, tx)

        self._transact(act)

    def deliveries(
        self,
        *,
        actor: Actor,
        state: State | None = None,
        receiver_id: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Delivery]:
        """Return a page of deliveries to the receivers that the actor governs, newest first."""
        ids = [each.id for each in self._governed(actor)]
        found = self._store.deliveries(
            [each for each in ids if receiver_id in (None, each)],
            state=state,
            after=read_place(cursor) if cursor else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda each: place_of(each.at, each.id))

    def retry(self, delivery_id: str, *, actor: Actor, now: datetime) -> Delivery:
        """Have a dead letter, or what waits for its next attempt, tried now.

        Raises NotFound, StepNotAllowed for what has arrived.
        """

        def act(tx: Transaction) -> Delivery:
            found = self._store.delivery(delivery_id, tx)
            receiver = self._store.receiver(found.receiver_id, tx) if found else None
            if found is None or receiver is None or not _governs(actor, receiver):
                raise NotFound(what=("投递", "delivery"))
            if found.state is State.DONE:
                raise StepNotAllowed
            self._store.wait_anew(delivery_id, now, tx)
            facts = {"delivery_id": delivery_id, "message_id": found.message_id}
            self._custody.record(
                f"receiver:{receiver.id}",
                "delivery_retried",
                actor=actor,
                now=now,
                facts=facts,
                tx=tx,
            )
            return replace(found, state=State.WAITING, attempts=0, next_at=now)

        return self._transact(act)  # type: ignore[no-any-return]

    def _is_same(self, one: Receiver, other: Receiver) -> bool:
        """Tell whether two receivers are the same; a robot's key counts, a secret of ours not."""
        if _content(one) != _content(other) or one.channel not in channels.ROBOTS:
            return _content(one) == _content(other)
        try:
            keys = [self._keeper.read(each.id, each.kept_secret) for each in (one, other)]
        except SecretUnreadable:
            return False
        return keys[0] == keys[1]

    def _governed(self, actor: Actor) -> list[Receiver]:
        return [each for each in self._store.receivers() if _governs(actor, each)]

    def _must_govern(self, receiver_id: str, actor: Actor, tx: Transaction) -> Receiver:
        found = self._store.receiver(receiver_id, tx)
        if found is None or not _governs(actor, found):
            raise NotFound(what=("接收方", "receiver"))
        return found

    def _replace(
        self, after: Receiver, before: Receiver, seen: int | None, tx: Transaction
    ) -> None:
        must_be_current(seen, before.revision)
        if not self._store.replace_receiver(after, before.revision, tx):
            raise StaleRevision(seen=seen, current=before.revision)

    def _record(
        self,
        verb: str,
        receiver: Receiver,
        actor: Actor,
        now: datetime,
        why: str | None,
        tx: Transaction,
    ) -> None:
        self._custody.record(
            f"receiver:{receiver.id}",
            verb,
            actor=actor,
            now=now,
            why=why,
            facts=_content(receiver) | {"revision": receiver.revision},
            tx=tx,
        )


def _governs(actor: Actor, receiver: Receiver) -> bool:
    return all(actor.scope.covers(prefix(region)) for region in receiver.regions)


def _must_reach(regions: Sequence[str], actor: Actor) -> None:
    """Raise NotPermitted for a region beyond the actor's, BadValue for one that is none."""
    for region in regions:
        if not actor.scope.covers(prefix(checked(region, "regions"))):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))


def _content(receiver: Receiver) -> dict[str, Any]:
    """Return what was asked for, without the secret."""
    return {
        "url": receiver.url,
        "regions": list(receiver.regions),
        "kinds": [each.value for each in receiver.kinds],
        "active": receiver.active,
        "channel": receiver.channel.value,
    }
