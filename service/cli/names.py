"""`huyuan names`: the name check on lines of `name<TAB>nature`."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from os import SEEK_END
from typing import BinaryIO

import click
import orjson
from rich.console import Console
from rich.progress import Progress

from checklists.naming.actions import check, rules_in_force, to_line
from checklists.plans.actions import known_plans
from media.refusals import Refusal

TOLD_EVERY = 1000


@click.group()
def names() -> None:
    """名称核查。 The name check."""


@names.command("check")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--region", help="行政区划代码：只用该地区现行计划中的规则")
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="日期，默认今天")
def check_file(file: BinaryIO, region: str | None, on: datetime | None) -> None:
    """逐行核查 FILE（默认标准输入）中的“名称<TAB>性质”，每行写出一个 JSON 对象。"""
    try:
        day = on or datetime.now().astimezone()
        rules = rules_in_force(known_plans(day), region, day.date()) if region else None
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence("zh")) from None
    for checked in check(_lines(_shown(file)), rules):
        sys.stdout.buffer.write(orjson.dumps(to_line(checked, rules)) + b"\n")
    sys.stdout.buffer.flush()


def _lines(rows: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(rows):
        line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
        if number == 0:
            line = line.removeprefix("\ufeff")
        name, _, nature = line.partition("\t")
        yield name, nature.strip()


def _shown(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; on a terminal, of a file whose length is known, with the progress."""
    console = Console(stderr=True)
    if not (console.is_terminal and file.seekable()):
        yield from file
        return
    total = file.seek(0, SEEK_END)
    file.seek(0)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("核查名称 / names", total=total)
        done = 0
        for number, line in enumerate(file, start=1):
            done += len(line)
            if number % TOLD_EVERY == 0:
                progress.update(task, completed=done)
            yield line
