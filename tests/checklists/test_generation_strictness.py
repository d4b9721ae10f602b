"""Of several clauses the stricter holds, with both cited and a sentence that says why."""

import pytest

from checklists.catalogue.actions import catalogue
from checklists.catalogue.model import AnswerKind, Condition
from checklists.generation.model import Subject, Threshold
from checklists.generation.rules import draw_up
from checklists.generation.strictness import (
    contradictions,
    deadline_of,
    figure_told,
    holds,
    limit_of,
    settled,
    strictness,
    traced,
)
from checklists.plans.model import Status
from tests.builders import make_citation
from tests.checklists.plans import judge, plan, requirement

PROVINCE, CITY, COUNTY = "990000", "990100", "990102"


def clause(value=None, unit="%", comparison=">=", *, region=CITY, **change):
    threshold = Threshold(comparison, value, unit) if value is not None else None
    facts = {
        "title": f"{region} 方案",
        "plan_id": f"plan of {region}",
        "section": f"{value}",
        "words_sha256": f"{value}{unit}{region}".ljust(64, "0"),
    }
    return make_citation(**(facts | {"threshold": threshold, "region": region} | change))


def ordered(*citations):
    return sorted(citations, key=strictness)


@pytest.mark.parametrize(
    ("looser", "stricter", "answer"),
    [
        (clause(90), clause(100), AnswerKind.RATIO),
        (clause(1, "名"), clause(2, "人"), AnswerKind.COUNT),
        (clause(30, "人", "<="), clause(25, "人", "<="), AnswerKind.COUNT),
        (clause("B", "级"), clause("A", "级"), AnswerKind.GRADE),
        (clause(None), clause(2, "名"), AnswerKind.COUNT),
        (clause(1, "个月", "<="), clause(15, "日", "<="), AnswerKind.COUNT),
        (clause(60, "日"), clause(3, "个月"), AnswerKind.COUNT),
        (clause(90, "分钟"), clause(2, "小时"), AnswerKind.COUNT),
    ],
    ids=["minimum", "units", "maximum", "grade", "none", "period", "kept for", "time"],
)
def test_the_stricter_of_two_clauses_holds_whichever_comes_first(looser, stricter, answer):
    for given in ((looser, stricter), (stricter, looser)):
        assert holds(ordered(*given), answer) == stricter.threshold


@pytest.mark.parametrize(
    ("sign", "province", "city", "expected"),
    [
        (">=", {"教师": 2, "保育员": 1}, {"教师": 1, "保育员": 2}, {"教师": 2, "保育员": 2}),
        ("<=", {"小班": 25, "大班": 35}, {"小班": 20, "大班": 40}, {"小班": 20, "大班": 35}),
        ("<=", {"小班": 25}, {"中班": 30}, {"小班": 25, "中班": 30}),
    ],
    ids=["staff of a class", "size of a class", "classes apart"],
)
def test_of_values_by_kind_each_takes_its_own_stricter_one(sign, province, city, expected):
    found = ordered(clause(province, "人", sign, region=PROVINCE), clause(city, "人", sign))

    assert holds(found, AnswerKind.COUNT).value == expected


def test_a_value_by_kind_does_not_mix_with_another_bound_or_a_draft():
    most = clause({"小班": 25}, "人", "<=")
    least = clause({"小班": 10}, "人", ">=")
    draft = clause({"小班": 20}, "人", "<=", carries_notice=False)
    plain = clause(30, "人", "<=")

    for other in (least, draft, plain):
        assert holds([most, other], AnswerKind.COUNT).value == {"小班": 25}


@pytest.mark.parametrize(
    ("threshold", "answer"),
    [(clause(100), AnswerKind.YES_NO), (clause("优", "级"), AnswerKind.GRADE)],
    ids=["yes or no", "no grade"],
)
def test_what_no_answer_compares_with_holds_nothing(threshold, answer):
    assert holds([threshold], answer) is None
    assert traced([threshold, clause("良", "级")]) == ()


def test_the_item_says_why_the_stricter_figure_holds():
    (told,) = traced(ordered(clause(90, section="二、"), clause(100, section="三、")))

    assert told[0].startswith("从严：")
    assert "三、 ≥100% 严于" in told[0]
    assert "≥90%" in told[0]
    assert told[1].startswith("The stricter holds")


@pytest.mark.parametrize(
    ("below", "above"),
    [
        (clause(83, region=COUNTY), clause(93, region=PROVINCE)),
        (clause(40, "人", "<=", region=COUNTY), clause(35, "人", "<=", region=CITY)),
        (clause("B", "级", region=CITY), clause("A", "级", region="000000")),
        (clause(2, "个月", "<=", region=COUNTY), clause(30, "日", "<=", region=CITY)),
    ],
    ids=["minimum", "maximum", "grade", "period"],
)
def test_a_county_that_loosens_a_figure_is_told(below, above):
    found = ordered(below, above)

    assert found[0] is above
    assert traced(found)[0][0].startswith("下级放宽：")
    assert traced(found)[0][1].startswith("Loosened below")


def test_a_county_that_tightens_a_figure_is_followed():
    found = ordered(clause(100, region=COUNTY), clause(90, region=PROVINCE))

    assert holds(found, AnswerKind.RATIO).value == 100
    assert traced(found)[0][0].startswith("从严：")


