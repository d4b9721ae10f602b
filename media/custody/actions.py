"""Writing a case's history, reading it, and walking all of it to find where it is broken."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from media.custody.chain import canonical, digest, head_after, link, verify
from media.custody.model import Actor, BadPlace, Entry, Head, Note, Progress
from media.custody.store import CustodyStore
from media.documents import Transaction, to_milliseconds

__all__ = ["Custody", "canonical"]


class Custody:
    """The history of every case, one hash chain each.

    What the chains show by themselves: that no entry was altered, taken out, put in, moved or cut
    off without the head. What they do not: a writer with the database password who computes a
    whole chain and its head anew; for that, checkpoints signed outside of the database are needed.
    """

    def __init__(self, store: CustodyStore) -> None:
        self._store = store

    def record(
        self,
        chain: str,
        verb: str,
        *,
        actor: Actor,
        now: datetime,
        why: str | None = None,
        facts: dict[str, Any] | None = None,
        tx: Transaction,
    ) -> Entry:
        """Append one entry to the chain, in the transaction that does the thing.

        `facts` are plain JSON values, times as RFC 3339 strings; TypeError or ValueError otherwise.
        """
        note = Note(chain, verb, why, facts or {})
        return self.record_all([note], actor=actor, now=now, tx=tx)[0]

    def record_all(
        self, notes: Sequence[Note], *, actor: Actor, now: datetime, tx: Transaction
    ) -> list[Entry]:
        """Append many entries, in as few round trips as one; several may be of one chain."""
        if not notes:
            return []
        since = self._store.heads_of((note.chain for note in notes), tx=tx)
        heads = dict(since)
        at = to_milliseconds(now)
        entries = []
        for note in notes:
            entry = link(heads.get(note.chain), note, id=str(uuid4()), actor=actor, at=at)
            heads[note.chain] = head_after(entry)
            entries.append(entry)
        self._store.append(entries, since=since, heads=heads, tx=tx)
        return entries

    def history(self, chain: str) -> list[Entry]:
        """Return the chain from its first entry; whether the asker may see it is its room's."""
        return self._store.entries_of(chain)

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the entries by their ids, those that there are and whose own hash fits."""
        found = self._store.entries_by_id(ids)
        return {id_: entry for id_, entry in found.items() if digest(entry) == entry.hash}

    def entries_of_verb(self, verb: str) -> Iterator[Entry]:
        """Return every entry of the verb in any chain; for walks over everything."""
        return self._store.entries_of_verb(verb)

    def verify(self, progress: Progress | None = None) -> Iterator[BadPlace]:
        """Walk every chain and its head; yield the first bad place of each that is not whole.

        Runs beside writers: a chain that looks broken is read again at one moment in time.
        """
        total, done = self._store.count(), 0
        heads = _Heads(self._store.all_heads_in_order())
        for chain, group in groupby(self._store.all_entries_in_order(), lambda each: each.chain):
            for orphan in heads.before(chain):
                yield from self._look_again(orphan.id)
            entries = list(group)
            if verify(chain, entries, heads.take(chain)):
                yield from self._look_again(chain)
            done += len(entries)
            if progress:
                progress(done, max(done, total))
        for orphan in heads.rest():
            yield from self._look_again(orphan.id)

    def _look_again(self, chain: str) -> Iterator[BadPlace]:
        entries, head = self._store.chain_at_one_moment(chain)
        bad = verify(chain, entries, head)
        if bad:
            yield bad


class _Heads:
    """The heads in the order of the chains, walked beside them."""

    def __init__(self, heads: Iterator[Head]) -> None:
        self._heads = heads
        self._next = next(heads, None)

    def before(self, chain: str) -> Iterator[Head]:
        while self._next and self._next.id < chain:
            yield self._pass()

    def take(self, chain: str) -> Head | None:
        return self._pass() if self._next and self._next.id == chain else None

    def rest(self) -> Iterator[Head]:
        while self._next:
            yield self._pass()

    def _pass(self) -> Head:
        passed, self._next = self._next, next(self._heads, None)
        assert passed is not None
        return passed
