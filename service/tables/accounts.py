"""Persons and their accounts as a table: its columns, and what a row makes of what is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from checklists.regions import codes as regions
from media.custody.model import Actor, Role
from media.days import day_in_shanghai
from media.documents import Transaction
from service.accounts.intake import OF_THE_PERSON, AccountChange, AccountIntake
from service.accounts.model import Account, AccountView, Binding, Person
from service.administration.schemas import AccountRowSchema
from service.problems import field_by_field
from service.tables.cells import (
    Column,
    choice,
    day,
    fields,
    listed,
    write_fields,
    write_listed,
)
from service.tables.errors import RowsChanged
from service.tables.judging import column_at, differing, read_cells, shown
from service.tables.kindergartens import region
from service.tables.model import Cell, Judged, Row, RowState, Trouble

ROLE = choice(
    ("检查员", "inspector"),
    ("园长", "director"),
    ("监督员", "supervisor"),
    ("管理员", "administrator"),
)
DIRECTED = ("code", "since", "until")


def roles(cell: str) -> list[str]:
    return sorted({ROLE[0](each) for each in listed(cell.replace("、", "；"))})


def region_codes(cell: str) -> list[str]:
    return sorted({region(each) for each in listed(cell.replace("、", "；"))})


def directed(cell: str) -> list[dict[str, str]]:
    found = fields(cell, DIRECTED, "标识码/任职日期/离任日期", 1)
    for each in found:
        for name in DIRECTED[1:]:
            if name in each:
                each[name] = day(each[name])
    return found


def write_roles(found: Sequence[str]) -> str:
    return "；".join(ROLE[1](each) for each in sorted(found))


COLUMNS = (
    Column("username", "用户名", "wang.wei", ("username",), str.casefold, also=("账号",)),
    Column("code", "人员编号", "G0001", ("code",), also=("工号",)),
    Column("name", "姓名", "王伟", ("name",)),
    Column("unit", "单位", "演示县教育局", ("unit",)),
    Column("department", "部门", "学前科", ("department",), also=("科室",)),
    Column("certificate", "执法证号", "演示执法0099", ("certificate",)),
    Column("phone", "电话", "13800000000", ("phone",)),
    Column("roles", "角色", "检查员", ("roles",), roles, write_roles, empty=()),
    Column("regions", "管辖区划", "990102", ("regions",), region_codes, write_listed, empty=()),
    Column(
        "kindergartens",
        "所任园所（标识码/任职日期/离任日期；…）",
        "",
        ("kindergartens",),
        directed,
        lambda found: write_fields(found, DIRECTED),
        empty=(),
    ),
)
SCHEMA = AccountRowSchema()
ROW = tuple(column.name for column in COLUMNS)


class AccountSheet:
    """Accounts, known by their user names, each with its person."""

    columns = COLUMNS
    key = "username"
    roles = frozenset({Role.ADMINISTRATOR})

    def __init__(self, intake: AccountIntake) -> None:
        self._intake = intake

    def judge(
        self,
        rows: Sequence[Mapping[str, Cell]],
        *,
        memory: dict[Any, Any],
        actor: Actor,
        now: datetime,
    ) -> list[Judged]:
        """Return what each row makes of persons and accounts, as they stand now.

        `memory` keeps what earlier rows of the same table said of a person.
        """
        return _Judge(self._intake, rows, actor, day_in_shanghai(now), memory).judge_all()

    def show(self, wire: Mapping[str, Any]) -> dict[str, str]:
        """Return the cells that say what a row would write."""
        return cells_of(wire)

    def prepare(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> list[AccountChange]:
        """Return the writes. Raises RowsChanged where something is not as the rows saw it."""
        there = self._intake.named([row.key for row in rows])
        wanted = [str(row.wire["code"]) for row in rows if row.wire.get("code")]
        coded = self._intake.coded(wanted)
        governed = self._intake.governed([view.account for view in there.values()], actor.scope)
        persons: dict[Any, Person] = {}
        changes = []
        for row in rows:
            view = there.get(row.key)
            known = view.person if view else coded.get((row.wire["unit"], row.wire.get("code", "")))
            if row.seen != seen(view, known) or (view and view.account.id not in governed):
                raise RowsChanged
            facts = {name: row.wire.get(name) for name in OF_THE_PERSON}
            place = known.id if known else (facts["unit"], facts["code"] or row.key)
            after = persons.setdefault(place, _person(known, facts, now))
            if {name: getattr(after, name) for name in OF_THE_PERSON} != facts:
                raise RowsChanged
            account = _account(view.account if view else None, row.wire, after.id, now)
            changes.append(AccountChange(view.account if view else None, known, account, after))
        return changes

    def write(
        self,
        changes: Sequence[AccountChange],
        *,
        why: str,
        source: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> bool:
        return self._intake.write(changes, why=why, source=source, actor=actor, now=now, tx=tx)

    def every(self, *, actor: Actor, now: datetime) -> Iterator[dict[str, str]]:
        """Yield the cells of every account that the actor governs."""
        del now
        for views in self._intake.every(actor.scope):
            codes = self._intake.codes_of(views, actor.scope)
            for view in views:
                yield cells_of(wire_of(view, codes))


class _Judge:
    """What many rows are compared with, looked up once for all of them."""

    def __init__(
        self,
        intake: AccountIntake,
        rows: Sequence[Mapping[str, Cell]],
        actor: Actor,
        today: date,
        said: dict[Any, Any],
    ) -> None:
        self._intake, self._rows, self._actor, self._today = intake, rows, actor, today
        self._read = [read_cells(row, COLUMNS) for row in rows]
        values = [{path[0]: value for path, value in read.items()} for read, _ in self._read]
        self._there = intake.named(
            [str(each["username"]) for each in values if each.get("username")]
        )
        self._coded = intake.coded([each["code"] for each in values if each.get("code")])
        views = list(self._there.values())
        self._governed = intake.governed([view.account for view in views], actor.scope)
        known = {view.person.id: view.person for view in views}
        known |= {person.id: person for person in self._coded.values()}
        self._persons = intake.governed_persons(known.values(), actor.scope)
        named = {each["code"] for row in values for each in row.get("kindergartens") or ()}
        self._ids = intake.kindergartens(sorted(named), actor.scope)
        self._codes = intake.codes_of(views, actor.scope)
        self._bound = {code: id_ for id_, code in self._codes.items()}
        self._said = said

    def judge_all(self) -> list[Judged]:
        return [
            self._judge(row, {path[0]: value for path, value in values.items()}, troubles)
            for row, (values, troubles) in zip(self._rows, self._read, strict=True)
        ]

    def _judge(
        self, row: Mapping[str, Cell], values: Mapping[str, Any], troubles: list[Trouble]
    ) -> Judged:
        view = self._there.get(str(values.get("username")))
        hidden = view is not None and view.account.id not in self._governed
        before = wire_of(view, self._codes) if view and not hidden else {}
        told = {**before, **values}
        wire = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in told.items()
            if value is not None
        }
        if not troubles:
            troubles = self._faults(row, wire, view, hidden=hidden)
        if troubles:
            return Judged(RowState.BAD, {}, shown(row), tuple(troubles))
        person = (
            view.person if view else self._coded.get((str(wire["unit"]), str(wire.get("code", ""))))
        )
        since = {each["code"]: each["since"] for each in before.get("kindergartens", ())}
        for each in wire.get("kindergartens", ()):
            each.setdefault("since", since.get(each["code"], self._today.isoformat()))
        ids = [
            {
                "kindergarten_id": self._ids.get(each["code"]) or self._bound[each["code"]],
                "since": each["since"],
                "until": each.get("until"),
            }
            for each in wire.get("kindergartens", ())
        ]
        written = {**wire, "bindings": ids}
        if view is None:
            return Judged(RowState.NEW, {}, {}, (), written, seen(None, person))
        after = {name: cell for name, cell in cells_of(wire).items() if name in row}
        was, will = differing(cells_of(before), after)
        state = RowState.CHANGED if will else RowState.UNCHANGED
        return Judged(state, was, will, (), written, seen(view, view.person))

    def _of_code(self, wire: Mapping[str, Any]) -> Person | None:
        return self._coded.get((wire["unit"], wire.get("code", "")))

    def _faults(
        self,
        row: Mapping[str, Cell],
        wire: dict[str, Any],
        view: AccountView | None,
        *,
        hidden: bool,
    ) -> list[Trouble]:
        if hidden:
            return [
                _bad(row, "username", "该用户名不可用，请更换", "this user name cannot be used")
            ]
        errors = SCHEMA.validate(wire)
        if errors:
            chinese, english = field_by_field(errors, "zh"), field_by_field(errors, "en")
            return [
                _bad(row, column_at(zh["field"].split("."), COLUMNS), zh["message"], en["message"])
                for zh, en in zip(chinese, english, strict=True)
            ]
        return [*self._rights(row, wire, view), *self._person(row, wire, view)]

    def _rights(
        self, row: Mapping[str, Cell], wire: Mapping[str, Any], view: AccountView | None
    ) -> Iterator[Trouble]:
        held, of, at = set(wire["roles"]), wire.get("regions"), wire.get("kindergartens")
        if len(held) > 1 and held & {"director", "administrator"}:
            yield _bad(row, "roles", "这些角色不能并存", "these roles do not go together")
        if "director" in held:
            yield from self._directs(row, of, at or ())
            return
        if at:
            yield _bad(row, "kindergartens", "仅园长账号填写", "for a director's account only")
        if not of:
            yield _bad(row, "regions", "必填", "an official needs a region")
        for each in of or ():
            if not self._actor.scope.covers(regions.prefix(each)):
                yield _bad(row, "regions", "超出您的管辖区域", "it is outside your regions")
            elif view is None or each not in view.account.regions:
                why = self._intake.why_not(each, self._today)
                if why:
                    yield _bad(row, "regions", *why)

    def _directs(
        self, row: Mapping[str, Cell], of: object, at: Sequence[Mapping[str, str]]
    ) -> Iterator[Trouble]:
        if of:
            yield _bad(row, "regions", "园长账号不填区划", "a director has no regions")
        if not at:
            yield _bad(row, "kindergartens", "必填", "a director needs a kindergarten")
        for code in (each["code"] for each in at):
            if code not in self._ids and code not in self._bound:
                zh = f"没有标识码为 {code} 的幼儿园，或不在您的管辖区域"
                en = f"no kindergarten {code}, or not within your regions"
                yield _bad(row, "kindergartens", zh, en)

    def _person(
        self, row: Mapping[str, Cell], wire: Mapping[str, Any], view: AccountView | None
    ) -> Iterator[Trouble]:
        facts = {name: wire.get(name) for name in OF_THE_PERSON}
        coded = self._of_code(wire)
        known = view.person if view else coded
        if known and coded and known.id != coded.id:
            yield _bad(row, "code", "该人员编号已属他人", "this staff number is another person's")
            return
        if known and known.id not in self._persons:
            yield _bad(row, "code", "该人员编号不可用", "this staff number cannot be used")
            return
        if view and view.account.id == self._actor.account_id:
            before = cells_of(wire_of(view, self._codes))
            if differing(before, cells_of(wire))[1]:
                yield _bad(row, "username", "不能修改自己的账号", "it is your own account")
        place = known.id if known else (wire["unit"], wire.get("code") or wire["username"])
        if self._said.setdefault(place, facts) != facts:
            yield _bad(
                row, "code", "与同一人员的另一行不一致", "another row says otherwise of them"
            )


def seen(view: AccountView | None, person: Person | None) -> str | None:
    """Return the revisions of an account and its person, as a row remembers them."""
    if person is None:
        return None
    return f"{view.account.revision if view else '-'}/{person.revision}"


def wire_of(view: AccountView, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return an account and its person as a row tells them; `codes` by kindergarten id."""
    facts = {name: getattr(view.person, name) for name in OF_THE_PERSON}
    bindings = [
        {
            "code": codes.get(each.kindergarten_id, each.kindergarten_id),
            "since": each.since.isoformat(),
            **({"until": each.until.isoformat()} if each.until else {}),
        }
        for each in view.account.bindings
    ]
    return {
        **{name: value for name, value in facts.items() if value is not None},
        "username": view.account.username,
        "roles": sorted(role.value for role in view.account.roles),
        "regions": sorted(view.account.regions),
        "kindergartens": bindings,
    }


