"""Of several clauses on one item the stricter holds, and the item says why.

Minimum and maximum, grade, period and per-class values compare with their own kind only, across
units of one dimension. What carries a notice comes before what is only for information. Figures
that differ at one rank (one plan, or plans of one region) contradict: the bureau chooses.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checklists.catalogue.model import AnswerKind
from checklists.generation.model import Citation, Threshold

GRADES = "ABCD"
Words = tuple[str, str]
"""Chinese and English."""

UNITS: Mapping[str, tuple[str, float]] = {
    **dict.fromkeys(("人", "名", "位", "个", "人/班"), ("count", 1.0)),
    "分钟": ("time", 1 / 1440),
    "小时": ("time", 1 / 24),
    "个小时": ("time", 1 / 24),
    **dict.fromkeys(("日", "天"), ("time", 1.0)),
    **dict.fromkeys(("工作日", "个工作日"), ("time", 1.4)),
    "周": ("time", 7.0),
    "月": ("time", 30.0),
    "个月": ("time", 30.0),
    "年": ("time", 365.0),
    "学期": ("time", 182.0),
}
"""Units of one dimension, with what one of each is worth in it: time in days."""

HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0.5}
_WITHIN = re.compile(
    r"(\d+|[一二两三四五六七八九十]{1,3})(个工作日|工作日|个月|小时|月|日|天|周|年)"
)
_BEFORE = re.compile(r"20\d\d")
_EVERY = {"每日": 1, "每月": 30, "每学期": 182, "每半年": 182, "每学年": 365, "每年": 365}
_AT_ONCE = ("立即", "即时", "当场")
_SAME = {"当日": 1.0, "当天": 1.0, "当月": 30.0, "及时": 10_000.0}
"""In days; a limit without a figure comes after every figure."""


@dataclass(frozen=True)
class Figure:
    """A citation's figure as it compares: `strict` is smaller the stricter it is."""

    citation: Citation
    kind: tuple[str, str]
    strict: float


def figure_of(citation: Citation) -> Figure | None:
    """Return the figure that a clause states, None where it states none that compares."""
    threshold = citation.threshold
    if threshold is None or threshold.value is None:
        return None
    sign = -1.0 if threshold.at_least else 1.0
    bound = "least" if threshold.at_least else "most"
    if isinstance(threshold.value, str):
        if threshold.value not in GRADES:
            return None
        return Figure(citation, ("grade", "least"), float(GRADES.index(threshold.value)))
    dimension, worth = UNITS.get(threshold.unit or "", (threshold.unit or "", 1.0))
    if isinstance(threshold.value, Mapping):
        total = sum(float(each) for each in threshold.value.values())
        return Figure(citation, (f"{dimension} by kind", bound), sign * total)
    return Figure(citation, (dimension, bound), sign * float(threshold.value) * worth)


def strictness(citation: Citation) -> tuple[bool, bool, float, int, str, int]:
    """Return the key that sorts the strictest clause first.

    What carries a notice before what does not; a figure before none; the higher minimum or the
    lower maximum; the nearer bureau, by the longer region code; then plan and place.
    """
    figure = figure_of(citation)
    near = -len(citation.region.rstrip("0"))
    return (
        not citation.carries_notice,
        figure is None,
        figure.strict if figure else 0.0,
        near,
        citation.plan_id,
        citation.start,
    )


def fits(threshold: Threshold, answer: AnswerKind) -> bool:
    """Tell whether an answer of this kind can be compared against the threshold."""
    if isinstance(threshold.value, Mapping):
        return answer is not AnswerKind.GRADE
    if answer is AnswerKind.RATIO:
        return threshold.is_figure and threshold.unit == "%"
    if answer is AnswerKind.COUNT:
        return threshold.is_figure and threshold.unit != "%"
    return answer is AnswerKind.GRADE and threshold.value in tuple(GRADES)


