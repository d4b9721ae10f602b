"""An announcement as a file: one day a line, `2027-01-01,off` or `2027-01-03,work`."""

from datetime import date

from inspections.calendars.errors import NotACalendar

Days = tuple[tuple[date, ...], tuple[date, ...]]
KINDS = {"off": 0, "放假": 0, "work": 1, "上班": 1}


def read(text: str) -> Days:
    """Return the days off and the make-up days. Raises NotACalendar with the line's number.

    Empty lines and lines that begin with # are passed over, and so is a head that says `date`.
    """
    found: tuple[list[date], list[date]] = ([], [])
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith(("#", "date", "日期")):
            continue
        day, _, kind = stripped.replace("，", ",").partition(",")
        try:
            found[KINDS[kind.strip().lower()]].append(date.fromisoformat(day.strip()))
        except (KeyError, ValueError):
            raise NotACalendar(line=number) from None
    return tuple(found[0]), tuple(found[1])
