"""A plan is amended while work goes on: what changed is told, and nothing recorded is rewritten."""

from io import BytesIO

import pytest

from checklists.plans.actions import demonstration_texts
from service.demonstration import identity
from tests.access_world import enter, tell, today

OURS = demonstration_texts()[0]


@pytest.fixture(scope="module")
def world(stage):
    """One notice served, one visit planned, and everything as it is shown then."""
    told = tell(stage)
    plan = {
        "kindergarten_id": identity("kindergarten-2"),
        "officers": told["officers"],
        "planned_for": today(),
    }
    told["planned"] = stage.supervisor.post("inspections", plan, wanted=201)["id"]
    finding = next(
        each
        for each in stage.inspector.get("findings", inspection_id=told["inspection"])["items"]
        if any(cited["region"] == "990100" for cited in each["item"]["citations"])
    )
    told["item"] = finding["item"]
    told["cited"] = next(
        each for each in finding["item"]["citations"] if each["region"] == "990100"
    )
    told["before"] = shown(stage, told)
    return told


def shown(stage, world):
    """Everything recorded, as it is answered."""
    paths = (
        f"inspections/{world['inspection']}",
        f"inspections/{world['inspection']}/items",
        f"inspections/{world['planned']}/items",
        f"notices/{world['notice']}",
        f"checklists/{world['checklist']}",
    )
    listed = stage.inspector.get("findings", inspection_id=world["inspection"], limit=200)
    return [stage.inspector.get(path) for path in paths] + [listed]


@pytest.fixture(scope="module")
def amended(stage, world):
    """The city's plan with one clause in other words."""
    quote = world["cited"]["quote"]
    text = OURS.replace(quote, quote + "并应当逐项登记造册")
    assert text != OURS
    form = {"file": (BytesIO(text.encode()), "990100-amended.txt")}
    answer = stage.supervisor2.call("POST", "plans", data=form)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_an_amended_plan_is_a_new_edition(world, amended):
    assert (amended["edition"], amended["region"]) == (2, "990100")
    assert amended["id"] != world["plan"]


def test_what_changed_is_told_word_by_word(stage, world, amended):
    told = stage.inspector.get(f"plans/{amended['id']}/changes")

    assert (told["before"], told["edition_before"]) == (world["plan"], 1)
    change = next(each for each in told["clauses"] if world["item"]["id"] in each["item_ids"])
    assert change["change"] == "changed"
    assert change["before"] in OURS
    put_in = "".join(each["words"] for each in change["pieces"] if each["kind"] == "insert")
    assert put_in and put_in in "并应当逐项登记造册"  # noqa: PT018 - one thing
    assert len(told["clauses"]) < 5


def test_the_open_work_that_it_touches_is_listed(stage, world, amended):
    work = stage.inspector.get(f"plans/{amended['id']}/changes/open-work")

    found = {each["id"]: each for each in work["items"]}
    assert found[world["notice"]]["kind"] == "notice"
    assert found[world["notice"]]["day"] is not None
    assert found[world["planned"]]["kind"] == "inspection"
    assert world["item"]["id"] in found[world["planned"]]["item_ids"]
    assert world["inspection"] not in found
    findings = [each for each in work["items"] if each["kind"] == "finding"]
    assert [each["item_ids"] for each in findings] == [[world["item"]["id"]]]
    assert work["counts"] == {"notice": 1, "finding": 1, "inspection": 2}


def test_nothing_that_was_recorded_is_rewritten(stage, world, amended):
    draft = {"region": "990102", "subject": "kindergarten", "on": today()}
    proposed = stage.supervisor.post("checklists", draft, wanted=201)
    path = f"checklists/{proposed['id']}"
    stage.supervisor2.post(f"{path}/steps", {"step": "publish"}, revision=1)

    assert shown(stage, world) == world["before"]
    new = stage.inspector.get(path)
    cited = next(each for each in new["items"] if each["id"] == world["item"]["id"])["citations"]
    assert amended["id"] in [each["plan_id"] for each in cited]
    world["after"] = proposed["id"]


def test_two_versions_are_compared_with_the_work_that_they_touch(stage, world, amended):
    between = f"checklists/{world['checklist']}/differences/{world['after']}"

    told = stage.supervisor.get(between)
    work = stage.supervisor.get(f"{between}/open-work")

    assert "citations" in told["changed"][world["item"]["id"]]
    assert any(each["pieces"] for each in told["clauses"])
    assert world["notice"] in [each["id"] for each in work["items"]]


def test_a_re_inspection_asks_what_the_first_visit_asked(stage, world, amended):
    body = {"officers": world["officers"], "planned_for": today()}
    notice = stage.director.get(f"notices/{world['notice']}")
    replies = [{"finding_id": each["finding_id"], "text": "x"} for each in notice["corrections"]]
    stage.director.post(f"notices/{world['notice']}/acknowledgement", revision=notice["revision"])
    stage.director.post(
        f"notices/{world['notice']}/responses",
        {"replies": replies},
        revision=notice["revision"] + 1,
    )

    again = stage.inspector.post(f"notices/{world['notice']}/reinspections", body, wanted=201)

    items = stage.inspector.get(f"inspections/{again['id']}/items")["items"]
    assert (
        world["cited"]
        in next(each for each in items if each["id"] == world["item"]["id"])["citations"]
    )


def test_work_of_elsewhere_is_not_shown(stage, amended):
    far = enter(stage, "far", roles=["supervisor"], regions=["445200"])

    work = far.get(f"plans/{amended['id']}/changes/open-work")

    assert work == {"items": [], "counts": {"notice": 0, "finding": 0, "inspection": 0}}


