"""F22 over a tree of regions: province, two cities, two counties each, two kindergartens each.

Every kindergarten has an inspection, a finding, a served notice, a draft, and two photos, one of
them disclosed. Who reaches which is a table; everything else must look as if it were not there.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.findings.store import FindingStore
from inspections.kindergartens.model import Nature
from inspections.rectification.model import Status as NoticeStatus
from inspections.rectification.store import NoticeStore
from inspections.visits.model import Status as VisitStatus
from inspections.visits.store import VisitStore
from media.custody.model import SERVICE
from media.places.model import Datum
from tests.access_world import enter, photo
from tests.builders import NOON, make_correction, make_finding, make_inspection, make_notice

COUNTIES = {"aa": "445202", "ab": "445203", "ba": "445102", "bb": "445103"}
"""Two counties of each of two cities of one province."""

ALL = tuple(f"{county}{number}" for county in COUNTIES for number in (1, 2))

TABLE = """
who              role        of                reaches
province         supervisor  440000            aa1 aa2 ab1 ab2 ba1 ba2 bb1 bb2
city_a           supervisor  445200            aa1 aa2 ab1 ab2
city_b           inspector   445100            ba1 ba2 bb1 bb2
county_aa        inspector   445202            aa1 aa2
county_ab        supervisor  445203            ab1 ab2
county_bb        inspector   445103            bb1 bb2
two_counties     inspector   445202,445102     aa1 aa2 ba1 ba2
city_and_county  supervisor  445200,445103     aa1 aa2 ab1 ab2 bb1 bb2
other_province   supervisor  430000
other_city       inspector   445300
director_aa1     director    aa1               aa1
director_bb2     director    bb2               bb2
director_of_two  director    aa2,ba1           aa2 ba1
director_before  director    aa1:2025-12-31
"""
"""A director's binding may have ended on a day."""

_, *LINES = [line.split() for line in TABLE.strip().splitlines()]
ROWS = {who: (role, of.split(","), reaches) for who, role, of, *reaches in LINES}
DIRECTORS = [who for who, (role, *_) in ROWS.items() if role == "director"]
OFFICERS = [who for who in ROWS if who not in DIRECTORS]


@pytest.fixture(scope="module")
def tree(stage):
    """The ids of what belongs to each kindergarten, by its name in the table."""
    examined = stage.rooms.evidence.examine(photo(), id="any")
    made = {}
    for name in ALL:
        region = COUNTIES[name[:2]]
        place = {"lon": 116.3, "lat": 23.5, "datum": Datum.WGS84}
        site = stage.rooms.register.add(
            name=f"幼儿园{name}",
            nature=Nature.PUBLIC,
            region=region,
            address="x",
            place=place,
            actor=SERVICE,
            now=NOON,
        )
        ids = {
            each: str(uuid4())
            for each in ("case", "finding", "notice", "draft", "disclosed", "hidden")
        }
        ids |= {"kindergarten": site.id, "inspection": ids["case"]}
        of = {
            "case_id": ids["case"],
            "kindergarten_id": site.id,
            "kindergarten_name": site.name,
            "region": region,
        }
        stage.rooms.inspections._transact(
            lambda tx, ids=ids, of=of: write(stage, examined, ids, of, tx)
        )
        made[name] = ids
    return made


def write(stage, examined, ids, of, tx):
    database = stage.rooms.database
    checklist = stage.rooms.checklists.in_force("990102", "kindergarten", stage.clock.today())
    VisitStore(database).add(
        make_inspection(
            id=ids["inspection"],
            status=VisitStatus.APPROVED,
            checklist_id=checklist.id,
            **of,
        ),
        tx,
    )
    finding = make_finding(id=ids["finding"], inspection_id=ids["inspection"], **of)
    FindingStore(database).add([finding], tx)
    for each, status in (("notice", NoticeStatus.SERVED), ("draft", NoticeStatus.DRAFT)):
        notice = make_notice(
            id=ids[each],
            inspection_id=ids["inspection"],
            status=status,
            corrections=(make_correction(ids["finding"]),),
            due_at=NOON + timedelta(days=9999),
            **of,
        )
        NoticeStore(database).add(notice, tx)
    for each in ("disclosed", "hidden"):
        stage.rooms.evidence.keep(
            replace(examined, id=ids[each]),
            case_id=ids["case"],
            region=of["region"],
            kindergarten_id=of["kindergarten_id"],
            subject_kind="inspection",
            subject_id=ids["inspection"],
            disclosed=each == "disclosed",
            actor=SERVICE,
            now=NOON,
            tx=tx,
        )


@pytest.fixture(scope="module")
def callers(stage, tree):
    """The table's accounts, logged in."""
    found = {}
    for who, (role, of, _) in ROWS.items():
        if role != "director":
            found[who] = enter(stage, f"tree-{role}", roles=[role], regions=of)
            continue
        bindings = []
        for each in of:
            name, _, until = each.partition(":")
            bound = {"kindergarten_id": tree[name]["kindergarten"], "since": "2025-01-01"}
            bindings.append(bound | ({"until": until} if until else {}))
        found[who] = enter(stage, f"tree-{role}", roles=[role], bindings=bindings)
    return found


def walk(caller, path, **query):
    """Return the ids on every page, asked for one by one."""
    cursor, ids = {}, []
    while True:
        page = caller.get(path, limit=1, **query, **cursor)
        ids += [each["id"] for each in page["items"]]
        if page["next"] is None:
            return ids
        cursor = {"cursor": page["next"]}


