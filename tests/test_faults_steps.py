"""F30 and F27 over HTTP: only the tables' transitions, each by whose step it is, each once."""

import threading
from itertools import product
from uuid import uuid4

import pytest

from tests.inspections.test_rectification_workflow import CELLS as NOTICE_CELLS
from tests.inspections.test_visits_workflow import CELLS as VISIT_CELLS
from tests.steps_world import (
    SIGNED,
    callers,
    checklist_in,
    notice_in,
    step_of_checklist,
    step_of_notice,
    step_of_visit,
    stored,
    visit_in,
)

NOT_ALLOWED = {
    f"/problems/{thing}-step-not-allowed" for thing in ("inspection", "notice", "checklist")
}

WHO_VISITS = """
            begin  submit  return  approve  cancel
nobody      u      u       u       u        u
officer     +      +       f       f        f
colleague   f      f       f       f        f
supervisor  f      f       +       +        +
city        f      f       +       +        +
involved    +      +       f       f        f
admin       f      f       f       f        f
director    f      f       f       f        f
director2   f      f       f       f        f
neighbour   n      n       n       n        n
"""
WHO_NOTICES = """
            issue  withdraw  serve  acknowledge  respond  find_met  find_not_met  close  reopen
nobody      u      u         u      u            u        u         u             u      u
officer     f      f         +      f            f        +         +             f      f
colleague   f      f         +      f            f        +         +             f      f
supervisor  +      +         +      f            f        +         +             +      +
city        +      +         +      f            f        +         +             +      +
involved    o      +         +      f            f        +         +             o      +
admin       f      f         f      f            f        f         f             f      f
director    f      f         f      s            s        f         f             f      f
director2   f      f         f      n            n        f         f             f      f
neighbour   n      n         n      f            f        n         n             n      n
"""
WHO_CHECKLISTS = """
            publish  withdraw
nobody      u        u
officer     f        f
colleague   f        f
supervisor  o        +
city        +        +
involved    +        +
admin       +        +
director    f        f
director2   f        f
neighbour   n        n
"""
"""Whose step it is: `+` theirs, `o` not by who had a hand in it, `s` theirs once it was served.

`u` 401, `f` 403, `n` 404, whatever the status. `supervisor` proposed the checklists.
"""
CHECKLIST_CELLS = [
    ("draft", "publish", "published"),
    ("draft", "withdraw", "withdrawn"),
    ("published", "publish", "-"),
    ("published", "withdraw", "-"),
    ("withdrawn", "publish", "-"),
    ("withdrawn", "withdraw", "-"),
]
REFUSED = {"u": 401, "f": 403, "n": 404}
UNSERVED = ("draft", "issued", "withdrawn")


def cells(transitions, who):
    """Return (status, step, caller, expected): the status it leads to, or the refusal's code."""
    head, *lines = [line.split() for line in who.strip().splitlines()]
    marks = {
        (name, step): mark for name, *row in lines for step, mark in zip(head, row, strict=True)
    }
    names = [name for name, *_ in lines]
    for (status, step, outcome), name in product(transitions, names):
        mark = marks[name, step]
        expected = REFUSED.get(mark, 409 if outcome == "-" else outcome)
        if mark == "o" and outcome != "-":
            expected = 403
        if mark == "s" and status in UNSERVED:
            expected = 404
        yield status, step, name, expected


VISITS = list(cells(VISIT_CELLS, WHO_VISITS))
NOTICES = list(cells(NOTICE_CELLS, WHO_NOTICES))
CHECKLISTS = list(cells(CHECKLIST_CELLS, WHO_CHECKLISTS))


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


def must_hold(stage, collection, before, answer, expected):
    """The step led where the table says, or was refused and left the document as it was."""
    after = stored(stage, collection, before)
    if isinstance(expected, str):
        assert answer.status_code == 200, answer.text
        assert (after["status"], after["revision"]) == (expected, 2)
        return
    assert answer.status_code == expected, answer.text
    assert (after["status"], after["revision"]) == (before.status, 1)
    if expected == 409:
        assert answer.json["type"] in NOT_ALLOWED


