"""From plans to a checklist: inheritance, the stricter figure, what carries a notice."""

from dataclasses import replace
from datetime import date

import pytest

from checklists.catalogue.actions import catalogue
from checklists.catalogue.model import AnswerKind, Binds, Condition, Place, Severity
from checklists.generation.comparing import compare
from checklists.generation.errors import NothingToPublish, OwnProposal, StepNotAllowed
from checklists.generation.model import Checklist, Subject, sections
from checklists.generation.model import Status as ListStatus
from checklists.generation.rules import (
    draw_up,
    last_day,
    publish,
    speaks_to,
    why_empty,
    withdraw,
)
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
    return draw_up(plans, subject, catalogue()).items


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
    made = plan(
        *(
            requirement(
                "kindergarten-size", threshold={"comparison": "<=", "value": v, "unit": "人"}
            )
            for v in (360, 300)
        )
    )

    (item,) = items(judge(made))

    assert item.threshold.value == 300
    assert not item.threshold.at_least


def test_a_figure_that_no_answer_can_be_compared_with_is_cited_only():
    share = requirement("full-time-guard", threshold=percent(100))
    yes_no = requirement("closed-site-management", threshold=percent(100))

    found = {item.id: item for item in items(judge(plan(share, yes_no)))}

    assert all(item.threshold is None for item in found.values())
    assert found["full-time-guard"].citations[0].threshold.value == 100


def test_values_by_kind_of_staff_are_shown_whole():
    value = {"教师": 2, "保育员": 1}
    staffed = requirement(
        "class-staffing", threshold={"comparison": ">=", "value": value, "unit": "人/班"}
    )

    (item,) = items(judge(plan(staffed)))

    assert item.threshold.value == value


def test_a_draft_stays_for_information_and_carries_no_notice():
    (item,) = items(judge(plan(requirement(), status=Status.DRAFT)))

    assert not item.carries_notice
    assert "征求意见稿" in item.why_not[0]


def test_a_figure_of_a_draft_does_not_outdo_that_of_a_plan_in_force():
    strict = plan(requirement("camera-linkage", threshold=percent(100)), status=Status.DRAFT)
    holding = plan(requirement("camera-linkage", threshold=percent(90)), id="p2")

    (item,) = items(judge(strict), judge(holding))

    assert item.threshold.value == 90
    assert [each.carries_notice for each in item.citations] == [True, False]


def test_past_a_stated_expiry_nothing_is_asked():
    expired = judge(plan(requirement(), valid_until=date(2026, 1, 1)))

    assert items(expired) == ()
    assert "有效期" in why_empty([expired], Subject.KINDERGARTEN)[0]


def test_one_plan_that_contradicts_itself_says_so():
    made = plan(
        requirement("teacher-degree-ratio", section="一、", threshold=percent(90)),
        requirement("teacher-degree-ratio", section="二、", threshold=percent(83)),
    )

    (item,) = items(judge(made))

    assert item.threshold.value == 90
    assert "90%" in item.contradiction[0]
    assert "83%" in item.contradiction[1]


def test_plans_of_one_rank_that_differ_contradict_and_those_of_two_ranks_do_not():
    one = plan(requirement("teacher-degree-ratio", threshold=percent(90)))
    other = plan(
        requirement("teacher-degree-ratio", threshold=percent(83)),
        id="p2",
        title="别的",
        series="p2",
    )
    above = replace(other, region="990000")

    assert "同级文件不一致" in items(judge(one), judge(other))[0].contradiction[0]
    assert items(judge(one), judge(above))[0].contradiction is None


def test_a_condition_holds_only_where_every_clause_has_one():
    private = requirement("filed-account", conditions=(Condition.PRIVATE,))
    non_profit = requirement("filed-account", conditions=(Condition.NON_PROFIT,))

    assert set(items(judge(plan(private, non_profit)))[0].conditions) == {
        Condition.PRIVATE,
        Condition.NON_PROFIT,
    }
    assert items(judge(plan(private, requirement("filed-account"))))[0].conditions == ()


