"""A table of names read, judged row by row, and written out again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists.naming.actions import Naming, to_line
from checklists.naming.model import Checked, Verdict
from inspections.namechecks.actions import NameChecks
from media.custody.model import Actor
from service.tables.cells import Column
from service.tables.errors import HeadingsWrong
from service.tables.model import Format, Trouble
from service.tables.reading import read_rows
from service.tables.writing import write

NAMES = ("名称", "幼儿园名称", "园名", "name")
NATURES = ("性质", "举办性质", "办园性质", "nature")
TAKEN = {"公办": "公办", "public": "公办", "民办": "民办", "private": "民办"}
LONGEST = 200

VERDICTS = {"ok": "通过", "review": "待核实", "violation": "违规"}
COLUMNS = tuple(
    Column(name, title, "", (name,))
    for name, title in (
        *(("row", "行号"), ("name", "名称"), ("nature", "举办性质"), ("verdict", "结论")),
        *(("rules", "规则"), ("terms", "用词"), ("why", "说明"), ("clauses", "依据")),
    )
)
RUN_COLUMNS = (
    *(
        Column("kindergarten_id", "编号", "", ("id",)),
        Column("region", "行政区划", "", ("region",)),
    ),
    *COLUMNS[1:],
)


@dataclass(frozen=True)
class JudgedRow:
    """A row of the table by the number that a spreadsheet shows, and what was found."""

    row: int
    nature: str
    line: dict[str, Any]


@dataclass(frozen=True)
class JudgedTable:
    rows: tuple[JudgedRow, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def items(self) -> list[dict[str, Any]]:
        """What is in doubt or in breach, each with its row."""
        return [
            {"row": each.row, "nature": each.nature, **each.line}
            for each in self.rows
            if each.line["verdict"] != Verdict.OK
        ]


class NameTables:
    def __init__(self, naming: Naming, name_checks: NameChecks) -> None:
        self._naming = naming
        self._name_checks = name_checks

    def check(self, data: bytes, *, region: str | None, on: date) -> JudgedTable:
        """Return what is found in the names of a CSV, TSV or XLSX file.

        A heading names the column of names (名称), one that of natures (举办性质); a table without
        headings has the names in its first column, the natures in its second.
        Raises NotATable, TableTooLarge, TableDamaged, HeadingsWrong, BadValue.
        """
        numbers, names = _columns(data)
        rules = self._naming.rules(region, on)
        checked: Iterator[Checked] = self._naming.check_many(names, region=region, on=on)
        rows = tuple(
            JudgedRow(number, nature, to_line(each, rules))
            for number, (_, nature), each in zip(numbers, names, checked, strict=True)
        )
        counts = Counter(str(each.line["verdict"]) for each in rows)
        return JudgedTable(rows, {each.value: counts[each.value] for each in Verdict})

    def table(self, judged: JudgedTable, kind: Format) -> Iterator[bytes]:
        """Return the file's names with their verdicts, as a table."""
        return write(
            (_cells(each.line, row=str(each.row), nature=each.nature) for each in judged.rows),
            COLUMNS,
            kind,
        )

    def run_table(self, run_id: str, kind: Format, *, actor: Actor) -> Iterator[bytes]:
        """Return what a check of the register found, as a table."""
        hits = self._name_checks.every_hit(run_id, actor=actor)
        rows = (
            _cells(
                {"name": hit.name, "verdict": hit.verdict.value, "findings": hit.findings},
                kindergarten_id=hit.kindergarten_id,
                region=hit.region,
                nature=TAKEN[hit.nature],
            )
            for hit in hits
        )
        return write(rows, RUN_COLUMNS, kind)


def _columns(data: bytes) -> tuple[list[int], list[tuple[str, str]]]:
    """Return the numbers of the rows that hold names, and their (name, nature)."""
    rows = read_rows(data)
    first = next(rows, None)
    if first is None:
        raise HeadingsWrong(what=("文件中没有名称", "the file holds no names"))
    heads = [str(cell).strip().casefold() for cell in first[1]]
    named = next((place for place, head in enumerate(heads) if head in NAMES), None)
    told = next((place for place, head in enumerate(heads) if head in NATURES), None)
    if named is None and told is not None:
        raise HeadingsWrong(what=("缺少“名称”列", "the column 名称 is missing"))
    kept = [first] if named is None else []
    at, beside = (0, 1) if named is None else (named, told)
    numbers, names = [], []
    for number, cells in (*kept, *rows):
        name = cells[at] if at < len(cells) else ""
        if isinstance(name, Trouble) or len(name) > LONGEST:
            what = (
                f"第 {number} 行的名称无法读取或过长",
                f"the name in row {number} cannot be read",
            )
            raise HeadingsWrong(what=what)
        if not name:
            continue
        nature = cells[beside] if beside is not None and beside < len(cells) else ""
        numbers.append(number)
        names.append((name, TAKEN.get(str(nature).strip().casefold(), "")))
    return numbers, names


def _cells(line: dict[str, Any], **more: str) -> dict[str, str]:
    findings = line["findings"]
    clauses = dict.fromkeys(
        f"《{clause['title']}》{clause['section']}"
        for each in findings
        for clause in each.get("clauses", ())
    )
    return {
        "name": line["name"],
        "verdict": VERDICTS[line["verdict"]],
        "rules": "；".join(dict.fromkeys(str(each["rule"]) for each in findings)),
        "terms": "；".join(dict.fromkeys(str(each["term"]) for each in findings)),
        "why": "；".join(dict.fromkeys(str(each["why"]) for each in findings)),
        "clauses": "；".join(clauses),
        **more,
    }
