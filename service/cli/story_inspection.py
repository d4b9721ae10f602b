"""One inspection, from the register to the closure of its notice and the history."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

from service.cli.http import Unexpected
from service.cli.story import API, Chapter, Story, today
from service.demonstration import COUNTY, SITE

OVERDUE_SECONDS = 40


def register(story: Story) -> str:
    kindergarten = story.callers["supervisor"].call(
        "POST",
        f"{API}/kindergartens",
        {
            "name": f"演示县第{story.run}幼儿园",
            "nature": "private",
            "profit": "non_profit",
            "region": COUNTY,
            "address": "演示路 88 号",
            "place": {"lon": SITE[0], "lat": SITE[1], "datum": "WGS-84"},
            "headcount": 150,
            "classes": 5,
            "licence": {
                "number": f"教演{story.run}",
                "authority": "演示县教育局",
                "issued_on": "2025-09-01",
            },
        },
        wanted=201,
    )
    story.kept["kindergarten"] = kindergarten
    username = f"director-{story.run}"
    made = story.callers["admin"].call(
        "POST",
        f"{API}/accounts",
        {
            "username": username,
            "name": "园长",
            "unit": kindergarten["name"],
            "roles": ["director"],
            "bindings": [{"kindergarten_id": kindergarten["id"], "since": today().isoformat()}],
        },
        wanted=201,
    )
    story.log_in(username, made["initial_password"], called="head")
    verdict = kindergarten["name_check"]["verdict"]
    return f"{kindergarten['name']}，园长账号 {username}；名称核查 {verdict}"


def plan(story: Story) -> str:
    officers = [story.accounts[each]["id"] for each in ("inspector", "inspector2")]
    asked = {
        "id": str(uuid4()),
        "kindergarten_id": story.kept["kindergarten"]["id"],
        "officers": officers,
        "planned_for": today().isoformat(),
    }
    caller = story.callers["supervisor"]
    caller.call("POST", f"{API}/inspections", {**asked, "officers": officers[:1]}, wanted=422)
    planned = caller.call("POST", f"{API}/inspections", asked, wanted=201)
    mine = story.callers["inspector"].call(
        "GET", f"{API}/inspections", mine="true", on=today().isoformat(), status="planned"
    )
    story.kept["inspection"] = planned
    return (
        f"检查表第 {planned['checklist_version']} 版，{len(planned['item_ids'])} 项；"
        f"今日待办 {len(mine['items'])}；只派一人被拒 / one officer alone was refused"
    )


def inspect(story: Story) -> str:
    inspection = story.step(
        "inspector",
        story.kept["inspection"],
        {"step": "begin", "identity_shown": True, "recusal_told": True},
    )
    inspection = answer(story, inspection, "inspector", wanting=2)
    inspection = sign(story, inspection, {"kind": "signed", "signer": "园长", "opinion": "无异议"})
    inspection = story.step("inspector", inspection, {"step": "submit"})
    story.kept["inspection"] = inspection
    results = [each["result"] for each in inspection["answers"].values()]
    return (
        f"{len(results)} 项已答，{results.count('not_met')} 项不符合，"
        f"照片 {story.kept['photos']} 张，当场签字 / answered, photographed, signed"
    )


def answer(story: Story, inspection: Any, who: str, wanting: int) -> Any:
    """Answer every item in two parts, the first `wanting` that may carry an order as not met."""
    caller = story.callers[who]
    path = f"{API}/inspections/{inspection['id']}"
    items = caller.call("GET", f"{path}/items")["items"]
    orderable = [item["id"] for item in items if item["carries_notice"] and item["articles"]]
    unmet = set(orderable[:wanting])
    answers, photos = [], 0
    for item in items:
        met = item["id"] not in unmet
        given = {"item_id": item["id"], "result": "met" if met else "not_met"}
        if item["answer_kind"] in ("count", "ratio", "grade"):
            given["value"] = value_for(item, met=met)
        if item["photo_required"] or not met:
            evidence = caller.send_photo(
                f"{path}/photos",
                story.photo("gate", 4 if met else 2),
                id=uuid4(),
                item_id=item["id"],
            )
            given["evidence_ids"] = [evidence["id"]]
            photos += 1
        if not met:
            given["note"] = "现场未达到要求"
        answers.append(given)
    story.kept["photos"] = story.kept.get("photos", 0) + photos
    half = len(answers) // 2
    for part in (answers[:half], answers[half:]):
        if part:
            revision = inspection["revision"]
            body = {"answers": part}
            inspection = caller.call("POST", f"{path}/answers", body, revision=revision)
    return inspection


def value_for(item: Any, *, met: bool) -> str | float:
    """Return a value on the right side of the item's threshold."""
    if item["answer_kind"] == "grade":
        return "A" if met else "C"
    threshold = (item["threshold"] or {}).get("value")
    figure = threshold if isinstance(threshold, int | float) else 100
    return figure if met else 0