def test_the_gravest_severity_holds_and_what_is_listed_adds_up():
    one = requirement(severity=Severity.MAJOR_HAZARD, threshold={"any_of": ["石墩"]})
    other = requirement(
        threshold={"any_of": ["隔离栏", "石墩"]}, departments=Departments(("市园林局",))
    )

    (item,) = items(judge(plan(one, other)))

    assert item.severity is Severity.MAJOR_HAZARD
    assert set(item.names) == {"石墩", "隔离栏"}
    assert {each.lead for each in item.citations} == {(), ("市园林局",)}


def test_sections_stand_in_the_order_of_a_walk_and_say_what_needs_more():
    needs = replace(catalogue().controls["fire-drill"], two_persons=True, drill=True)
    changed = replace(catalogue(), controls={**catalogue().controls, "fire-drill": needs})
    private = requirement("filed-account", conditions=(Condition.PRIVATE,))
    made = plan(requirement("fire-drill"), private, requirement())

    drawn = draw_up([judge(made)], Subject.KINDERGARTEN, changed)

    found = sections(drawn.items)
    assert [each.place for each in found] == sorted(
        {each.place for each in found}, key=list(Place).index
    )
    assert (found[0].title, found[0].title_en) == ("大门", "Gate")
    assert found[0].item_ids == ("anti-ram-barrier",)
    assert [each.conditional for each in found if each.conditional] == [("filed-account",)]
    assert ("fire-drill",) in [each.drill for each in found]
    assert [each.two_persons for each in found if each.two_persons] == [("fire-drill",)]


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
        ({"binds": Binds.POLICE}, {Subject.BUREAU, Subject.KINDERGARTEN}),
    ],
)
def test_each_subject_is_asked_what_is_looked_at_there(change, subjects):
    one = requirement(**change)

    assert {subject for subject in Subject if speaks_to(one, subject)} == subjects


def test_what_another_office_owes_carries_no_notice_to_the_kindergarten():
    (item,) = items(judge(plan(requirement("police-peak-duty", binds=Binds.POLICE))))

    assert not item.carries_notice
    assert "公安机关" in item.why_not[0]


def test_an_empty_list_says_whom_the_plans_bind_instead():
    high = plan(requirement(applies_to_kindergarten=False, binds=Binds.HIGH_SCHOOL))

    chinese, english = why_empty([judge(high)], Subject.KINDERGARTEN)

    assert "普通高中" in chinese
    assert "high_school" in english
    assert draw_up([judge(high)], Subject.KINDERGARTEN, catalogue()).why_empty == (chinese, english)
    assert "no plan" in why_empty([], Subject.KINDERGARTEN)[1]


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


DRAFT = Checklist(
    id="c",
    region="990102",
    subject=Subject.KINDERGARTEN,
    on=DAY,
    status=ListStatus.DRAFT,
    items=items(judge(plan(requirement()))),
    why_empty=None,
    etag="",
    proposed_at=NOON,
    proposed_by="p1",
)


def test_only_a_draft_with_items_is_published_and_by_a_second_person():
    done = publish(DRAFT, version=1, by="p2", at=NOON)

    assert (done.status, done.version, done.published_by) == (ListStatus.PUBLISHED, 1, "p2")
    with pytest.raises(OwnProposal):
        publish(DRAFT, version=1, by="p1", at=NOON)
    with pytest.raises(StepNotAllowed):
        publish(done, version=2, by="p2", at=NOON)
    with pytest.raises(NothingToPublish):
        publish(replace(DRAFT, items=(), why_empty=("空", "empty")), version=1, by="p2", at=NOON)


def test_only_a_draft_is_withdrawn():
    gone = withdraw(DRAFT)

    assert gone.status is ListStatus.WITHDRAWN
    with pytest.raises(StepNotAllowed):
        withdraw(gone)


def test_two_lists_are_compared_item_by_item():
    after = replace(
        DRAFT, items=items(judge(plan(requirement(section="九、"), requirement("fee-use"))))
    )

    found = compare(DRAFT, after)

    assert found.added == ("fee-use",)
    assert found.changed == {"anti-ram-barrier": ("citations",)}
    assert compare(after, DRAFT).removed == ("fee-use",)
    assert compare(DRAFT, DRAFT).changed == {}
