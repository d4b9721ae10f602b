"""What a document says of itself: title, issuer, number, standing, dates, horizon, level."""

import re
from datetime import date, timedelta
from itertools import pairwise

from checklists.plans.figures import number
from checklists.plans.model import Facts, Level, Status
from checklists.plans.tree import Part

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}〔\d{4}〕第?\d{1,4}号|[\u4e00-\u9fff]{2,16}令第?\d{1,4}号"
)
_DECREE = re.compile(r"([\u4e00-\u9fff]{2,16})令第?\d{1,4}号")
_TERM = re.compile(r"第[一二三四五六七八九十]{1,3}届")
_COMMENTS_TO = re.compile(
    r"意见(?:建议)?请?(?:书面)?(?:寄|送|反馈|发送|报|告)(?:至|送|到)?([\u4e00-\u9fff]{2,12}?[局厅委部])"
)
_ISSUER = re.compile(
    r"(.{2,60}?(?:局|厅|委|部|办公室|政府|委员会|督导室|办|院))(?:等.{1,3}部门)?关于.{0,4}"
)
_PASSED = re.compile(
    r"日(?:经)?([\u4e00-\u9fff]{2,40}?(?:大会常务委员会|常务委员会|委员会|大会(?!常务)|常务会议))第?[^（）]{0,12}会议?[^（）]{0,4}通过"
)
_PASSED_BY = re.compile(
    r"\s*[（(]\s*\d{4}\s*年[^（）()]{4,80}(?:通过|公布|发布|修订|修正)[^（）()]{0,20}[）)]\s*$"
)
_OFFICE = re.compile(r".{2,24}(?:局|厅|人民政府|委员会|教育部|办公室|国务院)")
_DATE = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_FROM = re.compile(rf"自{_DATE}(?:起)?(?:正式|开始)?(?:施行|实施|执行|生效|试行)")
_UNTIL = re.compile(
    rf"有效期(?:限)?(?:至|到|截止|截至|为至){{1,2}}{_DATE}|{_DATE}(?:起)?(?:失效|止|终止|废止)"
    rf"|(?:执行|有效|实施)(?:至|到){_DATE}|{_DATE}(?:前|以前)有效"
)
_YEARS = re.compile(r"有效期(?:限)?(?:为|是)?([一二两三四五六七八九十\d]{1,2})年")
_RANGE = re.compile(r"(20\d\d)年?(?:-|~|至|到){1,2}(20\d\d)年?")
_ALONE = re.compile(_DATE)
_GOAL = re.compile(r"(?:到|至|力争到|截至)(20\d\d)年")
_FIVE_YEARS = {"十三五": 2020, "十四五": 2025, "十五五": 2030}
_FIGURES = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "〇": 0,
    "○": 0,
}
_PLANS = ("计划", "方案", "规划", "纲要", "要点", "意见", "措施")


_WRITTEN_OUT = re.compile(
    "[二一][〇○零一二三四五六七八九]{3}(?=年)|[一二三四五六七八九十]{1,3}(?=[月日])"
)
_RUNS = re.compile(
    r"(?:实施期|实施时间|执行期|行动期|起止时间)(?:限)?(?:为|是|：)?(20\d\d)年?(?:-|~|至|到){1,2}(20\d\d)年"
)


def _in_figures(words: str) -> str:
    """Return words with the dates that are written out in figures: 二〇二六年三月一日."""
    return _WRITTEN_OUT.sub(lambda found: _figures(found.group()), words)


def _figures(written: str) -> str:
    if len(written) == 4:
        return "".join(str(_FIGURES[sign]) for sign in written)
    return str(number(written) or written)


def stamp(part: Part) -> date | None:
    """Return the day under a document's signature: the last that stands on a line alone."""
    days = [found for line in part.lines if (found := _ALONE.fullmatch(_in_figures(line.signs)))]
    return _day(days[-1].groups()) if days else None


def read_facts(part: Part, issued_on: date | None = None) -> Facts:
    """Return what one document says of itself; `issued_on` is the day of its covering notice."""
    lines = [line.signs for line in part.lines]
    everything = _in_figures("\n".join([part.title, *lines]))
    valid_from, valid_until = _force(part.title, everything, stamp(part) or issued_on)
    return Facts(
        title=_PASSED_BY.sub("", part.words),
        issuer=_issuer(part.title, lines),
        number=_number(lines),
        status=_status(part.title, lines),
        valid_from=valid_from,
        valid_until=valid_until,
        horizon=_horizon(part, everything),
        level=_level(part, everything),
    )


