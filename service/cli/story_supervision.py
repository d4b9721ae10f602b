"""A drill, a person off work, risk, figures and a bulletin on paper."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from service.cli.story import API, Chapter, Story, now, today
from service.demonstration import COUNTY


def drill(story: Story) -> str:
    """The one-key alarm is pressed, and answered late: the bureau allows a minute."""
    first, officer = story.callers["supervisor"], story.callers["inspector"]
    path = f"{API}/bureau-settings/{COUNTY}"
    held = first.call("GET", path)
    rules = {"alarm_seconds": 60, "same_pair": 1000, "ladder": _ladder()}
    body = {"rules": rules, "source": "演示县检查工作规程（虚构）"}
    first.call("PUT", path, body, revision=held["revision"])
    at = now()
    alarm = {
        "started_at": (at - timedelta(minutes=2)).isoformat(),
        "answered_at": (at - timedelta(seconds=45)).isoformat(),
        "receipt": f"110-{story.run}",
    }
    made = officer.call(
        "POST",
        f"{API}/drills",
        {
            "id": str(uuid4()),
            "kindergarten_id": story.kept["kindergarten"]["id"],
            "kind": "alarm",
            "at": at.isoformat(),
            "alarm": alarm,
        },
        wanted=201,
    )
    verdict = made["judgement"]
    return f"一键报警：{verdict['why'][0]}，{verdict['verdict']} / {verdict['why'][1]}"


def person(story: Story) -> str:
    """A person without qualification is off work; a second supervisor ends the dossier."""
    officer, second = story.callers["inspector"], story.callers["supervisor2"]
    body = {
        "id": str(uuid4()),
        "kind": "person",
        "ground": "no_qualification",
        "name": "某教师",
        "found": "无教师资格证",
        "kindergarten_id": story.kept["kindergarten"]["id"],
        "duty": "教师",
    }
    dossier = officer.call("POST", f"{API}/dossiers", body, wanted=201)
    for caller, step in ((officer, "tell"), (story.callers["head"], "stop"), (second, "confirm")):
        dossier = caller.call(
            "POST",
            f"{API}/dossiers/{dossier['id']}/steps",
            {"step": step, "why": "停止其工作"},
            revision=dossier["revision"],
        )
    return f"人员案件：当日停止工作，{dossier['status']} / off work at once, ended by another"


def figures(story: Story) -> str:
    """Risk, shares against the plans' targets, and the bulletin that a second person publishes."""
    first, second = story.callers["supervisor"], story.callers["supervisor2"]
    ranked = first.call("GET", f"{API}/risk", region=COUNTY)["items"]
    year = f"{today():%Y}"
    period = {"since": f"{year}-01-01", "until": today().isoformat()}
    body = {"id": str(uuid4()), "region": COUNTY, "title": f"安全工作通报（{story.run}）"}
    drafted = first.call("POST", f"{API}/bulletins", body | period, wanted=201)
    first.call("POST", f"{API}/bulletins/{drafted['id']}/publication", revision=1, wanted=403)
    published = second.call("POST", f"{API}/bulletins/{drafted['id']}/publication", revision=1)
    page = first.read(f"{API}/papers/bulletin/{drafted['id']}?format=html")[0]
    shares: list[Any] = [each for each in published["figures"] if each["share"] is not None]
    return (
        f"风险最高：{ranked[0]['name']}（{ranked[0]['score']} 分）；{len(shares)} 项指标有数据；"
        f"通报 {published['number']} 由第二人发布，打印页 {page} / risk, figures, a bulletin"
    )


def _ladder() -> list[dict[str, Any]]:
    return [
        {"measure": "reminder", "after_days": 0},
        {"measure": "formal_interview", "after_days": 5},
        {"measure": "supervised_listing", "after_days": 10, "major_only": True},
        {"measure": "penalty_referral", "after_days": 15},
    ]


SUPERVISION: tuple[Chapter, ...] = (
    ("演练 / a drill", drill),
    ("人员案件 / a person", person),
    ("统计与通报 / figures", figures),
)
