"""What waits for each role, most urgent first: through one story, queue by queue."""

from datetime import timedelta

import pytest

from service.demonstration import identity
from tests.access_world import enter, found_abuse, hear_person, sight, today
from tests.steps_world import notice_in, visit_in


def waiting(caller, name):
    return [each["id"] for each in caller.get(f"queues/{name}", limit=200)["items"]]


def overview(caller):
    return {each["name"]: each for each in caller.get("queues")["items"]}


NAMES = {
    "inspector": {
        *("to_name", "to_inspect", "overdue", "to_verify", "to_serve", "to_draft"),
        *("to_follow", "to_match", "provisional", "names_found", "renamings"),
    },
    "director": {"to_answer", "to_rename", "overdue", "provisional"},
    "admin": {"to_publish", "password_resets"},
}
NAMES["supervisor"] = NAMES["inspector"] | {
    *("to_decide", "to_approve", "to_issue", "to_close", "to_publish", "to_grade"),
    "to_confirm_name",
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


@pytest.mark.parametrize("cursor", ["x", "WyJub1QiLCJ4Il0", "WzEsMl0"])
def test_a_cursor_that_names_no_place_is_refused(stage, cursor):
    answer = stage.inspector.call("GET", "queues/to_verify", query_string={"cursor": cursor})

    assert answer.status_code in (404, 422)
