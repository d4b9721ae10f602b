"""The service under gunicorn, as the production guide has it, in processes of its own."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe

from service.cli.http import Caller
from service.database import connect
from service.migrations import must_be_current
from service.rooms import assemble
from service.settings import read_settings
from tests.cast import set_up
from tests.conftest import free_port

ROOT = Path(__file__).parents[1]
CONFIGURATION = ROOT / "docs/production/gunicorn.conf.py"


class Web:
    """Four workers with the app preloaded, over a database that has the demonstration."""

    def __init__(self, folder, uri, database):
        self.folder = folder
        gathered = folder / "metrics"
        gathered.mkdir(exist_ok=True)
        self.environment = {
            **os.environ,
            "HUYUAN_ENV": "production",
            "HUYUAN_DATA": str(folder / "data"),
            "HUYUAN_SECRET": token_urlsafe(48),
            "HUYUAN_METRICS_TOKEN": token_urlsafe(32),
            "HUYUAN_DATABASE": database,
            "MONGODB_URI": uri,
            "PROMETHEUS_MULTIPROC_DIR": str(gathered),
        }
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "gunicorn.log"
        self.process = None

    def prepare(self):
        """Fill the database as the demonstration does; return the rooms' settings."""
        settings = replace(read_settings(self.environment), metrics_folder=None)
        with connect(settings.mongodb_uri) as client:
            rooms = assemble(settings, client)
            must_be_current(rooms.database)
            set_up(rooms)
        return settings

    def command(self):
        return [
            *(sys.executable, "-m", "gunicorn", "--config", str(CONFIGURATION)),
            *("--bind", f"127.0.0.1:{self.port}", "wsgi:app"),
        ]

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if Caller(self.address).read("/ready")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def run(self):
        """Start it where it is expected to end by itself."""
        return subprocess.run(
            self.command(),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=40)
