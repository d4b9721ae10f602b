"""Every setting, read once from the environment, as one frozen object.

The only room that reads the environment. Whatever is missing or bad is named at once.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from cryptography.x509 import Certificate

from media.checkpoints.stamping import read_roots
from media.evidence.model import Quota
from media.retention.model import Periods
from service.delivery.addresses import Allowed, read_allowed
from service.delivery.mail import MailServer, read_server

T = TypeVar("T")

SHORTEST_SECRET = 32
DEFAULT_SECRETS = ("secret", "changeme", "password", "huyuan", "default", "example", "test")
HOUSE = Path(__file__).parents[1]
ROOMS = ("service", "inspections", "checklists", "media", "tests", "docs")
TRUE, FALSE = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class BadSettings(Exception):  # noqa: N818 - it names settings, one line each
    """One line for each missing or bad setting, saying what to do."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Settings:
    """`data` holds what the service keeps on disk; `mongodb_uri` empty means embedded MongoDB.

    Sizes in MB, durations in the unit that the name says. `secret` keys the hashes of tokens.
    """

    data: Path
    secret: str = field(repr=False)
    mongodb_uri: str = field(default="", repr=False)
    database: str = "huyuan"
    production: bool = False
    debug: bool = False
    host: str = "127.0.0.1"
    port: int = 8600
    mongo_port: int = 27619
    mongo_cache_mb: int = 512
    token_hours: int = 12
    trusted_proxies: int = 0
    plans: Path | None = None
    threads: int = 8
    disk_reserve_mb: int = 512
    metrics_token: str = field(default="", repr=False)
    metrics_folder: Path | None = None
    quota: Quota = field(default_factory=Quota)
    delivery_allow: Allowed = field(default_factory=Allowed)
    lease_seconds: int = 15
    checkpoint_key: Path | None = None
    tsa_url: str = ""
    tsa_roots: tuple[Certificate, ...] = ()
    mail_server: MailServer | None = None
    linkage_url: str = ""
    linkage_token: str = field(default="", repr=False)
    retention: Periods = field(default_factory=Periods)
    public_url: str = "http://127.0.0.1:8600"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment asks for.

    Raises BadSettings with one line for each that is missing or bad.
    """
    given = dict(os.environ if environment is None else environment)
    bad: list[str] = []

    def read(name: str, otherwise: T, turn: Callable[[str], T], wanted: str) -> T:
        raw = given.get(name, "").strip()
        if not raw:
            return otherwise
        try:
            return turn(raw)
        except ValueError:
            bad.append(f"{name} 的值不可用，应为{wanted} / {name} must be {wanted}")
            return otherwise

    kind = read("HUYUAN_ENV", "demonstration", _environment, "demonstration | production")
    production = kind == "production"
    data = Path(given.get("HUYUAN_DATA") or ".data").expanduser().absolute()
    settings = Settings(
        data=data,
        secret=given.get("HUYUAN_SECRET", ""),
        mongodb_uri=given.get("MONGODB_URI", "").strip(),
        database=given.get("HUYUAN_DATABASE") or "huyuan",
        production=production,
        debug=read("HUYUAN_DEBUG", False, _flag, "true | false"),
        host=given.get("HUYUAN_HOST") or "127.0.0.1",
        port=read("HUYUAN_PORT", 8600, _within(1, 65535), "1–65535"),
        mongo_port=read("HUYUAN_MONGO_PORT", 27619, _within(1, 65535), "1–65535"),
        mongo_cache_mb=read("HUYUAN_MONGO_CACHE_MB", 512, _within(256, 1 << 20), "≥ 256"),
        token_hours=read("HUYUAN_TOKEN_HOURS", 12, _within(1, 24 * 30), "1–720"),
        trusted_proxies=read("HUYUAN_TRUSTED_PROXIES", 0, _within(0, 5), "0–5"),
        plans=read("HUYUAN_PLANS", None, _folder, "一个已有的文件夹 / an existing folder"),
        disk_reserve_mb=read("HUYUAN_DISK_RESERVE_MB", 512, _within(64, 1 << 30), "≥ 64"),
        delivery_allow=read(
            "HUYUAN_DELIVERY_ALLOW",
            Allowed(),
            read_allowed,
            "主机名、地址或网段，以逗号分隔 / host names, addresses or networks, by comma",
        ),
        lease_seconds=read("HUYUAN_LEASE_SECONDS", 15, _within(2, 300), "2–300"),
        quota=Quota(
            read("HUYUAN_PHOTOS_A_DAY", Quota.photos, _within(1, 1_000_000), "1–1000000"),
            read("HUYUAN_PHOTO_MB_A_DAY", Quota.megabytes, _within(25, 1 << 30), "≥ 25"),
        ),
        tsa_url=read(
            "HUYUAN_TSA_URL", "", _web_address, "时间戳机构的网址 / the authority's address"
        ),
        tsa_roots=read("HUYUAN_TSA_CA", (), _certificates, "PEM 证书文件 / a file of certificates"),
        mail_server=read(
            "HUYUAN_SMTP",
            None,
            _mail_server,
            "发件地址和服务器，如 bureau@example.org smtps://user:password@mail.example.org"
            " / the sender's address and the server",
        ),
        linkage_url=read(
            "HUYUAN_LINKAGE_URL", "", _web_address, "视频联网平台的网址 / the platform's address"
        ),
        linkage_token=read("HUYUAN_LINKAGE_TOKEN", "", str, "视频联网平台的令牌 / its token"),
        retention=read(
            "HUYUAN_RETENTION_YEARS",
            Periods(),
            _periods,
            "如 inspection=5,notice=10 / years by kind, as in inspection=5,notice=10",
        ),
        checkpoint_key=Path(given.get("HUYUAN_CHECKPOINT_KEY") or data / "checkpoint.key"),
        public_url=read(
            "HUYUAN_PUBLIC_URL",
            f"http://{given.get('HUYUAN_HOST') or '127.0.0.1'}:{given.get('HUYUAN_PORT') or 8600}",
            _web_address,
            "公众访问的网址，如 https://huyuan.example.cn / the address that the public uses",
        ),
        metrics_token=given.get("HUYUAN_METRICS_TOKEN", ""),
        metrics_folder=read("PROMETHEUS_MULTIPROC_DIR", None, _folder, "已有的文件夹 / a folder"),
        threads=read("HUYUAN_THREADS", 8, _within(1, 64), "1–64"),
    )
    if settings.secret or production:
        bad += _weak_secret(settings.secret)
    if settings.metrics_token and len(settings.metrics_token) < SHORTEST_SECRET:
        bad.append(
            f"HUYUAN_METRICS_TOKEN 至少 {SHORTEST_SECRET} 个字符"
            f" / HUYUAN_METRICS_TOKEN needs at least {SHORTEST_SECRET} characters"
        )
    if production:
        bad += _unfit_for_production(settings)
    if bad:
        raise BadSettings(bad)
    return settings if settings.secret else _with_kept_secret(settings)


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment for a process that works on the same database."""
    return {
        **os.environ,
        "MONGODB_URI": settings.mongodb_uri,
        "HUYUAN_SECRET": settings.secret,
    }


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read (mode 0600), whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _with_kept_secret(settings: Settings) -> Settings:
    """Return the settings with the secret of the data folder, made at the first start."""
    path = settings.data / "secret"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return Settings(**{**settings.__dict__, "secret": path.read_text(encoding="utf-8").strip()})


