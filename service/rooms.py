"""Assembles the rooms on one database: who gets which store and which other rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database

from checklists.decisions import store as decision_store
from checklists.decisions.actions import Decisions
from checklists.decisions.store import DecisionStore
from checklists.generation import store as checklist_store
from checklists.generation.actions import Checklists
from checklists.generation.schemas import render
from checklists.generation.store import ChecklistStore
from checklists.local import store as local_store
from checklists.local.actions import LocalItems
from checklists.local.store import LocalItemStore
from checklists.naming.actions import Naming
from checklists.plans import store as plan_store
from checklists.plans.actions import Plans
from checklists.plans.store import PlanStore
from checklists.regions import store as region_store
from checklists.regions.actions import Regions
from checklists.regions.store import RegionStore
from inspections.amendments import store as amendment_store
from inspections.amendments.actions import Amendments
from inspections.amendments.store import AmendmentStore
from inspections.bureaus.actions import Bureaus
from inspections.bureaus.store import BureauStore
from inspections.calendars import store as announcement_store
from inspections.calendars.actions import Calendars
from inspections.calendars.store import AnnouncementStore
from inspections.cases.renaming import store as renaming_store
from inspections.cases.unlicensed import store as unlicensed_store
from inspections.cases.unlicensed.actions import UnlicensedSites
from inspections.cases.unlicensed.store import UnlicensedStore
from inspections.cases.veto import store as veto_store
from inspections.cases.veto.actions import VetoCases
from inspections.cases.veto.store import VetoStore
from inspections.draws import store as draw_store
from inspections.draws.actions import Draws
from inspections.draws.store import DrawStore
from inspections.findings import store as finding_store
from inspections.findings.actions import Findings
from inspections.findings.store import FindingStore
from inspections.kindergartens import store as kindergarten_store
from inspections.kindergartens.actions import Register
from inspections.kindergartens.intake import Intake
from inspections.kindergartens.moving import Moving
from inspections.kindergartens.store import KindergartenStore
from inspections.messages import store as message_store
from inspections.messages.actions import Messages
from inspections.messages.alarms import Alarms
from inspections.messages.store import MessageStore
from inspections.namechecks import store as name_run_store
from inspections.namechecks.actions import NameChecks
from inspections.namechecks.store import NameRunStore
from inspections.papers import store as paper_store
from inspections.papers.actions import Papers
from inspections.papers.store import PaperStore
from inspections.queues import store as queue_store
from inspections.queues.actions import Queues
from inspections.queues.store import QueueStore
from inspections.rectification import store as notice_store
from inspections.rectification.actions import Rectification
from inspections.rectification.announced import announced
from inspections.rectification.deadlines import Deadlines
from inspections.rectification.store import NoticeStore
from inspections.recusals.actions import Recusals
from inspections.recusals.store import RecusalStore
from inspections.supervision import store as supervision_store
from inspections.supervision.actions import Supervision
from inspections.supervision.store import ReviewStore
from inspections.visits import store as visit_store
from inspections.visits.actions import Inspections
from inspections.visits.assignments import Assignments
from inspections.visits.store import VisitStore
from media.checkpoints import store as checkpoint_store
from media.checkpoints.actions import Checkpoints
from media.checkpoints.stamps import Stamps
from media.checkpoints.store import CheckpointStore
from media.custody import store as custody_store
from media.custody.actions import Custody
from media.custody.store import CustodyStore
from media.evidence import store as evidence_store
from media.evidence.actions import EvidenceRoom
from media.evidence.store import EvidenceStore
from media.layers import store as layer_store
from media.layers.actions import Layers
from media.layers.store import LayerStore
from media.photos.actions import Photos
from media.photos.decoding import Decoders
from media.records.actions import Numbers
from media.records.store import NumberStore
from media.retention import store as retention_store
from media.retention.actions import Retention
from media.retention.store import RetentionStore
from media.uploads import store as upload_store
from media.uploads.actions import Uploads
from media.uploads.store import UploadStore
from service import oversight
from service.accounts import store as account_store
from service.accounts.actions import Accounts
from service.accounts.intake import AccountIntake
from service.accounts.store import AccountStore
from service.administration.actions import Administration
from service.administration.waiting import short_queues
from service.clock import DatabaseClock
from service.database import IMPORT_SECONDS, Document, ensure_indexes, transactions
from service.delivery import store as delivery_store
from service.delivery.actions import Receivers
from service.delivery.authority import authority
from service.delivery.contacts import Contacts
from service.delivery.linkage import platform
from service.delivery.mail import Mailer
from service.delivery.post import Post
from service.delivery.preferences import Preferences
from service.delivery.sender import Sender
from service.delivery.signing import Keeper
from service.delivery.store import DeliveryStore
from service.names.actions import NameTables
from service.settings import Settings
from service.tables import store as table_store
from service.tables.accounts import AccountSheet
from service.tables.actions import Tables
from service.tables.kindergartens import KindergartenSheet
from service.tables.model import Kind
from service.tables.store import TableStore

Clock = Callable[[], datetime]

INDEXES = (
    tuple(
        store.INDEXES
        for store in (
            *(
                custody_store,
                checkpoint_store,
                account_store,
                evidence_store,
                plan_store,
                checklist_store,
            ),
            *(region_store, table_store, decision_store, local_store),
            *(kindergarten_store, visit_store, finding_store, notice_store),
            *(veto_store, unlicensed_store, supervision_store, queue_store),
            *(announcement_store, draw_store),
            *(amendment_store, paper_store, layer_store, retention_store, upload_store),
            *(message_store, delivery_store),
            *(name_run_store, renaming_store),
        )
    )
    + oversight.INDEXES
)


@dataclass(frozen=True)
class Rooms:
    """The actions of every room, and what the shell itself needs."""

    settings: Settings
    client: MongoClient[Document]
    database: Database[dict[str, Any]]
    clock: Clock
    decoders: Decoders
    custody: Custody
    checkpoints: Checkpoints
    stamps: Stamps
    accounts: Accounts
    regions: Regions
    administration: Administration
    plans: Plans
    decisions: Decisions
    local_items: LocalItems
    checklists: Checklists
    naming: Naming
    register: Register
    moving: Moving
    tables: Tables
    evidence: EvidenceRoom
    layers: Layers
    retention: Retention
    uploads: Uploads
    findings: Findings
    inspections: Inspections
    assignments: Assignments
    rectification: Rectification
    messages: Messages
    deadlines: Deadlines
    calendars: Calendars
    draws: Draws
    receivers: Receivers
    preferences: Preferences
    post: Post
    veto: VetoCases
    unlicensed: UnlicensedSites
    name_checks: NameChecks
    name_tables: NameTables
    supervision: Supervision
    queues: Queues
    bureaus: Bureaus
    recusals: Recusals
    oversight: oversight.Oversight
    amendments: Amendments
    papers: Papers


def assemble(
    settings: Settings, client: MongoClient[Document], clock: Clock | None = None
) -> Rooms:
    """Return the rooms on the database that the settings name, its indexes made.

    The clock is the database's time unless another is handed in.
    The decoders start their processes at the first photo; close them with the service.
    """
    database = client[settings.database]
    clock = clock or DatabaseClock(client)
    ensure_indexes(database, *INDEXES)
    transact = transactions(client)
    decoders = Decoders()
    custody = Custody(CustodyStore(database))
    messages = Messages(MessageStore(database))
    numbers = Numbers(NumberStore(database))
    bureaus = Bureaus(BureauStore(database), transact, custody)
    plans = Plans(PlanStore(database), transact, custody)
    naming = Naming(plans)
    decisions = Decisions(DecisionStore(database), transact, custody, plans)
    local_items = LocalItems(LocalItemStore(database), transact, custody, plans)
    checklists = Checklists(
        ChecklistStore(database), transact, custody, plans, decisions, local_items, render
    )
    regions = Regions(RegionStore(database), transact, custody)
    kindergartens = KindergartenStore(database)
    register = Register(kindergartens, transact, custody, naming, regions.why_not)
    vetoes = VetoStore(database)
    persons = AccountStore(database)
    accounts = Accounts(
        persons,
        transact,
        custody,
        secret=settings.secret,
        token_hours=settings.token_hours,
        seals_of=vetoes.ids_naming,
        reach=regions.reach,
    )
    layers = LayerStore(database)
    evidence = EvidenceRoom(
        EvidenceStore(database),
        custody,
        Photos(decoders),
        transact,
        quota=settings.quota,
        has_case=vetoes.exists,
        marks_over=layers.marks_over,
        alarm=Alarms(messages).damaged,
    )
    findings = Findings(FindingStore(database))
    veto = VetoCases(vetoes, transact, custody, messages, evidence, accounts.officer)
    visits = VisitStore(database)
    recusals = Recusals(RecusalStore(database), transact, custody, register, accounts.officer)
    assignments = Assignments(
        *(visits, transact, custody, messages, register, checklists, accounts.officer),
        *(recusals, bureaus),
    )
    inspections = Inspections(
        visits,
        transact,
        custody,
        messages,
        register,
        checklists,
        evidence,
        findings,
        veto,
    )
    administration = Administration(
        persons,
        transact,
        custody,
        secret=settings.secret,
        region_of=register.region_of,
        why_not=regions.why_not,
        reaching=regions.reaching,
        work=assignments,
    )
    notices = NoticeStore(database)
    calendars = Calendars(AnnouncementStore(database), transact, custody, announced())
    name_checks = NameChecks(NameRunStore(database), transact, custody, register, accounts.officer)
    intake = Intake(kindergartens, custody, naming, regions.why_not)
    tables = Tables(
        TableStore(database),
        transactions(client, IMPORT_SECONDS),
        custody,
        sheets={
            Kind.KINDERGARTENS: KindergartenSheet(intake),
            Kind.ACCOUNTS: AccountSheet(AccountIntake(persons, custody, intake, regions.why_not)),
        },
        officer_of=accounts.officer,
    )
    supervision = Supervision(ReviewStore(database), transact, custody, register, veto, messages)
    rectification = Rectification(
        *(notices, transact, custody, messages, register, findings, inspections),
        *(assignments.plan_again, evidence, bureaus, numbers, calendars.calendar),
    )
    deadlines = Deadlines(notices, transact, custody, messages)
    unlicensed = UnlicensedSites(UnlicensedStore(database), transact, custody, register, evidence)
    allowed, keeper = settings.delivery_allow, Keeper(settings.secret)
    sender = Sender(allowed)
    mailer = Mailer(settings.mail_server, allowed) if settings.mail_server else None
    ground = oversight.Ground(
        *(database, transact, custody, messages, register, checklists, findings, inspections),
        evidence,
        bureaus,
        deadlines,
        *(calendars.calendar, numbers, unlicensed, accounts.brake, regions),
        platform(settings.linkage_url, settings.linkage_token, sender),
    )
    deliveries, signed = DeliveryStore(database), CheckpointStore(database)
    checkpoints = Checkpoints(signed, transact, settings.checkpoint_key)
    preferences = Preferences(deliveries, transact, custody, accounts.officer)
    contacts = Contacts(AccountStore(database), KindergartenStore(database))
    follows = oversight.oversee(ground)
    return Rooms(
        settings=settings,
        client=client,
        database=database,
        clock=clock,
        decoders=decoders,
        custody=custody,
        checkpoints=checkpoints,
        stamps=Stamps(
            signed,
            authority(settings.tsa_url, sender) if settings.tsa_url else None,
            settings.tsa_roots,
        ),
        accounts=accounts,
        administration=administration,
        regions=regions,
        tables=tables,
        moving=Moving(kindergartens, transact, custody, naming, regions.succeeds),
        plans=plans,
        decisions=decisions,
        local_items=local_items,
        checklists=checklists,
        naming=naming,
        register=register,
        evidence=evidence,
        layers=Layers(layers, transact, custody, evidence),
        uploads=Uploads(UploadStore(database), transact, custody, evidence),
        retention=Retention(
            RetentionStore(database),
            transact,
            custody,
            evidence,
            lambda case, seal, tx: (
                visits.is_open(case, tx)
                or notices.is_open(case, tx)
                or vetoes.is_open(seal or case, tx)
            ),
            settings.retention,
        ),
        findings=findings,
        inspections=inspections,
        assignments=assignments,
        veto=veto,
        unlicensed=unlicensed,
        name_checks=name_checks,
        name_tables=NameTables(naming, name_checks),
        queues=Queues(QueueStore(database), short_queues(veto, administration)),
        amendments=Amendments(AmendmentStore(database), checklists),
        supervision=supervision,
        bureaus=bureaus,
        recusals=recusals,
        oversight=follows,
        rectification=rectification,
        papers=Papers(
            *(PaperStore(database), transact, custody, register, inspections, rectification),
            *(veto, supervision, evidence, checkpoints, settings.public_url),
            *(follows.ladder, follows.bulletins),
        ),
        messages=messages,
        calendars=calendars,
        draws=Draws(
            *(DrawStore(database), transact, custody, register, accounts.officer, recusals),
            assignments.plan,
        ),
        deadlines=deadlines,
        receivers=Receivers(deliveries, transact, custody, sender, keeper, mailer),
        preferences=preferences,
        post=Post(
            *(deliveries, transact, messages, sender, keeper, contacts.of, clock),
            *(preferences.addresses, regions.reach, mailer),
        ),
    )
