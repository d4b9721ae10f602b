"""A county merges into its neighbour: its code ends, its history is reached from there."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from checklists.regions import codes
from media.days import SHANGHAI
from service.demonstration import identity
from tests.access_world import enter
from tests.builders import make_answer
from tests.steps_world import visit_in

CITY, EAST, WEST = "990100", "990102", "990103"
KINDERGARTEN = identity("kindergarten-4")
"""Of the west county."""


def day(ahead):
    return (datetime.now(SHANGHAI).date() + timedelta(days=ahead)).isoformat()


def change(**changed):
    return {
        "code": WEST,
        "ends_on": day(0),
        "successors": [EAST],
        "document": "演政〔2026〕2号",
        "reason": "并入演示东区",
        **changed,
    }


def a_kindergarten(region):
    return {"name": "演示县新芽幼儿园", "nature": "public", "region": region, "address": "x"}


@pytest.fixture(scope="module")
def merged(stage):
    """The day after the west county merged into the east one."""
    before = stage.supervisor.call("GET", f"kindergartens/{KINDERGARTEN}").status_code
    recorded = stage.admin.post("region-changes", change(), wanted=201)
    last_day = stage.supervisor.call("GET", f"kindergartens/{KINDERGARTEN}").status_code
    stage.clock.pass_by(days=1)
    assert (before, last_day) == (404, 404)
    stage.__dict__.pop("supervisor")
    stage.__dict__.pop("admin")
    return recorded


def test_what_was_recorded_under_the_ended_code_is_reached_from_its_successor(stage, merged):
    found = stage.supervisor.get(f"kindergartens/{KINDERGARTEN}")

    assert found["region"] == WEST
    assert KINDERGARTEN in [each["id"] for each in stage.supervisor.get("kindergartens")["items"]]


def test_an_account_of_elsewhere_reaches_nothing_more(stage, merged):
    far = enter(stage, "far", roles=["supervisor"], regions=["445200"])

    assert far.call("GET", f"kindergartens/{KINDERGARTEN}").status_code == 404


def test_the_ended_code_is_taken_by_nothing_new(stage, merged):
    kindergarten = stage.admin.call("POST", "kindergartens", a_kindergarten(WEST))
    account = {
        "username": f"late-{uuid4().hex[:6]}",
        "name": "某人",
        "unit": "某单位",
        "roles": ["inspector"],
        "regions": [WEST],
    }
    late = stage.admin.call("POST", "accounts", account)

    assert kindergarten.status_code == 422
    assert EAST in kindergarten.json["detail"]
    assert late.status_code == 422
    assert stage.admin.call("POST", "kindergartens", a_kindergarten(EAST)).status_code == 201


def test_regions_are_listed_as_they_were_on_a_day(stage, merged):
    def listed(on):
        page = stage.supervisor.get("regions", prefix="9901", on=on, limit=200)
        return [each["code"] for each in page["items"]]

    whole = {each["code"]: each for each in stage.supervisor.get("regions", prefix="9901")["items"]}

    assert WEST in listed(merged["ends_on"])
    assert WEST not in listed(day(1))
    assert whole[WEST]["valid_until"] == merged["ends_on"]
    assert whole[WEST]["successors"] == [EAST]
    assert whole[EAST]["predecessors"] == [WEST]


def test_its_kindergartens_move_by_one_act_and_their_names_are_checked_anew(stage, merged):
    body = {"region": WEST, "to": EAST, "why": "区划调整"}
    facts = {"region": EAST, "to": WEST, "why": "x"}

    backwards = stage.admin.call("POST", "kindergartens/moves", facts)
    moved = stage.admin.post("kindergartens/moves", body)
    again = stage.admin.post("kindergartens/moves", body)

    found = stage.supervisor.get(f"kindergartens/{KINDERGARTEN}")
    history = stage.rooms.custody.history(f"kindergarten:{KINDERGARTEN}")
    assert backwards.status_code == 409
    assert (moved["count"], again["count"]) == (1, 0)
    assert (found["region"], found["revision"]) == (EAST, 2)
    assert history[-1].verb == "kindergarten_moved"
    assert history[-1].facts["moved_from"] == WEST
    assert list(stage.rooms.custody.verify()) == []


def test_what_was_found_before_a_kindergarten_moved_counts_where_it_belongs_now(stage, merged):
    control = "camera-linkage"
    visit = visit_in(
        stage,
        "approved",
        approved_at=stage.clock() - timedelta(days=30),
        kindergarten_id=KINDERGARTEN,
        region=WEST,
        items=(control,),
        answers={control: make_answer(control, "met")},
    )

    stage.rooms.database["kindergartens"].update_one(
        {"_id": KINDERGARTEN}, {"$set": {"created_at": stage.clock() - timedelta(days=400)}}
    )

    for on in (day(1), day(-5)):
        query = {"measure": "camera_linkage", "region": EAST, "on": on}
        behind = stage.supervisor.get("statistics/standings", **query)["items"]
        known = {each["id"]: (each["state"], each["inspection_id"]) for each in behind}
        assert known[KINDERGARTEN] == ("met", visit.id)
    risks = {
        each["kindergarten_id"]: each for each in stage.supervisor.get("risk", region=EAST)["items"]
    }
    assert risks[KINDERGARTEN]["last_visit"] == day(-29)


def test_a_change_is_recorded_once_and_only_over_ones_own_regions(stage, merged):
    again = stage.admin.post("region-changes", change(ends_on=merged["ends_on"]), wanted=201)
    otherwise = stage.admin.call("POST", "region-changes", change(ends_on="2020-01-01"))
    of_a_county = enter(stage, "county", roles=["administrator"], regions=[EAST])
    grab = change(code="990000", successors=[EAST])
    itself = stage.admin.call("POST", "region-changes", change(code=EAST, successors=[EAST]))
    ended = stage.admin.call("POST", "region-changes", change(code=EAST, successors=[WEST]))

    assert again == merged
    assert otherwise.status_code == 409
    assert of_a_county.call("POST", "region-changes", grab).status_code == 403
    assert itself.status_code == 422
    assert ended.status_code == 422


def test_a_code_is_added_and_used_from_its_day(stage, merged):
    body = {
        "code": "990104",
        "name": "演示新区（虚构）",
        "valid_from": day(3),
        "document": "演政〔2026〕3号",
        "reason": "新设",
    }

    added = stage.admin.post("regions", body, wanted=201)
    again = stage.admin.post("regions", body, wanted=201)
    taken = stage.admin.call("POST", "regions", body | {"name": "别的区"})
    seeded = stage.admin.call("POST", "regions", body | {"code": EAST})
    early = stage.admin.call("POST", "kindergartens", a_kindergarten("990104"))
    stage.clock.pass_by(days=2)
    stage.__dict__.pop("admin")
    then = stage.admin.call("POST", "kindergartens", a_kindergarten("990104"))

    assert again == added
    assert (taken.status_code, seeded.status_code) == (409, 409)
    assert (early.status_code, then.status_code) == (422, 201), then.text
    assert codes.full_name("990104") == "演示省（虚构）演示市（虚构）演示新区（虚构）"


def test_a_change_recorded_by_mistake_is_taken_back(stage, merged):
    path = f"region-changes/{WEST}/withdrawal"
    stage.__dict__.pop("supervisor", None)

    stale = stage.admin.call("POST", path, {"why": "误录"}, revision=7)
    done = stage.admin.call("POST", path, {"why": "误录"}, revision=1)
    gone = stage.admin.call("POST", path, {"why": "误录"}, revision=1)

    history = stage.rooms.custody.history(f"region:{WEST}")
    assert (stale.status_code, done.status_code, gone.status_code) == (412, 204, 404)
    assert [entry.verb for entry in history] == ["region_ended", "region_change_withdrawn"]
    assert stage.admin.get("region-changes")["items"] == []
