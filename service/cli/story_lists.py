"""Plans, checklists and names: what is asked, before anybody goes out."""

import time
from typing import Any
from uuid import uuid4

from service.cli.http import Caller, Unexpected
from service.cli.story import API, Chapter, Story, today
from service.demonstration import COUNTY

RUN_SECONDS = 40
DEMONSTRATED = "990100"
WITHIN_HORIZON = "2025-06-30"
"""A day on which each of the five plans stood as issued: Zhuzhou's names 2025 as its end."""
REGIONS = {
    "440000": "广东",
    "445200": "揭阳",
    "430200": "株洲",
    "441600": "河源",
    "510800": "广元",
    COUNTY: "演示县",
}


def log_in(story: Story) -> str:
    for username, password in story.passwords.items():
        story.log_in(username, password)
    return f"{len(story.callers)} 个账号 / accounts: {', '.join(story.callers)}"


def import_plans(story: Story) -> str:
    admin = story.callers["admin"]
    if story.plans is not None:
        for path in sorted(story.plans.glob("*.txt")):
            admin.send_file(f"{API}/plans?region={path.name[:6]}", path.name, path.read_bytes())
    plans = admin.call("GET", f"{API}/plans", limit=100)["items"]
    worded = sum(bool(plan["has_words"]) for plan in plans)
    return f"{len(plans)} 个政策文件，{worded} 个含原文 / plans, {worded} with their words"


def compare_regions(story: Story) -> str:
    told = []
    for region, name in REGIONS.items():
        day = today().isoformat() if region == COUNTY else WITHIN_HORIZON
        drawn = story.callers["admin"].call(
            "POST",
            f"{API}/checklists",
            {"region": region, "subject": "kindergarten", "on": day},
            wanted=201,
        )
        told.append(f"{name} {len(drawn['items'])}")
    return "，".join(told)


def publish_checklist(story: Story) -> str:
    asked = {"region": COUNTY, "subject": "kindergarten", "on": today().isoformat()}
    draft = story.callers["supervisor"].call("POST", f"{API}/checklists", asked, wanted=201)
    path = f"{API}/checklists/{draft['id']}/steps"
    step = {"step": "publish"}
    story.callers["supervisor"].call("POST", path, step, revision=draft["revision"], wanted=403)
    done = story.callers["supervisor2"].call("POST", path, step, revision=draft["revision"])
    return (
        f"第 {done['version']} 版，{len(done['items'])} 项；提出者不能自己发布 / by a second person"
    )


def check_names(story: Story) -> str:
    names = ["演示国際双语幼儿园", "演示县小星星幼儿园", "Happy 宝贝幼儿园"]
    body = {"names": [{"name": name, "nature": "民办"} for name in names], "region": COUNTY}
    checked = story.callers["inspector"].call("POST", f"{API}/names/check", body)["items"]
    return "；".join(f"{each['name']} → {each['verdict']}" for each in checked)


def decide(story: Story) -> str:
    """A clause that no control was made of becomes an item of the county; another is set aside."""
    supervisor = story.callers["supervisor"]
    plans = supervisor.call("GET", f"{API}/plans", limit=100)["items"]
    plan = next(each for each in plans if each["region"] == DEMONSTRATED)
    left = supervisor.call("GET", f"{API}/plans/{plan['id']}/unmatched", region=COUNTY)
    clauses = [each for each in left["items"] if each["reason"] == "no_control"]
    asked = {"region": COUNTY, "plan_id": plan["id"]}
    own = {
        "title": "园内绿化养护",
        "title_en": "Care of the greenery",
        "how": "看花木有无枯枝、尖刺和有毒植物。",
        "family": "building",
        "place": "yard",
    }
    choices: tuple[dict[str, Any], ...] = (
        {"choice": "item", "item": own, "reason": "本县列为检查项"},
        {"choice": "set_aside", "reason": "由部门落实，不到园检查"},
    )
    for clause, choice in zip(clauses, choices, strict=False):
        body = {**asked, "words_sha256": clause["words_sha256"], **choice}
        seen = clause["decision"] and clause["decision"]["revision"]
        supervisor.call("POST", f"{API}/decisions", body, revision=seen, wanted=201)
    after = supervisor.call("GET", f"{API}/plans/{plan['id']}/unmatched", region=COUNTY)
    return (
        f"{len(left['items'])} 句未成为要求，一句定为检查项，一句不采用；"
        f"尚有 {after['undecided']} 句待定 / of the clauses left over, two decided upon"
    )


