"""From clauses to requirements, on invented plans in several styles."""

from datetime import date

import pytest

from checklists.catalogue.actions import catalogue
from checklists.plans.actions import coverage_lines, read_file, requirement_lines
from checklists.plans.departments import Offices, in_brackets
from checklists.plans.facts import read_facts
from checklists.plans.model import Condition, Level, Reason, Status
from checklists.plans.tree import read_tree
from checklists.plans.words import bare

LAW = """青河省学校安全管理条例
（2025年3月28日青河省第十四届人民代表大会常务委员会第十二次会议通过）
第一章 总则
第一条 为了保障学校安全，结合本省实际，制定本条例。
第二条 本省行政区域内的中小学校、幼儿园（以下统称学校）的安全管理，适用本条例。
第二章 防范
第三条 学校应当做好下列工作：
（一）按照人数配备安保人员；
（二）校门外设置防冲撞桩；
（三）重点区域监控全覆盖，图像资料保存期限不少于九十日。
第四条 公安机关应当在放学时段加强学校周边巡逻。
第五条 普通高中的宿舍应当安排夜间值班，并配备保安员。
第六条 鼓励学校配备专职保安以外的志愿者。
第七条 本条例自2025年9月1日起施行，有效期五年。
"""

PLAN = """白石县教育局
关于印发白石县幼儿园专项整治方案的通知
白教字〔2024〕36号
各幼儿园：
现将方案印发你们。
白石县教育局
2024年4月2日
白石县幼儿园专项整治方案
一、目标
到2026年，专职保安配备率达到百分之百。
二、重点
1、安全。一是园门口必须安装石墩；二是专职保安不少于2人；三是一键报警装置与派出所联动。
2、人员。每个班不少于2名教师和1名保育员。小班不超过25人，中班不超过30人，大班不超过35人。
3、名称。凡名称中带有“国际”“贵族”字眼的民办园，限期更名。
4、社会培训。校外培训机构不得开办学前班。
5、各乡镇要每周上报进度。
三、本方案自印发之日起施行，有效期两年。
"""


def read(text):
    return read_file(text.encode())[1]


def found(text):
    return {each.control: each for each in read(text).requirements}


def test_a_definition_makes_schools_include_kindergartens():
    asked = found(LAW)

    for control in ("full-time-guard", "anti-ram-barrier", "camera-coverage", "camera-retention"):
        assert asked[control].applies_to_kindergarten
    assert asked["anti-ram-barrier"].section == "第二章第三条（二）"
    assert asked["camera-retention"].threshold == {"comparison": ">=", "value": 90, "unit": "日"}


def test_without_the_definition_a_rule_for_schools_reaches_no_kindergarten():
    text = LAW.replace("、幼儿园（以下统称学校）", "")

    assert not [each for each in read(text).requirements if each.applies_to_kindergarten]


def test_an_excluding_definition_is_honoured():
    text = LAW.replace("、幼儿园（以下统称学校）", "（不含幼儿园）")

    assert not [each for each in read(text).requirements if each.applies_to_kindergarten]


def test_a_clause_on_high_schools_is_left_to_them():
    assert [e.section for e in read(LAW).requirements if e.control == "full-time-guard"] == [
        "第二章第三条（一）"
    ]


def test_the_police_are_bound_apart():
    assert found(LAW)["police-peak-duty"].binds == "police"


def test_what_was_left_is_listed_with_its_reason():
    reasons = {each.section: each.reason for each in read(LAW).unmade}

    assert reasons["第二章第五条"] is Reason.OTHER_SCHOOLS
    assert reasons["第二章第六条"] is Reason.ENCOURAGEMENT
    assert reasons["第一章第一条"] is Reason.DEFINITION


def test_a_law_says_when_and_by_whom():
    facts = read(LAW).facts

    assert (facts.status, facts.level) == (Status.ISSUED, Level.GENERAL)
    assert (facts.valid_from, facts.valid_until) == (date(2025, 9, 1), date(2030, 8, 31))
    assert "青河省" in facts.issuer
    assert facts.horizon is None


def test_a_covering_notice_gives_its_plan_number_issuer_and_day():
    facts = read(PLAN).facts

    assert facts.title == "白石县幼儿园专项整治方案"
    assert (facts.issuer, facts.number) == ("白石县教育局", "白教字〔2024〕36号")
    assert facts.horizon == 2026
    assert (facts.valid_from, facts.valid_until) == (date(2024, 4, 2), date(2026, 4, 1))


def test_several_demands_of_one_sentence_are_several_requirements():
    asked = found(PLAN)

    assert {"anti-ram-barrier", "full-time-guard", "one-key-alarm"} <= set(asked)
    assert asked["full-time-guard"].threshold["value"] == 2
    assert asked["class-staffing"].threshold["value"] == {"教师": 2, "保育员": 1}
    assert asked["class-size"].threshold["value"] == {"小班": 25, "中班": 30, "大班": 35}


def test_a_goal_is_no_requirement():
    assert not [each for each in read(PLAN).requirements if each.section == "一、"]
    assert Reason.GOAL in {each.reason for each in read(PLAN).unmade}


