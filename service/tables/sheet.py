"""What each kind of table has in common."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from media.custody.model import Actor, Role
from media.documents import Transaction
from service.tables.cells import Column
from service.tables.model import Cell, Judged, Row


class Sheet(Protocol):
    """One kind of table: its columns, and what its rows make of what is on record."""

    @property
    def columns(self) -> tuple[Column, ...]: ...

    @property
    def key(self) -> str: ...

    @property
    def roles(self) -> frozenset[Role]: ...

    def judge(
        self,
        rows: Sequence[Mapping[str, Cell]],
        *,
        memory: dict[Any, Any],
        actor: Actor,
        now: datetime,
    ) -> list[Judged]: ...

    def show(self, wire: Mapping[str, Any]) -> dict[str, str]: ...

    def prepare(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> Sequence[Any]: ...

    def write(
        self,
        changes: Sequence[Any],
        *,
        why: str,
        source: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> bool: ...

    def every(self, *, actor: Actor, now: datetime) -> Iterator[dict[str, str]]: ...