def sign(story: Story, inspection: Any, body: dict[str, Any]) -> Any:
    path = f"{API}/inspections/{inspection['id']}/signature"
    return story.callers["inspector"].call("POST", path, body, revision=inspection["revision"])


def review(story: Story) -> str:
    inspection = story.kept["inspection"]
    why = "请补充说明现场情况"
    inspection = story.step("supervisor", inspection, {"step": "return", "why": why})
    found = next(each for each in inspection["answers"].values() if each["result"] == "not_met")
    names = ("item_id", "result", "evidence_ids", "value")
    correction = {name: found[name] for name in names if found.get(name) is not None}
    path = f"{API}/inspections/{inspection['id']}/answers"
    body = {"answers": [{**correction, "note": "隔离墩间距过大，车辆可通过"}]}
    inspection = story.callers["inspector"].call(
        "POST", path, body, revision=inspection["revision"]
    )
    submitting = {"step": "submit"}
    story.callers["inspector"].call(
        "POST",
        f"{API}/inspections/{inspection['id']}/steps",
        submitting,
        revision=inspection["revision"],
        wanted=409,
    )
    refusal = {"kind": "refused", "reason": "园长外出", "witness": "社区工作人员"}
    inspection = sign(story, inspection, refusal)
    inspection = story.step("inspector", inspection, submitting)
    inspection = story.step("supervisor", inspection, {"step": "approve"})
    findings = story.callers["supervisor"].call(
        "GET", f"{API}/findings", inspection_id=inspection["id"]
    )["items"]
    story.kept |= {"inspection": inspection, "findings": findings}
    return (
        "退回一次；改后未重新签字的提交被拒；重签后审核通过，"
        f"{len(findings)} 个问题 / returned, corrected, signed again, approved"
    )


def notice(story: Story) -> str:
    ids = [finding["id"] for finding in story.kept["findings"]]
    body = {"id": str(uuid4()), "finding_ids": ids, "paper": "order", "days": 15}
    drafted = story.callers["inspector"].call("POST", f"{API}/notices", body, wanted=201)
    path = f"{API}/notices/{drafted['id']}"
    hidden = story.callers["head"].read(path)[0]
    signed = story.callers["inspector2"].call(
        "POST", f"{path}/signatures", revision=drafted["revision"]
    )
    issued = story.callers["supervisor2"].call("POST", f"{path}/issue", revision=signed["revision"])
    service = {
        "way": "in_person",
        "receiver": "园长",
        "served_at": (datetime.now(UTC) - timedelta(days=45)).isoformat(),
        "remark": "纸质通知书先行送达，事后补录",
    }
    served = story.callers["inspector"].call(
        "POST", f"{path}/service", service, revision=issued["revision"]
    )
    story.kept["notice"] = served
    basis = "、".join(sorted({law for each in served["corrections"] for law in each["basis"]}))
    return (
        f"{served['number']}，依据 {basis}；送达前园长不可见（{hidden}）；"
        f"期限 {served['due']} / served, the clock runs"
    )


