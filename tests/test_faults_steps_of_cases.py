"""F30 over HTTP for renaming cases, veto cases and tips: each step by whose it is."""

from dataclasses import replace
from itertools import product
from uuid import uuid4

import pytest

from inspections.cases.renaming.model import Status as RenamingStatus
from inspections.cases.renaming.store import RenamingStore
from inspections.cases.tips.model import Spot, Tip
from inspections.cases.tips.model import Status as TipStatus
from inspections.cases.tips.store import TipStore
from inspections.cases.veto.model import Naming, Verdict
from inspections.cases.veto.model import Status as VetoStatus
from inspections.cases.veto.store import VetoStore
from service.demonstration import identity
from tests.access_world import enter
from tests.builders import NOON, make_member, make_veto_case
from tests.inspections.test_renaming_workflow import NEW, make_case, make_judgement
from tests.inspections.test_renaming_workflow import STEPS as RENAMING_STEPS
from tests.steps_world import callers, written
from tests.test_faults_steps import cells

SITE = identity("kindergarten-1")
WHO_RENAMINGS = """
            tell  answer  object  return  accept  rename  dismiss
nobody      u     u       u       u       u       u       u
officer     +     f       f       +       +       f       f
colleague   +     f       f       +       +       f       f
supervisor  +     f       f       +       +       +       +
city        +     f       f       +       +       +       +
involved    +     f       f       +       +       o       o
admin       f     f       f       f       f       f       f
director    f     +       +       f       f       f       f
director2   f     n       n       f       f       f       f
neighbour   n     f       f       n       n       n       n
"""
WHO_TIPS = """
            take_up  dismiss
nobody      u        u
officer     +        +
colleague   +        +
supervisor  +        +
city        +        +
involved    +        +
admin       f        f
director    f        f
director2   f        f
neighbour   n        n
"""
TIPS = """
           take_up   dismiss
received   taken_up  dismissed
taken_up   -         -
dismissed  -         -
"""
VETO_STEPS = """
              tell  defend  state  decide  review  follow
open          +     +       +      +       -       -
under_review  +     +       +      +       -       +
upheld        -     -       +      -       +       +
dismissed     -     -       +      -       +       -
"""
WHO_VETOES = """
            tell  defend  state  decide  review  follow
nobody      u     u       u      u       u       u
named       +     +       +      +       +       +
inspector   +     +       +      f       f       f
unnamed     n     n       n      n       n       n
admin       f     f       f      f       f       f
director    f     f       f      f       f       f
"""
"""Whose step it is, as in `test_faults_steps`. `named` is a supervisor named on the veto case,
`inspector` an officer named on it, `unnamed` a supervisor of the region who is not."""

RENAMINGS = list(
    cells(
        [
            (status.value, step, RENAMING_STEPS.get((status.value, step), "-"))
            for status in RenamingStatus
            for step in WHO_RENAMINGS.split("\n")[1].split()
        ],
        WHO_RENAMINGS,
    )
)
HEAD, *LINES = [line.split() for line in TIPS.strip().splitlines()]
TIP_CELLS = [
    (status, step, outcome)
    for status, *outcomes in LINES
    for step, outcome in zip(HEAD, outcomes, strict=True)
]
VETO_CELLS = []
_head, *_lines = [line.split() for line in VETO_STEPS.strip().splitlines()]
_who, *_rows = [line.split() for line in WHO_VETOES.strip().splitlines()]
for (_status, *_marks), (_name, *_whose) in product(_lines, _rows):
    for _step, _mark, _theirs in zip(_head, _marks, _whose, strict=True):
        refused = {"u": 401, "f": 403, "n": 404}.get(_theirs)
        VETO_CELLS.append((_status, _step, _name, refused or (200 if _mark == "+" else 409)))


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