@pytest.mark.parametrize(("status", "step", "name", "expected"), VISITS)
def test_an_inspection_takes_only_the_steps_of_its_table(stage, who, status, step, name, expected):
    inspection = visit_in(stage, status, signature=SIGNED)
    kept = stored(stage, "inspections", inspection)

    answer = step_of_visit(who[name], inspection, step)

    must_hold(stage, "inspections", inspection, answer, expected)
    if isinstance(expected, int):
        assert stored(stage, "inspections", inspection) == kept


@pytest.mark.parametrize(("status", "step", "name", "expected"), NOTICES)
def test_a_notice_takes_only_the_steps_of_its_table(stage, who, status, step, name, expected):
    person = stage.inspector.account["person"]["id"]
    notice = notice_in(stage, status, drafted_by=person, visitors=(person,))
    kept = stored(stage, "notices", notice)

    answer = step_of_notice(stage, who[name], notice, step)

    must_hold(stage, "notices", notice, answer, expected)
    if isinstance(expected, int):
        assert stored(stage, "notices", notice) == kept


@pytest.mark.parametrize(("status", "step", "name", "expected"), CHECKLISTS)
def test_a_checklist_takes_only_the_steps_of_its_table(stage, who, status, step, name, expected):
    checklist = checklist_in(stage, status)
    kept = stored(stage, "checklists", checklist)

    answer = step_of_checklist(who[name], checklist, step)

    must_hold(stage, "checklists", checklist, answer, expected)
    if isinstance(expected, int):
        assert stored(stage, "checklists", checklist) == kept


ALL = {"inspections": VISITS, "notices": NOTICES, "checklists": CHECKLISTS}
FIRST = {
    (kind, step): (status, name)
    for kind, rows in ALL.items()
    for status, step, name, expected in rows
    if isinstance(expected, str)
}
"""For each step a status that allows it and somebody whose it is."""


@pytest.mark.parametrize(("revision", "refusal"), [(None, 428), (2, 412), (0, 412)])
@pytest.mark.parametrize(("kind", "step"), FIRST)
def test_a_step_names_the_revision_that_it_saw(stage, who, kind, step, revision, refusal):
    status, name = FIRST[kind, step]
    make = {"inspections": visit_in, "notices": notice_in, "checklists": checklist_in}[kind]
    thing = make(stage, status)
    kept = stored(stage, kind, thing)

    if kind == "notices":
        answer = step_of_notice(stage, who[name], thing, step, revision=revision)
    else:
        take = {"inspections": step_of_visit, "checklists": step_of_checklist}[kind]
        answer = take(who[name], thing, step, revision=revision)

    assert answer.status_code == refusal, answer.text
    assert stored(stage, kind, thing) == kept
    if refusal == 412:
        assert answer.json["facts"]["current"] == 1


def test_f27_of_twenty_who_close_at_once_one_wins_and_history_has_it_once(stage):
    notice = notice_in(stage, "verified")
    statuses, barrier = [], threading.Barrier(20)
    closer = stage.supervisor2

    def close():
        barrier.wait()
        answer = closer.call("POST", f"notices/{notice.id}/closure", revision=1)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=close) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    history = stage.rooms.custody.history(f"case:{notice.case_id}")
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 412}
    assert [entry.verb for entry in history] == ["notice_closed"]


def test_f28_a_second_account_of_the_same_person_is_the_same_person(stage):
    """The officer cannot approve or close under another account of its own."""
    body = {
        "username": f"second-{uuid4().hex[:6]}",
        "name": "检查员甲",
        "unit": "别的单位",
        "roles": ["supervisor"],
        "regions": ["990102"],
        "person_id": stage.inspector.account["person"]["id"],
    }
    made = stage.admin.post("accounts", body, wanted=201)
    second = stage.enter(made["username"], made["initial_password"])
    inspection = visit_in(stage, "submitted")
    visitor = stage.inspector.account["person"]["id"]
    notice = notice_in(stage, "verified", visitors=(visitor,))

    path = f"inspections/{inspection.id}/steps"
    approving = second.call("POST", path, {"step": "approve"}, revision=1)
    closing = second.call("POST", f"notices/{notice.id}/closure", revision=1)

    assert approving.json["type"] == "/problems/own-inspection"
    assert closing.json["type"] == "/problems/made-a-visit"
