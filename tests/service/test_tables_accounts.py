"""Persons and accounts from tables: no password, within one's regions, known by user name."""

from uuid import uuid4

import pytest

from service.demonstration import identity
from tests.access_world import enter
from tests.service.sheets import export, rows_of, send, step, text_of

HEADINGS = ["用户名", "人员编号", "姓名", "单位", "执法证号", "角色", "管辖区划", "所任园所"]


def row(username=None, **changed):
    facts = {
        "code": f"G{uuid4().hex[:8]}",
        "name": "王伟",
        "unit": "演示县教育局",
        "certificate": "演示执法0777",
        "roles": "检查员",
        "regions": "990102",
        "kindergartens": "",
    }
    return [username or f"u{uuid4().hex[:8]}", *(facts | changed).values()]


def sent_by(caller, *rows):
    return send(caller, text_of(rows, HEADINGS), kind="accounts")


def account_of(stage, username):
    listed = stage.admin.get("accounts", limit=200)["items"]
    return next((each for each in listed if each["username"] == username), None)


@pytest.fixture(scope="module")
def director(stage):
    """The code of a kindergarten in the county."""
    path = f"kindergartens/{identity('kindergarten-1')}"
    code = f"D{uuid4().hex[:8]}"
    revision = stage.admin.get(path)["revision"]
    stage.admin.call("PATCH", path, {"code": code, "why": "补录"}, revision=revision)
    return code


def test_accounts_come_in_with_their_persons_and_without_a_password(stage, director):
    official, head = row(), row(roles="园长", regions="", kindergartens=f"{director}/2026/3/1")
    official[5] = "检查员；监督员"
    head[7] = f"{director}/2026-03-01"

    sent = sent_by(stage.admin, official, head)
    step(stage.admin, sent)

    made = account_of(stage, official[0])
    directs = account_of(stage, head[0])
    login = {"username": official[0], "password": "", "device": "x"}
    assert made["roles"] == ["inspector", "supervisor"]
    assert made["person"]["code"] == official[1]
    assert directs["bindings"][0]["kindergarten_id"] == identity("kindergarten-1")
    assert directs["bindings"][0]["since"] == "2026-03-01"
    assert stage.nobody.call("POST", "login", login).status_code in (401, 422)
    assert stage.nobody.call("POST", "login", login | {"password": "x"}).status_code == 401
    assert sent_by(stage.admin, official, head)["counts"]["unchanged"] == 2


def test_a_change_of_rights_and_person_is_written_with_its_history(stage):
    first = row()
    step(stage.admin, sent_by(stage.admin, first))
    second = [*first[:2], "王大伟", *first[3:5], "监督员", "990100", ""]
    sent = sent_by(stage.admin, second)

    (changed,) = rows_of(stage.admin, sent)
    step(stage.admin, sent)

    after = account_of(stage, first[0])
    history = stage.rooms.custody.history(f"account:{after['id']}")
    assert changed["before"] == {"name": "王伟", "roles": "检查员", "regions": "990102"}
    assert (after["roles"], after["regions"]) == (["supervisor"], ["990100"])
    assert after["person"]["name"] == "王大伟"
    assert [entry.verb for entry in history] == ["account_added", "account_changed"]


def test_two_accounts_of_one_staff_number_are_one_person(stage):
    first = row()
    second = row(code=first[1], roles="监督员")

    step(stage.admin, sent_by(stage.admin, first, second))

    persons = {account_of(stage, each[0])["person"]["id"] for each in (first, second)}
    assert len(persons) == 1


BAD = [
    ({"roles": "管理员；检查员"}, "roles"),
    ({"roles": "局长"}, "roles"),
    ({"regions": ""}, "regions"),
    ({"regions": "445202"}, "regions"),
    ({"regions": "990103"}, "regions"),
    ({"roles": "园长"}, "regions"),
    ({"roles": "园长", "regions": "", "kindergartens": "NONE"}, "kindergartens"),
    ({"roles": "园长", "regions": ""}, "kindergartens"),
    ({"kindergartens": "NONE"}, "kindergartens"),
    ({"name": ""}, "name"),
]


@pytest.mark.parametrize(("changed", "column"), BAD)
def test_what_an_account_may_not_have_makes_its_row_bad(stage, changed, column):
    county = enter(stage, "county", roles=["administrator"], regions=["990102"])

    (bad,) = rows_of(county, sent_by(county, row(**changed)))

    assert bad["state"] == "bad"
    assert column in [each["column"] for each in bad["troubles"]]


def test_a_user_name_that_is_not_one_is_told_in_its_column(stage):
    (bad,) = rows_of(stage.admin, sent_by(stage.admin, row("王 伟")))

    assert bad["troubles"][0]["column"] == "username"


def test_an_account_of_elsewhere_cannot_be_taken_over(stage):
    county = enter(stage, "county", roles=["administrator"], regions=["990103"])
    theirs = row()
    step(stage.admin, sent_by(stage.admin, theirs))

    by_name = rows_of(county, sent_by(county, row(theirs[0], regions="990103")))
    by_code = rows_of(county, sent_by(county, row(code=theirs[1], regions="990103")))

    assert by_name[0]["troubles"][0]["zh"] == "该用户名不可用，请更换"
    assert by_name[0]["before"] == {}
    assert by_code[0]["troubles"][0]["zh"] == "该人员编号不可用"


def test_nobody_changes_the_own_account_by_a_table(stage):
    county = enter(stage, "county", roles=["administrator"], regions=["990102"])
    username = county.account["username"]
    own = row(username, code="", name="county", unit="单位", roles="管理员", regions="990102")
    own[4] = "演示执法99"

    same = sent_by(county, own)
    other = sent_by(county, [*own[:4], "另一证号", *own[5:]])

    assert same["counts"]["unchanged"] == 1
    assert other["counts"]["bad"] == 1


def test_rows_that_disagree_about_a_person_are_told(stage):
    first = row()

    sent = sent_by(stage.admin, first, row(code=first[1], name="李雷"))

    (bad,) = rows_of(stage.admin, sent, state="bad")
    assert bad["number"] == 3


def test_an_account_changed_since_the_preview_stops_all_of_it(stage):
    old, new = row(), row()
    step(stage.admin, sent_by(stage.admin, old))
    sent = sent_by(stage.admin, [*old[:5], "监督员", *old[6:]], new)
    found = account_of(stage, old[0])
    body = {"why": "x", "regions": ["990100"]}
    stage.admin.call("PATCH", f"accounts/{found['id']}", body, revision=found["revision"])

    step(stage.admin, sent, wanted=412)

    assert account_of(stage, new[0]) is None


def test_accounts_leave_within_ones_regions(stage):
    county = enter(stage, "county", roles=["administrator"], regions=["990103"])

    table = export(county, "accounts").decode("utf-8-sig")

    assert county.account["username"] in table
    assert "supervisor2" not in table
