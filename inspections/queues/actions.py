"""Reading one's queues."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from inspections.bureaus.model import Measure
from inspections.queues.model import Entry, Kind, Queue, Waiting
from inspections.queues.store import QueueStore
from inspections.queues.table import QUEUES
from media.custody.model import Actor, Role
from media.days import SHANGHAI
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound

FIRST = 5
"""So many of each queue stand in the overview."""

MOST = 1000
"""Beyond so many, a queue is not counted on."""


@dataclass(frozen=True)
class Special:
    """A queue that another room gives whole: a short one, whose rule is not a query."""

    name: str
    zh: str
    en: str
    roles: frozenset[Role]
    entries: Callable[[Actor, datetime], list[Entry]]


class Queues:
    def __init__(self, store: QueueStore, special: tuple[Special, ...]) -> None:
        self._store = store
        self._special = special

    def overview(self, *, actor: Actor, now: datetime) -> list[Waiting]:
        """Return every queue of the actor's roles, with how many wait and the most urgent."""
        short = [
            Waiting(each.name, each.zh, each.en, len(found), tuple(found[:FIRST]))
            for each in self._special
            if actor.holds(*each.roles)
            for found in [each.entries(actor, now)]
        ]
        long = [
            Waiting(
                each.name,
                each.zh,
                each.en,
                self._store.count(each, actor, now, most=MOST),
                self.page(each.name, actor=actor, now=now, limit=FIRST).items,
            )
            for each in QUEUES
            if actor.holds(*each.roles)
        ]
        return [*short, *long]

    def page(
        self,
        name: str,
        *,
        actor: Actor,
        now: datetime,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Entry]:
        """Return a page of one queue, most urgent first. Raises NotFound for another's."""
        for each in self._special:
            if each.name == name and actor.holds(*each.roles):
                return Page(tuple(each.entries(actor, now)[:limit]))
        queue = next((each for each in QUEUES if each.name == name), None)
        if queue is None or not actor.holds(*queue.roles):
            raise NotFound(what=("待办队列", "queue"))
        after = _place(cursor) if cursor else None
        found = self._store.waiting(queue, actor, now, after=after, limit=limit + 1)
        page = cut(found, limit, lambda each: [_written(each[queue.due]), each["_id"]])
        return Page(tuple(_entry(queue, each) for each in page.items), page.next)


def _entry(queue: Queue, found: Mapping[str, Any]) -> Entry:
    return Entry(
        kind=queue.kind,
        id=found["_id"],
        title=_title(queue.kind, found),
        due=_moment(found[queue.due]),
        region=found.get("region"),
        kindergarten_id=found.get("kindergarten_id"),
        kindergarten_name=found.get("kindergarten_name"),
        overdue=found.get("overdue_at") is not None,
        provisional=bool(found.get("provisional")),
    )


def _title(kind: Kind, found: Mapping[str, Any]) -> str:
    if kind in TITLES:
        return TITLES[kind](found)
    return (
        found.get("name")
        or found.get("kindergarten_name")
        or found.get("address")
        or "未命名办园点"
    )


def _measure(found: Mapping[str, Any]) -> str:
    zh, _ = Measure(found["measure"]).told
    return f"{zh} {found['notice_number'] or ''}".strip()


TITLES: Mapping[Kind, Callable[[Mapping[str, Any]], str]] = {
    Kind.NOTICE: lambda found: found.get("number") or "整改文书草稿",
    Kind.FINDING: lambda found: str(found["item"]["title"]),
    Kind.CHECKLIST: lambda found: f"检查表草稿 {found['region']} {found['subject']}",
    Kind.ANNUAL_REVIEW: lambda found: f"{found['year']} 年度年检",
    Kind.INSPECTION: lambda found: str(found["purpose"]),
    Kind.STOPPAGE: lambda found: str(found["item_title"]),
    Kind.BULLETIN: lambda found: str(found["title"]),
    Kind.MEASURE: _measure,
}
"""What a thing is called in its queue, where it is not called by its name."""


def _moment(due: datetime | str) -> datetime:
    """Return a day as the instant at which it is over in Shanghai; a time as it is."""
    if isinstance(due, datetime):
        return due
    over = datetime.combine(date.fromisoformat(due), time(), SHANGHAI)
    return over + timedelta(days=1)


def _written(due: datetime | str) -> str:
    return due if isinstance(due, str) else due.isoformat()


def _place(cursor: str) -> tuple[Any, str]:
    """Return the place that a cursor names: a day stays one, a time is read."""
    due, id_ = read_cursor(cursor, str, str)
    try:
        return (datetime.fromisoformat(due) if "T" in due else due, id_)
    except ValueError:
        raise NotFound(what=("待办队列", "queue")) from None
