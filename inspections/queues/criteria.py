"""What waits for an actor, as criteria of what its scope reaches: a function for each queue."""

from datetime import datetime
from typing import Any

from inspections.rectification.model import Status as Notice
from inspections.stoppages.model import Status as Stoppage
from inspections.visits.model import Status as Visit
from media.custody.model import Actor
from media.days import day_in_shanghai

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


def drafts_to_sign(actor: Actor, _: datetime) -> dict[str, Any]:
    mine = actor.person_id
    return {
        "status": Notice.DRAFT.value,
        "visitors": mine,
        "signatures.person_id": {"$ne": mine},
    }


def objections_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    mine = {"$ne": actor.person_id}
    without_part = {"visitors": mine, "rounds.visitors": mine, "drafted_by": mine}
    undecided = {"objections": {"$elemMatch": {"upheld": None}}, "issued_by": mine}
    return {"status": {"$in": list(RUNNING)}, **undecided, **without_part}


def days_that_others_ask(actor: Actor, _: datetime) -> dict[str, Any]:
    asked = {"request": {"$ne": None}, "request.by": {"$ne": actor.person_id}}
    return {"status": {"$in": list(RUNNING)}, **asked}


def use_to_prove(*_: Any) -> dict[str, Any]:
    return {"status": Stoppage.ORDERED.value}


def use_to_confirm(*_: Any) -> dict[str, Any]:
    return {"status": Stoppage.PROVEN.value}


def persons_at_work(*_: Any) -> dict[str, Any]:
    return {"proof_due_at": {"$ne": None}}


def dossiers_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    mine = {"$ne": actor.person_id}
    ready = {"status": {"$in": ["stopped", "referred"]}, "proof_due_at": None}
    return {**ready, "opened_by": mine, "steps.by": mine}


def measures_due(*_: Any) -> dict[str, Any]:
    return {"status": "due"}


def tips_received(*_: Any) -> dict[str, Any]:
    return {"status": "received"}


def bulletins_of_others(actor: Actor, _: datetime) -> dict[str, Any]:
    return {"status": "draft", "drafted_by": {"$ne": actor.person_id}}
