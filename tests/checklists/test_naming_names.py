"""The name check on names as they are painted on boards, and as they slip past."""

import random
from datetime import date
from time import process_time

import pytest

from checklists.naming.actions import check, rules_in_force, to_line
from checklists.naming.model import Rule, Rules
from checklists.plans.actions import known_plans
from media.refusals import BadValue
from tests.checklists.plans import NOON


def verdict(name, nature="民办", rules=None):
    return next(check([(name, nature)], rules)).verdict


def rules_hit(name, nature="民办"):
    return {each.rule for each in next(check([(name, nature)])).findings}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("中国儿童幼儿园", Rule.BANNED_TERM),
        ("晨曦市国际幼儿园", Rule.BANNED_TERM),
        ("小世界幼儿园", Rule.BANNED_TERM),
        ("安全国际幼儿园", Rule.BANNED_TERM),
        ("晨曦双语幼儿园", Rule.CURRICULUM),
        ("蒙台梭利幼儿园", Rule.CURRICULUM),
        ("Happy Kids 幼儿园", Rule.FOREIGN_WORD),
        ("さくら幼儿园", Rule.FOREIGN_WORD),
        ("Солнце幼儿园", Rule.FOREIGN_WORD),
        ("迪士尼幼儿园", Rule.FOREIGN_WORD),
        ("小哈佛幼儿园", Rule.FOREIGN_PLACE),
        ("巴黎春天幼儿园", Rule.FOREIGN_PLACE),
        ("圣母幼儿园", Rule.RELIGIOUS),
        ("福音幼儿园", Rule.RELIGIOUS),
        ("晨曦市第一幼儿园", Rule.PUBLIC_NAME),
        ("北师大附属幼儿园", Rule.PUBLIC_NAME),
    ],
)
def test_what_breaks_a_rule_is_a_violation_of_it(name, rule):
    assert verdict(name) == "violation"
    assert rule in rules_hit(name)


@pytest.mark.parametrize(
    "name",
    [
        *("國際幼兒園", "国★际幼儿园", "国 际 幼儿园", "囯际幼儿园", "国\u200b际幼儿园"),
        *(
            "国-际幼儿园",
            "ＨＡＰＰＹ幼儿园",
            "艺術幼儿园",
            "雙語幼兒園",
            "全·球幼儿园",
            "中\u3000华幼儿园",
        ),
        *("国際幼稚園", "国\ufe0f际幼儿园", "ⓗⓐⓟⓟⓨ幼儿园"),
    ],
)
def test_an_evasion_is_seen_through(name):
    assert verdict(name) == "violation"


@pytest.mark.parametrize(
    "name",
    [
        *("阳光幼儿园", "佛山市禅城区阳光幼儿园", "上海市普陀区金苹果幼儿园", "华中国光幼儿园"),
        *("汉中国光幼儿园", "育英国光幼儿园", "中华路幼儿园", "观音桥幼儿园", "弥勒市红河幼儿园"),
        *("城中华侨幼儿园", "大佛寺社区幼儿园", "延边朝鲜族自治州幼儿园", "山东京华幼儿园"),
        *("爱国立德幼儿园", "祥瑞典雅幼儿园", "科学城幼儿园", "小荷兰亭幼儿园", "阳光城市幼儿园"),
        *("健美国光幼儿园", "张家界市永定区幼儿园", "A区幼儿园", "小太阳幼儿园", "红星幼儿园"),
    ],
)
def test_an_innocent_name_is_let_be(name):
    assert verdict(name) == "ok"


@pytest.mark.parametrize(
    "name",
    [
        *("恒大国际城幼儿园", "罗马花园幼儿园", "双雨幼儿园", "视界幼儿园", "中英幼儿园"),
        *("yangguang幼儿园", "苏格兰小镇幼儿园", "菩提幼儿园", "B幼儿园", "育才实验幼儿园"),
    ],
)
def test_what_only_a_person_can_tell_is_to_be_reviewed(name):
    checked = next(check([(name, "民办")]))

    assert checked.verdict == "review"
    assert all("请核对" in each.why for each in checked.findings)


def test_a_public_kindergarten_may_bear_a_public_name():
    assert verdict("晨曦市第一幼儿园", "公办") == "ok"
    assert verdict("晨曦市第一幼儿园", "") == "ok"
    assert verdict("北师大附属幼儿园", "") == "review"


def test_offsets_are_those_of_the_name_as_written():
    checked = next(check([("晨曦国★際幼儿园", "民办")]))
    finding = checked.findings[0]

    assert (finding.term, checked.name[finding.start : finding.end]) == ("国际", "国★際")


def test_a_line_holds_the_promised_fields():
    line = to_line(next(check([("国际幼儿园", "民办")])))

    assert set(line) == {"name", "verdict", "findings"}
    assert set(line["findings"][0]) == {
        *("rule", "term", "start", "end", "confidence", "why"),
        *("ask", "clauses"),
    }


def test_as_many_verdicts_come_out_as_names_go_in_and_in_order():
    names = [("", ""), ("国际", "民办"), ("\ud800", ""), ("园", "公办")]

    assert [each.name for each in check(names)] == [name for name, _ in names]


def test_a_plan_that_bans_more_changes_the_check_in_its_region():
    here = rules_in_force(known_plans(NOON), "990102", date(2026, 6, 1))
    there = rules_in_force(known_plans(NOON), "440000", date(2024, 6, 1))

    assert verdict("环球幼儿园", rules=here) == "violation"
    assert verdict("环球幼儿园", rules=there) == "review"


def test_where_no_plan_in_force_speaks_of_names_no_rule_holds():
    rules = rules_in_force(known_plans(NOON), "510800", date(2024, 6, 1))

    assert rules.holding == frozenset()
    assert verdict("国际双语幼儿园", rules=rules) == "ok"


def test_an_expired_plan_bans_nothing():
    assert rules_in_force(known_plans(NOON), "430200", date(2025, 6, 1)).holding
    assert not rules_in_force(known_plans(NOON), "430200", date(2026, 6, 1)).holding


def test_an_unknown_region_is_refused():
    with pytest.raises(BadValue):
        rules_in_force(known_plans(NOON), "123456", date(2026, 6, 1))


def test_only_the_rules_that_hold_are_applied():
    rules = Rules(holding=frozenset({Rule.BANNED_TERM}), banned=frozenset({"银河"}))

    assert verdict("银河幼儿园", rules=rules) == "violation"
    assert verdict("Galaxy幼儿园", rules=rules) == "ok"


def test_ten_thousand_names_take_a_fraction_of_a_second():
    draw = random.Random(7)
    words = (
        "阳光",
        "金苹果",
        "博雅",
        "蓝天",
        "实验",
        "中心",
        "国际",
        "双语",
        "艺术",
        "剑桥",
        "童心",
    )
    names = [
        (
            f"晨曦市{draw.choice(words)}{draw.choice(words)}{number}幼儿园",
            draw.choice(["公办", "民办", ""]),
        )
        for number in range(10_000)
    ]
    next(check(names[:1]))

    start = process_time()
    found = sum(1 for _ in check(names))
    spent = process_time() - start

    assert found == len(names)
    assert spent < 1
