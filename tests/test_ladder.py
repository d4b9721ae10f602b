"""What follows a lapse: the bureau's ladder, stoppages and objections over HTTP."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.messages.model import Kind
from inspections.rectification.model import Status
from service.scheduler import TIMETABLE
from tests.access_world import enter, send_photo
from tests.builders import make_answer, make_correction, make_service
from tests.steps_world import notice_in, stored, visit_in

REGION = "bureau-settings/990102"
LADDER = [
    {"measure": "reminder", "after_days": 0},
    {"measure": "formal_interview", "after_days": 3, "working": False},
    {"measure": "supervised_listing", "after_days": 5, "working": False, "major_only": True},
    {"measure": "penalty_referral", "after_days": 9, "departments": ["演示县城管局"]},
]
JOBS = {slot.name: slot.job for slot in TIMETABLE}


@pytest.fixture(autouse=True)
def ladder(stage):
    put(stage, {"ladder": LADDER})


def put(stage, rules, caller=None, revision=None):
    caller = caller or stage.supervisor
    seen = caller.get(REGION)["revision"] if revision is None else revision
    return caller.call("PUT", REGION, {"rules": rules, "source": "本局规程"}, revision=seen)


def lapsed_notice(stage, **ago):
    """A served notice whose deadline lapsed so long ago, unmarked as after a time down."""
    major = make_correction(severity="major_hazard")
    served = stage.clock() - timedelta(days=60)
    service = make_service(served_at=served, recorded_at=served)
    due_at = stage.clock() - timedelta(**ago)
    facts = {"corrections": (major,), "service": service, "due_at": due_at}
    return notice_in(stage, "served", **facts)


def run(stage, *names):
    return [JOBS[name](stage.rooms) for name in names]


def measures(stage, notice):
    return {
        each["measure"]: each
        for each in stage.supervisor.get("measures", notice_id=notice.id)["items"]
    }


def told(stage, kind, about):
    found = stage.rooms.database["messages"].find({"kind": kind.value, "about.id": about})
    return list(found)


def test_an_overdue_notice_climbs_the_ladder_of_its_bureau_rung_by_rung(stage):
    notice = lapsed_notice(stage, hours=1)

    run(stage, "mark_overdue", "climb", "climb")
    first = measures(stage, notice)
    stage.rooms.oversight.ladder.climb(now=stage.clock() + timedelta(days=4))
    second = measures(stage, notice)

    assert set(first) == {"reminder"}
    assert set(second) == {"reminder", "formal_interview"}
    assert len(told(stage, Kind.MEASURE_DUE, first["reminder"]["id"])) == 1
    history = [each.verb for each in stage.rooms.custody.history(f"case:{notice.case_id}")]
    assert history == ["notice_overdue", "measure_due", "measure_due"]


def test_after_a_time_down_all_rungs_are_there_and_only_the_highest_is_told(stage):
    notice = lapsed_notice(stage, days=30)

    run(stage, "mark_overdue", "climb")

    made = measures(stage, notice)
    assert set(made) == {each["measure"] for each in LADDER}
    assert made["reminder"]["due_since"].startswith(notice.due_at.isoformat()[:16])
    assert [len(told(stage, Kind.MEASURE_DUE, made[each]["id"])) for each in made] == [
        int(each == "penalty_referral") for each in made
    ]
    assert made["penalty_referral"]["departments"] == ["演示县城管局"]


def test_each_rung_is_recorded_once_however_often_and_by_whomever_it_is_looked_at(stage):
    notice = lapsed_notice(stage, days=30)
    run(stage, "mark_overdue", "climb", "climb")

    put(stage, {"ladder": [*LADDER, {"measure": "bulletin", "after_days": 12}]})
    run(stage, "climb", "climb")

    assert len(measures(stage, notice)) == len(LADDER) + 1
    history = [each.verb for each in stage.rooms.custody.history(f"case:{notice.case_id}")]
    assert history.count("measure_due") == len(LADDER) + 1


def take(caller, measure, **more):
    body = {"held_on": "2026-03-09", "text": "已办理"} | more
    path = f"measures/{measure['id']}/taking"
    return caller.call("POST", path, body, revision=measure["revision"])


def test_measures_are_taken_on_record_and_a_listing_stands_until_closure(stage):
    notice = lapsed_notice(stage, days=30)
    run(stage, "mark_overdue", "climb")
    made = measures(stage, notice)

    bare = take(stage.supervisor, made["formal_interview"])
    who = [{"name": "园长", "duty": "负责人"}]
    held = take(stage.supervisor, made["formal_interview"], place="会议室", attendees=who)
    listed = take(stage.supervisor, made["supervised_listing"])
    again = take(stage.supervisor, listed.json)
    path = f"measures/{made['penalty_referral']['id']}/waiver"
    waived = stage.supervisor.call("POST", path, {"why": "已在整改"}, revision=1)

    statuses = [each.status_code for each in (bare, held, listed, again, waived)]
    assert statuses == [422, 200, 200, 409, 200]
    assert held.json["taken"]["number"].startswith("990102教约谈〔")
    assert listed.json["status"] == "taken"
    stage.rooms.database["notices"].update_one(
        {"_id": notice.id}, {"$set": {"status": "closed", "closed_at": stage.clock()}}
    )
    run(stage, "end_measures")
    after = {name: each["status"] for name, each in measures(stage, notice).items()}
    assert after == {
        "reminder": "lapsed",
        "formal_interview": "taken",
        "supervised_listing": "lifted",
        "penalty_referral": "waived",
    }


def test_settings_are_the_bureaus_own_and_name_what_they_rest_on(stage):
    neighbour = enter(stage, "neighbour", roles=["supervisor"], regions=["990103"])
    seen = stage.supervisor.get(REGION)["revision"]

    elsewhere = put(stage, {}, caller=neighbour, revision=0)
    inspector = put(stage, {}, caller=stage.inspector, revision=seen)
    stale = put(stage, {}, revision=seen - 1)
    set_ = put(stage, {"objection_days": 7, "proof_hours": 4, "ladder": LADDER})

    assert [each.status_code for each in (elsewhere, inspector, stale, set_)] == [
        *(403, 403, 412, 200)
    ]
    assert set_.json["origins"]["proof_hours"] == "990102"
    assert set_.json["origins"]["same_pair"] == "990100"
    assert set_.json["origins"]["visits_a_year"] is None
    entry = stage.rooms.custody.history("bureau:990102")[-1]
    assert entry.facts["rules"]["objection_days"] == 7
    assert entry.facts["rules"]["ladder"][0]["measure"] == "reminder"


def stoppable(stage, result="not_met"):
    answer = make_answer("escape-route", result)
    changed = {"items": ("escape-route",), "answers": {"escape-route": answer}}
    return visit_in(stage, "underway", kindergarten_id=kindergarten(stage), **changed)


def kindergarten(stage):
    return stage.director.get("kindergartens")["items"][0]["id"]


def order(stage, visit, **more):
    body = {"id": str(uuid4()), "inspection_id": visit.id, "item_id": "escape-route"}
    return stage.inspector.call("POST", "stoppages", body | {"what": "东侧楼梯间"} | more)


def step(caller, stoppage, name, **more):
    path = f"stoppages/{stoppage['id']}/steps"
    body = {"step": name, "why": "原因"} | more
    return caller.call("POST", path, body, revision=stoppage["revision"])


def test_a_major_hazard_is_out_of_use_at_once_and_a_photo_proves_it(stage):
    ordered = order(stage, stoppable(stage), hours=2).json
    seen = stage.director.get(f"stoppages/{ordered['id']}")
    bare = step(stage.director, seen, "prove")
    photo = send_photo(stage.director, f"stoppages/{seen['id']}/photos").json
    proven = step(stage.director, seen, "prove", evidence_ids=[photo["id"]])
    own = step(stage.director, proven.json, "confirm")
    confirmed = step(stage.inspector2, proven.json, "confirm")
    lifted = step(stage.supervisor, confirmed.json, "lift")

    statuses = [each.status_code for each in (bare, proven, own, confirmed, lifted)]
    assert statuses == [422, 200, 403, 200, 200]
    assert lifted.json["status"] == "lifted"
    kinds = [Kind.USE_STOPPED, Kind.STOPPAGE_PROVEN, Kind.STOPPAGE_ENDED]
    assert [len(told(stage, kind, seen["id"])) for kind in kinds] == [1, 1, 2]
    assert (
        photo["id"]
        in stage.rooms.custody.history(f"case:{ordered['case_id']}")[-1].facts["evidence"]
    )


def test_a_proof_that_does_not_come_is_marked_and_told_once(stage):
    ordered = order(stage, stoppable(stage), hours=240).json
    late = stage.clock() + timedelta(hours=25)

    done = [stage.rooms.oversight.stoppages.chase(now=late) for _ in range(2)]

    late = stage.director.get(f"stoppages/{ordered['id']}")
    assert done[1] == 0
    assert late["overdue_at"] == late["proof_due_at"]
    assert len(told(stage, Kind.STOPPAGE_OVERDUE, late["id"])) == 1


def test_only_what_was_found_not_met_is_stopped_and_by_who_was_there(stage):
    ordinary = order(stage, stoppable(stage), item_id="anti-ram-barrier")
    met = order(stage, stoppable(stage, "met"))
    colleague = enter(stage, "colleague", roles=["inspector"], regions=["990102"])
    body = {"inspection_id": stoppable(stage).id, "item_id": "escape-route", "what": "x"}
    absent = colleague.call("POST", "stoppages", {"id": str(uuid4()), **body})

    kinds = [each.json["type"] for each in (ordinary, met, absent)]
    assert kinds == [
        *("/problems/not-a-major-hazard", "/problems/not-a-major-hazard"),
        "/problems/not-an-officer-there",
    ]


def test_the_director_objects_and_somebody_without_part_decides(stage):
    visitor = stage.inspector.account["person"]["id"]
    notice = notice_in(
        stage, "served", service=make_service(served_at=stage.clock()), visitors=(visitor,)
    )
    path = f"notices/{notice.id}"
    body = {"finding_ids": ["finding-1"], "why": "已安装"}

    objected = stage.director.call("POST", f"{path}/objections", body, revision=1)
    twice = stage.director.call("POST", f"{path}/objections", body, revision=2)
    decision = {"uphold": True, "why": "复核属实"}
    decided = stage.supervisor2.call("POST", f"{path}/objection-decisions", decision, revision=2)

    assert [each.status_code for each in (objected, twice, decided)] == [200, 409, 200]
    assert [each["struck"] for each in decided.json["corrections"]] == [True, False]
    assert stored(stage, "notices", notice)["status"] == Status.SERVED.value
    kinds = (Kind.NOTICE_OBJECTED, Kind.OBJECTION_DECIDED)
    assert [len(told(stage, kind, notice.id)) for kind in kinds] == [1, 1]


def test_the_days_for_an_objection_are_those_that_were_set_when_the_notice_was_issued(stage):
    put(stage, {"objection_days": 9, "ladder": LADDER})
    draft = notice_in(stage, "draft")
    issued = stage.supervisor2.post(f"notices/{draft.id}/issue", revision=1)
    put(stage, {"objection_days": 1, "ladder": LADDER})

    told = stage.inspector.get(f"notices/{draft.id}")

    assert (issued["objection_days"], told["objection_days"]) == (9, 9)


def test_two_workers_that_look_at_once_record_and_tell_each_rung_once(stage):
    notices = [lapsed_notice(stage, days=30) for _ in range(20)]
    run(stage, "mark_overdue")
    barrier = threading.Barrier(2)

    def work(_):
        barrier.wait()
        return stage.rooms.oversight.ladder.climb(now=stage.clock())

    with ThreadPoolExecutor(2) as pool:
        climbed = sum(pool.map(work, range(2)))

    made = [measures(stage, notice) for notice in notices]
    assert climbed == sum(len(each) for each in made) == len(notices) * len(LADDER)
    told_ = [told(stage, Kind.MEASURE_DUE, each["penalty_referral"]["id"]) for each in made]
    assert {len(each) for each in told_} == {1}
    for notice in notices:
        history = [each.verb for each in stage.rooms.custody.history(f"case:{notice.case_id}")]
        assert history.count("measure_due") == len(LADDER)
