"""Figures over HTTP, by hand and against a slow plain count; files, bulletins, open data."""

import csv
import random
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from uuid import uuid4
from zipfile import ZipFile

import openpyxl
import pytest

from inspections.cases.veto.store import VetoStore
from inspections.statistics.measures import MEASURES
from media.documents import to_document
from service.demonstration import identity
from tests.access_world import enter, send_photo
from tests.builders import make_answer, make_finding, make_item, make_service, make_veto_case
from tests.steps_world import notice_in, visit_in, written

REGION = "990103"
YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture(scope="module")
def official(stage):
    """A supervisor of the next county, where nothing has happened yet."""
    return enter(stage, "statistics", roles=["supervisor"], regions=[REGION])


@pytest.fixture(scope="module")
def sites(stage, official):
    """Six kindergartens of the county, one with a name that a spreadsheet would run."""
    names = ["=1+1幼儿园", *(f"演示西县第{number}幼儿园" for number in "一二三四五")]
    made = []
    for number, name in enumerate(names):
        facts = {
            "name": name,
            "nature": "public",
            "region": REGION,
            "address": f"演示路 {number} 号",
            "place": {"lon": 116.2 + number / 100, "lat": 39.8, "datum": "WGS-84"},
        }
        made.append(official.post("kindergartens", facts, wanted=201)["id"])
    return made


def approve(stage, site, control, result, **ago):
    """Write an approved visit with one answer."""
    answers = {control: make_answer(control, result)}
    facts = {"kindergarten_id": site, "region": REGION, "items": (control,), "answers": answers}
    return visit_in(stage, "approved", approved_at=stage.clock() - timedelta(**ago), **facts)


def statement(caller, **changed):
    return caller.get("statistics", **{"region": REGION, **YEAR, **changed})


def figure(told, measure):
    return next(each for each in told["figures"] if each["measure"] == measure)


def counts(found):
    return tuple(found[each] for each in ("met", "not_met", "not_applicable", "not_checked"))


def test_the_latest_approved_answer_of_each_kindergarten_counts(stage, official, sites):
    control = "camera-linkage"
    approve(stage, sites[0], control, "not_met", hours=9)
    latest = approve(stage, sites[0], control, "met", hours=8)
    approve(stage, sites[1], control, "met", hours=7)
    approve(stage, sites[1], control, "not_met", hours=6)
    approve(stage, sites[2], control, "met", hours=5)
    approve(stage, sites[2], control, "not_checked", hours=4)
    approve(stage, sites[3], control, "not_applicable", hours=3)
    visit_in(
        stage,
        "submitted",
        kindergarten_id=sites[4],
        region=REGION,
        items=(control,),
        answers={control: make_answer(control, "met")},
    )

    found = figure(statement(official), "camera_linkage")

    # the county has one kindergarten of the demonstration beside the six
    assert counts(found) == (2, 1, 1, 3)
    assert (found["share"], found["target"], found["reached"]) == (66.67, None, None)
    query = {"measure": "camera_linkage", "region": REGION, "on": "2026-12-31"}
    behind = official.get("statistics/standings", **query)["items"]
    known = {each["id"]: (each["state"], each["inspection_id"]) for each in behind}
    assert known[sites[0]] == ("met", latest.id)
    assert known[sites[4]] == ("not_checked", None)
    lacking = official.get("statistics/standings", **query, state="not_met")["items"]
    assert [each["id"] for each in lacking] == [sites[1]]


def test_a_figure_is_held_against_the_clause_of_the_checklist_in_force(stage):
    here = {"region": "990102", "since": "2026-01-01", "until": "2026-12-31"}

    found = figure(stage.supervisor.get("statistics", **here), "camera_linkage")

    assert found["target"] == 100.0
    assert found["reached"] in (None, found["share"] == 100.0)
    plan = stage.supervisor.get(f"plans/{found['basis']['plan_id']}")
    assert plan["title"] == found["basis"]["title"]


def test_figures_are_those_of_a_slow_plain_count(stage, official, sites):
    dice = random.Random(6)
    control, measure = "one-key-alarm", "one_key_alarm"
    states = ("met", "not_met", "not_applicable", "not_checked")
    made = []
    for number in range(60):
        site, result = dice.choice(sites), dice.choice(states)
        approve(stage, site, control, result, minutes=600 - number)
        made.append((site, result))

    plain = dict.fromkeys([*sites, identity("kindergarten-4")], "not_checked")
    for site, result in made:
        if result != "not_checked":
            plain[site] = result
    found = counts(figure(statement(official), measure))

    assert found == tuple(list(plain.values()).count(state) for state in states)


