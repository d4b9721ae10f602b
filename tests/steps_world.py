"""Inspections, notices and checklists in any status, and each step of theirs over HTTP."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import count
from uuid import uuid4

from checklists.generation.model import Status as ChecklistStatus
from checklists.generation.model import Subject
from checklists.generation.store import ChecklistStore
from inspections.rectification.model import Status as NoticeStatus
from inspections.rectification.store import NoticeStore
from inspections.visits.model import Kind, Signature, SignatureKind
from inspections.visits.model import Status as VisitStatus
from inspections.visits.store import VisitStore
from service.demonstration import identity
from tests.access_world import enter
from tests.builders import NOON, make_answer, make_inspection, make_notice, make_officer

NO_ANSWERS = sha256(b"[]").hexdigest()
SIGNED = Signature(SignatureKind.SIGNED, NO_ANSWERS, NOON, "person-2", signer="园长")
REPLIES = [{"finding_id": id_, "text": "已整改"} for id_ in ("finding-1", "finding-2")]
VERSIONS = count(1000)
PATHS = {
    "issue": "issue",
    "withdraw": "withdrawal",
    "serve": "service",
    "acknowledge": "acknowledgement",
    "respond": "responses",
    "find_met": "rounds",
    "find_not_met": "rounds",
    "close": "closure",
    "reopen": "reopening",
}


def callers(stage):
    """Who takes a step, by the name in a table's first column.

    `involved` is the officer of every visit and the drafter of every notice, with a supervisor's
    account; `officer` the same person as inspector.
    """
    bound = [{"kindergarten_id": identity("kindergarten-2"), "since": "2026-01-01"}]
    county = {"regions": ["990102"]}
    person = stage.inspector.account["person"]["id"]
    return {
        "nobody": stage.nobody,
        "officer": stage.inspector,
        "colleague": stage.inspector2,
        "supervisor": stage.supervisor,
        "city": stage.supervisor2,
        "involved": enter(stage, "involved", roles=["supervisor"], person_id=person, **county),
        "admin": enter(stage, "admin", roles=["administrator"], **county),
        "director": stage.director,
        "director2": enter(stage, "director2", roles=["director"], bindings=bound),
        "neighbour": enter(stage, "neighbour", roles=["supervisor"], regions=["990103"]),
    }


def written(stage, store, thing):
    """Write a thing as it stands, whatever way would have led there."""
    stage.rooms.inspections._transact(lambda tx: store(stage.rooms.database).add(thing, tx))
    return thing


def stored(stage, collection, thing):
    """Return the whole document, to tell whether anything of it changed."""
    return stage.rooms.database[collection].find_one({"_id": thing.id})


def officer_of(stage):
    account = stage.inspector.account
    return replace(make_officer(account["person"]["id"]), account_id=account["id"])


def visit_in(stage, status, **changed):
    checklist = stage.rooms.checklists.in_force("990102", "kindergarten", stage.clock.today())
    facts = {
        "id": str(uuid4()),
        "case_id": str(uuid4()),
        "status": VisitStatus(status),
        "checklist_id": checklist.id,
        "items": (),
        "officers": (officer_of(stage), make_officer("person-2")),
    }
    return written(stage, VisitStore, make_inspection(**facts | changed))


def notice_in(stage, status, **changed):
    facts = {
        "id": str(uuid4()),
        "case_id": str(uuid4()),
        "kindergarten_id": identity("kindergarten-1"),
        "status": NoticeStatus(status),
        "due_at": NOON + timedelta(days=9999),
    }
    return written(stage, NoticeStore, make_notice(**facts | changed))


def checklist_in(stage, status):
    """Write a checklist for a subject that no inspection of these tests answers."""
    like = stage.rooms.checklists.in_force("990102", "kindergarten", stage.clock.today())
    checklist = replace(
        like,
        id=str(uuid4()),
        subject=Subject.BUREAU,
        status=ChecklistStatus(status),
        proposed_by=stage.supervisor.account["person"]["id"],
        version=next(VERSIONS) if status == "published" else 0,
        revision=1,
    )
    return written(stage, ChecklistStore, checklist)


def step_of_visit(caller, inspection, step, revision=1):
    body = {"step": step, "why": "原因", "identity_shown": True, "recusal_told": True}
    return caller.call("POST", f"inspections/{inspection.id}/steps", body, revision=revision)


def step_of_checklist(caller, checklist, step, revision=1):
    body = {"step": step}
    return caller.call("POST", f"checklists/{checklist.id}/steps", body, revision=revision)


def step_of_notice(stage, caller, notice, step, revision=1):
    path = f"notices/{notice.id}/{PATHS[step]}"
    return caller.call("POST", path, body_of(stage, notice, step), revision=revision)


def body_of(stage, notice, step):
    """Return all that the step needs."""
    match step:
        case "withdraw" | "reopen":
            return {"why": "原因"}
        case "serve":
            served_at = stage.clock().isoformat()
            return {"way": "in_person", "receiver": "园长", "served_at": served_at}
        case "respond":
            return {"replies": REPLIES}
        case "find_met" | "find_not_met":
            met = make_answer(result="met" if step == "find_met" else "not_met")
            visit = visit_in(
                stage,
                "approved",
                kind=Kind.RE_INSPECTION,
                case_id=notice.case_id,
                items=("anti-ram-barrier",),
                answers={"anti-ram-barrier": met},
            )
            return {"inspection_id": visit.id}
    return None
