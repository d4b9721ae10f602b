"""`huyuan plans import`: take texts into the database, with their words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from checklists.catalogue.actions import catalogue
from checklists.generation.items import item_id
from checklists.plans.model import Plan
from media.custody.model import SERVICE
from media.refusals import Refusal
from service.cli.connection import connected
from service.rooms import Rooms

SUFFIXES = (".txt", ".docx", ".pdf")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--region", help="行政区划代码；默认取自文件名开头的六位数字 / default: from the name"
)
def import_command(files: tuple[Path, ...], region: str | None) -> None:
    """把政策文件原文存入数据库 / Take the texts of plans into the database; a line each."""
    refused = 0
    with connected() as rooms:
        for file, plan in take_in(rooms, files, region):
            if isinstance(plan, Refusal):
                refused += 1
                click.echo(f"{file}: {plan.sentence('zh')} / {plan.sentence('en')}", err=True)
                continue
            click.echo(orjson.dumps(coverage(plan)))
    if refused:
        raise SystemExit(1)


def coverage(plan: Plan) -> dict[str, Any]:
    """Return what was made of a plan: requirements, items, and what was left by its reason."""
    controls = catalogue().controls
    items = {item_id(controls[each.control], each) for each in plan.requirements}
    return {
        "id": plan.id,
        "region": plan.region,
        "title": plan.title,
        "edition": plan.edition,
        "requirements": len(plan.requirements),
        "items": len(items),
        "unmatched": dict(Counter(each.reason.value for each in plan.unmatched)),
    }


def take_in(
    rooms: Rooms, files: Iterable[Path], region: str | None = None
) -> Iterator[tuple[Path, Plan | Refusal]]:
    """Take in each text, and yield it with its plan or why it was refused.

    A folder stands for the texts in it; one that is refused does not hold up the others.
    """
    for file in files:
        if file.is_dir():
            inside = (path for path in sorted(file.iterdir()) if path.suffix in SUFFIXES)
            yield from take_in(rooms, inside, region)
            continue
        named = re.match(r"\d{6}(?!\d)", file.name)
        code = region or (named.group() if named else None)
        data = file.read_bytes()
        try:
            yield file, rooms.plans.upload(data, actor=SERVICE, now=rooms.clock(), region=code)
        except Refusal as refused:
            yield file, refused
