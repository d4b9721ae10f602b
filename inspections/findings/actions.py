"""The verbs of findings: made by an approval, carried by a notice, struck off."""

from collections.abc import Sequence
from datetime import datetime

from inspections.findings.model import Finding
from inspections.findings.store import FindingStore
from media.custody.model import Actor
from media.documents import Transaction
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound


class Findings:
    """Each step on a finding is part of a bigger one, and written in its transaction."""

    def __init__(self, store: FindingStore) -> None:
        self._store = store

    def add(self, findings: Sequence[Finding], *, tx: Transaction) -> None:
        self._store.add(findings, tx)

    def page(
        self,
        *,
        actor: Actor,
        inspection_id: str | None = None,
        kindergarten_id: str | None = None,
        open_only: bool = False,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Finding]:
        """Return a page of findings by region and id; what is sealed stands in its case alone."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            actor.scope.unsealed(),
            inspection_id=inspection_id,
            kindergarten_id=kindergarten_id,
            open_only=open_only,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda finding: [finding.region, finding.id])

    def named(self, ids: Sequence[str], *, actor: Actor, tx: Transaction) -> list[Finding]:
        """Return the findings in the order asked for. Raises NotFound unless all are there."""
        found = {each.id: each for each in self._store.named(ids, actor.scope, tx)}
        if set(found) != set(ids):
            raise NotFound(what=("问题", "finding"))
        return [found[id_] for id_ in ids]

    def take_into_notice(self, ids: Sequence[str], notice_id: str, *, tx: Transaction) -> bool:
        """Tell whether all the findings were free and are now the notice's."""
        return self._store.take_into_notice(ids, notice_id, held=None, tx=tx) == len(ids)

    def release_from_notice(self, ids: Sequence[str], notice_id: str, *, tx: Transaction) -> None:
        self._store.take_into_notice(ids, None, held=notice_id, tx=tx)

    def close(self, ids: Sequence[str], *, at: datetime, tx: Transaction) -> None:
        self._store.close(ids, at, tx)
