"""Holding cases, proposing deletions, and deciding them: never one person alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast

from media.custody.actions import Custody
from media.custody.model import Actor
from media.days import day_in_shanghai
from media.documents import Transact, Transaction, to_milliseconds
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence, chain_of
from media.refusals import IdTaken, NotFound, NotPermitted, StaleRevision
from media.retention.errors import (
    CaseHeld,
    CaseOpen,
    DecidedAlready,
    HoldReleased,
    NotDue,
    NotOneCase,
)
from media.retention.model import (
    HELD,
    PROPOSED,
    REJECTED,
    RELEASED,
    Act,
    Deletion,
    Ground,
    Hold,
    Periods,
    Status,
)
from media.retention.rules import fits, is_due, kept_until, may_decide
from media.retention.store import RetentionStore

T = TypeVar("T")

DELETION = ("删除申请", "deletion")
HOLD = ("留存保全", "legal hold")
MOST_LOOKED_AT = 2000


class Retention:
    """Holds and deletions. `is_open(case_id, seal, tx)` tells whether a case has open business.

    A deletion, a hold and whatever opens a case anew all write to the head of its chain: of two at
    once the later one runs again and sees the first.
    """

    def __init__(
        self,
        store: RetentionStore,
        transact: Transact[Any],
        custody: Custody,
        evidence: EvidenceRoom,
        is_open: Callable[[str, str | None, Transaction], bool],
        periods: Periods | None = None,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._evidence = evidence
        self._is_open = is_open
        self._periods = periods or Periods()

    def hold(self, hold_id: str, case_id: str, *, why: str, actor: Actor, now: datetime) -> Hold:
        """Keep all of a case's evidence until somebody releases it; sent again, the first.

        Raises NotFound for a case without evidence that the actor may see, IdTaken.
        """
        photos = self._evidence.of_case(case_id, actor=actor)
        if not photos:
            raise NotFound(what=("案件", "case"))
        act = _act(actor, now, why)
        hold = Hold(hold_id, case_id, photos[0].region, act)

        def place(tx: Transaction) -> Hold:
            held = self._store.hold(hold.id, None, tx)
            if held is not None:
                _must_be_same(held, (held.case_id, held.placed.why), (case_id, act.why))
                return held
            self._store.add_hold(hold, tx)
            facts = {"hold_id": hold.id}
            self._custody.record(
                chain_of(case_id), HELD, actor=actor, now=now, why=act.why, facts=facts, tx=tx
            )
            return hold

        return self._do(place)

    def release(self, hold_id: str, *, why: str, actor: Actor, now: datetime) -> Hold:
        """Let a hold go, for a reason. Raises NotFound, HoldReleased."""

        def act(tx: Transaction) -> Hold:
            held = self._store.hold(hold_id, actor.scope, tx)
            if held is None:
                raise NotFound(what=HOLD)
            if held.released is not None:
                raise HoldReleased
            let_go = replace(held, released=_act(actor, now, why), revision=held.revision + 1)
            self._store.replace_hold(let_go, tx)
            chain, facts = chain_of(held.case_id), {"hold_id": held.id}
            self._custody.record(chain, RELEASED, actor=actor, now=now, why=why, facts=facts, tx=tx)
            return let_go

        return self._do(act)

    def holds(self, *, actor: Actor) -> list[Hold]:
        """Return the holds that stand in the actor's regions."""
        return self._store.holds(actor.scope)

    def due(self, *, actor: Actor, now: datetime) -> list[tuple[Evidence, datetime]]:
        """Return the oldest evidence whose period is over and that nothing holds, with its end."""
        found = self._evidence.oldest(MOST_LOOKED_AT, actor=actor)
        return [
            (each, kept_until(each, self._periods))
            for each in found
            if is_due(each, self._periods, now) and not self._store.is_held(each.case_id)
        ]

    def propose(
        self,
        deletion_id: str,
        evidence_ids: Sequence[str],
        ground: Ground,
        *,
        why: str,
        actor: Actor,
        now: datetime,
    ) -> Deletion:
        """Propose that evidence of one case goes; sent again, the first proposal.

        Raises NotFound, NotOneCase, NotDue, CaseHeld, CaseOpen, IdTaken.
        """
        photos = [self._evidence.get(each, actor=actor, now=now) for each in evidence_ids]
        first = photos[0]
        if any((each.case_id, each.seal) != (first.case_id, first.seal) for each in photos):
            raise NotOneCase
        self._must_be_due(photos, ground, now)
        proposed = Deletion(
            deletion_id,
            first.case_id,
            first.region,
            tuple(evidence_ids),
            ground,
            _act(actor, now, why),
            seal=first.seal,
        )

        def act(tx: Transaction) -> Deletion:
            held = self._store.deletion(deletion_id, None, tx)
            if held is not None:
                _must_be_same(held, _content(held), _content(proposed))
                return held
            self._must_be_free(first.case_id, first.seal, tx)
            self._store.add_deletion(proposed, tx)
            facts = {
                "deletion_id": deletion_id,
                "evidence_ids": list(evidence_ids),
                "ground": ground.value,
            }
            chain = chain_of(first.case_id)
            self._custody.record(chain, PROPOSED, actor=actor, now=now, why=why, facts=facts, tx=tx)
            return proposed

        return self._do(act)

    def decide(
        self,
        deletion_id: str,
        *,
        approve: bool,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Deletion:
        """Delete what was proposed, or leave it; by another person than proposed it.

        The bytes go, with everything known of the photos but what the chain holds of them and
        what was there, its hash, and who decided. Raises NotFound, NotPermitted, DecidedAlready,
        CaseHeld, CaseOpen, StaleRevision.
        """

        def act(tx: Transaction) -> Deletion:
            held = self._store.deletion(deletion_id, actor.scope, tx)
            if held is None:
                raise NotFound(what=DELETION)
            if held.status is not Status.PROPOSED:
                raise DecidedAlready
            if not may_decide(held, actor.account_id, actor.person_id):
                raise NotPermitted(why=("提出人不得自行决定", "who proposed it does not decide it"))
            if seen is not None and seen != held.revision:
                raise StaleRevision(seen=seen, current=held.revision)
            facts: dict[str, Any] = {"deletion_id": held.id, "ground": held.ground.value}
            if approve:
                self._must_be_free(held.case_id, held.seal, tx)
                facts["proposed_by"] = held.proposed.name
                self._evidence.delete(
                    held.evidence_ids, why=why, facts=facts, actor=actor, now=now, tx=tx
                )
            else:
                chain = chain_of(held.case_id)
                self._custody.record(
                    chain, REJECTED, actor=actor, now=now, why=why, facts=facts, tx=tx
                )
            decided = replace(
                held,
                status=Status.DONE if approve else Status.REJECTED,
                decided=_act(actor, now, why),
                revision=held.revision + 1,
            )
            if not self._store.replace_deletion(decided, tx):
                raise StaleRevision(seen=held.revision, current=held.revision + 1)
            return decided

        return self._do(act)

    def deletions(self, *, actor: Actor) -> list[Deletion]:
        """Return the newest deletions of the actor's regions, decided or not."""
        return self._store.deletions(actor.scope)

    def _do(self, act: Callable[[Transaction], T]) -> T:
        return cast("T", self._transact(act))

    def _must_be_due(self, photos: Sequence[Evidence], ground: Ground, now: datetime) -> None:
        for each in photos:
            if not fits(each, ground, self._periods, now):
                until = day_in_shanghai(kept_until(each, self._periods)).isoformat()
                raise NotDue(id=each.id, until=until)

    def _must_be_free(self, case_id: str, seal: str | None, tx: Transaction) -> None:
        if self._store.is_held(case_id, tx):
            raise CaseHeld
        if self._is_open(case_id, seal, tx):
            raise CaseOpen


def _act(actor: Actor, now: datetime, why: str) -> Act:
    return Act(to_milliseconds(now), actor.account_id, actor.person_id, actor.name, why.strip())


def _content(deletion: Deletion) -> tuple[Any, ...]:
    by = deletion.proposed
    return deletion.evidence_ids, deletion.ground, by.account_id, by.why


def _must_be_same(held: Hold | Deletion, one: Any, other: Any) -> None:
    if one != other:
        raise IdTaken(id=held.id, what=DELETION if isinstance(held, Deletion) else HOLD)
