"""`huyuan plans`: reading a plan's text, and the pack that stands in for it."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from checklists.catalogue.actions import catalogue
from checklists.generation.comparing import compare_readings
from checklists.plans.actions import coverage_lines, read_file, requirement_lines, write_pack
from checklists.plans.model import Reading
from checklists.regions.codes import checked
from media.documents import to_document
from media.refusals import Refusal


@click.group()
def plans() -> None:
    """行动计划：读出其中的检查要求。 Plans: the requirements in them."""


@plans.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--coverage", is_flag=True, help="也列出没有形成检查要求的规范性语句及原因")
def read(file: Path, *, coverage: bool) -> None:
    """读出 FILE（.txt .docx .pdf）中的检查要求，每行一个 JSON 对象。"""
    try:
        _, reading = read_file(file.read_bytes())
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence("zh")) from None
    write_lines(requirement_lines(reading, catalogue()))
    if coverage:
        write_lines(coverage_lines(reading))


@plans.command("pack")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", help="行政区划代码；默认取自文件名开头的六位数字")
def pack(file: Path, region: str | None) -> None:
    """由 FILE 生成不含原文的要求包（一个 JSON 对象），写到标准输出。"""
    code = region or next(iter(re.findall(r"^\d{6}", file.name)), None)
    if code is None:
        raise click.ClickException("文件名不以行政区划代码开头，请用 --region 指定。")
    try:
        _, reading = read_file(file.read_bytes())
        packed = write_pack(reading, checked(code))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence("zh")) from None
    click.echo(json.dumps(packed, ensure_ascii=False, indent=1))


@plans.command("compare")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def compare(old: Path, new: Path) -> None:
    """逐条逐字比较同一计划的两个版本，每处变化一行 / A line for each clause that NEW changes."""
    before, after = (_read(file) for file in (old, new))
    changes = compare_readings(before, after, catalogue())
    write_lines(to_document(change) for change in changes)


def _read(file: Path) -> Reading:
    try:
        return read_file(file.read_bytes())[1]
    except Refusal as refusal:
        raise click.ClickException(f"{file}: {refusal.sentence('zh')}") from None


def write_lines(lines: Iterable[Mapping[str, Any]]) -> None:
    for line in lines:
        click.echo(json.dumps(line, ensure_ascii=False))
