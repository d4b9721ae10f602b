"""From plans to a checklist: inheritance, the stricter figure, what carries a notice."""

from dataclasses import replace
from datetime import date

import pytest

from checklists.catalogue.actions import catalogue
from checklists.catalogue.model import AnswerKind, Binds, Condition, Severity
from checklists.generation.compiling import (
    compile_items,
    concerns,
    last_day,
    strictness,
    why_empty,
    words_of,
)
from checklists.generation.model import Subject
from checklists.plans.model import Continuation, Departments, Status
from checklists.plans.validity import Standing, judged, standing
from tests.checklists.plans import DAY, NOON, judge, plan, requirement


def continuation(**change):
    facts = {
        "id": "c-1",
        "plan_id": "plan-1",
        "number": "文〔2026〕1号",
        "decided_on": date(2026, 1, 1),
        "reason": "继续执行",
        "account_id": "a",
        "person_id": "p",
        "recorded_at": NOON,
    }
    return Continuation(**(facts | change))


def percent(value, comparison=">="):
    return {"comparison": comparison, "value": value, "unit": "%"}


def items(*plans, subject=Subject.KINDERGARTEN):
    return compile_items(plans, subject, catalogue())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Standing.IN_FORCE),
        ({"horizon": 2026}, Standing.IN_FORCE),
        ({"horizon": 2025}, Standing.PAST_HORIZON),
        ({"status": Status.DRAFT}, Standing.DRAFT),
        ({"status": Status.TRIAL}, Standing.IN_FORCE),
        ({"status": Status.REPEALED}, Standing.REPEALED),
        ({"valid_until": date(2026, 5, 31)}, Standing.EXPIRED),
        ({"valid_until": DAY}, Standing.IN_FORCE),
        ({"valid_from": date(2026, 6, 2)}, Standing.NOT_YET),
        ({"valid_until": date(2026, 5, 31), "status": Status.DRAFT}, Standing.EXPIRED),
    ],
)
def test_a_plan_is_worth_what_its_status_dates_and_horizon_say(change, expected):
    assert standing(plan(**change), DAY) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Standing.CONTINUED),
        ({"until": DAY}, Standing.CONTINUED),
        ({"until": date(2026, 5, 31)}, Standing.PAST_HORIZON),
        ({"decided_on": date(2026, 6, 2)}, Standing.PAST_HORIZON),
        ({"plan_id": "another"}, Standing.PAST_HORIZON),
    ],
)
def test_past_its_horizon_a_plan_continues_only_by_a_record_of_its_own(change, expected):
    assert standing(plan(horizon=2025), DAY, [continuation(**change)]) is expected


def test_of_a_series_the_latest_edition_counts_and_other_regions_do_not():
    old, new = plan(), plan(id="plan-2", edition=2)
    elsewhere = plan(id="plan-3", region="440000", series="x")

    found = judged([new, old, elsewhere], ("990102", "990100"), DAY)

    assert [each.plan.id for each in found] == ["plan-2"]


def test_the_nearer_region_comes_first():
    city, province = plan(), plan(id="p", region="990000", series="p")

    found = judged([province, city], ("990100", "990000"), DAY)

    assert [each.plan.region for each in found] == ["990100", "990000"]


def test_two_clauses_on_one_control_are_one_item_with_both_cited():
    upper = plan(requirement(), id="upper", region="990000")
    lower = plan(requirement(section="二、"))

    (item,) = items(judge(lower), judge(upper))

    assert [each.plan_id for each in item.citations] == ["plan-1", "upper"]
    assert item.carries_notice


