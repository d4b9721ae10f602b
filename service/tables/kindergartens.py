"""Kindergartens as a table: its columns, and what a row makes of the register."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from checklists.regions import codes as regions
from inspections.kindergartens.intake import Change, Intake
from inspections.kindergartens.model import Kindergarten
from inspections.kindergartens.schemas import KindergartenRowSchema
from media.custody.model import Actor, Role
from media.days import day_in_shanghai
from media.documents import Transaction
from service.problems import field_by_field
from service.tables.cells import (
    Column,
    Unreadable,
    choice,
    day,
    decimal,
    fields,
    whole,
    write_fields,
    write_yes_no,
    yes_no,
)
from service.tables.errors import RowsChanged
from service.tables.judging import column_at, differing, read_cells, shown
from service.tables.model import Cell, Judged, Row, RowState, Trouble

NATURE = choice(("公办", "public"), ("民办", "private"))
PROFIT = choice(("非营利性", "non_profit"), ("营利性", "for_profit"))
DATUM = choice(("WGS-84", "WGS-84"), ("GCJ-02", "GCJ-02"), ("BD-09", "BD-09"))
PERSON = ("name", "duty", "phone")


def region(cell: str) -> str:
    """Return the code of a region, given by its code or by its full name."""
    code = cell if regions.exists(cell) else regions.code_of(cell)
    if code is None:
        raise Unreadable(
            "没有这个行政区划，请填六位代码或省市县全称",
            "no such region: give its six digits, or province, city and county",
        )
    return code


def persons(cell: str) -> list[dict[str, str]]:
    return fields(cell, PERSON, "姓名/职务/电话", 2)


def number(value: float) -> str:
    return repr(float(value))


COLUMNS = (
    Column("code", "机构标识码", "3699010200001", ("code",), also=("标识码", "学校标识码")),
    Column("name", "名称", "演示县向阳幼儿园", ("name",), also=("幼儿园名称", "园名")),
    Column("nature", "举办性质", "民办", ("nature",), *NATURE),
    Column("profit", "营利性质", "非营利性", ("profit",), *PROFIT),
    Column("region", "行政区划代码", "990102", ("region",), region, also=("行政区划", "区划")),
    Column("address", "地址", "演示路 9 号", ("address",)),
    Column("licence_number", "许可证号", "教民199010260000001", ("licence", "number"), group="1"),
    Column("licence_authority", "发证机关", "演示县教育局", ("licence", "authority"), group="1"),
    Column("licence_issued_on", "发证日期", "2024-09-01", ("licence", "issued_on"), day, group="1"),
    Column("licence_valid_until", "许可证有效期至", "", ("licence", "valid_until"), day, group="1"),
    Column("lon", "经度", "116.391", ("place", "lon"), decimal, number, group="2"),
    Column("lat", "纬度", "39.907", ("place", "lat"), decimal, number, group="2"),
    Column("datum", "坐标系", "WGS-84", ("place", "datum"), *DATUM, group="2"),
    Column("headcount", "在园幼儿数", "180", ("headcount",), whole, number=True),
    Column("classes", "班级数", "6", ("classes",), whole, number=True),
    Column("rural", "农村", "否", ("rural",), yes_no, write_yes_no, empty=False),
    Column(
        "persons_in_charge",
        "负责人（姓名/职务/电话；…）",
        "姓名甲/园长/13800000000；姓名乙/举办者",
        ("persons_in_charge",),
        persons,
        lambda found: write_fields(found, PERSON),
        empty=(),
    ),
    Column("open", "在办", "是", ("open",), yes_no, write_yes_no, empty=True),
)
SCHEMA = KindergartenRowSchema()


class KindergartenSheet:
    """The register, known by the institutions' codes."""

    columns = COLUMNS
    key = "code"
    roles = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def judge(
        self,
        rows: Sequence[Mapping[str, Cell]],
        *,
        memory: dict[Any, Any],
        actor: Actor,
        now: datetime,
    ) -> list[Judged]:
        """Return what each row makes of the register, as it stands now."""
        del memory
        codes = [code for row in rows if isinstance(code := row["code"], str) and code]
        there = self._intake.of_codes(codes, actor.scope)
        elsewhere = self._intake.taken(codes) - there.keys()
        return [self._judge(row, there, elsewhere, actor, now) for row in rows]

    def show(self, wire: Mapping[str, Any]) -> dict[str, str]:
        """Return the cells that say what a row would write."""
        return cells_of(wire)

    def prepare(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> list[Change]:
        """Return the writes. Raises RowsChanged where the register is not as the rows saw it."""
        loaded = [SCHEMA.load(dict(row.wire)) for row in rows]
        for row in loaded:
            if self._intake.why_not(row["region"], actor.scope, day_in_shanghai(now)):
                raise RowsChanged
        changes = self._intake.prepare(loaded, actor=actor, now=now)
        for row, change in zip(rows, changes, strict=True):
            if row.seen != (str(change.before.revision) if change.before else None):
                raise RowsChanged
        return changes

    def write(
        self,
        changes: Sequence[Change],
        *,
        why: str,
        source: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> bool:
        return self._intake.write(changes, why=why, source=source, actor=actor, now=now, tx=tx)

    def every(self, *, actor: Actor, now: datetime) -> Iterator[dict[str, str]]:
        """Yield the cells of every kindergarten in scope."""
        del now
        for found in self._intake.every(actor.scope):
            yield cells_of(wire_of(found))

    def _judge(
        self,
        row: Mapping[str, Cell],
        there: Mapping[str, Kindergarten],
        elsewhere: set[str],
        actor: Actor,
        now: datetime,
    ) -> Judged:
        values, troubles = read_cells(row, COLUMNS)
        record = there.get(str(row["code"]))
        before = wire_of(record) if record else {}
        wire = overlaid(before, values)
        if not troubles:
            troubles = self._faults(row, wire, before, elsewhere, actor, now)
        if troubles:
            return Judged(RowState.BAD, {}, shown(row), tuple(troubles))
        if record is None:
            return Judged(RowState.NEW, {}, {}, (), wire)
        after = {name: cell for name, cell in cells_of(wire).items() if name in row}
        was, will = differing(cells_of(before), after)
        state = RowState.CHANGED if will else RowState.UNCHANGED
        return Judged(state, was, will, (), wire, str(record.revision))

    def _faults(
        self,
        row: Mapping[str, Cell],
        wire: Mapping[str, Any],
        before: Mapping[str, Any],
        elsewhere: set[str],
        actor: Actor,
        now: datetime,
    ) -> list[Trouble]:
        errors = SCHEMA.validate(dict(wire))
        found = [
            Trouble(column, str(row.get(column, ""))[:60], zh["message"], en["message"])
            for zh, en in zip(
                field_by_field(errors, "zh"), field_by_field(errors, "en"), strict=True
            )
            for column in [column_at(zh["field"].split("."), COLUMNS)]
        ]
        if found:
            return found
        if wire["region"] != before.get("region"):
            why = self._intake.why_not(wire["region"], actor.scope, day_in_shanghai(now))
            if why:
                return [Trouble("region", str(row.get("region", "")), *why)]
        if wire["code"] in elsewhere:
            return [
                Trouble("code", wire["code"], "该标识码不可用，请核对", "this code cannot be used")
            ]
        return []


def wire_of(kindergarten: Kindergarten) -> dict[str, Any]:
    """Return what the register was told of a kindergarten, as the API takes it."""
    licence, place = kindergarten.licence, kindergarten.place
    return {
        "code": kindergarten.code,
        "name": kindergarten.name,
        "nature": kindergarten.nature.value,
        "profit": kindergarten.profit.value if kindergarten.profit else None,
        "region": kindergarten.region,
        "address": kindergarten.address,
        "licence": licence
        and {
            "number": licence.number,
            "authority": licence.authority,
            "issued_on": licence.issued_on.isoformat(),
            "valid_until": licence.valid_until.isoformat() if licence.valid_until else None,
        },
        "place": place
        and {"lon": place.given_lon, "lat": place.given_lat, "datum": str(place.given_datum)},
        "headcount": kindergarten.headcount,
        "classes": kindergarten.classes,
        "rural": kindergarten.rural,
        "persons_in_charge": [
            {name: value for name in PERSON if (value := getattr(person, name)) is not None}
            for person in kindergarten.persons_in_charge
        ],
        "open": kindergarten.open,
    }


def overlaid(before: Mapping[str, Any], values: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """Return the record with what the row says in its place; a group left empty is none."""
    wire = dict(before)
    for path, value in values.items():
        if len(path) == 1:
            wire[path[0]] = list(value) if isinstance(value, tuple) else value
    for name in {path[0] for path in values if len(path) > 1}:
        inner = {path[1]: value for path, value in values.items() if path[0] == name}
        told = {key: value for key, value in inner.items() if value is not None}
        wire[name] = told or None
    missing = ("code", "name", "nature", "region", "address")
    return {name: value for name, value in wire.items() if value is not None or name not in missing}


def cells_of(wire: Mapping[str, Any]) -> dict[str, str]:
    """Return the row that says what the wire says."""
    cells = {}
    for column in COLUMNS:
        value = wire.get(column.path[0])
        if len(column.path) > 1:
            value = (value or {}).get(column.path[1])
        cells[column.name] = "" if value is None else column.write(value)
    return cells
