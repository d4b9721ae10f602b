"""`huyuan migrate`."""

import click
import orjson
from rich.console import Console
from rich.progress import Progress

from service import migrations
from service.cli.connection import connected
from service.migrations import WrongVersion
from service.scheduler import Lease


@click.command("migrate")
def migrate() -> None:
    """把已存数据升级到本程序的版本，可中断后重来 / Bring what is stored to this version."""
    console = Console(stderr=True)
    with (
        connected(of_any_version=True) as rooms,
        Progress(console=console, transient=True, disable=not console.is_terminal) as shown,
    ):
        task = shown.add_task("升级 / migrate")

        def progress(name: str, done: int, total: int) -> None:
            shown.update(task, description=f"升级 / migrate {name}", completed=done, total=total)

        lease = Lease(rooms.database, name="migrate", seconds=600)
        if lease.hold() is None:
            raise click.ClickException("另一进程正在升级 / another process is migrating")
        try:
            done = migrations.migrate(rooms, progress)
        except WrongVersion as wrong:
            raise click.ClickException(str(wrong)) from wrong
        finally:
            lease.release()
        line = {
            "version": migrations.version_of(rooms.database),
            "steps": [{"version": version, "changed": changed} for version, changed in done],
        }
    click.echo(orjson.dumps(line))
