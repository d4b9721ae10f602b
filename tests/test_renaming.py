"""A renaming case over HTTP: opened on what is found, told, answered, checked again, ended."""

from datetime import timedelta
from uuid import uuid4

import pytest

from service.demonstration import identity
from tests.access_world import enter, send_names, send_photo

OLD, NEW = "演示县国际幼儿园", "演示县春芽幼儿园"
LICENCE = {"number": "教演2", "authority": "演示县教育局", "issued_on": "2026-03-02"}


@pytest.fixture
def kindergarten(stage):
    """A private kindergarten in breach, and its director."""
    name = "演示县国际幼儿园"
    body = {"name": name, "nature": "private", "region": "990102", "address": "演示路 9 号"}
    return stage.supervisor.post("kindergartens", body, wanted=201)


@pytest.fixture
def director(stage, kindergarten):
    bound = [{"kindergarten_id": kindergarten["id"], "since": "2026-01-01"}]
    return enter(stage, "head", roles=["director"], bindings=bound)


def opened(stage, kindergarten, wanted=201, **more):
    body = {"kindergarten_id": kindergarten["id"], "why": "名称含有禁用字样", **more}
    return stage.inspector.post("renaming-cases", body, wanted=wanted)


def step(caller, case, name, wanted=200, **more):
    path = f"renaming-cases/{case['id']}"
    revision = caller.get(path)["revision"]
    body = {"step": name, "why": "依计划办理", **more}
    return caller.post(f"{path}/steps", body, wanted, revision=revision)


def answer(caller, case, wanted=200, **said):
    path = f"renaming-cases/{case['id']}"
    revision = caller.get(path)["revision"]
    return caller.post(f"{path}/answers", {"why": "园方意见", **said}, wanted, revision=revision)


def borne(name=NEW, **other):
    return {"borne": {"sign": name, "seal": name, "licence": name, **other}, "licence": LICENCE}


def waiting(caller, queue):
    return [each["id"] for each in caller.get(f"queues/{queue}", limit=200)["items"]]


def test_a_hit_of_the_register_waits_until_a_case_takes_it_up(stage, kindergarten):
    assert kindergarten["name_check"]["verdict"] == "violation"
    assert kindergarten["id"] in waiting(stage.inspector, "names_found")

    case = opened(stage, kindergarten)

    assert kindergarten["id"] not in waiting(stage.inspector, "names_found")
    assert case["id"] in waiting(stage.supervisor, "renamings")
    (finding,) = case["opening"]["findings"]
    assert (finding["rule"], finding["term"]) == ("banned_term", "国际")
    assert OLD[finding["start"] : finding["end"]] == "国际"
    clause = finding["clauses"][0]
    assert clause["number"] == "演教〔2025〕18号"
    assert len(clause["words_sha256"]) == 64


def test_one_case_at_a_time_and_sent_again_it_is_the_same(stage, kindergarten):
    id_ = str(uuid4())
    first = opened(stage, kindergarten, id=id_)

    again = opened(stage, kindergarten, id=id_)
    second = opened(stage, kindergarten, wanted=409)

    assert again == first
    assert second["type"] == "/problems/renaming-case-open"


def test_no_case_is_opened_on_a_name_in_order(stage):
    refused = opened(stage, {"id": identity("kindergarten-1")}, wanted=409)

    assert refused["type"] == "/problems/name-not-in-breach"


def test_it_is_told_answered_accepted_and_closed_as_renamed(stage, kindergarten, director):
    case = opened(stage, kindergarten)
    step(stage.inspector, case, "tell")
    assert case["id"] in waiting(director, "to_rename")
    told = [each["kind"] for each in director.get("messages")["items"]]
    assert told == ["renaming_told"]

    answered = answer(director, case, new_name=NEW)
    assert answered["proposal"]["verdict"] == "ok"
    assert case["id"] in waiting(stage.inspector, "renamings")
    inbox = stage.inspector.get("messages", limit=200)["items"]
    assert "renaming_answered" in [each["kind"] for each in inbox]
    step(stage.inspector, case, "accept")
    assert case["id"] in waiting(stage.supervisor2, "to_confirm_name")
    bare = step(stage.supervisor2, case, "rename", 422, **borne())
    show(director, case)
    done = step(stage.supervisor2, case, "rename", **borne())

    assert bare["type"] == "/problems/photos-missing"
    assert set(done["photos"]) == {"sign", "seal", "licence"}
    assert done["status"] == "renamed"
    now = stage.supervisor.get(f"kindergartens/{kindergarten['id']}")
    assert (now["name"], now["licence"]["number"]) == (NEW, "教演2")
    assert now["name_check"]["verdict"] == "ok"
    verbs = [
        each["verb"]
        for each in stage.inspector.get(f"renaming-cases/{case['id']}/history")["items"]
    ]
    shown = ["evidence_received", "renaming_shown"] * 3
    assert verbs == ["renaming_opened", *["renaming_step"] * 3, *shown, "renaming_step"]


