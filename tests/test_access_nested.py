"""F22, nested: ids of elsewhere in bodies and queries, ids sent again, accounts of elsewhere."""

from dataclasses import replace
from uuid import uuid4

import pytest

from checklists.generation.store import ChecklistStore
from inspections.findings.store import FindingStore
from service.demonstration import identity
from tests.access_world import enter, send_photo, tell, today
from tests.builders import make_finding, make_notice
from tests.steps_world import NO_ANSWERS, SIGNED, callers, notice_in, visit_in, written

ELSEWHERE = {"region": "990103", "kindergarten_id": identity("kindergarten-4")}


@pytest.fixture(scope="module")
def world(stage):
    return tell(stage)


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


@pytest.fixture(scope="module")
def neighbours(stage):
    """Two inspectors of the county next door, where a checklist is in force too."""
    county = stage.rooms.checklists.in_force("990102", "kindergarten", stage.clock.today())
    theirs = replace(county, id=str(uuid4()), region="990103")
    written(stage, ChecklistStore, theirs)
    return [
        enter(stage, f"neighbour{number}", roles=["inspector"], regions=["990103"])
        for number in (1, 2)
    ]


def ids_of(callers):
    return [caller.account["id"] for caller in callers]


def told(answer):
    """Return status and body without what names the request and the id that was asked for."""
    body = {key: value for key, value in answer.json.items() if key != "request_id"}
    return answer.status_code, body


def findings_in(stage, inspection_id, **changed):
    finding = make_finding(id=str(uuid4()), inspection_id=inspection_id, **changed)
    stage.rooms.inspections._transact(
        lambda tx: FindingStore(stage.rooms.database).add([finding], tx)
    )
    return finding


def test_a_photo_of_another_inspection_does_not_carry_an_answer(stage, world):
    items = stage.inspector.get(f"inspections/{world['inspection']}/items")["items"]
    item = next(each for each in items if each["answer_kind"] == "yes_no")
    visit = visit_in(stage, "underway", items=(item["id"],))
    path = f"inspections/{visit.id}"
    answer = {"item_id": item["id"], "result": "met", "evidence_ids": [world["evidence"]]}

    stage.inspector.post(f"{path}/answers", {"answers": [answer]}, revision=1)
    stage.inspector.post(f"{path}/signature", {"kind": "signed", "signer": "园长"}, revision=2)
    sent = stage.inspector.call("POST", f"{path}/steps", {"step": "submit"}, revision=3)

    assert sent.json["type"] == "/problems/inspection-not-complete"
    assert sent.json["facts"]["items"] == [item["id"]]
    assert stage.inspector.get(path)["status"] == "underway"


def test_an_item_that_is_not_asked_takes_no_answer_and_no_photo(stage, world):
    visit = visit_in(stage, "underway", signature=SIGNED)
    items = stage.inspector.get(f"inspections/{world['inspection']}/items")["items"]
    path, body = f"inspections/{visit.id}", {"item_id": items[0]["id"], "result": "met"}

    answered = stage.inspector.call("POST", f"{path}/answers", {"answers": [body]}, revision=1)
    photographed = send_photo(stage.inspector, f"{path}/photos", item_id=items[0]["id"])

    assert answered.json["type"] == "/problems/wrong-answer"
    assert photographed.status_code == 404
    after = stage.inspector.get(path)
    assert (after["revision"], after["answers"]) == (1, {})
    assert after["signature"]["answers_sha256"] == NO_ANSWERS


@pytest.mark.parametrize("mine", [True, False])
def test_a_finding_of_elsewhere_looks_like_none_beside_one_of_mine(stage, world, mine):
    theirs = findings_in(stage, str(uuid4()), **ELSEWHERE)

    def draft(finding_id):
        ids = [world["finding"], finding_id] if mine else [finding_id]
        body = {"finding_ids": ids, "paper": "order", "days": 5}
        return stage.inspector.call("POST", "notices", body)

    assert told(draft(theirs.id)) == told(draft(str(uuid4())))
    assert draft(theirs.id).status_code == 404


