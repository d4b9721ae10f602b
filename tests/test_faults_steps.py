"""F30 and F27 over HTTP: only the tables' transitions, each once, whoever hurries."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.rectification.model import Status as NoticeStatus
from inspections.rectification.store import NoticeStore
from inspections.visits.model import Kind
from inspections.visits.model import Status as VisitStatus
from inspections.visits.store import VisitStore
from service.demonstration import identity
from tests.builders import NOON, make_answer, make_inspection, make_notice, make_officer
from tests.inspections.test_rectification_workflow import CELLS as NOTICE_CELLS
from tests.inspections.test_visits_workflow import CELLS as VISIT_CELLS

NOT_ALLOWED = {"/problems/inspection-step-not-allowed", "/problems/notice-step-not-allowed"}
REPLIES = [{"finding_id": id_, "text": "已整改"} for id_ in ("finding-1", "finding-2")]
SERVICE = {"way": "in_person", "receiver": "园长", "remark": "补录"}


def written(stage, store, thing):
    """Write a thing as it stands, whatever way would have led there."""
    stage.rooms.inspections._transact(lambda tx: store(stage.rooms.database).add(thing, tx))
    return thing


def visit_in(stage, status, **changed):
    officer = replace(
        make_officer(stage.inspector.account["person"]["id"]),
        account_id=stage.inspector.account["id"],
    )
    checklist = stage.rooms.checklists.in_force("990102", "kindergarten", stage.clock().date())
    facts = {
        "id": str(uuid4()),
        "case_id": str(uuid4()),
        "status": VisitStatus(status),
        "checklist_id": checklist.id,
        "items": (),
        "officers": (officer, make_officer("person-2")),
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


@pytest.mark.parametrize(("status", "step", "outcome"), VISIT_CELLS)
def test_an_inspection_takes_only_the_steps_of_its_table(stage, status, step, outcome):
    inspection = visit_in(stage, status)
    caller = stage.inspector if step in ("begin", "submit") else stage.supervisor
    body = {"step": step, "why": "原因", "identity_shown": True, "recusal_told": True}

    path = f"inspections/{inspection.id}"
    answer = caller.call("POST", f"{path}/steps", body, revision=1)

    after = stage.inspector.get(path)
    if outcome == "-":
        assert answer.status_code == 409
        assert answer.json["type"] in NOT_ALLOWED
        assert answer.json["facts"]["status"] == status
        assert (after["status"], after["revision"]) == (status, 1)
    elif step == "submit":
        assert answer.json["type"] == "/problems/inspection-not-complete", "it is not signed"
    else:
        assert (answer.status_code, after["status"]) == (200, outcome)


def take(stage, notice, step):
    """Have the account whose step it is take it, with all that it needs."""
    path, revision = f"notices/{notice.id}", 1
    match step:
        case "issue" | "close":
            verb = {"issue": "issue", "close": "closure"}[step]
            return stage.supervisor2.call("POST", f"{path}/{verb}", revision=revision)
        case "withdraw" | "reopen":
            verb = {"withdraw": "withdrawal", "reopen": "reopening"}[step]
            return stage.supervisor.call(
                "POST", f"{path}/{verb}", {"why": "原因"}, revision=revision
            )
        case "serve":
            body = SERVICE | {"served_at": stage.clock().isoformat()}
            return stage.inspector.call("POST", f"{path}/service", body, revision=revision)
        case "acknowledge":
            return stage.director.call("POST", f"{path}/acknowledgement", revision=revision)
        case "respond":
            body = {"replies": REPLIES}
            return stage.director.call("POST", f"{path}/responses", body, revision=revision)
    met = "met" if step == "find_met" else "not_met"
    visit = visit_in(
        stage,
        "approved",
        kind=Kind.RE_INSPECTION,
        case_id=notice.case_id,
        items=("anti-ram-barrier",),
        answers={"anti-ram-barrier": make_answer(result=met)},
    )
    body = {"inspection_id": visit.id}
    return stage.inspector.call("POST", f"{path}/rounds", body, revision=revision)


@pytest.mark.parametrize(("status", "step", "outcome"), NOTICE_CELLS)
def test_a_notice_takes_only_the_steps_of_its_table(stage, status, step, outcome):
    notice = notice_in(stage, status)

    answer = take(stage, notice, step)

    after = stage.inspector.get(f"notices/{notice.id}")
    hidden = status in ("draft", "issued", "withdrawn") and step in ("acknowledge", "respond")
    if hidden:
        assert answer.status_code == 404, "the director does not see what was not served"
    elif outcome == "-":
        assert answer.status_code == 409
        assert answer.json["type"] in NOT_ALLOWED
        assert answer.json["facts"]["status"] == status
    else:
        assert (answer.status_code, after["status"]) == (200, outcome)
    if outcome == "-":
        assert (after["status"], after["revision"]) == (status, 1)


@pytest.mark.parametrize(("revision", "status"), [(None, 428), (2, 412), (0, 412)])
def test_a_step_names_the_revision_that_it_saw(stage, revision, status):
    notice = notice_in(stage, "verified")
    inspection = visit_in(stage, "submitted")

    closing = stage.supervisor2.call("POST", f"notices/{notice.id}/closure", revision=revision)
    path = f"inspections/{inspection.id}/steps"
    approving = stage.supervisor.call("POST", path, {"step": "approve"}, revision=revision)

    assert (closing.status_code, approving.status_code) == (status, status)
    assert stage.inspector.get(f"notices/{notice.id}")["status"] == "verified"
    assert stage.inspector.get(f"inspections/{inspection.id}")["status"] == "submitted"
    if status == 412:
        assert closing.json["facts"]["current"] == 1


def test_f27_of_twenty_who_close_at_once_one_wins_and_history_has_it_once(stage):
    notice = notice_in(stage, "verified")
    statuses, barrier = [], threading.Barrier(20)
    closer = stage.supervisor2

    def close():
        barrier.wait()
        answer = closer.call("POST", f"notices/{notice.id}/closure", revision=1)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=close) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    history = stage.rooms.custody.history(f"case:{notice.case_id}")
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 412}
    assert [entry.verb for entry in history] == ["notice_closed"]


def test_f28_a_second_account_of_the_same_person_is_the_same_person(stage):
    """The officer cannot approve or close under another account of its own."""
    body = {
        "username": f"second-{uuid4().hex[:6]}",
        "name": "检查员甲",
        "unit": "别的单位",
        "roles": ["supervisor"],
        "regions": ["990102"],
        "person_id": stage.inspector.account["person"]["id"],
    }
    made = stage.admin.post("accounts", body, wanted=201)
    second = stage.enter(made["username"], made["initial_password"])
    inspection = visit_in(stage, "submitted")
    visitor = stage.inspector.account["person"]["id"]
    notice = notice_in(stage, "verified", visitors=(visitor,))

    path = f"inspections/{inspection.id}/steps"
    approving = second.call("POST", path, {"step": "approve"}, revision=1)
    closing = second.call("POST", f"notices/{notice.id}/closure", revision=1)

    assert approving.json["type"] == "/problems/own-inspection"
    assert closing.json["type"] == "/problems/made-a-visit"
