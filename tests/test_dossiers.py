"""Persons, training institutions and tips over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.messages.model import Kind
from service.demonstration import identity
from tests.access_world import enter, send_photo

PERSON = {
    "kind": "person",
    "ground": "background_record",
    "name": "某教师",
    "found": "入职查询显示有记录",
    "kindergarten_id": identity("kindergarten-1"),
    "duty": "大班教师",
}
INSTITUTION = {
    "kind": "training_institution",
    "ground": "forbidden_class",
    "name": "某培训中心",
    "found": "面向学龄前儿童开设衔接课程",
    "region": "990102",
    "address": "演示路 9 号二层",
    "classes": ["衔接课程"],
}


def open_dossier(caller, facts, wanted=201, **changed):
    body = {"id": str(uuid4())} | facts | changed
    return caller.post("dossiers", body, wanted)


def step(caller, dossier, name, wanted=200, **more):
    path = f"dossiers/{dossier['id']}/steps"
    revision = more.pop("revision", dossier["revision"])
    return caller.post(path, {"step": name, "why": "原因"} | more, wanted, revision=revision)


def told(stage, kind, id_):
    return list(stage.rooms.database["messages"].find({"kind": kind.value, "about.id": id_}))


def test_a_person_is_off_work_at_once_and_another_ends_the_dossier(stage):
    opened = open_dossier(stage.inspector, PERSON)
    path = f"dossiers/{opened['id']}"
    hidden = stage.director.call("GET", path)
    listed = [each["id"] for each in stage.director.get("dossiers")["items"]]
    asked = stage.director.get("dossiers", status="open")["items"]
    told_ = step(stage.inspector, opened, "tell")
    photo = send_photo(stage.director, f"{path}/photos").json
    stopped = step(stage.director, told_, "stop", evidence_ids=[photo["id"]])
    referred = step(stage.supervisor, stopped, "refer", department="演示县公安局", number="移1")
    own = step(stage.supervisor, referred, "confirm", wanted=403)
    ended = step(stage.supervisor2, referred, "confirm")

    assert (hidden.status_code, opened["id"] in listed, asked) == (404, False, [])
    assert told_["stop_due_at"] == told_["steps"][0]["at"]
    assert own["type"] == "/problems/own-dossier"
    assert ended["status"] == "confirmed"
    verbs = [each["verb"] for each in stage.supervisor.get(f"{path}/history")["items"]]
    assert verbs[0] == "dossier_opened"
    assert verbs[-1] == "dossier_confirm"
    messages = told(stage, Kind.DOSSIER_OPENED, opened["id"])
    assert len(messages) == 2
    assert not any("某教师" in str(each) for each in messages)


def test_who_is_not_shown_to_be_off_work_in_time_is_marked_and_told_once(stage):
    told_ = step(stage.inspector, open_dossier(stage.inspector, PERSON), "tell")
    referred = step(stage.inspector, told_, "refer", department="演示县公安局")
    still = step(stage.supervisor, referred, "confirm", wanted=409)
    dossiers = stage.rooms.oversight.dossiers
    late = stage.clock() + timedelta(hours=25)

    early = dossiers.chase(now=stage.clock())
    marked = [dossiers.chase(now=late) for _ in range(2)]

    seen = stage.director.get(f"dossiers/{told_['id']}")
    assert still["type"] == "/problems/still-at-work"
    assert (early, marked[1], seen["overdue_at"]) == (0, 0, seen["proof_due_at"])
    (message,) = told(stage, Kind.DOSSIER_OVERDUE, told_["id"])
    assert message["audience"]["directors_of"] == PERSON["kindergarten_id"]
    assert "某教师" not in str(message)
    stopped = step(stage.director, seen, "stop")
    assert step(stage.supervisor, stopped, "confirm")["proof_due_at"] is None


def test_a_director_says_that_it_stopped_and_nothing_else(stage):
    opened = step(stage.inspector, open_dossier(stage.inspector, PERSON), "tell")
    stranger = [{"kindergarten_id": identity("kindergarten-2"), "since": "2026-01-01"}]
    director2 = enter(stage, "director2", roles=["director"], bindings=stranger)

    step(stage.director, opened, "dismiss", wanted=403)
    step(stage.inspector, opened, "dismiss", wanted=403)
    assert director2.call("GET", f"dossiers/{opened['id']}").status_code == 404


def test_an_institution_is_told_and_referred_and_no_director_sees_it(stage):
    opened = open_dossier(stage.inspector, INSTITUTION)
    again = open_dossier(stage.inspector, INSTITUTION, id=opened["id"])
    open_dossier(stage.inspector, INSTITUTION, wanted=409, id=opened["id"], found="别的")
    open_dossier(stage.inspector, INSTITUTION, wanted=403, region="110101")
    open_dossier(stage.inspector, INSTITUTION, wanted=422, ground="no_qualification")

    taken = step(stage.inspector, opened, "tell")
    office = {"department": "演示县市场监管局"}
    bare = step(stage.inspector, taken, "refer", wanted=422, **office)
    send_photo(stage.inspector, f"dossiers/{opened['id']}/photos")
    told_ = step(stage.inspector, taken, "refer", **office)

    assert again == opened
    assert bare["type"] == "/problems/bad-dossier"
    assert told_["status"] == "referred"
    assert stage.director.call("GET", f"dossiers/{opened['id']}").status_code == 404


TIP = {"region": "990102", "note": "居民楼一层有二十多名幼儿", "address": "演示路 88 号"}
PLACE = {"lon": 116.45, "lat": 39.95, "datum": "GCJ-02"}


def send(stage, caller=None, wanted=201, **changed):
    body = {"id": str(uuid4())} | TIP | changed
    return (caller or stage.nobody).post("tips", body, wanted), body


def test_anybody_sends_a_tip_and_asks_by_its_receipt_what_became_of_it(stage):
    sent, body = send(stage, spot=PLACE, contact="见面说")
    again, _ = send(stage, **body)
    mine = {each["id"]: each for each in stage.inspector.get("tips")["items"]}[body["id"]]

    path = f"tips/{body['id']}/sighting"
    taken = stage.inspector.post(path, {"why": "已核实"}, revision=mine["revision"])
    twice = stage.inspector.call("POST", path, {"why": "已核实"}, revision=taken["revision"])
    state = stage.nobody.get(f"tips/receipts/{sent['receipt']}")
    sighting = stage.inspector.get(f"sightings/{taken['sighting_id']}")

    assert again == sent
    assert set(state) == {"receipt", "status", "received_at"}
    assert state["status"] == "taken_up"
    assert twice.status_code == 409
    assert sighting["note"] == TIP["note"]
    assert len(told(stage, Kind.TIP_RECEIVED, body["id"])) == 1


def test_a_tip_without_coordinates_is_seen_first_and_one_of_elsewhere_is_not_there(stage):
    _, body = send(stage)
    neighbour = enter(stage, "neighbour", roles=["inspector"], regions=["990103"])
    path = f"tips/{body['id']}"

    lacking = stage.inspector.call("POST", f"{path}/sighting", {"why": "x"}, revision=1)
    foreign = neighbour.call("POST", f"{path}/dismissal", {"why": "x"}, revision=1)
    seen = {"why": "x", "place": PLACE}
    dismissed = stage.inspector.call("POST", f"{path}/dismissal", {"why": "已登记"}, revision=1)
    late = stage.inspector.call("POST", f"{path}/sighting", seen, revision=2)

    statuses = [each.status_code for each in (lacking, foreign, dismissed, late)]
    assert statuses == [422, 404, 200, 409]


def test_what_one_address_sends_is_braked(stage):
    stage.rooms.database["attempts"].delete_many({})
    answers = [
        stage.nobody.call("POST", "tips", {"id": str(uuid4())} | TIP).status_code for _ in range(12)
    ]

    assert answers.count(429) >= 2
    assert answers[0] == 201


@pytest.mark.parametrize(("until", "wanted"), [("2031-03-02", 200), ("2030-03-02", 422)])
def test_an_operator_is_barred_from_applying_for_years(stage, until, wanted):
    site = stopped_site(stage)
    body = {"operator": "某举办者", "since": "2026-03-02", "until": until}
    path = f"unlicensed-sites/{site['id']}"

    answer = stage.supervisor.call("POST", f"{path}/ban", body, revision=site["revision"])

    assert answer.status_code == wanted
    barred = [each["id"] for each in stage.supervisor.get("unlicensed-sites", banned=1)["items"]]
    assert (site["id"] in barred) is (wanted == 200)


def stopped_site(stage):
    place = {"lon": 116.41, "lat": 39.91, "datum": "WGS-84"}
    facts = {"region": "990102", "place": place, "note": "有儿童出入"}
    sighting = stage.inspector.post("sightings", facts, wanted=201)
    send_photo(stage.inspector, f"sightings/{sighting['id']}/photos")
    asked = {"sighting_ids": [sighting["id"]], "address": "演示路 88 号"}
    site = stage.inspector.post("unlicensed-sites", asked, wanted=201)
    for name in ("verify", "stop"):
        path = f"unlicensed-sites/{site['id']}/steps"
        body = {"step": name, "why": "x"}
        site = stage.inspector.post(path, body, revision=site["revision"])
    return site
