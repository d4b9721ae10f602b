"""The verbs of tables: a file is taken in and checked, then applied as a whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from media.custody.actions import Custody
from media.custody.model import SERVICE, Actor, Note
from media.documents import Transact, Transaction, to_milliseconds
from media.pages import Page, cut, read_cursor
from media.refusals import IdTaken, NotFound, NotPermitted, Refusal, must_be_current
from service.tables.cells import Column
from service.tables.errors import (
    BadRows,
    RowsChanged,
    StepNotAllowed,
    TableDamaged,
    WorkFailed,
)
from service.tables.judging import alone, match_headings, named, said, sentence
from service.tables.model import (
    Counts,
    Format,
    Import,
    Judged,
    Kind,
    Row,
    RowState,
    Status,
)
from service.tables.reading import must_be_readable, read_rows
from service.tables.sheet import Sheet
from service.tables.store import TableStore, whole
from service.tables.writing import write

BATCH = 1_000
AT_ONCE_BYTES = 200_000
AT_ONCE_ROWS = 1_000
"""What is checked and applied within the request; more is the worker's."""

ATTEMPTS = 5
KEPT = timedelta(days=7)
CLAIM = timedelta(seconds=90)
"""How long a run that ended half way holds up the next; longer than a transaction may last."""

TO_WRITE = (RowState.NEW, RowState.CHANGED)


