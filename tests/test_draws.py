"""Double-random draws: committed to beforehand, made by another, and reckoned again by anybody."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.draws.drawing import canonical, draw, seed_of
from inspections.draws.errors import TooFewOfficers
from inspections.draws.model import Act, Draw, Group, Inputs, Status
from inspections.draws.schemas import DrawSchema
from service.demonstration import identity
from tests.access_world import today

RECOMPUTE = Path(__file__).parents[1] / "docs/draws/recompute.py"
OFFICERS = [identity("inspector"), identity("inspector2")]
BEACON = "第 134 期 03 08 14 19 27 31 + 05"


@pytest.fixture(scope="module")
def sites(stage):
    """Eight kindergartens of the county."""
    added = []
    for number in range(8):
        facts = {
            "name": f"演示县第{'一二三四五六七八'[number]}幼儿园",
            "nature": "public",
            "region": "990102",
            "address": f"演示路 {number} 号",
        }
        added.append(stage.supervisor.post("kindergartens", facts, wanted=201)["id"])
    return added


@pytest.fixture
def commit(stage, sites):
    def do(wanted=201, caller=None, **changed):
        inputs = {
            "groups": [
                {"name": "高风险", "site_ids": sites[:4], "count": 2, "reserves": 1},
                {"name": "其他", "site_ids": sites[4:], "count": 1},
            ],
            "officer_ids": OFFICERS,
        } | changed.pop("inputs", {})
        body = {"id": str(uuid4()), "region": "990102", "title": "秋季抽查", "inputs": inputs}
        return (caller or stage.supervisor).post("draws", body | changed, wanted=wanted)

    return do


def make(caller, made, **more):
    asked = {"revision": made["revision"]} | more
    return caller.call("POST", f"draws/{made['id']}/drawing", {"beacon": BEACON}, **asked)


def recompute(tmp_path, told):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(RECOMPUTE), str(file)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip()


def test_a_draw_is_committed_to_made_by_another_and_reckoned_again(stage, commit, tmp_path):
    committed = commit()
    drawn = make(stage.supervisor2, committed).json

    told = stage.inspector.get(f"draws/{committed['id']}")

    assert (committed["secret"], committed["results"]) == (None, [])
    assert sha256(told["secret"].encode()).hexdigest() == committed["commitment"]
    assert told == drawn
    assert committed["seed"] is None
    assert [each["reserve"] for each in told["results"]] == [False, False, True, False]
    assert all(sorted(each["officer_ids"]) == sorted(OFFICERS) for each in told["results"])
    assert recompute(tmp_path, told) == (0, "genuine")
    verbs = [each.verb for each in stage.rooms.custody.history(f"draw:{committed['id']}")]
    assert verbs == ["draw_committed", "draw_made"]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["results"].reverse(),
        lambda told: told.update(beacon="another"),
        lambda told: told.update(secret="0" * 64),
        lambda told: told["inputs"]["groups"][0].update(count=1),
        lambda told: told.update(inputs_sha256="0" * 64),
    ],
)
def test_a_draw_that_was_changed_is_told(stage, commit, tmp_path, change):
    told = make(stage.supervisor2, commit()).json

    change(told)

    assert recompute(tmp_path, told)[0] == 1


def test_an_exchanged_beacon_is_told_even_where_it_would_have_drawn_the_same(tmp_path):
    only = Inputs((Group("a", ("s1",), 1),), ("o1",), 1, 1)
    secret, digest = "5" * 64, sha256(canonical(only)).hexdigest()
    results = draw(only, seed_of(secret, digest, BEACON))
    by = Act(datetime(2026, 11, 23, tzinfo=UTC), "account", "person", "督导员")
    made = Draw(
        "d", "990102", "抽查", only, digest, sha256(secret.encode()).hexdigest(), secret, by
    )
    made = replace(made, status=Status.DRAWN, beacon=BEACON, drawn=by, results=results)
    told = DrawSchema().dump(made)

    assert recompute(tmp_path, told) == (0, "genuine")
    assert draw(only, seed_of(secret, digest, "another")) == results
    assert recompute(tmp_path, {**told, "beacon": "another"})[0] == 1


def test_who_committed_does_not_draw_and_a_draw_is_made_once(stage, commit):
    committed = commit()

    own = make(stage.supervisor, committed)
    stale = make(stage.supervisor2, committed, revision=9)
    first = make(stage.supervisor2, committed)
    again = make(stage.supervisor2, first.json)

    statuses = [each.status_code for each in (own, stale, first, again)]
    assert statuses == [403, 412, 200, 409]


def test_a_draw_that_is_given_up_tells_its_secret_and_why(stage, commit):
    committed = commit()

    path = f"draws/{committed['id']}/cancellation"
    told = stage.supervisor.post(path, {"why": "方案有误"}, revision=committed["revision"])

    assert (told["status"], told["why"]) == ("cancelled", "方案有误")
    assert sha256(told["secret"].encode()).hexdigest() == committed["commitment"]
    assert make(stage.supervisor2, told).status_code == 409


def test_sent_again_it_is_the_first_and_another_is_refused(stage, commit):
    id_ = str(uuid4())
    first = commit(id=id_)

    assert commit(id=id_)["commitment"] == first["commitment"]
    commit(id=id_, title="另一次", wanted=409)


def test_what_cannot_be_drawn_is_refused_before_anything_is_committed(commit, sites):
    few = [{"name": "x", "site_ids": sites[:1], "count": 2}]
    twice = [{"name": "x", "site_ids": [sites[0], sites[0]], "count": 1}]
    foreign = [{"name": "x", "site_ids": [str(uuid4())], "count": 1}]

    commit(inputs={"groups": few}, wanted=422)
    commit(inputs={"groups": twice}, wanted=422)
    commit(inputs={"groups": foreign}, wanted=404)
    commit(inputs={"most": 1}, wanted=422)
    commit(inputs={"officer_ids": [OFFICERS[0], OFFICERS[0]]}, wanted=422)
    commit(inputs={"officer_ids": [OFFICERS[0], identity("director")]}, wanted=404)
    commit(region="445202", wanted=404)


NAMES = [f"o{number}" for number in range(9)]


def inputs(sites=20, count=10, **changed):
    ids = tuple(f"s{number}" for number in range(sites))
    facts = {"officer_ids": tuple(NAMES), "team": 2, "most": 4, "recusals": ()}
    return Inputs(**{"groups": (Group("a", ids, count, 2),), **facts, **changed})


@given(st.binary(min_size=32, max_size=32))
def test_every_draw_keeps_the_rules_whatever_the_seed(seed):
    recusals = (("o1", "s1"), ("o2", "s1"), ("o3", "s9"))
    told = draw(inputs(recusals=recusals), seed)

    taken = Counter(each for one in told if not one.reserve for each in one.officer_ids)
    assert len({one.site_id for one in told}) == len(told) == 12
    assert sum(one.reserve for one in told) == 2
    assert max(taken.values()) <= 4
    for one in told:
        team = {*one.officer_ids, *one.stand_ins}
        assert len(set(one.officer_ids)) == 2
        assert not {(each, one.site_id) for each in team} & set(recusals)
    assert told == draw(inputs(recusals=recusals), seed)


def test_every_site_and_every_pair_comes_up_about_as_often_as_another():
    seeds = [sha256(str(number).encode()).digest() for number in range(4000)]
    drawn = [draw(inputs(sites=10, count=1, most=9), seed)[0] for seed in seeds]

    by_site = Counter(one.site_id for one in drawn)
    by_officer = Counter(each for one in drawn for each in one.officer_ids)

    assert len(by_site) == 10
    assert all(320 < count < 480 for count in by_site.values())
    assert all(770 < count < 1010 for count in by_officer.values())


def test_the_order_in_which_things_are_named_changes_nothing():
    one, seed = inputs(), b"x" * 32
    turned = Inputs((Group("a", one.groups[0].site_ids[::-1], 10, 2),), one.officer_ids[::-1], 2, 4)

    assert draw(one, seed) == draw(turned, seed)
    assert canonical(one) != canonical(turned)


def test_a_site_that_everybody_is_recused_from_cannot_have_its_team():
    recusals = tuple((name, site) for name in NAMES[1:] for site in inputs().groups[0].site_ids)

    with pytest.raises(TooFewOfficers):
        draw(inputs(recusals=recusals), b"x" * 32)


def test_what_was_drawn_is_planned_once_and_a_refusal_says_why(stage, commit, sites):
    committed = commit()
    path = f"draws/{committed['id']}/inspections"
    body = {"planned_for": today()}
    early = stage.supervisor.call("POST", path, body)
    drawn = make(stage.supervisor2, committed).json
    chosen = [each["site_id"] for each in drawn["results"] if not each["reserve"]]
    recusal = {"id": str(uuid4()), "kindergarten_id": chosen[0], "why": "近亲属在该园任职"}
    declared = stage.inspector.post("recusals", recusal, wanted=201)

    first = stage.supervisor.post(path, body)["items"]
    end = {"why": "已离职"}
    stage.supervisor.post(f"recusals/{declared['id']}/end", end, revision=1)
    again = stage.supervisor.post(path, body)["items"]

    assert early.status_code == 409
    assert [each["site_id"] for each in first] == chosen
    assert "回避" in first[0]["refused"][0]
    assert first[0]["inspection_id"] is None
    assert all(each["inspection_id"] for each in again)
    assert [each["inspection_id"] for each in again[1:]] == [
        each["inspection_id"] for each in first[1:]
    ]
    visit = stage.inspector.get(f"inspections/{again[0]['inspection_id']}")
    assert sorted(each["account_id"] for each in visit["officers"]) == sorted(OFFICERS)
