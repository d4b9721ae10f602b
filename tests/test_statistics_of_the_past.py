"""Figures of a day gone by are those of that day, whatever has happened since."""

from datetime import timedelta

import pytest

from inspections.cases.renaming import workflow as renaming
from inspections.cases.renaming.model import Borne
from inspections.cases.renaming.model import Step as RenamingStep
from inspections.cases.renaming.store import RenamingStore
from inspections.cases.unlicensed import workflow as unlicensed
from inspections.cases.unlicensed.model import Step as SiteStep
from inspections.cases.unlicensed.store import UnlicensedStore
from tests.access_world import enter
from tests.inspections.test_renaming_workflow import make_case, make_judgement
from tests.inspections.test_unlicensed_workflow import make_site
from tests.steps_world import written

REGION = "990103"
PLACE = {"lon": 116.2, "lat": 39.8, "datum": "WGS-84"}


@pytest.fixture(scope="module")
def account(stage):
    return enter(stage, "past", roles=["supervisor"], regions=[REGION]).account


@pytest.fixture
def official(stage, account):
    """The official, logged in anew, since no session lasts for days."""
    name = account["username"]
    return lambda: stage.enter(name, stage.passwords[name])


@pytest.fixture
def kindergarten(official):
    facts = {"nature": "public", "region": REGION, "address": "演示路 1 号", "place": PLACE}
    return official().post("kindergartens", {"name": "演示西县实验幼儿园", **facts}, wanted=201)[
        "id"
    ]


@pytest.fixture
def change(stage, official, kindergarten):
    """Change the kindergarten, and let two days pass."""

    def do(**facts):
        path = f"kindergartens/{kindergarten}"
        caller = official()
        seen = caller.get(path)["revision"]
        answer = caller.call("PATCH", path, {"why": "变更", **facts}, revision=seen)
        assert answer.status_code == 200, answer.text
        stage.clock.pass_by(days=2)

    return do


def days(stage, *ago):
    return [stage.clock.today() - timedelta(days=each) for each in ago]


def states(official, measure, about, on):
    """Return the state of a thing on each of some days, None where it does not count."""
    caller, told = official(), []
    for day in on:
        query = {"measure": measure, "region": REGION, "on": str(day)}
        behind = caller.get("statistics/standings", **query)["items"]
        told.append({each["id"]: each["state"] for each in behind}.get(about))
    return told


def test_a_kindergarten_counts_while_it_is_open(stage, official, kindergarten, change):
    stage.clock.pass_by(days=2)
    change(open=False)
    change(open=True)
    change(open=False)

    told = states(official, "camera_linkage", kindergarten, days(stage, 9, 8, 7, 6, 5, 4, 3, 2, 1))

    there = "not_checked"
    assert told == [None, there, there, None, None, there, there, None, None]


def test_a_licence_counts_from_its_issue_until_it_is_gone(stage, official, kindergarten, change):
    def licence(number):
        issued, until = stage.clock.today(), stage.clock.today() + timedelta(days=400)
        facts = {"number": number, "authority": "演示县教育局"}
        return {**facts, "issued_on": str(issued), "valid_until": str(until)}

    stage.clock.pass_by(days=2)
    change(licence=licence("教演1"))
    change(licence=licence("教演2"))
    change(licence=None)

    told = states(official, "licensed", kindergarten, days(stage, 9, 8, 7, 6, 5, 4, 3, 2, 1))

    lacking, had = ["not_met"] * 2, ["met"] * 4
    assert told == [None, *lacking, *had, *lacking]


def test_a_licence_that_is_entered_late_counts_from_its_issue_to_its_last_day(
    stage, official, kindergarten, change
):
    stage.clock.pass_by(days=6)
    first, last = days(stage, 4, 2)
    facts = {"number": "教演3", "authority": "演示县教育局"}

    change(licence={**facts, "issued_on": str(first), "valid_until": str(last)})

    told = states(official, "licensed", kindergarten, days(stage, 7, 6, 5, 4, 3))
    assert told == ["not_met", "met", "met", "met", "not_met"]


def test_a_renaming_case_is_under_way_until_it_was_renamed_or_dismissed(stage, official):
    now = stage.clock()
    taken = [("tell", 40), ("answer", 30), ("accept", 20), ("rename", 10)]
    opened = {"region": REGION, "opened_at": now - timedelta(days=50)}
    done, dismissed = make_case(id="done", **opened), make_case(id="dismissed", **opened)
    new = make_judgement()
    borne = Borne(new.name, new.name, new.name, "教演2")
    for number, (step, ago) in enumerate(taken):
        done = renaming.advance(
            done,
            RenamingStep(step),
            by=f"person-{number + 2}",
            why="原因",
            at=now - timedelta(days=ago),
            proposal=None if step == "tell" else new,
            borne=borne if step == "rename" else None,
        )
    at = now - timedelta(days=20)
    dismissed = renaming.advance(dismissed, RenamingStep.DISMISS, by="person-2", why="原因", at=at)
    written(stage, RenamingStore, done)
    written(stage, RenamingStore, dismissed)

    on = days(stage, 51, 49, 35, 15, 9)

    told = [states(official, "renamed", each.id, on) for each in (done, dismissed)]
    assert told[0] == [None, "not_met", "not_met", "not_met", "met"]
    assert told[1] == [None, "not_met", "not_met", None, None]


def test_an_unlicensed_site_counts_while_it_ran(stage, official):
    now = stage.clock()
    site = make_site(id="past", region=REGION, opened_at=now - timedelta(days=50))
    for step, ago in (("verify", 45), ("stop", 40), ("place", 30), ("close", 20), ("reopen", 10)):
        site = unlicensed.advance(
            site,
            SiteStep(step),
            by="person-9" if step == "close" else "person-2",
            why="原因",
            at=now - timedelta(days=ago),
            children=3 if step == "place" else None,
        )
    rooms = stage.rooms
    rooms.inspections._transact(lambda tx: UnlicensedStore(rooms.database).add_site(site, tx))

    told = states(official, "licensed", site.id, days(stage, 51, 49, 35, 25, 15, 9))

    assert told == [None, "not_met", "not_met", "not_met", None, "not_met"]
