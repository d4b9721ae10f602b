"""`huyuan`: the service, its worker, and the tools that need no database."""

import click

from service.cli.accounts import accounts
from service.cli.backup import backup, restore
from service.cli.calendar import make_calendar_group
from service.cli.checklist import checklist
from service.cli.connection import connected
from service.cli.deadline import deadline_command
from service.cli.demo import demo
from service.cli.evidence import make_evidence_group
from service.cli.migrate import migrate
from service.cli.names import names
from service.cli.photos import photos_group
from service.cli.plans import plans
from service.cli.plans_import import import_command
from service.cli.serve import serve
from service.cli.tables import export_tables, import_tables
from service.cli.worker import worker


@click.group()
@click.version_option(package_name="huyuan")
def main() -> None:
    """护园：幼儿园安全与办园许可检查 / Safety and licensing inspection of kindergartens."""


for command in (
    *(serve, worker, demo, accounts, backup, restore, migrate),
    *(import_tables, export_tables),
    *(plans, names, photos_group, deadline_command, checklist),
    make_evidence_group(connected),
    make_calendar_group(connected),
):
    main.add_command(command)
plans.add_command(import_command)

if __name__ == "__main__":
    main()
