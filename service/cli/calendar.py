"""`huyuan calendar`: the yearly announcement of days off."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from json import dumps
from pathlib import Path

import click

from inspections.calendars.reading import read
from media.custody.model import SERVICE
from media.refusals import Refusal
from service.rooms import Rooms

Opened = Callable[[], AbstractContextManager[Rooms]]
"""Opens the database and gives the rooms; closes it behind."""


def make_calendar_group(opened: Opened) -> click.Group:
    """Return the group `calendar`, whose commands work on what `opened` opens."""

    @click.group("calendar")
    def calendar_group() -> None:
        """日历：放假与调休安排。 / The calendar: days off and make-up days."""

    @calendar_group.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--year", type=click.IntRange(2000, 2199), required=True)
    @click.option("--source", required=True, help="文号 / the number of the notice")
    def import_command(file: Path, year: int, source: str) -> None:
        """导入一年的安排，每行“日期,off”或“日期,work”。 / Take in a year: date,off or date,work."""
        try:
            holidays, workdays = read(file.read_text(encoding="utf-8"))
            with opened() as rooms:
                kept = rooms.calendars.take_in(
                    year, holidays, workdays, source=source, actor=SERVICE, now=rooms.clock()
                )
        except UnicodeDecodeError as bad:
            raise click.ClickException(f"{file}: UTF-8?") from bad
        except Refusal as refused:
            zh, en = refused.sentence("zh"), refused.sentence("en")
            raise click.ClickException(f"{zh} / {en}") from refused
        line = {"year": kept.id, "off": len(kept.holidays), "worked": len(kept.workdays)}
        click.echo(dumps({**line, "revision": kept.revision}))

    return calendar_group
