"""Figures, deadlines and consequences in a clause."""

import re
from typing import Any

from checklists.catalogue.model import AnswerKind, Control

_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_UNIT = (
    r"个?工作日|个?小时|分钟|秒|平方米|立方米|公里|千米|厘米|毫米|米|万元|元|千克|公斤|克|毫克每立方米|毫克每升|毫克|毫升|升|勒克斯|℃|度"
    r"|个班|个月|周岁|学时|课时|学期|节|名|人|位|次|套|个|处|件|台|把|间|张|座|条|份|轮|项|倍|层|册|岁|天|日|周|月|年|所|辆"
)
_MEASURED = re.compile(
    r"(?P<percent>百分之)?(?P<value>\d+(?:\.\d+)?万?|[零一二两三四五六七八九十百千万点]{1,9})"
    rf"(?P<unit>%|{_UNIT}|(?<=百分之.)|(?<=百分之..)|(?<=百分之...)|(?<=百分之....))"
)
_LISTING = re.compile(
    r"[\u4e00-\u9fffA-Z]{2,14}(?:(?:、|或者|或|以及|及|和)[\u4e00-\u9fffA-Z]{2,14})+"
)
_VERB = re.compile(
    r"^.*?(?:设置|安装|加装|配备|配齐|建设|采用|使用|设有|装有|须用|应用|用|应设|放置|增设|是)(?=.{2})"
)
_BEHIND = re.compile(r"(?:等.*|之一|(?:隔开|阻挡|防护|进行).*)$")
_DATES = re.compile(
    r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底)?(?=前|起|底)|(?<=每年)\d{1,2}月|第[\d一二三四五六七八九十百]+[条款项章节]"
)
_N = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3})"
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%|百分之(百|[一二三四五六七八九十]{1,3})")
_WHOLE = re.compile(
    r"全面达标|全部达标|全覆盖|全部|全员|全面配备|全面完成|全部达到|应配尽配|应联尽联|均(?:应|须|要)?"
)
_GRADE = re.compile(
    r"([ABCＡＢＣ])级?(?:（含）|\(含\)|及|或)*以?上?|(良好|优秀|一般)(?:等级|及以上|以上)"
)
_UNITS = {
    "people": r"(?:名|人|位|个)",
    "count": r"(?:次|人|名|件|套|个|处)",
    "hours": r"(?:个?小时|学时|课时|克|分钟)",
    "period": r"(?:日|天|个月|月|年|周|小时|个工作日|工作日)",
    "class": r"(?:人|名)",
}
_MOST = re.compile(
    r"不得?超过|不大于|不长于|不多于|以内|以下|不高于|至多|最多|控制在|不得多于|之内"
)
_STAFFING = re.compile(
    r"([一二两三四\d])(?:名)?(?:专任)?教(?:师)?(?:[、和及与，]|并|配备){0,2}(?:([一二两三四\d])(?:名)?保)?"
)
_CLASS = re.compile(
    r"(小班|中班|大班|混龄班|混合班)[^\d，。；]{0,12}?(\d{2}|[二三四]?十[一二三四五六七八九]?)人?"
)
_RATIO = re.compile(r"1[：:比](\d+(?:\.\d+)?)(?:-1?[：:]?(\d+(?:\.\d+)?))?")
_ONE_TO = re.compile(r"(?<![\d：:])1[：:比](\d{1,4})(?![\d：:])")
_DEADLINE = re.compile(
    rf"(?:在|于)?({_N}(?:个)?(?:月|工作日|日|天|小时|周|年)(?:之)?内)|(20\d\d年(?:\d{{1,2}}月)?(?:底)?(?:之)?前)"
    r"|((?:到|至)20\d\d年(?:底)?)|(十[四五]五期间)|(限期(?:整改|改正|更名|改名)?)|(立即|即时|当场|当日|当天)|(及时)|(每学期|每学年|每年|每月|每日|每半年)"
)
_BY_DATE = re.compile(
    r"(?:20\d\d年|今年|明年|当年)?\d{1,2}月(?:\d{1,2}日)?(?:[上中下]旬)?(?:底)?(?:之|以)?前"
    r"|20\d\d年(?:底|年底|年末)?(?:之|以)?前|20\d\d年[春秋]季(?:学期)?(?:开学)?前"
    r"|二[〇○零][一二三四五六七八九〇○零]{2}年[一二三四五六七八九十月日]{0,9}底?(?:之|以)?前"
)
_ALL_DONE = re.compile(
    r"^(?:以上|上述|前述|本条|本项)?[^，。；]{0,8}?(?:20\d\d年|\d{1,2}月)[^，。；]{0,12}前[^，。；]{0,6}"
    r"(?:完成|达到|达标|到位|整改|更名|落实|实现)"
)
_CONSEQUENCES: tuple[tuple[str, str], ...] = (
    (r"年检[^，。；]{0,8}一票否决|一票否决[^。；]{0,8}年检", "年检一票否决"),
    (r"^(?!.*年检[^，。；]{0,8}一票否决).*一票否决", "一票否决"),
    (r"依法(?:追究|承担)[^。；]{0,8}(?:法律|刑事)责任|追究[^。；]{0,10}责任", "依法追究责任"),
    (r"(?:责令)?限期(?:整改|改正)", "责令限期整改"),
    (r"依法(?:依规)?(?:进行|予以|给予)?(?:行政)?处罚|依法依规进行处罚", "依法处罚"),
    (r"严肃查处|依法(?:依规)?(?:进行)?查处|坚决[^。；]{0,8}查处|予以查处", "严肃查处"),
    (r"吊销[^。；]{0,8}许可证|撤销[^。；]{0,6}资格", "吊销许可"),
    (r"不得录用|不予录用|及时解聘|予以解聘", "不得录用，在职的解聘"),
    (r"更名[^。；]{0,16}更换证照|办理更名", "更名并换证"),
    (r"年检(?:不予通过|不合格|不通过)|不予通过年检", "年检不合格"),
    (r"取缔|关停|停止办[园学]|停止招生", "停办"),
    (r"通报批评|予以通报|曝光", "通报"),
    (r"按有关规定[^。；]{0,6}问责|进行问责|严肃问责", "问责"),
    (r"不得申报|取消[^。；]{0,10}资格", "取消申报资格"),
)


