"""The worker's side: messages are addressed to receivers, and delivered by a few threads.

A delivery is claimed before it is sent and settled after, so that two workers send it once; one
that died in between is sent again, under the same key, when its claim has run out. Each receiver
has one thread at most: a slow one holds up no other.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import structlog

from checklists.regions.codes import prefix
from inspections.messages.actions import Messages
from inspections.messages.model import Message
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from service.accounts.model import Reach
from service.delivery import channels, words
from service.delivery.mail import Letter, Mailer
from service.delivery.model import Channel, Contact, Delivery, Outcome, Receiver
from service.delivery.retries import delay_after
from service.delivery.sender import Sender
from service.delivery.signing import Keeper, SecretUnreadable
from service.delivery.store import DeliveryStore

LOG = structlog.get_logger("delivery")

BATCH = 100
THREADS = 8
CLAIM_SECONDS = 20
"""Longer than a name takes to resolve and a request to be cut."""

TURN = 50
"""How many one receiver is sent before others have their turn."""

LONGEST_REST = 300.0
"""Seconds."""

AddressesOf = Callable[[Message, Channel, datetime], list[str]]

NOBODY = 204
"""The status of what nobody asked for: there is nothing to send."""

ContactsOf = Callable[[str, datetime], tuple[Contact, ...]]


@dataclass(frozen=True)
class _Rest:
    """How long a receiver that fails is left alone, so that it does not hold a thread for ever."""

    failures: int = 0
    until: float = 0.0

    def longer(self, now: float) -> "_Rest":
        failures = self.failures + 1
        return _Rest(failures, now + min(LONGEST_REST, 2.0**failures))


class Post:
    """`contacts_of(kindergarten_id, now)` gives whom to call there; `clock` the time.

    `addresses_of` gives whom a message reaches by SMS or mail; `reach` adds to a receiver's regions
    what merged into them; `mailer` sends mail, None without a server.
    """

    def __init__(
        self,
        store: DeliveryStore,
        transact: Transact[Any],
        messages: Messages,
        sender: Sender,
        keeper: Keeper,
        contacts_of: ContactsOf,
        clock: Callable[[], datetime],
        addresses_of: AddressesOf,
        reach: Reach,
        mailer: Mailer | None = None,
    ) -> None:
        self._store = store
        self._transact = transact
        self._messages = messages
        self._sender = sender
        self._keeper = keeper
        self._contacts_of = contacts_of
        self._clock = clock
        self._addresses_of = addresses_of
        self._reach = reach
        self._mailer = mailer
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="post")
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        self._rests: dict[str, _Rest] = {}
        self._closed = False

    def address(self, limit: int = BATCH) -> int:
        """Make the deliveries of the oldest messages, one for each receiver; return how many."""
        waiting = self._messages.not_handed_on(limit)
        if not waiting:
            return 0
        today = day_in_shanghai(self._clock())
        receivers = [
            (each, self._reach(tuple(prefix(region) for region in each.regions), today))
            for each in self._store.receivers(active=True)
        ]

        def act(tx: Transaction) -> int:
            taken = set(self._messages.hand_on([each.id for each in waiting], tx=tx))
            deliveries = [
                _delivery(message, receiver)
                for message in waiting
                if message.id in taken
                for receiver, reached in receivers
                if wants(receiver, message, reached)
            ]
            self._store.add_deliveries(deliveries, tx)
            return len(taken)

        return self._transact(act)  # type: ignore[no-any-return]

    def dispatch(self) -> int:
        """Give each receiver that something is due for a thread; return how many were given one."""
        due = self._store.receivers_waiting(self._clock())
        started = 0
        for receiver in self._store.receivers(active=True) if due else ():
            with self._lock:
                if receiver.id not in due or receiver.id in self._busy or self._closed:
                    continue
                if receiver.id in self._rests and self._rests[receiver.id].until > monotonic():
                    continue
                self._busy.add(receiver.id)
            self._threads.submit(self._take_turn, receiver.id)
            started += 1
        return started

    def drain(self, receiver_id: str) -> tuple[int, bool]:
        """Send what is due to one receiver, one after another, until one fails.

        Return how many arrived, and whether one failed.
        """
        sent = 0
        while sent < TURN and not self._closed:
            receiver = self._store.receiver(receiver_id)
            if receiver is None or not receiver.active:
                break
            claimed = self._store.claim(
                receiver_id, str(uuid4()), seconds=CLAIM_SECONDS, now=self._clock()
            )
            if claimed is None:
                break
            if not self._deliver(claimed, receiver):
                return sent, True
            sent += 1
        return sent, False

    def close(self) -> None:
        """End after the requests that are under way; what is left waits in the database."""
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _take_turn(self, receiver_id: str) -> None:
        failed = True
        try:
            _, failed = self.drain(receiver_id)
        except Exception as fault:
            LOG.exception("turn failed", receiver=receiver_id, kind=type(fault).__name__)
        finally:
            with self._lock:
                self._busy.discard(receiver_id)
                if failed:
                    before = self._rests.get(receiver_id, _Rest())
                    self._rests[receiver_id] = before.longer(monotonic())
                else:
                    self._rests.pop(receiver_id, None)

    def _deliver(self, delivery: Delivery, receiver: Receiver) -> bool:
        """Tell whether the delivery arrived; what came of it is written."""
        outcome = self._attempt(delivery, receiver)
        now = self._clock()
        chance = random.random()  # noqa: S311 - spread, no secret
        delay = None if outcome.arrived else delay_after(delivery.attempts, chance)
        next_at = None if delay is None else now + delay
        self._store.settle(delivery, outcome, next_at=next_at, now=now)
        if not outcome.arrived:
            LOG.warning(
                "not delivered" if next_at else "dead letter",
                delivery=delivery.id,
                receiver=receiver.id,
                attempts=delivery.attempts,
                status=outcome.status,
                error=outcome.error,
            )
        return outcome.arrived

    def _attempt(self, delivery: Delivery, receiver: Receiver) -> Outcome:
        message = self._messages.find(delivery.message_id)
        if message is None:
            return Outcome(error="the message is gone")
        try:
            secret = self._keeper.read(receiver.id, receiver.kept_secret)
        except SecretUnreadable:
            return Outcome(error="the receiver's secret cannot be read: rotate it")
        return self._sent(delivery, receiver, secret, message)

    def _sent(
        self, delivery: Delivery, receiver: Receiver, secret: str, message: Message
    ) -> Outcome:
        """Send the message over the receiver's channel."""
        key, now, channel = delivery.id, self._clock(), receiver.channel
        if channel in (Channel.SMS, Channel.EMAIL):
            addresses = self._addresses_of(message, channel, now)
            if not addresses:
                return Outcome(status=NOBODY)
        if channel is Channel.EMAIL:
            if self._mailer is None:
                return Outcome(error="no mail server is set")
            letter = Letter(key, words.sentence(message), message.at)
            return self._mailer.send(letter, addresses, but=delivery.reached)
        if channel is Channel.WEBHOOK:
            made = channels.as_webhook(receiver.url, key, self._payload(message, now), secret, now)
        elif channel is Channel.SMS:
            text = words.sentence(message)
            payload = channels.sms_payload(key, addresses, text, message.kind.value, message.at)
            made = channels.as_webhook(receiver.url, key, payload, secret, now)
        else:
            text = words.sentence(message)
            made = channels.as_robot(channel, receiver.url, key, text, secret, now)
        return channels.verdict(channel, self._sender.send(made.url, made.body, made.headers))

    def _payload(self, message: Message, now: datetime) -> dict[str, Any]:
        """Return what is sent; of a sealed matter no more than that there is something."""
        if message.seal is not None:
            return {"id": message.id, "kind": message.kind.value}
        payload: dict[str, Any] = {
            "id": message.id,
            "kind": message.kind.value,
            "at": message.at.isoformat(timespec="milliseconds"),
            "about": {
                "kind": message.about.kind.value,
                "id": message.about.id,
                "region": message.about.region,
                "kindergarten_id": message.about.kindergarten_id,
                "case_id": message.about.case_id,
            },
            "facts": dict(message.facts),
        }
        if message.audience.directors_of is not None:
            contacts = self._contacts_of(message.audience.directors_of, now)
            payload["contacts"] = [{"name": each.name, "phone": each.phone} for each in contacts]
        return payload


def wants(receiver: Receiver, message: Message, reached: tuple[str, ...]) -> bool:
    """Tell whether a message is of the receiver's kinds and within the prefixes that it reaches.

    What is sealed goes to a webhook alone.
    """
    if message.seal is not None and receiver.channel is not Channel.WEBHOOK:
        return False
    of_its_kinds = not receiver.kinds or message.kind in receiver.kinds
    return of_its_kinds and message.about.region.startswith(reached)


def _delivery(message: Message, receiver: Receiver) -> Delivery:
    return Delivery(
        id=str(uuid5(NAMESPACE_URL, f"huyuan:delivery:{message.id}:{receiver.id}")),
        message_id=message.id,
        receiver_id=receiver.id,
        kind=message.kind,
        at=message.at,
        next_at=message.at,
    )
