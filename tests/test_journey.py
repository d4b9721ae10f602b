"""The main job over HTTP, from the words of real plans to a closed finding, with camera photos."""

import threading
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from uuid import uuid4

import pytest
import waitress
from PIL import Image

from inspections.rectification.jobs import mark_overdue
from media.days import SHANGHAI
from service.cli.http import Caller
from service.demonstration import identity
from tests.cast import NAMES
from tests.conftest import free_port

pytestmark = pytest.mark.usefixtures("shared")

API = "/api/v1"
CAMERA = "gps_photos/ian__DSCN0010.jpg"


def today():
    return datetime.now(SHANGHAI).date().isoformat()


@pytest.fixture(scope="module")
def address(stage):
    """The service on a real socket."""
    server = waitress.create_server(stage.app, host="127.0.0.1", port=free_port(), threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="module")
def cast(stage, address):
    """Everybody logged in over HTTP."""
    callers = {}
    for name in NAMES:
        body = {"username": name, "password": stage.passwords[name], "device": f"tablet-{name}"}
        callers[name] = Caller(address)
        callers[name].token = callers[name].call("POST", f"{API}/login", body)["token"]
        callers[name].account = callers[name].call("GET", f"{API}/me")
    return callers


@pytest.fixture(scope="module")
def kept():
    """What one part of the story hands on to the next."""
    return {}


@pytest.fixture(scope="module")
def camera_photo(shared):
    """Photos of a real camera, each with bytes of its own behind the picture."""
    whole = (shared / "corpus" / CAMERA).read_bytes()
    return lambda: whole + uuid4().bytes


def step(caller, inspection, name, **more):
    path = f"{API}/inspections/{inspection['id']}/steps"
    body = {"step": name, **more}
    return caller.call("POST", path, body, revision=inspection["revision"])


def begin(caller, inspection):
    return step(caller, inspection, "begin", identity_shown=True, recusal_told=True)


def sign(caller, inspection, **words):
    path = f"{API}/inspections/{inspection['id']}/signature"
    body = words or {"kind": "signed", "signer": "园长"}
    return caller.call("POST", path, body, revision=inspection["revision"])