def _unfit_for_production(settings: Settings) -> list[str]:
    bad = []
    if settings.debug:
        bad.append("HUYUAN_DEBUG 在生产环境必须关闭 / HUYUAN_DEBUG must be off in production")
    if not settings.mongodb_uri:
        bad.append(
            "MONGODB_URI 在生产环境必须指向您自己的副本集或分片集群"
            " / MONGODB_URI must name your own replica set or sharded cluster in production"
        )
    return bad


def _weak_secret(secret: str) -> list[str]:
    weak = (
        len(secret) < SHORTEST_SECRET
        or len(set(secret)) < SHORTEST_SECRET // 4
        or any(word in secret.lower() for word in DEFAULT_SECRETS)
        or _is_published(secret)
    )
    if not weak:
        return []
    return [
        (
            f"HUYUAN_SECRET 缺失、过弱或已公开：至少 {SHORTEST_SECRET} 个随机字符"
            " / HUYUAN_SECRET is missing, weak or published: give at least"
            f" {SHORTEST_SECRET} characters,"
            " made by: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    ]


def _is_published(secret: str) -> bool:
    """Tell whether the secret stands in a file of this source, which others have too."""
    files = [*HOUSE.glob("*"), *(path for room in ROOMS for path in (HOUSE / room).rglob("*"))]
    for path in files:
        with suppress(OSError):
            if path.is_file() and secret.encode() in path.read_bytes():
                return True
    return False


def _environment(raw: str) -> str:
    if raw not in ("demonstration", "production"):
        raise ValueError(raw)
    return raw


def _mail_server(raw: str) -> MailServer:
    """Return the server of "sender URL". Raises ValueError."""
    sender, _, url = raw.partition(" ")
    return read_server(url.strip(), sender)


def _web_address(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(raw)
    return raw.rstrip("/")


def _flag(raw: str) -> bool:
    if raw.lower() not in TRUE + FALSE:
        raise ValueError(raw)
    return raw.lower() in TRUE


def _within(least: int, most: int) -> Callable[[str], int]:
    def turn(raw: str) -> int:
        number = int(raw)
        if not least <= number <= most:
            raise ValueError(raw)
        return number

    return turn


def _certificates(raw: str) -> tuple[Certificate, ...]:
    try:
        return tuple(read_roots(Path(raw).expanduser().read_bytes()))
    except OSError as unreadable:
        raise ValueError(raw) from unreadable


def _periods(raw: str) -> Periods:
    years = dict(Periods().years)
    for each in raw.split(","):
        kind, _, number = each.strip().partition("=")
        if kind not in years or not 1 <= int(number) <= 100:
            raise ValueError(raw)
        years[kind] = int(number)
    return Periods(years)


def _folder(raw: str) -> Path | None:
    path = Path(raw).expanduser().absolute()
    if not path.is_dir():
        raise ValueError(raw)
    return path
