"""A small world for the access table: one case in the county, and callers near and far."""

from base64 import b64encode
from datetime import datetime
from io import BytesIO
from uuid import uuid4

from inspections.messages.model import Kind
from media.days import SHANGHAI
from media.photos.drawing import draw_photo
from service.delivery.model import Delivery, Receiver
from service.delivery.store import DeliveryStore
from service.demonstration import identity


def today():
    return datetime.now(SHANGHAI).date().isoformat()


def photo():
    return draw_photo(uuid4().hex, datetime.now(SHANGHAI), 116.391, 39.907, posts=3, width=640)


def send_photo(caller, path, **form):
    data = {"id": str(uuid4()), **form, "photo": (BytesIO(photo()), "photo.jpg")}
    return caller.call("POST", path, data=data, content_type="multipart/form-data")


def send_piece(caller, method, path):
    """Begin, ask for or go on with an upload, as tus 1.0.0 has it."""
    declared = {"id": str(uuid4()), "sha256": "0" * 64}
    metadata = [f"{key} {b64encode(value.encode()).decode()}" for key, value in declared.items()]
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "9",
        "Upload-Offset": "0",
        "Upload-Metadata": ",".join(metadata),
        "Content-Type": "application/offset+octet-stream" if method == "PATCH" else "",
    }
    return caller.call(method, path, headers=headers)


def send_table(caller):
    file = (BytesIO("机构标识码,名称\nX1,某园\n".encode()), "table.csv")
    form = {"kind": "kindergartens", "file": file}
    return caller.call("POST", "imports", data=form, content_type="multipart/form-data")


def send_names(caller, table="名称\n春芽幼儿园\n", **query):
    form = {"file": (BytesIO(table.encode()), "names.csv")}
    kind = "multipart/form-data"
    return caller.call("POST", "names/check-file", data=form, content_type=kind, query_string=query)


def open_renaming(stage, kindergarten="kindergarten-1", name="演示县国际幼儿园"):
    """Give a kindergarten a name in breach, open a case on it, and give its name back."""
    path = f"kindergartens/{identity(kindergarten)}"
    before = stage.supervisor.get(path)
    there = stage.inspector.get("renaming-cases", kindergarten_id=before["id"], status="opened")
    if there["items"]:
        return there["items"][0]

    def call(name, revision):
        body = {"name": name, "why": "核对"}
        return stage.supervisor.call("PATCH", path, body, revision=revision).json

    changed = call(name, before["revision"])
    body = {"kindergarten_id": before["id"], "why": "名称含有禁用字样"}
    case = stage.inspector.post("renaming-cases", body, wanted=201)
    call(before["name"], changed["revision"])
    return case


def enter(stage, username, **facts):
    """Make an account and log it in."""
    body = {
        "username": f"{username}-{uuid4().hex[:6]}",
        "name": username,
        "unit": "单位",
        "certificate": "演示执法99",
        **facts,
    }
    made = stage.admin.post("accounts", body, wanted=201)
    stage.passwords[made["username"]] = made["initial_password"]
    return stage.enter(made["username"], made["initial_password"])


def callers(stage):
    """Who asks, by the name that the table's head gives."""
    bound = [{"kindergarten_id": identity("kindergarten-2"), "since": "2026-01-01"}]
    return {
        "nobody": stage.nobody,
        "admin": enter(stage, "admin", roles=["administrator"], regions=["990102"]),
        "inspector": stage.inspector,
        "supervisor": stage.supervisor,
        "director": stage.director,
        "director2": enter(stage, "director2", roles=["director"], bindings=bound),
        "inspector3": enter(stage, "inspector3", roles=["inspector"], regions=["990103"]),
        "supervisor3": enter(stage, "supervisor3", roles=["supervisor"], regions=["990103"]),
        "far": enter(stage, "far", roles=["supervisor"], regions=["445200"]),
    }


def receiver_in(stage, regions, message):
    """Write a receiver of the regions and a delivery to it that waits; nothing is sent."""
    now = stage.clock()
    receiver = Receiver(str(uuid4()), "https://example.org/", tuple(regions), (), "", now, now)
    delivery = Delivery(str(uuid4()), message, receiver.id, Kind.INSPECTION_PLANNED, now, now)
    store = DeliveryStore(stage.rooms.database)

    def act(tx):
        store.add_receiver(receiver, tx)
        store.add_deliveries([delivery], tx)

    stage.rooms.inspections._transact(act)
    return receiver.id, delivery.id


def found_abuse(stage, officers):
    """Answer on another visit that a child was abused; return the ids of the case and its photo."""
    plan = {
        "kindergarten_id": identity("kindergarten-1"),
        "officers": officers,
        "planned_for": today(),
    }
    inspection = stage.supervisor.post("inspections", plan, wanted=201)
    path = f"inspections/{inspection['id']}"
    begin = {"step": "begin", "identity_shown": True, "recusal_told": True}
    stage.inspector.post(f"{path}/steps", begin, revision=1)
    item = inspection["sealed_item_ids"][0]
    sealed = send_photo(stage.inspector, f"{path}/photos", item_id=item).json["id"]
    answer = {"item_id": item, "result": "not_met", "note": "腕部有伤", "evidence_ids": [sealed]}
    stage.inspector.post(f"{path}/answers", {"answers": [answer]}, revision=2)
    cases = stage.inspector.get("veto-cases", limit=200)["items"]
    return max(cases, key=lambda case: case["opened_at"])["id"], sealed