def holds(citations: Sequence[Citation], answer: AnswerKind) -> Threshold | None:
    """Return what the answer is held against; `citations` stand strictest first.

    Of values by kind (of class, of staff) each takes its own stricter one.
    """
    fitting = [each for each in citations if each.threshold and fits(each.threshold, answer)]
    if not fitting or fitting[0].threshold is None:
        return None
    first = fitting[0].threshold
    if not isinstance(first.value, Mapping):
        return first
    value = dict(first.value)
    for each in fitting[1:]:
        other = each.threshold
        if (
            other is None
            or not isinstance(other.value, Mapping)
            or (other.at_least, each.carries_notice) != (first.at_least, fitting[0].carries_notice)
        ):
            continue
        for name, figure in other.value.items():
            known = value.get(name, figure)
            value[name] = max(known, figure) if first.at_least else min(known, figure)
    return replace(first, value=value)


def contradictions(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Return the clauses of one rank that state different figures for the same thing."""
    ranks: dict[object, list[Figure]] = defaultdict(list)
    for each in citations:
        if figure := figure_of(each):
            rank = (each.region, each.carries_notice, each.conditions, figure.kind[0])
            ranks[rank].append(figure)
    return [
        [each.citation for each in figures] for figures in ranks.values() if _contradict(figures)
    ]


def _contradict(figures: Sequence[Figure]) -> bool:
    least = {each.strict for each in figures if each.kind[1] == "least"}
    most = {each.strict for each in figures if each.kind[1] == "most"}
    crossing = bool(least and most) and -min(least) > min(most)
    return len(least) > 1 or len(most) > 1 or crossing


def told_contradiction(clauses: Sequence[Citation]) -> Words:
    """Return the sentence that asks the bureau to choose, in Chinese and English."""
    titles = list(dict.fromkeys(each.title for each in clauses))
    alone = len(titles) == 1
    zh = "，".join(
        f"{each.section if alone else _place(each)}: {figure_told(each)}" for each in clauses
    )
    en = ", ".join(
        f"{each.section if alone else _place(each)}: {figure_told(each)}" for each in clauses
    )
    if alone:
        return (
            f"《{titles[0]}》前后不一致（{zh}），暂按较严者检查，请主管部门确定。",
            f"“{titles[0]}” contradicts itself ({en}): the bureau must choose.",
        )
    return (
        f"同级文件不一致（{zh}），暂按较严者检查，请主管部门确定。",
        f"Plans of one rank contradict each other ({en}): the bureau must choose.",
    )


def settled(
    citations: Sequence[Citation], preferred: str | None
) -> tuple[list[Citation], list[Citation], Words | None]:
    """Return the clauses whose figures hold, those passed over, and what is still to be chosen.

    `preferred` is the hash of the clause that the bureau chose; it decides among its rivals only.
    """
    over: list[Citation] = []
    open_: Words | None = None
    for rivals in contradictions(citations):
        chosen = [each for each in rivals if each.words_sha256 == preferred]
        if chosen:
            over += [each for each in rivals if each.words_sha256 != preferred]
        else:
            open_ = open_ or told_contradiction(rivals)
    return [each for each in citations if each not in over], over, open_


def traced(citations: Sequence[Citation], over: Sequence[Citation] = ()) -> tuple[Words, ...]:
    """Return why the figure that holds does, in sentences; nothing where no two compare.

    `citations` stand strictest first, `over` are those that the bureau's choice passed over.
    """
    figures = [figure for each in citations if (figure := figure_of(each))]
    told = [_chosen(each) for each in over]
    for other in figures[1:]:
        first = figures[0]
        if other.kind == first.kind and other.strict != first.strict:
            told.append(_why(first, other))
    told += _limits(citations)
    return tuple(dict.fromkeys(told))


def _why(first: Figure, other: Figure) -> Words:
    """Return why the first figure holds and not the other."""
    a, b = first.citation, other.citation
    one, two = f"{_place(a)} {figure_told(a)}", f"{_place(b)} {figure_told(b)}"
    if other.strict < first.strict:
        return (
            f"{two} 更严，但该条款不能据以发出通知书，仅供参考；按 {one} 检查。",
            f"{two} is stricter but carries no notice and is for information: {one} holds.",
        )
    if _is_nearer(b, a):
        return (
            f"下级放宽：{two} 宽于上级的 {one}，按上级的检查，两者均引用。",
            f"Loosened below: {two} is looser than {one} above it, which holds; both are cited.",
        )
    return (
        f"从严：{one} 严于 {two}，按前者检查，两者均引用。",
        f"The stricter holds: {one} over {two}; both are cited.",
    )


def _chosen(passed: Citation) -> Words:
    return (
        f"主管部门择一：{_place(passed)} {figure_told(passed)} 与所选条款矛盾，不予采用，仍引用。",
        (
            f"The bureau chose: {_place(passed)} {figure_told(passed)} contradicts the clause"
            " chosen and does not hold; it is cited."
        ),
    )


def _is_nearer(one: Citation, other: Citation) -> bool:
    """Tell whether one is of a region below the other's."""
    return len(one.region.rstrip("0")) > len(other.region.rstrip("0"))


def _place(citation: Citation) -> str:
    return f"《{citation.title}》{citation.section}"


SIGNS = {">=": "≥", "<=": "≤", "=": "="}


def figure_told(citation: Citation) -> str:
    """Return the figure of a clause as it is read, such as ≥ 100%."""
    threshold = citation.threshold
    assert threshold is not None, "only clauses with figures are compared"
    value, unit = threshold.value, threshold.unit or ""
    sign = SIGNS[threshold.comparison or ">="]
    if isinstance(value, Mapping):
        return "、".join(f"{name}{sign}{figure:g}{unit}" for name, figure in value.items())
    return f"{sign}{value if isinstance(value, str) else format(value, 'g')}{unit}"


def limit_of(words: str | None) -> tuple[str, float] | None:
    """Return a time limit as it compares: what it limits, and how long it leaves in days."""
    if not words:
        return None
    if words.startswith(_AT_ONCE) or words in _SAME:
        return ("within", _SAME.get(words, 0.0))
    if words in _EVERY:
        return ("every", float(_EVERY[words]))
    if year := _BEFORE.search(words):
        return ("before", float(year.group()))
    if found := _WITHIN.search(words):
        return ("within", _number(found.group(1)) * UNITS[found.group(2)][1])
    return None


def _number(words: str) -> float:
    if words.isdecimal():
        return float(words)
    tens, ten, ones = words.rpartition("十")
    return (HAN[tens] if tens else 1) * 10 + HAN.get(ones, 0) if ten else float(HAN[words])


def deadline_of(citations: Sequence[Citation]) -> str | None:
    """Return the strictest time limit of the clauses, None where no two of them compare."""
    limits = _by_limit(citations)
    return limits[0][1].deadline if limits else None


def _by_limit(citations: Sequence[Citation]) -> list[tuple[tuple[str, float], Citation]]:
    """Return the limits of the first kind that is stated, strictest first."""
    found = [(limit, each) for each in citations if (limit := limit_of(each.deadline))]
    alike = [each for each in found if each[0][0] == found[0][0][0]]
    return sorted(alike, key=lambda each: (not each[1].carries_notice, each[0][1]))


def _limits(citations: Sequence[Citation]) -> list[Words]:
    limits = _by_limit(citations)
    return [
        (
            (
                f"时限从严：{_place(limits[0][1])} {limits[0][1].deadline} 严于 "
                f"{_place(each)} {each.deadline}。"
            ),
            (
                f"The shorter time holds: {_place(limits[0][1])} {limits[0][1].deadline} over "
                f"{_place(each)} {each.deadline}."
            ),
        )
        for limit, each in limits[1:]
        if limit[1] > limits[0][0][1]
    ]
