"""The register over HTTP: added, found by name, region and distance, its names checked."""

from uuid import uuid4

import pytest

from inspections.kindergartens.actions import place_of
from inspections.kindergartens.intake import _with_outline
from inspections.kindergartens.search import grams, wanted
from inspections.visits.actions import site_of
from media.custody.model import SERVICE
from media.places.actions import metres
from media.places.model import Position
from service.demonstration import SITE, identity


def facts(**changed):
    return {
        "name": "演示县向阳幼儿园",
        "nature": "private",
        "profit": "non_profit",
        "region": "990102",
        "address": "演示路 9 号",
        "headcount": 90,
        "licence": {"number": "教演9", "authority": "演示县教育局", "issued_on": "2025-09-01"},
        "persons_in_charge": [{"name": "园长", "duty": "园长", "phone": "13800000000"}],
        **changed,
    }


def test_a_kindergarten_is_added_with_all_that_the_register_asks(stage):
    added = stage.supervisor.post("kindergartens", facts(), wanted=201)

    seen = stage.inspector.get(f"kindergartens/{added['id']}")

    assert seen == added
    assert seen["licence"]["number"] == "教演9"
    assert seen["persons_in_charge"][0]["duty"] == "园长"
    assert seen["name_check"]["verdict"] == "ok"


def test_sent_again_it_changes_nothing_and_other_content_is_refused(stage):
    body = facts(id=str(uuid4()), place={"lon": 116.4, "lat": 39.9, "datum": "GCJ-02"})

    first = stage.supervisor.post("kindergartens", body, wanted=201)
    again = stage.supervisor.post("kindergartens", body, wanted=201)
    other = stage.supervisor.call("POST", "kindergartens", body | {"headcount": 91})

    assert again == first
    assert other.status_code == 409
    assert stage.supervisor.get(f"kindergartens/{body['id']}")["headcount"] == 90


@pytest.mark.parametrize(
    ("name", "nature", "term"),
    [
        ("演示县国际幼儿园", "private", "国际"),
        ("演示县双 语幼儿园", "private", "双语"),
        ("演示县雙語幼兒園", "private", "双语"),
        ("Happy Baby 幼儿园", "private", "Happy"),
    ],
)
def test_every_name_is_checked_when_it_is_written(stage, name, nature, term):
    added = stage.supervisor.post("kindergartens", facts(name=name, nature=nature), wanted=201)

    checked = added["name_check"]

    assert checked["verdict"] == "violation"
    assert any(term.lower() in each["term"].lower() for each in checked["findings"])
    for each in checked["findings"]:
        assert name[each["start"] : each["end"]].strip()


def test_a_renamed_kindergarten_is_checked_again_and_the_change_is_on_record(stage):
    added = stage.supervisor.post("kindergartens", facts(name="演示县全球幼儿园"), wanted=201)

    answer = stage.supervisor.call(
        "PATCH",
        f"kindergartens/{added['id']}",
        {"name": "演示县春芽幼儿园", "why": "更名"},
        revision=added["revision"],
    )

    assert answer.json["name_check"]["verdict"] == "ok"
    assert answer.headers["ETag"] == '"2"'
    entries = stage.rooms.custody.history(f"kindergarten:{added['id']}")
    assert [entry.verb for entry in entries] == ["kindergarten_added", "kindergarten_changed"]
    assert entries[1].why == "更名"


@pytest.mark.parametrize(("revision", "status"), [(None, 428), (7, 412)])
def test_a_change_names_the_revision_that_it_saw(stage, revision, status):
    path = f"kindergartens/{identity('kindergarten-2')}"
    body = {"headcount": 5, "why": "x"}

    answer = stage.supervisor.call("PATCH", path, body, revision=revision)

    assert answer.status_code == status
    assert stage.supervisor.get(path)["headcount"] == 180


def test_an_official_adds_and_moves_nothing_outside_of_its_regions(stage):
    outside = stage.supervisor.call("POST", "kindergartens", facts(region="990103"))
    path = f"kindergartens/{identity('kindergarten-2')}"
    moved = stage.supervisor.call("PATCH", path, {"region": "990103", "why": "x"}, revision=1)

    assert (outside.status_code, moved.status_code) == (403, 403)


def test_it_is_found_by_any_part_of_its_name_whatever_the_width_or_case(stage):
    added = stage.supervisor.post("kindergartens", facts(name="演示县A1小太阳幼儿园"), wanted=201)

    for part in ("小太阳", "太", "ａ１小", "a1"):
        found = stage.inspector.get("kindergartens", name=part)["items"]
        assert added["id"] in [each["id"] for each in found], part


