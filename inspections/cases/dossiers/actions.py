"""The verbs of dossiers."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from checklists.regions import codes
from inspections.bureaus.actions import Bureaus
from inspections.cases.dossiers import workflow
from inspections.cases.dossiers.model import Dossier, Ground, Kind, Status, Step, Taken
from inspections.cases.dossiers.store import DossierStore
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Topic
from inspections.messages.model import Kind as Told
from media.custody.actions import Custody
from media.custody.model import Actor, Entry, Role
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page
from media.records.actions import Records
from media.records.model import Keeping
from media.refusals import NotFound, NotPermitted
from media.taking.actions import Taking
from media.taking.model import Subject

KEEPING = Keeping(
    what=("案件", "dossier"),
    chain=lambda held: f"case:{held.id}",
    facts=lambda held: {
        "kind": held.kind.value,
        "ground": held.ground.value,
        "status": held.status.value,
        "inspection_id": held.inspection_id,
        "evidence": [each for step in held.steps for each in step.evidence_ids],
    },
)
DIRECTORS_STEPS = (Step.STOP,)
BATCH = 500


class Dossiers:
    """A director sees the dossier of a person at its kindergarten once it was told of it."""

    def __init__(
        self,
        store: DossierStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        evidence: EvidenceRoom,
        bureaus: Bureaus,
    ) -> None:
        self._store = store
        self._records: Records[Dossier] = Records(store, transact, custody, KEEPING)
        self._messages = messages
        self._register = register
        self._evidence = evidence
        self._taking = Taking(evidence, transact)
        self._bureaus = bureaus

    def open(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        kind: Kind,
        ground: Ground,
        name: str,
        found: str,
        actor: Actor,
        now: datetime,
        region: str | None = None,
        kindergarten_id: str | None = None,
        **facts: Any,
    ) -> Dossier:
        """Open a dossier: of a kindergarten's person, or of an institution in a region.

        Sent again with the same `id` and content it changes nothing. Raises NotFound,
        NotPermitted outside of the actor's regions, BadDossier, IdTaken.
        """
        kindergarten = self._register.get(kindergarten_id, actor=actor) if kindergarten_id else None
        where = kindergarten.region if kindergarten else codes.checked(region or "", "region")
        if not actor.scope.covers(where):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        made = Dossier(
            id=id,
            kind=kind,
            ground=ground,
            region=where,
            kindergarten_id=kindergarten_id,
            kindergarten_name=kindergarten.name if kindergarten else None,
            name=name,
            found=found,
            opened_by=actor.person_id,
            opened_at=now,
            **facts,
        )
        workflow.must_be_whole(made)

        def tell(held: Dossier, tx: Transaction) -> None:
            self._tell(Told.DOSSIER_OPENED, held, Audience(roles=(Role.SUPERVISOR,)), now, tx)

        return self._records.add(
            made, "dossier_opened", told=_asked, actor=actor, now=now, why=found, also=tell
        )

    def get(self, dossier_id: str, *, actor: Actor, tx: Transaction = None) -> Dossier:
        """Return the dossier. Raises NotFound, as for a director before it was told."""
        found = self._records.get(dossier_id, actor=actor, tx=tx)
        if actor.holds(Role.DIRECTOR) and found.status is Status.OPEN:
            raise NotFound(what=KEEPING.what)
        return found

    def page(self, *, actor: Actor, **asked: Any) -> Page[Dossier]:
        """Return a page of dossiers by region and id."""
        if actor.holds(Role.DIRECTOR) and asked.get("status") is None:
            asked["status"] = {"$in": list(workflow.SEEN_BY_DIRECTORS)}
        elif actor.holds(Role.DIRECTOR) and asked["status"] == Status.OPEN.value:
            asked["status"] = {"$in": []}
        return self._records.page(actor=actor, **asked)

    def add_photo(
        self, dossier_id: str, data: bytes, *, actor: Actor, now: datetime, **form: Any
    ) -> Evidence:
        """Keep a photo: of the class, the certificate, the duty roster without the person."""
        self.get(dossier_id, actor=actor)

        def subject(tx: Transaction) -> Subject:
            held = self.get(dossier_id, actor=actor, tx=tx)
            belongs = (held.id, held.region, held.kindergarten_id or "")
            shown = actor.holds(Role.DIRECTOR)
            return Subject("dossier", held.id, *belongs, disclosed=shown)

        return self._taking.take(data, subject, site=None, actor=actor, now=now, **form)

    def take_step(
        self,
        dossier_id: str,
        *,
        step: Step,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        evidence_ids: Sequence[str] = (),
        department: str | None = None,
        number: str | None = None,
    ) -> Dossier:
        """Tell, stop, refer, confirm, dismiss or reopen; a director only says that it stopped.

        Raises NotFound, NotPermitted, DossierStepNotAllowed, OwnDossier, BadDossier.
        """
        taken = Taken(
            step,
            Status.OPEN,
            now,
            actor.person_id,
            why,
            tuple(evidence_ids),
            department,
            number,
        )

        def change(held: Dossier, tx: Transaction) -> Dossier:
            self.get(dossier_id, actor=actor, tx=tx)
            _must_be_theirs(step, actor)
            photos = frozenset(self._evidence.ids_of(held.id, tx=tx))
            hours = self._bureaus.rules(held.region, tx).proof_hours or workflow.PROOF_HOURS
            return workflow.advance(held, taken, held=photos, proof_hours=hours)

        def tell(held: Dossier, tx: Transaction) -> None:
            if step is Step.STOP:
                kind, audience = Told.DOSSIER_ANSWERED, Audience(roles=(Role.SUPERVISOR,))
            else:
                kind, audience = Told.DOSSIER_ENDED, Audience(directors_of=held.kindergarten_id)
                if step is Step.TELL:
                    kind = Told.DOSSIER_OPENED
            if held.kindergarten_id is not None or kind is Told.DOSSIER_ANSWERED:
                self._tell(kind, held, audience, now, tx)

        return self._records.change(
            dossier_id,
            f"dossier_{step.value}",
            change,
            seen=seen,
            actor=actor,
            now=now,
            why=why,
            also=tell,
        )

    def chase(self, *, now: datetime) -> int:
        """Mark and tell, once each, whose absence from work was not shown; return how many."""

        def tell(held: Dossier, tx: Transaction) -> None:
            audience = Audience(roles=(Role.SUPERVISOR,), directors_of=held.kindergarten_id)
            self._tell(Told.DOSSIER_OVERDUE, held, audience, now, tx)

        ids = self._store.ids_unproven(now, BATCH)
        lapsed = partial(workflow.lapse, now=now)
        return self._records.lapse(ids, lapsed, "dossier_overdue", now=now, also=tell)

    def history(self, dossier_id: str, *, actor: Actor) -> list[Entry]:
        """Return everything recorded of it, the first first."""
        return self._records.history(dossier_id, actor=actor)

    def _tell(
        self, kind: Told, held: Dossier, audience: Audience, now: datetime, tx: Transaction
    ) -> None:
        """The message names no person: who may see the dossier looks there."""
        self._messages.tell(
            kind,
            about=About(Topic.DOSSIER, held.id, held.region, held.kindergarten_id, held.id),
            audience=audience,
            facts={
                "kind": held.kind.value,
                "kindergarten": held.kindergarten_name,
                "ground": held.ground.value,
                "status": held.status.value,
            },
            key=f"dossier:{held.id}:{kind.value}:{held.revision}",
            now=now,
            tx=tx,
        )


def _asked(held: Dossier) -> tuple[Any, ...]:
    return (held.kind, held.ground, held.region, held.kindergarten_id, held.name, held.found)


def _must_be_theirs(step: Step, actor: Actor) -> None:
    if actor.holds(Role.DIRECTOR) and step not in DIRECTORS_STEPS:
        raise NotPermitted(why=("该步骤由检查或监督人员执行", "officers take this step"))
    if step in (*workflow.ENDING, Step.REOPEN) and not actor.holds(Role.SUPERVISOR):
        raise NotPermitted(why=("办结须由监督人员执行", "a supervisor ends a dossier"))
