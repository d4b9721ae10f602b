"""The steps of a renaming case, from a table, and what must be right before it ends."""

from itertools import product

import pytest

from inspections.cases.renaming import workflow
from inspections.cases.renaming.errors import (
    NameStillWrong,
    PhotosMissing,
    SecondPerson,
    StepNotAllowed,
    WordingDiffers,
)
from inspections.cases.renaming.model import Borne, Judgement, RenamingCase, Status, Step, Taken
from tests.builders import NOON

NEW = "演示县春芽幼儿园"
STEPS = {
    ("opened", "tell"): "told",
    ("opened", "dismiss"): "dismissed",
    ("told", "answer"): "answered",
    ("told", "object"): "objected",
    ("told", "dismiss"): "dismissed",
    ("answered", "return"): "told",
    ("answered", "accept"): "accepted",
    ("answered", "dismiss"): "dismissed",
    ("objected", "return"): "told",
    ("objected", "dismiss"): "dismissed",
    ("accepted", "return"): "told",
    ("accepted", "rename"): "renamed",
}


def make_judgement(name=NEW, verdict="ok", findings=()):
    return Judgement(name, verdict, findings, NOON)


def make_case(**changed):
    return RenamingCase(
        **{
            "id": "case-1",
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县国际幼儿园",
            "region": "990102",
            "nature": "private",
            "status": Status.OPENED,
            "opening": make_judgement("演示县国际幼儿园", "violation"),
            "opened_at": NOON,
            "opened_by": "person-1",
            "changed_at": NOON,
            "why": "原因",
            "photos": {"sign": "1", "seal": "2", "licence": "3"},
        }
        | changed
    )


def advance(case, step, by="person-9", **more):
    return workflow.advance(case, Step(step), by=by, why="原因", at=NOON, **more)


@pytest.mark.parametrize(("status", "step"), list(product(Status, Step)))
def test_every_step_follows_the_table_and_no_other(status, step):
    case = make_case(status=status)
    after = STEPS.get((status.value, step.value))

    if after is None:
        with pytest.raises(StepNotAllowed):
            advance(case, step)
    else:
        done = advance(case, step)
        assert (done.status, done.revision, done.steps[-1].step) == (after, 2, step)


@pytest.mark.parametrize(("status", "step"), [("accepted", "rename"), ("told", "dismiss")])
def test_nobody_ends_a_case_in_which_they_took_part(status, step):
    told = Taken(Step.TELL, Status.TOLD, NOON, "person-2", "原因")
    case = make_case(status=Status(status), steps=(told,))

    for person in ("person-1", "person-2"):
        with pytest.raises(SecondPerson):
            advance(case, step, by=person)


def test_the_directors_answer_is_no_part_of_the_bureaus():
    said = Taken(Step.ANSWER, Status.ANSWERED, NOON, "person-7", "原因")

    assert workflow.involved(make_case(steps=(said,))) == {"person-1"}


@pytest.mark.parametrize("status", ["answered", "accepted"])
def test_a_new_name_in_breach_goes_no_further(status):
    wrong = make_judgement("世界幼儿园", "violation", ({"why": "原因", "term": "世界"},))
    step = {"answered": "accept", "accepted": "rename"}[status]

    with pytest.raises(NameStillWrong) as refused:
        advance(make_case(status=Status(status)), step, proposal=wrong)
    assert "世界" in refused.value.sentence("en")


def test_a_doubtful_new_name_is_the_officials_to_accept():
    doubtful = make_judgement("春芽国际城幼儿园", "review")

    accepted = advance(make_case(status=Status.ANSWERED), "accept", proposal=doubtful)

    assert accepted.proposal == doubtful


@pytest.mark.parametrize("carrier", ["sign", "seal", "licence"])
def test_sign_seal_and_licence_bear_the_new_name(carrier):
    borne = {"sign": NEW, "seal": NEW, "licence": NEW, "licence_number": "1"}
    case = make_case(status=Status.ACCEPTED)

    done = advance(case, "rename", proposal=make_judgement(), borne=Borne(**borne))
    other = Borne(**{**borne, carrier: "演示县春芽园"})
    with pytest.raises(WordingDiffers):
        advance(case, "rename", proposal=make_judgement(), borne=other)

    assert done.borne == Borne(**borne)


def test_every_status_is_told_in_words():
    assert all(status.told[0] for status in Status)


@pytest.mark.parametrize("carrier", ["sign", "seal", "licence"])
def test_sign_seal_and_licence_are_shown_before_it_is_renamed(carrier):
    photos = {"sign": "1", "seal": "2", "licence": "3"}
    del photos[carrier]
    case = make_case(status=Status.ACCEPTED, photos=photos, proposal=make_judgement())
    borne = Borne(NEW, NEW, NEW, "教演2")

    with pytest.raises(PhotosMissing):
        advance(case, "rename", proposal=make_judgement(), borne=borne)


def test_a_case_lapses_once_and_not_when_it_has_ended():
    due = make_case(status=Status.TOLD, due_at=NOON)

    lapsed = workflow.lapse(due, NOON)

    assert (lapsed.overdue_at, lapsed.climb_at) == (NOON, NOON)
    assert workflow.lapse(lapsed, NOON) is None
    assert workflow.lapse(make_case(status=Status.RENAMED, due_at=NOON), NOON) is None
    assert workflow.lapse(make_case(status=Status.TOLD), NOON) is None
    assert advance(lapsed, "dismiss").climb_at is None
