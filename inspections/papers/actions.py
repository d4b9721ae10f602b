"""Making papers out, and verifying them for the public."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from checklists.generation.model import Item
from inspections.cases.veto.actions import VetoCases
from inspections.kindergartens.actions import Register
from inspections.kindergartens.model import Kindergarten
from inspections.ladder.actions import Ladder
from inspections.papers import contents, supervisory
from inspections.papers.model import Kind, Paper
from inspections.papers.store import PaperStore
from inspections.rectification.actions import Rectification
from inspections.statistics.actions import Bulletins
from inspections.supervision.actions import Supervision
from inspections.visits.actions import Inspections
from media.checkpoints.actions import Checkpoints
from media.custody.actions import Custody
from media.custody.model import Actor, Role
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.papers import actions as printing
from media.papers.model import Picture, Sheet
from media.refusals import NotFound

MOST_PICTURES = 60
"""On one paper; the others are named by number and hash in the record."""

Drawn = tuple[Sheet, str, str]
"""A sheet, the chain that its making goes into, and the region."""


class Papers:
    """Papers of what the actor may read: each is made of the rooms' own answers to that actor."""

    def __init__(
        self,
        store: PaperStore,
        transact: Transact[Any],
        custody: Custody,
        register: Register,
        inspections: Inspections,
        rectification: Rectification,
        veto: VetoCases,
        supervision: Supervision,
        evidence: EvidenceRoom,
        checkpoints: Checkpoints,
        public_url: str,
        ladder: Ladder,
        bulletins: Bulletins,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._register = register
        self._inspections = inspections
        self._rectification = rectification
        self._veto = veto
        self._supervision = supervision
        self._evidence = evidence
        self._checkpoints = checkpoints
        self._public_url = public_url.rstrip("/")
        self._ladder = ladder
        self._bulletins = bulletins

    def page(self, kind: str, subject_id: str, *, actor: Actor, now: datetime) -> str:
        """Return the paper as a page to print. Raises NotFound as the room of its subject does."""
        sheet, _ = self._made(kind, subject_id, None, actor, now)
        return printing.page(sheet)

    def pdf(self, kind: str, subject_id: str, *, actor: Actor, now: datetime) -> bytes:
        """Return the paper as PDF. Raises NotFound, PrintingUnavailable."""
        _, printed = self._made(kind, subject_id, printing.pdf, actor, now)
        assert printed is not None
        return printed

    def verify(self, code: str) -> Paper:
        """Return what the public may know of a paper by its code. Raises NotFound."""
        found = self._store.find(code.strip().upper())
        if found is None:
            raise NotFound(what=("这份文书", "such paper"))
        return found

    def _made(
        self, kind: str, subject_id: str, printer: Any, actor: Actor, now: datetime
    ) -> tuple[Sheet, bytes | None]:
        if kind not in list(Kind):
            raise NotFound(what=("这种文书", "such kind of paper"))
        draw = {
            Kind.INSPECTION_RECORD: self._record,
            Kind.NOTICE: self._notice,
            Kind.REINSPECTION_OPINION: self._opinion,
            Kind.VETO_DECISION: self._decision,
            Kind.ANNUAL_REVIEW: self._review,
            Kind.INTERVIEW_RECORD: self._measure,
            Kind.BULLETIN: self._bulletin,
        }[Kind(kind)]
        sheet, chain, region = draw(subject_id, actor, now)
        if sheet.is_draft:
            return sheet, printer(sheet).pdf if printer else None
        content = printing.content_sha256(sheet)
        code = printing.code_of(content)
        known = self._store.find(code)
        checkpoint = known.checkpoint if known else self._checkpoints.last_in_words()
        address = f"{self._public_url}/verify/{code}"
        sheet = replace(sheet, code=code, address=address, checkpoint=checkpoint)
        printed = printer(sheet) if printer else None
        paper = Paper(
            id=code,
            kind=Kind(kind),
            subject_id=subject_id,
            region=region,
            title=sheet.title,
            number=sheet.number,
            issuer=sheet.issuer,
            at=sheet.at,
            content_sha256=content,
            made_at=now,
            made_by=actor.person_id,
            pdf_sha256=(printed.sha256,) if printed else (),
            checkpoint=checkpoint,
        )
        self._transact(lambda tx: self._keep(paper, chain, actor, now, tx))
        return sheet, printed.pdf if printed else None

    def _keep(self, paper: Paper, chain: str, actor: Actor, now: datetime, tx: Transaction) -> None:
        """Keep a paper, or another file of it; what is known already changes nothing."""
        there = self._store.find(paper.id, tx)
        if there is not None and set(paper.pdf_sha256) <= set(there.pdf_sha256):
            return
        if there is None:
            self._store.add(paper, tx)
        else:
            self._store.add_file(paper.id, paper.pdf_sha256[0], tx)
        facts = {"kind": paper.kind.value, "code": paper.id, "content_sha256": paper.content_sha256}
        files = {"pdf_sha256": list(paper.pdf_sha256)}
        self._custody.record(
            chain, "paper_made", actor=actor, now=now, facts={**facts, **files}, tx=tx
        )

    def _record(self, subject_id: str, actor: Actor, now: datetime) -> Drawn:
        if actor.holds(Role.DIRECTOR):
            raise NotFound(what=("文书", "paper"))
        visit = self._inspections.get(subject_id, actor=actor)
        items = self._inspections.items(visit, actor=actor)
        shown = [
            (evidence_id, items.get(item_id))
            for item_id, answer in visit.answers.items()
            if item_id not in visit.sealed_item_ids
            for evidence_id in answer.evidence_ids
        ]
        party = self._party(visit.kindergarten_id, actor)
        pictures = self._pictures(shown, contents.SIDES[0], actor, now)
        sheet = contents.inspection_record(visit, party, items, pictures)
        return sheet, f"case:{visit.case_id}", visit.region

    def _notice(self, subject_id: str, actor: Actor, now: datetime) -> Drawn:
        paper = self._rectification.get(subject_id, actor=actor)
        visit = self._inspections.get(paper.inspection_id, actor=actor)
        shown: list[tuple[str, Item | None]] = [
            (id_, None) for each in paper.corrections for id_ in each.evidence_ids
        ]
        party = self._party(paper.kindergarten_id, actor)
        pictures = self._pictures(shown, contents.SIDES[1], actor, now)
        sheet = contents.notice(paper, visit, party, pictures)
        return sheet, f"case:{paper.case_id}", paper.region

    def _opinion(self, subject_id: str, actor: Actor, _: datetime) -> Drawn:
        """`subject_id` is the notice's: the paper is that of its last round."""
        paper = self._rectification.get(subject_id, actor=actor)
        if not paper.rounds:
            raise NotFound(what=("复查", "re-inspection"))
        visit = self._inspections.get(paper.rounds[-1].inspection_id, actor=actor)
        party = self._party(paper.kindergarten_id, actor)
        sheet = contents.reinspection_opinion(paper, paper.rounds[-1], visit, party)
        return sheet, f"case:{paper.case_id}", paper.region

    def _decision(self, subject_id: str, actor: Actor, now: datetime) -> Drawn:
        case = self._veto.view(subject_id, actor=actor, now=now)
        party = self._party(case.kindergarten_id, actor)
        return contents.veto_decision(case, party), f"case:{case.id}", case.region

    def _review(self, subject_id: str, actor: Actor, now: datetime) -> Drawn:  # noqa: ARG002 - one shape for all
        """`subject_id` is the kindergarten's id and the year, joined by a full stop."""
        id_, year = subject_id.rsplit(".", 1) if "." in subject_id else ("", "")
        if not year.isdecimal() or len(year) != len("2026"):
            raise NotFound(what=("年检", "annual review"))
        party = self._party(id_, actor)
        result = self._supervision.result(id_, int(year), actor=actor)
        issuer = party.licence.authority if party.licence else "教育行政部门"
        sheet = contents.annual_review(result, party, issuer)
        return sheet, f"kindergarten:{id_}", party.region

    def _measure(self, subject_id: str, actor: Actor, now: datetime) -> Drawn:  # noqa: ARG002 - one shape for all
        if actor.holds(Role.DIRECTOR):
            raise NotFound(what=("措施", "measure"))
        measure = self._ladder.get(subject_id, actor=actor)
        party = self._party(measure.kindergarten_id, actor)
        sheet = supervisory.interview_record(measure, party)
        return sheet, f"case:{measure.case_id}", measure.region

    def _bulletin(self, subject_id: str, actor: Actor, now: datetime) -> Drawn:  # noqa: ARG002 - one shape for all
        held = self._bulletins.get(subject_id, actor=actor)
        return supervisory.bulletin(held), f"bulletin:{held.id}", held.region

    def _party(self, kindergarten_id: str, actor: Actor) -> Kindergarten:
        return self._register.get(kindergarten_id, actor=actor)

    def _pictures(
        self,
        shown: Sequence[tuple[str, Item | None]],
        side: str,
        actor: Actor,
        now: datetime,
    ) -> list[Picture]:
        kept = self._evidence.kept(id_ for id_, _ in shown)
        found: Mapping[str, Item | None] = {id_: item for id_, item in shown if id_ in kept}
        made = []
        for number, (id_, item) in enumerate(list(found.items())[:MOST_PICTURES], 1):
            seen = self._evidence.derivative(id_, int(side), marked=True, actor=actor, now=now)
            caption = contents.caption(number, seen.evidence, item, seen.notes)
            made.append(Picture(caption, seen.data))
        return made
