"""The rules of reckoning: figures, regions below, periods, and a bulletin's words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from inspections.statistics import reckoning
from inspections.statistics.errors import BadPeriod
from inspections.statistics.measures import MEASURES
from inspections.statistics.model import Basis, Every, Period, Standing, State, Target, Work

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ALL = Target(100.0, Basis(True, "plan", "方案", "一、", 0, 9, "0" * 64))
WORK = Work(3, 1, 5, 2, 4, 3, 1, 12.5, 1, 0)


def standings(region, **counts):
    return [
        Standing(f"{region}-{state}-{number}", "某园", region, State(state))
        for state, count in counts.items()
        for number in range(count)
    ]


def test_a_share_is_of_what_is_known_and_the_rest_is_counted_apart():
    found = standings("990102", met=3, not_met=1, not_applicable=2, not_checked=5)

    made = reckoning.figure("camera_linkage", found, ALL)

    assert (made.met, made.not_met, made.not_applicable, made.not_checked) == (3, 1, 2, 5)
    assert (made.share, made.target, made.reached) == (75.0, 100.0, False)
    assert made.basis == ALL.basis
    assert reckoning.figure("licensed", standings("990102", met=2), ALL).reached is True


def test_a_share_that_lacks_one_is_never_all():
    made = reckoning.figure("camera_linkage", standings("990102", met=29_999, not_met=1), ALL)

    assert (made.share, made.reached) == (99.99, False)
    assert reckoning.percent(9_999, 1, digits=1) == 99.9
    assert reckoning.percent(3, 0, digits=1) == 100.0
    assert reckoning.percent(0, 0, digits=1) is None


def test_what_no_clause_asks_for_has_no_target():
    made = reckoning.figure("camera_linkage", standings("990102", met=3), None)

    assert (made.share, made.target, made.reached, made.basis) == (100.0, None, None, None)


def test_where_nothing_is_known_there_is_no_share():
    made = reckoning.figure("camera_linkage", standings("990102", not_checked=5), ALL)

    assert (made.share, made.reached) == (None, None)


@pytest.mark.parametrize(
    ("region", "code", "below"),
    [
        ("000000", "990102", "990000"),
        ("990000", "990102", "990100"),
        ("990100", "990102", "990102"),
        ("990102", "990102", None),
        ("990100", "990100", None),
        ("101000", "101023", "101023"),
    ],
)
def test_a_region_has_parts_right_below_it(region, code, below):
    assert reckoning.child(region, code) == below


def test_the_parts_are_ranked_by_their_mean_share():
    found = {
        "camera_linkage": [
            *standings("990102", met=1, not_met=1),
            *standings("990103", met=2),
            *standings("990100", met=9),
        ],
        "licensed": standings("990104", not_checked=1),
    }

    made = reckoning.parts("990100", found, {"990102": "东区"}, {"licensed": ALL})

    assert [(each.region, each.name) for each in made] == [
        *(("990103", "990103"), ("990102", "东区"), ("990104", "990104")),
    ]
    assert [each.share for each in made[0].figures] == [100.0, None]
    assert [each.target for each in made[0].figures] == [None, 100.0]


def test_a_period_is_whole_days_in_shanghai():
    begin, end = reckoning.moments(YEAR)

    assert (begin, end) == (
        datetime(2025, 12, 31, 16, tzinfo=UTC),
        datetime(2026, 12, 31, 16, tzinfo=UTC),
    )
    for bad in (
        Period(date(2026, 2, 1), date(2026, 1, 1)),
        Period(date(2026, 1, 1), date(2201, 1, 1)),
        Period(date(1999, 1, 1), date(2026, 1, 1)),
    ):
        with pytest.raises(BadPeriod):
            reckoning.moments(bad)


@pytest.mark.parametrize(
    ("every", "count"), [(Every.MONTH, 12), (Every.QUARTER, 4), (Every.YEAR, 1)]
)
def test_a_year_has_its_months_and_quarters_without_a_gap(every, count):
    made = reckoning.split(YEAR, Every(every))

    assert len(made) == count
    assert (made[0].since, made[-1].until) == (YEAR.since, YEAR.until)
    for one, other in pairwise(made):
        assert other.since - one.until == timedelta(days=1)


def test_a_day_in_the_middle_gives_its_whole_quarter_and_too_many_are_refused():
    (quarter,) = reckoning.split(Period(date(2026, 5, 9), date(2026, 5, 9)), Every.QUARTER)

    assert quarter == Period(date(2026, 4, 1), date(2026, 6, 30))
    with pytest.raises(BadPeriod):
        reckoning.split(Period(date(2020, 1, 1), date(2026, 1, 1)), Every.MONTH)


def test_the_period_before_has_as_many_whole_months_or_days():
    quarter = reckoning.before(Period(date(2026, 1, 1), date(2026, 3, 31)))
    days = reckoning.before(Period(date(2026, 3, 2), date(2026, 3, 31)))

    assert quarter == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert days == Period(date(2026, 1, 31), date(2026, 3, 1))


def test_closing_takes_the_median_of_its_days():
    day = datetime(2026, 3, 2, tzinfo=UTC)
    closed = [(day, day + timedelta(days=days)) for days in (2, 3, 100)]

    assert reckoning.closing_days(closed) == 3.0
    assert reckoning.closing_days([]) is None


def test_a_bulletin_says_every_figure_beside_the_one_before():
    now = [
        reckoning.figure("camera_linkage", standings("990102", met=3, not_met=1), ALL),
        reckoning.figure("licensed", [], ALL),
    ]
    earlier = [reckoning.figure("camera_linkage", standings("990102", met=1, not_met=1), None)]

    told = reckoning.words(now, earlier, WORK)

    assert len(told) == 3
    assert "75%（3/4，目标 100%，上期 50%，未查 0）" in told[1][0]
    assert told[2][0].endswith("暂无数据。")
    assert "重大隐患 2 项" in told[0][0]
    first = reckoning.words(now, [], WORK)
    assert "上期 —" in first[1][0]


def test_every_measure_says_what_it_counts():
    assert all(all(each.definition) and each.asked_by for each in MEASURES.values())
    assert reckoning.fingerprint({"a": date(2026, 1, 1)}) != reckoning.fingerprint({"a": None})
