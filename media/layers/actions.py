"""Laying marks over a photo, taking them back, and checking that none was altered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from media.custody.actions import Custody
from media.custody.model import Actor, BadPlace, Progress, Reason, Role
from media.documents import Transact, Transaction, to_milliseconds
from media.evidence.actions import EvidenceRoom
from media.evidence.model import chain_of
from media.layers.errors import BadMarks, LayerWithdrawn
from media.layers.model import ADDED, FORMS, WITHDRAWN, Kind, Layer, Withdrawal
from media.layers.store import LayerStore
from media.photos.model import Mark
from media.refusals import IdTaken, NotFound, NotPermitted

MOST_MARKS = 50
BATCH = 200


class Layers:
    """Layers over photos, each by a named account, each with its entry in the case's chain."""

    def __init__(
        self,
        store: LayerStore,
        transact: Transact[Layer],
        custody: Custody,
        evidence: EvidenceRoom,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self.below = evidence

    def add(
        self,
        evidence_id: str,
        layer_id: str,
        kind: Kind,
        marks: Sequence[Mark],
        *,
        why: str,
        actor: Actor,
        now: datetime,
    ) -> Layer:
        """Lay marks over a photo that the actor may see; the same layer again is the first one.

        For officials. Raises NotFound, NotPermitted for a director, BadMarks, IdTaken for another
        layer under a known id.
        """
        photo = self.below.get(evidence_id, actor=actor, now=now)
        _must_be_official(actor)
        _must_fit(kind, marks)
        layer = Layer(
            layer_id,
            photo.id,
            photo.case_id,
            photo.region,
            photo.kindergarten_id,
            kind,
            tuple(marks),
            why.strip(),
            actor.account_id,
            actor.name,
            to_milliseconds(now),
            seal=photo.seal,
        )

        def act(tx: Transaction) -> Layer:
            held = self._store.by_id(layer.id, tx=tx)
            if held is not None:
                if _content(held) != _content(layer):
                    raise IdTaken(id=layer.id, what=("图层", "layer"))
                return held
            entry = self._custody.record(
                _chain(layer),
                ADDED,
                actor=actor,
                now=now,
                why=layer.why,
                facts=facts_of(layer),
                tx=tx,
            )
            kept = replace(layer, entry_id=entry.id)
            self._store.insert(kept, tx)
            return kept

        return self._transact(act)

    def withdraw(
        self, evidence_id: str, layer_id: str, *, why: str, actor: Actor, now: datetime
    ) -> Layer:
        """Take a layer back, for a reason. A redaction is taken back by a supervisor only.

        Raises NotFound, NotPermitted, LayerWithdrawn.
        """
        photo = self.below.get(evidence_id, actor=actor, now=now)
        _must_be_official(actor)
        withdrawal = Withdrawal(to_milliseconds(now), actor.account_id, actor.name, why.strip())

        def act(tx: Transaction) -> Layer:
            held = self._store.by_id(layer_id, tx=tx)
            if held is None or held.evidence_id != photo.id:
                raise NotFound(what=("图层", "layer"))
            if held.kind is Kind.REDACTION and not actor.holds(Role.SUPERVISOR):
                raise NotPermitted(
                    why=("遮挡只能由监管员撤回", "a supervisor takes a redaction back")
                )
            if held.withdrawn is not None:
                raise LayerWithdrawn
            facts = {"layer_id": held.id, "evidence_id": photo.id}
            self._custody.record(
                chain_of(photo.seal or photo.case_id),
                WITHDRAWN,
                actor=actor,
                now=now,
                why=why,
                facts=facts,
                tx=tx,
            )
            self._store.withdraw(held.id, withdrawal, tx)
            return replace(held, withdrawn=withdrawal, revision=held.revision + 1)

        return self._transact(act)

    def over(self, evidence_id: str, *, actor: Actor, now: datetime) -> list[Layer]:
        """Return the layers of a photo that the actor may see, the withdrawn for officials only."""
        photo = self.below.get(evidence_id, actor=actor, now=now)
        found = self._store.over(photo.id)
        if actor.scope.kindergartens is None:
            return found
        return [each for each in found if each.withdrawn is None]

    def verify(self, progress: Progress | None = None) -> Iterator[BadPlace]:
        """Yield each layer that is not as it was added or withdrawn, and each that is gone."""
        tell, done = progress or (lambda _done, _total: None), 0
        layers = self._store.all_in_order()
        withdrawn = {
            entry.facts.get("layer_id") for entry in self._custody.entries_of_verb(WITHDRAWN)
        }
        while batch := list(islice(layers, BATCH)):
            entries = self._custody.entries([each.entry_id for each in batch])
            for each in batch:
                entry = entries.get(each.entry_id)
                told = entry is not None and entry.chain == _chain(each)
                fits = told and entry is not None and entry.facts == facts_of(each)
                if not fits or (each.withdrawn is not None) != (each.id in withdrawn):
                    yield BadPlace(_chain(each), None, each.id, Reason.RECORD_ALTERED)
            done += len(batch)
            tell(done, done)
        added = self._custody.entries_of_verb(ADDED)
        while entered := list(islice(added, BATCH)):
            known = self._store.known(str(entry.facts.get("layer_id")) for entry in entered)
            for entry in entered:
                id_ = str(entry.facts.get("layer_id"))
                if id_ not in known:
                    yield BadPlace(entry.chain, entry.sequence, id_, Reason.RECORD_MISSING)


def facts_of(layer: Layer) -> dict[str, Any]:
    """Return what the chain's entry says of a layer: all of it that may not change."""
    marks = [
        [each.form.value, each.x1, each.y1, each.x2, each.y2, each.text] for each in layer.marks
    ]
    return {
        "layer_id": layer.id,
        "evidence_id": layer.evidence_id,
        "kind": layer.kind.value,
        "marks": marks,
    }


def _content(layer: Layer) -> tuple[Any, ...]:
    return facts_of(layer), layer.why, layer.account_id


def _chain(layer: Layer) -> str:
    """A sealed photo's layers are told in the sealed case, not in the open one."""
    return chain_of(layer.seal or layer.case_id)


def _must_be_official(actor: Actor) -> None:
    if actor.scope.kindergartens is not None:
        raise NotPermitted(why=("园长不能标注照片", "a director lays nothing over a photo"))


def _must_fit(kind: Kind, marks: Sequence[Mark]) -> None:
    allowed = FORMS[kind]
    if not 1 <= len(marks) <= MOST_MARKS or any(each.form not in allowed for each in marks):
        forms = "、".join(sorted(form.value for form in allowed))
        raise BadMarks(kind=kind.value, most=MOST_MARKS, forms=forms)
