"""The calendar that the service starts with: what the `chinesecalendar` package knows.

Source: the State Council's yearly notices on holidays, as that package transcribes them.
"""

from datetime import date

from chinese_calendar.constants import holidays, workdays

from inspections.rectification.model import Calendar


def announced() -> Calendar:
    """Return the days off and the make-up days of every year that the package knows whole."""
    first, last = min(holidays).year, max(holidays).year
    return Calendar(
        holidays=frozenset(holidays),
        workdays=frozenset(workdays),
        known_from=date(first, 1, 1),
        known_until=date(last, 12, 31),
    )
