"""The rules of a dossier, each step against a table written apart from the code."""

from datetime import timedelta
from itertools import product

import pytest

from inspections.cases.dossiers import workflow
from inspections.cases.dossiers.errors import (
    BadDossier,
    DossierStepNotAllowed,
    OwnDossier,
    StillAtWork,
)
from inspections.cases.dossiers.model import Dossier, Ground, Kind, Status, Step, Taken
from tests.builders import NOON

TABLE = """
           tell   stop     refer     confirm    dismiss    reopen
open       told   -        -         -          dismissed  -
told       -      stopped  referred  -          dismissed  -
stopped    -      -        referred  confirmed  dismissed  -
referred   -      stopped  -         confirmed  -          -
confirmed  -      -        -         -          -          open
dismissed  -      -        -         -          -          open
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (status, step, outcome)
    for status, *outcomes in LINES
    for step, outcome in zip(HEAD, outcomes, strict=True)
]


def make_dossier(**changed):
    return Dossier(
        **{
            "id": "dossier-1",
            "kind": Kind.PERSON,
            "ground": Ground.NO_QUALIFICATION,
            "region": "990102",
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县实验幼儿园",
            "name": "某教师",
            "found": "无教师资格证",
            "opened_by": "person-1",
            "opened_at": NOON,
            "duty": "教师",
        }
        | changed
    )


def take(dossier, step, by="person-9", proof_hours=24, **more):
    facts = {"department": "演示县公安局"} | more
    taken = Taken(Step(step), Status.OPEN, NOON, by, "原因", **facts)
    return workflow.advance(dossier, taken, held=frozenset({"photo-1"}), proof_hours=proof_hours)


@pytest.mark.parametrize(("status", "step", "outcome"), CELLS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(status, step, outcome):
    dossier = make_dossier(status=Status(status))

    if outcome == "-":
        with pytest.raises(DossierStepNotAllowed):
            take(dossier, step)
    else:
        after = take(dossier, step)
        assert (after.status, after.steps[-1].status) == (outcome, outcome)
        assert after.stop_due_at == (NOON if step == "tell" else None)


def test_the_table_covers_every_status_and_step():
    assert {cell[:2] for cell in CELLS} == set(
        product([each.value for each in Status], [each.value for each in Step])
    )


@pytest.mark.parametrize("step", ["confirm", "dismiss"])
def test_who_had_a_part_does_not_end_it(step):
    stopped = take(make_dossier(status=Status.TOLD), "stop", by="person-8")

    for by in ("person-1", "person-8"):
        with pytest.raises(OwnDossier):
            take(stopped, step, by=by)


def test_a_referral_names_its_department_and_a_photo_is_of_the_dossier():
    told = make_dossier(status=Status.TOLD)

    assert take(told, "stop", evidence_ids=("photo-1",)).status is Status.STOPPED
    with pytest.raises(BadDossier):
        take(told, "refer", department=None)
    with pytest.raises(BadDossier):
        take(told, "stop", evidence_ids=("photo-2",))


INSTITUTION = {"kind": Kind.TRAINING_INSTITUTION, "ground": Ground.FORBIDDEN_CLASS, "duty": None}


@pytest.mark.parametrize(
    "lacking",
    [
        {"ground": Ground.FORBIDDEN_CLASS},
        {"duty": None},
        {"kindergarten_id": None},
        INSTITUTION,
    ],
)
def test_what_its_kind_needs_is_there(lacking):
    workflow.must_be_whole(make_dossier())
    workflow.must_be_whole(make_dossier(**INSTITUTION, address="演示路 9 号二层"))

    with pytest.raises(BadDossier):
        workflow.must_be_whole(make_dossier(**lacking))


HOURS = timedelta(hours=24)


def test_a_person_who_was_not_shown_to_be_off_work_ends_no_dossier():
    told = take(make_dossier(), "tell", by="person-8")
    referred = take(told, "refer", by="person-8")
    with pytest.raises(StillAtWork):
        take(referred, "confirm")

    stopped = take(referred, "stop", by="person-7")

    assert told.proof_due_at == referred.proof_due_at == NOON + HOURS
    assert stopped.proof_due_at is None
    assert take(stopped, "confirm").status is Status.CONFIRMED
    assert take(told, "dismiss").proof_due_at is None


def test_an_institution_ends_when_it_was_referred():
    facts = {"kind": Kind.TRAINING_INSTITUTION, "ground": Ground.FORBIDDEN_CLASS}
    told = take(make_dossier(**facts), "tell", by="person-8")

    assert told.proof_due_at is None
    bare = Taken(Step.REFER, Status.OPEN, NOON, "person-8", "原因", department="演示县公安局")
    with pytest.raises(BadDossier):
        workflow.advance(told, bare, held=frozenset())
    assert take(take(told, "refer", by="person-8"), "confirm").status is Status.CONFIRMED


def test_what_was_not_shown_in_time_lapses_once_at_the_instant_it_was_due():
    told = take(make_dossier(), "tell", proof_hours=4)
    due = NOON + timedelta(hours=4)

    late = workflow.lapse(told, due)

    assert workflow.lapse(told, due - timedelta(seconds=1)) is None
    assert (late.overdue_at, late.revision) == (due, told.revision + 1)
    assert workflow.lapse(late, due + HOURS) is None
    assert workflow.lapse(take(told, "stop"), due + HOURS) is None
    reopened = take(take(take(late, "stop"), "confirm", by="person-6"), "reopen")
    assert take(reopened, "tell").overdue_at is None
