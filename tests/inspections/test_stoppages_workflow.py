"""The rules of a stoppage, each step against a table written apart from the code."""

from datetime import timedelta
from itertools import product

import pytest

from inspections.stoppages import workflow
from inspections.stoppages.errors import (
    NotAMajorHazard,
    OwnStoppage,
    ProofLacksPhoto,
    StoppageStepNotAllowed,
)
from inspections.stoppages.model import Status, Step, Stoppage, Taken
from tests.builders import NOON

TABLE = """
           prove   confirm    reject   lift
ordered    proven  -          -        lifted
proven     proven  confirmed  ordered  -
confirmed  -       -          -        lifted
lifted     -       -          -        -
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (status, step, outcome)
    for status, *outcomes in LINES
    for step, outcome in zip(HEAD, outcomes, strict=True)
]
HELD = frozenset({"photo-1"})


def make_stoppage(**changed):
    return Stoppage(
        **{
            "id": "stoppage-1",
            "case_id": "case-1",
            "inspection_id": "inspection-1",
            "item_id": "floor-and-basement",
            "item_title": "楼层",
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县实验幼儿园",
            "region": "990102",
            "what": "四楼活动室",
            "basis": ("学前教育法 51",),
            "ordered_by": "person-1",
            "ordered_at": NOON,
            "proof_due_at": NOON + timedelta(hours=24),
            "officers": ("person-1", "person-2"),
        }
        | changed
    )


def take(stoppage, step, by="person-9", photos=("photo-1",)):
    return workflow.advance(stoppage, Taken(Step(step), NOON, by, "原因", photos), held=HELD)


@pytest.mark.parametrize(("status", "step", "outcome"), CELLS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(status, step, outcome):
    stoppage = make_stoppage(status=Status(status))

    if outcome == "-":
        with pytest.raises(StoppageStepNotAllowed):
            take(stoppage, step)
    else:
        assert take(stoppage, step).status == outcome


def test_the_table_covers_every_status_and_step():
    assert {cell[:2] for cell in CELLS} == set(
        product([each.value for each in Status], [each.value for each in Step])
    )


@pytest.mark.parametrize("photos", [(), ("photo-2",), ("photo-1", "photo-2")])
def test_a_proof_is_a_photo_of_this_stoppage(photos):
    with pytest.raises(ProofLacksPhoto):
        take(make_stoppage(), "prove", photos=photos)


@pytest.mark.parametrize("by", ["person-1", "person-2"])
def test_who_ordered_it_or_made_the_visit_does_not_lift_it(by):
    with pytest.raises(OwnStoppage):
        take(make_stoppage(status=Status.CONFIRMED), "lift", by=by)


@pytest.mark.parametrize(("severity", "not_met"), [("ordinary", True), ("major_hazard", False)])
def test_only_a_major_hazard_that_was_found_is_stopped(severity, not_met):
    workflow.must_be_major("major_hazard", not_met=True)

    with pytest.raises(NotAMajorHazard):
        workflow.must_be_major(severity, not_met=not_met)


def test_what_is_not_proven_in_time_is_overdue_since_then_and_once():
    late = NOON + timedelta(days=9)

    lapsed = workflow.lapse(make_stoppage(), late)

    assert lapsed.overdue_at == NOON + timedelta(hours=24)
    assert workflow.lapse(lapsed, late) is None
    assert workflow.lapse(make_stoppage(), NOON) is None
    assert workflow.lapse(make_stoppage(status=Status.PROVEN), late) is None