def answer(caller, inspection, photo, unmet=()):
    """Answer every item in two parts, with a photo where one is asked."""
    path = f"{API}/inspections/{inspection['id']}"
    answers = []
    for item in caller.call("GET", f"{path}/items")["items"]:
        met = item["id"] not in unmet
        given = {"item_id": item["id"], "result": "met" if met else "not_met"}
        given |= {} if met else {"note": "未达到要求"}
        if item["answer_kind"] == "grade":
            given["value"] = "A" if met else "C"
        elif item["answer_kind"] in ("ratio", "count"):
            threshold = (item["threshold"] or {}).get("value")
            figure = threshold if isinstance(threshold, int | float) else 100
            given["value"] = figure if met else 0
        if item["photo_required"] or not met:
            photographed = caller.send_photo(
                f"{path}/photos", photo(), id=uuid4(), item_id=item["id"]
            )
            given["evidence_ids"] = [photographed["id"]]
        answers.append(given)
    for part in (answers[: len(answers) // 2], answers[len(answers) // 2 :]):
        if part:
            inspection = caller.call(
                "POST", f"{path}/answers", {"answers": part}, revision=inspection["revision"]
            )
    return inspection


def test_the_five_source_texts_are_taken_in_and_give_their_words(cast, shared):
    for path in sorted((shared / "plans").glob("*.txt")):
        address = f"{API}/plans?region={path.name[:6]}"
        cast["admin"].send_file(address, path.name, path.read_bytes())

    plans = cast["director"].call("GET", f"{API}/plans", limit=50)["items"]

    imported = {plan["region"] for plan in plans if plan["has_words"]}
    assert imported >= {"440000", "445200", "430200", "441600", "510800"}


@pytest.mark.parametrize("region", ["440000", "445200", "430200", "441600", "510800"])
def test_every_region_gets_its_own_checklist_with_the_words_of_its_clauses(
    cast, kept, shared, region
):
    body = {"region": region, "subject": "kindergarten", "on": "2025-06-30"}

    drawn = cast["admin"].call("POST", f"{API}/checklists", body, wanted=201)

    cited_from = {cited["region"] for item in drawn["items"] for cited in item["citations"]}
    assert "000000" in cited_from
    assert (region in cited_from) is (region != "510800"), "its clauses bind high schools alone"
    texts = {
        path.name[:6]: path.read_text(encoding="utf-8") for path in (shared / "plans").glob("*.txt")
    }
    for item in drawn["items"]:
        for cited in (each for each in item["citations"] if each["region"] != "000000"):
            words = texts[cited["region"]][cited["start"] : cited["end"]]
            assert cited["quote"] == words
            assert not (cited["carries_notice"] and cited["region"] == "430200"), "it is a draft"
    kept.setdefault("lists", {})[region] = [item["id"] for item in drawn["items"]]


def test_no_two_regions_get_the_same_list(kept):
    lists = list(kept["lists"].values())

    assert all(one != other for at, one in enumerate(lists) for other in lists[at + 1 :])


def test_a_checklist_is_published_by_a_second_person_and_then_never_changes(cast, kept):
    body = {"region": "990102", "subject": "kindergarten", "on": today()}
    draft = cast["supervisor"].call("POST", f"{API}/checklists", body, wanted=201)
    path = f"{API}/checklists/{draft['id']}"
    publish = {"step": "publish"}

    cast["supervisor"].call("POST", f"{path}/steps", publish, revision=1, wanted=403)
    done = cast["supervisor2"].call("POST", f"{path}/steps", publish, revision=1)

    assert done["version"] >= 1
    cited = [each for item in done["items"] for each in item["citations"]]
    assert all(each["quote"] for each in cited if each["region"] == "990100")
    cast["supervisor2"].call("POST", f"{path}/steps", publish, revision=2, wanted=409)
    kept["checklist"] = done


def test_a_name_against_the_rules_is_found_when_it_is_registered(cast):
    seen = cast["inspector"].call("GET", f"{API}/kindergartens", name="国际双语")["items"]

    assert [each["name_check"]["verdict"] for each in seen] == ["violation"]
    assert {each["term"] for each in seen[0]["name_check"]["findings"]} >= {"国际", "双语"}


def test_an_inspection_is_planned_and_stands_on_the_inspectors_list_of_today(cast, kept):
    body = {
        "id": str(uuid4()),
        "kindergarten_id": identity("kindergarten-1"),
        "officers": [cast[name].account["id"] for name in ("inspector", "inspector2")],
        "planned_for": today(),
    }

    kept["inspection"] = cast["supervisor"].call("POST", f"{API}/inspections", body, wanted=201)
    again = cast["supervisor"].call("POST", f"{API}/inspections", body, wanted=201)

    mine = cast["inspector"].call("GET", f"{API}/inspections", mine="true", on=today())["items"]
    assert again == kept["inspection"]
    assert [each["id"] for each in mine] == [body["id"]]
    assert kept["inspection"]["checklist_sha256"] == kept["checklist"]["etag"]


def test_it_is_begun_answered_signed_and_submitted(cast, kept, camera_photo):
    inspector = cast["inspector"]
    inspection = begin(inspector, kept["inspection"])
    orderable = [item["id"] for item in kept["checklist"]["items"] if item["carries_notice"]][:2]
    inspection = answer(inspector, inspection, camera_photo, unmet=orderable)

    path = f"{API}/inspections/{inspection['id']}/steps"
    revision = inspection["revision"]
    inspector.call("POST", path, {"step": "submit"}, revision=revision, wanted=409)
    inspection = step(inspector, sign(inspector, inspection), "submit")

    assert inspection["status"] == "submitted"
    assert set(inspection["answers"]) == set(inspection["item_ids"])
    left = {item["id"] for item in kept["checklist"]["items"]} - set(inspection["item_ids"])
    assert left, "what speaks to private kindergartens alone is not asked of a public one"
    kept |= {"inspection": inspection, "unmet": orderable}


def test_a_camera_photo_keeps_its_bytes_place_and_time(cast, kept, camera_photo):
    photo_id = kept["inspection"]["answers"][kept["unmet"][0]]["evidence_ids"][0]

    evidence = cast["inspector"].call("GET", f"{API}/evidence/{photo_id}")
    status, original = cast["inspector"].read(f"{API}/evidence/{photo_id}/original?reason=review")
    _, small = cast["inspector"].read(f"{API}/evidence/{photo_id}/derivatives/320")

    assert status == 200
    assert sha256(original).hexdigest() == evidence["sha256"]
    assert original[:-16] == camera_photo()[:-16]
    assert evidence["position"]["datum"] == "WGS-84"
    assert evidence["position"]["lat"] == pytest.approx(43.46745, abs=1e-4)
    assert "far_from_site" in evidence["flags"]
    picture = Image.open(BytesIO(small))
    assert max(picture.size) == 320
    assert not picture.getexif()


def test_a_supervisor_returns_it_it_is_corrected_signed_again_and_approved(cast, kept):
    inspection = step(cast["supervisor"], kept["inspection"], "return", why="请写明数量")
    found = inspection["answers"][kept["unmet"][0]]
    correction = {name: found[name] for name in ("item_id", "result", "evidence_ids")}
    correction |= {"value": found["value"]} if found["value"] is not None else {}
    path = f"{API}/inspections/{inspection['id']}/answers"
    body = {"answers": [correction | {"note": "缺两个"}]}
    inspection = cast["inspector2"].call("POST", path, body, revision=inspection["revision"])
    refusal = {"kind": "refused", "reason": "外出", "witness": "社区工作人员"}
    inspection = sign(cast["inspector2"], inspection, **refusal)
    inspection = step(cast["inspector2"], inspection, "submit")
    kept["inspection"] = step(cast["supervisor"], inspection, "approve")

    findings = cast["inspector"].call("GET", f"{API}/findings", inspection_id=inspection["id"])[
        "items"
    ]

    assert {finding["item"]["id"] for finding in findings} == set(kept["unmet"])
    assert {finding["note"] for finding in findings} == {"缺两个", "未达到要求"}
    kept["findings"] = findings


def test_a_notice_is_drafted_issued_by_another_and_unseen_by_the_director_until_served(cast, kept):
    body = {
        "id": str(uuid4()),
        "finding_ids": [finding["id"] for finding in kept["findings"]],
        "paper": "order",
        "days": 15,
    }
    drafted = cast["supervisor"].call("POST", f"{API}/notices", body, wanted=201)
    path = f"{API}/notices/{drafted['id']}"

    cast["supervisor2"].call("POST", f"{path}/issue", revision=1, wanted=409)
    cast["supervisor"].call("POST", f"{path}/signatures", revision=1, wanted=403)
    cast["inspector"].call("POST", f"{path}/signatures", revision=1)
    cast["inspector"].call("POST", f"{path}/signatures", revision=2, wanted=409)
    signed = cast["inspector2"].call("POST", f"{path}/signatures", revision=2)
    cast["supervisor"].call("POST", f"{path}/issue", revision=3, wanted=403)
    issued = cast["supervisor2"].call("POST", f"{path}/issue", revision=signed["revision"])

    assert issued["number"]
    assert all(each["basis"] and each["standard"] for each in issued["corrections"])
    assert cast["director"].read(path)[0] == 404
    photo = kept["findings"][0]["evidence_ids"][0]
    assert cast["director"].read(f"{API}/evidence/{photo}/derivatives/1280")[0] == 404
    kept |= {"notice": issued, "path": path}


def test_its_clock_starts_with_service_and_the_worker_marks_it_overdue_once(cast, kept, stage):
    served_at = datetime.now(SHANGHAI) - timedelta(days=60)
    body = {"way": "in_person", "receiver": "园长", "served_at": served_at.isoformat()}
    served = cast["inspector"].call(
        "POST", f"{kept['path']}/service", body, revision=kept["notice"]["revision"]
    )

    marked = [mark_overdue(stage.rooms.deadlines, stage.clock) for _ in range(3)]

    kept["notice"] = cast["director"].call("GET", kept["path"])
    assert marked == [1, 0, 0]
    assert kept["notice"]["overdue_at"] == served["due_at"]


def test_the_director_sees_derivatives_answers_with_photos_and_never_an_original(
    cast, kept, camera_photo
):
    director, notice = cast["director"], kept["notice"]
    photo = notice["corrections"][0]["evidence_ids"][0]

    assert director.read(f"{API}/evidence/{photo}/derivatives/1280")[0] == 200
    assert director.read(f"{API}/evidence/{photo}/original?reason=x1")[0] == 403
    path = f"{kept['path']}/acknowledgement"
    notice = director.call("POST", path, revision=notice["revision"])
    shown = director.send_photo(f"{kept['path']}/photos", camera_photo(), id=uuid4())
    replies = [
        {"finding_id": each["finding_id"], "text": "已整改", "evidence_ids": [shown["id"]]}
        for each in notice["corrections"]
    ]
    body = {"replies": replies, "statement": "全部完成"}
    notice = director.call("POST", f"{kept['path']}/responses", body, revision=notice["revision"])

    assert notice["status"] == "responded"
    kept["notice"] = notice


def test_a_reinspection_verifies_and_somebody_else_closes(cast, kept, camera_photo):
    inspector, officers = cast["inspector"], ("inspector", "inspector2")
    body = {"officers": [cast[name].account["id"] for name in officers], "planned_for": today()}
    visit = inspector.call("POST", f"{kept['path']}/reinspections", body, wanted=201)
    assert set(visit["item_ids"]) == set(kept["unmet"])
    visit = answer(inspector, begin(inspector, visit), camera_photo)
    visit = step(inspector, sign(inspector, visit), "submit")
    visit = step(cast["supervisor"], visit, "approve")

    body = {"inspection_id": visit["id"]}
    revision = kept["notice"]["revision"]
    verified = inspector.call("POST", f"{kept['path']}/rounds", body, revision=revision)
    closed = cast["supervisor2"].call(
        "POST", f"{kept['path']}/closure", revision=verified["revision"]
    )

    assert (verified["status"], closed["status"]) == ("verified", "closed")
    left = inspector.call("GET", f"{API}/findings", open_only="true")["items"]
    assert not {each["id"] for each in kept["findings"]} & {each["id"] for each in left}


def test_every_step_is_on_record_from_its_device_each_chained_to_the_one_before(cast, kept, stage):
    case = kept["inspection"]["case_id"]

    entries = cast["supervisor"].call("GET", f"{API}/cases/{case}/history")["items"]

    verbs = {entry["verb"] for entry in entries}
    assert verbs >= {
        *("inspection_planned", "inspection_begun", "inspection_answered", "inspection_signed"),
        *("inspection_refused", "inspection_submitted", "inspection_returned"),
        *("inspection_approved", "evidence_received", "evidence_disclosed", "original_viewed"),
        *("notice_drafted", "notice_issued", "notice_served", "notice_overdue"),
        *("notice_acknowledged", "notice_responded", "notice_reinspected", "notice_closed"),
    }
    linked = pairwise(entries)
    assert all(after["previous"] == before["hash"] for before, after in linked)
    assert {entry["device"] for entry in entries if entry["verb"] == "inspection_begun"} == {
        "tablet-inspector"
    }
    assert list(stage.rooms.custody.verify()) == []
    assert list(stage.rooms.evidence.verify()) == []
