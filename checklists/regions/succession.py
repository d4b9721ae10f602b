"""What succeeded what: pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from checklists.regions.codes import prefix
from checklists.regions.model import RegionChange


def with_predecessors(
    prefixes: Iterable[str], changes: Iterable[RegionChange], today: date
) -> tuple[str, ...]:
    """Return the prefixes, and those of every code that ended and led into one of them.

    A county that merged into a neighbour is reached from there, and what had merged into it.
    """
    reached = dict.fromkeys(prefixes)
    ended = [change for change in changes if change.has_ended(today)]
    found = True
    while found:
        found = False
        for change in ended:
            below = prefix(change.code)
            if any(below.startswith(each) for each in reached):
                continue
            if any(prefix(to).startswith(tuple(reached)) for to in change.successors):
                reached[below] = None
                found = True
    return tuple(reached)


def with_successors(code: str, changes: Iterable[RegionChange], today: date) -> tuple[str, ...]:
    """Return the code, and every code that it ended in, or that what it ended in ended in."""
    ended = [change for change in changes if change.has_ended(today)]
    found = [code]
    for each in found:  # grows while it is walked
        for change in ended:
            if each.startswith(prefix(change.code)):
                found += [to for to in change.successors if to not in found]
    return tuple(found)


def why_not_in_force(
    code: str, on: date, changes: Mapping[str, RegionChange], begins: Mapping[str, date]
) -> tuple[str, str] | None:
    """Return why a code cannot be taken on a day, in two languages; None where it can."""
    change = changes.get(code)
    if change is not None and change.has_ended(on):
        to, day = "、".join(change.successors), change.ends_on.isoformat()
        return (
            f"代码 {code} 的有效期止于 {day}，请使用 {to}",
            f"the code {code} was valid until {day}; use {to}",
        )
    first = begins.get(code)
    if first is not None and on < first:
        return (
            f"代码 {code} 自 {first.isoformat()} 起才有效",
            f"the code {code} is valid from {first.isoformat()}",
        )
    return None
