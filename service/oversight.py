"""Assembles the rooms that follow a finding: the ladder, stoppages, objections, and what is set."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from checklists.generation.actions import Checklists
from checklists.regions.actions import Regions
from inspections.bureaus import store as bureau_store
from inspections.bureaus.actions import Bureaus
from inspections.cases.dossiers import store as dossier_store
from inspections.cases.dossiers.actions import Dossiers
from inspections.cases.dossiers.store import DossierStore
from inspections.cases.renaming.actions import Renaming
from inspections.cases.renaming.overdue import RenamingProof
from inspections.cases.renaming.store import RenamingStore
from inspections.cases.tips import store as tip_store
from inspections.cases.tips.actions import Brake, Tips
from inspections.cases.tips.store import TipStore
from inspections.cases.unlicensed.actions import UnlicensedSites
from inspections.cases.veto.complaints import Complaints
from inspections.cases.veto.defence import Defences
from inspections.cases.veto.store import VetoStore
from inspections.drills import store as drill_store
from inspections.drills.actions import Drills
from inspections.drills.model import AskPlatform
from inspections.drills.store import DrillStore
from inspections.findings.actions import Findings
from inspections.kindergartens.actions import Register
from inspections.ladder import store as ladder_store
from inspections.ladder.actions import Ladder
from inspections.ladder.store import EscalationStore
from inspections.messages.actions import Messages
from inspections.rectification.deadlines import Deadlines
from inspections.rectification.hearings import Hearings
from inspections.rectification.model import Calendar
from inspections.rectification.store import NoticeStore
from inspections.recusals import store as recusal_store
from inspections.risk.actions import Risks
from inspections.risk.store import RiskStore
from inspections.statistics import store as figure_store
from inspections.statistics.actions import Bulletins, Statistics
from inspections.statistics.store import BulletinStore, FigureStore
from inspections.stoppages import store as stoppage_store
from inspections.stoppages.actions import Stoppages
from inspections.stoppages.store import StoppageStore
from inspections.visits.actions import Inspections
from media.custody.actions import Custody
from media.documents import Transact
from media.evidence.actions import EvidenceRoom
from media.records import store as record_store
from media.records.actions import Numbers

INDEXES = tuple(
    store.INDEXES
    for store in (
        record_store,
        bureau_store,
        ladder_store,
        stoppage_store,
        dossier_store,
        tip_store,
        recusal_store,
        drill_store,
        figure_store,
    )
)


@dataclass(frozen=True)
class Ground:
    """What the rooms stand on."""

    database: Database[dict[str, Any]]
    transact: Transact[Any]
    custody: Custody
    messages: Messages
    register: Register
    checklists: Checklists
    findings: Findings
    inspections: Inspections
    evidence: EvidenceRoom
    bureaus: Bureaus
    deadlines: Deadlines
    calendar: Callable[[], Calendar]
    numbers: Numbers
    unlicensed: UnlicensedSites
    brake: Brake
    regions: Regions
    platform: AskPlatform | None


@dataclass(frozen=True)
class Oversight:
    """The actions of each of the rooms."""

    hearings: Hearings
    renaming: Renaming
    renaming_proof: RenamingProof
    dossiers: Dossiers
    risks: Risks
    statistics: Statistics
    bulletins: Bulletins
    drills: Drills
    tips: Tips
    complaints: Complaints
    defences: Defences
    ladder: Ladder
    stoppages: Stoppages


def oversee(on: Ground) -> Oversight:
    """Return the rooms on their ground."""
    kept = (on.transact, on.custody, on.messages)
    ladder = Ladder(
        EscalationStore(on.database),
        *kept,
        on.bureaus,
        on.deadlines,
        on.numbers,
        on.calendar,
    )
    statistics = Statistics(FigureStore(on.database), on.checklists.in_force, on.regions)
    return Oversight(
        statistics=statistics,
        risks=Risks(RiskStore(on.database), on.bureaus, on.regions),
        bulletins=Bulletins(
            BulletinStore(on.database), on.transact, on.custody, statistics, on.numbers
        ),
        hearings=Hearings(NoticeStore(on.database), *kept, on.findings, on.calendar),
        dossiers=Dossiers(DossierStore(on.database), *kept, on.register, on.evidence, on.bureaus),
        drills=Drills(
            *(DrillStore(on.database), *kept, on.register, on.evidence, on.bureaus, on.platform),
        ),
        tips=Tips(TipStore(on.database), *kept, on.unlicensed, on.brake),
        complaints=Complaints(VetoStore(on.database), *kept, on.register, on.checklists),
        defences=Defences(VetoStore(on.database), *kept, on.evidence, on.bureaus, on.calendar),
        ladder=ladder,
        renaming=Renaming(RenamingStore(on.database), *kept, on.register, ladder, on.calendar),
        renaming_proof=RenamingProof(
            RenamingStore(on.database), *kept, on.register, on.evidence, ladder
        ),
        stoppages=Stoppages(
            StoppageStore(on.database),
            *kept,
            on.register,
            on.inspections,
            on.evidence,
            on.bureaus,
        ),
    )