def of(tree, names, *kinds):
    return sorted(tree[name][kind] for name in names for kind in kinds)


@pytest.mark.parametrize("who", OFFICERS)
def test_an_officer_lists_what_its_regions_hold_and_nothing_else(callers, tree, who):
    reached = ROWS[who][2]
    lists = {
        "kindergartens": ("kindergarten",),
        "inspections": ("inspection",),
        "findings": ("finding",),
        "notices": ("notice", "draft"),
    }

    for path, kinds in lists.items():
        assert sorted(walk(callers[who], path)) == of(tree, reached, *kinds), path


@pytest.mark.parametrize("who", OFFICERS)
def test_no_question_widens_what_an_officer_reaches(callers, tree, who):
    caller, reached = callers[who], set(ROWS[who][2])
    sites = of(tree, reached, "kindergarten")

    named = caller.get("kindergartens", name="幼儿园", limit=200)["items"]
    near = caller.get("kindergartens/near", lon=116.3, lat=23.5, datum="WGS-84", limit=200)
    assert sorted(each["id"] for each in named) == sites
    assert sorted(each["kindergarten"]["id"] for each in near["items"]) == sites
    for county, region in COUNTIES.items():
        held = {name for name in reached if name.startswith(county)}
        found = walk(caller, "kindergartens", region=region)
        assert sorted(found) == of(tree, held, "kindergarten"), region
    for name in ALL:
        asked = {"kindergarten_id": tree[name]["kindergarten"]}
        for path, kinds in (
            ("inspections", ("inspection",)),
            ("findings", ("finding",)),
            ("notices", ("notice", "draft")),
        ):
            wanted = of(tree, {name} & reached, *kinds)
            assert sorted(walk(caller, path, **asked)) == wanted, (path, name)


@pytest.mark.parametrize("who", DIRECTORS)
def test_a_director_lists_its_kindergartens_and_what_was_served_on_them(callers, tree, who):
    reached = ROWS[who][2]

    assert sorted(walk(callers[who], "kindergartens")) == of(tree, reached, "kindergarten")
    assert sorted(walk(callers[who], "notices")) == of(tree, reached, "notice")
    assert walk(callers[who], "notices", status="draft") == []


THINGS = {
    "kindergarten": "kindergartens/{}",
    "inspection": "inspections/{}",
    "items": "inspections/{inspection}/items",
    "case": "cases/{}/history",
    "notice": "notices/{}",
    "draft": "notices/{}",
    "disclosed": "evidence/{}",
    "hidden": "evidence/{}",
    "disclosed-320": "evidence/{disclosed}/derivatives/320",
    "hidden-1280": "evidence/{hidden}/derivatives/1280",
    "original": "evidence/{hidden}/original?reason=review",
}
TO_DIRECTORS = {"kindergarten", "notice", "disclosed", "disclosed-320"}
NOT_FOR_DIRECTORS = {"inspection", "items", "case", "original"}
"""These endpoints are no director's at all."""


@pytest.mark.parametrize("who", ROWS)
def test_each_thing_is_there_for_who_reaches_it_and_nowhere_for_others(callers, tree, who):
    role, _, reached = ROWS[who]
    for name in ALL:
        for kind, path in THINGS.items():
            answer = callers[who].call("GET", path.format(tree[name].get(kind), **tree[name]))
            if role == "director" and kind in NOT_FOR_DIRECTORS:
                wanted = 403
            elif name in reached and (role != "director" or kind in TO_DIRECTORS):
                wanted = 200
            else:
                wanted = 404
            assert answer.status_code == wanted, (name, kind, answer.text[:200])


@pytest.mark.parametrize("who", [who for who in OFFICERS if ROWS[who][0] == "supervisor"])
def test_a_supervisor_changes_only_what_it_reaches(callers, tree, who):
    """Each change names a revision that is stale: what is reached says so, the rest is absent."""
    reached = ROWS[who][2]
    for name, ids in tree.items():
        for method, path, body in (
            ("PATCH", f"kindergartens/{ids['kindergarten']}", {"why": "x", "classes": 1}),
            ("POST", f"inspections/{ids['inspection']}/steps", {"step": "approve"}),
            ("POST", f"notices/{ids['draft']}/issue", None),
            ("POST", f"notices/{ids['draft']}/withdrawal", {"why": "x"}),
            ("POST", f"notices/{ids['notice']}/closure", None),
            ("POST", f"notices/{ids['notice']}/reopening", {"why": "x"}),
        ):
            answer = callers[who].call(method, path, body, revision=99)
            assert answer.status_code == (412 if name in reached else 404), (name, path)


def test_an_administrator_sees_the_accounts_of_its_region_and_of_its_directors(
    stage, callers, tree
):
    admin = enter(stage, "tree-admin", roles=["administrator"], regions=["445200"])

    listed = set(walk(admin, "accounts"))

    within = {"city_a", "county_aa", "county_ab", "director_aa1", "director_before"}
    assert listed - {admin.account["id"]} == {callers[who].account["id"] for who in within}
    for who, caller in callers.items():
        path = f"accounts/{caller.account['id']}/steps"
        answer = admin.call("POST", path, {"step": "close", "why": "x"}, revision=99)
        assert answer.status_code == (412 if who in within else 404), who
