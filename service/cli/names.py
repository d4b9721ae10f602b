"""`huyuan names`: the name check on lines of `name<TAB>nature`."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

import click
import orjson

from checklists.naming.actions import check, rules_in_force, to_line
from checklists.plans.actions import known_plans
from media.refusals import Refusal


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
    for checked in check(_lines(file), rules):
        sys.stdout.buffer.write(orjson.dumps(to_line(checked)) + b"\n")
    sys.stdout.buffer.flush()


def _lines(file: BinaryIO) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(file):
        line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
        if number == 0:
            line = line.removeprefix("\ufeff")
        name, _, nature = line.partition("\t")
        yield name, nature.strip()