class Tables:
    """`officer_of(account, now)` gives the actor that an account is at that moment."""

    def __init__(
        self,
        store: TableStore,
        transact: Transact[Import],
        custody: Custody,
        *,
        sheets: Mapping[Kind, Sheet],
        officer_of: Callable[[str, datetime], Actor],
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._sheets = sheets
        self._officer_of = officer_of

    def take_in(
        self,
        data: bytes,
        *,
        kind: Kind,
        name: str,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> Import:
        """Keep a file to be checked; a small one is checked at once. Sent again: no change.

        Raises NotPermitted, NotATable, TableTooLarge, TableDamaged, IdTaken.
        """
        self._must_use(kind, actor)
        must_be_readable(data)
        made = Import(
            id=id or str(uuid4()),
            kind=kind,
            name=name,
            sha256=sha256(data).hexdigest(),
            size=len(data),
            made_by=actor.account_id,
            made_at=to_milliseconds(now),
            changed_at=to_milliseconds(now),
            expires_at=to_milliseconds(now + KEPT),
        )
        if not self._store.add(made, data):
            there = self._store.find(made.id)
            same = (made.sha256, made.kind, made.made_by)
            if there is None or (there.sha256, there.kind, there.made_by) != same:
                raise IdTaken(id=made.id, what=("导入", "import"))
            return there
        if len(data) <= AT_ONCE_BYTES:
            self.work(now=now, import_id=made.id)
        return self.get(made.id, actor=actor)

    def get(self, import_id: str, *, actor: Actor) -> Import:
        """Return an import of the actor's own. Raises NotFound."""
        found = self._store.find(import_id)
        if found is None or found.made_by != actor.account_id:
            raise NotFound(what=("导入", "import"))
        return found

    def page(self, *, actor: Actor, cursor: str | None = None, limit: int) -> Page[Import]:
        """Return a page of the actor's own imports, the newest first."""
        after = None
        if cursor:
            at, last = read_cursor(cursor, str, str)
            after = (datetime.fromisoformat(at), last)
        found = self._store.of_account(actor.account_id, after, limit + 1)
        return cut(found, limit, lambda each: [each.made_at.isoformat(), each.id])

    def rows(
        self,
        import_id: str,
        *,
        state: RowState | None = None,
        cursor: str | None = None,
        limit: int,
        actor: Actor,
    ) -> Page[Row]:
        """Return a page of the rows as they were judged, in the order of the table."""
        found = self.get(import_id, actor=actor)
        (after,) = read_cursor(cursor, int) if cursor else (0,)
        states = (state,) if state else tuple(RowState)
        listed = list(self._store.rows(found, states, after=after, limit=limit + 1))
        show = self._sheets[found.kind].show
        whole_rows = [
            replace(row, after=show(row.wire)) if row.state is RowState.NEW else row
            for row in listed
        ]
        return cut(whole_rows, limit, lambda row: [row.number])

    def bad_rows(self, import_id: str, kind: Format, *, actor: Actor) -> Iterator[bytes]:
        """Return the bad rows as a table: to be corrected, and sent again as it is."""
        found = self.get(import_id, actor=actor)
        columns = self._sheets[found.kind].columns
        titles = {column.name: column.title for column in columns}
        told = (
            Column("row", "行号", "", ("row",)),
            Column("problem", "问题", "", ("problem",)),
            *columns,
        )
        rows = (
            {**row.after, "row": str(row.number), "problem": sentence(row.troubles, titles)}
            for row in self._store.rows(found, (RowState.BAD,))
        )
        return write(rows, told, kind)

    def template(self, kind: Kind, wanted: Format, *, actor: Actor) -> Iterator[bytes]:
        """Return a table of headings and one example."""
        columns = self._must_use(kind, actor).columns
        return write([{each.name: each.example for each in columns}], columns, wanted)

    def export(
        self,
        kind: Kind,
        wanted: Format,
        *,
        actor: Actor,
        now: datetime,
    ) -> Iterator[bytes]:
        """Return all that is in the actor's scope, a piece at a time; that it left is on record."""
        sheet = self._must_use(kind, actor)
        facts = {"kind": kind.value, "format": wanted.value}
        note = Note(f"export:{uuid4()}", "table_exported", None, facts)
        self._transact(
            lambda tx: self._custody.record_all([note], actor=actor, now=now, tx=tx)  # type: ignore[arg-type,return-value]
        )
        return write(sheet.every(actor=actor, now=now), sheet.columns, wanted)

    def apply(
        self,
        import_id: str,
        *,
        skip_bad: bool,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Import:
        """Write every new and changed row, or none. A small import is written at once.

        Applied again it stays as it is. Raises BadRows, RowsChanged, StepNotAllowed, StaleRevision.
        """
        found = self.get(import_id, actor=actor)
        if found.status in (Status.APPLIED, Status.APPLYING):
            return found
        self._must_wait(found, "apply", seen, now)
        if found.counts.bad and not skip_bad:
            raise BadRows(bad=found.counts.bad)
        to_write = found.counts.new + found.counts.changed
        asked = replace(
            found,
            status=Status.APPLYING,
            skip_bad=skip_bad,
            why=None,
            done=0,
            total=to_write,
            changed_at=to_milliseconds(now),
            claimed_until=None,
            attempts=0,
            revision=found.revision + 1,
        )
        self._must_replace(asked, found.revision, None)
        if to_write <= AT_ONCE_ROWS:
            refused = self.work(now=now, import_id=import_id)
            if isinstance(refused, Refusal):
                raise refused
        return self.get(import_id, actor=actor)

    def discard(self, import_id: str, *, seen: int | None, actor: Actor, now: datetime) -> Import:
        """Drop the file and its rows; nothing was written."""
        found = self.get(import_id, actor=actor)
        if found.status is Status.DISCARDED:
            return found
        self._must_wait(found, "discard", seen, now)
        after = self._settled(found, Status.DISCARDED, now)
        self._must_replace(after, found.revision, None)
        self._store.drop_rows(import_id)
        self._store.drop_file(import_id)
        return after

    def work(self, *, now: datetime, import_id: str | None = None) -> Refusal | Import | None:
        """Do one piece of waiting work; None where there is none.

        Returns what refused it, or the import as it then stands. Whoever ends half way leaves it
        to the next: a check is begun anew, and writing is one transaction.
        """
        run = str(uuid4())
        found = self._store.claim(run, now, now + CLAIM, import_id)
        if found is None:
            return None
        try:
            actor = (
                SERVICE
                if found.made_by == SERVICE.account_id
                else self._officer_of(found.made_by, now)
            )
            self._must_use(found.kind, actor)
            if found.attempts > ATTEMPTS:
                raise WorkFailed
            if found.status is Status.WAITING:
                return self._check(found, actor, now)
            return self._write(found, actor, now)
        except Refusal as refused:
            applying = found.status is Status.APPLYING
            status = Status.CHECKED if applying else Status.REFUSED
            why = (refused.sentence("zh"), refused.sentence("en"))
            after = replace(self._settled(found, status, now), why=why)
            self._store.replace(after, found.revision, run)
            return refused

    def _check(self, found: Import, actor: Actor, now: datetime) -> Import:
        assert found.run is not None
        data = self._store.file(found.id)
        if data is None:
            raise TableDamaged(why=("文件已不在", "the file is gone"))
        sheet = self._sheets[found.kind]
        table = read_rows(data)
        headings = match_headings(next(table, (0, []))[1], sheet.columns, sheet.key)
        rows = [(number, named(cells, headings)) for number, cells in table]
        keys = Counter(said(row[sheet.key]).casefold() for _, row in rows)
        counts: Counter[str] = Counter()
        memory: dict[Any, Any] = {}
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            judged = sheet.judge([row for _, row in batch], memory=memory, actor=actor, now=now)
            kept = [
                _row(found, number, said(row[sheet.key]), alone(each, row, sheet.key, keys))
                for (number, row), each in zip(batch, judged, strict=True)
            ]
            self._store.add_rows(kept)
            counts.update(row.state.value for row in kept)
            until = now + CLAIM * (2 + start // BATCH)
            if not self._store.tell_progress(
                found.id, found.run, until, start + len(batch), len(rows)
            ):
                raise RowsChanged
        after = replace(
            self._settled(found, Status.CHECKED, now),
            counts=Counts(**counts),
            rows_run=found.run,
            done=len(rows),
            total=len(rows),
        )
        self._must_replace(after, found.revision, found.run)
        self._store.drop_rows(found.id, but=found.run)
        self._store.drop_file(found.id)
        return after

    def _write(self, found: Import, actor: Actor, now: datetime) -> Import:
        assert found.run is not None
        sheet = self._sheets[found.kind]
        self._store.tell_progress(found.id, found.run, now + 2 * CLAIM, 0, found.total)
        rows = list(self._store.rows(found, TO_WRITE))
        if len(rows) != found.counts.new + found.counts.changed:
            raise RowsChanged
        changes = sheet.prepare(rows, actor=actor, now=now)
        why = f"导入 {found.name}"
        after = replace(self._settled(found, Status.APPLIED, now), done=len(rows))
        facts = {
            "kind": found.kind.value,
            "name": found.name,
            "sha256": found.sha256,
            "new": found.counts.new,
            "changed": found.counts.changed,
            "bad": found.counts.bad,
        }

        def act(tx: Transaction) -> Import:
            if not sheet.write(changes, why=why, source=found.id, actor=actor, now=now, tx=tx):
                raise RowsChanged
            if not self._store.replace(after, found.revision, found.run, tx):
                raise RowsChanged
            note = Note(f"import:{found.id}", "import_applied", None, facts)
            self._custody.record_all([note], actor=actor, now=now, tx=tx)
            return after

        with whole():
            return self._transact(act)

    def _must_use(self, kind: Kind, actor: Actor) -> Sheet:
        sheet = self._sheets[kind]
        if actor is not SERVICE and not actor.holds(*sheet.roles):
            raise NotPermitted(why=("您的角色不能使用此表", "your role does not use this table"))
        return sheet

    def _must_wait(self, found: Import, step: str, seen: int | None, now: datetime) -> None:
        must_be_current(seen, found.revision)
        expired = found.expires_at <= now and step == "apply"
        if found.status is not Status.CHECKED or expired:
            status = "expired" if expired else found.status.value
            raise StepNotAllowed(status=status, step=step)

    def _must_replace(self, after: Import, seen: int, run: str | None) -> None:
        if not self._store.replace(after, seen, run):
            raise RowsChanged

    def _settled(self, found: Import, status: Status, now: datetime) -> Import:
        return replace(
            found,
            status=status,
            changed_at=to_milliseconds(now),
            claimed_until=None,
            revision=found.revision + 1,
        )


def _row(found: Import, number: int, key: str, judged: Judged) -> Row:
    return Row(
        id=f"{found.run}:{number}",
        import_id=found.id,
        run=str(found.run),
        number=number,
        state=judged.state,
        key=key.casefold() if found.kind is Kind.ACCOUNTS else key,
        expires_at=found.expires_at,
        before=dict(judged.before),
        after=dict(judged.after),
        troubles=tuple(judged.troubles),
        wire=dict(judged.wire),
        seen=judged.seen,
    )