def test_sites_without_a_licence_count_against_the_licensed(stage, official, sites):
    before = counts(figure(statement(official), "licensed"))
    officer = enter(stage, "officer", roles=["inspector"], regions=[REGION])
    place = {"lon": 116.7, "lat": 39.7, "datum": "WGS-84"}
    sighting = {"region": REGION, "place": place, "note": "有儿童出入"}
    seen = officer.post("sightings", sighting, wanted=201)
    send_photo(officer, f"sightings/{seen['id']}/photos")
    officer.post(
        "unlicensed-sites", {"sighting_ids": [seen["id"]], "address": "演示路 88 号"}, wanted=201
    )

    after = counts(figure(statement(official), "licensed"))

    assert before[:2] == (1, 6)
    assert after[:2] == (1, 7)


def test_over_time_and_of_the_regions_below(stage, sites):
    told = stage.supervisor2.get("statistics", region="990100", **YEAR)
    quarters = stage.supervisor2.get(
        "statistics/over-time", region="990100", every="quarter", **YEAR
    )["items"]

    assert {each["region"] for each in told["below"]} == {"990102", REGION}
    assert [each["period"]["since"] for each in quarters] == [
        *("2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"),
    ]
    assert sum(each["work"]["inspections"] for each in quarters) == told["work"]["inspections"]
    assert counts(figure(quarters[0], "licensed"))[:2] == (0, 0)


def test_nobody_reckons_a_region_that_is_not_theirs(stage, official):
    county = stage.supervisor.call("GET", "statistics", query_string={"region": REGION, **YEAR})
    city = official.call("GET", "statistics", query_string={"region": "990100", **YEAR})
    odd = official.call(
        "GET", "statistics", query_string={"region": REGION, **YEAR, "until": "2025-01-01"}
    )
    unknown = {"measure": "x", "region": REGION, "on": "2026-12-31"}
    none = official.call("GET", "statistics/standings", query_string=unknown)

    assert [each.status_code for each in (county, city, odd, none)] == [403, 403, 422, 404]
    listed = official.get("statistics/measures")["items"]
    assert [each["id"] for each in listed] == list(MEASURES)


def export(caller, name, kind, **query):
    answer = caller.call("GET", f"exports/{name}", query_string={"format": kind, **query})
    assert answer.status_code == 200, answer.text
    return answer


STANDINGS = {"measure": "camera_linkage", "region": REGION, "on": "2026-12-31"}


def test_the_files_say_what_the_figures_say_and_run_nothing(official, sites):
    told = statement(official)
    table = export(official, "statistics", "csv", region=REGION, **YEAR).data
    rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"))))
    book = export(official, "standings", "xlsx", **STANDINGS).data
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    with ZipFile(BytesIO(book)) as parts:
        formulas = sum(b"<f>" in parts.read(each) for each in parts.namelist())
    as_csv = export(official, "standings", "csv", **STANDINGS).data.decode("utf-8-sig")

    assert [(each["指标"], each["符合"]) for each in rows[: len(MEASURES)]] == [
        (MEASURES[each["measure"]].zh, str(each["met"])) for each in told["figures"]
    ]
    assert "=1+1幼儿园" in names
    assert formulas == 0
    assert "'=1+1幼儿园" in as_csv


def test_the_map_has_a_point_for_each_with_a_place(official, sites):
    answer = export(official, "standings", "geojson", **STANDINGS)

    assert answer.mimetype == "application/geo+json"
    features = {each["id"]: each for each in answer.json["features"]}
    assert features[sites[1]]["geometry"]["coordinates"] == pytest.approx([116.21, 39.8])
    assert features[sites[0]]["properties"]["state"] == "met"


def test_a_bulletin_freezes_its_figures_and_another_publishes_it(stage, official, sites):
    body = {"id": str(uuid4()), "region": REGION, "title": "第三季度通报", **YEAR}
    drafted = official.post("bulletins", body, wanted=201)
    again = official.post("bulletins", body, wanted=201)
    approve(stage, sites[4], "camera-linkage", "met", minutes=1)
    path = f"bulletins/{drafted['id']}"
    own = official.call("POST", f"{path}/publication", revision=1)
    published = stage.supervisor2.post(f"{path}/publication", revision=1)
    twice = stage.supervisor2.call("POST", f"{path}/publication", revision=2)
    second = {**body, "id": str(uuid4())}
    other = official.post("bulletins", second, wanted=201)
    other = stage.supervisor2.post(f"bulletins/{other['id']}/publication", revision=1)

    assert again == drafted
    assert [each.status_code for each in (own, twice)] == [403, 409]
    assert published["figures"] == drafted["figures"] != other["figures"]
    assert (published["number"], other["number"]) == (
        f"{REGION}教通〔2026〕1号",
        f"{REGION}教通〔2026〕2号",
    )
    assert len(published["text"]) == len(MEASURES) + 1
    assert drafted["sha256"] != other["sha256"]


def test_open_data_names_nobody(official, sites):
    items = official.get("open-data/kindergartens", region=REGION, year=2026)["items"]
    table = export(official, "open-data", "csv", region=REGION, year=2026).data.decode("utf-8-sig")

    assert len(items) == 7
    allowed = {"code", "name", "nature", "region", "address", "grade", "year"}
    assert set(items[0]) == allowed | {"licence_number", "licence_valid_until"}
    assert "园长" not in str(items) + table


