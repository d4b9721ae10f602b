"""The verbs of renaming cases."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from inspections.cases.renaming import workflow
from inspections.cases.renaming.errors import NothingFound
from inspections.cases.renaming.model import Borne, Judgement, RenamingCase, Status, Step
from inspections.cases.renaming.store import RenamingStore
from inspections.kindergartens.actions import Register
from inspections.kindergartens.model import Licence, Nature
from inspections.ladder.actions import Ladder
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.rectification.model import Calendar
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor, Entry, Role
from media.days import day_in_shanghai
from media.documents import Transact, Transaction, to_milliseconds
from media.pages import Page, cut, read_cursor
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted, StaleRevision, must_be_current

TOLD: Mapping[Step, Kind] = {
    Step.TELL: Kind.RENAMING_TOLD,
    Step.RETURN: Kind.RENAMING_TOLD,
    Step.ANSWER: Kind.RENAMING_ANSWERED,
    Step.OBJECT: Kind.RENAMING_ANSWERED,
    Step.RENAME: Kind.RENAMING_ENDED,
    Step.DISMISS: Kind.RENAMING_ENDED,
}


class Renaming:
    def __init__(
        self,
        store: RenamingStore,
        transact: Transact[RenamingCase],
        custody: Custody,
        messages: Messages,
        register: Register,
        ladder: Ladder,
        calendar: Callable[[], Calendar],
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._messages = messages
        self._register = register
        self._ladder = ladder
        self._calendar = calendar

    def open(
        self,
        *,
        kindergarten_id: str,
        why: str,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> RenamingCase:
        """Open a case on what the name check finds today, with the clauses of each finding.

        Sent again with the same `id` it changes nothing. Raises NotFound, NothingFound, CaseOpen,
        IdTaken.
        """
        case_id = id or str(uuid4())
        now = to_milliseconds(now)

        def act(tx: Transaction) -> RenamingCase:
            there = self._store.find(case_id, EVERYWHERE, tx)
            if there is not None:
                if (there.kindergarten_id, there.why) != (kindergarten_id, why):
                    raise IdTaken(id=case_id, what=("更名案件", "renaming case"))
                return self.get(case_id, actor=actor, tx=tx)
            found = self._register.get(kindergarten_id, actor=actor, tx=tx)
            opening = self._judge(found.name, found.nature, found.region, found.id, now)
            if opening.verdict == "ok":
                raise NothingFound(name=found.name)
            case = RenamingCase(
                id=case_id,
                kindergarten_id=found.id,
                kindergarten_name=found.name,
                region=found.region,
                nature=found.nature.value,
                status=Status.OPENED,
                opening=opening,
                opened_at=now,
                opened_by=actor.person_id,
                changed_at=now,
                why=why,
            )
            self._store.add(case, tx)
            self._register.settle_name(found.id, case.id, tx=tx)
            told = {"kindergarten_id": found.id, "name": found.name, "findings": _terms(opening)}
            self._record("renaming_opened", case, actor, now, why, told, tx)
            return case

        return self._transact(act)

    def take_step(
        self,
        case_id: str,
        *,
        step: Step,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        borne: Mapping[str, str] | None = None,
        licence: Licence | None = None,
        days: int | None = None,
    ) -> RenamingCase:
        """Tell, return, accept, rename or dismiss; what ends a case is a supervisor's.

        The new name is checked again when it is accepted, and when the register takes it: then
        sign, seal and licence must bear it. Raises NotPermitted, StepNotAllowed, SecondPerson,
        NameStillWrong, WordingDiffers, BadValue.
        """
        if step in workflow.DIRECTORS_STEPS:
            raise NotPermitted(why=("由园方答复", "the kindergarten answers"))
        if step in workflow.ENDING and not actor.holds(Role.SUPERVISOR):
            raise NotPermitted(why=("办结须由监督人员执行", "a supervisor ends a case"))
        if step is Step.RENAME and (borne is None or licence is None):
            raise BadValue(
                field="licence",
                why_zh="更名须同时填写新许可证及园牌、印章、许可证上的名称。",
                why_en="give the new licence, and the name on sign, seal and licence.",
            )
        bears = None
        if borne is not None and licence is not None and step is Step.RENAME:
            bears = Borne(**borne, licence_number=licence.number)

        def change(case: RenamingCase, tx: Transaction) -> RenamingCase:
            proposal = None
            if step in (Step.ACCEPT, Step.RENAME) and case.proposal is not None:
                proposal = self._judge_again(case, case.proposal.name, now)
            by = actor.person_id
            after = workflow.advance(
                case, step, by=by, why=why, at=now, proposal=proposal, borne=bears
            )
            if days is not None and step in (Step.TELL, Step.RETURN):
                after = workflow.give(after, days, day_in_shanghai(now), self._calendar())
            if after.status in workflow.ENDED:
                self._ladder.end_of(after.id, now=now, tx=tx)
            if bears is not None and licence is not None and after.proposal is not None:
                self._register.rename(
                    case.kindergarten_id,
                    name=after.proposal.name,
                    licence=licence,
                    why=why,
                    actor=actor,
                    now=now,
                    tx=tx,
                )
                self._register.settle_name(case.kindergarten_id, case.id, tx=tx)
            return after

        return self._change(case_id, step, change, why, seen, actor, now)

    def answer(
        self,
        case_id: str,
        *,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        new_name: str | None = None,
    ) -> RenamingCase:
        """Name the new name, which is checked at once, or object; the director's.

        Raises NotFound, StepNotAllowed.
        """
        step = Step.OBJECT if new_name is None else Step.ANSWER

        def change(case: RenamingCase, _: Transaction) -> RenamingCase:
            proposal = None if new_name is None else self._judge_again(case, new_name, now)
            by = actor.person_id
            return workflow.advance(case, step, by=by, why=why, at=now, proposal=proposal)

        return self._change(case_id, step, change, why, seen, actor, now)

    def get(self, case_id: str, *, actor: Actor, tx: Transaction = None) -> RenamingCase:
        found = self._store.find(case_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("更名案件", "renaming case"))
        return found

    def page(
        self,
        *,
        actor: Actor,
        status: Sequence[Status] = (),
        kindergarten_id: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[RenamingCase]:
        """Return a page of cases by region and id."""
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.listed(
            actor.scope,
            status=[each.value for each in status],
            kindergarten_id=kindergarten_id,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(found, limit, lambda case: [case.region, case.id])

    def history(self, case_id: str, *, actor: Actor) -> list[Entry]:
        """Return everything recorded of the case, in order."""
        self.get(case_id, actor=actor)
        return list(self._custody.history(f"case:{case_id}"))

    def _judge(
        self, name: str, nature: Nature, region: str, kindergarten_id: str, now: datetime
    ) -> Judgement:
        said = self._register.judge_name(name, nature, region, now=now, but=kindergarten_id)
        return Judgement(name, str(said["verdict"]), tuple(said["findings"]), to_milliseconds(now))

    def _judge_again(self, case: RenamingCase, name: str, now: datetime) -> Judgement:
        return self._judge(name, Nature(case.nature), case.region, case.kindergarten_id, now)

    def _change(
        self,
        case_id: str,
        step: Step,
        change: Callable[[RenamingCase, Transaction], RenamingCase],
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> RenamingCase:
        def act(tx: Transaction) -> RenamingCase:
            before = self.get(case_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            after = change(before, tx)
            if not self._store.replace(after, before.revision, tx):
                raise StaleRevision(seen=before.revision, current=after.revision)
            told = {
                "step": step.value,
                "status": after.status.value,
                "new_name": after.proposal.name if after.proposal else None,
                "revision": after.revision,
            }
            self._record("renaming_step", after, actor, now, why, told, tx)
            self._tell(after, step, now, tx)
            return after

        return self._transact(act)

    def _tell(self, case: RenamingCase, step: Step, now: datetime, tx: Transaction) -> None:
        kind = TOLD.get(step)
        if kind is None:
            return
        audience = Audience(directors_of=case.kindergarten_id)
        if kind is Kind.RENAMING_ANSWERED:
            audience = Audience(persons=tuple(sorted(workflow.involved(case))))
        self._messages.tell(
            kind,
            about=About(Topic.CASE, case.id, case.region, case.kindergarten_id, case.id),
            audience=audience,
            facts={
                "kindergarten": case.kindergarten_name,
                "status": case.status.value,
                "terms": _terms(case.opening),
                "new_name": case.proposal.name if case.proposal else None,
                "due": case.due.isoformat() if case.due else None,
                "provisional": case.provisional,
            },
            key=f"renaming:{case.id}:{case.revision}",
            now=now,
            tx=tx,
        )

    def _record(
        self,
        verb: str,
        case: RenamingCase,
        actor: Actor,
        now: datetime,
        why: str,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        chain = f"case:{case.id}"
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=facts, tx=tx)


def _terms(judged: Judgement) -> list[str]:
    return [f"{each['rule']}:{each['term']}" for each in judged.findings]
