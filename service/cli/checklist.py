"""`huyuan checklist`: the checklist in force by the packs alone, an item a line."""

from datetime import UTC, datetime

import click
import orjson

from checklists.generation.actions import checklist_from_packs, item_line
from checklists.generation.model import Subject
from media.refusals import Refusal


@click.command()
@click.option("--region", required=True, help="六位行政区划代码")
@click.option(
    "--subject", type=click.Choice([str(each) for each in Subject]), required=True, help="检查对象"
)
@click.option(
    "--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="日期，默认今天", default=None
)
def checklist(region: str, subject: str, on: datetime | None) -> None:
    """写出 REGION 在某日对某类对象的现行检查表，每行一个检查项。"""
    day = (on or datetime.now().astimezone()).date()
    try:
        items, why = checklist_from_packs(region, Subject(subject), day, now=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence("zh")) from None
    for item in items:
        click.echo(orjson.dumps(item_line(item)).decode())
    if not items:
        told = {"region": region, "subject": subject, "on": day.isoformat(), "items": 0}
        click.echo(orjson.dumps({**told, "why": why}).decode())
