"""`huyuan serve`."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click
import waitress
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer

from media.checkpoints.errors import KeyExists
from media.refusals import Refusal
from service import demonstration, logs
from service.app import create_app
from service.cli.connection import connected, settings
from service.cli.plans_import import take_in
from service.embedded_mongo import end_with_parent, is_free
from service.rooms import Rooms
from service.settings import Settings, environment_of

CONNECTIONS = 1000
"""At once; more wait to be taken in."""


@click.command()
@click.option("--demonstration/--no-demonstration", "with_demonstration", default=True)
def serve(*, with_demonstration: bool) -> None:
    """启动服务、后台进程和内置数据库 / Serve on loopback, with the worker and the database."""
    logs.configure()
    asked = settings()
    if not is_free(asked.port):
        raise click.ClickException(
            f"端口 {asked.port} 已被占用：请停止占用它的程序，或用 HUYUAN_PORT 另选端口"
            f" / port {asked.port} is taken: stop what uses it, or choose another with HUYUAN_PORT"
        )
    with connected(asked, say) as rooms:
        prepare(rooms)
        if with_demonstration and not asked.production:
            demonstration.add(rooms, say)
        if asked.plans is not None:
            for file, plan in take_in(rooms, [asked.plans]):
                if isinstance(plan, Refusal):
                    say(f"未载入 / not taken in: {file.name}: {plan.sentence('zh')}")
                else:
                    say(f"已载入原文 / words taken in: {plan.region} 《{plan.title}》")
        server = server_of(create_app(rooms), asked)
        _end_on_signals()
        with _worker(rooms.settings):
            greet(asked)
            with suppress(SystemExit):
                server.run()
            server.close()
    say("已停止 / stopped")


def server_of(app: Flask, asked: Settings) -> MultiSocketServer | BaseWSGIServer:
    """Return the server that slow clients keep from nobody.

    A request takes a thread once all of it is there; a client that says nothing for 30 seconds is
    let go.
    """
    return waitress.create_server(
        app,
        host=asked.host,
        port=asked.port,
        threads=asked.threads,
        connection_limit=CONNECTIONS,
        channel_timeout=30,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        ident=None,
        clear_untrusted_proxy_headers=True,
    )


def prepare(rooms: Rooms) -> None:
    """Load the plans that are known, and make the first administrator, at the first start."""
    say("正在载入政策文件索引与日历 … / loading plans and calendar …")
    rooms.plans.load_packs(now=rooms.clock())
    if demonstration.first_administrator(rooms):
        kept = rooms.settings.data / "accounts.json"
        say(f"首个管理员 admin 的密码已存于 {kept}（仅本人可读）/ admin's password is kept there")
    if not rooms.settings.production:
        with suppress(KeyExists):
            rooms.checkpoints.create_key(now=rooms.clock())


def _end_on_signals() -> None:
    """Have Ctrl-C and SIGTERM end the server, so that all that was started ends with it."""

    def stop(*_: object) -> None:
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


@contextmanager
def _worker(asked: Settings) -> Iterator[None]:
    """Run the worker as a process of its own for as long as the service runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "worker"],
        env=environment_of(asked),
        preexec_fn=end_with_parent,  # noqa: PLW1509 - one system call
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def say(line: str) -> None:
    click.echo(f"护园 │ {line}", err=True)


def greet(asked: Settings) -> None:
    """Tell the address, the accounts, and where to look first."""
    address = f"http://{asked.host}:{asked.port}"
    say(f"服务地址 / address        {address}")
    say(f"接口文档 / documentation  {address}/docs/")
    if not asked.production:
        for username, password in demonstration.kept_passwords(asked).items():
            say(f"账号 / account            {username:<12} {password}")
        say("一分钟看完主要流程 / the main job in one minute:  .venv/bin/huyuan demo")
    say("按 Ctrl-C 停止 / Ctrl-C stops")
