"""Who answers for a measure: offices in brackets after it, or in a table that divides the work."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from checklists.plans.model import Departments

_ROLES = (
    ("lead", ("牵头", "主办", "主责", "分工负责")),
    ("others", ("配合", "参与单位", "参加", "协办", "协同单位")),
    ("duty", ("责任单位", "责任部门", "负责单位", "实施单位", "落实单位", "责任主体")),
)
BRACKET = re.compile(
    r"[（〔]?(?:(?:牵头|主责|主办|责任|配合|负责|落实)(?:单位|部门)[：:]"
    r"|[^（）。；：]{2,80}?(?:牵头|按职责分工负责|分工负责|负责落实|负责|配合)[，；、）])"
    r".*?(?:[）〕]|$)"
)
_LIMIT = re.compile("时限|期限|时间|进度|完成")
_HEAD = re.compile(r"牵头|责任|配合|负责|主办|协办|主责")
_KEYED = re.compile(
    r"(牵头单位|牵头部门|主责单位|主办单位|配合单位|配合部门|参与单位|协办单位|协同单位|责任单位|责任部门|负责单位|落实单位)[：:]"
)
_FIRST_LEADS = re.compile(
    r"[，；、。]?(?:排|列|居)[在于]?(?:首位|第一位|第一|最前|首)(?:的)?(?:单位|部门)?(?:的)?(?:为|是)?牵头(?:单位|部门)?"
    r"|[，；、]?下同"
)
_IN_CELL = re.compile(
    r"(?P<role>牵头|主办|主责|配合|参加|参与|协办|责任)(?:单位|部门)?[：:](?P<after>.+)"
    r"|(?P<before>.+?)(?P<does>牵头|主办|配合|参加|参与|协办)"
)
_SUFFIX = re.compile(
    r"(.+?)(牵头|配合|参与|按照?职责分工负责|分工负责|负责落实|负责)(?:[，；。]|$)"
)
_ALIASES = (
    (r"市场监督管理局|市场监督局|市场监管局|市监局", "市场监管局"),
    (r"人力资源和社会保障局|人力资源社会保障局|人社局", "人社局"),
    (r"发展和改革委员会|发展改革委员会|发展和改革委|发展改革委|发改委", "发改委"),
    (r"发展和改革局|发展改革局|发改局", "发改局"),
    (r"住房和城乡建设局|住房城乡建设局|住建局", "住建局"),
    (r"自然资源和规划局|自然资源规划局|资规局", "资规局"),
    (r"卫生健康委员会|卫生健康委|卫健委", "卫健委"),
    (r"卫生健康局|卫健局", "卫健局"),
    (r"医疗保障局|医保局", "医保局"),
    (r"教育和体育局|教育体育局|教体局", "教体局"),
    (r"消防救援支队|消防支队", "消防支队"),
)


@dataclass(frozen=True)
class Row:
    """A row of a table that divides the work; `by` is its time limit as it is written, or empty."""

    number: str
    task: str
    departments: Departments
    by: str = ""


class Offices:
    """Makes the spellings of one office one: the spelling that a text uses first stands."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def split(self, words: str) -> tuple[str, ...]:
        """Return the offices in a list of them."""
        found: list[str] = []
        for name in re.split(
            r"[、，,；;\n]|(?<=局)和", words.replace(" ", "").replace("\u3000", "")
        ):
            office = re.sub(r"(?:等(?:有关)?(?:部门|单位)?|按职责.*)$", "", name.strip("。：: "))
            if not office:
                continue
            if (
                found
                and found[-1][0] in "市省县"
                and re.match(r"[^市省县区各].{1,9}[局委厅]$", office)
            ):
                office = found[-1][0] + office
            found.append(self._first.setdefault(_key(office), office))
        return tuple(dict.fromkeys(found))


def _key(office: str) -> str:
    for pattern, short in _ALIASES:
        office = re.sub(pattern, short, office)
    return office


def in_brackets(words: str, offices: Offices, *, comma_parts_lead: bool) -> Departments | None:
    """Return the offices that a bracket names, or None where it names none.

    `comma_parts_lead`: the text says that before the first comma stands the lead.
    """
    inner = _FIRST_LEADS.sub("", words).strip("（）〔〕【】。；")
    told: dict[str, str] = {}
    pieces = _KEYED.split(inner)
    for key, value in zip(pieces[1::2], pieces[2::2], strict=False):
        shared = _SUFFIX.findall(value.strip("，；。、"))
        for names, role in shared:
            told[_role(role)] = names.strip("，；。、由")
        if not shared:
            told[_role(key)] = value.strip("，；。、")
    if not told:
        for names, role in _SUFFIX.findall(inner):
            told[_role(role)] = names.strip("，；。、由")
    if not told:
        return None
    duty = told.get("duty", "")
    if comma_parts_lead and duty and "lead" not in told:
        first, _, rest = duty.partition("，")
        return Departments(offices.split(first), offices.split(rest))
    return _departments(told, offices)


