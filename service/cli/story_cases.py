"""Queues, a veto, an unlicensed site."""

from typing import Any
from uuid import uuid4

from service.cli.http import Unexpected
from service.cli.story import API, Chapter, Story, today
from service.demonstration import COUNTY, SITE


def queues(story: Story) -> str:
    told = []
    for who in ("inspector", "supervisor", "head"):
        found = story.callers[who].call("GET", f"{API}/queues")["items"]
        waiting = [f"{each['zh']} {each['count']}" for each in found if each["count"]]
        told.append(f"{who}：{'，'.join(waiting) or '—'}")
    return "；".join(told)


def veto(story: Story) -> str:
    """An answer of abuse: sealed at once, decided by two, dismissed; the year is not failed."""
    inspector, first, second = (
        story.callers[who] for who in ("inspector", "supervisor", "supervisor2")
    )
    path = f"{API}/inspections/{_second_visit(story)['id']}"
    visit = inspector.call("GET", path)
    item = visit["sealed_item_ids"][0]
    photo = inspector.send_photo(
        f"{path}/photos", story.photo("sealed", 2), id=uuid4(), item_id=item
    )
    said = {"item_id": item, "result": "not_met", "note": "家长反映，待核实"}
    said["evidence_ids"] = [photo["id"]]
    inspector.call("POST", f"{path}/answers", {"answers": [said]}, revision=visit["revision"])
    case = _newest_case(story)
    hidden = first.read(case)[0]
    for who in ("supervisor", "supervisor2"):
        body = {"account_id": story.accounts[who]["id"], "why": "参与审理"}
        revision = inspector.call("GET", case)["revision"]
        inspector.call("POST", f"{case}/names", body, revision=revision)
    verdict = {"verdict": "dismissed", "why": "监控显示为意外磕碰"}
    seen = inspector.call("GET", case)["revision"]
    inspector.call("POST", f"{case}/decisions", verdict, revision=seen, wanted=403)
    for judge in (first, second):
        seen = judge.call("GET", case)["revision"]
        decided = judge.call("POST", f"{case}/decisions", verdict, revision=seen)
    entries = inspector.call("GET", f"{case}/history")["items"]
    views = sum(entry["verb"].endswith("viewed") for entry in entries)
    if hidden != 404 or decided["status"] != "dismissed":
        raise Unexpected("the case was seen by who is not named on it, or is not decided")
    return (
        f"立案即封存（未列入者 {hidden}），检查员不能决定，两单位监督员决定：{decided['status']}；"
        f"查看记录 {views} 条 / sealed, decided by two, every view on record"
    )


def unlicensed(story: Story) -> str:
    """Sighted with a photo, matched, opened, verified, stopped, closed by another person."""
    inspector, supervisor = story.callers["inspector"], story.callers["supervisor"]
    place = {"lon": SITE[0] + 0.05, "lat": SITE[1] + 0.05, "datum": "WGS-84"}
    body = {"region": COUNTY, "place": place, "note": "居民楼内有儿童出入", "name": "小太阳托管"}
    sighting = inspector.call("POST", f"{API}/sightings", body, wanted=201)
    path = f"{API}/sightings/{sighting['id']}"
    inspector.send_photo(f"{path}/photos", story.photo("site", 0), id=uuid4())
    near = inspector.call("GET", f"{path}/matches")["items"]
    asked = {"sighting_ids": [sighting["id"]], "address": "演示路 88 号", "name": "小太阳托管"}
    site = inspector.call("POST", f"{API}/unlicensed-sites", asked, wanted=201)
    for caller, step in (
        *((inspector, each) for each in ("verify", "stop", "place")),
        (supervisor, "close"),
    ):
        taken = {"step": step, "why": "现场核实"} | ({"children": 12} if step == "place" else {})
        steps = f"{API}/unlicensed-sites/{site['id']}/steps"
        site = caller.call("POST", steps, taken, revision=site["revision"])
    return (
        f"附近已有 {len(near)} 处，核实、停办、由他人办结：{site['status']} / followed to the end"
    )


def _second_visit(story: Story) -> Any:
    """Plan and begin another visit of the run's kindergarten."""
    officers = [story.accounts[each]["id"] for each in ("inspector", "inspector2")]
    asked = {"kindergarten_id": story.kept["kindergarten"]["id"], "officers": officers}
    asked["planned_for"] = today().isoformat()
    visit = story.callers["supervisor"].call("POST", f"{API}/inspections", asked, wanted=201)
    begin = {"step": "begin", "identity_shown": True, "recusal_told": True}
    return story.step("inspector", visit, begin)


def _newest_case(story: Story) -> str:
    """Return the address of the case that was opened last for the inspector."""
    cases: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        page = story.callers["inspector"].call("GET", f"{API}/veto-cases", limit=200, **more)
        cases += page["items"]
        if page["next"] is None:
            break
        more = {"cursor": page["next"]}
    return f"{API}/veto-cases/{max(cases, key=lambda case: str(case['opened_at']))['id']}"


CASES: tuple[Chapter, ...] = (
    ("待办 / queues", queues),
    ("一票否决 / veto", veto),
    ("无证办园点 / unlicensed", unlicensed),
)
