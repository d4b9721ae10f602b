"""`huyuan backup` and `huyuan restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.progress import Progress

from media.evidence.walk import verify_all
from service import backup as backups
from service.backup import BadBackup, Summary
from service.cli.connection import connected
from service.migrations import migrate

PASSPHRASE = click.option(
    "--passphrase",
    envvar="HUYUAN_PASSPHRASE",
    prompt="口令 / passphrase",
    hide_input=True,
    help="也可由环境变量 HUYUAN_PASSPHRASE 给出 / or from the environment",
)
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command("backup")
@FILE
@PASSPHRASE
def backup(file: Path, passphrase: str) -> None:
    """把整个数据库加密备份到一个新文件 / Back the database up, encrypted, while work goes on."""
    with connected() as rooms, _shown("备份 / backup") as progress, _told():
        name = rooms.settings.database
        summary = backups.back_up(rooms.client, name, file, passphrase, progress)
    _tell(file, summary)


@click.command("restore")
@FILE
@PASSPHRASE
def restore(file: Path, passphrase: str) -> None:
    """把备份恢复到空数据库并核验 / Bring a backup into an empty database, and verify all of it."""
    with _told():
        backups.verify(file, passphrase)
    with connected(of_any_version=True) as rooms, _shown("恢复 / restore") as progress, _told():
        name = rooms.settings.database
        summary = backups.restore(rooms.client, name, file, passphrase, progress)
        migrate(rooms, progress)
        bad = list(
            verify_all(rooms.custody, rooms.evidence, rooms.checkpoints, others=(rooms.layers,))
        )
    _tell(file, summary)
    if bad:
        raise click.ClickException(f"核验发现 {len(bad)} 处问题 / verification found bad places")


@contextmanager
def _shown(title: str) -> Iterator[backups.Progress]:
    """Show the progress on a terminal, collection by collection."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(title)

        def progress(name: str, done: int, total: int) -> None:
            shown.update(task, description=f"{title} {name}", completed=done, total=total)

        yield progress


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BadBackup as bad:
        raise click.ClickException(str(bad)) from bad
    except OSError as away:
        raise click.ClickException(f"{away.filename}: {away.strerror}") from away


def _tell(file: Path, summary: Summary) -> None:
    line = {"file": str(file), "size": summary.size, "documents": dict(summary.documents)}
    click.echo(orjson.dumps(line))
