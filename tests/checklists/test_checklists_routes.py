"""Plans, checklists and the name check over HTTP, with the demonstration's cast."""

from io import BytesIO

from checklists.plans.actions import demonstration_texts
from media.days import day_in_shanghai

NEW = "演示东区幼儿园守护办法（试行）\n一、措施\n（一）守门。各幼儿园应当在大门外设置石墩。\n"


def test_plans_are_listed_without_clauses_and_read_with_them(stage):
    listed = stage.inspector.get("plans", region="990000")["items"]
    plan = stage.inspector.get(f"plans/{listed[0]['id']}")

    assert listed[0]["has_words"]
    assert "requirements" not in listed[0]
    assert len(plan["requirements"]) == listed[0]["requirement_count"]
    assert plan["requirements"][0]["quote"]
    assert plan["continuations"] == []


def test_a_plan_is_uploaded_as_a_form_or_as_the_body(stage):
    form = {"file": (BytesIO(NEW.encode()), "990102-new.txt")}

    by_form = stage.supervisor.call("POST", "plans", data=form)
    by_body = stage.supervisor.call("POST", "plans?region=990102", data=NEW.encode("gb18030"))

    assert by_form.status_code == by_body.status_code == 201, by_form.text + by_body.text
    assert by_form.json["id"] == by_body.json["id"]
    assert by_form.json["status"] == "trial"


def test_an_inspector_and_a_director_upload_nothing(stage):
    for caller in (stage.inspector, stage.director):
        assert caller.call("POST", "plans?region=990102", data=NEW.encode()).status_code == 403


def test_what_is_no_plan_is_refused(stage):
    answer = stage.admin.call("POST", "plans?region=990102", data=b"\x89PNG\r\n\x1a\n" + b"\0" * 90)

    assert answer.status_code == 415


def test_a_known_text_needs_no_region(stage):
    answer = stage.admin.call("POST", "plans", data=demonstration_texts()[0].encode())

    assert answer.status_code == 201
    assert answer.json["region"] == "990100"


def test_a_continuation_is_recorded_by_a_head(stage):
    plan = stage.admin.get("plans", region="440000")["items"][0]
    body = {"number": "文〔2026〕1号", "decided_on": "2026-01-05", "reason": "继续执行"}

    made = stage.admin.post(f"plans/{plan['id']}/continuations", body, wanted=201)

    assert stage.admin.get(f"plans/{plan['id']}")["continuations"] == [made]
    assert (
        stage.inspector.call("POST", f"plans/{plan['id']}/continuations", body).status_code == 403
    )


def test_the_checklist_in_force_is_sent_from_its_kept_bytes(stage):
    path = "checklists/in-force?region=990102&subject=kindergarten&on=2100-01-01"
    assert stage.director.call("GET", path).status_code == 404

    path = path.replace("2100-01-01", day_in_shanghai(stage.clock()).isoformat())
    first = stage.director.call("GET", path)
    again = stage.director.call("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    packed = stage.director.call("GET", path, headers={"Accept-Encoding": "gzip"})

    assert first.status_code == 200
    assert len(first.json["items"]) > 50
    assert again.status_code == 304
    assert packed.headers["Content-Encoding"] == "gzip"


def test_names_are_checked_by_the_plans_of_the_region(stage):
    body = {
        "names": [{"name": "环球幼儿园", "nature": "民办"}, {"name": "阳光幼儿园"}],
        "region": "990102",
    }

    items = stage.inspector.post("names/check", body)["items"]

    assert [each["verdict"] for each in items] == ["violation", "ok"]


def test_a_thousand_names_are_enough(stage):
    body = {"names": [{"name": "阳光幼儿园"}] * 1001}

    assert stage.inspector.call("POST", "names/check", body).status_code == 422