def number(words: str) -> float | int | None:
    """Return a figure written in digits or in Chinese up to ten thousands; None for neither."""
    if re.fullmatch(r"\d+", words):
        return int(words)
    if re.fullmatch(r"\d+\.\d+", words):
        return float(words)
    if not words or not set(words) <= set(_HAN) | set(_STEPS) | {"点"}:
        return None
    whole, _, rest = words.partition("点")
    parts = "".join(str(_HAN.get(sign, "")) for sign in rest)
    value = _whole(whole)
    return float(f"{value}.{parts}") if parts else value


def _whole(words: str) -> int:
    ten_thousands, _, below = words.rpartition("万")
    total = _whole(ten_thousands) * 10_000 if ten_thousands else 0
    held = 0
    for sign in below:
        if sign in _STEPS:
            total += (held or 1) * _STEPS[sign]
            held = 0
        else:
            held = _HAN[sign]
    return total + held


def every_figure(clause: str) -> list[dict[str, Any]]:
    """Return each figure with its unit in a clause: comparison (>= <=), value, unit; in order.

    Years, dates and the numbers of clauses are none. A single Chinese numeral counts only where
    a word of measure stands by it: 一 is part of too many words.
    """
    found: list[dict[str, Any]] = []
    for each in _MEASURED.finditer(_DATES.sub(lambda date: "□" * len(date.group()), clause)):
        before = clause[max(0, each.start() - 5) : each.start()]
        after = clause[each.end() : each.end() + 3]
        if len(each["value"]) == 1 and each["value"] in _HAN and not _measured(before, after):
            continue
        value = number(each["value"])
        if value is not None:
            most = _MOST.search(before + each.group() + after) or re.match(r"(?:之)?内", after)
            comparison = "<=" if most else ">="
            unit = "%" if each["percent"] or each["unit"] == "%" else each["unit"]
            found.append({"comparison": comparison, "value": value, "unit": unit})
    if ratio := _ONE_TO.search(clause):
        found.append({"comparison": "<=", "value": number(ratio[1]), "unit": "比1"})
    return found


def _measured(before: str, after: str) -> bool:
    return bool(re.search(r"[少低多大小]于|至少|不得?超过|每|满|各|设|配|增|减", before)) or (
        after.startswith(("以上", "以下", "以内", "内", "及以上"))
    )


def threshold(control: Control, clause: str, at: int, words: str) -> dict[str, Any] | None:
    """Return the figure that a clause gives for a control, and the nouns that it lists.

    `clause` is the clause as matched, `at` where the control's words stand in it, `words` the
    quote as it stands in the text.
    """
    counted = control.answer is AnswerKind.COUNT
    found = _figure(control.figure, clause, at, counted=counted) or {}
    if named := [noun for noun in control.alternatives if noun in clause]:
        found["any_of"] = _alternatives(clause, _outermost(named))
    if named := [noun for noun in control.lists if noun in clause]:
        found["all_of"] = _outermost(named)
    if figures := every_figure(clause):
        if control.general and "value" not in found:
            found |= figures[0]
        if [found.get(key) for key in figures[0]] != list(figures[0].values()) or len(figures) > 1:
            found["figures"] = figures
    if control.figure == "terms" and (
        named := re.findall(r"[“\"‘「『]([^”\"’」』，。]{1,8})[”\"’」』]", words)
    ):
        found["terms"] = list(dict.fromkeys(named))
    return found or None


