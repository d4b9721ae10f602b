"""What waits for whom: lists of inspections, findings and notices, page by page, in scope."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.findings.store import FindingStore
from inspections.rectification.model import Status
from inspections.rectification.store import NoticeStore
from inspections.visits.model import Status as VisitStatus
from inspections.visits.store import VisitStore
from service.demonstration import identity
from tests.builders import NOON, make_finding, make_inspection, make_notice

COUNT = 7
DAYS = [date(2026, 3, 2 + number % 3) for number in range(COUNT)]


@pytest.fixture(scope="module", autouse=True)
def world(stage):
    """Seven of each in the county, one of each in the next."""
    database = stage.rooms.database
    officer = replace(
        make_inspection().officers[0], account_id=stage.inspector.account["id"], name="检查员甲"
    )
    inspections = [
        make_inspection(
            id=f"inspection-{number}",
            case_id=f"case-{number}",
            planned_for=day,
            officers=(officer,) if number % 2 else (),
            status=VisitStatus.PLANNED if number % 2 else VisitStatus.APPROVED,
        )
        for number, day in enumerate(DAYS)
    ]
    findings = [
        make_finding(f"finding-{number}", closed_at=NOON if number % 2 else None)
        for number in range(COUNT)
    ]
    notices = [
        make_notice(
            id=f"notice-{number}",
            kindergarten_id=identity("kindergarten-1"),
            status=Status.SERVED if number % 2 else Status.DRAFT,
            due_at=NOON + timedelta(days=number),
            overdue_at=NOON if number == 3 else None,
        )
        for number in range(COUNT)
    ]
    elsewhere = {"region": "990103"}

    def act(tx):
        for each in (*inspections, replace(inspections[0], id="elsewhere", **elsewhere)):
            VisitStore(database).add(each, tx)
        away = replace(findings[0], id="elsewhere", **elsewhere)
        FindingStore(database).add([*findings, away], tx)
        FindingStore(database).add([], tx)
        for each in (
            *notices,
            replace(notices[1], id="elsewhere", kindergarten_id="x", **elsewhere),
        ):
            NoticeStore(database).add(each, tx)

    stage.rooms.inspections._transact(act)


def walked(caller, path, **query):
    """Every id of a list, read in pages of two."""
    found, cursor = [], None
    while True:
        page = caller.get(path, limit=2, **query, **({"cursor": cursor} if cursor else {}))
        found += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


def test_inspections_come_by_day_without_gap_or_double(stage):
    found = walked(stage.supervisor, "inspections")

    ordered = sorted(range(COUNT), key=lambda number: (DAYS[number], f"inspection-{number}"))
    assert found == [f"inspection-{number}" for number in ordered]


def test_mine_are_those_that_i_am_assigned_to(stage):
    assert sorted(walked(stage.inspector, "inspections", mine="true")) == [
        "inspection-1",
        "inspection-3",
        "inspection-5",
    ]
    assert walked(stage.inspector, "inspections", mine="true", on="2026-03-03") == ["inspection-1"]
    assert walked(stage.inspector2, "inspections", mine="true") == []


def test_inspections_are_found_by_status_and_kindergarten(stage):
    planned = walked(stage.supervisor, "inspections", status=["planned", "underway"])

    assert sorted(planned) == ["inspection-1", "inspection-3", "inspection-5"]
    assert walked(stage.supervisor, "inspections", kindergarten_id="nowhere") == []


def test_findings_are_found_open_or_by_inspection(stage):
    found = walked(stage.inspector, "findings", open_only="true")

    assert found == ["finding-0", "finding-2", "finding-4", "finding-6"]
    assert len(walked(stage.inspector, "findings", inspection_id="inspection-1")) == COUNT
    assert walked(stage.inspector, "findings", kindergarten_id="nowhere") == []


def test_notices_are_found_by_status_overdue_and_kindergarten(stage):
    assert walked(stage.supervisor, "notices", overdue="true") == ["notice-3"]
    assert len(walked(stage.supervisor, "notices", overdue="false")) == COUNT - 1
    assert len(walked(stage.supervisor, "notices", status="draft")) == 4
    assert walked(stage.supervisor, "notices", kindergarten_id="nowhere") == []


def test_a_director_lists_what_was_served_whatever_status_it_asks_for(stage):
    served = ["notice-1", "notice-3", "notice-5"]

    assert walked(stage.director, "notices") == served
    assert walked(stage.director, "notices", status=["draft", "served"]) == served
    assert walked(stage.director, "notices", status="draft") == []


def test_the_city_sees_both_counties(stage):
    assert "elsewhere" in walked(stage.supervisor2, "inspections")
    assert "elsewhere" in walked(stage.supervisor2, "findings")
    assert "elsewhere" in walked(stage.supervisor2, "notices")
    assert "elsewhere" not in walked(stage.supervisor, "notices")


def test_a_draft_is_withdrawn_with_a_reason_and_its_findings_are_free_again(stage):
    database = stage.rooms.database
    finding = make_finding("finding-free", inspection_id="inspection-6")
    stage.rooms.inspections._transact(lambda tx: FindingStore(database).add([finding], tx))
    body = {"finding_ids": ["finding-free"], "paper": "order", "days": 5}
    drafted = stage.inspector.post("notices", body, wanted=201)

    taken = stage.inspector.call("POST", "notices", body)
    withdrawn = stage.supervisor.post(
        f"notices/{drafted['id']}/withdrawal", {"why": "重复"}, revision=drafted["revision"]
    )
    again = stage.inspector.post("notices", body | {"days": 6}, wanted=201)

    assert taken.status_code == 409
    assert withdrawn["status"] == "withdrawn"
    assert again["corrections"][0]["finding_id"] == "finding-free"


def test_a_draft_sent_again_changes_nothing_and_other_content_is_refused(stage):
    database = stage.rooms.database
    finding = make_finding("finding-again", inspection_id="inspection-4")
    stage.rooms.inspections._transact(lambda tx: FindingStore(database).add([finding], tx))
    body = {
        "id": "3f2b1c9e-7c1d-4b62-9f41-0d4c58a7f001",
        "finding_ids": ["finding-again"],
        "paper": "recommendation",
        "days": 5,
        "day_kind": "calendar",
    }

    first = stage.inspector.post("notices", body, wanted=201)
    again = stage.inspector.post("notices", body, wanted=201)
    other = stage.inspector.call("POST", "notices", body | {"days": 6})

    assert again == first
    assert other.status_code == 409


def test_findings_that_are_not_there_make_no_notice(stage):
    body = {"finding_ids": ["absent"], "paper": "order", "days": 5}

    assert stage.inspector.call("POST", "notices", body).status_code == 404
