"""Figures, limits and consequences in invented clauses."""

import pytest

from checklists.catalogue.actions import control
from checklists.plans.facts import read_facts
from checklists.plans.figures import consequence, deadline, every_figure, number, threshold
from checklists.plans.model import Level
from checklists.plans.tree import read_tree


@pytest.mark.parametrize(
    ("words", "value"),
    [("12", 12), ("1.5", 1.5), ("两", 2), ("十", 10), ("二十五", 25), ("三十", 30), ("若干", None)],
)
def test_figures_in_digits_and_in_chinese(words, value):
    assert number(words) == value


@pytest.mark.parametrize(
    ("id_", "clause", "value", "unit"),
    [
        ("camera-linkage", "联网率达到95.5%", 95.5, "%"),
        ("camera-linkage", "联网率达到百分之百", 100, "%"),
        ("camera-linkage", "联网率达到百分之九十", 90, "%"),
        ("camera-linkage", "实现联网全覆盖", 100, "%"),
        ("food-grade", "达到A级", "A", "级"),
        ("food-grade", "达到良好等级", "良好", "级"),
        ("class-staffing", "每班两教一保", {"教师": 2, "保育员": 1}, "人/班"),
        ("class-staffing", "每班配备2名教师", {"教师": 2}, "人/班"),
        ("class-size", "小班25人", {"小班": 25}, "人"),
        ("teacher-ratio", "教职工与幼儿1：5-1：7", 7, "人/教职工"),
        ("food-sample", "留样不少于48小时", 48, "小时"),
        ("full-time-guard", "至少配备3名", 3, "名"),
    ],
)
def test_a_clause_gives_the_figure_of_its_control(id_, clause, value, unit):
    found = threshold(control(id_), clause, 0, clause)

    assert (found["value"], found["unit"]) == (value, unit)


@pytest.mark.parametrize(
    ("id_", "clause"),
    [
        ("camera-linkage", "监控联网"),
        ("food-grade", "提高等级"),
        ("class-staffing", "配备教职工"),
        ("food-sample", "按规定留样"),
    ],
)
def test_a_clause_without_a_figure_gives_none(id_, clause):
    assert threshold(control(id_), clause, 0, clause) is None


@pytest.mark.parametrize(
    ("clause", "figures"),
    [
        ("保持3条通道畅通", [(">=", 3, "条")]),
        ("活动室不低于一百零五平方米", [(">=", 105, "平方米")]),
        ("按工资总额百分之二点五提取", [(">=", 2.5, "%")]),
        ("间隔不大于1.5米，高度不低于0.8米", [("<=", 1.5, "米"), (">=", 0.8, "米")]),
        ("变动后15个工作日内报备", [("<=", 15, "个工作日")]),
        ("注册资金不少于三十万元", [(">=", 300_000, "元")]),
        ("2025年6月底前接入率达到100%", [(">=", 100, "%")]),
        ("实行一岗双责和一日生活制度", []),
        ("按照第三条规定执行", []),
    ],
)
def test_every_figure_of_a_clause_is_read_with_its_unit(clause, figures):
    found = every_figure(clause)

    assert [(each["comparison"], each["value"], each["unit"]) for each in found] == figures


@pytest.mark.parametrize(
    ("clause", "any_of"),
    [
        ("正门外侧须加装防撞桩、石球或者可升降阻车设施", ["防撞桩", "石球", "可升降阻车设施"]),
        ("园门两侧用混凝土墩、U型钢管或升降柱隔开车道", ["混凝土墩", "U型钢管", "升降柱"]),
        ("门口设置隔离墩", ["隔离墩"]),
    ],
)
def test_what_a_clause_lists_are_the_alternatives_though_no_catalogue_names_them(clause, any_of):
    assert threshold(control("anti-ram-barrier"), clause, 0, clause)["any_of"] == any_of


@pytest.mark.parametrize(
    ("words", "value"),
    [("一百零五", 105), ("三十万", 300_000), ("两千五百", 2500), ("十五", 15), ("二点五", 2.5)],
)
def test_chinese_numbers_are_read(words, value):
    assert number(words) == value


def test_a_date_before_a_demand_is_its_deadline():
    sentence = "2024年底前，各园正门加装防撞桩，划出等候区。"

    assert deadline("划出等候区", sentence, anywhere=False) == "2024年底前"


def test_an_upper_limit_is_told_from_a_lower_one():
    upper = threshold(control("kindergarten-size"), "规模不得超过360人", 0, "")
    lower = threshold(control("kindergarten-size"), "规模不少于90人", 0, "")

    assert (upper["comparison"], lower["comparison"]) == ("<=", ">=")


@pytest.mark.parametrize(
    ("clause", "sentence", "anywhere", "limit"),
    [
        ("应当在一个月内备案", "", False, "一个月内"),
        ("2027年底前完成", "", False, "2027年底前"),
        ("变更应当备案", "变更应当备案，15日内更新", True, "15日内"),
        ("变更应当备案", "变更应当备案，15日内更新", False, None),
        ("不达标的", "不达标的，限期改正", False, "限期改正"),
        ("限期完成", "", False, "限期整改"),
    ],
)
def test_a_limit_holds_where_it_is_stated(clause, sentence, anywhere, limit):
    assert deadline(clause, sentence or clause, anywhere=anywhere) == limit


def test_consequences_are_told_in_our_words():
    assert consequence("年检一票否决，并依法追究责任") == "年检一票否决；依法追究责任"
    assert consequence("评优一票否决") == "一票否决"
    assert consequence("做好工作") is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("晨曦市幼儿园办法", Level.KINDERGARTEN),
        ("晨曦市中小学幼儿园安全办法", Level.GENERAL),
        ("晨曦市普通高中方案", Level.HIGH_SCHOOL),
        ("晨曦市职业教育方案", Level.OTHER),
        ("晨曦市提升方案", Level.GENERAL),
    ],
)
def test_the_title_tells_which_schools_a_document_speaks_of(title, level):
    assert read_facts(read_tree(f"{title}\n第一条 应当配备保安员。")[0]).level is level


def test_where_the_title_is_silent_the_words_tell():
    high = "晨曦市提升方案\n" + "第一条 普通高中应当努力。\n" * 6
    young = "晨曦市提升方案\n" + "第一条 幼儿园应当努力。\n" * 6

    assert read_facts(read_tree(high)[0]).level is Level.HIGH_SCHOOL
    assert read_facts(read_tree(young)[0]).level is Level.KINDERGARTEN
