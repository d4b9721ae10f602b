"""Recording drills, and asking the linkage platform."""

from datetime import datetime
from typing import Any

from inspections.bureaus.actions import Bureaus
from inspections.drills import judging
from inspections.drills.errors import NoPlatform
from inspections.drills.model import (
    Alarm,
    AskPlatform,
    Barrier,
    CameraLink,
    Drill,
    Kind,
    Patrols,
    Source,
    Untested,
    Verdict,
)
from inspections.drills.store import DrillStore
from inspections.kindergartens.actions import Register
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Topic
from inspections.messages.model import Kind as Told
from inspections.visits.actions import site_of
from media.custody.actions import Custody
from media.custody.model import Actor, Role
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page, cut, read_cursor
from media.records.actions import Records
from media.records.model import Keeping
from media.taking.actions import Taking
from media.taking.model import Subject

MOST_DUE = 500
KEEPING = Keeping(
    what=("演练记录", "drill"),
    chain=lambda held: f"drill:{held.id}",
    facts=lambda held: {
        "kind": held.kind.value,
        "kindergarten_id": held.kindergarten_id,
        "source": held.source.value,
        "verdict": held.judgement.verdict.value,
        "measured": held.judgement.measured,
        "limit": held.judgement.limit,
    },
)


class Drills:
    """`platform` asks the linkage platform; None where the operator set none."""

    def __init__(
        self,
        store: DrillStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        register: Register,
        evidence: EvidenceRoom,
        bureaus: Bureaus,
        platform: AskPlatform | None,
    ) -> None:
        self._store = store
        self._transact = transact
        self._records: Records[Drill] = Records(store, transact, custody, KEEPING)
        self._messages = messages
        self._register = register
        self._taking = Taking(evidence, transact)
        self._bureaus = bureaus
        self._platform = platform

    def record(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        kindergarten_id: str,
        kind: Kind,
        at: datetime,
        actor: Actor,
        now: datetime,
        source: Source = Source.OFFICER,
        inspection_id: str | None = None,
        note: str | None = None,
        **measured: Alarm | Barrier | CameraLink | Patrols | None,
    ) -> Drill:
        """Record what was measured; a failed one is told to director and supervisors.

        Sent again with the same `id` and content it changes nothing. Raises NotFound, BadDrill,
        IdTaken.
        """
        kindergarten = self._register.get(kindergarten_id, actor=actor)
        found = measured[kind.value]
        assert found is not None
        judging.must_be_sound(found, at, now)
        rules = self._bureaus.rules(kindergarten.region)
        judged = judging.judge(found, rules)
        made = Drill(
            id=id,
            kind=kind,
            kindergarten_id=kindergarten.id,
            kindergarten_name=kindergarten.name,
            region=kindergarten.region,
            at=at,
            by=actor.person_id,
            by_name=actor.name,
            source=source,
            judgement=judged,
            next_due=judging.next_due(day_in_shanghai(at), rules.drill_months, judged),
            inspection_id=inspection_id,
            note=note,
            **{kind.value: found},  # type: ignore[arg-type]
        )

        def tell(held: Drill, tx: Transaction) -> None:
            if held.judgement.verdict is not Verdict.FAILED:
                return
            self._messages.tell(
                Told.DRILL_FAILED,
                about=About(Topic.DRILL, held.id, held.region, held.kindergarten_id),
                audience=Audience(roles=(Role.SUPERVISOR,), directors_of=held.kindergarten_id),
                facts={
                    "drill": held.kind.value,
                    "kindergarten": held.kindergarten_name,
                    "why": held.judgement.why[0],
                },
                key=f"drill:{held.id}",
                now=now,
                tx=tx,
            )

        return self._records.add(
            made, "drill_recorded", told=_asked, actor=actor, now=now, why=note, also=tell
        )

    def ask_platform(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        kindergarten_id: str,
        actor: Actor,
        now: datetime,
    ) -> Drill:
        """Have the linkage platform say how many cameras of a kindergarten it sees.

        Raises NotFound, NoPlatform, PlatformSilent.
        """
        kindergarten = self._register.get(kindergarten_id, actor=actor)
        if self._platform is None or kindergarten.code is None:
            raise NoPlatform
        link = self._platform(kindergarten.code)
        return self.record(
            id=id,
            kindergarten_id=kindergarten_id,
            kind=Kind.CAMERA_LINK,
            at=now,
            source=Source.PLATFORM,
            camera_link=link,
            actor=actor,
            now=now,
        )

    def get(self, drill_id: str, *, actor: Actor, tx: Transaction = None) -> Drill:
        """Return a drill; a director sees those of its kindergarten. Raises NotFound."""
        return self._records.get(drill_id, actor=actor, tx=tx)

    def page(self, *, actor: Actor, **asked: Any) -> Page[Drill]:
        """Return a page of drills by region and id."""
        verdict = asked.pop("verdict", None)
        more = {} if verdict is None else {"judgement.verdict": verdict}
        return self._records.page(actor=actor, **asked, **more)

    def due(self, *, actor: Actor, now: datetime) -> list[Drill]:
        """Return the last drills whose next one is due by today, the longest due first."""
        today = day_in_shanghai(now).isoformat()
        return self._store.latest(actor.scope, today, MOST_DUE)

    def untested(
        self, kind: Kind, *, actor: Actor, cursor: str | None = None, limit: int
    ) -> Page[Untested]:
        """Return a page of the open kindergartens of which no drill of a kind was recorded."""
        after = read_cursor(cursor, str, str) if cursor else None
        place = (after[0], after[1]) if after else None
        found = self._store.untested(actor.scope, kind.value, after=place, limit=limit + 1)
        return cut(found, limit, lambda each: [each.region, each.id])

    def add_photo(
        self, drill_id: str, data: bytes, *, actor: Actor, now: datetime, **form: Any
    ) -> Evidence:
        """Keep a photo of the drill."""
        held = self.get(drill_id, actor=actor)
        kindergarten = self._register.get(held.kindergarten_id, actor=actor)
        belongs = Subject("drill", held.id, held.id, held.region, held.kindergarten_id)
        site = site_of(kindergarten)
        return self._taking.take(data, lambda _: belongs, site=site, actor=actor, now=now, **form)


def _asked(held: Drill) -> tuple[Any, ...]:
    return (
        *(held.kind, held.kindergarten_id, held.source, held.inspection_id),
        *(held.alarm, held.barrier, held.camera_link, held.patrols),
    )