def test_a_stricter_clause_without_force_is_for_information():
    found = ordered(clause(90), clause(100, carries_notice=False))

    assert holds(found, AnswerKind.RATIO).value == 90
    assert "仅供参考" in traced(found)[0][0]


@pytest.mark.parametrize(
    "same",
    [
        (clause(100), clause(100, region=COUNTY)),
        (clause(100), clause(3, "名")),
        (clause(20, "人", "<="), clause(2, "人", ">=")),
        (clause(None), clause(None, region=COUNTY)),
    ],
    ids=["equal", "other dimension", "other bound", "no figures"],
)
def test_what_does_not_compare_needs_no_reason(same):
    assert traced(ordered(*same)) == ()


@pytest.mark.parametrize(
    ("rivals", "contradict"),
    [
        ((clause(90), clause(83)), True),
        ((clause(90), clause(90)), False),
        ((clause(90), clause(83, region=COUNTY)), False),
        ((clause(90), clause(83, title="另一方案", plan_id="p-2")), True),
        ((clause(90), clause(83, conditions=(Condition.RURAL,))), False),
        ((clause(90), clause(83, carries_notice=False)), False),
        ((clause(30, "日", "<="), clause(1, "个月", "<=")), False),
        ((clause(5, "人", ">="), clause(3, "人", "<=")), True),
        ((clause(3, "人", ">="), clause(5, "人", "<=")), False),
        ((clause("A", "级"), clause("B", "级")), True),
        ((clause({"小班": 20}, "人", "<="), clause({"小班": 25}, "人", "<=")), True),
    ],
)
def test_figures_that_differ_at_one_rank_contradict(rivals, contradict):
    assert bool(contradictions(rivals)) is contradict


def test_a_contradiction_asks_the_bureau_and_the_stricter_holds_until_then():
    holding, over, asked = settled(ordered(clause(83), clause(90)), None)

    assert (holds(holding, AnswerKind.RATIO).value, over) == (90, [])
    assert "前后不一致" in asked[0]
    assert "the bureau must choose" in asked[1]


def test_two_plans_of_one_rank_are_named_where_they_contradict():
    *_, asked = settled([clause(90), clause(83, title="另一方案", plan_id="p-2")], None)

    assert "同级文件不一致" in asked[0]
    assert "《另一方案》83: ≥83%" in asked[0]
    assert "Plans of one rank" in asked[1]


def test_the_clause_that_the_bureau_chose_holds_and_the_others_stay_cited():
    loose, strict = clause(83), clause(90)

    holding, over, asked = settled(ordered(loose, strict), loose.words_sha256)

    assert (holds(holding, AnswerKind.RATIO).value, over, asked) == (83, [strict], None)
    assert traced(holding, over)[0][0].startswith("主管部门择一")


def test_a_choice_does_not_undo_what_stands_above():
    above = clause(93, region=PROVINCE)

    holding, *_ = settled(ordered(clause(83), clause(90), above), clause(83).words_sha256)

    assert holds(ordered(*holding), AnswerKind.RATIO).value == 93


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        (None, None),
        ("限期整改", None),
        ("立即", ("within", 0)),
        ("当日", ("within", 1)),
        ("及时", ("within", 10_000)),
        ("一个月内", ("within", 30)),
        ("10个工作日内", ("within", 14)),
        ("十五日内", ("within", 15)),
        ("二十日内", ("within", 20)),
        ("2年内", ("within", 730)),
        ("每月", ("every", 30)),
        ("2025年前", ("before", 2025)),
    ],
)
def test_a_time_limit_is_read_from_its_words(words, limit):
    assert limit_of(words) == (limit and (limit[0], pytest.approx(limit[1])))


@pytest.mark.parametrize(
    ("limits", "holding", "reasons"),
    [
        (("及时", "一个月内"), "一个月内", 1),
        (("一个月内", "15日内"), "15日内", 1),
        (("每年", "每学期"), "每学期", 1),
        (("到2025年", "2024年前"), "2024年前", 1),
        (("一个月内", "每年"), "一个月内", 0),
        (("限期整改", None), None, 0),
        (("一个月内", "一个月内"), "一个月内", 0),
    ],
)
def test_the_shorter_time_holds(limits, holding, reasons):
    citations = [clause(section=f"{index}、", deadline=each) for index, each in enumerate(limits)]

    assert deadline_of(citations) == holding
    assert len(traced(citations)) == reasons


def test_figures_are_told_with_their_signs():
    assert figure_told(clause({"小班": 25, "大班": 35}, "人", "<=")) == "小班≤25人、大班≤35人"
    assert figure_told(clause("B", "级")) == "≥B级"


def test_the_items_of_a_checklist_carry_the_reasons():
    above = plan(
        requirement("camera-linkage", threshold={"comparison": ">=", "value": 100, "unit": "%"}),
        region=PROVINCE,
        id="above",
        series="above",
    )
    below = plan(
        requirement("camera-linkage", threshold={"comparison": ">=", "value": 90, "unit": "%"}),
        status=Status.TRIAL,
    )

    (item,) = draw_up([judge(below), judge(above)], Subject.KINDERGARTEN, catalogue()).items

    assert item.threshold.value == 100
    assert [each.plan_id for each in item.citations] == ["above", "plan-1"]
    assert item.trace[0][0].startswith("下级放宽")
