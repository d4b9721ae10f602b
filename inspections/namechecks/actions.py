"""The verbs of a check of the register's names: started, worked on, read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from checklists.naming.actions import clause_line
from checklists.naming.model import Rule, Rules, Verdict
from inspections.kindergartens.actions import Register
from inspections.kindergartens.model import Kindergarten, NameCheck
from inspections.namechecks.model import Counts, Hit, NameRun, Status
from inspections.namechecks.store import NameRunStore
from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction, to_document, to_milliseconds
from media.pages import Page, cut, read_cursor
from media.refusals import IdTaken, NotFound, Refusal

BATCH = 500
CLAIM = timedelta(seconds=60)
"""How long a run that ended half way holds up the next; longer than a batch may take."""

ATTEMPTS = 20


class NameChecks:
    """`officer_of(account, now)` gives the actor that an account is at that moment."""

    def __init__(
        self,
        store: NameRunStore,
        transact: Transact[NameRun],
        custody: Custody,
        register: Register,
        officer_of: Callable[[str, datetime], Actor],
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._register = register
        self._officer_of = officer_of

    def start(
        self,
        *,
        actor: Actor,
        now: datetime,
        id: str | None = None,  # noqa: A002 - the wire's word
    ) -> NameRun:
        """Ask for a check of all names within the actor's regions; the worker does it.

        Sent again with the same `id` it changes nothing. Raises IdTaken.
        """
        at = to_milliseconds(now)
        total = self._register.count(actor.scope)
        made = NameRun(id or str(uuid4()), actor.account_id, at, at, total=total)

        def act(tx: Transaction) -> NameRun:
            there = self._store.find(made.id, tx)
            if there is not None:
                if there.made_by != actor.account_id:
                    raise IdTaken(id=made.id, what=("名称核查", "check of names"))
                return there
            self._store.add(made, tx)
            self._record("names_check_started", made, actor, now, tx)
            return made

        return self._transact(act)

    def get(self, run_id: str, *, actor: Actor) -> NameRun:
        """Return a check of the actor's own. Raises NotFound."""
        found = self._store.find(run_id)
        if found is None or found.made_by != actor.account_id:
            raise NotFound(what=("名称核查", "check of names"))
        return found

    def page(self, *, actor: Actor, cursor: str | None = None, limit: int) -> Page[NameRun]:
        """Return a page of the actor's own checks, the newest first."""
        after = None
        if cursor:
            at, last = read_cursor(cursor, str, str)
            after = (datetime.fromisoformat(at), last)
        found = self._store.of_account(actor.account_id, after, limit + 1)
        return cut(found, limit, lambda each: [each.made_at.isoformat(), each.id])

    def hits(
        self,
        run_id: str,
        *,
        actor: Actor,
        verdict: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Page[Hit]:
        """Return a page of what was found, by region and kindergarten, within today's regions."""
        self.get(run_id, actor=actor)
        after = read_cursor(cursor, str, str) if cursor else None
        found = self._store.hits(
            run_id,
            actor.scope,
            verdict=verdict,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
        return cut(list(found), limit, lambda hit: [hit.region, hit.kindergarten_id])

    def every_hit(self, run_id: str, *, actor: Actor) -> Iterator[Hit]:
        """Return all that was found, for an export."""
        self.get(run_id, actor=actor)
        return self._store.hits(run_id, actor.scope)

    def work(self, *, clock: Callable[[], datetime]) -> NameRun | None:
        """Go on with one check that waits, or that another process left half way, to its end.

        None where there is none, or where another took it over meanwhile.
        """
        now = clock()
        holder = str(uuid4())
        found = self._store.claim(holder, now, now + CLAIM)
        if found is None:
            return None
        try:
            if found.attempts > ATTEMPTS:
                return self._stop(found, holder, now, ("多次尝试均未完成", "it did not end"))
            actor = self._officer_of(found.made_by, now)
        except Refusal as refused:
            return self._stop(found, holder, now, (refused.sentence("zh"), refused.sentence("en")))
        while True:
            now = clock()
            checked = self._register.check_names_again(
                actor.scope, after=found.after, limit=BATCH, now=now
            )
            self._store.keep_hits(self._hits(found, checked, now))
            if len(checked) < BATCH:
                return self._finish(_advanced(found, checked, now), holder, actor, now)
            after = replace(_advanced(found, checked, now), claimed_until=now + CLAIM)
            if not self._store.replace(after, holder):
                return None
            found = replace(after, revision=after.revision + 1)

    def _hits(
        self, run: NameRun, checked: list[tuple[Kindergarten, NameCheck]], now: datetime
    ) -> list[Hit]:
        wrong = [(each, check) for each, check in checked if check.verdict is not Verdict.OK]
        regions = {each.region for each, _ in wrong}
        rules = {code: self._register.naming_rules(code, now=now) for code in regions}
        return [_hit(run, each, check, rules[each.region]) for each, check in wrong]

    def _finish(self, found: NameRun, holder: str, actor: Actor, now: datetime) -> NameRun | None:
        after = replace(found, status=Status.DONE, total=found.done, claimed_until=None)

        def act(tx: Transaction) -> NameRun:
            if self._store.replace(after, holder, tx):
                self._record("names_checked", after, actor, now, tx)
            return after

        return self._transact(act)

    def _stop(self, found: NameRun, holder: str, now: datetime, why: tuple[str, str]) -> NameRun:
        at = to_milliseconds(now)
        after = replace(found, status=Status.FAILED, why=why, claimed_until=None, changed_at=at)
        self._store.replace(after, holder)
        return after

    def _record(
        self, verb: str, run: NameRun, actor: Actor, now: datetime, tx: Transaction
    ) -> None:
        facts: dict[str, Any] = {
            "regions": list(actor.scope.regions),
            "total": run.total,
            "counts": to_document(run.counts),
        }
        chain = f"name_run:{run.id}"
        self._custody.record(chain, verb, actor=actor, now=now, why=None, facts=facts, tx=tx)


def _advanced(
    found: NameRun, checked: list[tuple[Kindergarten, NameCheck]], now: datetime
) -> NameRun:
    told = [check.verdict for _, check in checked]
    counts = Counts(
        ok=found.counts.ok + told.count(Verdict.OK),
        review=found.counts.review + told.count(Verdict.REVIEW),
        violation=found.counts.violation + told.count(Verdict.VIOLATION),
    )
    last = (checked[-1][0].region, checked[-1][0].id) if checked else found.after
    return replace(
        found,
        counts=counts,
        done=found.done + len(checked),
        after=last,
        changed_at=to_milliseconds(now),
    )


def _hit(run: NameRun, found: Kindergarten, check: NameCheck, rules: Rules) -> Hit:
    return Hit(
        id=f"{run.id}:{found.id}",
        run_id=run.id,
        kindergarten_id=found.id,
        name=found.name,
        nature=found.nature.value,
        region=found.region,
        verdict=check.verdict,
        previous=found.name_check.verdict,
        findings=tuple(
            {
                **to_document(each),
                "clauses": [clause_line(one) for one in rules.cited(Rule(each.rule), each.term)],
            }
            for each in check.findings
        ),
        settled=check.settled,
    )