def _alternatives(clause: str, named: list[str]) -> list[str]:
    """Return what a clause lists beside the nouns named in it; the nouns where it lists nothing."""
    for listed in _LISTING.findall(clause):
        if any(noun in listed for noun in named):
            parts = [_VERB.sub("", part) for part in re.split(r"、|或者|或|以及|及|和", listed)]
            return [_BEHIND.sub("", part) for part in parts if part]
    return named


def _outermost(nouns: list[str]) -> list[str]:
    return [noun for noun in nouns if not any(noun != each and noun in each for each in nouns)]


def _figure(kind: str | None, clause: str, at: int, *, counted: bool) -> dict[str, Any] | None:
    """Return the figure of a kind; `counted`: a number of people will do for a percentage."""
    if kind == "percent":
        return _percent(clause, at) or (_counted("people", clause, at) if counted else None)
    if kind == "grade":
        return _grade(clause)
    if kind == "staffing":
        return _staffing(clause)
    if kind == "class" and (classes := _CLASS.findall(clause)):
        value = {name: number(size) for name, size in classes}
        return {"comparison": "<=", "value": value, "unit": "人"}
    if kind == "people" and (ratio := _RATIO.search(clause)):
        least = ratio.group(2) or ratio.group(1)
        return {"comparison": "<=", "value": number(least), "unit": "人/教职工"}
    return _counted(kind, clause, at) if kind and kind in _UNITS else None


def _grade(clause: str) -> dict[str, Any] | None:
    found = _GRADE.search(clause)
    if found is None:
        return None
    return {"comparison": ">=", "value": found.group(1) or found.group(2), "unit": "级"}


def _percent(clause: str, at: int) -> dict[str, Any] | None:
    figures = list(_PERCENT.finditer(clause))
    if figures:
        after = [each for each in figures if each.start() >= at]
        nearest = after[0] if after else figures[-1]
        words = nearest.group(1) or {"百": "100"}.get(nearest.group(2), nearest.group(2))
        return {"comparison": ">=", "value": number(words), "unit": "%"}
    return {"comparison": ">=", "value": 100, "unit": "%"} if _WHOLE.search(clause) else None


def _staffing(clause: str) -> dict[str, Any] | None:
    found = _STAFFING.search(clause)
    if found is None:
        return None
    value = {"教师": number(found.group(1))}
    if found.group(2):
        value["保育员"] = number(found.group(2))
    return {"comparison": ">=", "value": value, "unit": "人/班"}


def _counted(kind: str, clause: str, at: int) -> dict[str, Any] | None:
    figures = list(re.finditer(rf"{_N}({_UNITS[kind]})", clause))
    figures = [each for each in figures if not re.match(r"20\d\d年|一周$", each.group())]
    if not figures:
        return None
    nearest = min(figures, key=lambda each: (each.start() < at, abs(each.start() - at)))
    around = clause[max(0, nearest.start() - 8) : nearest.end() + 3]
    most = _MOST.search(around) or re.match(r"(?:之)?内", clause[nearest.end() :])
    return {
        "comparison": "<=" if most else ">=",
        "value": number(nearest.group(1)),
        "unit": nearest.group(2),
    }


def deadline(clause: str, sentence: str, *, anywhere: bool) -> str | None:
    """Return the time limit of a clause in the words that state it.

    An order to put right in time and a date hold for their whole sentence, other limits only
    `anywhere`.
    """
    found = _DEADLINE.search(clause) or (_DEADLINE.search(sentence) if anywhere else None)
    found = found or _BY_DATE.search(sentence)
    if found is None:
        found = re.search(r"限期(?:整改|改正|更名|改名)", sentence)
        return found.group() if found else None
    words = found.group().lstrip("在于")
    return "限期整改" if words == "限期" else words


def until(words: str) -> str | None:
    """Return the day that words name as the last, as they write it; None for none."""
    found = _BY_DATE.search(words)
    return found.group() if found else None


def done_by(sentence: str) -> str | None:
    """Return the day by which a sentence wants all of its paragraph done; None for none."""
    found = _ALL_DONE.match(sentence)
    return until(found.group()) if found else None


def consequence(sentence: str) -> str | None:
    """Return what follows where the requirement is not met, in our words, joined by ；."""
    found = [ours for pattern, ours in _CONSEQUENCES if re.search(pattern, sentence)]
    return "；".join(found) or None