@pytest.mark.parametrize(("status", "step", "name", "expected"), RENAMINGS)
def test_a_renaming_case_takes_only_the_steps_of_its_table(
    stage, who, status, step, name, expected
):
    cases = stage.rooms.database["renaming_cases"]
    cases.delete_many({})  # one under way at a time for a kindergarten
    opener = stage.inspector.account["person"]["id"]
    facts = {"id": str(uuid4()), "kindergarten_id": SITE, "opened_by": opener, "nature": "public"}
    case = make_case(status=RenamingStatus(status), proposal=make_judgement(), **facts)
    written(stage, RenamingStore, case)
    path, body = f"renaming-cases/{case.id}/steps", {"step": step, "why": "原因"}
    if step in ("answer", "object"):
        path = f"renaming-cases/{case.id}/answers"
        body = {"why": "原因"} | ({"new_name": NEW} if step == "answer" else {})
    if step == "rename":
        body["borne"] = {"sign": NEW, "seal": NEW, "licence": NEW}
        licence = {"number": uuid4().hex[:8], "authority": "演示县教育局"}
        body["licence"] = licence | {"issued_on": "2026-03-01"}

    answer = who[name].call("POST", path, body, revision=1)

    after = cases.find_one({"_id": case.id})
    if isinstance(expected, str):
        assert answer.status_code == 200, answer.text
        assert (after["status"], after["revision"]) == (expected, 2)
    else:
        assert answer.status_code == expected, answer.text
        assert (after["status"], after["revision"]) == (status, 1)


@pytest.mark.parametrize(("status", "step", "name", "expected"), list(cells(TIP_CELLS, WHO_TIPS)))
def test_a_tip_takes_only_the_steps_of_its_table(stage, who, status, step, name, expected):
    facts = {"spot": Spot(116.45, 39.95, "WGS-84"), "status": TipStatus(status)}
    tip = Tip(str(uuid4()), uuid4().hex, "990102", "有儿童出入", NOON, **facts)
    written(stage, TipStore, tip)
    path = {"take_up": "sighting", "dismiss": "dismissal"}[step]

    answer = who[name].call("POST", f"tips/{tip.id}/{path}", {"why": "原因"}, revision=1)

    after = stage.rooms.database["tips"].find_one({"_id": tip.id})
    if isinstance(expected, str):
        assert answer.status_code == 200, answer.text
        assert (after["status"], after["revision"]) == (expected, 2)
    else:
        assert answer.status_code == expected, answer.text
        assert (after["status"], after["revision"]) == (status, 1)


@pytest.fixture(scope="module")
def around(stage):
    """Who stands around a veto case; a supervisor of a unit of its own is named on it."""
    facts = {"roles": ["supervisor"], "regions": ["990102"]}
    return {
        "nobody": stage.nobody,
        "named": enter(stage, "named", unit="乙局", certificate="演示执法乙", **facts),
        "inspector": stage.inspector2,
        "unnamed": enter(stage, "unnamed", unit="丙局", certificate="演示执法丙", **facts),
        "admin": enter(stage, "admin", roles=["administrator"], regions=["990102"]),
        "director": stage.director,
    }


BODIES = {
    "tell": (
        "respondent",
        {"name": "当事人", "duty": "教师", "way": "left", "told_at": "2026-03-02T10:00:00+08:00"},
    ),
    "defend": ("defences", {"text": "系自行碰伤"}),
    "state": ("statements", {"note": "补充说明"}),
    "decide": ("decisions", {"verdict": "dismissed", "why": "没有证据"}),
    "review": ("reviews", {"why": "新的证据"}),
    "follow": (
        "consequences",
        {"kind": "legal_referral", "text": "移送", "department": "县公安局"},
    ),
}


@pytest.mark.parametrize(("status", "step", "name", "expected"), VETO_CELLS)
def test_a_veto_case_takes_only_the_steps_of_its_table(stage, around, status, step, name, expected):
    named = [
        Naming(
            make_member(
                caller.account["person"]["id"],
                caller.account["person"]["unit"],
                account_id=caller.account["id"],
            ),
            NOON,
            "account",
            "审理",
            decides=who_ == "named",
        )
        for who_, caller in around.items()
        if who_ in ("named", "inspector")
    ]
    standing = {"open": None, "dismissed": Verdict.DISMISSED}.get(status, Verdict.UPHELD)
    matter = str(uuid4())
    case = replace(
        make_veto_case(id=matter, seal=matter, kindergarten_id=SITE),
        named=tuple(named),
        status=VetoStatus(status),
        standing=standing,
    )
    written(stage, VetoStore, case)
    path, body = BODIES[step]

    answer = around[name].call("POST", f"veto-cases/{matter}/{path}", body, revision=1)

    after = stage.rooms.database["veto_cases"].find_one({"_id": matter})
    assert answer.status_code == expected, answer.text
    assert after["revision"] == (2 if expected == 200 else 1)
    assert after["standing"] == (standing.value if standing else None)
