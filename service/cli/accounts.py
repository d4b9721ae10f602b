"""`huyuan accounts`: for who keeps the machine; each act is on record like any other."""

import click
import orjson

from media.custody.model import SERVICE, Role
from media.pages import Page
from service.accounts.model import AccountView
from service.accounts.schemas import STEPS, AccountSchema
from service.cli.connection import connected
from service.rooms import Rooms

PAGE = 200
ROLES = [role.value for role in Role]


@click.group("accounts")
def accounts() -> None:
    """账号：列出、添加、停用、重置 / Accounts: list, add, close, reset."""


@accounts.command("list")
def list_command() -> None:
    """每行一个账号 / An account a line: who, which roles, which regions or kindergartens."""
    with connected() as rooms:
        cursor = None
        while True:
            page: Page[AccountView] = rooms.accounts.page(after=cursor, limit=PAGE, actor=SERVICE)
            for view in page.items:
                tell(view)
            cursor = page.next
            if cursor is None:
                return


@accounts.command("add")
@click.argument("username")
@click.option("--name", required=True, help="姓名 / the person's name")
@click.option("--unit", required=True, help="单位 / the person's unit")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice(ROLES),
)
@click.option("--region", "regions", multiple=True, help="行政区划代码 / GB/T 2260 code")
@click.option("--certificate", help="执法证号 / number of the enforcement certificate")
def add_command(
    username: str,
    name: str,
    unit: str,
    roles: tuple[str, ...],
    regions: tuple[str, ...],
    certificate: str | None,
) -> None:
    """添加账号，首个密码只显示一次 / Add an account; its first password is told once."""
    with connected() as rooms:
        view = rooms.accounts.add(
            username=username,
            name=name,
            unit=unit,
            roles=tuple(Role(role) for role in roles),
            regions=regions,
            certificate=certificate,
            actor=SERVICE,
            now=rooms.clock(),
        )
        tell(view)


@accounts.command("step")
@click.argument("username")
@click.argument("step", type=click.Choice(STEPS))
@click.option("--why", required=True, help="原因，记录在案 / goes on record")
def step_command(username: str, step: str, why: str) -> None:
    """停用、恢复、退出所有会话或重置密码 / Close, reopen, end every session, reset the password."""
    with connected() as rooms:
        view = rooms.accounts.take_step(
            find(rooms, username),
            step=step,
            why=why,
            seen=None,
            actor=SERVICE,
            now=rooms.clock(),
        )
        tell(view)


def find(rooms: Rooms, username: str) -> str:
    """Return the id of the account under a user name, or end the command."""
    found = rooms.accounts.named(username)
    if found is None:
        raise click.ClickException(f"没有账号 {username} / there is no account {username}")
    return found.id


def tell(view: AccountView) -> None:
    click.echo(orjson.dumps(AccountSchema().dump(view)))
