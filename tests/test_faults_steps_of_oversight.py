"""F30 over HTTP for stoppages, dossiers, measures, unlicensed sites: each step by whose it is."""

from uuid import uuid4

import pytest

from inspections.bureaus.model import Measure
from inspections.cases.dossiers.model import Status as DossierStatus
from inspections.cases.dossiers.store import DossierStore
from inspections.cases.unlicensed.model import Status as SiteStatus
from inspections.cases.unlicensed.store import UnlicensedStore
from inspections.ladder.model import Status as MeasureStatus
from inspections.ladder.store import EscalationStore
from inspections.stoppages.model import Status as StoppageStatus
from inspections.stoppages.store import StoppageStore
from service.demonstration import identity
from tests.access_world import send_photo
from tests.inspections.test_dossiers_workflow import CELLS as DOSSIER_CELLS
from tests.inspections.test_dossiers_workflow import make_dossier
from tests.inspections.test_ladder_workflow import STEPS as MEASURE_STEPS
from tests.inspections.test_ladder_workflow import due
from tests.inspections.test_stoppages_workflow import CELLS as STOPPAGE_CELLS
from tests.inspections.test_stoppages_workflow import make_stoppage
from tests.inspections.test_unlicensed_workflow import STEPS as SITE_STEPS
from tests.inspections.test_unlicensed_workflow import make_site
from tests.steps_world import callers, written
from tests.test_faults_steps import cells

SITE = identity("kindergarten-1")
WHO_STOPPAGES = """
            prove  confirm  reject  lift
nobody      u      u        u       u
officer     f      +        +       f
colleague   f      +        +       f
supervisor  f      +        +       +
city        f      +        +       +
involved    f      +        +       o
admin       f      f        f       f
director    +      f        f       f
director2   n      n        n       n
neighbour   n      n        n       n
"""
WHO_DOSSIERS = """
            tell  stop  refer  confirm  dismiss  reopen
nobody      u     u     u      u        u        u
officer     +     +     +      f        f        f
colleague   +     +     +      f        f        f
supervisor  +     +     +      +        +        +
city        +     +     +      +        +        +
involved    +     +     +      o        o        +
admin       f     f     f      f        f        f
director    f     s     f      f        f        f
director2   n     n     n      n        n        n
neighbour   n     n     n      n        n        n
"""
WHO_MEASURES = """
            take  waive
nobody      u     u
officer     f     f
colleague   f     f
supervisor  +     +
city        +     +
involved    +     +
admin       f     f
director    f     f
director2   f     f
neighbour   n     n
"""
WHO_SITES = """
            verify  stop  place  close  license  dismiss  reopen
nobody      u       u     u      u      u        u        u
officer     +       +     +      f      f        f        f
colleague   +       +     +      f      f        f        f
supervisor  +       +     +      +      +        +        +
city        +       +     +      +      +        +        +
involved    +       +     +      o      o        o        +
admin       f       f     f      f      f        f        f
director    f       f     f      f      f        f        f
director2   f       f     f      f      f        f        f
neighbour   n       n     n      n      n        n        n
"""
"""Whose step it is, as in `test_faults_steps`; `involved` ordered or opened each of them.

A director sees a dossier once it was told: before that there is none for it.
"""
MEASURE_CELLS = [
    (status, step, outcome)
    for status, *outcomes in (line.split() for line in MEASURE_STEPS.strip().splitlines()[1:])
    for step, outcome in zip(("take", "waive"), outcomes, strict=False)
]
SITE_CELLS = [
    (status.value, step, SITE_STEPS.get((status.value, step), "-"))
    for status in SiteStatus
    for step in ("verify", "stop", "place", "close", "license", "dismiss", "reopen")
]
STOPPAGES = list(cells(STOPPAGE_CELLS, WHO_STOPPAGES))
DOSSIERS = [
    (status, step, name, 404 if name == "director" and status == "open" else expected)
    for status, step, name, expected in cells(DOSSIER_CELLS, WHO_DOSSIERS)
]
MEASURES = list(cells(MEASURE_CELLS, WHO_MEASURES))
SITES = list(cells(SITE_CELLS, WHO_SITES))


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


@pytest.fixture(scope="module")
def person(stage):
    """The person of `involved`, an inspector with a second account."""
    return stage.inspector.account["person"]["id"]


def must_hold(stage, collection, thing, answer, expected):
    after = stage.rooms.database[collection].find_one({"_id": thing.id})
    if isinstance(expected, str):
        assert answer.status_code == 200, answer.text
        assert (after["status"], after["revision"]) == (expected, 2)
        return
    assert answer.status_code == expected, answer.text
    assert (after["status"], after["revision"]) == (thing.status.value, 1)


@pytest.mark.parametrize(("status", "step", "name", "expected"), STOPPAGES)
def test_a_stoppage_takes_only_the_steps_of_its_table(
    stage, who, person, status, step, name, expected
):
    facts = {"id": str(uuid4()), "case_id": str(uuid4()), "kindergarten_id": SITE}
    who_ = {"ordered_by": person, "officers": (person,)}
    stoppage = make_stoppage(status=StoppageStatus(status), **facts, **who_)
    written(stage, StoppageStore, stoppage)
    body = {"step": step, "why": "原因"}
    if step == "prove" and isinstance(expected, str):
        photo = send_photo(who[name], f"stoppages/{stoppage.id}/photos").json
        body["evidence_ids"] = [photo["id"]]

    answer = who[name].call("POST", f"stoppages/{stoppage.id}/steps", body, revision=1)

    must_hold(stage, "stoppages", stoppage, answer, expected)


@pytest.mark.parametrize(("status", "step", "name", "expected"), DOSSIERS)
def test_a_dossier_takes_only_the_steps_of_its_table(
    stage, who, person, status, step, name, expected
):
    facts = {"id": str(uuid4()), "kindergarten_id": SITE, "opened_by": person}
    dossier = written(stage, DossierStore, make_dossier(status=DossierStatus(status), **facts))
    body = {"step": step, "why": "原因", "department": "演示县公安局"}

    answer = who[name].call("POST", f"dossiers/{dossier.id}/steps", body, revision=1)

    must_hold(stage, "dossiers", dossier, answer, expected)


@pytest.mark.parametrize(("status", "step", "name", "expected"), MEASURES)
def test_a_measure_takes_only_the_steps_of_its_table(stage, who, status, step, name, expected):
    facts = {"id": str(uuid4()), "case_id": str(uuid4()), "kindergarten_id": SITE}
    measure = due(Measure.BULLETIN, status=MeasureStatus(status), **facts)
    written(stage, EscalationStore, measure)
    path, body = {
        "take": ("taking", {"held_on": "2026-03-09", "text": "已通报"}),
        "waive": ("waiver", {"why": "已整改"}),
    }[step]

    answer = who[name].call("POST", f"measures/{measure.id}/{path}", body, revision=1)

    must_hold(stage, "escalations", measure, answer, expected)


@pytest.mark.parametrize(("status", "step", "name", "expected"), SITES)
def test_an_unlicensed_site_takes_only_the_steps_of_its_table(
    stage, who, person, status, step, name, expected
):
    facts = {"id": str(uuid4()), "opened_by": person}
    site = make_site(status=SiteStatus(status), **facts)
    stage.rooms.inspections._transact(
        lambda tx: UnlicensedStore(stage.rooms.database).add_site(site, tx)
    )
    body = {"step": step, "why": "原因", "children": 3, "kindergarten_id": SITE}

    answer = who[name].call("POST", f"unlicensed-sites/{site.id}/steps", body, revision=1)

    must_hold(stage, "unlicensed_sites", site, answer, expected)