def _status(title: str, lines: list[str]) -> Status:
    head = title + "".join(line for line in lines[:3] if len(line) < 20)
    if any(word in head for word in ("征求意见", "草案", "送审稿", "讨论稿", "意见稿")):
        return Status.DRAFT
    if re.search(r"（[^（）]*(?:废止|失效)[^（）]*）", head):
        return Status.REPEALED
    if "试行" in head or "暂行" in head:
        return Status.TRIAL
    return Status.ISSUED


def _number(lines: list[str]) -> str | None:
    for line in [*lines[:12], *lines[-6:]]:
        if found := _NUMBER.fullmatch(line.strip("（）")):
            return found.group()
    return None


def _issuer(title: str, lines: list[str]) -> str | None:
    if found := _ISSUER.match(title):
        return found.group(1)
    for line in (title, *lines[:4]):
        if found := _DECREE.fullmatch(line):
            return found.group(1)
        if found := _PASSED.search(line):
            return _TERM.sub("", found.group(1))
    for before, after in pairwise(lines):
        if _OFFICE.fullmatch(before) and _ALONE.fullmatch(after):
            return before
    asked = _COMMENTS_TO.search("".join(lines[-3:]))
    return asked.group(1) if asked else None


def _day(groups: tuple[str | None, ...]) -> date | None:
    figures = [int(each) for each in groups if each is not None]
    try:
        return date(*figures[:3])
    except (ValueError, TypeError):
        return None


def _force(title: str, everything: str, issued_on: date | None) -> tuple[date | None, date | None]:
    begin = end = None
    if found := _FROM.search(everything):
        begin = _day(found.groups())
    if begin is None and re.search(r"自(?:发布|印发|公布)之日起", everything):
        begin = issued_on
    if found := _UNTIL.search(everything):
        end = _day(found.groups())
    if end is None and begin and (found := _YEARS.search(everything)):
        years = found.group(1)
        count = int(years) if years.isdecimal() else _FIGURES.get(years, 0)
        end = _later(begin, count) if count else None
    stated = _RANGE.search(title) or _RUNS.search(everything)
    if begin is None and end is None and (found := stated):
        first, last = int(found.group(1)), int(found.group(2))
        return date(first, 1, 1), date(last, 12, 31)
    return begin, end


def _later(begin: date, years: int) -> date:
    """Return the last day of a period of years that begins on a day."""
    try:
        return begin.replace(year=begin.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(begin.year + years, 2, 28)


def _horizon(part: Part, everything: str) -> int | None:
    years = [year for words, year in _FIVE_YEARS.items() if words in part.title]
    if found := _RANGE.search(part.title) or _RUNS.search(everything):
        years.append(int(found.group(2)))
    if years:
        return max(years)
    if not any(kind in part.title for kind in _PLANS):
        return None
    goals = [
        sentence.signs
        for clause in part.clauses
        if any(word in head for head in clause.headings for word in ("目标", "总体要求"))
        for sentence in clause.sentences
    ]
    found_years = [int(year) for year in _GOAL.findall(_in_figures("".join(goals)) or everything)]
    return max(found_years) if found_years else None


def _level(part: Part, everything: str) -> Level:
    title = part.title
    if any(word in title for word in ("学前", "幼儿", "托育", "幼托", "保教", "办园")):
        mixed = any(word in title for word in ("中小学", "学校", "校园"))
        return Level.GENERAL if mixed else Level.KINDERGARTEN
    if any(word in title for word in ("高中", "县中")):
        return Level.HIGH_SCHOOL
    if any(word in title for word in ("职业", "高等", "义务教育", "大学")):
        return Level.OTHER
    if "幼儿园" not in everything and "学前" not in everything:
        if everything.count("高中") + everything.count("县中") > 5:
            return Level.HIGH_SCHOOL
        return Level.GENERAL
    mentions = everything.count("幼儿园") + everything.count("学前")
    others = everything.count("高中") + everything.count("中小学") + everything.count("学校")
    return Level.KINDERGARTEN if mentions > 5 and mentions > 4 * others else Level.GENERAL