def test_a_round_takes_no_visit_of_elsewhere_nor_of_another_case(stage, world):
    path = f"notices/{world['notice']}"
    revision = stage.inspector.get(path)["revision"]
    theirs = visit_in(stage, "approved", **ELSEWHERE)
    other = visit_in(stage, "approved")

    def count(inspection_id):
        body = {"inspection_id": inspection_id}
        return stage.inspector.call("POST", f"{path}/rounds", body, revision=revision)

    assert told(count(theirs.id)) == told(count(str(uuid4())))
    assert count(theirs.id).status_code == 404
    assert count(other.id).json["type"] == "/problems/not-the-reinspection"
    assert stage.inspector.get(path)["revision"] == revision


def test_an_inspection_takes_no_kindergarten_and_no_officer_of_elsewhere(stage, world, neighbours):
    def plan(path="inspections", **body):
        body = {"planned_for": today(), "officers": world["officers"], **body}
        return stage.supervisor.call("POST", path, body)

    theirs = plan(kindergarten_id=identity("kindergarten-4"))
    none = plan(kindergarten_id=str(uuid4()))
    lent = plan(kindergarten_id=world["kindergarten"], officers=ids_of(neighbours))
    again = plan(f"notices/{world['notice']}/reinspections", officers=ids_of(neighbours))

    assert told(theirs) == told(none)
    assert theirs.status_code == 404
    assert [lent.json["type"], again.json["type"]] == ["/problems/not-an-officer"] * 2


def test_an_inspections_id_sent_from_elsewhere_is_taken_and_tells_nothing(neighbours, world):
    body = {
        "id": world["inspection"],
        "kindergarten_id": identity("kindergarten-4"),
        "officers": ids_of(neighbours),
        "planned_for": today(),
    }

    answer = neighbours[0].call("POST", "inspections", body)

    assert answer.json["type"] == "/problems/id-taken", answer.text
    assert answer.json["facts"] == {"id": world["inspection"]}


def test_a_notices_id_sent_from_elsewhere_is_taken_and_tells_nothing(stage, neighbours, world):
    visit = visit_in(stage, "approved", **ELSEWHERE)
    finding = findings_in(stage, visit.id, case_id=visit.case_id, **ELSEWHERE)
    body = {"id": world["notice"], "finding_ids": [finding.id], "paper": "order", "days": 15}

    answer = neighbours[0].call("POST", "notices", body)

    assert answer.json["type"] == "/problems/id-taken", answer.text
    assert answer.json["facts"] == {"id": world["notice"]}


def test_an_accounts_id_sent_from_elsewhere_is_taken_and_tells_nothing(who, neighbours):
    theirs = neighbours[0].account
    body = {
        "id": theirs["id"],
        "username": theirs["username"],
        "name": "某人",
        "unit": "某单位",
        "roles": theirs["roles"],
        "regions": ["990102"],
    }

    answer = who["admin"].call("POST", "accounts", body)

    assert answer.json["type"] == "/problems/id-taken", answer.text
    assert answer.json["facts"] == {"id": theirs["id"]}


def test_a_photos_id_sent_with_another_thing_is_taken_and_tells_nothing(stage, world):
    photos = f"notices/{world['notice']}/photos"

    answer = send_photo(stage.director, photos, id=world["hidden"])

    assert answer.json["type"] == "/problems/id-taken"
    assert answer.json["facts"] == {"id": world["hidden"]}


def test_an_administrator_governs_no_account_of_elsewhere(who, neighbours):
    admin, theirs = who["admin"], neighbours[0].account
    close = {"step": "close", "why": "原因"}

    closing = [
        told(admin.call("POST", f"accounts/{id_}/steps", close))
        for id_ in (theirs["id"], str(uuid4()))
    ]
    looking = [
        told(admin.call("GET", f"accounts/{id_}/sessions")) for id_ in (theirs["id"], str(uuid4()))
    ]
    listed = {each["id"] for each in admin.get("accounts", limit=200)["items"]}

    assert closing[0] == closing[1]
    assert looking[0] == looking[1]
    assert closing[0][0] == looking[0][0] == 404
    assert theirs["id"] not in listed
    assert neighbours[0].get("me")["active"]


