"""Risk: points for each cause, visits for the points, and what the service knows of a region."""

from datetime import date, timedelta

import pytest

from inspections.risk import scoring
from inspections.risk.model import Known, Tier
from tests.access_world import enter
from tests.builders import make_finding, make_item
from tests.steps_world import visit_in

TODAY = date(2026, 3, 2)


def risk(cap=None, **known):
    facts = {"last_visit": TODAY} | known
    return scoring.score(Known("k", "某园", "990102", **facts), today=TODAY, cap=cap)


@pytest.mark.parametrize(
    ("known", "score", "tier", "visits"),
    [
        ({}, 0, Tier.LOW, 1),
        ({"ordinary": 11}, 11, Tier.LOW, 1),
        ({"ordinary": 12}, 12, Tier.MEDIUM, 2),
        ({"ordinary": 99}, 30, Tier.HIGH, 4),
        ({"major": 1, "open_major": 1}, 15, Tier.MEDIUM, 2),
        ({"overdue": 2, "reported": 1, "drills_failed": 5}, 25, Tier.HIGH, 4),
        ({"vetoed": True}, 40, Tier.HIGH, 4),
        ({"last_visit": None}, 12, Tier.MEDIUM, 2),
        ({"last_visit": date(2025, 9, 2)}, 6, Tier.LOW, 1),
        ({"last_visit": date(2025, 9, 3)}, 5, Tier.LOW, 1),
        ({"last_visit": date(2020, 1, 1)}, 12, Tier.MEDIUM, 2),
        ({"last_visit": date(2026, 4, 1)}, 0, Tier.LOW, 1),
    ],
)
def test_points_make_a_tier_and_a_tier_makes_visits(known, score, tier, visits):
    made = risk(**known)

    assert (made.score, made.tier, made.visits) == (score, tier, visits)
    assert sum(made.parts.values()) == made.score


def test_the_next_visit_is_due_a_share_of_the_year_after_the_last():
    assert risk().due == TODAY + timedelta(days=365)
    assert risk(vetoed=True).due == TODAY + timedelta(days=91)
    assert risk(last_visit=None).is_due
    assert not risk().is_due


def test_a_bureaus_cap_holds_over_the_points():
    assert risk(vetoed=True, cap=2).visits == 2
    assert risk(cap=2).visits == 1


def test_the_service_ranks_what_it_knows_and_keeps_to_its_regions(stage):
    officer = enter(stage, "risk", roles=["supervisor"], regions=["990103"])
    facts = {"nature": "public", "region": "990103", "address": "演示路"}
    quiet, loud = (
        officer.post("kindergartens", facts | {"name": f"演示{name}幼儿园"}, wanted=201)["id"]
        for name in ("安静", "喧闹")
    )
    now = stage.clock()
    for site in (quiet, loud):
        visit_in(stage, "approved", kindergarten_id=site, region="990103", approved_at=now)
    found = {"kindergarten_id": loud, "region": "990103", "found_at": now}
    major = make_item("escape-route", severity="major_hazard")
    stage.rooms.findings._store.add([make_finding("risk-1", item=major, **found)], None)
    stage.rooms.findings._store.add([make_finding("risk-2", item=major, seal="s", **found)], None)

    ranked = officer.get("risk", region="990103")["items"]
    due = officer.get("risk", region="990103", due_only=1)["items"]
    high = officer.get("risk", region="990103", tier="high")["items"]
    refused = officer.call("GET", "risk", query_string={"region": "990102"})

    by_id = {each["kindergarten_id"]: each for each in ranked}
    assert by_id[loud]["parts"] == {"major": 5, "open_major": 10}
    assert by_id[quiet]["score"] == 0
    assert ranked[0]["kindergarten_id"] == loud
    assert {quiet, loud}.isdisjoint(each["kindergarten_id"] for each in due)
    assert high == []
    assert refused.status_code == 403
