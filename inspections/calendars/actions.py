"""Taking in a year's announcement, and the calendar that all years make."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from inspections.calendars.errors import ImplausibleCalendar
from inspections.calendars.model import Announcement
from inspections.calendars.plausibility import doubts
from inspections.calendars.store import AnnouncementStore
from inspections.rectification.model import Calendar
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction, to_milliseconds

CHAIN = "service:calendar"


class Calendars:
    """`seed` is what the program itself knows; an announcement taken in goes before it."""

    def __init__(
        self,
        store: AnnouncementStore,
        transact: Transact[Any],
        custody: Custody,
        seed: Calendar,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._seed = seed

    def take_in(
        self,
        year: int,
        holidays: Sequence[date],
        workdays: Sequence[date],
        *,
        source: str,
        actor: Actor,
        now: datetime,
    ) -> Announcement:
        """Keep a year's announcement; one of a known year corrects it, the same changes nothing.

        Every running deadline is then reckoned again by the worker. Raises ImplausibleCalendar.
        """
        found = doubts(year, holidays, workdays)
        if found:
            zh, en = ("；".join(each) for each in zip(*found, strict=True))
            raise ImplausibleCalendar(year=year, doubts=(zh, en))
        announced = Announcement(
            year,
            tuple(sorted(holidays)),
            tuple(sorted(workdays)),
            source.strip(),
            to_milliseconds(now),
            actor.account_id,
            actor.name,
        )

        def act(tx: Transaction) -> Announcement:
            held = self._store.find(year, tx)
            if held is not None and held.content == announced.content:
                return held
            kept = _after(held, announced)
            self._store.put(kept, tx)
            facts = {"year": year, "revision": kept.revision, **kept.content}
            self._custody.record(
                CHAIN, "calendar_taken_in", actor=actor, now=now, facts=facts, tx=tx
            )
            return kept

        return self._transact(act)  # type: ignore[no-any-return]

    def every(self) -> list[Announcement]:
        """Return the announcements that were taken in, by year."""
        return self._store.every()

    def calendar(self) -> Calendar:
        """Return the calendar of all years that are known without a gap."""
        taken_in = {each.id: each for each in self._store.every()}
        holidays = {day for day in self._seed.holidays if day.year not in taken_in}
        workdays = {day for day in self._seed.workdays if day.year not in taken_in}
        for each in taken_in.values():
            holidays = {*holidays, *each.holidays}
            workdays = {*workdays, *each.workdays}
        last = self._seed.known_until.year
        while last + 1 in taken_in:
            last += 1
        return Calendar(
            frozenset(holidays - workdays),
            frozenset(workdays),
            self._seed.known_from,
            date(last, 12, 31),
        )

    def reckon(self, again: Callable[[], int]) -> int:
        """Have every running deadline reckoned again where an announcement is new; return how many.

        `again` may be cut off and run anew: an announcement stays pending until it went through.
        """
        pending = [each for each in self._store.every() if each.pending]
        if not pending:
            return 0
        done = again()
        for each in pending:
            self._store.settle(each.id, each.revision)
        return done


def _after(held: Announcement | None, announced: Announcement) -> Announcement:
    if held is None:
        return announced
    return Announcement(**{**announced.__dict__, "revision": held.revision + 1})
