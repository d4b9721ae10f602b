"""Planning over HTTP: turns, recusals, the ledger of visits, joint inspections."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from service.demonstration import identity
from tests.access_world import enter, today

REGION = "bureau-settings/990102"


@pytest.fixture
def site(stage):
    """A kindergarten of its own."""
    facts = {"name": f"演示县第{uuid4().hex[:6]}幼儿园", "nature": "public", "region": "990102"}
    return stage.supervisor.post("kindergartens", facts | {"address": "演示路"}, wanted=201)["id"]


def put(stage, **rules):
    seen = stage.supervisor.get(REGION)["revision"]
    body = {"rules": rules, "source": "本局规程"}
    stage.supervisor.call("PUT", REGION, body, revision=seen)


def plan(stage, site, *officers, **more):
    officers = officers or (identity("inspector"), identity("inspector2"))
    body = {"kindergarten_id": site, "officers": list(officers), "planned_for": today()}
    return stage.supervisor.call("POST", "inspections", body | more)


def test_the_same_two_do_not_come_for_ever_unless_there_is_a_reason(stage, site):
    put(stage, same_pair=2)
    third = enter(stage, "third", roles=["inspector"], regions=["990102"]).account["id"]

    first, second, again = (plan(stage, site) for _ in range(3))
    other = plan(stage, site, identity("inspector"), third)
    after = plan(stage, site)

    assert [each.status_code for each in (first, second, again, other, after)] == [
        *(201, 201, 409, 201, 201)
    ]
    assert again.json["type"] == "/problems/same-officers-again"


def test_a_visit_too_many_needs_a_reason_that_the_ledger_shows(stage, site):
    put(stage, visits_a_year=1)
    first = plan(stage, site).json
    refused = plan(stage, site)
    allowed = plan(stage, site, exception="上级交办的专项检查")
    body = {"step": "cancel", "why": "改期"}
    stage.supervisor.post(f"inspections/{first['id']}/steps", body, revision=1)
    year = today()[:4]

    ledger = stage.inspector.get(f"kindergartens/{site}/visits/{year}")

    assert refused.json["type"] == "/problems/too-many-visits"
    assert allowed.status_code == 201
    assert (ledger["made"], ledger["most"]) == (1, 1)
    assert {(each["status"], each["exception"]) for each in ledger["visits"]} == {
        ("cancelled", None),
        ("planned", "上级交办的专项检查"),
    }
    assert "officers" not in ledger["visits"][0]
    history = stage.rooms.custody.history(f"case:{allowed.json['case_id']}")
    assert history[0].facts["exception"] == "上级交办的专项检查"


def test_of_many_who_plan_at_once_no_more_come_than_the_cap(stage, site):
    put(stage, visits_a_year=2)
    stage.supervisor  # noqa: B018 - logged in before they hurry
    barrier = threading.Barrier(8)

    def act(_):
        barrier.wait()
        return plan(stage, site).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(act, range(8)))

    assert statuses == [201, 201, *[409] * 6]


def test_who_is_recused_is_not_assigned_until_somebody_else_ends_it(stage, site):
    put(stage)
    body = {"id": str(uuid4()), "kindergarten_id": site, "why": "近亲属在该园任职"}
    declared = stage.inspector.post("recusals", body, wanted=201)
    again = stage.inspector.post("recusals", body, wanted=201)
    other = {**body, "id": str(uuid4()), "account_id": identity("inspector2")}
    forbidden = stage.inspector.call("POST", "recusals", other)

    refused = plan(stage, site)
    mine = enter(
        stage,
        "mine",
        roles=["supervisor"],
        regions=["990102"],
        person_id=stage.inspector.account["person"]["id"],
    )
    path = f"recusals/{declared['id']}/end"
    own = mine.call("POST", path, {"why": "x"}, revision=1)
    ended = stage.supervisor.call("POST", path, {"why": "已离职"}, revision=1)
    twice = stage.supervisor.call("POST", path, {"why": "已离职"}, revision=2)

    assert again == declared
    assert refused.json["type"] == "/problems/officer-recused"
    statuses = [each.status_code for each in (forbidden, own, ended, twice)]
    assert statuses == [403, 403, 200, 409]
    assert plan(stage, site).status_code == 201
    listed = stage.supervisor.get("recusals", kindergarten_id=site)["items"]
    assert [each["ended_why"] for each in listed] == ["已离职"]


def test_a_draw_names_every_recusal_that_is_in_force(stage, site):
    body = {"id": str(uuid4()), "kindergarten_id": site, "why": "近亲属在该园任职"}
    stage.inspector.post("recusals", body, wanted=201)
    third = enter(stage, "third", roles=["inspector"], regions=["990102"]).account["id"]
    inputs = {
        "groups": [{"name": "全部", "site_ids": [site], "count": 1}],
        "officer_ids": [identity("inspector"), identity("inspector2"), third],
    }

    def commit(**more):
        draw = {"id": str(uuid4()), "region": "990102", "title": "抽查", "inputs": inputs | more}
        return stage.supervisor.call("POST", "draws", draw)

    person = {"person_id": stage.inspector.account["person"]["id"]}
    facts = {"roles": ["inspector"], "regions": ["990102"]}
    second = enter(stage, "second", **facts, **person).account["id"]
    silent = commit()
    named = commit(recusals=[[identity("inspector"), site]])
    under_another = commit(officer_ids=[second, identity("inspector2"), third])
    twice = commit(
        officer_ids=[identity("inspector"), second, third],
        recusals=[[identity("inspector"), site], [second, site]],
    )

    refused = [silent, under_another, twice]
    assert {each.json["type"] for each in refused} == {"/problems/bad-draw"}
    assert named.status_code == 201


def test_on_a_joint_inspection_each_department_answers_its_own(stage, site):
    police = enter(
        stage, "police", roles=["inspector"], regions=["990102"], department="演示县公安局"
    )
    planned = plan(stage, site, identity("inspector"), police.account["id"], joint=True).json
    path = f"inspections/{planned['id']}"
    begin = {"step": "begin", "identity_shown": True, "recusal_told": True}
    stage.inspector.post(f"{path}/steps", begin, revision=1)
    seen = police.get(path)
    theirs, others = (
        seen["item_ids"][0],
        next(each for each in planned["item_ids"] if each not in seen["item_ids"]),
    )

    def answer(caller, item):
        body = {"answers": [{"item_id": item, "result": "not_applicable", "note": "x"}]}
        revision = caller.get(path)["revision"]
        return caller.call("POST", f"{path}/answers", body, revision=revision)

    foreign = answer(police, others)
    own = answer(police, theirs)
    bureau = answer(stage.inspector, theirs)

    assert planned["kind"] == "joint"
    assert {each["department"] for each in planned["parts"]}
    assert 0 < len(seen["item_ids"]) < len(planned["item_ids"])
    assert [each.status_code for each in (foreign, own, bureau)] == [403, 200, 403]
    assert foreign.json["type"] == "/problems/not-your-item"
    assert theirs in police.get(path)["answers"]
    assert theirs not in stage.inspector.get(path)["answers"]
    assert theirs in stage.supervisor.get(path)["answers"]
