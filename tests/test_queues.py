"""What waits for each role, most urgent first: through one story, queue by queue."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.bureaus.model import Measure, Rung
from inspections.ladder.store import EscalationStore
from inspections.ladder.workflow import climb, of_notice
from inspections.rectification.model import ExtensionRequest, Objection
from inspections.stoppages.store import StoppageStore
from service.demonstration import identity
from tests.access_world import enter, found_abuse, hear_person, sight, today
from tests.builders import CALENDAR, NOON, make_signing
from tests.inspections.test_stoppages_workflow import make_stoppage
from tests.steps_world import notice_in, visit_in, written


def waiting(caller, name):
    return [each["id"] for each in caller.get(f"queues/{name}", limit=200)["items"]]


def overview(caller):
    return {each["name"]: each for each in caller.get("queues")["items"]}


NAMES = {
    "inspector": {
        *("to_name", "to_inspect", "overdue", "to_verify", "to_serve", "to_draft"),
        *("to_follow", "to_match", "provisional", "names_found", "renamings"),
        *("use_to_confirm", "at_work", "to_sign", "tips"),
    },
    "director": {
        *("to_answer", "to_rename", "overdue", "provisional", "use_to_prove", "at_work"),
    },
    "admin": {"to_publish", "password_resets"},
}
NAMES["supervisor"] = NAMES["inspector"] | {
    *("to_decide", "to_approve", "to_issue", "to_close", "to_publish", "to_grade"),
    *("to_confirm_name", "to_hear", "to_extend", "measures", "to_end", "to_circulate"),
}


@pytest.mark.parametrize("name", NAMES)
def test_each_role_has_the_queues_of_what_it_may_do(stage, name):
    assert set(overview(getattr(stage, name))) == NAMES[name]


def test_a_visit_waits_from_its_day_on_for_its_officers_alone(stage):
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    plan = {"kindergarten_id": identity("kindergarten-1"), "officers": officers}
    tomorrow = (stage.clock() + timedelta(days=2)).date().isoformat()
    due = stage.supervisor.post("inspections", {**plan, "planned_for": today()}, wanted=201)
    later = stage.supervisor.post("inspections", {**plan, "planned_for": tomorrow}, wanted=201)

    mine = waiting(stage.inspector, "to_inspect")

    assert due["id"] in mine
    assert later["id"] not in mine
    assert due["id"] not in waiting(stage.supervisor, "to_inspect")


NOTICES = [
    ("draft", "to_issue", ["supervisor"], ["inspector", "director"]),
    ("issued", "to_serve", ["inspector", "supervisor"], ["director"]),
    ("served", "to_answer", ["director"], ["inspector"]),
    ("reopened", "to_answer", ["director"], []),
    ("responded", "to_verify", ["inspector", "supervisor"], ["director"]),
    ("verified", "to_close", ["supervisor"], ["inspector"]),
]


@pytest.mark.parametrize(("status", "queue", "theirs", "others"), NOTICES)
def test_a_notice_waits_for_whom_its_status_says(stage, status, queue, theirs, others):
    notice = notice_in(stage, status)

    for name in theirs:
        assert notice.id in waiting(getattr(stage, name), queue), name
    for name in others:
        answer = getattr(stage, name).call("GET", f"queues/{queue}")
        assert answer.status_code == 404, name


def test_nobody_is_asked_to_issue_the_own_draft_or_close_after_the_own_visit(stage):
    person = stage.inspector.account["person"]["id"]
    involved = enter(stage, "involved", roles=["supervisor"], person_id=person, regions=["990102"])
    draft = notice_in(stage, "draft", drafted_by=person)
    verified = notice_in(stage, "verified", visitors=(person, "person-2"))
    visit = visit_in(stage, "submitted")

    assert draft.id not in waiting(involved, "to_issue")
    assert verified.id not in waiting(involved, "to_close")
    assert visit.id not in waiting(involved, "to_approve")
    assert visit.id in waiting(stage.supervisor, "to_approve")


def test_the_most_urgent_comes_first_page_by_page(stage):
    made = {notice_in(stage, "responded").id for _ in range(3)}

    first = stage.inspector.get("queues/to_verify", limit=2)
    rest, cursor = first["items"], first["next"]
    while cursor:
        page = stage.inspector.get("queues/to_verify", limit=2, cursor=cursor)
        rest, cursor = rest + page["items"], page["next"]

    dues = [each["due"] for each in rest]
    assert dues == sorted(dues)
    assert made <= {each["id"] for each in rest}
    assert len({each["id"] for each in rest}) == len(rest)


def test_the_overview_counts_and_shows_the_first_five(stage):
    for _ in range(6):
        notice_in(stage, "issued")

    queue = overview(stage.inspector)["to_serve"]

    assert queue["count"] >= 6
    assert len(queue["items"]) == 5
    assert queue["zh"] == "待送达"


def test_a_deadline_that_lapsed_is_overdue_for_both_sides(stage):
    notice = notice_in(stage, "served")
    change = {"overdue_at": notice.due_at, "provisional": True}
    stage.rooms.database["notices"].update_one({"_id": notice.id}, {"$set": change})

    for caller in (stage.inspector, stage.director):
        found = {each["id"]: each for each in caller.get("queues/overdue", limit=200)["items"]}
        assert found[notice.id]["overdue"]
        assert notice.id in waiting(caller, "provisional")


def test_no_queue_shows_what_is_out_of_reach(stage):
    notice_in(stage, "issued")
    sight(stage)
    neighbour = enter(stage, "neighbour", roles=["supervisor"], regions=["990103"])

    for queue in overview(neighbour).values():
        assert all(each["region"].startswith("990103") for each in queue["items"]), queue["name"]


def test_a_veto_case_waits_for_who_may_decide_it_and_tells_nothing_of_it(stage):
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    case_id, _ = found_abuse(stage, officers)
    assert case_id in waiting(stage.inspector, "to_name")
    assert case_id not in waiting(stage.supervisor, "to_decide")

    judges = []
    for unit in ("乙局", "丙局"):
        judge = enter(
            stage, "judge", roles=["supervisor"], regions=["990102"], unit=unit, certificate=unit
        )
        revision = stage.inspector.get(f"veto-cases/{case_id}")["revision"]
        body = {"account_id": judge.account["id"], "why": "参与审理"}
        stage.inspector.post(f"veto-cases/{case_id}/names", body, revision=revision)
        judges.append(judge)
    (entry,) = judges[0].get("queues/to_decide")["items"]
    hear_person(stage, case_id)
    verdict = {"verdict": "upheld", "why": "证据充分"}
    revision = stage.inspector.get(f"veto-cases/{case_id}")["revision"]
    judges[0].post(f"veto-cases/{case_id}/decisions", verdict, revision=revision)

    assert case_id not in waiting(stage.inspector, "to_name")
    assert entry["kindergarten_name"] is None
    assert waiting(judges[0], "to_decide") == []
    assert waiting(judges[1], "to_decide") == [case_id]


def test_sightings_sites_reviews_and_forgotten_passwords_wait(stage):
    loose, sighted = sight(stage), sight(stage)
    body = {"sighting_ids": [sighted["id"]], "address": "演示路 88 号"}
    site = stage.inspector.post("unlicensed-sites", body, wanted=201)
    review = f"kindergartens/{identity('kindergarten-2')}/annual-reviews/2025"
    stage.supervisor2.post(f"{review}/proposal", {"grade": "passed", "why": "x"}, revision=0)
    stage.nobody.post("password-resets", {"username": "inspector2"}, wanted=202)

    assert loose["id"] in waiting(stage.inspector, "to_match")
    assert site["id"] in waiting(stage.inspector, "to_follow")
    titles = [each["title"] for each in stage.supervisor.get("queues/to_grade")["items"]]
    assert titles == ["2025 年度年检"]
    assert stage.supervisor2.get("queues/to_grade")["items"] == []
    asked = stage.admin.get("queues/password_resets")["items"]
    assert [each["title"] for each in asked] == ["inspector2"]


def test_a_hazard_out_of_use_waits_for_its_proof_and_then_for_who_confirms_it(stage):
    facts = {"id": str(uuid4()), "kindergarten_id": identity("kindergarten-1")}
    stoppage = written(stage, StoppageStore, make_stoppage(**facts))
    before = [waiting(stage.director, "use_to_prove"), waiting(stage.inspector, "use_to_confirm")]
    stage.rooms.database["stoppages"].update_one(
        {"_id": stoppage.id}, {"$set": {"status": "proven"}}
    )

    after = [waiting(stage.director, "use_to_prove"), waiting(stage.inspector, "use_to_confirm")]

    assert [stoppage.id in each for each in (*before, *after)] == [True, False, False, True]
    titles = {each["title"] for each in stage.inspector.get("queues/use_to_confirm")["items"]}
    assert stoppage.item_title in titles


def test_a_person_at_work_waits_for_both_sides_and_then_the_dossier_for_another(stage):
    person = {"kind": "person", "ground": "background_record", "name": "某教师", "duty": "教师"}
    facts = {"found": "有记录", "kindergarten_id": identity("kindergarten-1"), "id": str(uuid4())}
    opened = stage.supervisor.post("dossiers", person | facts, wanted=201)
    path = f"dossiers/{opened['id']}/steps"

    def seen():
        asked = [(stage.director, "at_work"), (stage.inspector, "at_work")]
        asked += [(stage.supervisor, "to_end"), (stage.supervisor2, "to_end")]
        return [opened["id"] in waiting(*each) for each in asked]

    untold = seen()
    stage.supervisor.post(path, {"step": "tell", "why": "x"}, revision=1)
    told = seen()
    stage.director.post(path, {"step": "stop", "why": "x"}, revision=2)

    assert (untold, told) == ([False] * 4, [True, True, False, False])
    assert seen() == [False, False, False, True]


def test_what_is_asked_of_a_notice_waits_for_who_had_no_part_in_it(stage):
    person = stage.supervisor.account["person"]["id"]
    objection = Objection(str(uuid4()), NOON, "person-8", ("finding-1",), "已安装")
    request = ExtensionRequest(3, "供货延迟", NOON, person)
    asked = notice_in(stage, "served", objections=(objection,), request=request)
    own = notice_in(stage, "served", objections=(objection,), visitors=(person, "person-2"))
    decided = replace(objection, upheld=False)
    over = notice_in(stage, "served", objections=(decided,))

    to_hear, to_extend = (waiting(stage.supervisor, each) for each in ("to_hear", "to_extend"))

    assert [each.id in to_hear for each in (asked, own, over)] == [True, False, False]
    assert asked.id not in to_extend
    assert asked.id in waiting(stage.supervisor2, "to_extend")


def test_a_draft_waits_for_the_signature_of_each_officer_of_its_visit(stage):
    mine = stage.inspector.account["person"]["id"]
    facts = {"visitors": (mine, "person-2")}
    unsigned = notice_in(stage, "draft", signatures=(make_signing("person-2"),), **facts)
    signed = notice_in(stage, "draft", signatures=(make_signing(mine),), **facts)

    found = waiting(stage.inspector, "to_sign")

    assert (unsigned.id in found, signed.id in found) == (True, False)
    assert unsigned.id not in waiting(stage.inspector2, "to_sign")


def test_measures_tips_and_bulletins_wait(stage):
    overdue = notice_in(stage, "served", overdue_at=NOON, number="990102教整改〔2026〕7号")
    rung = (Rung(Measure.FORMAL_INTERVIEW, 0),)
    (measure,) = climb(of_notice(overdue), rung, (), CALENDAR, now=stage.clock()).reached
    written(stage, EscalationStore, measure)
    tip = {"id": str(uuid4()), "region": "990102", "note": "居民楼一层有二十多名幼儿"}
    stage.nobody.post("tips", tip, wanted=201)
    period = {"since": "2026-01-01", "until": "2026-03-31"}
    draft = {"id": str(uuid4()), "region": "990102", "title": "一季度通报", **period}
    bulletin = stage.supervisor.post("bulletins", draft, wanted=201)

    queues = overview(stage.supervisor2)

    assert "约谈 990102教整改〔2026〕7号" in [each["title"] for each in queues["measures"]["items"]]
    assert tip["id"] in waiting(stage.inspector, "tips")
    assert bulletin["id"] in waiting(stage.supervisor2, "to_circulate")
    assert bulletin["id"] not in waiting(stage.supervisor, "to_circulate")
    assert [each["title"] for each in queues["to_circulate"]["items"]] == ["一季度通报"]


@pytest.mark.parametrize("cursor", ["x", "WyJub1QiLCJ4Il0", "WzEsMl0"])
def test_a_cursor_that_names_no_place_is_refused(stage, cursor):
    answer = stage.inspector.call("GET", "queues/to_verify", query_string={"cursor": cursor})

    assert answer.status_code in (404, 422)
