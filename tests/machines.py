"""Machines in folders, on which the production guide is followed without being root of a real one.

What the guide and its files say of `/etc`, `/opt`, `/root`, `/run`, `/usr/local` and `/var` is
meant of the machine's folder; names of hosts become localhost, ports free ones. Programs that
change the system (users, owners, packages, units) are played by small ones of the same name, first
on the PATH; mongod, gunicorn, nginx, openssl, curl, tar and the service are the real ones.
"""

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

from service.embedded_mongo import find_mongod
from tests.conftest import free_port
from tests.units import Units

ROOT = Path(__file__).parents[1]
PATHS = re.compile(r"(?<![\w.$*/-])/(etc|opt|root|run|usr/local|var)(?=/|\b)")
LEFT_OUT = {".git", ".venv", ".data", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis"}
NGINX = """{user}
daemon off;
pid {root}/nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  {temporary}
  include {root}/etc/nginx/sites-enabled/*;
}}
"""
PLAYED = {
    "apt-get": "exit 0",
    "useradd": "exit 0",
    "chown": "exit 0",
    "chgrp": "exit 0",
    "hostname": "echo localhost",
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "install": """
for word do shift; case "$skip$word" in
  -o|-g) skip=1;; 1*) skip=;; *) set -- "$@" "$word";; esac; done
exec /usr/bin/install "$@"
""",
    "scp": """
for word do shift; case "$word" in
  root@*) for file in $(echo "$word" | sed "s|^root@[^:]*:{root}|{web}|"); do
            set -- "$@" "$file"; done;;
  *) set -- "$@" "$word";; esac; done
exec cp "$@"
""",
    "nginx": 'exec {nginx} -e stderr -c "{root}/etc/nginx/nginx.conf" "$@"',
    "systemctl": 'exec {python} {house}/tests/units.py {root} "$@"',
    "journalctl": 'exec tail -n "$6" "{root}/var/log/$2.log"',
}


class Network:
    """The machines of the guide, and what their names and ports are here."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {
            name: free_port() for name in ("db1", "db2", "db3", "web", "https", "http", "drill")
        }
        self.machines = {
            name: Machine(self, name) for name in ("web", "db1", "db2", "db3", "drill")
        }

    def rewritten(self, text, machine):
        text = PATHS.sub(rf"{machine.root}/\1", text)
        for name in ("db1", "db2", "db3"):
            text = text.replace(f"{name}.internal:27017", f"localhost:{self.ports[name]}")
        text = re.sub(r"(db[123]\.internal|inspection\.example\.cn)", "localhost", text)
        for said, name in (("127.0.0.1:8600", "web"), ("localhost:443", "https")):
            text = text.replace(said, f"{said.split(':')[0]}:{self.ports[name]}")
        text = text.replace("listen 443", f"listen 127.0.0.1:{self.ports['https']}")
        return text.replace("listen 80;", f"listen 127.0.0.1:{self.ports['http']};")

    def end(self):
        for machine in self.machines.values():
            machine.end()


class Machine:
    """A folder that stands for `/`."""

    def __init__(self, network, name):
        self.network, self.name = network, name
        self.root = network.folder / name
        for folder in ("bin", "root", "opt", "etc/systemd/system", "etc/nginx/sites-enabled"):
            (self.root / folder).mkdir(parents=True)
        for folder in ("etc/nginx/sites-available", "var/log/mongodb", "var/lib/mongodb", "run"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "usr/local/sbin").mkdir(parents=True)
        words = {
            "root": self.root,
            "web": network.folder / "web",
            "python": sys.executable,
            "house": ROOT,
            "nginx": "/usr/sbin/nginx",
        }
        for program, text in PLAYED.items():
            self.play(program, re.sub(r"\{(\w+)\}", lambda word: str(words[word[1]]), text))
        if name.startswith("db"):  # where Debian's python3-pymongo would be
            self.play("python3", f'exec {sys.executable} "$@"')
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        self.write(
            "etc/nginx/nginx.conf",
            NGINX.format(
                user="user root;" if os.geteuid() == 0 else "",
                root=self.root,
                temporary="".join(f"{each}_temp_path {self.root}/run/{each};" for each in kinds),
            ),
        )
        self.unit("nginx", f"{self.root}/bin/nginx", "ExecReload=/bin/kill -HUP $MAINPID")
        self.unit("mongod", f"{find_mongod()} --config {self.root}/etc/mongod.conf")

    def play(self, program, text):
        path = self.root / "bin" / program
        path.write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
        path.chmod(0o755)

    def unit(self, name, command, more=""):
        self.write(
            f"etc/systemd/system/{name}.service", f"[Service]\nExecStart={command}\n{more}\n"
        )

    def write(self, path, text):
        (self.root / path).write_text(text, encoding="utf-8")

    def unpackable(self):
        """Put the source as it is now, rewritten for this machine, where the guide wants it."""
        with tarfile.open(self.root / "opt/huyuan.tar.gz", "w:gz", compresslevel=1) as tar:
            for path in sorted(ROOT.rglob("*")):
                parts = path.relative_to(ROOT).parts
                if LEFT_OUT & set(parts) or not path.is_file() or parts[-1].endswith(".egg-info"):
                    continue
                if parts[:2] != ("docs", "production"):
                    tar.add(path, Path("huyuan", *parts))
                    continue
                draft = self.root / "bin/draft"
                text = self.network.rewritten(path.read_text(encoding="utf-8"), self)
                if parts[-1] == "mongod.conf":
                    text = path.read_text(encoding="utf-8")
                draft.write_text(text, encoding="utf-8")
                draft.chmod(path.stat().st_mode)
                tar.add(draft, Path("huyuan", *parts))
                draft.unlink()

    def link_environment(self):
        """Have `python3 -m venv` make an environment of this one's programs, and pip do nothing."""
        source = self.root / "opt/huyuan/source"
        programs = {
            "python": f'exec {sys.executable} "$@"',
            "pip": "exit 0",
            "huyuan": f'PYTHONPATH={source} exec {sys.executable} -m service.cli "$@"',
            "gunicorn": f'PYTHONPATH={source} exec {sys.executable} -m gunicorn "$@"',
        }
        lines = [f'[ "$1 $2" = "-m venv" ] || exec {sys.executable} "$@"', 'mkdir -p "$3/bin"']
        for name, text in programs.items():
            lines.append(f"printf '#!/bin/sh\\n%s\\n' '{text}' > \"$3/bin/{name}\"")
            lines.append(f'chmod +x "$3/bin/{name}"')
        self.play("python3", "\n".join(lines))

    def run(self, block, **more):
        """Run a block of the guide's; return what it did."""
        text = self.network.rewritten(block, self)
        if self.name.startswith("db"):
            port = self.network.ports[self.name]
            here = f"s/27017/{port}/; s# /\\(var\\|etc\\)/# {self.root}/\\1/#"
            text = text.replace("s/HOST/", f"{here}; s/HOST/")
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            env=self.environment | more,
            cwd=self.root / "root",
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    @property
    def environment(self):
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        path = f"{self.root}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
        ports = {"HUYUAN_MONGO_PORT": str(self.network.ports["drill"])}
        return {**kept, **pip, **ports, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}

    def end(self):
        for path in (self.root / "run").glob("*.pid"):
            Units(self.root).kill(path.stem)
