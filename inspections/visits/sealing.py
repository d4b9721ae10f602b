"""What is said of abuse or corporal punishment goes into a sealed case, not the open record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from checklists.generation.model import Item
from inspections.visits import workflow
from inspections.visits.model import Answer, Inspection, Result
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence


class Matters(Protocol):
    """Where it goes: the room of veto cases, handed in from above."""

    def hear(
        self,
        matter: str,
        inspection: Inspection,
        answer: Answer,
        item: Item,
        *,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> None:
        """Open the case where the answer is not met; add the answer to one that is open."""

    def add_photo(
        self, matter: str, evidence_id: str, *, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        """Add a photo to the case, where there is one."""


class Sealing:
    def __init__(self, custody: Custody, evidence: EvidenceRoom, matters: Matters) -> None:
        self._custody = custody
        self._evidence = evidence
        self._matters = matters

    def keep(
        self,
        inspection: Inspection,
        answers: Sequence[Answer],
        items: Mapping[str, Item],
        *,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> list[dict[str, Any]]:
        """Keep the sealed answers in chains of their own; return what the open history may tell.

        That is the same for a sealed item whatever was found, so that nobody can tell from it.
        """
        told = []
        for each in answers:
            matter = workflow.seal_of(inspection, each.item_id)
            if matter is None:
                told += workflow.plain([each])
                continue
            told.append({"item_id": each.item_id, "sealed": True})
            (facts,) = workflow.plain([each])
            chain = f"case:{matter}"
            self._custody.record(chain, "sealed_answer", actor=actor, now=now, facts=facts, tx=tx)
            if each.result is Result.NOT_MET:
                self._evidence.seal_up(each.evidence_ids, matter, actor=actor, now=now, tx=tx)
            item = items[each.item_id]
            self._matters.hear(matter, inspection, each, item, actor=actor, now=now, tx=tx)
        return told

    def matter_of(self, inspection: Inspection, item_id: str) -> str:
        """Return the id of the sealed matter that an item of the inspection belongs to."""
        return workflow.matter_of(inspection, item_id)

    def keep_photo(self, photo: Evidence, *, actor: Actor, now: datetime, tx: Transaction) -> None:
        """Tell the case of a photo that was taken for a sealed item."""
        if photo.seal is not None:
            self._matters.add_photo(photo.seal, photo.id, actor=actor, now=now, tx=tx)
