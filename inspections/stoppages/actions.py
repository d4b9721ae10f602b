"""Ordering, proving, confirming and lifting a stoppage."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from inspections.bureaus.actions import Bureaus
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.stoppages import workflow
from inspections.stoppages.errors import NotAnOfficerThere
from inspections.stoppages.model import Step, Stoppage, Taken
from inspections.stoppages.store import StoppageStore
from inspections.visits.actions import Inspections, site_of
from inspections.visits.model import Result
from media.custody.actions import Custody
from media.custody.model import Actor, Role
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page
from media.records.actions import Records
from media.records.model import Keeping
from media.refusals import NotPermitted
from media.taking.actions import Taking
from media.taking.model import Subject

KEEPING = Keeping(
    what=("停用决定", "stoppage"),
    chain=lambda held: f"case:{held.case_id}",
    facts=lambda held: {
        "status": held.status.value,
        "what": held.what,
        "proof_due_at": held.proof_due_at.isoformat(),
        "evidence": [each for step in held.steps for each in step.evidence_ids],
    },
)
SAW = (Role.SUPERVISOR,)
BATCH = 500


class Stoppages:
    def __init__(
        self,
        store: StoppageStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        inspections: Inspections,
        evidence: EvidenceRoom,
        bureaus: Bureaus,
    ) -> None:
        self._store = store
        self._transact = transact
        self._records: Records[Stoppage] = Records(store, transact, custody, KEEPING)
        self._messages = messages
        self._register = register
        self._inspections = inspections
        self._evidence = evidence
        self._taking = Taking(evidence, transact)
        self._bureaus = bureaus

    def order(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        inspection_id: str,
        item_id: str,
        what: str,
        actor: Actor,
        now: datetime,
        hours: int | None = None,
    ) -> Stoppage:
        """Have a major hazard out of use at once; the director is told in the same moment.

        Sent again with the same `id` and content it changes nothing. Raises NotFound,
        NotAMajorHazard, NotAnOfficerThere, IdTaken.
        """
        visit = self._inspections.get(inspection_id, actor=actor)
        if not (visit.is_officer(actor.person_id) or actor.holds(Role.SUPERVISOR)):
            raise NotAnOfficerThere
        item = self._inspections.items(visit, actor=actor).get(item_id)
        answer = visit.answers.get(item_id)
        workflow.must_be_major(
            item.severity if item else None,
            not_met=answer is not None and answer.result is Result.NOT_MET,
        )
        assert item is not None
        allowed = self._bureaus.rules(visit.region).proof_hours or 24
        made = Stoppage(
            id=id,
            case_id=visit.case_id,
            inspection_id=visit.id,
            item_id=item_id,
            item_title=item.title,
            kindergarten_id=visit.kindergarten_id,
            kindergarten_name=visit.kindergarten_name,
            region=visit.region,
            what=what,
            basis=item.articles,
            ordered_by=actor.person_id,
            ordered_at=now,
            proof_due_at=now + timedelta(hours=min(hours or allowed, allowed)),
            officers=tuple(each.person_id for each in visit.officers),
        )

        def tell(held: Stoppage, tx: Transaction) -> None:
            audience = Audience(roles=SAW, directors_of=held.kindergarten_id)
            self._tell(Kind.USE_STOPPED, held, audience, now, tx)

        return self._records.add(
            made,
            "use_stopped",
            told=lambda held: (held.inspection_id, held.item_id, held.what, held.ordered_by),
            actor=actor,
            now=now,
            also=tell,
        )

    def get(self, stoppage_id: str, *, actor: Actor, tx: Transaction = None) -> Stoppage:
        """Return a stoppage; a director sees those of its kindergarten. Raises NotFound."""
        return self._records.get(stoppage_id, actor=actor, tx=tx)

    def page(self, *, actor: Actor, **asked: Any) -> Page[Stoppage]:
        """Return a page of stoppages by region and id."""
        return self._records.page(actor=actor, **asked)

    def add_photo(
        self, stoppage_id: str, data: bytes, *, actor: Actor, now: datetime, **form: Any
    ) -> Evidence:
        """Keep a photo of what is out of use."""
        held = self.get(stoppage_id, actor=actor)
        kindergarten = self._register.get(held.kindergarten_id, actor=actor)

        def subject(tx: Transaction) -> Subject:
            there = self.get(stoppage_id, actor=actor, tx=tx)
            belongs = (there.case_id, there.region, there.kindergarten_id)
            return Subject("stoppage", there.id, *belongs, disclosed=True)

        site = site_of(kindergarten)
        return self._taking.take(data, subject, site=site, actor=actor, now=now, **form)

    def take_step(
        self,
        stoppage_id: str,
        *,
        step: Step,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        evidence_ids: Sequence[str] = (),
    ) -> Stoppage:
        """Prove (the director), confirm or reject (an officer), lift (a supervisor without part).

        Raises NotPermitted, StoppageStepNotAllowed, ProofLacksPhoto, OwnStoppage.
        """
        taken = Taken(step, now, actor.person_id, why, tuple(evidence_ids))

        def change(held: Stoppage, tx: Transaction) -> Stoppage:
            _must_be_theirs(step, actor)
            photos = frozenset(self._evidence.ids_of(held.id, tx=tx))
            return workflow.advance(held, taken, held=photos)

        def tell(held: Stoppage, tx: Transaction) -> None:
            if step is Step.PROVE:
                audience = Audience(roles=SAW, persons=tuple(sorted({*held.officers})))
                self._tell(Kind.STOPPAGE_PROVEN, held, audience, now, tx)
            else:
                audience = Audience(directors_of=held.kindergarten_id)
                kind = Kind.USE_STOPPED if step is Step.REJECT else Kind.STOPPAGE_ENDED
                self._tell(kind, held, audience, now, tx)

        verb = f"stoppage_{step.value}"
        return self._records.change(
            stoppage_id, verb, change, seen=seen, actor=actor, now=now, why=why, also=tell
        )

    def chase(self, *, now: datetime) -> int:
        """Mark and tell, once each, what was not proven in time; return how many."""

        def tell(held: Stoppage, tx: Transaction) -> None:
            audience = Audience(roles=SAW, directors_of=held.kindergarten_id)
            self._tell(Kind.STOPPAGE_OVERDUE, held, audience, now, tx)

        ids = self._store.ids_unproven(now, BATCH)
        lapsed = partial(workflow.lapse, now=now)
        return self._records.lapse(ids, lapsed, "stoppage_overdue", now=now, also=tell)

    def _tell(
        self, kind: Kind, held: Stoppage, audience: Audience, now: datetime, tx: Transaction
    ) -> None:
        about = About(Topic.STOPPAGE, held.id, held.region, held.kindergarten_id, held.case_id)
        self._messages.tell(
            kind,
            about=about,
            audience=audience,
            facts={
                "kindergarten": held.kindergarten_name,
                "what": held.what,
                "status": held.status.value,
                "proof_due_at": held.proof_due_at.isoformat(timespec="milliseconds"),
            },
            key=f"stoppage:{held.id}:{kind.value}:{held.revision}",
            now=now,
            tx=tx,
        )


def _must_be_theirs(step: Step, actor: Actor) -> None:
    """A director proves; officers say whether it does; supervisors lift."""
    theirs = {
        Step.PROVE: (Role.DIRECTOR,),
        Step.CONFIRM: (Role.INSPECTOR, Role.SUPERVISOR),
        Step.REJECT: (Role.INSPECTOR, Role.SUPERVISOR),
        Step.LIFT: (Role.SUPERVISOR,),
    }[step]
    if not actor.holds(*theirs):
        raise NotPermitted(why=("该步骤不属于您的角色", "this step is not your role's"))