def cells_of(wire: Mapping[str, Any]) -> dict[str, str]:
    """Return the row that says what the wire says."""
    return {
        column.name: "" if (value := wire.get(column.path[0])) is None else column.write(value)
        for column in COLUMNS
    }


def _bad(row: Mapping[str, Cell], column: str, zh: str, en: str) -> Trouble:
    cell = row.get(column, "")
    return Trouble(column, (cell.value if isinstance(cell, Trouble) else cell)[:60], zh, en)


def _person(known: Person | None, facts: Mapping[str, Any], now: datetime) -> Person:
    if known is None:
        return Person(id=str(uuid4()), created_at=now, **facts)
    if {name: getattr(known, name) for name in OF_THE_PERSON} == facts:
        return known
    return replace(known, **facts, revision=known.revision + 1)


def _account(
    before: Account | None, wire: Mapping[str, Any], person_id: str, now: datetime
) -> Account:
    rights: dict[str, Any] = {
        "roles": tuple(sorted(Role(role) for role in wire["roles"])),
        "regions": tuple(wire.get("regions", ())),
        "bindings": tuple(
            Binding(
                each["kindergarten_id"],
                date.fromisoformat(each["since"]),
                date.fromisoformat(each["until"]) if each["until"] else None,
            )
            for each in wire["bindings"]
        ),
    }
    if before is not None:
        return replace(before, **rights, revision=before.revision + 1)
    return Account(
        id=str(uuid4()),
        person_id=person_id,
        username=wire["username"],
        password_hash="",
        created_at=now,
        **rights,
    )