def overdue(story: Story) -> str:
    path = f"{API}/notices/{story.kept['notice']['id']}"
    for _ in range(OVERDUE_SECONDS * 2):
        seen = story.callers["supervisor"].call("GET", path)
        if seen["overdue_at"]:
            story.kept["notice"] = seen
            return f"后台进程已标记逾期：{seen['overdue_at']} / marked by the worker, once"
        time.sleep(0.5)
    raise Unexpected(f"the worker did not mark it overdue within {OVERDUE_SECONDS} s")


def respond(story: Story) -> str:
    head, seen = story.callers["head"], story.kept["notice"]
    path = f"{API}/notices/{seen['id']}"
    evidence = seen["corrections"][0]["evidence_ids"][0]
    derivative = head.read(f"{API}/evidence/{evidence}/derivatives/1280")[0]
    original = head.read(f"{API}/evidence/{evidence}/original?reason=x")[0]
    seen = head.call("POST", f"{path}/acknowledgement", revision=seen["revision"])
    replies = []
    for each in seen["corrections"]:
        photo = head.send_photo(f"{path}/photos", story.photo("corrected", 5), id=uuid4())
        replies.append(
            {"finding_id": each["finding_id"], "text": "已整改", "evidence_ids": [photo["id"]]}
        )
    story.kept["notice"] = head.call(
        "POST", f"{path}/responses", {"replies": replies}, revision=seen["revision"]
    )
    return (
        f"园长看到缩略图（{derivative}），原图不可见（{original}）；"
        f"逐项答复 {len(replies)} 项并附照片 / answered with photos"
    )


def reinspect(story: Story) -> str:
    officers = [story.accounts[each]["id"] for each in ("inspector", "inspector2")]
    path = f"{API}/notices/{story.kept['notice']['id']}"
    body = {"officers": officers, "planned_for": today().isoformat()}
    visit = story.callers["inspector"].call("POST", f"{path}/reinspections", body, wanted=201)
    visit = story.step(
        "inspector", visit, {"step": "begin", "identity_shown": True, "recusal_told": True}
    )
    visit = answer(story, visit, "inspector", wanting=0)
    visit = sign(story, visit, {"kind": "signed", "signer": "园长"})
    visit = story.step("inspector", visit, {"step": "submit"})
    visit = story.step("supervisor", visit, {"step": "approve"})
    seen = story.callers["inspector"].call("GET", path)
    story.kept["notice"] = story.callers["inspector"].call(
        "POST", f"{path}/rounds", {"inspection_id": visit["id"]}, revision=seen["revision"]
    )
    return (
        f"复查 {len(visit['item_ids'])} 项，全部符合 / verified: {story.kept['notice']['status']}"
    )


def close(story: Story) -> str:
    path = f"{API}/notices/{story.kept['notice']['id']}/closure"
    revision = story.kept["notice"]["revision"]
    story.callers["inspector"].call("POST", path, revision=revision, wanted=403)
    closed = story.callers["supervisor2"].call("POST", path, revision=revision)
    return f"检查员销号被拒；由未参加检查的监督员销号：{closed['status']} / closed"


def history(story: Story) -> str:
    case = story.kept["inspection"]["case_id"]
    path = f"{API}/cases/{case}/history"
    entries = story.callers["supervisor"].call("GET", path)["items"]
    linked = all(after["previous"] == before["hash"] for before, after in pairwise(entries))
    if not linked:
        raise Unexpected("an entry of the history does not name the hash of the one before")
    verbs = list(dict.fromkeys(entry["verb"] for entry in entries))
    return f"{len(entries)} 条，逐条以哈希相连 / entries, each chained: {', '.join(verbs)}"


INSPECTION: tuple[Chapter, ...] = (
    ("登记 / register", register),
    ("计划检查 / plan", plan),
    ("现场检查 / inspect", inspect),
    ("审核 / review", review),
    ("整改通知 / notice", notice),
    ("逾期 / overdue", overdue),
    ("园长答复 / response", respond),
    ("复查 / re-inspection", reinspect),
    ("销号 / closure", close),
    ("全程记录 / history", history),
)
