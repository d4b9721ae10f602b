"""What an administrator does with accounts, and what the owner does with an invitation."""

from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest

from service.app import create_app
from service.demonstration import identity
from tests.access_world import enter, today
from tests.cast import Caller
from tests.service.test_accounts import new_account

PASSWORD = "a-quiet-long-password"


def add(stage, **facts):
    return stage.admin.post("accounts", new_account(**facts), wanted=201)


def step(stage, account, name, wanted=200, **more):
    revision = stage.admin.get(f"accounts/{account['id']}")["revision"]
    body = {"step": name, "why": "调离", **more}
    return stage.admin.post(f"accounts/{account['id']}/steps", body, wanted, revision=revision)


def accept(stage, code, password=PASSWORD):
    return stage.nobody.call("POST", "invitations/acceptance", {"code": code, "password": password})


def log_in(stage, account, password=PASSWORD):
    return stage.nobody.call(
        "POST", "login", {"username": account["username"], "password": password}
    )


def test_who_is_invited_sets_the_password_and_nobody_else_ever_knew_it(stage):
    made = add(stage, invite=True)
    before = log_in(stage, made, "")

    accepted = accept(stage, made["invitation_code"])

    assert made["initial_password"] is None
    assert before.status_code in (401, 422)
    assert accepted.status_code == 204
    assert log_in(stage, made).status_code == 200


def test_an_invitation_is_used_once_and_a_newer_one_voids_it(stage):
    made = add(stage, invite=True)
    again = step(stage, made, "invite")

    old = accept(stage, made["invitation_code"])
    new = accept(stage, again["invitation_code"])
    used = accept(stage, again["invitation_code"])

    assert (old.status_code, new.status_code, used.status_code) == (401, 204, 401)
    assert old.json["type"] == "/problems/invitation-invalid"


def test_an_invitation_lapses_after_a_week_and_with_the_account(stage):
    late, closed = add(stage, invite=True), add(stage, invite=True)
    step(stage, closed, "close")

    stage.clock.pass_by(days=7, minutes=1)
    lapsed = accept(stage, late["invitation_code"])
    stage.clock.pass_by(days=-7, minutes=-1)

    assert lapsed.status_code == 401
    assert accept(stage, closed["invitation_code"]).status_code == 401


def test_a_weak_password_leaves_the_invitation_as_it_was(stage):
    made = add(stage, invite=True)

    weak = accept(stage, made["invitation_code"], "aaaaaaaaaaaa")

    assert weak.status_code == 422
    assert accept(stage, made["invitation_code"]).status_code == 204


def test_a_code_is_kept_nowhere_as_it_is_told(stage):
    made = add(stage, invite=True)

    kept = list(stage.rooms.database["invitations"].find())

    assert made["invitation_code"] not in str(kept)


def test_a_forgotten_password_waits_for_the_administrator_until_it_is_set_anew(stage):
    made = add(stage)
    stage.nobody.post("password-resets", {"username": made["username"]}, wanted=202)
    asked = stage.admin.get("password-resets")["items"]

    code = step(stage, made, "invite")["invitation_code"]

    assert made["id"] in [each["account_id"] for each in asked]
    assert made["id"] not in [
        each["account_id"] for each in stage.admin.get("password-resets")["items"]
    ]
    assert accept(stage, code).status_code == 204


def test_f26_asking_for_a_reset_tells_nobody_which_names_there_are(stage):
    made = add(stage)
    address = {"REMOTE_ADDR": "127.0.0.9"}

    def ask(name):
        start = perf_counter()
        answer = stage.nobody.call(
            "POST", "password-resets", {"username": name}, environ_base=address
        )
        return perf_counter() - start, answer.status_code, answer.data

    known, unknown = [], []
    for _ in range(40):
        known.append(ask(made["username"]))
        unknown.append(ask(f"nobody-{uuid4().hex[:8]}"))

    assert {each[1:] for each in known} == {each[1:] for each in unknown}
    fast = median(each[0] for each in known)
    assert median(each[0] for each in unknown) == pytest.approx(fast, rel=0.5)


def test_an_account_with_open_work_is_closed_only_with_somebody_to_take_over(stage):
    leaving = enter(stage, "leaving", roles=["inspector"], regions=["990102"])
    successor = enter(stage, "successor", roles=["inspector"], regions=["990102"])
    plan = {
        "kindergarten_id": identity("kindergarten-1"),
        "officers": [leaving.account["id"], stage.inspector.account["id"]],
        "planned_for": today(),
    }
    inspection = stage.supervisor.post("inspections", plan, wanted=201)

    refused = step(stage, leaving.account, "close", wanted=409)
    closed = step(stage, leaving.account, "close", hand_over_to=successor.account["id"])

    assert refused["facts"]["inspections"] == [inspection["id"]]
    assert closed["active"] is False
    mine = successor.get("inspections", mine=True)["items"]
    assert [each["id"] for each in mine] == [inspection["id"]]
    assert leaving.call("GET", "me").status_code == 401
    history = stage.supervisor.get(f"cases/{inspection['case_id']}/history")["items"]
    assert history[-1]["verb"] == "inspection_handed_over"