def _departments(told: dict[str, str], offices: Offices) -> Departments:
    """With a lead named, those on duty support it; without, the first of them leads."""
    lead = offices.split(told.get("lead", ""))
    rest = "、".join(told[role] for role in ("duty", "others") if told.get(role))
    if not lead:
        lead = offices.split(told.get("duty", ""))[:1]
    return Departments(lead, tuple(each for each in offices.split(rest) if each not in lead))


def _role(key: str) -> str:
    for role, words in _ROLES:
        if any(word in key for word in words):
            return role
    return "duty"


def read_table(cells: list[str], offices: Offices) -> list[Row]:
    """Return the rows of a table that divides the work."""
    head = next(
        (index for index, cell in enumerate(cells) if len(cell) < 12 and _HEAD.search(cell)),
        None,
    )
    if head is None or _IN_CELL.fullmatch(cells[head]):
        return _rows_that_tell(cells, offices)
    first = next((index for index in range(head, -1, -1) if "序号" in cells[index]), None)
    if first is None:
        return []
    width = next((i for i in range(first, len(cells)) if cells[i] == "1"), len(cells)) - first
    columns = [cell.replace("\n", "") for cell in cells[first : first + width]]
    rows = []
    for number, row in _rows(cells[first + width :], width):
        told: dict[str, str] = {}
        by = ""
        for column, cell in zip(columns[2:], row[2:], strict=False):
            if _HEAD.search(column) or re.search("单位|部门", column):
                told[_role(column)] = cell
            elif _LIMIT.search(column):
                by = cell
        task = row[1] if len(row) > 1 else ""
        rows.append(Row(number, task, _departments(told, offices), by))
    return rows


def _rows(cells: list[str], width: int) -> Iterable[tuple[str, list[str]]]:
    expected = 1
    row: list[str] = []
    for cell in cells:
        if cell == str(expected) and (not row or len(row) >= min(width, 2)):
            if row:
                yield row[0], row[:width]
            row, expected = [], expected + 1
        row.append(cell)
    if row:
        yield row[0], row[:width]


def _rows_that_tell(cells: list[str], offices: Offices) -> list[Row]:
    """Return the rows of a table without a head, whose cells say who leads and who takes part."""
    if "1" not in cells:
        return []
    rows = []
    for number, row in _rows(cells[cells.index("1") :], 8):
        told: dict[str, str] = {}
        for cell in row[2:]:
            if found := _IN_CELL.fullmatch(cell.strip("。；")):
                told[_role(found["role"] or found["does"])] = found["after"] or found["before"]
        if told:
            rows.append(Row(number, row[1], _departments(told, offices)))
    return rows


def match_rows(rows: list[Row], headings: dict[str, tuple[str, str]]) -> dict[str, Row]:
    """Return the row of each section that a table speaks of.

    `headings` gives the section's own heading and the figure in its number. The likest heading
    holds though the words differ; where none is like, the number does; where a table has as many
    rows as a section has parts, their order does.
    """
    found: dict[str, Row] = {}
    for row in rows:
        best, likeness = "", 0.0
        for section, (heading, figure) in headings.items():
            like = _likeness(row.task, heading) + (0.15 if figure == row.number else 0.0)
            if heading and like > likeness:
                best, likeness = section, like
        if likeness >= 0.5:
            found[best] = row
    for parts in _siblings(headings):
        if len(parts) == len(rows):
            for section, row in zip(parts, rows, strict=True):
                found.setdefault(section, row)
    return found


def _likeness(task: str, heading: str) -> float:
    """Return how like a table's task and a heading are, 0 to 1, in any order of their words."""
    named = re.sub(r"（[^（）]*）|工程|行动|工作", "", task)
    shared = len(set(named) & set(heading)) / max(len(set(heading)), len(set(named)), 1)
    return max(SequenceMatcher(None, task, heading, autojunk=False).ratio(), shared)


def _siblings(headings: Iterable[str]) -> Iterable[list[str]]:
    """Return the sections with headings, those that stand under one section together."""
    under: dict[str, list[str]] = {}
    for section in headings:
        found = re.fullmatch(r"(.*?)(（[一二三四五六七八九十]{1,3}）|\d{1,2}\.)", section)
        if found:
            under.setdefault(found.group(1), []).append(section)
    return under.values()