def test_listed_terms_and_conditions_come_with_the_naming_rule():
    rule = found(PLAN)["name-banned-terms"]

    assert rule.threshold["terms"] == ["国际", "贵族"]
    assert rule.conditions == (Condition.PRIVATE,)
    assert rule.deadline == "限期更名"


def test_training_institutions_are_bound_by_themselves():
    asked = found(PLAN)["training-offline-classes"]

    assert (asked.binds, asked.applies_to_kindergarten) == ("training_institution", False)


def test_lines_carry_exactly_the_promised_fields():
    promised = (
        *("section", "quote", "start", "end", "control", "title", "binds", "check_type"),
        *("photo_required", "threshold", "severity", "deadline", "consequence", "departments"),
        *("applies_to_kindergarten", "inspectable_on_site", "status", "valid_from"),
        *("valid_until", "horizon"),
    )
    reading = read(PLAN)

    lines = list(requirement_lines(reading, catalogue()))

    assert all(tuple(line) == promised for line in lines)
    assert all(set(line["departments"]) == {"lead", "others"} for line in lines)
    assert all(line["why"] for line in coverage_lines(reading))


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("晨曦市幼儿园办法（试行）", Status.TRIAL),
        ("晨曦市幼儿园办法（草案）", Status.DRAFT),
        ("晨曦市幼儿园办法（征求意见稿）", Status.DRAFT),
        ("晨曦市幼儿园办法（已废止）", Status.REPEALED),
        ("晨曦市幼儿园办法", Status.ISSUED),
    ],
)
def test_the_title_tells_the_standing(title, status):
    facts = read_facts(read_tree(f"{title}\n第一条 幼儿园应当配备保安员。")[0])

    assert facts.status is status
    assert facts.title == title
    assert bare(facts.title) == "晨曦市幼儿园办法"


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("自2024年2月29日起施行，有效期1年。", date(2024, 2, 29), date(2025, 2, 28)),
        ("自2024年1月1日起施行，有效期至2026年12月31日。", date(2024, 1, 1), date(2026, 12, 31)),
        ("自2024年13月1日起施行。", None, None),
        ("2027年6月30日失效。", None, date(2027, 6, 30)),
    ],
)
def test_dates_of_force_are_read(words, begin, end):
    facts = read_facts(read_tree(f"晨曦市幼儿园办法\n第一条 本办法{words}")[0])

    assert (facts.valid_from, facts.valid_until) == (begin, end)


@pytest.mark.parametrize(
    ("bracket", "lead", "others"),
    [
        (
            "（牵头单位：市园林局，配合单位：市档案局、市气象局）",
            ("市园林局",),
            ("市档案局", "市气象局"),
        ),
        ("（市教育局牵头，市公安局配合）", ("市教育局",), ("市公安局",)),
        ("（责任单位：市教育局、财政局）", ("市教育局",), ("市财政局",)),
        ("【责任部门：市教育局牵头，市民政局配合】", ("市教育局",), ("市民政局",)),
        (
            "（责任单位：市公安局、市教育局；排在首位的为牵头单位，下同）",
            ("市公安局",),
            ("市教育局",),
        ),
        ("（市教育局、市公安局等按职责分工负责）", ("市教育局", "市公安局"), ()),
        ("〔主责单位：市教育局；责任单位：市民政局〕", ("市教育局",), ("市民政局",)),
    ],
)
def test_offices_in_brackets(bracket, lead, others):
    told = in_brackets(bracket, Offices(), comma_parts_lead=False)

    assert (told.lead, told.others) == (lead, others)


COUNTED = """晨曦市幼儿园整治方案
一、任务
（一）守好大门。一是门口设置隔离墩；二是配备保安。【责任单位：市公安局、市教育局】
（二）管好厨房。
1.食品留样。
2.餐具消毒。
（责任单位：市市场监管局、市教育局）
三　保障
（一）检查。每月开展安全检查。
（二）培训。保育员应当参加培训。
附表
1｜检查行动｜牵头：市教育局｜参加：市公安局
2｜人员培训行动｜牵头：市人社局｜参加：市教育局
"""


def test_a_bracket_speaks_of_all_that_a_paragraph_or_a_section_counts_and_a_table_of_the_rest():
    told = {
        each.control: each.departments.lead[0]
        for each in read_file(COUNTED.encode())[1].requirements
        if each.departments.lead
    }

    assert told["anti-ram-barrier"] == told["full-time-guard"] == "市公安局"
    assert told["food-sample"] == told["tableware-disinfection"] == "市市场监管局"
    assert told["hazard-inspection"] == "市教育局"
    assert told["carer-qualification"] == "市人社局"


def test_a_plan_in_traditional_characters_is_read_and_quoted_as_it_stands():
    text = "晨曦縣幼兒園安全工作方案\n一、任務\n幼兒園應當配備2名專職保安員。\n"

    found = read_file(text.encode("big5"))[1].requirements

    assert [(each.control, each.quote) for each in found] == [
        ("full-time-guard", "幼兒園應當配備2名專職保安員")
    ]


def test_a_bracket_without_offices_names_none():
    assert in_brackets("（含幼儿园）", Offices(), comma_parts_lead=False) is None
