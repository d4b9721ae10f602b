"""F28, F29 over HTTP: a case of abuse is sealed from its first minute, and decided by two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from service.demonstration import identity
from tests.access_world import enter, found_abuse, hear_person, send_photo, today

COUNTY = {"roles": ["supervisor"], "regions": ["990102"]}


@pytest.fixture
def told(stage):
    """A fresh case of the two inspectors; `named` are supervisors of three units beside them."""
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    case_id, photo = found_abuse(stage, officers)
    hear_person(stage, case_id)
    return case_id, photo


def look(caller, case_id):
    return caller.call("GET", f"veto-cases/{case_id}")


def act(stage, caller, case_id, verb, body, wanted=200):
    revision = stage.inspector.get(f"veto-cases/{case_id}")["revision"]
    return caller.post(f"veto-cases/{case_id}/{verb}", body, wanted, revision=revision)


def supervisor(stage, case_id, unit, **facts):
    """Make a supervisor of a unit and have it named on the case."""
    certificate = f"执法{uuid4().hex[:8]}"
    caller = enter(stage, "supervisor", unit=unit, certificate=certificate, **{**COUNTY, **facts})
    body = {"account_id": caller.account["id"], "why": "参与审理"}
    act(stage, stage.inspector, case_id, "names", body)
    return caller


def uphold(stage, case_id, *units):
    for unit in units:
        body = {"verdict": "upheld", "why": "证据充分"}
        act(stage, supervisor(stage, case_id, unit), case_id, "decisions", body)


def test_whoever_is_not_named_cannot_tell_that_the_case_is_there(stage, told):
    case_id, photo = told

    for caller in (stage.supervisor, stage.supervisor2, enter(stage, "inspector", **COUNTY)):
        hidden = look(caller, case_id)
        nothing = look(caller, str(uuid4()))
        assert hidden.status_code == nothing.status_code == 404
        assert hidden.json["detail"] == nothing.json["detail"]
        assert case_id not in [each["id"] for each in caller.get("veto-cases", limit=200)["items"]]
        assert caller.call("GET", f"evidence/{photo}").status_code == 404
        assert caller.call("GET", f"evidence/{photo}/original?reason=see").status_code == 404


def test_the_open_record_reads_the_same_whatever_was_found(stage, told):
    case = stage.inspector.get(f"veto-cases/{told[0]}")
    inspection = stage.supervisor.get(f"inspections/{case['inspection_id']}")
    history = stage.supervisor.get(f"cases/{inspection['case_id']}/history")["items"]

    answered = next(each for each in history if each["verb"] == "inspection_answered")
    assert inspection["answers"] == {}
    assert inspection["sealed_item_ids"]
    assert answered["facts"]["answers"] == [{"item_id": case["item"]["id"], "sealed": True}]
    assert not any(told[1] in str(each) or "腕部" in str(each) for each in history)


def test_the_officers_read_it_in_the_case_and_every_view_is_on_record(stage, told):
    case_id, photo = told
    stage.inspector2.get(f"veto-cases/{case_id}")
    stage.inspector2.get(f"evidence/{photo}")

    history = stage.inspector.get(f"veto-cases/{case_id}/history")["items"]

    seen = [(each["verb"], each["account_id"]) for each in history]
    second = stage.inspector2.account["id"]
    assert ("case_viewed", second) in seen
    assert ("sealed_evidence_seen", second) in seen
    assert seen[-1] == ("history_viewed", stage.inspector.account["id"])
    assert [each["verb"] for each in history[:3]] == [
        "evidence_received",
        "sealed_answer",
        "case_opened",
    ]


def test_a_photo_named_by_the_answer_only_is_sealed_with_it(stage, told):
    inspection = stage.inspector.get(f"veto-cases/{told[0]}")["inspection_id"]
    path = f"inspections/{inspection}"
    item = stage.inspector.get(path)["sealed_item_ids"][0]
    open_photo = send_photo(stage.inspector, f"{path}/photos").json["id"]
    assert stage.supervisor.get(f"evidence/{open_photo}")
    answer = {"item_id": item, "result": "not_met", "evidence_ids": [open_photo]}
    revision = stage.inspector.get(path)["revision"]

    stage.inspector.post(f"{path}/answers", {"answers": [answer]}, revision=revision)

    assert stage.supervisor.call("GET", f"evidence/{open_photo}").status_code == 404
    assert open_photo in stage.inspector.get(f"veto-cases/{told[0]}")["evidence_ids"]


def test_an_answer_changed_to_met_or_sent_again_closes_nothing(stage, told):
    case = stage.inspector.get(f"veto-cases/{told[0]}")
    path = f"inspections/{case['inspection_id']}"
    changed = {"answers": [{"item_id": case["item"]["id"], "result": "met"}]}
    revision = stage.inspector.get(path)["revision"]
    stage.inspector.post(f"{path}/answers", changed, revision=revision)
    replay = stage.inspector.call("POST", f"{path}/answers", changed, revision=revision)

    after = stage.inspector.get(f"veto-cases/{told[0]}")

    assert replay.status_code == 412
    assert after["status"] == "open"
    assert [each["result"] for each in after["statements"]] == ["not_met", "met"]


def test_upheld_it_fails_the_annual_review_whatever_was_decided_before(stage, told):
    year = int(today()[:4])
    kindergarten = f"kindergartens/{identity('kindergarten-1')}/annual-reviews/{year}"
    grade = {"grade": "passed", "why": "全年整改完成"}
    seen = stage.supervisor.get(kindergarten)["revision"]
    if seen == 0:
        stage.supervisor.post(f"{kindergarten}/proposal", grade, revision=seen)
        own = stage.supervisor.call("POST", f"{kindergarten}/decision", revision=seen + 1)
        assert own.status_code == 403
        decided = stage.supervisor2.post(f"{kindergarten}/decision", revision=seen + 1)
        assert decided["grade"] == "passed"

    uphold(stage, told[0], "乙局", "丙局")

    after = stage.supervisor.get(kindergarten)
    assert (after["grade"], after["vetoed"]) == ("failed", True)
    again = stage.supervisor.call(
        "POST", f"{kindergarten}/proposal", grade, revision=after["revision"]
    )
    assert again.status_code == 409

    body = {"why": "当事人申诉，重新审理"}
    act(stage, supervisor(stage, told[0], "甲局"), told[0], "reviews", body)
    assert stage.supervisor.get(kindergarten)["grade"] == "failed"
    for unit in ("丁局", "戊局"):
        dismissed = {"verdict": "dismissed", "why": "新证据表明不成立"}
        act(stage, supervisor(stage, told[0], unit), told[0], "decisions", dismissed)
    assert stage.inspector.get(f"veto-cases/{told[0]}")["status"] == "dismissed"


def test_an_inspector_made_supervisor_or_with_a_second_account_is_barred_and_on_record(stage, told):
    person = stage.inspector.account["person"]["id"]
    twin = supervisor(stage, told[0], "乙局", person_id=person)
    seen = stage.inspector.get(f"veto-cases/{told[0]}")["revision"]

    body = {"verdict": "dismissed", "why": "没有此事"}
    refused = twin.call("POST", f"veto-cases/{told[0]}/decisions", body, revision=seen)

    assert refused.status_code == 403
    assert refused.json["type"].endswith("barred-from-deciding")
    history = stage.inspector.get(f"veto-cases/{told[0]}/history")["items"]
    kept = next(each for each in history if each["verb"] == "decision_refused")
    assert kept["account_id"] == twin.account["id"]


def test_a_verdict_is_given_on_the_state_that_was_seen(stage, told):
    judge = supervisor(stage, told[0], "乙局")
    seen = judge.get(f"veto-cases/{told[0]}")["revision"]
    photo = send_photo(stage.inspector2, f"veto-cases/{told[0]}/photos")
    body = {"verdict": "upheld", "why": "x"}

    stale = judge.call("POST", f"veto-cases/{told[0]}/decisions", body, revision=seen)
    blind = judge.call("POST", f"veto-cases/{told[0]}/decisions", body)

    assert photo.status_code == 201
    assert (stale.status_code, blind.status_code) == (412, 428)


def test_who_took_the_photo_sees_it_until_the_case_says_otherwise(stage, told):
    officer = enter(stage, "officer", roles=["inspector"], regions=["990102"])
    officers = [officer.account["id"], stage.inspector.account["id"]]
    plan = {"kindergarten_id": identity("kindergarten-1"), "officers": officers}
    visit = stage.supervisor.post("inspections", {**plan, "planned_for": today()}, wanted=201)
    path = f"inspections/{visit['id']}"
    begin = {"step": "begin", "identity_shown": True, "recusal_told": True}
    officer.post(f"{path}/steps", begin, revision=1)
    item = visit["sealed_item_ids"][0]
    photo = send_photo(officer, f"{path}/photos", item_id=item).json["id"]
    before = (
        officer.call("GET", f"evidence/{photo}"),
        stage.inspector.call("GET", f"evidence/{photo}"),
    )
    answer = {"item_id": item, "result": "not_met", "evidence_ids": [photo]}
    officer.post(f"{path}/answers", {"answers": [answer]}, revision=2)
    cases = {each["id"] for each in officer.get("veto-cases")["items"]}

    (case_id,) = cases
    both = (
        officer.call("GET", f"evidence/{photo}"),
        stage.inspector.call("GET", f"evidence/{photo}"),
    )
    act(stage, officer, case_id, "recusals", {"why": "与当事人有亲属关系"}, wanted=204)

    assert [each.status_code for each in before] == [200, 404]
    assert [each.status_code for each in both] == [200, 200]
    assert officer.call("GET", f"evidence/{photo}").status_code == 404


def test_who_is_recused_does_not_see_it_any_more(stage, told):
    judge = supervisor(stage, told[0], "乙局")
    body = {"why": "与当事人有亲属关系"}

    act(stage, judge, told[0], "recusals", body, wanted=204)

    assert look(judge, told[0]).status_code == 404
    again = {"account_id": judge.account["id"], "why": "再次列入"}
    seen = stage.inspector.get(f"veto-cases/{told[0]}")["revision"]
    refused = stage.inspector.call("POST", f"veto-cases/{told[0]}/names", again, revision=seen)
    assert refused.status_code == 422


@pytest.mark.parametrize("facts", [{"roles": ["director"]}, {"regions": ["990103"]}])
def test_only_an_officer_of_the_region_is_named(stage, told, facts):
    bound = [{"kindergarten_id": identity("kindergarten-1"), "since": "2026-01-01"}]
    more = {"bindings": bound} if "roles" in facts else {}
    whom = enter(stage, "stranger", **{**COUNTY, **facts, **more})
    body = {"account_id": whom.account["id"], "why": "x"}
    seen = stage.inspector.get(f"veto-cases/{told[0]}")["revision"]

    refused = stage.inspector.call("POST", f"veto-cases/{told[0]}/names", body, revision=seen)

    assert refused.status_code == 422
    assert look(whom, told[0]).status_code in (403, 404)


def test_the_finding_of_an_approved_visit_stays_under_the_seal(stage, told):
    case = stage.inspector.get(f"veto-cases/{told[0]}")
    path = f"inspections/{case['inspection_id']}"
    items = stage.inspector.get(f"{path}/items")["items"]
    rest = [each for each in items if each["id"] != case["item"]["id"]]
    photo = send_photo(stage.inspector, f"{path}/photos").json["id"]
    answers = [
        {"item_id": each["id"], "result": "not_applicable", "note": "x", "evidence_ids": [photo]}
        for each in rest
    ]

    def revision():
        return stage.inspector.get(path)["revision"]

    stage.inspector.post(f"{path}/answers", {"answers": answers}, revision=revision())
    signed = {"kind": "signed", "signer": "园长"}
    stage.inspector.post(f"{path}/signature", signed, revision=revision())
    stage.inspector.post(f"{path}/steps", {"step": "submit"}, revision=revision())
    stage.supervisor.post(f"{path}/steps", {"step": "approve"}, revision=revision())

    for caller in (stage.supervisor, stage.inspector):
        query = {"inspection_id": case["inspection_id"]}
        assert caller.get("findings", **query)["items"] == []
    notice = {"finding_ids": [case["id"]], "paper": "order", "days": 5}
    assert stage.supervisor.call("POST", "notices", notice).status_code == 404
    assert stage.inspector.call("POST", "notices", notice).status_code == 422


def test_who_is_named_is_told_in_the_inbox_and_nobody_else(stage, told):
    judge = supervisor(stage, told[0], "乙局")
    uphold(stage, told[0], "丙局", "丁局")

    def inbox(caller):
        found = caller.get("messages", limit=200)["items"]
        return [(each["kind"], each["facts"]) for each in found if each["about"]["id"] == told[0]]

    assert inbox(judge)[0] == ("case_decided", {"status": "upheld"})
    ban = {"kind": "hiring_ban", "text": "列入从业禁止名单", "since": today()}
    act(stage, judge, told[0], "consequences", ban)
    bare = {"kind": "legal_referral", "text": "移送"}
    act(stage, judge, told[0], "consequences", bare, wanted=422)
    kept = judge.get(f"veto-cases/{told[0]}")["consequences"]
    assert [each["kind"] for each in kept] == ["hiring_ban"]
    assert inbox(stage.inspector2)[-1] == ("case_opened", {"status": "open"})
    assert inbox(stage.supervisor) == inbox(stage.director) == []


def test_f29_of_many_verdicts_at_once_each_counts_once_and_the_case_is_decided_once(stage, told):
    judges = [supervisor(stage, told[0], unit) for unit in ("乙局", "乙局", "丙局")]
    verdict = {"verdict": "upheld", "why": "证据充分"}

    def vote(judge):
        path = f"veto-cases/{told[0]}"
        for _ in range(20):
            seen = judge.get(path)["revision"]
            answer = judge.call("POST", f"{path}/decisions", verdict, revision=seen)
            if answer.status_code != 412:
                return answer.status_code
        return 412

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(vote, judges * 2))

    case = stage.inspector.get(f"veto-cases/{told[0]}")
    assert case["status"] == "upheld"
    assert answers.count(200) == len(case["rounds"][0]["votes"]) == 2
    assert len({each["member"]["unit"] for each in case["rounds"][0]["votes"]}) == 2


def test_f29_a_statement_that_comes_beside_a_verdict_never_leaves_it_decided_on_less(stage, told):
    first, second = (supervisor(stage, told[0], unit) for unit in ("乙局", "丙局"))
    dismissed = {"verdict": "dismissed", "why": "没有证据"}
    act(stage, first, told[0], "decisions", dismissed)
    seen = stage.inspector.get(f"veto-cases/{told[0]}")["revision"]
    path = f"veto-cases/{told[0]}"

    with ThreadPoolExecutor(2) as pool:
        said = pool.submit(
            stage.inspector2.call, "POST", f"{path}/statements", {"note": "新证据"}, revision=seen
        )
        voted = pool.submit(second.call, "POST", f"{path}/decisions", dismissed, revision=seen)

    case = stage.inspector.get(path)
    codes = (said.result().status_code, voted.result().status_code)
    assert sorted(codes) == [200, 412]
    assert (case["status"] == "dismissed") is (codes[1] == 200)


def complain(caller, **changed):
    body = {
        "id": str(uuid4()),
        "kindergarten_id": identity("kindergarten-1"),
        "item_id": "no-corporal-punishment",
        "source": "12345 热线转办",
        "note": "家长反映幼儿手臂有伤",
    }
    return caller.call("POST", "veto-cases", body | changed)


def test_a_complaint_opens_a_case_that_who_took_it_in_does_not_decide(stage):
    item = stage.inspector.get(f"veto-cases/{found_case(stage)}")["item"]["id"]
    taken = complain(stage.supervisor, item_id=item)
    again = complain(stage.supervisor, item_id=item, id=taken.json["id"])
    other = complain(stage.supervisor, item_id=item, id=taken.json["id"], note="别的")
    foreign = complain(stage.inspector, item_id="anti-ram-barrier")
    path = f"veto-cases/{taken.json['id']}"

    body = {"verdict": "dismissed", "why": "x"}
    own = stage.supervisor.call("POST", f"{path}/decisions", body, revision=1)

    statuses = [each.status_code for each in (taken, again, other, foreign, own)]
    assert statuses == [201, 201, 409, 422, 403]
    assert (taken.json["inspection_id"], taken.json["source"]) == (None, "12345 热线转办")
    assert look(stage.inspector, taken.json["id"]).status_code == 404


def found_case(stage):
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    return found_abuse(stage, officers)[0]


def test_who_is_concerned_is_told_and_heard_before_a_case_is_upheld(stage):
    case_id = found_case(stage)
    judge = supervisor(stage, case_id, "乙局")
    verdict = {"verdict": "upheld", "why": "x"}
    early = judge.call(
        "POST",
        f"veto-cases/{case_id}/decisions",
        verdict,
        revision=judge.get(f"veto-cases/{case_id}")["revision"],
    )

    hear_person(stage, case_id)
    act(stage, judge, case_id, "decisions", verdict)

    case = judge.get(f"veto-cases/{case_id}")
    assert early.status_code == 403
    assert case["respondent"]["due_at"] > case["respondent"]["told_at"]
    assert case["defences"][0]["waived"] is True
    future = {"name": "x", "duty": "x", "way": "left", "told_at": "2199-01-01T00:00:00Z"}
    seen = case["revision"]
    late = judge.call("POST", f"veto-cases/{case_id}/respondent", future, revision=seen)
    before = future | {"told_at": (stage.clock() - timedelta(days=2)).isoformat()}
    backdated = judge.call("POST", f"veto-cases/{case_id}/respondent", before, revision=seen)
    assert (late.status_code, backdated.status_code) == (422, 422)
    photo = {"text": "x", "evidence_ids": [str(uuid4())]}
    other = judge.call("POST", f"veto-cases/{case_id}/defences", photo, revision=seen)
    assert other.status_code == 422
