"""`huyuan checklist`: the checklist in force, from the packs, without a database."""

from datetime import UTC, date, datetime

import click
import orjson

from checklists.catalogue.actions import catalogue
from checklists.generation.model import Subject, sections
from checklists.generation.rules import draw_up
from checklists.generation.schemas import ItemSchema
from checklists.plans.actions import judged, known_plans
from checklists.regions import codes as regions
from media.refusals import BadValue


@click.command()
@click.option("--region", required=True, help="行政区划代码 / GB/T 2260 code")
@click.option(
    "--subject", default="kindergarten", type=click.Choice([each.value for each in Subject])
)
@click.option("--date", "on", required=True, type=click.DateTime(["%Y-%m-%d"]))
def checklist(region: str, subject: str, on: datetime) -> None:
    """一个地区、一类对象、一个日期的检查表，每行一项，按检查路线排列。

    One item a line in the order of the walk, with its section; or why there is none.
    """
    day: date = on.date()
    try:
        reach = (regions.checked(region), *regions.ancestors(region))
    except BadValue as bad:
        raise click.ClickException(f"{bad.sentence('zh')} / {bad.sentence('en')}") from bad
    plans = known_plans(datetime.combine(day, datetime.min.time(), UTC))
    drawn = draw_up(judged(plans, reach, day), Subject(subject), catalogue())
    if drawn.why_empty is not None:
        why = " / ".join(drawn.why_empty)
        click.echo(orjson.dumps({"region": region, "subject": subject, "why_empty": why}))
    for section in sections(drawn.items):
        told = {"section": section.title, "section_en": section.title_en}
        for item in (each for each in drawn.items if each.id in section.item_ids):
            click.echo(orjson.dumps(told | ItemSchema().dump(item)))
