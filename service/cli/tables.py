"""`huyuan import` and `huyuan export`: the same tables as over HTTP, for who keeps the machine."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console

from media.custody.model import SERVICE
from service.cli.connection import connected
from service.rooms import Rooms
from service.tables.model import Format, Import, Kind, RowState, Status
from service.tables.schemas import ImportSchema, RowSchema

KINDS = click.Choice([kind.value for kind in Kind])
FORMATS = click.Choice([each.value for each in Format])
PAGE = 500


@click.command("import")
@click.argument("kind", type=KINDS)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "write", is_flag=True, help="检查后写入 / write it once it is checked")
@click.option("--skip-bad", is_flag=True, help="跳过不合格的行 / leave the bad rows out")
def import_tables(kind: str, file: Path, *, write: bool, skip_bad: bool) -> None:
    """从 CSV 或 XLSX 导入；不加 --apply 时只检查 / Check a table, and write it with --apply.

    One line for each bad row, then one for the import. Ends 1 where nothing was or could be
    written.
    """
    with connected() as rooms:
        found = take_in(rooms, Kind(kind), file)
        for row in bad_rows(rooms, found):
            click.echo(orjson.dumps(row))
        if write and found.status is Status.CHECKED and (skip_bad or not found.counts.bad):
            with Console(stderr=True).status("正在写入 … / writing …"):
                rooms.tables.apply(
                    found.id,
                    skip_bad=skip_bad,
                    seen=found.revision,
                    actor=SERVICE,
                    now=rooms.clock(),
                )
                found = finished(rooms, found.id)
        click.echo(orjson.dumps(ImportSchema().dump(found)))
    good = found.status is (Status.APPLIED if write else Status.CHECKED)
    if not good or (found.counts.bad and not (write and skip_bad)):
        raise SystemExit(1)


@click.command("export")
@click.argument("kind", type=KINDS)
@click.option("--format", "wanted", type=FORMATS, default="csv", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path))
def export_tables(kind: str, wanted: str, output: Path | None) -> None:
    """导出为可再次导入的表格 / Write all of a kind as a table that can be imported again."""
    with connected() as rooms:
        pieces = rooms.tables.export(Kind(kind), Format(wanted), actor=SERVICE, now=rooms.clock())
        with click.open_file(str(output or "-"), "wb") as stream:
            for piece in pieces:
                stream.write(piece)


def take_in(rooms: Rooms, kind: Kind, file: Path) -> Import:
    """Return the import of a file, checked."""
    with Console(stderr=True).status("正在检查 … / checking …"):
        sent = rooms.tables.take_in(
            file.read_bytes(),
            kind=kind,
            name=file.name[-120:],
            actor=SERVICE,
            now=rooms.clock(),
        )
        return finished(rooms, sent.id)


def finished(rooms: Rooms, import_id: str) -> Import:
    """Do what waits of an import, and return it; a worker may be at it already."""
    while True:
        rooms.tables.work(now=rooms.clock(), import_id=import_id)
        found = rooms.tables.get(import_id, actor=SERVICE)
        if found.status not in (Status.WAITING, Status.APPLYING):
            return found
        time.sleep(0.5)


def bad_rows(rooms: Rooms, found: Import) -> Iterator[dict[str, Any]]:
    """Yield the bad rows as they are told on the wire."""
    cursor = None
    while True:
        page = rooms.tables.rows(
            found.id, state=RowState.BAD, cursor=cursor, limit=PAGE, actor=SERVICE
        )
        yield from (RowSchema().dump(row) for row in page.items)
        cursor = page.next
        if cursor is None:
            return