def hear_person(stage, case_id):
    """Record that the person concerned was told and has nothing to say."""
    path = f"veto-cases/{case_id}"
    revision = stage.inspector.get(path)["revision"]
    told = {"name": "当事人", "duty": "教师", "way": "in_person"}
    told["told_at"] = datetime.now(SHANGHAI).replace(microsecond=0).isoformat()
    stage.inspector.post(f"{path}/respondent", told, revision=revision)
    body = {"text": "无陈述", "waived": True}
    stage.inspector.post(f"{path}/defences", body, revision=revision + 1)


def sight(stage, lon=116.402, lat=39.905, **facts):
    """Report a sighting with a photo."""
    place = {"lon": lon, "lat": lat, "datum": "WGS-84"}
    body = {"region": "990102", "place": place, "note": "有儿童出入", **facts}
    sighting = stage.inspector.post("sightings", body, wanted=201)
    send_photo(stage.inspector, f"sightings/{sighting['id']}/photos")
    return sighting


def tell(stage):
    """Walk one case to a served notice; return the ids that the table's rows name."""
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    plan = {
        "kindergarten_id": identity("kindergarten-1"),
        "officers": officers,
        "planned_for": today(),
    }
    inspection = stage.supervisor.post("inspections", plan, wanted=201)
    path = f"inspections/{inspection['id']}"

    def step(caller, body, verb="steps"):
        revision = stage.inspector.get(path)["revision"]
        return caller.post(f"{path}/{verb}", body, revision=revision)

    step(stage.inspector, {"step": "begin", "identity_shown": True, "recusal_told": True})
    items = stage.inspector.get(f"{path}/items")["items"]
    evidence = send_photo(stage.inspector, f"{path}/photos").json["id"]
    hidden = send_photo(stage.inspector, f"{path}/photos").json["id"]
    unmet = [item["id"] for item in items if item["carries_notice"] and item["articles"]][:2]
    answers = []
    for item in items:
        met = item["id"] not in unmet
        answer = {"item_id": item["id"], "result": "met" if met else "not_met"}
        answer["evidence_ids"] = [hidden if met else evidence]
        if item["answer_kind"] == "grade":
            answer["value"] = "A" if met else "C"
        elif item["answer_kind"] in ("ratio", "count"):
            figure = (item["threshold"] or {}).get("value")
            answer["value"] = (figure if isinstance(figure, int | float) else 100) if met else 0
        answers.append(answer)
    step(stage.inspector, {"answers": answers}, "answers")
    step(stage.inspector, {"kind": "signed", "signer": "园长"}, "signature")
    step(stage.inspector, {"step": "submit"})
    step(stage.supervisor, {"step": "approve"})
    findings = stage.inspector.get("findings", inspection_id=inspection["id"])["items"]
    ids = [finding["id"] for finding in findings]
    body = {"finding_ids": ids, "paper": "order", "days": 15}
    drafted = stage.inspector.post("notices", body, wanted=201)
    notice = f"notices/{drafted['id']}"
    stage.inspector2.post(f"{notice}/signatures", revision=1)
    stage.supervisor2.post(f"{notice}/issue", revision=2)
    service = {
        "way": "in_person",
        "receiver": "园长",
        "served_at": datetime.now(SHANGHAI).isoformat(),
    }
    stage.inspector.post(f"{notice}/service", service, revision=3)
    checklist = stage.supervisor.get("checklists", region="990102")["items"][0]
    draft = stage.supervisor.post(
        "checklists", {"region": "990102", "subject": "kindergarten", "on": today()}, wanted=201
    )
    decided = {
        "region": "990102",
        "control": "anti-ram-barrier",
        "choice": "set_aside",
        "reason": "不临道路",
    }
    words = {"title": "甲", "title_en": "A", "how": "看", "family": "physical", "place": "yard"}
    added = {
        "region": "990102",
        "item": words,
        "reason": "临河",
        "basis": "会议纪要",
        "valid_from": "2099-01-01",
    }
    plans = stage.inspector.get("plans", limit=50)["items"]
    inbox = stage.inspector.get("messages", limit=200)["items"]
    planned = [
        each["id"]
        for each in inbox
        if each["kind"] == "inspection_planned" and each["about"]["id"] == inspection["id"]
    ]
    receiver, delivery = receiver_in(stage, ["990102"], planned[0])
    veto, sealed = found_abuse(stage, officers)
    sighting = sight(stage)
    site = {"sighting_ids": [sight(stage)["id"]], "address": "演示路 88 号"}
    return {
        "receiver": receiver,
        "delivery": delivery,
        "message": planned[0],
        "sighting": sighting["id"],
        "site": stage.inspector.post("unlicensed-sites", site, wanted=201)["id"],
        "import": send_table(stage.supervisor).json["id"],
        "veto": veto,
        "renaming": open_renaming(stage)["id"],
        "name_run": stage.supervisor.post("name-runs", {}, wanted=202)["id"],
        "sealed": sealed,
        "inspection": inspection["id"],
        "case": inspection["case_id"],
        "finding": ids[0],
        "notice": drafted["id"],
        "evidence": evidence,
        "hidden": hidden,
        "kindergarten": identity("kindergarten-1"),
        "checklist": checklist["id"],
        "draft": draft["id"],
        "decision": stage.supervisor.post("decisions", decided, wanted=201)["id"],
        "local_item": stage.supervisor.post("local-items", added, wanted=201)["id"],
        "plan": next(plan["id"] for plan in plans if plan["region"] == "990100"),
        "account": stage.inspector2.account["id"],
        "officer": officers[0],
        "officer2": officers[1],
        "officers": officers,
        "fresh": f"fresh-{uuid4().hex[:6]}",
    }