def test_only_editions_of_one_plan_are_compared(stage, amended):
    other = stage.inspector.get("plans", region="430200")["items"][0]["id"]
    path = f"plans/{amended['id']}/changes?against={other}"

    assert stage.inspector.call("GET", path).status_code == 404
    assert stage.director.call("GET", path).status_code == 403


LIGHT = {
    "title": "门外灯光",
    "title_en": "Light at the gate",
    "how": "天黑后到门口看灯是否亮。",
    "family": "physical",
    "place": "gate",
}


def test_a_clause_that_became_nothing_is_decided_published_and_inspected(stage):
    text = (
        "演示东区幼儿园花木办法（试行）\n一、措施\n（一）守门。各幼儿园应当在大门外设置石墩。\n"
        "（二）花木。鼓励各幼儿园种植花木，美化园舍环境。\n"
    )
    plan = stage.supervisor.call("POST", "plans?region=990102", data=text.encode()).json
    left = stage.supervisor.get(f"plans/{plan['id']}/unmatched", reason="encouragement")
    (clause,) = left["items"]
    assert left["counts"]["encouragement"] == plan["unmatched_count"] == 1
    body = {
        "region": "990102",
        "plan_id": plan["id"],
        "words_sha256": clause["words_sha256"],
        "choice": "item",
        "reason": "本县绿化考核要求",
        "item": LIGHT,
    }

    told = stage.supervisor.post("decisions", body, wanted=201)
    asked = {"region": "990102", "subject": "kindergarten", "on": today()}
    draft = stage.supervisor.post("checklists", asked, wanted=201)

    item = next(each for each in draft["items"] if each["origin"] == "decision")
    assert (item["title"], item["carries_notice"]) == (LIGHT["title"], False)
    assert item["decided"][0]["id"] == told["id"]
    assert item["id"] in next(
        each["item_ids"] for each in draft["sections"] if each["place"] == "gate"
    )
    path = f"checklists/{draft['id']}/steps"
    assert stage.supervisor.call("POST", path, {"step": "publish"}, revision=1).status_code == 403
    stage.supervisor2.post(path, {"step": "publish"}, revision=1)
    sent = stage.director.call("GET", f"checklists/{draft['id']}").json
    assert next(each["title"] for each in sent["sections"]) == "大门"
    assert item["id"] in [each["id"] for each in sent["items"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"choice": "item"}, "item"),
        ({"choice": "control"}, "to_control"),
        ({"choice": "set_aside", "item": LIGHT}, "item"),
        ({"choice": "withdrawn"}, "choice"),
        ({"threshold": {"comparison": ">=", "value": 3}}, "threshold"),
        ({"words_sha256": None}, "words_sha256"),
        ({"words_sha256": "x"}, "words_sha256"),
        ({"plan_id": None, "words_sha256": None}, "control"),
        ({"plan_id": None}, "plan_id"),
        ({"reason": " "}, "reason"),
        ({"choice": "item", "item": {**LIGHT, "severity": "one_vote_veto"}}, "item.severity"),
        ({"choice": "item", "item": {**LIGHT, "subjects": ["police"]}}, "item.subjects.0"),
        (
            {
                "choice": "control",
                "to_control": "camera-linkage",
                "threshold": {"comparison": ">=", "value": "很多"},
            },
            "threshold.value",
        ),
    ],
)
def test_a_decision_comes_with_what_it_needs_and_nothing_else(stage, world, change, field):
    body = {
        "region": "990102",
        "plan_id": world["plan"],
        "words_sha256": "0" * 64,
        "choice": "set_aside",
        "reason": "x",
    } | change

    answer = stage.supervisor.call("POST", "decisions", {k: v for k, v in body.items() if v})

    assert answer.status_code == 422
    assert field in [each["field"] for each in answer.json["errors"]], answer.text


def test_what_cannot_be_decided_is_a_problem_with_its_reason(stage):
    body = {"region": "990102", "control": "lightning-protection", "choice": "set_aside"}

    answer = stage.supervisor.call("POST", "decisions", {**body, "reason": "x"})

    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/not-decidable"
    assert "本地区没有计划要求" in answer.json["detail"]


def test_a_local_item_is_added_and_withdrawn(stage):
    body = {
        "region": "990102",
        "item": {**LIGHT, "place": "yard"},
        "reason": "多所幼儿园临河",
        "basis": "专题会议纪要",
        "valid_from": "2026-01-01",
    }

    added = stage.supervisor.post("local-items", body, wanted=201)
    gone = stage.supervisor.post(
        f"local-items/{added['id']}/steps", {"step": "withdraw", "why": "结束"}, revision=1
    )

    assert added["item"]["subjects"] == ["kindergarten"]
    assert gone["withdrawn_why"] == "结束"
    listed = stage.inspector.get("local-items", region="990102")["items"]
    assert stage.inspector.get(f"local-items/{added['id']}") in listed
    half = stage.supervisor.call("POST", "local-items", {**body, "plan_id": "x"})
    assert half.json["errors"][0]["field"] == "words_sha256"


def test_the_history_of_a_decision_is_read_with_its_words(stage):
    body = {"region": "990102", "control": "camera-coverage", "choice": "set_aside"}
    told = stage.supervisor.post("decisions", {**body, "reason": "街道统一安装"}, wanted=201)

    again = stage.supervisor.call("POST", "decisions", {**body, "reason": "另行研究"})
    stage.supervisor.post(f"decisions/{told['id']}/withdrawal", {"why": "恢复"}, revision=1)

    history = stage.inspector.get(f"decisions/{told['id']}/history")["items"]
    assert again.status_code == 428
    assert [each["why"] for each in history] == ["街道统一安装", "恢复"]
    assert not stage.inspector.get(f"decisions/{told['id']}")["in_effect"]
    listed = stage.inspector.get("decisions", region="990102")["items"]
    assert told["id"] in [each["id"] for each in listed]
