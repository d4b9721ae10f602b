"""`huyuan deadline`: when a period ends, with the reason."""

import re
from json import dumps

import click

from inspections.rectification.announced import announced
from inspections.rectification.calendar import deadline, read_start
from inspections.rectification.model import DayKind
from media.refusals import BadValue


@click.command("deadline", context_settings={"ignore_unknown_options": True})
@click.argument("begins", metavar="FROM")
@click.argument("days")
@click.option("--kind", type=click.Choice([kind.value for kind in DayKind]), required=True)
@click.option(
    "--region",
    metavar="CODE",
    help="行政区划代码；目前各地同一日历 / six digits; every region keeps the national calendar",
)
def deadline_command(begins: str, days: str, kind: str, region: str | None) -> None:
    """期限计算：从 FROM（日期或 RFC 3339 时间，当日不计）起 DAYS 天，何日到期。

    When does a period of DAYS end that begins on FROM, a date or an RFC 3339 time?
    """
    if region is not None and not (region.isascii() and region.isdigit() and len(region) == 6):
        raise click.ClickException(
            f"行政区划代码须为六位数字：{region} / a region code has six digits: {region}"
        )
    if re.fullmatch(r"-?[0-9]{1,9}", days) is None:
        raise click.ClickException(f"天数须为整数：{days} / DAYS must be a whole number: {days}")
    try:
        found = deadline(read_start(begins), int(days), DayKind(kind), announced())
    except BadValue as refused:
        raise click.ClickException(
            f"{refused.sentence('zh')} / {refused.sentence('en')}"
        ) from refused
    line = {
        "due": found.due.isoformat(),
        "provisional": found.provisional,
        "why": f"{found.why_zh} / {found.why_en}",
    }
    click.echo(dumps(line, ensure_ascii=False))
