"""The verbs of sightings and unlicensed sites."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from inspections.cases.unlicensed import workflow
from inspections.cases.unlicensed.errors import PhotoMissing, SightingTaken
from inspections.cases.unlicensed.model import (
    Ban,
    Kind,
    Match,
    Point,
    Sighting,
    Status,
    Step,
    UnlicensedSite,
)
from inspections.cases.unlicensed.store import UnlicensedStore
from inspections.kindergartens.actions import Register
from media.custody.actions import Custody
from media.custody.model import EVERYWHERE, Actor, Entry, Role
from media.documents import Transact, Transaction, to_milliseconds
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.pages import Page, cut, read_cursor
from media.places.actions import to_wgs84
from media.places.model import Datum, Site
from media.refusals import (
    IdTaken,
    NotFound,
    NotPermitted,
    StaleRevision,
    must_be_current,
)
from media.taking.actions import Taking
from media.taking.model import Subject

SHOWN = 20
"""So many matches of each kind at most."""


class UnlicensedSites:
    def __init__(
        self,
        store: UnlicensedStore,
        transact: Transact[Any],
        custody: Custody,
        register: Register,
        evidence: EvidenceRoom,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._register = register
        self._evidence = evidence
        self._taking = Taking(evidence, transact)

    def sight(
        self,
        *,
        region: str,
        place: Mapping[str, Any],
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
        **facts: Any,
    ) -> Sighting:
        """Keep what was seen. Sent again with the same `id` and content it changes nothing.

        Raises NotPermitted outside of the actor's regions, IdTaken, BadValue for a bad place.
        """
        if not actor.scope.covers(region):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        seen_at = to_milliseconds(facts.pop("seen_at", None) or now)
        sighting = Sighting(
            id=id or str(uuid4()),
            region=region,
            place=_point(place),
            seen_at=seen_at,
            reported_at=now,
            reported_by=actor.account_id,
            reporter_person=actor.person_id,
            **facts,
        )

        def act(tx: Transaction) -> Sighting:
            there = self._store.sighting(sighting.id, EVERYWHERE, tx)
            if there is not None:
                if _told(there) != _told(sighting):
                    raise IdTaken(id=sighting.id, what=("线索", "sighting"))
                return there
            self._store.add_sighting(sighting, tx)
            told = {"region": region, "lon": sighting.place.lon, "lat": sighting.place.lat}
            self._record("sighted", sighting.id, actor, now, sighting.note, told, tx)
            return sighting

        return self._transact(act)  # type: ignore[no-any-return]

    def add_photo(
        self, sighting_id: str, data: bytes, *, actor: Actor, now: datetime, **form: Any
    ) -> Evidence:
        """Keep a photo of the sighting, its place compared with where the sighting says it was."""
        sighting = self.sighting(sighting_id, actor=actor)
        place = Site(lon=sighting.place.lon, lat=sighting.place.lat, region=sighting.region)

        def subject(tx: Transaction) -> Subject:
            held = self.sighting(sighting_id, actor=actor, tx=tx)
            return Subject("sighting", held.id, held.id, held.region, "")

        return self._taking.take(data, subject, site=place, actor=actor, now=now, **form)

    def sighting(self, sighting_id: str, *, actor: Actor, tx: Transaction = None) -> Sighting:
        found = self._store.sighting(sighting_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("线索", "sighting"))
        return found

    def loose(self, *, actor: Actor, cursor: str | None = None, limit: int) -> Page[Sighting]:
        """Return a page of the sightings that belong to no site yet."""
        found = self._store.loose_sightings(actor.scope, after=_after(cursor), limit=limit + 1)
        return cut(found, limit, lambda sighting: [sighting.region, sighting.id])

    def matches(self, sighting_id: str, *, actor: Actor) -> list[Match]:
        """Return what is within 300 m: registered kindergartens, sites, loose sightings.

        The likely first, then the nearest.
        """
        seen = self.sighting(sighting_id, actor=actor)
        within, place = workflow.NEAR_BY_M, seen.place
        registered = self._register.near(
            actor=actor,
            lon=place.lon,
            lat=place.lat,
            datum=Datum.WGS84,
            within_m=within,
            limit=SHOWN,
        )
        scope = actor.scope
        sites = self._store.sites_near(scope, place, within, SHOWN)
        loose = self._store.sightings_near(scope, place, within, SHOWN, but=seen.id)
        found = [
            *(
                (
                    Kind.KINDERGARTEN,
                    each.kindergarten.id,
                    each.kindergarten.name,
                    each.distance_m,
                    None,
                )
                for each in registered
            ),
            *((Kind.SITE, site.id, site.name, far, site.status.value) for site, far in sites),
            *((Kind.SIGHTING, each.id, each.name, far, None) for each, far in loose),
        ]
        made = [
            Match(
                kind,
                id_,
                name,
                round(far, 1),
                alike := workflow.likeness(seen.name, name),
                workflow.is_likely(far, alike),
                status,
            )
            for kind, id_, name, far, status in found
        ]
        return sorted(made, key=lambda match: (not match.likely, match.distance_m))

    def open(
        self,
        *,
        sighting_ids: Sequence[str],
        address: str,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
        name: str | None = None,
    ) -> UnlicensedSite:
        """Open the case of a site on its sightings; its place is the first one's.

        Raises NotFound, PhotoMissing, SightingTaken, IdTaken.
        """
        site_id = id or str(uuid4())
        first = self.sighting(sighting_ids[0], actor=actor)

        def act(tx: Transaction) -> UnlicensedSite:
            there = self._store.site(site_id, EVERYWHERE, tx)
            if there is not None:
                if (there.address, there.name, there.place) != (address, name, first.place):
                    raise IdTaken(id=site_id, what=("办园点", "site"))
                return there
            for sighting_id in sighting_ids:
                if not self._evidence.ids_of(sighting_id, tx=tx):
                    raise PhotoMissing
            site = UnlicensedSite(
                id=site_id,
                region=first.region,
                place=first.place,
                address=address,
                status=Status.OPEN,
                opened_at=now,
                opened_by=actor.person_id,
                changed_at=now,
                name=name,
            )
            self._take(sighting_ids, site, actor, tx)
            self._store.add_site(site, tx)
            told = {"sightings": list(sighting_ids), "address": address, "name": name}
            self._record("site_opened", site.id, actor, now, None, told, tx)
            return site

        return self._transact(act)  # type: ignore[no-any-return]

    def join(
        self,
        site_id: str,
        *,
        sighting_ids: Sequence[str],
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> UnlicensedSite:
        """Put further sightings into the site, whatever its status. Raises SightingTaken."""

        def change(site: UnlicensedSite, tx: Transaction) -> UnlicensedSite:
            self._take(sighting_ids, site, actor, tx)
            return workflow.touch(site, at=now)

        told = {"sightings": list(sighting_ids)}
        return self._change(site_id, "sightings_joined", change, seen, actor, now, None, told)

    def take_step(
        self,
        site_id: str,
        *,
        step: Step,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        kindergarten_id: str | None = None,
        children: int | None = None,
    ) -> UnlicensedSite:
        """Verify, stop, place the children, close, license, dismiss or reopen.

        What ends a case is a supervisor's.

        Raises NotPermitted, StepNotAllowed, OwnStep, NotLicensed, NotFound.
        """
        if step in (*workflow.ENDING, Step.REOPEN) and not actor.holds(Role.SUPERVISOR):
            raise NotPermitted(why=("办结须由监督人员执行", "a supervisor ends a case"))

        def change(site: UnlicensedSite, tx: Transaction) -> UnlicensedSite:
            kindergarten = (
                self._register.get(kindergarten_id, actor=actor, tx=tx) if kindergarten_id else None
            )
            by = actor.person_id
            more = {"kindergarten": kindergarten, "children": children}
            return workflow.advance(site, step, by=by, why=why, at=now, **more)  # type: ignore[arg-type]

        told = {"step": step.value, "kindergarten_id": kindergarten_id, "children": children}
        return self._change(site_id, "site_step", change, seen, actor, now, why, told)

    def ban(
        self, site_id: str, *, seen: int | None, actor: Actor, now: datetime, **given: Any
    ) -> UnlicensedSite:
        """Record until when the operator's applications are not accepted.

        Raises StepNotAllowed, BadBan.
        """
        banned = Ban(**given, recorded_by=actor.person_id, recorded_at=now)

        def change(site: UnlicensedSite, _: Transaction) -> UnlicensedSite:
            return workflow.ban(site, banned, at=now)

        told = {"since": str(banned.since), "until": str(banned.until), "number": banned.number}
        return self._change(site_id, "operator_banned", change, seen, actor, now, None, told)

    def get(self, site_id: str, *, actor: Actor, tx: Transaction = None) -> UnlicensedSite:
        found = self._store.site(site_id, actor.scope, tx)
        if found is None:
            raise NotFound(what=("办园点", "site"))
        return found

    def page(
        self,
        *,
        actor: Actor,
        status: Sequence[Status] = (),
        banned: bool | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[UnlicensedSite]:
        """Return a page of sites by region and id."""
        found = self._store.sites(
            actor.scope,
            status=[each.value for each in status],
            banned=banned,
            after=_after(cursor),
            limit=limit + 1,
        )
        return cut(found, limit, lambda site: [site.region, site.id])

    def history(self, site_id: str, *, actor: Actor) -> list[Entry]:
        """Return everything recorded of the site and its sightings, in the order of time."""
        self.get(site_id, actor=actor)
        chains = [site_id, *(each.id for each in self._store.sightings_of(site_id, actor.scope))]
        found = [entry for each in chains for entry in self._custody.history(f"case:{each}")]
        return sorted(found, key=lambda entry: (entry.at, entry.chain, entry.sequence))

    def sightings_of(self, site_id: str, *, actor: Actor) -> list[Sighting]:
        """Return the site's sightings, the first reported first. Raises NotFound."""
        self.get(site_id, actor=actor)
        return self._store.sightings_of(site_id, actor.scope)

    def _take(
        self, ids: Sequence[str], site: UnlicensedSite, actor: Actor, tx: Transaction
    ) -> None:
        wanted = set(ids)
        taken = self._store.take_into_site(wanted, site.id, site.region, actor.scope, tx)
        if taken != len(wanted):
            raise SightingTaken

    def _change(
        self,
        site_id: str,
        verb: str,
        change: Callable[[UnlicensedSite, Transaction], UnlicensedSite],
        seen: int | None,
        actor: Actor,
        now: datetime,
        why: str | None,
        told: dict[str, Any],
    ) -> UnlicensedSite:
        def act(tx: Transaction) -> UnlicensedSite:
            before = self.get(site_id, actor=actor, tx=tx)
            must_be_current(seen, before.revision)
            after = change(before, tx)
            if not self._store.replace_site(after, before.revision, tx):
                raise StaleRevision(seen=before.revision, current=after.revision)
            facts = {**told, "status": after.status.value, "revision": after.revision}
            self._record(verb, after.id, actor, now, why, facts, tx)
            return after

        return self._transact(act)  # type: ignore[no-any-return]

    def _record(
        self,
        verb: str,
        case_id: str,
        actor: Actor,
        now: datetime,
        why: str | None,
        facts: dict[str, Any],
        tx: Transaction,
    ) -> None:
        chain = f"case:{case_id}"
        self._custody.record(chain, verb, actor=actor, now=now, why=why, facts=facts, tx=tx)


def _point(given: Mapping[str, Any]) -> Point:
    lon, lat = to_wgs84(given["lon"], given["lat"], given["datum"])
    return Point(lon, lat, given["lon"], given["lat"], given["datum"].value)


def _after(cursor: str | None) -> tuple[str, str] | None:
    after = read_cursor(cursor, str, str) if cursor else None
    return (after[0], after[1]) if after else None


def _told(sighting: Sighting) -> tuple[Any, ...]:
    """Return what the reporter said, without when the service heard it and what came of it."""
    return (
        *(sighting.region, sighting.place, sighting.note, sighting.seen_at),
        *(sighting.name, sighting.address, sighting.children, sighting.reported_by),
    )
