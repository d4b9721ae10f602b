"""Whose turn it is, and which department looks at what on a joint inspection."""

import pytest

from inspections.visits import turns, workflow
from inspections.visits.errors import (
    NotYourItem,
    OfficerRecused,
    SameOfficersAgain,
    TooManyVisits,
)
from inspections.visits.joint import must_be_own, office_of, own_items, parts
from inspections.visits.model import Kind
from tests.builders import (
    make_answer,
    make_citation,
    make_inspection,
    make_item,
    make_officer,
)

PAIR = (make_officer("person-1"), make_officer("person-2"))
OTHERS = (make_officer("person-1"), make_officer("person-3"))


def by(officers):
    return make_inspection(officers=officers)


def test_who_is_recused_makes_no_visit():
    turns.must_be_free(PAIR, {"person-9"})

    with pytest.raises(OfficerRecused) as refused:
        turns.must_be_free(PAIR, {"person-2"})
    assert refused.value.facts == {"name": "person-2"}


@pytest.mark.parametrize(
    ("before", "most"),
    [
        ([by(PAIR), by(PAIR)], 3),
        ([by(PAIR), by(OTHERS), by(PAIR)], 3),
        ([by(PAIR)] * 9, None),
        ([], 1),
        ([by(OTHERS), by(PAIR), by(PAIR)], 1),
    ],
)
def test_the_same_officers_may_come_again_while_others_came_between(before, most):
    turns.must_change(PAIR, before, most)


def test_the_same_officers_do_not_come_for_ever():
    with pytest.raises(SameOfficersAgain):
        turns.must_change(PAIR, [by(PAIR), by(PAIR), by(OTHERS)], 2)


def test_a_kindergarten_has_so_many_visits_a_year():
    turns.must_be_within(1, 2)
    turns.must_be_within(99, None)

    with pytest.raises(TooManyVisits):
        turns.must_be_within(2, 2)


@pytest.mark.parametrize(
    ("department", "office"),
    [
        ("市公安局", "公安局"),
        ("演示县公安局", "公安局"),
        ("公安局", "公安局"),
        ("市市场监管局", "市场监管局"),
        ("市场监管局", "市场监管局"),
        ("县", "县"),
    ],
)
def test_an_office_is_told_by_its_own_name(department, office):
    assert office_of(department) == office


ITEMS = {
    "alarm": make_item(
        "alarm", citations=(make_citation(lead=("市公安局",), others=("市教育局",)),) * 2
    ),
    "kitchen": make_item("kitchen", citations=(make_citation(lead=("市市场监管局",)),)),
    "classes": make_item("classes"),
}
POLICE = make_officer("person-3", department="演示县公安局")
FOOD = make_officer("person-4", department="演示县市场监管局")


def joint(*officers, **changed):
    return make_inspection(
        kind=Kind.JOINT,
        items=tuple(ITEMS),
        officers=officers,
        parts=parts(ITEMS, tuple(ITEMS)),
        **changed,
    )


def test_the_departments_come_from_the_clauses_that_name_them():
    found = {each.department: (each.item_ids, each.lead) for each in parts(ITEMS, tuple(ITEMS))}

    assert found == {
        "市公安局": (("alarm",), ("alarm",)),
        "市教育局": (("alarm",), ()),
        "市市场监管局": (("kitchen",), ("kitchen",)),
    }


def test_each_looks_at_its_own_and_the_bureau_at_what_nobody_else_does():
    visit = joint(PAIR[0], POLICE)

    assert own_items(visit, POLICE) == {"alarm"}
    assert own_items(visit, PAIR[0]) == {"kitchen", "classes"}
    assert own_items(joint(PAIR[0], POLICE, FOOD), PAIR[0]) == {"classes"}
    assert own_items(make_inspection(), PAIR[0]) == {"anti-ram-barrier", "food-grade"}


def test_nobody_answers_for_another_department():
    visit = joint(PAIR[0], POLICE)

    must_be_own(visit, "person-3", [make_answer("alarm")])
    must_be_own(visit, "person-9", [make_answer("alarm")])
    must_be_own(make_inspection(), "person-1", [make_answer("food-grade")])
    must_be_own(visit, "person-3", [make_answer("unknown")])
    for person, item in (("person-3", "kitchen"), ("person-1", "alarm")):
        with pytest.raises(NotYourItem):
            must_be_own(visit, person, [make_answer(item)])


def test_an_officer_of_a_department_reads_its_own_items_and_the_bureau_reads_its_own_answers():
    answers = {each: make_answer(each) for each in ITEMS}
    visit = joint(PAIR[0], POLICE, answers=answers)

    police = workflow.as_seen_by(visit, "person-3")
    bureau = workflow.as_seen_by(visit, "person-1")
    supervisor = workflow.as_seen_by(visit, "person-9")

    assert (police.item_ids, set(police.answers)) == (("alarm",), {"alarm"})
    assert set(bureau.answers) == {"kitchen", "classes"}
    assert bureau.item_ids == tuple(ITEMS)
    assert set(supervisor.answers) == set(ITEMS)
