"""The steps of an unlicensed site, from a table, and what may be one place."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from inspections.cases.unlicensed import workflow
from inspections.cases.unlicensed.errors import (
    BadBan,
    ChildrenNotCounted,
    NotLicensed,
    OwnStep,
    StepNotAllowed,
)
from inspections.cases.unlicensed.model import Ban, Point, Status, Step, UnlicensedSite
from inspections.kindergartens.model import Licence
from tests.builders import NOON, make_kindergarten

STEPS = {
    ("open", "verify"): "verified",
    ("open", "dismiss"): "dismissed",
    ("verified", "stop"): "stopped",
    ("verified", "license"): "licensed",
    ("stopped", "place"): "placed",
    ("placed", "close"): "closed",
    ("placed", "license"): "licensed",
    ("stopped", "license"): "licensed",
    ("closed", "reopen"): "open",
    ("dismissed", "reopen"): "open",
}
LICENCE = Licence("教演1", "演示县教育局", date(2024, 9, 1), date(2029, 9, 1))


def make_site(**changed):
    return UnlicensedSite(
        **{
            "id": "site-1",
            "region": "990102",
            "place": Point(116.4, 39.9, 116.4, 39.9, "WGS-84"),
            "address": "演示路 88 号",
            "status": Status.OPEN,
            "opened_at": NOON,
            "opened_by": "person-1",
            "changed_at": NOON,
        }
        | changed
    )


def advance(site, step, by="person-9", kindergarten=None):
    return workflow.advance(
        site, Step(step), by=by, why="原因", at=NOON, kindergarten=kindergarten, children=0
    )


@pytest.mark.parametrize(("status", "step"), list(product(Status, Step)))
def test_every_step_follows_the_table_and_no_other(status, step):
    site = make_site(status=status)
    licensed = make_kindergarten(licence=LICENCE)
    after = STEPS.get((status.value, step.value))

    if after is None:
        with pytest.raises(StepNotAllowed):
            advance(site, step, kindergarten=licensed)
    else:
        taken = advance(site, step, kindergarten=licensed)
        assert (taken.status.value, taken.revision) == (after, 2)
        assert taken.steps[-1].step is step


@pytest.mark.parametrize(("status", "step"), [("open", "dismiss"), ("placed", "close")])
def test_who_opened_it_does_not_end_it(status, step):
    with pytest.raises(OwnStep):
        advance(make_site(status=Status(status)), step, by="person-1")


def test_who_verified_or_stopped_it_does_not_end_it():
    site = advance(advance(make_site(), "verify", by="person-2"), "stop", by="person-3")
    site = advance(site, "place", by="person-3")

    for person in ("person-2", "person-3"):
        with pytest.raises(OwnStep):
            advance(site, "close", by=person)
    assert advance(site, "close", by="person-4").status is Status.CLOSED


@pytest.mark.parametrize(
    "kindergarten",
    [
        None,
        make_kindergarten(licence=None),
        make_kindergarten(licence=replace(LICENCE, valid_until=date(2026, 3, 1))),
        make_kindergarten(licence=LICENCE, open=False),
    ],
)
def test_only_a_licence_in_force_ends_it_as_licensed(kindergarten):
    with pytest.raises(NotLicensed):
        advance(make_site(status=Status.VERIFIED), "license", kindergarten=kindergarten)


def test_it_is_licensed_as_the_kindergarten_of_the_register():
    kindergarten = make_kindergarten(licence=replace(LICENCE, valid_until=None))

    site = advance(make_site(status=Status.STOPPED), "license", kindergarten=kindergarten)

    assert site.kindergarten_id == kindergarten.id


ALIKE = [
    ("小太阳托管中心", "小太阳幼儿园", True),
    ("小太阳幼儿园", "ＸＹ 小太阳 幼儿园", True),
    ("小太阳幼儿园", "春芽幼儿园", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), ALIKE)
def test_names_are_compared_by_what_tells_them_apart(one, other, alike):
    assert (workflow.likeness(one, other) >= workflow.ALIKE) is alike


@pytest.mark.parametrize("nameless", [None, "", "幼儿园"])
def test_a_name_that_tells_nothing_is_like_none(nameless):
    assert workflow.likeness("小太阳幼儿园", nameless) is None


PLACES = [(10, None, True), (50, 0.0, True), (51, 0.9, True), (51, 0.5, False), (301, 1.0, False)]


@pytest.mark.parametrize(("metres", "alike", "likely"), PLACES)
def test_next_door_or_near_by_under_a_name_alike_may_be_one_place(metres, alike, likely):
    assert workflow.is_likely(metres, alike) is likely


def test_what_belongs_to_it_changes_its_revision():
    assert workflow.touch(make_site(), at=NOON).revision == 2


def test_children_who_were_placed_are_counted():
    stopped = make_site(status=Status.STOPPED)

    placed = workflow.advance(stopped, Step.PLACE, by="person-9", why="分流", at=NOON, children=12)

    assert placed.steps[-1].children == 12
    with pytest.raises(ChildrenNotCounted):
        workflow.advance(stopped, Step.PLACE, by="person-9", why="分流", at=NOON)


def banned(since, until):
    return Ban("举办者", since, until, None, "person-9", NOON)


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        (date(2026, 3, 2), date(2031, 3, 2), True),
        (date(2026, 3, 2), date(2036, 3, 2), True),
        (date(2024, 2, 29), date(2029, 2, 28), True),
        (date(2026, 3, 2), date(2031, 3, 1), False),
        (date(2026, 3, 2), date(2036, 3, 3), False),
    ],
)
def test_an_operator_is_barred_for_five_to_ten_years(since, until, allowed):
    site = make_site(status=Status.CLOSED)

    if allowed:
        assert workflow.ban(site, banned(since, until), at=NOON).ban.until == until
    else:
        with pytest.raises(BadBan):
            workflow.ban(site, banned(since, until), at=NOON)
    with pytest.raises(StepNotAllowed):
        workflow.ban(make_site(), banned(since, until), at=NOON)