@pytest.mark.parametrize("part", [".*", "(a+)+$", "小太阳$", "$ne", "\\", "["])
def test_a_part_of_a_name_is_never_a_pattern(stage, part):
    assert stage.inspector.get("kindergartens", name=part)["items"] == []


def test_it_is_found_by_region_and_by_verdict(stage):
    county = stage.supervisor2.get("kindergartens", region="990103")["items"]
    bad = stage.supervisor2.get("kindergartens", verdict="violation", region="9901")["items"]

    assert {each["region"] for each in county} == {"990103"}
    assert {each["name_check"]["verdict"] for each in bad} == {"violation"}


def test_it_is_found_by_distance_nearest_first(stage):
    found = stage.inspector.get(
        "kindergartens/near", lon=SITE[0], lat=SITE[1], datum="WGS-84", within_m=500
    )["items"]

    distances = [each["distance_m"] for each in found]
    assert found[0]["kindergarten"]["id"] == identity("kindergarten-1")
    assert distances == sorted(distances)
    assert max(distances) <= 500
    assert identity("kindergarten-3") not in [each["kindergarten"]["id"] for each in found]


def test_a_point_in_another_datum_is_turned_to_wgs84_and_kept_as_given(stage):
    place = {"lon": 116.397, "lat": 39.909, "datum": "GCJ-02"}

    added = stage.supervisor.post("kindergartens", facts(place=place), wanted=201)["place"]

    assert (added["given_lon"], added["given_datum"]) == (116.397, "GCJ-02")
    assert added["lon"] == pytest.approx(116.397 - 0.00624, abs=2e-4)


CORNERS = [[116.390, 39.906], [116.392, 39.906], [116.392, 39.908], [116.390, 39.908]]


def test_an_outline_is_kept_in_both_datums_and_photos_are_compared_with_it(stage):
    place = {"lon": 116.391, "lat": 39.907, "datum": "GCJ-02", "outline": CORNERS}

    added = stage.supervisor.post("kindergartens", facts(place=place), wanted=201)

    kept = stage.rooms.register.get(added["id"], actor=SERVICE)
    assert added["place"]["given_outline"] == CORNERS
    assert all(
        100 < metres(Position(*turned), Position(*given)) < 700
        for turned, given in zip(added["place"]["outline"], CORNERS, strict=True)
    )
    assert site_of(kept).outline == tuple(map(tuple, added["place"]["outline"]))
    assert site_of(kept).tolerance == 50


@pytest.mark.parametrize("outline", [[[116, 39], [117, 39]], [[116, 39]] * 201, [[116, 99]] * 4])
def test_an_outline_that_cannot_be_one_is_refused(stage, outline):
    place = {"lon": 116.391, "lat": 39.907, "datum": "WGS-84", "outline": outline}

    answer = stage.supervisor.call("POST", "kindergartens", facts(place=place))

    assert answer.status_code == 422


def test_a_table_leaves_the_outline_of_a_point_that_stays():
    before = place_of({"lon": 1.0, "lat": 2.0, "datum": "WGS-84", "outline": CORNERS})
    same = place_of({"lon": 1.0, "lat": 2.0, "datum": "WGS-84"})
    moved = place_of({"lon": 1.5, "lat": 2.0, "datum": "WGS-84"})

    assert _with_outline(same, before) == before
    assert _with_outline(moved, before) == moved
    assert _with_outline(None, before) is None
    assert _with_outline(same, None) == same


def test_pages_follow_one_another_without_gap_or_double(stage):
    for number in range(7):
        stage.supervisor.post("kindergartens", facts(name=f"演示县第{number}园"), wanted=201)
    whole = [each["id"] for each in stage.supervisor.get("kindergartens", limit=200)["items"]]

    paged, cursor = [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = stage.supervisor.call("GET", "kindergartens", query_string=query)
        paged += [each["id"] for each in answer.json["items"]]
        cursor = answer.json["next"]
        if cursor is None:
            break
        assert f"cursor={cursor}" in answer.headers["Link"]

    assert paged == whole
    assert len(whole) >= 10


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMl0", "bm90IGpzb24"])
def test_a_cursor_of_somebody_elses_making_is_refused(stage, cursor):
    answer = stage.inspector.call("GET", "kindergartens", query_string={"cursor": cursor})

    assert answer.status_code == 422


def test_a_director_sees_its_own_kindergarten_only(stage):
    seen = stage.director.get("kindergartens")["items"]

    assert [each["id"] for each in seen] == [identity("kindergarten-1")]
    other = stage.director.call("GET", f"kindergartens/{identity('kindergarten-2')}")
    assert other.status_code == 404


def test_a_name_is_indexed_by_its_characters_and_pairs():
    assert grams("Ａ 园") == ["a", "a园", "园"]
    assert wanted("小") == ["小"]
    assert wanted("小太阳") == ["太阳", "小太"]
