"""`huyuan demo`: the main job over HTTP on the running service, with real requests."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from service import demonstration
from service.cli.connection import settings
from service.cli.http import Unexpected
from service.cli.story import Story
from service.cli.story_cases import CASES
from service.cli.story_inspection import INSPECTION
from service.cli.story_lists import LISTS
from service.cli.story_supervision import SUPERVISION
from service.settings import Settings


@click.command()
@click.option("--plans", type=click.Path(exists=True, file_okay=False, path_type=Path))
def demo(plans: Path | None) -> None:
    """在运行中的服务上走一遍主要流程 / Drive the main job over HTTP on the running service."""
    asked = settings()
    story = Story(
        address=f"http://{asked.host}:{asked.port}", passwords=_passwords(asked), plans=plans
    )
    console = Console(stderr=True)
    rows: list[tuple[str, str]] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console) as progress:
            chapters = (*LISTS, *INSPECTION, *CASES, *SUPERVISION)
            task = progress.add_task("", total=len(chapters))
            for title, chapter in chapters:
                progress.update(task, description=title)
                rows.append((title, chapter(story)))
                progress.advance(task)
                progress.console.print(f"[green]✓[/green] {title}: {rows[-1][1]}")
    except Unexpected as failure:
        raise click.ClickException(f"{title}: {failure}") from failure
    except OSError as away:
        raise click.ClickException(
            f"{story.address} 没有应答（{away}）：请先执行 make serve"
            " / nothing answers there: make serve first"
        ) from away
    show(rows)


def show(rows: list[tuple[str, str]]) -> None:
    """Print the table of what happened."""
    table = Table(title="护园 · 从政策文件到销号，到案件 / from plan to closure, and cases")
    table.add_column("步骤 / step", no_wrap=True)
    table.add_column("结果 / what happened", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _passwords(asked: Settings) -> dict[str, str]:
    passwords = demonstration.kept_passwords(asked)
    if not passwords:
        raise click.ClickException(
            f"数据文件夹 {asked.data} 中没有演示账号：请先执行 make serve，或用 HUYUAN_DATA 指明"
            " / there are no demonstration accounts in the data folder: make serve first, or name"
            " the folder in HUYUAN_DATA"
        )
    return passwords
