"""Each kind of subject has its own items in the five regions, by plans and by national law."""

from datetime import date

import pytest

from checklists.catalogue.actions import catalogue
from checklists.catalogue.model import AUTHORITIES, Binds
from checklists.generation.model import Place, Subject
from checklists.generation.rules import draw_up
from checklists.plans.actions import judged, known_plans
from checklists.regions import codes
from tests.checklists.plans import NOON

REGIONS = ("440000", "445200", "430200", "510800", "441600")
BEFORE, AFTER = "2024-06-01", "2026-06-01"
"""Before and after the national law is in force."""

SELF_CHECK = {
    "bureau-daily-safety-supervision",
    "bureau-major-hazard-listing",
    "bureau-interview-bulletin",
    "bureau-joint-inspection",
}


def drawn(region, subject, day=BEFORE):
    reach = (region, *codes.ancestors(region))
    found = judged(known_plans(NOON), reach, date.fromisoformat(day))
    return draw_up(found, Subject(subject), catalogue())


def ids(region, subject, day=BEFORE):
    return {item.id for item in drawn(region, subject, day).items}


def binds(item):
    """Whom the clauses of an item bind, by the plans that were read."""
    plans = {plan.id: plan for plan in known_plans(NOON)}
    return {
        made.binds
        for cited in item.citations
        for made in plans[cited.plan_id].requirements
        if (made.start, made.words_sha256) == (cited.start, cited.words_sha256)
        and item.id.startswith(made.control)
    }


@pytest.mark.parametrize("region", ["440000", "445200", "430200", "441600"])
def test_a_bureau_checks_itself_on_its_duties(region):
    assert ids(region, "bureau") >= SELF_CHECK


@pytest.mark.parametrize("region", ["440000", "445200", "430200"])
def test_a_training_institution_has_a_list(region):
    assert {"training-offline-classes", "training-against-development"} <= ids(
        region, "training_institution"
    )


def test_zhuzhou_forbids_online_and_subject_training_too():
    assert {"training-online", "training-subjects"} <= ids("430200", "training_institution")


@pytest.mark.parametrize("region", ["440000", "445200", "430200"])
def test_an_unlicensed_site_has_a_list(region):
    assert "unlicensed-kindergarten" in ids(region, "unlicensed_site")


@pytest.mark.parametrize("subject", ["training_institution", "unlicensed_site", "bureau"])
@pytest.mark.parametrize("region", REGIONS)
def test_national_law_gives_every_region_a_list_for_each_subject(region, subject):
    assert ids(region, subject, AFTER)


def test_guangyuan_asks_only_high_schools():
    found = ids("510800", "high_school")

    assert {"gate-face-capture", "camera-linkage"} <= found
    for subject in Subject:
        if subject is not Subject.HIGH_SCHOOL:
            assert not ids("510800", subject)
            assert "普通高中" in drawn("510800", subject).why_empty[0]


@pytest.mark.parametrize("day", [BEFORE, AFTER])
@pytest.mark.parametrize("region", REGIONS)
def test_no_high_school_clause_is_in_another_subjects_list(region, day):
    for subject in Subject:
        for item in drawn(region, subject, day).items:
            high = Binds.HIGH_SCHOOL in binds(item)
            assert high is (subject is Subject.HIGH_SCHOOL), (subject, item.id)


@pytest.mark.parametrize("day", [BEFORE, AFTER])
@pytest.mark.parametrize("region", REGIONS)
def test_no_kindergartens_item_is_in_another_subjects_list(region, day):
    own = {
        Subject.TRAINING_INSTITUTION: {Binds.TRAINING_INSTITUTION},
        Subject.UNLICENSED_SITE: {Binds.UNLICENSED_SITE},
        Subject.HIGH_SCHOOL: {Binds.HIGH_SCHOOL},
        Subject.BUREAU: AUTHORITIES,
    }
    for subject, bound in own.items():
        for item in drawn(region, subject, day).items:
            assert binds(item) <= bound, (subject, item.id)


@pytest.mark.parametrize("region", ["440000", "445200", "430200", "441600"])
def test_a_kindergartens_list_has_no_other_subjects_item(region):
    others = {Binds.HIGH_SCHOOL, Binds.TRAINING_INSTITUTION, Binds.UNLICENSED_SITE}

    for item in drawn(region, "kindergarten", AFTER).items:
        assert not binds(item) & others, item.id


@pytest.mark.parametrize("region", ["440000", "430200", "441600"])
def test_no_duty_of_the_bureau_carries_a_notice_to_it(region):
    assert not any(item.carries_notice for item in drawn(region, "bureau").items)


def test_items_stand_in_the_order_of_a_walk():
    items = drawn("445200", "kindergarten", AFTER).items

    walked = [list(Place).index(item.place) for item in items]
    assert walked == sorted(walked)
    assert len(set(walked)) == len(Place)


def test_a_county_that_states_less_than_its_province_is_told_so():
    item = next(
        each for each in drawn("445200", "kindergarten").items if each.id == "teacher-degree-ratio"
    )

    assert item.threshold.value == 93
    assert {each.region for each in item.citations} == {"440000", "445200"}
    assert any(each[0].startswith("下级放宽") for each in item.trace)