@pytest.mark.parametrize(
    "facts",
    [
        {"roles": ["inspector"], "regions": ["990103"]},
        {"roles": ["inspector"], "regions": ["990102", "990103"]},
        {"roles": ["administrator"], "regions": ["000000"]},
        {"roles": ["director"], "bindings": ["kindergarten-4"]},
        {"roles": ["director"], "bindings": ["kindergarten-1", "kindergarten-4"]},
        {"roles": ["director"], "bindings": ["no-such-kindergarten"]},
    ],
)
def test_an_administrator_makes_no_account_that_reaches_elsewhere(who, facts):
    bindings = [
        {"kindergarten_id": identity(name), "since": "2026-01-01"}
        for name in facts.get("bindings", ())
    ]
    body = {"username": f"x-{uuid4().hex[:6]}", "name": "某人", "unit": "某单位", **facts}
    body |= {"bindings": bindings} if bindings else {}

    answer = who["admin"].call("POST", "accounts", body)

    assert answer.status_code == 403, answer.text
    assert answer.json["type"] == "/problems/not-permitted"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("findings", {"inspection_id": "{inspection}"}),
        ("findings", {"kindergarten_id": "{kindergarten}"}),
        ("inspections", {"kindergarten_id": "{kindergarten}"}),
        ("notices", {"kindergarten_id": "{kindergarten}"}),
        ("kindergartens", {"region": "990102"}),
    ],
)
def test_asking_a_list_by_an_id_of_elsewhere_shows_nothing(stage, who, world, path, query):
    asked = {name: value.format_map(world) for name, value in query.items()}

    assert stage.supervisor.get(path, **asked)["items"]
    assert who["neighbour"].get(path, **asked)["items"] == []


@pytest.mark.parametrize("path", ["inspections", "kindergartens"])
def test_a_cursor_of_somebody_else_widens_nothing(stage, who, world, path):
    visit_in(stage, "planned", kindergarten_id=world["kindergarten"])
    cursor = stage.supervisor.get(path, limit=1)["next"]

    listed = who["neighbour"].get(path, limit=200, cursor=cursor)["items"]

    assert cursor
    assert {each["region"] for each in listed} <= {"990103"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("name", "status"), [("nobody", 401), ("neighbour", 404), ("admin", 403)])
def test_who_knows_a_photos_etag_learns_nothing_by_it(stage, who, world, method, name, status):
    path = f"evidence/{world['evidence']}/derivatives/320"
    etag = stage.inspector.call("GET", path).headers["ETag"]

    answer = who[name].call(method, path, headers={"If-None-Match": etag})

    assert answer.status_code == status


def test_an_original_refused_is_not_on_record_as_viewed(stage, who, world):
    def viewings():
        history = stage.supervisor.get(f"cases/{world['case']}/history")["items"]
        return [entry["verb"] for entry in history].count("original_viewed")

    before = viewings()
    for name in ("nobody", "neighbour", "director", "director2", "admin"):
        who[name].call("GET", f"evidence/{world['evidence']}/original?reason=review")

    assert viewings() == before


def test_a_notice_that_was_not_served_is_in_no_list_of_its_director(stage):
    inspection = str(uuid4())
    facts = {"inspection_id": inspection, "kindergarten_id": identity("kindergarten-1")}
    hidden = make_notice(id=str(uuid4()), case_id=str(uuid4()), **facts)
    stage.rooms.inspections._transact(lambda tx: stage.rooms.rectification._store.add(hidden, tx))

    for status in ("draft", "issued", "withdrawn"):
        assert stage.director.get("notices", status=status)["items"] == []
    listed = stage.director.get("notices", limit=200)["items"]
    assert hidden.id not in {each["id"] for each in listed}


def test_a_reinspections_id_sent_for_another_notice_is_taken(stage, world):
    visits = [visit_in(stage, "approved", kindergarten_id=world["kindergarten"]) for _ in range(2)]
    notices = [
        notice_in(stage, "served", inspection_id=visit.id, case_id=visit.case_id)
        for visit in visits
    ]
    body = {"id": str(uuid4()), "officers": world["officers"], "planned_for": today()}

    first, second = (
        stage.inspector.call("POST", f"notices/{notice.id}/reinspections", body)
        for notice in notices
    )

    assert first.status_code == 201, first.text
    assert second.json.get("type") == "/problems/id-taken", second.text