@pytest.mark.parametrize(
    ("control", "figures", "holds"),
    [
        ("camera-linkage", [percent(90), percent(100)], 100),
        (
            "food-grade",
            [
                {"comparison": ">=", "value": "B", "unit": "级"},
                {"comparison": ">=", "value": "A", "unit": "级"},
            ],
            "A",
        ),
        (
            "full-time-guard",
            [percent(100), {"comparison": ">=", "value": 2, "unit": "人"}],
            2,
        ),
    ],
)
def test_the_stricter_figure_holds(control, figures, holds):
    made = plan(*(requirement(control, threshold=each) for each in figures))

    (item,) = items(judge(made))

    assert item.threshold.value == holds
    assert item.threshold.at_least


def test_of_two_upper_limits_the_lower_is_stricter():
    assert strictness(percent(10, "<=")) > strictness(percent(20, "<="))
    assert strictness({"comparison": "<=", "value": {"小班": 20}, "unit": "人"}) > strictness(
        {"comparison": "<=", "value": {"小班": 25}, "unit": "人"}
    )
    assert strictness({"comparison": ">=", "value": "良好", "unit": "级"}) == -4


def test_a_figure_that_no_answer_can_be_compared_with_is_told_in_words():
    staffed = requirement(
        "class-staffing",
        threshold={"comparison": ">=", "value": {"教师": 2, "保育员": 1}, "unit": "人/班"},
    )
    share = requirement("full-time-guard", threshold=percent(100))
    yes_no = requirement("closed-site-management", threshold=percent(100))

    found = {item.id: item for item in items(judge(plan(staffed, share, yes_no)))}

    assert all(item.threshold is None for item in found.values())
    assert found["class-staffing"].figure == "教师≥2人/班，保育员≥1人/班"
    assert found["full-time-guard"].figure == "≥100%"
    assert words_of(None) is None


def test_a_draft_stays_for_information_and_carries_no_notice():
    (item,) = items(judge(plan(requirement(), status=Status.DRAFT)))

    assert not item.carries_notice
    assert "征求意见稿" in item.why


def test_a_figure_of_a_draft_does_not_outdo_that_of_a_plan_in_force():
    strict = plan(requirement("camera-linkage", threshold=percent(100)), status=Status.DRAFT)
    holding = plan(requirement("camera-linkage", threshold=percent(90)), id="p2")

    (item,) = items(judge(strict), judge(holding))

    assert item.threshold.value == 90
    assert [each.carries_notice for each in item.citations] == [True, False]


def test_past_a_stated_expiry_nothing_is_asked():
    expired = judge(plan(requirement(), valid_until=date(2026, 1, 1)))

    assert items(expired) == ()
    assert "有效期" in why_empty([expired], Subject.KINDERGARTEN, "某市")


def test_one_plan_that_contradicts_itself_says_so():
    made = plan(
        requirement("teacher-degree-ratio", section="一、", threshold=percent(90)),
        requirement("teacher-degree-ratio", section="二、", threshold=percent(83)),
    )

    (item,) = items(judge(made))

    assert item.threshold.value == 90
    assert "≥90%" in item.contradiction
    assert "≥83%" in item.contradiction


def test_two_plans_that_differ_do_not_contradict():
    one = plan(requirement("teacher-degree-ratio", threshold=percent(90)))
    other = plan(requirement("teacher-degree-ratio", threshold=percent(83)), id="p2", title="别的")

    assert items(judge(one), judge(other))[0].contradiction is None


def test_a_condition_holds_only_where_every_clause_has_one():
    private = requirement("filed-account", conditions=(Condition.PRIVATE,))
    non_profit = requirement("filed-account", conditions=(Condition.NON_PROFIT,))

    assert items(judge(plan(private, non_profit)))[0].conditions == (
        Condition.PRIVATE,
        Condition.NON_PROFIT,
    )
    assert items(judge(plan(private, requirement("filed-account"))))[0].conditions == ()


def test_the_gravest_severity_holds_and_what_is_listed_adds_up():
    one = requirement(severity=Severity.MAJOR_HAZARD, threshold={"any_of": ["石墩"]})
    other = requirement(
        threshold={"any_of": ["隔离栏", "石墩"]},
        deadline="及时",
        consequence="通报",
        departments=Departments(("市教育局",)),
    )

    (item,) = items(judge(plan(one, other)))

    assert item.severity is Severity.MAJOR_HAZARD
    assert item.any_of == ("石墩", "隔离栏")
    assert (item.deadline, item.consequence) == ("及时", "通报")
    assert item.departments.lead == ("市教育局",)


