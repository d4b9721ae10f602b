"""Adding, reading and changing a record: once, in scope, at the revision seen, on record."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Generic

from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, SERVICE, Actor, Entry
from media.documents import Transact, Transaction
from media.pages import Page, cut, read_cursor
from media.records.model import Keeping, R
from media.records.store import NumberStore, RecordStore
from media.refusals import IdTaken, NotFound, StaleRevision, must_be_current


class Records(Generic[R]):
    """The verbs that the rooms of cases, measures and drills have in common.

    `also(record, tx)` is what a room does with the write, in its transaction: telling, mostly.
    """

    def __init__(
        self,
        store: RecordStore[R],
        transact: Transact[Any],
        custody: Custody,
        keeping: Keeping,
    ) -> None:
        self.store = store
        self._transact = transact
        self._custody = custody
        self._keeping = keeping

    def get(self, record_id: str, *, actor: Actor, tx: Transaction = None) -> R:
        """Return the record. Raises NotFound outside of the actor's scope."""
        found = self.store.find(record_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=self._keeping.what)
        return found

    def page(
        self, *, actor: Actor, cursor: str | None = None, limit: int, **wanted: Any
    ) -> Page[R]:
        """Return a page by region and id; a name that is asked for as None is any."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self.store.listed(
            actor.scope,
            {name: value for name, value in wanted.items() if value is not None},
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda each: [each.region, each.id])

    def add(
        self,
        record: R,
        verb: str,
        *,
        told: Callable[[R], Any],
        actor: Actor,
        now: datetime,
        why: str | None = None,
        also: Callable[[R, Transaction], None] | None = None,
    ) -> R:
        """Keep a new record; sent again with the same id and content (`told`), the first.

        Raises IdTaken where the id names another one.
        """
        record = self.store.as_kept(record)

        def act(tx: Transaction) -> R:
            there = self.store.find(record.id, EVERYWHERE, tx)
            if there is not None:
                if told(there) != told(record) or self.store.find(there.id, actor.scope) is None:
                    raise IdTaken(id=record.id, what=self._keeping.what)
                return there
            self.enter(record, verb, actor=actor, now=now, tx=tx, why=why)
            if also is not None:
                also(record, tx)
            return record

        return self._transact(act)  # type: ignore[no-any-return]

    def change(
        self,
        record_id: str,
        verb: str,
        change: Callable[[R, Transaction], R],
        *,
        seen: int | None,
        actor: Actor,
        now: datetime,
        why: str | None = None,
        also: Callable[[R, Transaction], None] | None = None,
    ) -> R:
        """Change one record at the revision seen, in one transaction with all that follows."""

        def act(tx: Transaction) -> R:
            before = self.get(record_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            after = self.store.as_kept(change(before, tx))
            self.put(after, before, verb, actor=actor, now=now, tx=tx, why=why)
            if also is not None:
                also(after, tx)
            return after

        return self._transact(act)  # type: ignore[no-any-return]

    def enter(
        self,
        record: R,
        verb: str,
        *,
        actor: Actor,
        now: datetime,
        tx: Transaction,
        why: str | None = None,
    ) -> None:
        """Keep a new record inside an open transaction, with its history."""
        self.store.add(record, tx)
        self._record(verb, record, actor, now, why, tx)

    def put(
        self,
        after: R,
        before: R,
        verb: str,
        *,
        actor: Actor,
        now: datetime,
        tx: Transaction,
        why: str | None = None,
    ) -> None:
        """Replace the record inside an open transaction, with its history."""
        if not self.store.replace(after, before.revision, tx):
            raise StaleRevision(seen=before.revision, current=after.revision)
        self._record(verb, after, actor, now, why, tx)

    def lapse(
        self,
        ids: Iterable[str],
        lapsed: Callable[[R], R | None],
        verb: str,
        *,
        now: datetime,
        also: Callable[[R, Transaction], None],
    ) -> int:
        """Keep what time did to each, in a transaction of its own; return how many it changed.

        `lapsed(record)` gives the record as it is now, None where it stays: it was changed since.
        """

        def act(record_id: str, tx: Transaction) -> int:
            before = self.store.find(record_id, EVERYWHERE, tx)
            after = lapsed(before) if before is not None else None
            if before is None or after is None:
                return 0
            self.put(after, before, verb, actor=SERVICE, now=now, tx=tx)
            also(after, tx)
            return 1

        return sum(self._transact(partial(act, each)) for each in ids)

    def history(self, record_id: str, *, actor: Actor) -> list[Entry]:
        """Return everything recorded of it, the first first. Raises NotFound."""
        found = self.get(record_id, actor=actor)
        return self._custody.history(self._keeping.chain(found))

    def _record(
        self,
        verb: str,
        record: R,
        actor: Actor,
        now: datetime,
        why: str | None,
        tx: Transaction,
    ) -> None:
        facts = {"id": record.id, "revision": record.revision, **self._keeping.facts(record)}
        chain = self._keeping.chain(record)
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=facts, tx=tx)


class Numbers:
    """Numbers of documents, per bureau and year."""

    def __init__(self, store: NumberStore) -> None:
        self._store = store

    def next(self, series: str, year: int, tx: Transaction) -> int:
        """Return the next number of a series (a bureau's, of one kind of document) in a year."""
        return self._store.next(series, year, tx)
