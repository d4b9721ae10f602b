"""The rules of the ladder, of a bureau's settings and of an objection."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from inspections.bureaus.inheritance import in_force
from inspections.bureaus.model import DEFAULT, BureauSettings, Measure, Rules, Rung
from inspections.ladder import workflow
from inspections.ladder.errors import MeasureStepNotAllowed, RecordLacks
from inspections.ladder.model import Attendee, Status, Step, Taken
from inspections.rectification import clock, objection
from inspections.rectification.errors import (
    BadObjection,
    MadeAVisit,
    NoObjection,
    ObjectionOpen,
    StepNotAllowed,
)
from inspections.rectification.model import DayKind, Objection
from inspections.rectification.model import Status as NoticeStatus
from tests.builders import (
    CALENDAR,
    NOON,
    make_citation,
    make_correction,
    make_notice,
    make_service,
)

LAPSED = datetime(2026, 3, 2, 16, tzinfo=UTC)
"""Midnight after Monday, 2 March, in Shanghai: the deadline was that Monday."""

LADDER = (
    Rung(Measure.REMINDER, 0),
    Rung(Measure.FORMAL_INTERVIEW, 3),
    Rung(Measure.SUPERVISED_LISTING, 5, major_only=True),
    Rung(Measure.REFERRAL, 7, working=False),
)


def overdue(**changed):
    facts = {"status": NoticeStatus.SERVED, "overdue_at": LAPSED, "climb_at": LAPSED}
    return make_notice(**facts | changed)


def climbed(now, made=(), notice=None, ladder=LADDER):
    seen = workflow.of_notice(notice or overdue())
    return workflow.climb(seen, ladder, made, CALENDAR, now=now)


def test_each_rung_is_reached_when_its_days_after_the_lapse_are_over():
    at = workflow.moment_of

    assert at(LADDER[0], LAPSED, CALENDAR) == LAPSED
    assert at(LADDER[1], LAPSED, CALENDAR) == datetime(2026, 3, 6, 16, tzinfo=UTC)
    assert at(LADDER[3], LAPSED, CALENDAR) == datetime(2026, 3, 10, 16, tzinfo=UTC)


def test_a_look_gives_what_is_due_now_and_when_to_look_again():
    seen = climbed(LAPSED + timedelta(minutes=1))

    assert [each.measure for each in seen.reached] == [Measure.REMINDER]
    assert seen.next_at == datetime(2026, 3, 6, 16, tzinfo=UTC)


def test_after_a_time_down_all_are_there_in_order_with_the_instant_they_were_due():
    major = make_correction(severity="major_hazard")
    seen = climbed(LAPSED + timedelta(days=30), notice=overdue(corrections=(major,)))

    assert [each.measure for each in seen.reached] == [each.measure for each in LADDER]
    assert [each.rung for each in seen.reached] == [1, 2, 3, 4]
    assert seen.reached[0].due_since == LAPSED
    assert seen.next_at is None


def test_what_was_made_is_not_made_again():
    first = climbed(LAPSED + timedelta(days=30))

    again = climbed(LAPSED + timedelta(days=31), made=[each.id for each in first.reached])

    assert again.reached == ()


def test_a_rung_for_major_hazards_waits_for_none_where_only_ordinary_ones_are_open():
    met = make_correction(severity="major_hazard", met=True)
    seen = climbed(
        LAPSED + timedelta(days=30), notice=overdue(corrections=(met, make_correction()))
    )

    assert Measure.SUPERVISED_LISTING not in [each.measure for each in seen.reached]


def test_a_referral_goes_to_whom_the_ladder_names_else_to_whom_the_plan_names():
    led = make_correction(standard=(make_citation(lead=("市公安局", "市教育局")),))
    named = Rung(Measure.PENALTY_REFERRAL, 0, departments=("县市场监管局",))

    by_plan = climbed(LAPSED + timedelta(days=30), notice=overdue(corrections=(led,)))
    by_ladder = climbed(LAPSED, notice=overdue(corrections=(led,)), ladder=(named,))

    assert by_plan.reached[-1].departments == ("市公安局", "市教育局")
    assert by_plan.reached[0].departments == ()
    assert by_ladder.reached[0].departments == ("县市场监管局",)


def due(measure=Measure.REMINDER, **changed):
    made = climbed(LAPSED, ladder=(Rung(measure, 0),)).reached[0]
    return replace(made, **changed)


TAKEN = Taken("person-9", "督导", NOON, date(2026, 3, 9), "已约谈")
INTERVIEWED = replace(TAKEN, place="会议室", attendees=(Attendee("园长", "负责人"),))

STEPS = """
        take    waive   end
