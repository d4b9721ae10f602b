"""Committing to a draw, making it, and showing it so that anybody can reckon it again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from inspections.draws.drawing import canonical, draw, seed_of
from inspections.draws.errors import BadDraw, NotWhileDrawn, OwnDraw
from inspections.draws.model import Act, Draw, Drawn, Inputs, Planned, Status
from inspections.draws.store import DrawStore
from inspections.kindergartens.actions import Register
from inspections.recusals.actions import Recusals
from inspections.visits.model import Plan
from media.custody.actions import Custody
from media.custody.model import Actor, Role
from media.documents import Transact, Transaction, to_milliseconds
from media.refusals import IdTaken, NotFound, Refusal, StaleRevision, must_be_current

DRAW = ("抽取", "draw")


class Draws:
    """`officer(account_id, now)` gives the actor that an account is today, or raises NotFound.

    Whoever commits fixes the inputs and a secret that they do not see; another person then reads
    out a beacon and draws. Neither alone, nor both without the other's part, can choose.
    """

    def __init__(
        self,
        store: DrawStore,
        transact: Transact[Draw],
        custody: Custody,
        register: Register,
        officer: Callable[[str, datetime], Actor],
        recusals: Recusals,
        plan: Plan,
        secret: Callable[[], str] = lambda: token_hex(32),
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._register = register
        self._officer = officer
        self._recusals = recusals
        self._plan = plan
        self._secret = secret

    def commit(
        self,
        draw_id: str,
        region: str,
        title: str,
        inputs: Inputs,
        *,
        actor: Actor,
        now: datetime,
    ) -> Draw:
        """Fix what is drawn from; sent again, the first. Raises BadDraw, NotFound, IdTaken."""
        if not actor.scope.covers(region):
            raise NotFound(what=("行政区划", "region"))
        self._must_be_fit(inputs, region, actor, now)
        secret = self._secret()
        made = Draw(
            draw_id,
            region,
            title,
            inputs,
            sha256(canonical(inputs)).hexdigest(),
            sha256(secret.encode()).hexdigest(),
            secret,
            _act(actor, now),
        )

        def act(tx: Transaction) -> Draw:
            held = self._store.find(draw_id, None, tx)
            if held is not None:
                if _content(held) != _content(made):
                    raise IdTaken(id=draw_id, what=DRAW)
                return held
            self._store.add(made, tx)
            facts = {"inputs_sha256": made.inputs_sha256, "commitment": made.commitment}
            self._record(made, "draw_committed", facts, actor, now, tx)
            return made

        return self._transact(act)

    def make(
        self, draw_id: str, beacon: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Draw:
        """Draw, with a beacon that nobody knew when it was committed to.

        By another person than committed to it. Raises NotFound, OwnDraw, NotWhileDrawn,
        TooFewOfficers, StaleRevision.
        """

        def act(tx: Transaction) -> Draw:
            held = self._open(draw_id, seen, actor, tx)
            if held.committed.person_id == actor.person_id:
                raise OwnDraw
            results = draw(held.inputs, seed_of(held.secret, held.inputs_sha256, beacon))
            made = replace(
                held,
                status=Status.DRAWN,
                beacon=beacon,
                drawn=_act(actor, now),
                results=results,
                revision=held.revision + 1,
            )
            facts = {
                "secret": held.secret,
                "beacon": beacon,
                "results": [[each.site_id, list(each.officer_ids)] for each in results],
            }
            return self._replaced(made, "draw_made", facts, actor, now, tx)

        return self._transact(act)

    def plan(
        self, draw_id: str, planned_for: date, purpose: str, *, actor: Actor, now: datetime
    ) -> list[Planned]:
        """Plan a visit of each drawn site with the officers drawn for it, reserves left out.

        Done again it plans what was refused before and changes nothing of the rest. Raises
        NotFound, NotWhileDrawn before it is made.
        """
        held = self.get(draw_id, actor=actor)
        if held.status is not Status.DRAWN:
            raise NotWhileDrawn(told=held.status.told)
        return [
            self._plan_one(held, each, planned_for, purpose, actor, now)
            for each in held.results
            if not each.reserve
        ]

    def _plan_one(
        self,
        draw_: Draw,
        drawn: Drawn,
        planned_for: date,
        purpose: str,
        actor: Actor,
        now: datetime,
    ) -> Planned:
        visit_id = str(uuid5(NAMESPACE_URL, f"huyuan:draw:{draw_.id}:{drawn.site_id}"))
        try:
            visit = self._plan(
                id=visit_id,
                kindergarten_id=drawn.site_id,
                officers=drawn.officer_ids,
                planned_for=planned_for,
                purpose=purpose,
                actor=actor,
                now=now,
            )
        except Refusal as refused:
            why = (refused.sentence("zh"), refused.sentence("en"))
            return Planned(drawn.site_id, refused=why)
        return Planned(drawn.site_id, visit.id)

    def cancel(
        self, draw_id: str, why: str, *, seen: int | None, actor: Actor, now: datetime
    ) -> Draw:
        """Give a draw up before it is made, for a reason; its secret is told then."""

        def act(tx: Transaction) -> Draw:
            held = self._open(draw_id, seen, actor, tx)
            cancelled = replace(
                held,
                status=Status.CANCELLED,
                cancelled=_act(actor, now),
                why=why,
                revision=held.revision + 1,
            )
            facts = {"secret": held.secret, "why": why}
            return self._replaced(cancelled, "draw_cancelled", facts, actor, now, tx)

        return self._transact(act)

    def get(self, draw_id: str, *, actor: Actor) -> Draw:
        """Return a draw of the actor's regions. Raises NotFound."""
        found = self._store.find(draw_id, actor.scope)
        if found is None:
            raise NotFound(what=DRAW)
        return found

    def listed(self, *, actor: Actor) -> list[Draw]:
        return self._store.listed(actor.scope)

    def _open(self, draw_id: str, seen: int | None, actor: Actor, tx: Transaction) -> Draw:
        held = self._store.find(draw_id, actor.scope, tx)
        if held is None:
            raise NotFound(what=DRAW)
        must_be_current(seen, held.revision)
        if held.status is not Status.COMMITTED:
            raise NotWhileDrawn(told=held.status.told)
        return held

    def _replaced(
        self,
        after: Draw,
        verb: str,
        facts: dict[str, Any],
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> Draw:
        if not self._store.replace(after, tx):
            raise StaleRevision(seen=after.revision - 1, current=after.revision)
        self._record(after, verb, facts, actor, now, tx)
        return after

    def _record(
        self,
        of: Draw,
        verb: str,
        facts: dict[str, Any],
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> None:
        chain = f"draw:{of.id}"
        self._custody.record(chain, verb, actor=actor, now=now, facts=facts, tx=tx)

    def _must_be_fit(self, inputs: Inputs, region: str, actor: Actor, now: datetime) -> None:
        sites = [each for group in inputs.groups for each in group.site_ids]
        if len(set(sites)) != len(sites):
            raise BadDraw(why=("同一对象出现两次", "a site stands in it twice"))
        for group in inputs.groups:
            if group.count + group.reserves > len(group.site_ids):
                raise BadDraw(why=(f"{group.name} 对象不足", f"{group.name} has too few sites"))
        if inputs.most * len(inputs.officer_ids) < inputs.team * sum(
            group.count for group in inputs.groups
        ):
            raise BadDraw(why=("人员总量不足", "the officers cannot take so many sites"))
        for each in sites:
            self._register.get(each, actor=actor)
        accounts: dict[str, str] = {}
        for each in inputs.officer_ids:
            officer = self._officer(each, now)
            if not officer.holds(Role.INSPECTOR) or not officer.scope.covers(region):
                raise NotFound(what=("检查人员", "officer"))
            accounts[officer.person_id] = each
        if len(accounts) != len(inputs.officer_ids):
            raise BadDraw(why=("同一人员出现两次", "a person stands in it twice"))
        self._must_name_recusals(inputs, sites, accounts)

    def _must_name_recusals(
        self, inputs: Inputs, sites: list[str], accounts: Mapping[str, str]
    ) -> None:
        """Raise BadDraw where a recusal that is in force does not stand in the inputs.

        `accounts` are those of the inputs, by person: who is recused is so under any account.
        """
        given = set(inputs.recusals)
        for held in self._recusals.standing(sites):
            account_id = accounts.get(held.person_id)
            if account_id is not None and (account_id, held.kindergarten_id) not in given:
                raise BadDraw(
                    why=(
                        f"{held.name} 已申报的回避未列入",
                        f"the recusal that {held.name} declared is not in it",
                    )
                )


def _act(actor: Actor, now: datetime) -> Act:
    return Act(to_milliseconds(now), actor.account_id, actor.person_id, actor.name)


def _content(held: Draw) -> tuple[Any, ...]:
    return held.region, held.title, held.inputs_sha256, held.committed.account_id
