"""The verbs of an inspection."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from checklists.generation.actions import Checklists
from checklists.generation.model import Item
from inspections.findings.actions import Findings
from inspections.findings.model import Finding
from inspections.kindergartens.actions import Register
from inspections.kindergartens.model import Kindergarten
from inspections.messages.actions import Messages
from inspections.visits import workflow
from inspections.visits.errors import (
    NotYourInspection,
)
from inspections.visits.joint import must_be_own
from inspections.visits.model import (
    Answer,
    Inspection,
    Kind,
    Signature,
    SignatureKind,
    Step,
)
from inspections.visits.sealing import Matters, Sealing
from inspections.visits.store import VisitStore
from inspections.visits.telling import tell_step
from media.custody.actions import Custody
from media.custody.model import Actor, Entry
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page, cut, read_cursor
from media.places.model import Site
from media.refusals import BadValue, NotFound, StaleRevision, must_be_current
from media.taking.actions import Taking
from media.taking.model import Subject

Change = Callable[[Inspection, Transaction], tuple[Inspection, dict[str, Any]]]
"""Gives the inspection as it stands afterwards, and what the history keeps of it."""


class Inspections:
    """`matters` takes what is found of abuse or corporal punishment, and keeps it sealed."""

    def __init__(
        self,
        store: VisitStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        checklists: Checklists,
        evidence: EvidenceRoom,
        findings: Findings,
        matters: Matters,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._messages = messages
        self._register = register
        self._checklists = checklists
        self._evidence = evidence
        self._taking = Taking(evidence, transact)
        self._findings = findings
        self.sealing = Sealing(custody, evidence, matters)

    def get(self, inspection_id: str, *, actor: Actor, tx: Transaction = None) -> Inspection:
        """Return the inspection as the actor may read it. Raises NotFound."""
        return workflow.as_seen_by(self._whole(inspection_id, actor, tx), actor.person_id)

    def _whole(self, inspection_id: str, actor: Actor, tx: Transaction) -> Inspection:
        found = self._store.find(inspection_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("检查", "inspection"))
        return found

    def page(
        self,
        *,
        actor: Actor,
        mine: bool = False,
        on: date | None = None,
        status: Sequence[str] = (),
        kindergarten_id: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Inspection]:
        """Return a page by region, day and id; `mine` keeps those assigned to the actor."""
        after = read_cursor(cursor, str, str, str) if cursor else None
        found = self._store.listed(
            actor.scope,
            account_id=actor.account_id if mine else None,
            on=on,
            status=status,
            kindergarten_id=kindergarten_id,
            after=(after[0], after[1], after[2]) if after else None,
            limit=limit + 1,
        )
        shown = [workflow.as_seen_by(each, actor.person_id) for each in found]
        return cut(shown, limit, lambda each: [each.region, each.planned_for.isoformat(), each.id])

    def items(self, inspection: Inspection, *, actor: Actor) -> Mapping[str, Item]:
        """Return the items asked, by id, as they stand in the pinned checklist."""
        checklist = self._checklists.get(inspection.checklist_id, actor=actor)
        return {item.id: item for item in checklist.items if item.id in inspection.item_ids}

    def take_step(
        self,
        inspection_id: str,
        *,
        step: Step,
        seen: int | None,
        actor: Actor,
        now: datetime,
        why: str | None = None,
        identity_shown: bool = False,
        recusal_told: bool = False,
    ) -> Inspection:
        """Begin, submit, return, approve or cancel; approving leaves the findings.

        Begin and submit are an officer's. Return, approve and cancel are a supervisor's who is
        no officer of it. Raises StepNotAllowed, NotYourInspection, OwnInspection, NotComplete.
        """
        if step is Step.BEGIN and not (identity_shown and recusal_told):
            raise BadValue(
                field="identity_shown, recusal_told",
                why_zh="开始检查前须出示证件并告知回避权利（行政处罚法第五十五条）",
                why_en="show identity and tell of the right to recusal before it begins",
            )
        if step in (Step.RETURN, Step.CANCEL) and not why:
            raise BadValue(field="why", why_zh="须写明原因", why_en="say why")

        def change(before: Inspection, tx: Transaction) -> tuple[Inspection, dict[str, Any]]:
            after = workflow.advance(before, step, at=now, by=actor.person_id, why=why)
            found: list[Finding] = []
            if step is Step.SUBMIT:
                photographed = frozenset(self._evidence.ids_of(before.id, tx=tx))
                items = self.items(before, actor=actor)
                workflow.must_be_complete(before, items, photographed)
            if step is Step.APPROVE and before.kind is Kind.ROUTINE:
                found = workflow.findings(before, self.items(before, actor=actor))
                self._findings.add(found, tx=tx)
            tell_step(self._messages, _PAST[step], after, now=now, tx=tx)
            return after, {
                "status": after.status.value,
                "answers_sha256": workflow.fingerprint(after),
                "findings": [finding.id for finding in found if finding.seal is None],
            }

        return self._change(
            inspection_id, step, change, verb=_PAST[step], seen=seen, actor=actor, now=now, why=why
        )

    def answer(
        self,
        inspection_id: str,
        answers: Sequence[Mapping[str, Any]],
        *,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> Inspection:
        """Add answers, in parts as the officers walk; an item answered again has the later one.

        Raises NotYourInspection, StepNotAllowed, WrongAnswer; then nothing of the part is kept.
        """
        given = [Answer(**each, answered_at=now, answered_by=actor.person_id) for each in answers]

        def change(before: Inspection, tx: Transaction) -> tuple[Inspection, dict[str, Any]]:
            items = self.items(before, actor=actor)
            must_be_own(before, actor.person_id, given)
            after = workflow.answer(before, given, items, at=now)
            told = self.sealing.keep(after, given, items, actor=actor, now=now, tx=tx)
            return after, {"answers": told}

        return self._change(
            inspection_id, None, change, verb="answered", seen=seen, actor=actor, now=now
        )

    def sign(
        self,
        inspection_id: str,
        *,
        kind: SignatureKind,
        seen: int | None,
        actor: Actor,
        now: datetime,
        **words: str | None,
    ) -> Inspection:
        """Record the inspected party's signature, or its refusal before a witness."""

        def change(before: Inspection, _: Transaction) -> tuple[Inspection, dict[str, Any]]:
            signature = Signature(
                kind=kind,
                answers_sha256=workflow.fingerprint(before),
                at=now,
                recorded_by=actor.person_id,
                **words,
            )
            after = workflow.sign(before, signature, at=now)
            return after, {"answers_sha256": signature.answers_sha256, **words}

        return self._change(
            inspection_id, None, change, verb=kind.value, seen=seen, actor=actor, now=now
        )

    def add_photo(
        self,
        inspection_id: str,
        data: bytes,
        *,
        actor: Actor,
        now: datetime,
        item_id: str | None = None,
        **form: Any,
    ) -> Evidence:
        """Keep a photo taken on this inspection. Raises what the examination refuses."""
        inspection = self.get(inspection_id, actor=actor)
        if not inspection.is_officer(actor.person_id):
            raise NotYourInspection
        if item_id is not None and item_id not in inspection.item_ids:
            raise NotFound(what=("检查项", "item"))
        kindergarten = self._register.get(inspection.kindergarten_id, actor=actor)
        seal = workflow.seal_of(inspection, item_id)

        def subject(tx: Transaction) -> Subject:
            before = self._whole(inspection_id, actor, tx)
            workflow.must_take_photos(before)
            belongs = (seal or before.case_id, before.region, before.kindergarten_id)
            return Subject("inspection", before.id, *belongs, item_id=item_id, seal=seal)

        def then(kept: Evidence, tx: Transaction) -> None:
            self.sealing.keep_photo(kept, actor=actor, now=now, tx=tx)

        site = site_of(kindergarten)
        return self._taking.take(data, subject, site=site, actor=actor, now=now, then=then, **form)

    def history(self, case_id: str, *, actor: Actor) -> list[Entry]:
        """Return everything recorded of a case, from its planning to its closure.

        Raises NotFound where no visit of it is in scope.
        """
        if not self._store.has_case(case_id, actor.scope):
            raise NotFound(what=("案件", "case"))
        return self._custody.history(f"case:{case_id}")

    def _change(
        self,
        inspection_id: str,
        step: Step | None,
        change: Change,
        *,
        verb: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        why: str | None = None,
    ) -> Inspection:
        """Change one inspection at the revision seen, with its history, in one transaction."""

        def act(tx: Transaction) -> Inspection:
            before = self._whole(inspection_id, actor, tx)
            workflow.must_be_entitled(before, step, actor)
            must_be_current(seen, before.revision)
            after, facts = change(before, tx)
            if not self._store.replace(after, before.revision, tx):
                raise StaleRevision(seen=before.revision, current=after.revision)
            self._record(f"inspection_{verb}", after, actor, now, why, facts, tx)
            return workflow.as_seen_by(after, actor.person_id)

        return self._transact(act)  # type: ignore[no-any-return]

    def _record(
        self,
        verb: str,
        inspection: Inspection,
        actor: Actor,
        now: datetime,
        why: str | None,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        chain = f"case:{inspection.case_id}"
        told = {"inspection_id": inspection.id, **facts}
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=told, tx=tx)


_PAST = {
    Step.BEGIN: "begun",
    Step.SUBMIT: "submitted",
    Step.RETURN: "returned",
    Step.APPROVE: "approved",
    Step.CANCEL: "cancelled",
}


def site_of(kindergarten: Kindergarten) -> Site | None:
    """Return what a photo's place is compared with, None where no place is registered.

    Around an outline that is known 50 m are its own grounds, else 200 m around the point.
    """
    place = kindergarten.place
    if place is None:
        return None
    tolerance = 50.0 if place.outline else 200.0
    return Site(place.lon, place.lat, tolerance, kindergarten.region, place.outline)