def test_a_year_is_compiled_and_its_grade_published_to_director_and_open_data(
    stage, official, sites
):
    path = f"kindergartens/{sites[5]}/annual-reviews"
    grade = {"grade": "failed", "why": "重大隐患未销号"}
    for year in (2025, 2026):
        facts = official.get(f"{path}/{year}/facts")
        official.post(f"{path}/{year}/proposal", grade, revision=0)
        early = stage.supervisor2.call("POST", f"{path}/{year}/publication", revision=1)
        stage.supervisor2.post(f"{path}/{year}/decision", revision=1)
        silent = official.get("open-data/kindergartens", region=REGION, year=year)["items"]
        told = stage.supervisor2.post(f"{path}/{year}/publication", revision=2)

    disclosed = official.get("open-data/kindergartens", region=REGION, year=2026)["items"]
    assert (facts["suggested"], facts["vetoed"]) == ("passed", False)
    assert early.status_code == 409
    assert {each["grade"] for each in silent} == {None}
    assert [each["grade"] for each in disclosed].count("failed") == 1
    assert (told["failed_years"], told["flagged"]) == (2, True)
    message = stage.rooms.database["messages"].find_one({"kind": "review_published"})
    assert message["audience"]["directors_of"] == sites[5]


def test_what_stays_open_from_a_year_before_speaks_against_the_year_as_well(stage, official, sites):
    path = f"kindergartens/{sites[4]}/annual-reviews"
    here = {"kindergarten_id": sites[4], "region": REGION}
    december = datetime(2025, 12, 20, tzinfo=UTC)
    served = make_service(served_at=december)
    notice = notice_in(stage, "served", case_id=str(uuid4()), service=served, **here)
    item = make_item(severity="major_hazard")
    finding = make_finding(str(uuid4()), found_at=december, item=item, **here)
    database = stage.rooms.database
    database["findings"].insert_one(to_document(finding))

    def suggested(*years):
        told = [official.get(f"{path}/{year}/facts") for year in years]
        return [each["suggested"] for each in told]

    both_open = suggested(2024, 2025, 2026)
    facts = official.get(f"{path}/2026/facts")
    database["findings"].update_one({"_id": finding.id}, {"$set": {"closed_at": stage.clock()}})
    notice_open = suggested(2025, 2026)
    database["notices"].update_one({"_id": notice.id}, {"$set": {"status": "closed"}})

    assert both_open == ["passed", "failed", "failed"]
    assert notice_open == ["basically_passed", "basically_passed"]
    assert suggested(2025, 2026) == ["passed", "passed"]
    assert (facts["findings_major"], facts["major_open"]) == (0, 1)
    assert (facts["notices_served"], facts["notices_open"]) == (0, 1)


def test_a_veto_that_stands_fails_a_published_grade_and_tells_nothing_before(
    stage, official, sites
):
    def disclosed():
        items = official.get("open-data/kindergartens", region=REGION, year=2024)["items"]
        return {each["grade"] for each in items}

    path = f"kindergartens/{sites[1]}/annual-reviews/2024"
    official.post(f"{path}/proposal", {"grade": "passed", "why": "按期销号"}, revision=0)
    stage.supervisor2.post(f"{path}/decision", revision=1)
    case = make_veto_case(
        id=str(uuid4()), kindergarten_id=sites[1], region=REGION, year=2024, seal="sealed"
    )
    written(stage, VetoStore, case)
    before = disclosed()
    stage.supervisor2.post(f"{path}/publication", revision=2)
    published = disclosed()
    upheld = {"$set": {"standing": "upheld"}}
    stage.rooms.database["veto_cases"].update_one({"_id": case.id}, upheld)

    assert (before, published, disclosed()) == ({None}, {None, "passed"}, {None, "failed"})


def test_a_veto_after_the_decision_fails_the_year_that_is_published(stage, official, sites):
    path = f"kindergartens/{sites[2]}/annual-reviews/2024"
    official.post(f"{path}/proposal", {"grade": "passed", "why": "按期销号"}, revision=0)
    stage.supervisor2.post(f"{path}/decision", revision=1)
    facts = {"kindergarten_id": sites[2], "region": REGION, "year": 2024, "seal": "sealed"}
    case = make_veto_case(id=str(uuid4()), **facts)
    written(stage, VetoStore, case)
    upheld = {"$set": {"standing": "upheld"}}
    stage.rooms.database["veto_cases"].update_one({"_id": case.id}, upheld)

    published = stage.supervisor2.post(f"{path}/publication", revision=2)

    assert (published["grade"], published["review"]["status"]) == ("failed", "published")
    about = {"kind": "review_published", "audience.directors_of": sites[2]}
    assert stage.rooms.database["messages"].find_one(about)["facts"]["grade"] == "failed"
