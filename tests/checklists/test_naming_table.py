"""Hundreds of names against the verdict of an official, and what no disguise may do to it."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.naming.actions import check
from checklists.naming.signs import compared
from checklists.naming.terms import homes
from tests.checklists.naming_table import rows

ROWS = rows()
BROKEN = [row for row in ROWS if row.verdict == "violation"]
UNSEEN = [
    " ",
    "\u3000",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u3164",
    "\ufe0f",
]
BETWEEN = [*UNSEEN, "·", "-", "★", "_", ".", "（", "、", "|", "😀", "\u0301"]


def judged(name, nature="民办"):
    return next(check([(name, nature)]))


def test_the_table_is_broad():
    told = Counter((row.verdict, row.rule) for row in ROWS)

    assert len(ROWS) >= 250
    assert {rule for _, rule in told if rule} == {
        *("banned_term", "foreign_word", "foreign_place", "religious", "curriculum", "public_name")
    }
    assert min(told.values()) >= 5


def test_names_are_judged_as_an_official_would():
    wrong = [
        row
        for row in ROWS
        for found in [judged(row.name, row.nature)]
        if found.verdict != row.verdict
        or (row.rule and row.rule not in {each.rule for each in found.findings})
    ]

    assert len(wrong) <= 0.02 * len(ROWS), wrong


def test_no_clear_violation_is_let_through():
    assert [row for row in BROKEN if judged(row.name, row.nature).verdict == "ok"] == []


@settings(max_examples=300, deadline=None)
@given(row=st.sampled_from(BROKEN), filler=st.sampled_from(BETWEEN), data=st.data())
def test_what_shows_little_makes_no_violation_innocent(row, filler, data):
    at = data.draw(st.integers(0, len(row.name)))

    found = judged(row.name[:at] + filler + row.name[at:], row.nature)

    assert found.verdict != "ok"


@settings(max_examples=300, deadline=None)
@given(
    row=st.sampled_from(BROKEN),
    fillers=st.lists(st.sampled_from(UNSEEN), max_size=6),
    data=st.data(),
)
def test_what_shows_nothing_changes_no_verdict(row, fillers, data):
    name = row.name
    for filler in fillers:
        at = data.draw(st.integers(0, len(name)))
        name = name[:at] + filler + name[at:]

    assert judged(name, row.nature).verdict == judged(row.name, row.nature).verdict


@settings(max_examples=300, deadline=None)
@given(
    name=st.text(
        st.one_of(
            st.sampled_from("中国际华世界全球双语艺术学私塾佛光音哈佛幼儿园★ \u200b國雙語Aa１"),
            st.characters(),
        ),
        max_size=24,
    ),
    nature=st.sampled_from(["公办", "民办", ""]),
)
def test_places_lie_within_the_name_as_written(name, nature):
    for found in judged(name, nature).findings:
        assert 0 <= found.start < found.end <= len(name)
        assert compared(name[found.start : found.end])


@pytest.mark.parametrize("row", BROKEN, ids=lambda row: row.name)
def test_a_place_holds_the_term_as_written(row):
    for found in judged(row.name, row.nature).findings:
        written = compared(row.name[found.start : found.end])
        plain = compared(found.term)
        assert written == plain or f"“{found.term}”" in found.why


def test_names_together_are_judged_as_each_alone():
    pairs = [(row.name, row.nature) for row in ROWS]

    together = list(check([*pairs, ("国\x01际幼儿园", "民办"), *pairs]))

    assert together[: len(pairs)] == [judged(*pair) for pair in pairs]
    assert together[len(pairs)].name == "国\x01际幼儿园"
    assert together[len(pairs) + 1 :] == together[: len(pairs)]


@pytest.mark.parametrize("term", sorted(homes()))
def test_a_known_term_is_found_in_a_private_name(term):
    assert judged(f"演示市{term}幼儿园").verdict != "ok"