def test_a_new_name_in_breach_is_not_accepted(stage, kindergarten, director):
    case = opened(stage, kindergarten)
    step(stage.inspector, case, "tell")
    answered = answer(director, case, new_name="演示县国★际幼儿园")

    refused = step(stage.inspector, case, "accept", 422)
    returned = step(stage.inspector, case, "return")

    assert answered["proposal"]["verdict"] == "violation"
    assert refused["type"] == "/problems/new-name-in-breach"
    assert returned["status"] == "told"


@pytest.mark.parametrize("carrier", ["sign", "seal", "licence"])
def test_it_does_not_end_while_a_carrier_bears_another_name(stage, kindergarten, director, carrier):
    case = opened(stage, kindergarten)
    step(stage.inspector, case, "tell")
    answer(director, case, new_name=NEW)
    step(stage.inspector, case, "accept")

    refused = step(stage.supervisor2, case, "rename", 422, **borne(**{carrier: OLD}))
    bare = step(stage.supervisor2, case, "rename", 422)

    assert refused["type"] == "/problems/wording-differs"
    assert bare["type"] == "/problems/bad-value"
    now = stage.supervisor.get(f"kindergartens/{kindergarten['id']}")
    assert now["name"] == kindergarten["name"]


def test_a_second_supervisor_dismisses_it_after_an_objection(stage, kindergarten, director):
    case = opened(stage, kindergarten)
    step(stage.supervisor, case, "tell")
    objected = answer(director, case)

    own = step(stage.supervisor, case, "dismiss", 403)
    by_an_inspector = step(stage.inspector2, case, "dismiss", 403)
    done = step(stage.supervisor2, case, "dismiss")

    assert objected["status"] == "objected"
    assert own["type"] == "/problems/renaming-second-person"
    assert by_an_inspector["type"] == "/problems/not-permitted"
    assert done["status"] == "dismissed"
    assert kindergarten["id"] not in waiting(stage.inspector, "names_found")
    assert next(each["kind"] for each in director.get("messages")["items"]) == "renaming_ended"


def test_the_bureau_does_not_answer_for_the_kindergarten(stage, kindergarten):
    case = opened(stage, kindergarten)
    step(stage.inspector, case, "tell")

    assert step(stage.inspector, case, "object", 403)["type"] == "/problems/not-permitted"


def test_a_name_that_changes_to_another_hit_waits_again(stage, kindergarten):
    opened(stage, kindergarten)
    path = f"kindergartens/{kindergarten['id']}"

    def change(**facts):
        revision = stage.supervisor.get(path)["revision"]
        return stage.supervisor.call("PATCH", path, {"why": "核对", **facts}, revision=revision)

    change(headcount=90)
    kept = waiting(stage.inspector, "names_found")
    change(name="演示县哈佛幼儿园")

    assert kindergarten["id"] not in kept
    assert kindergarten["id"] in waiting(stage.inspector, "names_found")


def test_cases_are_listed_by_status_and_kindergarten(stage, kindergarten, director):
    case = opened(stage, kindergarten)

    asked = {"status": "opened", "kindergarten_id": kindergarten["id"]}
    listed = stage.inspector.get("renaming-cases", **asked)["items"]
    mine = director.get("renaming-cases")["items"]

    assert [each["id"] for each in listed] == [case["id"]]
    assert [each["id"] for each in mine] == [case["id"]]


def test_a_private_kindergarten_bears_no_public_ones_name(stage):
    public = {"name": "演示县启明星幼儿园", "nature": "public", "region": "990102", "address": "x"}
    stage.supervisor.post("kindergartens", public, wanted=201)

    def added(name):
        body = {"name": name, "nature": "private", "region": "990102", "address": "y"}
        return stage.supervisor.post("kindergartens", body, wanted=201)["name_check"]

    same, short, other = added("演示县启明星幼儿园"), added("启明星幼儿园"), added("小荷幼儿园")

    assert (same["verdict"], short["verdict"], other["verdict"]) == ("violation", "review", "ok")
    assert same["findings"][0]["term"] == "演示县启明星幼儿园"
    assert set(short["findings"][0]["ask"]) == {"zh", "en"}