due     taken   waived  lapsed
taken   -       -       lifted
lifted  -       -       -
lapsed  -       -       -
waived  -       -       -
"""


def test_a_measure_takes_only_the_steps_of_its_table():
    head, *lines = [line.split() for line in STEPS.strip().splitlines()]
    assert {(line[0], step) for line in lines for step in head} == set(
        product([each.value for each in Status], [each.value for each in Step])
    )
    for status, *outcomes in lines:
        for step, outcome in zip(head, outcomes, strict=True):
            held = due(status=Status(status))
            if outcome == "-":
                with pytest.raises(MeasureStepNotAllowed):
                    workflow.advance(held, Step(step))
            else:
                assert workflow.advance(held, Step(step)).status == outcome


@pytest.mark.parametrize(
    ("measure", "taken", "lacks"),
    [
        (Measure.FORMAL_INTERVIEW, TAKEN, "约谈参加人、约谈地点"),
        (Measure.REFERRAL, TAKEN, "移送部门"),
        (Measure.PENALTY_REFERRAL, TAKEN, "移送部门"),
    ],
)
def test_a_record_without_what_its_measure_needs_is_refused(measure, taken, lacks):
    with pytest.raises(RecordLacks) as refused:
        workflow.take(due(measure), taken)

    assert refused.value.facts["why"][0] == lacks


def test_a_measure_is_taken_or_waived_for_a_reason():
    assert workflow.take(due(Measure.FORMAL_INTERVIEW), INTERVIEWED).taken == INTERVIEWED
    assert workflow.waive(due(), why="已整改", at=NOON).why == "已整改"


def test_closure_ends_what_is_due_and_a_listing_that_stands_and_nothing_else():
    listed = due(Measure.SUPERVISED_LISTING, status=Status.TAKEN)
    closed = overdue(status=NoticeStatus.CLOSED, closed_at=NOON)
    revoked = overdue(status=NoticeStatus.REVOKED, changed_at=NOON)

    assert workflow.end(listed, overdue()) is None
    assert workflow.end(listed, closed).status is Status.LIFTED
    assert workflow.end(due(), revoked).status is Status.LAPSED
    assert workflow.end(due(status=Status.TAKEN), closed) is None
    assert workflow.end(due(status=Status.WAIVED), closed) is None


def setting(region, **rules):
    return BureauSettings(region, region, Rules(**rules), "本局规程", "person-1", NOON)


def test_of_each_setting_the_nearest_that_is_set_holds():
    city = setting("990100", visits_a_year=4, same_pair=2)
    county = setting("990102", visits_a_year=2)

    told = in_force("990102", [city, county, setting("990103", visits_a_year=9)])

    assert (told.rules.visits_a_year, told.rules.same_pair) == (2, 2)
    assert (told.origins["visits_a_year"], told.origins["same_pair"]) == ("990102", "990100")
    assert told.rules.proof_hours == DEFAULT.proof_hours
    assert (told.origins["proof_hours"], told.own, told.revision) == (None, county, 1)
    assert in_force("990000", [county]).rules == DEFAULT


SERVED = {"status": NoticeStatus.SERVED, "service": make_service()}


def objecting(*findings, at=NOON, id="objection-1"):  # noqa: A002
    return Objection(id, at, "person-8", findings or ("finding-1",), "已安装")


def file_(notice, made, days):
    return objection.file(replace(notice, objection_days=days), made, calendar=CALENDAR)


def test_an_objection_to_a_finding_waits_for_somebody_without_part():
    filed = file_(make_notice(**SERVED), objecting(), days=7)

    assert objection.undecided(filed).finding_ids == ("finding-1",)
    with pytest.raises(ObjectionOpen):
        file_(filed, objecting("finding-2"), days=None)
    for involved in ("person-1", "person-2"):
        with pytest.raises(MadeAVisit):
            objection.decide(filed, upheld=False, why="", by=involved, at=NOON)


@pytest.mark.parametrize(
    ("made", "days"),
    [
        (objecting(at=datetime(2026, 3, 9, 16, tzinfo=UTC)), 7),
        (objecting(at=datetime(2026, 3, 9, 16, tzinfo=UTC)), 5),
        (objecting("finding-3"), None),
    ],
)
def test_an_objection_too_late_or_to_another_finding_is_refused(made, days):
    with pytest.raises(BadObjection):
        file_(make_notice(**SERVED), made, days=days)


@pytest.mark.parametrize("days", [5, 6, 7])
def test_an_objection_is_in_time_to_the_end_of_the_last_day_which_a_weekend_moves(days):
    """Served on a Monday: the fifth and the sixth day are a Saturday and a Sunday."""
    made = objecting(at=datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC))

    filed = file_(make_notice(**SERVED), made, days=days)

    assert objection.undecided(filed) is not None
    early = make_notice(**SERVED, first_day_counts=True)
    assert objection.undecided(file_(early, made, days=8)) is not None
    with pytest.raises(BadObjection):
        file_(make_notice(**SERVED, first_day_counts=True, last_day_moves=False), made, days=days)


def test_only_what_was_served_and_is_not_verified_is_objected_to():
    with pytest.raises(StepNotAllowed):
        file_(make_notice(status=NoticeStatus.ISSUED), objecting(), days=None)
    with pytest.raises(NoObjection):
        objection.decide(make_notice(**SERVED), upheld=True, why="", by="person-9", at=NOON)


def decided(notice, upheld, *findings):
    filed = file_(notice, objecting(*findings), days=None)
    return objection.decide(filed, upheld=upheld, why="复核", by="person-9", at=NOON)


def test_what_is_upheld_is_struck_and_is_not_objected_to_again():
    after = decided(make_notice(**SERVED), True, "finding-1")
    rejected = decided(make_notice(**SERVED), False, "finding-1")

    assert [each.struck for each in after.corrections] == [True, False]
    assert after.status is NoticeStatus.SERVED
    assert [each.open for each in rejected.corrections] == [True, True]
    with pytest.raises(BadObjection):
        file_(rejected, objecting(), days=None)


def test_where_nothing_is_left_the_notice_is_revoked_or_verified():
    one_met = (make_correction(met=True), make_correction("finding-2"))

    revoked = decided(make_notice(**SERVED), True, "finding-1", "finding-2")
    verified = decided(make_notice(**SERVED, corrections=one_met), True, "finding-2")
    late = file_(make_notice(**SERVED), objecting("finding-1", "finding-2"), days=None)
    late = objection.decide(
        replace(late, status=NoticeStatus.VERIFIED), upheld=True, why="", by="person-9", at=NOON
    )

    assert revoked.status is NoticeStatus.REVOKED
    assert verified.status is NoticeStatus.VERIFIED
    assert late.status is NoticeStatus.VERIFIED


def test_a_bureau_may_count_the_first_day_and_leave_the_last_where_it_falls():
    saturday = {"service": make_service(), "days": 5, "day_kind": DayKind.CALENDAR}

    usual = clock.reckoned(make_notice(**saturday), saturday["service"], CALENDAR)
    first = clock.reckoned(
        make_notice(**saturday, first_day_counts=True), saturday["service"], CALENDAR
    )
    fixed = make_notice(**saturday | {"days": 6}, last_day_moves=False)
    stays = clock.reckoned(fixed, saturday["service"], CALENDAR)

    assert (usual.due, first.due) == (date(2026, 3, 9), date(2026, 3, 6))
    assert stays.due == date(2026, 3, 8)
