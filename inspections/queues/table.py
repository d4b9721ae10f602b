"""The table of queues: what waits for whom, most urgent first. Read only; nothing is kept here."""

from datetime import datetime
from typing import Any

from inspections.queues.model import Kind, Queue
from inspections.rectification.model import Status as Notice
from inspections.visits.model import Status as Visit
from media.custody.model import Actor, Role
from media.days import day_in_shanghai

INSPECTOR, SUPERVISOR = Role.INSPECTOR, Role.SUPERVISOR
DIRECTOR, ADMINISTRATOR = Role.DIRECTOR, Role.ADMINISTRATOR
OFFICERS = frozenset({INSPECTOR, SUPERVISOR})
SUPERVISORS = frozenset({SUPERVISOR})
PARTIES = OFFICERS | {DIRECTOR}

ANSWERABLE = (Notice.SERVED.value, Notice.ACKNOWLEDGED.value, Notice.REOPENED.value)
RUNNING = (*ANSWERABLE, Notice.RESPONDED.value)


def my_visits(actor: Actor, now: datetime) -> dict[str, Any]:
    today = day_in_shanghai(now).isoformat()
    ready = [
        {"status": Visit.PLANNED.value, "planned_for": {"$lte": today}},
        {"status": Visit.UNDERWAY.value},
    ]
    return {"officers.account_id": actor.account_id, "$or": ready}


def visits_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    others = {"officers.person_id": {"$ne": actor.person_id}}
    return {"status": Visit.SUBMITTED.value, **others}


def findings_without_notice(*_: Any) -> dict[str, Any]:
    free = {"notice_id": None, "closed_at": None, "seal": None}
    return {**free, "item.carries_notice": True}


def drafts_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    return {"status": Notice.DRAFT.value, "drafted_by": {"$ne": actor.person_id}}


def notices_not_served(*_: Any) -> dict[str, Any]:
    return {"status": Notice.ISSUED.value}


def notices_to_answer(*_: Any) -> dict[str, Any]:
    return {"status": {"$in": list(ANSWERABLE)}}


def notices_answered(*_: Any) -> dict[str, Any]:
    return {"status": Notice.RESPONDED.value}


def verified_by_others(actor: Actor, _: datetime) -> dict[str, Any]:
    mine = {"$ne": actor.person_id}
    return {"status": Notice.VERIFIED.value, "visitors": mine, "rounds.visitors": mine}


def overdue_notices(*_: Any) -> dict[str, Any]:
    return {"status": {"$in": list(RUNNING)}, "overdue_at": {"$ne": None}}


def provisional_notices(*_: Any) -> dict[str, Any]:
    return {"status": {"$in": list(RUNNING)}, "provisional": True}


def proposals_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    return {"status": "draft", "proposed_by": {"$ne": actor.person_id}}


def loose_sightings(*_: Any) -> dict[str, Any]:
    return {"site_id": None}


def sites_that_run(*_: Any) -> dict[str, Any]:
    return {"status": {"$in": ["open", "verified", "stopped", "placed"]}}


def reviews_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    return {"status": "proposed", "proposed_by": {"$ne": actor.person_id}}


def names_found(*_: Any) -> dict[str, Any]:
    found = {"name_check.verdict": {"$in": ["review", "violation"]}}
    return {**found, "open": True, "name_check.settled": None}


def renamings_that_run(*_: Any) -> dict[str, Any]:
    return {"status": {"$in": ["opened", "answered", "objected"]}}


def renamings_to_answer(*_: Any) -> dict[str, Any]:
    return {"status": "told"}


def renamings_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    mine = {"$ne": actor.person_id}
    return {"status": "accepted", "opened_by": mine, "steps.by": mine}


RENAMINGS = (Kind.RENAMING_CASE, "renaming_cases")
INSPECTIONS, NOTICES = (Kind.INSPECTION, "inspections"), (Kind.NOTICE, "notices")

QUEUES = (
    Queue(
        "to_inspect",
        "今日待检",
        "to inspect today",
        OFFICERS,
        *INSPECTIONS,
        "planned_for",
        my_visits,
    ),
    Queue(
        "to_answer",
        "待整改答复",
        "to answer",
        frozenset({DIRECTOR}),
        *NOTICES,
        "due_at",
        notices_to_answer,
    ),
    Queue("overdue", "已逾期", "overdue", PARTIES, *NOTICES, "due_at", overdue_notices),
    Queue("to_verify", "待复查", "to verify", OFFICERS, *NOTICES, "due_at", notices_answered),
    Queue(
        "to_approve",
        "待审核的检查",
        "inspections to approve",
        SUPERVISORS,
        *INSPECTIONS,
        "changed_at",
        visits_of_others,
    ),
    Queue(
        "to_issue",
        "待签发",
        "notices to issue",
        SUPERVISORS,
        *NOTICES,
        "changed_at",
        drafts_of_others,
    ),
    Queue(
        "to_serve",
        "待送达",
        "notices to serve",
        OFFICERS,
        *NOTICES,
        "changed_at",
        notices_not_served,
    ),
    Queue(
        "to_close",
        "待销号",
        "notices to close",
        SUPERVISORS,
        *NOTICES,
        "changed_at",
        verified_by_others,
    ),
    Queue(
        "to_draft",
        "待出具文书的问题",
        "findings without a notice",
        OFFICERS,
        Kind.FINDING,
        "findings",
        "found_at",
        findings_without_notice,
    ),
    Queue(
        "to_follow",
        "在办的无证办园点",
        "unlicensed sites under way",
        OFFICERS,
        Kind.UNLICENSED_SITE,
        "unlicensed_sites",
        "changed_at",
        sites_that_run,
    ),
    Queue(
        "to_match",
        "待归并的线索",
        "sightings without a site",
        OFFICERS,
        Kind.SIGHTING,
        "sightings",
        "reported_at",
        loose_sightings,
    ),
    Queue(
        "names_found",
        "待处理的名称问题",
        "names to look into",
        OFFICERS,
        Kind.KINDERGARTEN_NAME,
        "kindergartens",
        "changed_at",
        names_found,
    ),
    Queue(
        "to_rename",
        "待报新名称",
        "to be renamed",
        frozenset({DIRECTOR}),
        *RENAMINGS,
        "changed_at",
        renamings_to_answer,
    ),
    Queue(
        "renamings",
        "在办的更名案件",
        "renaming cases under way",
        OFFICERS,
        *RENAMINGS,
        "changed_at",
        renamings_that_run,
    ),
    Queue(
        "to_confirm_name",
        "待办结的更名",
        "renamings to close",
        SUPERVISORS,
        *RENAMINGS,
        "changed_at",
        renamings_of_others,
    ),
    Queue(
        "to_publish",
        "待发布的检查表",
        "checklists to publish",
        frozenset({SUPERVISOR, ADMINISTRATOR}),
        Kind.CHECKLIST,
        "checklists",
        "proposed_at",
        proposals_of_others,
    ),
    Queue(
        "to_grade",
        "待决定的年检",
        "annual reviews to decide",
        SUPERVISORS,
        Kind.ANNUAL_REVIEW,
        "annual_reviews",
        "proposed_at",
        reviews_of_others,
    ),
    Queue(
        "provisional",
        "暂定期限",
        "provisional deadlines",
        PARTIES,
        *NOTICES,
        "due_at",
        provisional_notices,
    ),
)
"""In the order in which they are shown."""