def test_items_stand_in_the_order_of_a_walk():
    made = plan(*map(requirement, ("fee-use", "food-grade", "one-key-alarm", "dangerous-building")))

    assert [item.id for item in items(judge(made))] == [
        "one-key-alarm",
        "dangerous-building",
        "food-grade",
        "fee-use",
    ]


def test_a_control_that_left_the_catalogue_asks_nothing():
    assert items(judge(plan(requirement("gone-control")))) == ()


@pytest.mark.parametrize(
    ("change", "subjects"),
    [
        ({}, {Subject.KINDERGARTEN}),
        ({"binds": Binds.STAFF}, {Subject.KINDERGARTEN}),
        ({"inspectable_on_site": False}, set()),
        ({"applies_to_kindergarten": False, "binds": Binds.HIGH_SCHOOL}, {Subject.HIGH_SCHOOL}),
        (
            {"applies_to_kindergarten": False, "binds": Binds.TRAINING_INSTITUTION},
            {Subject.TRAINING_INSTITUTION},
        ),
        ({"binds": Binds.UNLICENSED_SITE}, {Subject.UNLICENSED_SITE}),
        ({"binds": Binds.POLICE, "inspectable_on_site": False}, {Subject.BUREAU}),
    ],
)
def test_each_subject_is_asked_what_binds_it(change, subjects):
    one = requirement(**change)

    assert {subject for subject in Subject if concerns(subject, one)} == subjects


def test_an_empty_list_says_whom_the_plans_bind_instead():
    high = plan(requirement(applies_to_kindergarten=False, binds=Binds.HIGH_SCHOOL))
    office = plan(requirement(binds=Binds.BUREAU), title="另一方案")
    own = plan(requirement(), title="第三方案")
    bare = plan(title="第四方案")

    told = why_empty([judge(each) for each in (high, office, bare)], Subject.KINDERGARTEN, "某市")
    for_training = why_empty([judge(own)], Subject.TRAINING_INSTITUTION, "某市")

    assert "普通高中" in told
    assert "主管部门" in told
    assert "幼儿园" in for_training
    assert "没有收录" in why_empty([], Subject.KINDERGARTEN, "某市")
    assert why_empty([judge(own)], Subject.KINDERGARTEN, "某市") == "。"


@pytest.mark.parametrize(
    ("change", "continued", "day"),
    [
        ({}, (), None),
        ({"valid_until": date(2027, 1, 1)}, (), date(2027, 1, 1)),
        ({"horizon": 2026}, (), date(2026, 12, 31)),
        ({"horizon": 2025}, (), None),
        ({"valid_from": date(2026, 7, 1)}, (), date(2026, 6, 30)),
        ({"valid_until": date(2026, 1, 1)}, (), None),
        ({"horizon": 2025}, (continuation(until=date(2026, 9, 1)),), date(2026, 9, 1)),
        ({"horizon": 2025}, (continuation(),), None),
    ],
)
def test_a_checklist_stands_until_a_plan_changes_its_standing(change, continued, day):
    assert last_day([judge(plan(**change), continuations=continued)], DAY, continued) == day


def test_a_ratio_in_another_unit_is_not_compared():
    odd = requirement("camera-linkage", threshold={"comparison": ">=", "value": 3, "unit": "天"})

    assert items(judge(plan(odd)))[0].threshold is None
    assert items(judge(plan(odd)))[0].answer_kind is AnswerKind.RATIO


def test_an_item_is_what_inspections_pin():
    (item,) = items(judge(plan(requirement())))

    assert replace(item, title="x").id == "anti-ram-barrier"
    assert item.articles