def rename(story: Story) -> str:
    """A name in breach: found among the register, its director told, a new name by a second."""
    first, second = story.callers["supervisor"], story.callers["supervisor2"]
    site = _misnamed(story)
    run = first.call("POST", f"{API}/name-runs", {}, wanted=202)
    run = _checked(first, run)
    body = {"kindergarten_id": site["id"], "why": "名称核查发现"}
    case = first.call("POST", f"{API}/renaming-cases", body, wanted=201)
    path = f"{API}/renaming-cases/{case['id']}"

    def step(caller: Caller, where: str, body: dict[str, Any], wanted: int = 200) -> Any:
        revision = first.call("GET", path)["revision"]
        return caller.call("POST", f"{path}/{where}", body, revision=revision, wanted=wanted)

    step(first, "steps", {"step": "tell", "why": "请于期限内报新名称"})
    head = story.callers["misnamed"]
    step(head, "answers", {"new_name": f"演示县银河{story.run}幼儿园", "why": "拟更名"})
    step(first, "steps", {"step": "accept", "why": "新名称符合规定"})
    name = f"演示县银河{story.run}幼儿园"
    licence = {"number": f"教演{story.run}-2", "authority": "演示县教育局"}
    licence["issued_on"] = today().isoformat()
    done = {"step": "rename", "why": "证照已换发", "licence": licence}
    done["borne"] = {"sign": name, "seal": name, "licence": name}
    step(first, "steps", done, wanted=403)
    for number, carrier in enumerate(("sign", "seal", "licence")):
        head.send_photo(f"{path}/photos", story.photo("name", number), id=uuid4(), carrier=carrier)
    case = step(second, "steps", done)
    counts = run["counts"]
    return (
        f"全册 {run['total']} 园：{counts['violation']} 个违规、{counts['review']} 个待核；"
        f"“{site['name']}”更名：{case['status']}，由第二人办结 / renamed, by a second person"
    )


def _misnamed(story: Story) -> Any:
    """Register a kindergarten whose name is in breach, with an account for its director."""
    body = {
        "name": f"演示国际{story.run}幼儿园",
        "nature": "private",
        "profit": "non_profit",
        "region": COUNTY,
        "address": "演示路 66 号",
    }
    site = story.callers["supervisor"].call("POST", f"{API}/kindergartens", body, wanted=201)
    bound = {"kindergarten_id": site["id"], "since": today().isoformat()}
    account = {"username": f"misnamed-{story.run}", "name": "园长", "unit": site["name"]}
    account |= {"roles": ["director"], "bindings": [bound]}
    made = story.callers["admin"].call("POST", f"{API}/accounts", account, wanted=201)
    story.log_in(str(account["username"]), made["initial_password"], called="misnamed")
    return site


def _checked(caller: Caller, run: Any) -> Any:
    """Wait until the register was looked through."""
    for _ in range(RUN_SECONDS * 2):
        run = caller.call("GET", f"{API}/name-runs/{run['id']}")
        if run["status"] not in ("waiting", "running"):
            return run
        time.sleep(0.5)
    raise Unexpected(f"the names were not checked within {RUN_SECONDS} s")


LISTS: tuple[Chapter, ...] = (
    ("登录 / log in", log_in),
    ("政策文件 / plans", import_plans),
    ("各地检查表 / checklists by region", compare_regions),
    ("条款决定 / decisions", decide),
    ("发布检查表 / publish", publish_checklist),
    ("名称核查 / name check", check_names),
    ("更名 / renaming", rename),
)
