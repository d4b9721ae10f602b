"""Telling, and reading what was told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from inspections.messages.addressing import names_of
from inspections.messages.model import About, Audience, Kind, Message, Telling, Told
from inspections.messages.store import MessageStore
from media.custody.model import Actor
from media.documents import Transaction, to_milliseconds
from media.pages import Page, cut, place_of, read_place
from media.refusals import NotFound


class Messages:
    """What was told to whom. It is written by whoever does the thing, in its transaction."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store

    def tell(
        self,
        kind: Kind,
        *,
        about: About,
        audience: Audience,
        facts: Mapping[str, Any],
        key: str,
        now: datetime,
        tx: Transaction,
        seal: str | None = None,
    ) -> Message:
        """Write a message with the thing that it tells; under a key that was told, nothing.

        Two writers of one key at once conflict, and the later one's transaction runs again.
        """
        asked = Telling(kind, about, audience, facts, key, seal)
        return self.tell_all([asked], now=now, tx=tx)[0]

    def tell_all(
        self, asked: Sequence[Telling], *, now: datetime, tx: Transaction
    ) -> list[Message]:
        """Write many messages in two round trips; under a key that was told, nothing."""
        at = to_milliseconds(now)
        made = [
            Message(
                str(uuid5(NAMESPACE_URL, f"huyuan:message:{each.key}")),
                each.key,
                each.kind,
                each.about,
                each.audience,
                dict(each.facts),
                at,
                each.seal,
            )
            for each in asked
        ]
        there = self._store.named([each.id for each in made], tx)
        self._store.add_all([each for each in made if each.id not in there], tx)
        return [there.get(each.id, each) for each in made]

    def page(
        self, *, actor: Actor, unread: bool = False, cursor: str | None = None, limit: int
    ) -> Page[Told]:
        """Return a page of what was told to the actor, the newest first.

        One that cannot be read is left out and logged with its id; the others are there.
        """
        found = self._store.told_to(
            names_of(actor),
            unread_by=actor.account_id if unread else None,
            after=read_place(cursor) if cursor else None,
            limit=limit + 1,
        )
        page = cut(found, limit, lambda each: place_of(each.at, each.id))
        readable = (each for each in page.items if isinstance(each, Message))
        return Page(tuple(_as_told(each, actor) for each in readable), page.next)

    def read(self, message_id: str, *, actor: Actor) -> Told:
        """Mark a message as read by the actor; again changes nothing. Raises NotFound."""
        found = self._store.mark_read(message_id, names_of(actor), actor.account_id)
        if found is None:
            raise NotFound(what=("消息", "message"))
        return _as_told(found, actor)

    def not_handed_on(self, limit: int) -> list[Message]:
        """Return the oldest messages that were not yet addressed to receivers."""
        return self._store.not_handed_on(limit)

    def hand_on(self, ids: Sequence[str], *, tx: Transaction) -> list[str]:
        """Mark messages as addressed; return those that were not yet."""
        return self._store.hand_on(ids, tx)

    def find(self, message_id: str) -> Message | None:
        """Return the message for its delivery, None where there is none."""
        return self._store.find(message_id)


def _as_told(message: Message, actor: Actor) -> Told:
    return Told(message, actor.account_id in message.read_by)
