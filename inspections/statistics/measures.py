"""The table of measures: what each counts, of what, and by which clauses it is asked for.

A share counts kindergartens that are open, by their latest approved answer before the end of the
period: met, of those met or not met. Not applicable and not checked are counted apart and never
silently left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """`control` is the item whose answers count; None where the register itself says it.

    `asked_by` are the items whose clauses set the target.
    """

    id: str
    zh: str
    en: str
    control: str | None
    asked_by: tuple[str, ...]
    definition: tuple[str, str]


def _answered(id: str, zh: str, en: str, control: str) -> Measure:  # noqa: A002 - its word
    told = f"期末在办幼儿园中，最近一次已审核检查对“{zh}”的结论为符合的，占符合与不符合之和"
    known = f"open kindergartens whose latest approved answer on {en} is met or not met"
    return Measure(id, zh, en, control, (control,), (told, f"of {known}, those met"))


MEASURES: Mapping[str, Measure] = {
    each.id: each
    for each in (
        _answered("camera_linkage", "视频监控联网", "camera linkage", "camera-linkage"),
        _answered("full_time_guard", "专职保安", "full-time guards", "full-time-guard"),
        _answered("closed_site", "封闭化管理", "closed-site management", "closed-site-management"),
        _answered("one_key_alarm", "一键式紧急报警", "one-key alarm", "one-key-alarm"),
        _answered("anti_ram_barrier", "硬质防冲撞设施", "anti-ram barrier", "anti-ram-barrier"),
        _answered("food_grade", "食品安全等级 B 级及以上", "food grade B and above", "food-grade"),
        Measure(
            "licensed",
            "持有效办园许可证",
            "licensed",
            None,
            ("licence-valid", "unlicensed-kindergarten", "unlicensed-site-stopped"),
            (
                "期末在办幼儿园中许可证有效的，加上期末仍在的无证办园点作分母",
                "open kindergartens with a licence in force, of those and unlicensed sites there",
            ),
        ),
        Measure(
            "renamed",
            "名称清理完成",
            "renamed",
            None,
            ("name-cleanup", "name-change"),
            (
                "期末前立案的更名案件中已更名的，占已更名与办理中之和",
                "of renaming cases opened before the end, those renamed, of these and those open",
            ),
        ),
    )
}
