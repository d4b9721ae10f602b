"""What a fresh start finds: the first administrator, and the fictional county with its people.

Passwords are generated, and kept in the data folder for its owner alone (mode 0600).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import orjson

from checklists.generation.model import Subject
from inspections.bureaus.model import Rules
from inspections.kindergartens.model import Licence, Nature, PersonInCharge, Profit
from media.custody.model import SERVICE, Actor, Role
from media.days import day_in_shanghai
from media.places.model import Datum
from service.accounts.model import Binding
from service.accounts.passwords import make_password
from service.rooms import Rooms
from service.settings import Settings, write_private

Say = Callable[[str], None]

CITY, COUNTY, NEIGHBOUR = "990100", "990102", "990103"
"""A fictional city and two of its counties: GB/T 2260 gives no code that begins with 99."""

UNITS = {"bureau": "演示县教育局", "inspectors": "演示县教育督导室", "city": "演示市教育局"}
SITE = (116.391, 39.907)


def identity(name: str) -> str:
    """Return the same id for the same thing at every start."""
    return str(uuid5(NAMESPACE_URL, f"huyuan:demonstration:{name}"))


def kept_passwords(settings: Settings) -> dict[str, str]:
    """Return the passwords by user name, as kept in the data folder; none where it has none."""
    path = settings.data / "accounts.json"
    passwords: dict[str, str] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return passwords


def add(rooms: Rooms, say: Say) -> None:
    """Make what is missing of the demonstration; what is there stays as it is."""
    _add_kindergartens(rooms)
    _add_accounts(rooms)
    _set_rules(rooms)
    _publish_checklist(rooms, say)


def first_administrator(rooms: Rooms) -> bool:
    """Make the account `admin`, under a generated password; False where there is an account."""
    if rooms.administration.have_any():
        return False
    passwords = _passwords_for(rooms.settings, ["admin"])
    rooms.administration.add(
        id=identity("admin"),
        username="admin",
        name="管理员",
        unit=UNITS["city"],
        roles=(Role.ADMINISTRATOR,),
        regions=("000000",),
        password=passwords["admin"],
        actor=SERVICE,
        now=rooms.clock(),
    )
    return True


def _passwords_for(settings: Settings, usernames: list[str]) -> dict[str, str]:
    """Return a password for each name, made and kept before the account that it opens."""
    kept = kept_passwords(settings)
    missing = {name: make_password() for name in usernames if name not in kept}
    if missing:
        text = orjson.dumps(kept | missing, option=orjson.OPT_INDENT_2).decode()
        write_private(settings.data / "accounts.json", text)
    return kept | missing


def _add_accounts(rooms: Rooms) -> None:
    """One account for each role, and a second where two persons are needed."""
    director = (Binding(identity("kindergarten-1"), since=date(2026, 1, 1)),)
    cast: tuple[tuple[str, str, str, Role, tuple[str, ...], tuple[Binding, ...]], ...] = (
        ("inspector", "检查员甲", "inspectors", Role.INSPECTOR, (COUNTY,), ()),
        ("inspector2", "检查员乙", "inspectors", Role.INSPECTOR, (COUNTY,), ()),
        ("supervisor", "监督员甲", "bureau", Role.SUPERVISOR, (COUNTY,), ()),
        ("supervisor2", "监督员乙", "city", Role.SUPERVISOR, (CITY,), ()),
        ("director", "园长", "bureau", Role.DIRECTOR, (), director),
    )
    passwords = _passwords_for(rooms.settings, [username for username, *_ in cast])
    for number, (username, name, unit, role, regions, bindings) in enumerate(cast, start=1):
        official = role is not Role.DIRECTOR
        rooms.administration.add(
            id=identity(username),
            username=username,
            name=name,
            unit=UNITS[unit] if official else "演示县实验幼儿园",
            roles=(role,),
            regions=regions,
            bindings=bindings,
            certificate=f"演示执法{number:04d}" if official else None,
            password=passwords[username],
            actor=SERVICE,
            now=rooms.clock(),
        )


def _add_kindergartens(rooms: Rooms) -> None:
    """Four kindergartens: in order, private, with a name against the rules, next county."""
    now = rooms.clock()
    cast = (
        ("kindergarten-1", "演示县实验幼儿园", Nature.PUBLIC, None, COUNTY, 0.0),
        ("kindergarten-2", "演示县小星星幼儿园", Nature.PRIVATE, Profit.NON_PROFIT, COUNTY, 0.003),
        ("kindergarten-3", "演示国际双语幼儿园", Nature.PRIVATE, Profit.FOR_PROFIT, COUNTY, 0.02),
        ("kindergarten-4", "邻县中心幼儿园", Nature.PUBLIC, None, NEIGHBOUR, 0.2),
    )
    for number, (key, name, nature, profit, region, east) in enumerate(cast, start=1):
        if rooms.register.known(identity(key), SERVICE.scope):
            continue
        rooms.register.add(
            id=identity(key),
            code=f"{region}{number:04d}",
            name=name,
            nature=nature,
            profit=profit,
            region=region,
            address=f"演示路 {number} 号",
            licence=Licence(f"教演{region}{number:04d}", "演示县教育局", date(2024, 9, 1)),
            place={"lon": SITE[0] + east, "lat": SITE[1], "datum": Datum.WGS84},
            headcount=180,
            classes=6,
            persons_in_charge=(PersonInCharge("园长", "园长"),),
            actor=SERVICE,
            now=now,
        )


def _set_rules(rooms: Rooms) -> None:
    """The city's settings: two inspectors alone make every visit of a demonstration."""
    now = rooms.clock()
    actor = _official(rooms, "supervisor2", now)
    if rooms.bureaus.in_force(CITY, actor=actor).own is not None:
        return
    rules = Rules(objection_days=7, proof_hours=24, defence_days=5, same_pair=1000)
    source = "演示市检查工作规程（虚构）"
    rooms.bureaus.set(CITY, rules=rules, source=source, seen=0, actor=actor, now=now)


def _publish_checklist(rooms: Rooms, say: Say) -> None:
    """Have one supervisor propose and the other publish the fictional county's checklist."""
    now = rooms.clock()
    if rooms.checklists.in_force(COUNTY, "kindergarten", day_in_shanghai(now)) is not None:
        return
    say("正在生成并发布演示县检查表 … / proposing and publishing the demonstration checklist …")
    proposed = rooms.checklists.propose(
        region=COUNTY,
        subject=Subject.KINDERGARTEN,
        on=day_in_shanghai(now),
        actor=_official(rooms, "supervisor", now),
        now=now,
    )
    rooms.checklists.publish(
        proposed.id,
        seen=proposed.revision,
        actor=_official(rooms, "supervisor2", now),
        now=now + timedelta(milliseconds=1),
    )


def _official(rooms: Rooms, username: str, now: datetime) -> Actor:
    return rooms.accounts.officer(identity(username), now)
