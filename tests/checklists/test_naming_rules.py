"""Which rules hold where and by which clauses; names of public ones; words on sign and seal."""

from datetime import date
from types import SimpleNamespace

import pytest

from checklists.naming.actions import (
    check,
    compare,
    every_rule,
    namesakes,
    rules_from,
    rules_in_force,
    same,
    to_line,
    unquoted,
)
from checklists.naming.model import Rule, Rules
from checklists.plans.actions import known_plans
from tests.checklists.plans import NOON

CLAUSE = {"plan_id", "title", "number", "section", "words_sha256", "quote"}


def requirement(control, *terms, quote=None):
    threshold = {"terms": list(terms)} if terms else None
    return SimpleNamespace(
        control=control, threshold=threshold, quote=quote, section="一", words_sha256="a" * 64
    )


def plan(*requirements, id="plan-1"):  # noqa: A002
    return SimpleNamespace(id=id, title="演示办法", number=None, requirements=requirements)


def line(name, rules=None, nature="民办"):
    return to_line(next(check([(name, nature)], rules)), rules)


def test_every_finding_cites_the_clauses_of_its_rule():
    (finding,) = line("演示国际幼儿园")["findings"]

    assert finding["clauses"]
    assert all(set(each) == CLAUSE for each in finding["clauses"])
    assert len({each["plan_id"] for each in finding["clauses"]}) >= 3


def test_a_finding_cites_the_clause_that_lists_its_term_before_others():
    rules = rules_in_force(known_plans(NOON), "990102", date(2026, 6, 1))

    (finding,) = line("环球幼儿园", rules)["findings"]

    assert [each["number"] for each in finding["clauses"]] == ["演教〔2025〕18号"]


def test_a_term_of_one_plan_holds_by_its_clause_alone():
    one = plan(requirement("name-banned-terms", "国际"))
    two = plan(requirement("name-banned-terms", "国际", "名校"), id="plan-2")

    (finding,) = line("名校幼儿园", rules_from([one, two]))["findings"]

    assert [each["plan_id"] for each in finding["clauses"]] == ["plan-2"]


def test_a_list_without_quotation_marks_is_read():
    words = "园名不得冠以国际、寰宇和名校等字样"
    rules = rules_from([plan(requirement("name-banned-terms", quote=words))])

    assert unquoted(words) == ("国际", "寰宇", "名校")
    assert line("寰宇幼儿园", rules)["verdict"] == "violation"
    assert unquoted("园名应当规范") == ()


def test_a_clause_without_a_list_means_the_usual_terms():
    rules = rules_from([plan(requirement("name-banned-terms"))])

    assert line("演示世界幼儿园", rules)["verdict"] == "violation"


def test_a_mixed_list_is_told_apart_by_rule():
    terms = ("国际", "双语")
    both = (requirement("name-banned-terms", *terms), requirement("name-curriculum-claim", *terms))

    rules = rules_from([plan(*both)])

    assert (rules.banned, rules.curriculum) == (frozenset({"国际"}), frozenset({"双语"}))


def test_what_misleads_holds_only_where_its_words_are_listed():
    bare = rules_from([plan(requirement("name-large"))])
    told = rules_from([plan(requirement("name-large", "顶级"))])

    assert bare.holding == frozenset()
    assert line("顶级幼儿园", told)["verdict"] == "violation"


def test_without_a_region_the_terms_of_all_packs_hold():
    assert {"国际", "环球", "全球"} <= every_rule().banned
    assert {"双语", "奥数"} <= every_rule().curriculum
    assert set(every_rule().clauses) == set(Rule)


def test_what_is_doubtful_asks_in_both_languages():
    (finding,) = line("恒大国际城幼儿园")["findings"]

    assert "？" in finding["ask"]["zh"]
    assert "?" in finding["ask"]["en"]
    assert line("演示国际幼儿园")["findings"][0]["ask"] is None


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("演示县启明星幼儿园", 0.85),
        ("启明星幼儿园", 0.5),
        ("演示县小启明星幼儿园", 0.5),
        ("演示县二幼", 0.5),
        ("演示县春芽幼儿园", None),
        ("幼儿园", None),
    ],
)
def test_a_public_ones_name_is_found_however_shortened(name, confidence):
    known = namesakes(("演示县启明星幼儿园", "演示县第二幼儿园"))

    found = known.find(name)

    assert (found.confidence if found else None) == confidence
    if found:
        assert 0 <= found.start < found.end <= len(name)


def test_only_private_ones_are_held_against_public_names():
    known = namesakes(("演示县启明星幼儿园",))
    names = [("启明星幼儿园", "公办"), ("启明星幼儿园", "民办"), ("启明星国际幼儿园", "民办")]

    found = list(known.with_names(zip(names, check(names), strict=True)))

    assert [each.verdict for each in found] == ["ok", "review", "violation"]
    assert namesakes(()).find("启明星幼儿园") is None


@pytest.mark.parametrize(
    ("words", "difference", "at"),
    [
        ("演示县春芽幼儿园", "none", None),
        ("演示县　春芽\n幼儿园", "none", None),
        ("演示縣春芽幼兒園", "form", 2),
        ("演示县·春芽幼儿园", "form", 3),
        ("演示县春芽双语幼儿园", "wording", 5),
        ("演示县春芽", "wording", 5),
    ],
)
def test_what_a_carrier_bears_is_compared_sign_by_sign(words, difference, at):
    (found,) = compare("演示县春芽幼儿园", {"园牌": words})

    assert (found.difference, found.at) == (difference, at)
    assert same("演示县春芽幼儿园", words) == (difference == "none")


def test_no_rule_holding_finds_nothing():
    assert line("国际双语幼儿园", Rules(holding=frozenset()))["verdict"] == "ok"
