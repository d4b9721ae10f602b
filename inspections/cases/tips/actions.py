"""Taking in a tip, and what an officer makes of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from checklists.regions import codes
from inspections.cases.tips.errors import TipHandled, TipLacksPlace
from inspections.cases.tips.model import Spot, Status, Tip
from inspections.cases.tips.store import TipStore
from inspections.cases.unlicensed.actions import UnlicensedSites
from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from media.custody.actions import Custody
from media.custody.model import SERVICE, Actor, Role
from media.documents import Transact, Transaction
from media.pages import Page
from media.places.model import Datum
from media.records.actions import Records
from media.records.model import Keeping
from media.refusals import NotFound, must_be_current

KEEPING = Keeping(
    what=("举报线索", "tip"),
    chain=lambda held: f"tip:{held.id}",
    facts=lambda held: {"status": held.status.value, "sighting_id": held.sighting_id},
)
AN_ADDRESS = 10
"""So many tips of one address are taken in within the brake's window."""

Brake = Callable[[str, int, datetime], None]
"""Counts what comes under a key, and raises once there is too much of it."""


class Tips:
    def __init__(
        self,
        store: TipStore,
        transact: Transact[Any],
        custody: Custody,
        messages: Messages,
        sites: UnlicensedSites,
        brake: Brake,
    ) -> None:
        self._store = store
        self._records: Records[Tip] = Records(store, transact, custody, KEEPING)
        self._messages = messages
        self._sites = sites
        self._brake = brake

    def send(
        self,
        *,
        id: str,  # noqa: A002 - the wire's word
        region: str,
        note: str,
        address_of_sender: str,
        now: datetime,
        spot: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> Tip:
        """Take in a tip from anybody; the officers of the region are told.

        Sent again with the same `id` and content it changes nothing, and has the same receipt.
        Raises BadValue for a region that is none, IdTaken, and what the brake raises.
        """
        codes.checked(region, "region")
        self._brake(f"tip:{address_of_sender}", AN_ADDRESS, now)
        there = Spot(spot["lon"], spot["lat"], spot["datum"].value) if spot else None
        made = Tip(id, token_hex(8), region, note, now, spot=there, **facts)

        def tell(held: Tip, tx: Transaction) -> None:
            self._messages.tell(
                Kind.TIP_RECEIVED,
                about=About(Topic.TIP, held.id, held.region),
                audience=Audience(roles=(Role.SUPERVISOR, Role.INSPECTOR)),
                facts={"address": held.address},
                key=f"tip:{held.id}",
                now=now,
                tx=tx,
            )

        return self._records.add(
            made,
            "tip_received",
            told=lambda held: (held.region, held.note, held.name, held.address, held.spot),
            actor=SERVICE,
            now=now,
            also=tell,
        )

    def state_of(self, receipt: str) -> Tip:
        """Return the tip for whoever holds its receipt. Raises NotFound."""
        found = self._store.of_receipt(receipt)
        if found is None:
            raise NotFound(what=KEEPING.what)
        return found

    def page(self, *, actor: Actor, **asked: Any) -> Page[Tip]:
        """Return a page of tips by region and id."""
        return self._records.page(actor=actor, **asked)

    def take_up(
        self,
        tip_id: str,
        *,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        place: Mapping[str, Any] | None = None,
    ) -> Tip:
        """Make a sighting of it, at the place that an officer gives or that the tip has.

        Raises NotFound, TipHandled, TipLacksPlace.
        """
        held = self._records.get(tip_id, actor=actor)
        given = place or (
            {"lon": held.spot.lon, "lat": held.spot.lat, "datum": Datum(held.spot.datum)}
            if held.spot
            else None
        )
        if given is None:
            raise TipLacksPlace
        sighting_id = str(uuid5(NAMESPACE_URL, f"huyuan:sighting-of-tip:{tip_id}"))

        def change(tip: Tip, _: Transaction) -> Tip:
            return _handled(tip, Status.TAKEN_UP, why, actor, now, sighting_id)

        if held.status is not Status.RECEIVED:
            raise TipHandled(told=held.status.told)
        must_be_current(seen, held.revision)
        self._sites.sight(
            id=sighting_id,
            region=held.region,
            place=given,
            note=held.note,
            name=held.name,
            address=held.address,
            seen_at=held.received_at,
            actor=actor,
            now=now,
        )  # first: cut off here, the tip is still open and the same sighting is found again
        return self._records.change(
            tip_id, "tip_taken_up", change, seen=seen, actor=actor, now=now, why=why
        )

    def dismiss(
        self, tip_id: str, *, why: str, seen: int | None, actor: Actor, now: datetime
    ) -> Tip:
        """Leave it without a sighting, for a reason. Raises NotFound, TipHandled."""

        def change(tip: Tip, _: Transaction) -> Tip:
            return _handled(tip, Status.DISMISSED, why, actor, now, None)

        return self._records.change(
            tip_id, "tip_dismissed", change, seen=seen, actor=actor, now=now, why=why
        )


def _handled(
    tip: Tip, status: Status, why: str, actor: Actor, now: datetime, sighting_id: str | None
) -> Tip:
    if tip.status is not Status.RECEIVED:
        raise TipHandled(told=tip.status.told)
    return replace(
        tip,
        status=status,
        why=why,
        handled_by=actor.person_id,
        handled_at=now,
        sighting_id=sighting_id,
        revision=tip.revision + 1,
    )
