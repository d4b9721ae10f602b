"""The little of systemd that the production guide asks for: `units.py ROOT VERB UNIT…`."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


class Units:
    """The units of one machine in a folder, started as they are written."""

    def __init__(self, root):
        self.root = Path(root)

    def act(self, verb, *names):
        for name in (each for each in names if not each.startswith("--")):
            if not name.endswith(".timer"):
                {"enable": self.start}.get(verb, getattr(self, verb, None))(name)

    def read(self, name):
        text = (self.root / f"etc/systemd/system/{name}.service").read_text(encoding="utf-8")
        return re.findall(r"^([A-Za-z]+)=(.*)$", text, re.MULTILINE)

    def start(self, name):
        name = name.removesuffix(".service")
        if self.pid(name):
            return
        lines, environment, folder = self.read(name), dict(os.environ), self.root
        for key, value in lines:
            if key == "EnvironmentFile":
                for line in Path(value).read_text(encoding="utf-8").splitlines():
                    setting, _, given = line.partition("=")
                    environment[setting] = given.strip('"')
            elif key == "Environment":
                environment.update([value.split("=", 1)])
            elif key == "RuntimeDirectory":
                for each in value.split():
                    (self.root / "run" / each).mkdir(parents=True, exist_ok=True)
            elif key == "WorkingDirectory":
                folder = value
        once = ("Type", "oneshot") in lines
        with (self.root / f"var/log/{name}.log").open("ab") as log:
            for key, command in lines:
                if not key.startswith("ExecStart"):
                    continue
                process = subprocess.Popen(
                    ["bash", "-c", "exec " + command.replace("%%", "%").replace("$$", "$")],
                    env=environment,
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                if once and process.wait():
                    raise SystemExit(process.returncode)
        if not once:
            time.sleep(0.5)
            if process.poll() is not None:
                raise SystemExit(f"{name}: {log_of(self.root, name)}")
            (self.root / f"run/{name}.pid").write_text(str(process.pid), encoding="utf-8")

    def stop(self, name):
        name = name.removesuffix(".service")
        pid = self.pid(name)
        if not pid:
            return
        os.kill(pid, signal.SIGTERM)
        with suppress(ChildProcessError, subprocess.TimeoutExpired):
            subprocess.run(
                ["/usr/bin/tail", f"--pid={pid}", "-f", "/dev/null"], timeout=40, check=False
            )
        if self.pid(name):
            os.kill(pid, signal.SIGKILL)
        (self.root / f"run/{name}.pid").unlink()

    def kill(self, name):
        """End a unit's process and all that it began, at once."""
        pid = self.pid(name)
        if pid:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)

    def reload(self, name):
        pid = self.pid(name)
        assert pid
        os.kill(pid, signal.SIGHUP)

    def pid(self, name):
        """The process of a unit that runs; 0 where it does not."""
        path = self.root / f"run/{name.removesuffix('.service')}.pid"
        try:
            pid = int(path.read_text(encoding="utf-8"))
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1]
        except OSError:
            return 0
        return 0 if state.startswith("Z") else pid


def log_of(root, name):
    return (Path(root) / f"var/log/{name}.log").read_text(encoding="utf-8")[-2000:]


if __name__ == "__main__" and sys.argv[2] != "daemon-reload":
    Units(sys.argv[1]).act(*sys.argv[2:])