def test_a_file_of_names_is_judged_row_by_row(stage):
    table = "园名,举办性质\n演示国际幼儿园,民办\n春芽幼儿园,公办\n恒大国际城幼儿园,\n"

    found = send_names(stage.inspector, table).json
    sheet = send_names(stage.inspector, table, format="csv").data.decode("utf-8-sig")

    assert found["counts"] == {"ok": 1, "review": 1, "violation": 1}
    assert [(each["row"], each["verdict"]) for each in found["items"]] == [
        (2, "violation"),
        (4, "review"),
    ]
    assert found["items"][0]["findings"][0]["clauses"]
    assert len(sheet.splitlines()) == 4


def test_a_file_without_headings_has_names_first_and_natures_second(stage):
    found = send_names(stage.inspector, "演示市第一幼儿园\t民办\n演示市第一幼儿园\t公办\n").json

    assert [each["row"] for each in found["items"]] == [1]


@pytest.mark.parametrize(
    ("table", "status"),
    [("", 422), ("性质\n民办\n", 422), ("名称\n" + "园" * 201, 422), ("\0\0", 415)],
)
def test_a_file_that_holds_no_names_is_refused(stage, table, status):
    assert send_names(stage.inspector, table).status_code == status


def test_wording_on_sign_and_seal_is_compared_with_the_approved_name(stage):
    carriers = {
        "园牌": "演示县 春芽幼儿园",
        "印章": "演示縣春芽幼兒園",
        "许可证": "演示县小春芽幼儿园",
    }
    body = {
        "approved": NEW,
        "carriers": [{"carrier": each, "words": words} for each, words in carriers.items()],
    }

    found = stage.inspector.post("names/wording", body)

    assert not found["same"]
    assert [(each["difference"], each["at"]) for each in found["carriers"]] == [
        ("none", None),
        ("form", 2),
        ("wording", 3),
    ]


def test_a_plan_that_adds_a_term_changes_the_check_in_its_region(stage):
    text = (
        "演示丙县幼儿园名称管理办法\n一、命名\n（一）幼儿园名称不得冠以“名校”“寰宇”等字样。\n"
        "二、实施\n（二）本办法自2026年1月1日起施行。\n"
    )
    path = "plans?region=990103&status=issued&valid_from=2026-01-01"
    uploaded = stage.admin.call("POST", path, data=text.encode())
    assert uploaded.status_code == 201, uploaded.text

    def found(region):
        names = [{"name": "寰宇幼儿园", "nature": "民办"}]
        body = {"names": names, "region": region, "on": "2026-06-01"}
        return stage.inspector.post("names/check", body)["items"][0]

    here, there = found("990103"), found("990102")

    assert here["verdict"] == "violation"
    assert "寰宇" in here["findings"][0]["clauses"][0]["quote"]
    assert there["verdict"] != "violation"


def show(caller, case):
    for carrier in ("sign", "seal", "licence"):
        sent = send_photo(caller, f"renaming-cases/{case['id']}/photos", carrier=carrier)
        assert sent.status_code == 201, sent.text


def test_a_case_that_is_not_answered_in_its_days_climbs_the_ladder_until_it_ends(
    stage, kindergarten, director
):
    region = "bureau-settings/990102"
    ladder = [{"measure": "reminder", "after_days": 0}, {"measure": "bulletin", "after_days": 5}]
    seen = stage.supervisor.get(region)["revision"]
    body = {"rules": {"ladder": ladder}, "source": "规程"}
    stage.supervisor.call("PUT", region, body, revision=seen)
    case = opened(stage, kindergarten)
    told = step(stage.inspector, case, "tell", days=5)
    late = stage.clock() + timedelta(days=60)
    proof = stage.rooms.oversight.renaming_proof

    early = proof.lapse(now=stage.clock())
    lapsed = [proof.lapse(now=late) for _ in range(2)]
    climbed = [proof.climb(now=late) for _ in range(2)]
    measures = stage.supervisor.get("measures", notice_id=case["id"])["items"]
    step(stage.supervisor, case, "dismiss")
    after = stage.supervisor.get("measures", notice_id=case["id"])["items"]

    assert None not in (told["due"], told["due_at"])
    assert (early, lapsed, climbed) == (0, [1, 0], [2, 0])
    assert {each["measure"] for each in measures} == {"reminder", "bulletin"}
    assert {each["status"] for each in after} == {"lapsed"}
    kinds = [each["kind"] for each in director.get("messages")["items"]]
    assert "renaming_overdue" in kinds