@pytest.mark.parametrize("facts", [{"regions": ["990103"]}, {"certificate": None}])
def test_nothing_is_closed_where_the_successor_may_not_take_over(stage, facts):
    leaving = enter(stage, "leaving", roles=["inspector"], regions=["990102"])
    wanted = {"roles": ["inspector"], "regions": ["990102"], **facts}
    wanted = {name: fact for name, fact in wanted.items() if fact is not None}
    made = stage.admin.post(
        "accounts",
        {"username": f"s-{uuid4().hex[:6]}", "name": "接手", "unit": "单位", **wanted},
        wanted=201,
    )
    plan = {
        "kindergarten_id": identity("kindergarten-1"),
        "officers": [leaving.account["id"], stage.inspector.account["id"]],
        "planned_for": today(),
    }
    inspection = stage.supervisor.post("inspections", plan, wanted=201)

    step(stage, leaving.account, "close", wanted=422, hand_over_to=made["id"])

    assert leaving.call("GET", "me").status_code == 200
    assert (
        stage.supervisor.get(f"inspections/{inspection['id']}")["officers"]
        == (inspection["officers"])
    )


def test_a_lost_tablet_is_logged_out_alone_and_on_record(stage):
    made = add(stage)
    tablet = stage.enter(made["username"], made["initial_password"])
    other = stage.enter(made["username"], made["initial_password"])
    first = stage.admin.get(f"accounts/{made['id']}/sessions")["items"][0]

    path = f"accounts/{made['id']}/sessions/{first['name']}/end"
    stage.admin.post(path, {"why": "平板遗失"}, wanted=204)

    assert tablet.call("GET", "me").status_code == 401
    assert other.call("GET", "me").status_code == 200
    last = stage.admin.get(f"accounts/{made['id']}/history")["items"][-1]
    assert (last["verb"], last["why"]) == ("session_ended", "平板遗失")


def test_the_list_tells_who_can_see_a_kindergarten(stage):
    query = {"kindergarten_id": identity("kindergarten-1"), "limit": 200}

    seeing = {each["username"] for each in stage.admin.get("accounts", **query)["items"]}

    assert {"inspector", "supervisor", "supervisor2", "director", "admin"} <= seeing
    query["kindergarten_id"] = identity("kindergarten-4")
    next_door = {each["username"] for each in stage.admin.get("accounts", **query)["items"]}
    assert {"supervisor2", "admin"} <= next_door
    assert not {"inspector", "supervisor", "director"} & next_door


def test_the_list_is_filtered_by_role_and_state_and_says_the_reach_in_words(stage):
    made = add(stage, roles=["supervisor"])
    step(stage, made, "close")

    found = stage.admin.get("accounts", role="supervisor", active=False, limit=200)["items"]

    assert made["id"] in [each["id"] for each in found]
    assert {role for each in found for role in each["roles"]} == {"supervisor"}
    assert found[0]["reach"][0].startswith("990102 ")


def test_the_table_of_roles_says_what_each_may_call(stage):
    table = {each["role"]: each["endpoints"] for each in stage.admin.get("access")["items"]}

    assert "rectification.close" in table["supervisor"]
    assert "rectification.close" not in table["inspector"]


def test_a_changed_role_or_region_holds_from_the_next_request_at_every_service(stage):
    caller = enter(stage, "moved", roles=["inspector", "supervisor"], regions=["990102"])
    second = Caller(create_app(stage.rooms), caller.token)
    path = f"accounts/{caller.account['id']}"
    body = {"why": "岗位调整", "roles": ["inspector"], "regions": ["990103"], "unit": "新单位"}

    changed = stage.admin.call("PATCH", path, body, revision=1)

    assert changed.status_code == 200
    for service in (caller, second):
        assert service.get("me")["roles"] == ["inspector"]
        assert service.call("GET", f"kindergartens/{identity('kindergarten-1')}").status_code == 404
    assert stage.admin.get(f"{path}/history")["items"][-1]["why"] == "岗位调整"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"roles": ["director", "inspector"]}, 422),
        ({"regions": ["000000"]}, 403),
        ({"roles": []}, 422),
    ],
)
def test_nobody_is_given_more_than_the_administrator_has(stage, facts, status):
    county = enter(stage, "county", roles=["administrator"], regions=["990102"])
    made = add(stage)

    answer = county.call("PATCH", f"accounts/{made['id']}", {"why": "x", **facts}, revision=1)

    assert answer.status_code == status
    assert stage.admin.get(f"accounts/{made['id']}")["revision"] == 1


def test_nobody_changes_the_own_account(stage):
    own = stage.admin.account["id"]
    body = {"why": "x", "regions": ["000000"]}

    assert stage.admin.call("PATCH", f"accounts/{own}", body, revision=1).status_code == 403


def test_f24_a_token_of_another_device_a_cut_one_and_a_revoked_one_are_401(stage):
    made = add(stage)
    caller = stage.enter(made["username"], made["initial_password"])
    kept = str(list(stage.rooms.database["sessions"].find({"account_id": made["id"]})))
    forged = [caller.token[:-1], caller.token + "=", caller.token.swapcase(), made["id"], "null"]

    for token in forged:
        assert Caller(stage.app, token).call("GET", "me").status_code == 401
    assert caller.token not in kept
    step(stage, made, "end_sessions")
    assert Caller(create_app(stage.rooms), caller.token).call("GET", "me").status_code == 401
