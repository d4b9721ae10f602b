"""What succeeded what."""

from datetime import UTC, date, datetime

import pytest

from checklists.regions.model import RegionChange
from checklists.regions.succession import (
    why_not_in_force,
    with_predecessors,
    with_successors,
)

LAST = date(2026, 3, 1)
DAY_AFTER = date(2026, 3, 2)


def change(code, *successors, ends_on=LAST):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return RegionChange(code, ends_on, successors, "文号", "合并", at, "account-1")


MERGED = [change("990103", "990102"), change("990104", "990103")]


@pytest.mark.parametrize(
    ("prefixes", "today", "reached"),
    [
        (("990102",), DAY_AFTER, ("990102", "990103", "990104")),
        (("990102",), LAST, ("990102",)),
        (("990103",), DAY_AFTER, ("990103", "990104")),
        (("9901",), DAY_AFTER, ("9901",)),
        (("4452",), DAY_AFTER, ("4452",)),
        (("",), DAY_AFTER, ("",)),
        ((), DAY_AFTER, ()),
    ],
)
def test_a_region_reaches_what_merged_into_it_and_what_had_merged_into_that(
    prefixes, today, reached
):
    assert with_predecessors(prefixes, MERGED, today) == reached


def test_a_city_that_ended_is_reached_with_its_counties():
    assert with_predecessors(("9902",), [change("990100", "990200")], DAY_AFTER) == ("9902", "9901")


@pytest.mark.parametrize(
    ("code", "on", "free"),
    [
        ("990103", LAST, True),
        ("990103", DAY_AFTER, False),
        ("990102", DAY_AFTER, True),
        ("990105", LAST, False),
        ("990105", DAY_AFTER, True),
    ],
)
def test_a_code_is_taken_from_its_first_day_to_its_last(code, on, free):
    changes = {each.code: each for each in MERGED}

    why = why_not_in_force(code, on, changes, {"990105": DAY_AFTER})

    assert (why is None) is free
    assert why is None or (code in why[0] and why[1].isascii())


@pytest.mark.parametrize(
    ("code", "today", "heirs"),
    [
        ("990104", DAY_AFTER, ("990104", "990103", "990102")),
        ("990104", LAST, ("990104",)),
        ("990102", DAY_AFTER, ("990102",)),
    ],
)
def test_a_code_leads_to_what_it_merged_into_and_on(code, today, heirs):
    assert with_successors(code, MERGED, today) == heirs
