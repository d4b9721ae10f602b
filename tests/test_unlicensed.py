"""An unlicensed site over HTTP: sighted, matched, opened, followed until it ends."""

from uuid import uuid4

import pytest

from service.demonstration import SITE, identity
from tests.access_world import enter, send_photo, sight

FAR = {"lon": 116.6, "lat": 39.6}


@pytest.fixture
def site(stage):
    ids = [sight(stage, **FAR)["id"]]
    body = {"sighting_ids": ids, "address": "演示路 88 号", "name": "小太阳托管"}
    return stage.inspector.post("unlicensed-sites", body, wanted=201)


def step(caller, site, name, wanted=200, **more):
    path = f"unlicensed-sites/{site['id']}"
    revision = caller.get(path)["revision"]
    body = {"step": name, "why": "现场核实", **more}
    return caller.post(f"{path}/steps", body, wanted, revision=revision)


def test_a_sighting_sent_again_is_the_same_and_other_content_is_refused(stage):
    id_ = str(uuid4())
    first = sight(stage, id=id_, seen_at="2026-03-02T10:00:00+08:00")

    again = sight(stage, id=id_, seen_at="2026-03-02T10:00:00+08:00")
    place = {"lon": 116.402, "lat": 39.905, "datum": "WGS-84"}
    body = {"id": id_, "region": "990102", "place": place, "note": "另一处"}

    assert again == first
    assert stage.inspector.call("POST", "sightings", body).status_code == 409


def test_a_sighting_is_matched_with_register_sites_and_sightings_near_by(stage, site):
    beside = sight(stage, FAR["lon"] + 0.0003, FAR["lat"], name="小太阳幼儿园")
    third = sight(stage, FAR["lon"] + 0.0005, FAR["lat"])
    at_the_register = sight(stage, SITE[0], SITE[1], name="实验幼儿园")

    found = stage.inspector.get(f"sightings/{beside['id']}/matches")["items"]
    registered = stage.inspector.get(f"sightings/{at_the_register['id']}/matches")["items"]

    near = {(each["kind"], each["id"]): each for each in found}
    assert near["site", site["id"]]["likely"]
    assert near["site", site["id"]]["likeness"] == 1.0
    assert 15 < near["sighting", third["id"]]["distance_m"] < 20
    assert (registered[0]["kind"], registered[0]["id"]) == (
        "kindergarten",
        identity("kindergarten-1"),
    )


def test_no_case_is_opened_without_a_photo(stage):
    place = {**FAR, "datum": "WGS-84"}
    body = {"region": "990102", "place": place, "note": "x"}
    sighting = stage.inspector.post("sightings", body, wanted=201)

    refused = stage.inspector.call(
        "POST", "unlicensed-sites", {"sighting_ids": [sighting["id"]], "address": "x"}
    )

    assert refused.status_code == 409
    assert refused.json["type"] == "/problems/photo-missing"


def test_a_sighting_belongs_to_one_site_only(stage, site):
    mine = stage.inspector.get(f"unlicensed-sites/{site['id']}/sightings")["items"][0]["id"]

    refused = stage.inspector.call(
        "POST", "unlicensed-sites", {"sighting_ids": [mine], "address": "x"}
    )

    assert refused.status_code == 409
    assert mine not in [each["id"] for each in stage.inspector.get("sightings")["items"]]


def test_a_later_sighting_joins_the_site(stage, site):
    later = sight(stage, **FAR)["id"]
    path = f"unlicensed-sites/{site['id']}"

    joined = stage.inspector.post(f"{path}/sightings", {"sighting_ids": [later]}, revision=1)

    assert joined["revision"] == 2
    ids = [each["id"] for each in stage.inspector.get(f"{path}/sightings")["items"]]
    assert ids[-1] == later


def test_it_is_followed_until_a_second_person_closes_it(stage, site):
    involved = enter(stage, "involved", roles=["inspector", "supervisor"], regions=["990102"])
    step(involved, site, "verify")
    step(involved, site, "stop")

    step(stage.inspector, site, "place", children=12)
    own = step(involved, site, "close", wanted=403)
    by_an_inspector = step(stage.inspector2, site, "close", wanted=403)
    closed = step(stage.supervisor, site, "close")

    assert own["type"] == "/problems/own-step"
    assert by_an_inspector["type"] == "/problems/not-permitted"
    assert closed["status"] == "closed"
    verbs = [
        each["verb"]
        for each in stage.supervisor.get(f"unlicensed-sites/{site['id']}/history")["items"]
    ]
    assert verbs == [
        *("sighted", "evidence_received", "site_opened"),
        *("site_step", "site_step", "site_step", "site_step"),
    ]


def test_it_ends_as_licensed_only_with_a_licence_of_the_register(stage, site):
    step(stage.inspector, site, "verify")
    bare = stage.supervisor.post(
        "kindergartens",
        {"name": "小太阳幼儿园", "nature": "private", "region": "990102", "address": "x"},
        wanted=201,
    )

    refused = step(stage.supervisor, site, "license", 422, kindergarten_id=bare["id"])
    unknown = step(stage.supervisor, site, "license", 404, kindergarten_id=str(uuid4()))
    licensed = step(stage.supervisor, site, "license", kindergarten_id=identity("kindergarten-2"))

    assert refused["type"] == "/problems/not-licensed"
    assert unknown["status"] == 404
    assert licensed["kindergarten_id"] == identity("kindergarten-2")


def test_a_stale_or_blind_step_is_refused(stage, site):
    path = f"unlicensed-sites/{site['id']}/steps"
    body = {"step": "verify", "why": "x"}

    blind = stage.inspector.call("POST", path, body)
    stale = stage.inspector.call("POST", path, body, revision=9)

    assert (blind.status_code, stale.status_code) == (428, 412)


def test_a_place_far_from_the_sighting_is_flagged_on_its_photo(stage):
    sighting = sight(stage, **FAR)

    photo = send_photo(stage.inspector, f"sightings/{sighting['id']}/photos").json

    assert "far_from_site" in photo["flags"]


def test_sites_are_listed_by_status(stage, site):
    step(stage.inspector, site, "verify")

    verified = stage.inspector.get("unlicensed-sites", status="verified", limit=200)["items"]

    assert site["id"] in [each["id"] for each in verified]
    assert {each["status"] for each in verified} == {"verified"}
