"""`huyuan accounts`: for who keeps the machine; each act is on record like any other."""

from typing import Any

import click
import orjson

from inspections.visits.schemas import EntrySchema
from media.custody.model import SERVICE, Role
from media.pages import Page
from service.accounts.model import Account, AccountView, Step
from service.accounts.schemas import AccountSchema, SessionSchema
from service.cli.connection import connected
from service.rooms import Rooms

PAGE = 200
ROLES = [role.value for role in Role]
STEPS = [step.value for step in Step]


@click.group("accounts")
def accounts() -> None:
    """账号：列出、添加、停用、重置 / Accounts: list, add, close, reset."""


@accounts.command("list")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--region", help="谁能看到该区域 / who reaches this region")
@click.option("--kindergarten", help="谁能看到该幼儿园 / who can see this kindergarten, by its id")
@click.option("--active/--closed", default=None)
def list_command(
    role: str | None, region: str | None, kindergarten: str | None, *, active: bool | None
) -> None:
    """每行一个账号 / An account a line: who, which roles, which regions or kindergartens."""
    with connected() as rooms:
        asked = rooms.administration.filter_for(
            actor=SERVICE,
            now=rooms.clock(),
            role=Role(role) if role else None,
            active=active,
            region=region,
            kindergarten_id=kindergarten,
        )
        cursor = None
        while True:
            page: Page[AccountView] = rooms.administration.page(
                asked=asked, after=cursor, limit=PAGE, actor=SERVICE
            )
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
@click.option("--invite", is_flag=True, help="给出邀请码而非密码 / answer with a code, no password")
def add_command(
    username: str,
    name: str,
    unit: str,
    roles: tuple[str, ...],
    regions: tuple[str, ...],
    certificate: str | None,
    *,
    invite: bool,
) -> None:
    """添加账号，首个密码只显示一次 / Add an account; its first password is told once."""
    with connected() as rooms:
        view = rooms.administration.add(
            username=username,
            name=name,
            unit=unit,
            roles=tuple(Role(role) for role in roles),
            regions=regions,
            certificate=certificate,
            invite=invite,
            actor=SERVICE,
            now=rooms.clock(),
        )
        tell(view)


@accounts.command("step")
@click.argument("username")
@click.argument("step", type=click.Choice(STEPS))
@click.option("--why", required=True, help="原因，记录在案 / goes on record")
@click.option("--hand-over-to", help="停用时接手其未完成检查的用户名 / who takes over open visits")
def step_command(username: str, step: str, why: str, hand_over_to: str | None) -> None:
    """停用、恢复、邀请、退出会话、重置密码 / Close, reopen, invite, end sessions, reset."""
    with connected() as rooms:
        account = find(rooms, username)
        view = rooms.administration.take_step(
            account.id,
            step=Step(step),
            why=why,
            hand_over_to=find(rooms, hand_over_to).id if hand_over_to else None,
            seen=account.revision,
            actor=SERVICE,
            now=rooms.clock(),
        )
        tell(view)


@accounts.command("change")
@click.argument("username")
@click.option("--why", required=True, help="原因，记录在案 / goes on record")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES))
@click.option("--region", "regions", multiple=True, help="行政区划代码 / GB/T 2260 code")
@click.option("--name")
@click.option("--unit")
@click.option("--phone")
@click.option("--certificate", help="执法证号 / number of the enforcement certificate")
def change_command(
    username: str, why: str, roles: tuple[str, ...], regions: tuple[str, ...], **person: str | None
) -> None:
    """修改角色、区域或人员信息，下一次请求起生效 / Change roles, regions or the person."""
    facts: dict[str, Any] = {name: fact for name, fact in person.items() if fact is not None}
    if roles:
        facts["roles"] = tuple(Role(role) for role in roles)
    if regions:
        facts["regions"] = regions
    with connected() as rooms:
        account = find(rooms, username)
        view = rooms.administration.change(
            account.id,
            why=why,
            seen=account.revision,
            actor=SERVICE,
            now=rooms.clock(),
            **facts,
        )
        tell(view)


@accounts.command("history")
@click.argument("username")
def history_command(username: str) -> None:
    """账号的每一次管理操作 / Every administrative act on an account, one a line."""
    with connected() as rooms:
        account = find(rooms, username)
        for entry in rooms.administration.history(account.id, actor=SERVICE):
            click.echo(orjson.dumps(EntrySchema().dump(entry)))


@accounts.command("sessions")
@click.argument("username")
def sessions_command(username: str) -> None:
    """账号登录在哪些设备上 / Where an account is logged in, one device a line."""
    with connected() as rooms:
        account = find(rooms, username)
        now = rooms.clock()
        for session in rooms.administration.sessions(account.id, actor=SERVICE, now=now):
            click.echo(orjson.dumps(SessionSchema().dump(session)))


@accounts.command("end-session")
@click.argument("username")
@click.argument("session")
@click.option("--why", required=True, help="原因，记录在案 / goes on record")
def end_session_command(username: str, session: str, why: str) -> None:
    """退出账号的一台设备 / Log one device of an account out: the name that `sessions` tells."""
    with connected() as rooms:
        account = find(rooms, username)
        rooms.administration.end_session(
            account.id, session, why=why, actor=SERVICE, now=rooms.clock()
        )
        click.echo(orjson.dumps({"ended": session}))


def find(rooms: Rooms, username: str) -> Account:
    """Return the account under a user name, or end the command."""
    found = rooms.administration.named(username)
    if found is None:
        raise click.ClickException(f"没有账号 {username} / there is no account {username}")
    return found


def tell(view: AccountView) -> None:
    click.echo(orjson.dumps(AccountSchema().dump(view)))
