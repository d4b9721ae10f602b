"""Examining photos, keeping them with what they belong to, and showing them to who may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from media.custody.actions import Custody
from media.custody.model import Actor, BadPlace, Entry, Progress, Reason
from media.documents import Transact, Transaction, to_milliseconds
from media.evidence.clocks import flags_of
from media.evidence.errors import EvidenceDamaged, EvidenceDeleted, HashMismatch, QuotaReached
from media.evidence.model import (
    DELETED,
    DISCLOSED,
    EXPORTED,
    FOUND_DAMAGED,
    ID_REFUSED,
    RECEIVED,
    SEALED,
    SEEN,
    VIEWED,
    Alarm,
    Evidence,
    Examined,
    Quota,
    Shown,
    Times,
    chain_of,
)
from media.evidence.receipt import day_of, received, remains, share_of
from media.evidence.reuse import Known, alike, known, reuse
from media.evidence.seal import facts_of, fault_of_bytes, fault_of_record, whole
from media.evidence.store import EvidenceStore
from media.evidence.walk import Walk
from media.photos.actions import Photos
from media.photos.model import Mark
from media.places.actions import place
from media.places.model import Margins, Position, Site
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted, Refusal


class EvidenceRoom:
    """Photos as evidence. `has_case(seal)` tells whether a case names who sees what is sealed.

    Until there is one, who took a sealed photo sees it. `marks_over(id)` are the marks that layers
    lay over a photo. `alarm` is told, in the transaction, of each piece that is found damaged.

    Rooms above call `examine` before their transaction and `keep` inside it: decoding must hold no
    transaction open, and no evidence may be seen without all of its bytes.
    """

    def __init__(
        self,
        store: EvidenceStore,
        custody: Custody,
        photos: Photos,
        transact: Transact[None],
        margins: Margins | None = None,
        quota: Quota | None = None,
        has_case: Callable[[str], bool] = lambda _: False,
        marks_over: Callable[[str], Sequence[Mark]] = lambda _: (),
        alarm: Alarm = lambda _evidence, _reason, _now, _tx: None,
    ) -> None:
        self._store = store
        self._custody = custody
        self._photos = photos
        self._transact = transact
        self._margins = margins or Margins()
        self._quota = quota or Quota()
        self._has_case = has_case
        self._marks_over = marks_over
        self._alarm = alarm

    def admit(self, size: int, *, actor: Actor, now: datetime) -> None:
        """Count a photo of so many bytes against what the actor's device may send today.

        Before anything is decoded: what is refused afterwards counts too. Raises QuotaReached.
        """
        share, over = share_of(actor, now)
        photos, sent = self._store.count(share, size, over)
        if photos > self._quota.photos or sent > self._quota.megabytes * 1_000_000:
            raise QuotaReached(
                photos=self._quota.photos,
                megabytes=self._quota.megabytes,
                retry_after=int((over - now).total_seconds()) + 1,
            )

    def examine(
        self,
        data: bytes,
        *,
        id: str,  # noqa: A002 - the field's name
        declared_sha256: str | None = None,
        device_fix: Position | None = None,
        times: Times | None = None,
        site: Site | None = None,
        item_id: str | None = None,
    ) -> Examined:
        """Return the photo with its derivatives and its place; touches no database.

        Raises PhotoRefused (which says why), HashMismatch where the bytes are not those declared,
        DecoderUnavailable for the service's own trouble.
        """
        if declared_sha256 is not None:
            found = sha256(data).hexdigest()
            if found != declared_sha256.lower():
                raise HashMismatch(declared=declared_sha256, found=found)
        photo = self._photos.read(data)
        placed = place(
            photo.position, photo.flags, device=device_fix, site=site, margins=self._margins
        )
        return Examined(id, data, photo, placed, times or Times(), item_id)

    def keep(
        self,
        examined: Examined,
        *,
        case_id: str,
        region: str,
        kindergarten_id: str,
        subject_kind: str,
        subject_id: str,
        item_id: str | None = None,
        disclosed: bool = False,
        seal: str | None = None,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> Evidence:
        """Store the photo with all that is known of it, and its receipt in the case's chain.

        The same id with the same bytes for the same subject returns what is there already;
        raises IdTaken for anything else under a known id.
        """
        held = self._store.by_id(examined.id, tx=tx)
        if held is not None:
            if (held.sha256, held.subject_id) != (examined.photo.sha256, subject_id):
                facts = {"evidence_id": held.id, "offered_sha256": examined.photo.sha256}
                self._record(ID_REFUSED, held.case_id, facts, actor, now)  # whatever tx comes to
                raise IdTaken(id=examined.id, what=("证据", "evidence"))
            return held
        evidence = received(
            examined,
            actor,
            to_milliseconds(now),
            case_id=case_id,
            region=region,
            kindergarten_id=kindergarten_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            item_id=item_id or examined.item_id,
            disclosed=disclosed,
            seal=seal,
        )
        evidence = replace(
            evidence,
            time_flags=flags_of(evidence, self._store.counters_beside(evidence, tx)),
            reuse=reuse(known(evidence), self._store.perhaps_alike(evidence, tx)),
        )
        entry = self._custody.record(
            chain_of(case_id), RECEIVED, actor=actor, now=now, facts=facts_of(evidence), tx=tx
        )
        evidence = replace(evidence, entry_id=entry.id)
        self._store.insert(evidence, examined.data, examined.photo.derivatives, tx)
        return evidence

    def disclose(
        self, ids: Iterable[str], *, case_id: str, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        """Let the director see the derivatives of these pieces of the case, from now on."""
        fresh = self._store.still_undisclosed(ids, case_id, tx)
        if not fresh:
            return
        self._store.disclose(fresh, tx)
        facts = {"evidence_ids": fresh}
        self._custody.record(chain_of(case_id), DISCLOSED, actor=actor, now=now, facts=facts, tx=tx)

    def seal_up(
        self, ids: Iterable[str], seal: str, *, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        """Put under the seal what turned out to show a sealed matter."""
        sealed = self._store.seal_up(ids, seal, tx)
        if sealed:
            facts = {"evidence_ids": sealed}
            self._custody.record(chain_of(seal), SEALED, actor=actor, now=now, facts=facts, tx=tx)

    def get(self, id: str, *, actor: Actor, now: datetime) -> Evidence:  # noqa: A002
        """Return the evidence; of a sealed matter, with the view on record.

        Raises NotFound outside of the actor's scope, or undisclosed, or sealed to others.
        """
        found = self._store.in_scope(id, actor.scope)
        if found is None:
            mine = self._store.in_scope_of_its_photographer(id, actor.scope, actor.account_id)
            found = mine if mine and not self._has_case(str(mine.seal)) else None
        if found is None:
            raise self._not_there(id, actor)
        if found.seal is not None:
            self._record(SEEN, found.seal, {"evidence_id": id}, actor, now)
        return found

    def _not_there(self, id: str, actor: Actor) -> Refusal:  # noqa: A002
        gone = self._store.deleted(id, actor.scope)
        if gone is None:
            return NotFound(what=("证据", "evidence"))
        return EvidenceDeleted(id=id, day=day_of(gone.deleted_at))

    def oldest(self, limit: int, *, actor: Actor) -> list[Evidence]:
        """Return what the actor may see, the first received first."""
        return self._store.oldest(actor.scope.unsealed(), limit)

    def delete(
        self,
        ids: Sequence[str],
        *,
        why: str,
        facts: Mapping[str, Any],
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> None:
        """Delete evidence for good, each piece with an entry on what was there and its hash.

        `facts` go into each entry. The room above has made sure that nothing stands against it.
        Raises NotFound where a piece is not there any more.
        """
        left = []
        for id_ in ids:
            held = self._store.by_id(id_, tx=tx)
            if held is None:
                raise NotFound(what=("证据", "evidence"))
            entry = self._custody.record(
                chain_of(held.case_id),
                DELETED,
                actor=actor,
                now=now,
                why=why,
                facts={**facts_of(held), **facts},
                tx=tx,
            )
            left.append(remains(held, entry.id, to_milliseconds(now)))
        self._store.delete(left, tx)

    def alike(self, id: str, *, actor: Actor, now: datetime) -> tuple[Evidence, list[Known]]:  # noqa: A002
        """Return what shows the same picture and the actor may see, the nearest first.

        For officials. Raises NotFound as `get` does, NotPermitted for a director.
        """
        evidence = self.get(id, actor=actor, now=now)
        _must_be_official(actor)
        found = alike(known(evidence), self._store.perhaps_alike(evidence))
        seen = self._store.ids_in_scope((each.id for each in found), actor.scope.unsealed())
        return evidence, [each for each in found if each.id in seen]

    def of_case(self, case_id: str, *, actor: Actor) -> list[Evidence]:
        """Return what the actor may see of a case's evidence, by its receipt."""
        return self._store.of_case(case_id, actor.scope)

    def kept(self, ids: Iterable[str]) -> set[str]:
        """Return those that are there and were not deleted, whoever may see them."""
        return self._store.known(ids)

    def ids_of(self, subject_id: str, *, tx: Transaction = None) -> list[str]:
        """Return the ids of what belongs to an inspection or a notice."""
        return self._store.ids_of_subject(subject_id, tx=tx)

    def ids_under(self, seal: str, *, tx: Transaction) -> list[str]:
        """Return the ids of the photos under a seal, by their receipt."""
        return self._store.ids_under(seal, tx=tx)

    def derivative(
        self,
        id: str,  # noqa: A002
        side: int,
        *,
        marked: bool = False,
        actor: Actor,
        now: datetime,
    ) -> Shown:
        """Return the JPEG derivative of 1280 or 320 pixels with its evidence.

        `marked`: with the layers that hold over it drawn in, as whatever leaves the bureau shows
        it; a director is shown no other. Raises NotFound as `get` does, or for another size;
        EvidenceDamaged where its bytes are not those that were made.
        """
        evidence = self.get(id, actor=actor, now=now)
        expected = evidence.derivatives.get(str(side))
        if expected is None:
            raise NotFound(what=("缩略图", "derivative"))
        data = self._store.derivative(id, str(side))
        if data is None or sha256(data).hexdigest() != expected:
            raise self._damaged(evidence, Reason.BYTES_ALTERED, actor, now)
        leaves = marked or actor.scope.kindergartens is not None
        marks = self._marks_over(id) if leaves else ()
        if not marks:
            return Shown(evidence, data, expected)
        drawn = self._photos.mark(data, marks)
        notes = tuple(each.text for each in marks if each.text is not None)
        return Shown(evidence, drawn, sha256(drawn).hexdigest(), notes, marked=True)

    def original(
        self,
        id: str,  # noqa: A002
        *,
        actor: Actor,
        now: datetime,
        why: str,
    ) -> tuple[Evidence, bytes]:
        """Return the sealed original, with the viewing and its reason on record.

        For officials of the region only. Raises NotFound, NotPermitted for a director, BadValue
        without a reason, EvidenceDamaged where the bytes or the record are not what was received.
        """
        evidence = self.get(id, actor=actor, now=now)
        _must_be_official(actor)
        why = why.strip()
        if not 2 <= len(why) <= 500:
            raise BadValue(
                field="reason",
                why_zh="查看原图须填写 2 至 500 字的理由。",
                why_en="viewing an original needs a reason of 2 to 500 characters.",
            )
        data = self._store.original(id)
        entry = self._custody.entries([evidence.entry_id]).get(evidence.entry_id)
        fault = fault_of_record(evidence, entry) or fault_of_bytes(evidence, data)
        if fault or data is None:
            raise self._damaged(evidence, fault or Reason.BYTES_MISSING, actor, now, why)
        facts = {"evidence_id": id, "sha256": evidence.sha256}
        self._record(VIEWED, evidence.case_id, facts, actor, now, why)
        return evidence, data

    def _damaged(
        self,
        evidence: Evidence,
        reason: Reason,
        actor: Actor,
        now: datetime,
        why: str | None = None,
    ) -> EvidenceDamaged:
        """Put the damage on record, tell whoever is to be told, and return the refusal."""
        facts = {"evidence_id": evidence.id, "sha256": evidence.sha256, "reason": reason.value}
        chain = chain_of(evidence.case_id)

        def act(tx: Transaction) -> None:
            self._custody.record(
                chain, FOUND_DAMAGED, actor=actor, now=now, why=why, facts=facts, tx=tx
            )
            self._alarm(evidence, reason, now, tx)

        self._transact(act)
        return EvidenceDamaged(id=evidence.id, reason=reason.value)

    def export(
        self, case_id: str, *, actor: Actor, now: datetime, why: str
    ) -> tuple[list[Entry], Iterator[tuple[Evidence, bytes]]]:
        """Return a case's chain, this export its last entry, and its photos with their bytes.

        Only what the actor may see; each original's hash is checked. Raises NotFound for a case
        without a history, EvidenceDamaged.
        """
        chain = chain_of(case_id)
        if not self._custody.history(chain):
            raise NotFound(what=("案件", "case"))
        shown = self._store.of_case(case_id, actor.scope)
        facts = {"evidence_ids": [each.id for each in shown]}

        def act(tx: Transaction) -> None:
            self._custody.record(chain, EXPORTED, actor=actor, now=now, why=why, facts=facts, tx=tx)

        self._transact(act)
        photos = ((each, whole(each, self._store.original(each.id))) for each in shown)
        return self._custody.history(chain), photos

    def verify(self, progress: Progress | None = None) -> Iterator[BadPlace]:
        """Walk all evidence; yield each piece whose record or bytes are not what was received."""
        return Walk(self._store, self._custody).bad_places(progress)

    def _record(
        self,
        verb: str,
        case_id: str,
        facts: dict[str, Any],
        actor: Actor,
        now: datetime,
        why: str | None = None,
    ) -> None:
        def act(tx: Transaction) -> None:
            chain = chain_of(case_id)
            self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=facts, tx=tx)

        self._transact(act)


def _must_be_official(actor: Actor) -> None:
    if actor.scope.kindergartens is not None:
        raise NotPermitted(why=("园长只能查看缩略图", "a director sees derivatives only"))
